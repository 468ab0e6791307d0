"""``openimr panel gaps``: what a panel lacks for the cases that arrive."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.cli.panel_draw import LOADS, ON, READ_CASES, READ_REVIEWERS, draw_of
from openimr.cli.show import print_json_line, print_table
from openimr.formats import write_file
from openimr.panel.gaps import find_gaps
from openimr.panel.picture import gaps_page, summary


@click.command(
    name="gaps",
    help=(
        "Print which specialties, places and licences a panel lacks for the cases that arrive.\n\n"
        "The cases are assigned as panel assign does; what waits shows what is missing."
    ),
    epilog=(
        "Example: openimr panel gaps --cases examples --reviewers examples/baclofen-spasm/panel.toml "
        "--on 2015-02-24 --out gaps.html"
    ),
)
@READ_REVIEWERS
@READ_CASES
@ON
@LOADS
@click.option("--out", type=click.Path(path_type=Path), help="Write a page with a picture to this file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(
    reviewers: Path, cases: Path, on: datetime | None, loads: Path | None, out: Path | None, as_json: bool
) -> None:
    """Draw without chance, and print what is missing."""
    # who of equals gets a case changes no gap
    found = find_gaps(draw_of(cases, reviewers, on, seed=0, loads=loads))
    if out is not None:
        write_file(out, gaps_page(found, title=f"What the panel of {reviewers.name} lacks").encode())
    if as_json:
        print_json_line(found)
        return
    click.echo(summary(found))
    print_table(
        "Specialties",
        ("Specialty", "Cases", "Waiting", "Reviewers", "Places", f"Licensed in {found.preferred_state}"),
        (
            (g.specialty, g.cases, g.waiting, g.reviewers, g.places, g.in_preferred_state)
            for g in found.specialties
        ),
    )
    for title, rows in (
        ("Why cases wait", found.obstacles),
        ("Licences in force", found.states),
        ("What keeps reviewers from every case", found.kept_out),
    ):
        if rows:
            print_table(title, ("", "Count"), rows)
