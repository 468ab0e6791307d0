"""``openimr panel import``: a panel from CSV."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems
from openimr.formats import write_file
from openimr.panel.read import check_panel, check_reviewers
from openimr.panel.spreadsheet import read_csv
from openimr.panel.toml import panel_to_toml


@click.command(
    name="import",
    help=(
        "Write the panel.toml of a CSV that panel export could have written.\n\n"
        "CSV has a header with the names of the fields; columns may be missing, and empty cells are unknown."
    ),
    epilog="Example: openimr panel import panel.csv --out panel.toml",
)
@click.argument("csv_file", metavar="CSV", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The file; standard output if not given.")
@click.option("--json", "as_json", is_flag=True, help="The panel as one JSON object instead.")
def command(csv_file: Path, out: Path | None, as_json: bool) -> None:
    """Read the table and write the panel."""
    panel = check_reviewers(read_csv(csv_file), name=csv_file.name)
    if as_json:
        print_json_line(panel)
    elif out is None:
        click.echo(panel_to_toml(panel), nl=False)
    else:
        write_file(out, panel_to_toml(panel).encode())
    print_problems(check_panel(panel), about=csv_file.name)
