"""``openimr panel export``: a panel as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.formats import write_file
from openimr.panel.read import read_panel
from openimr.panel.spreadsheet import panel_to_csv


@click.command(
    name="export",
    help=(
        "Write a panel as CSV, one reviewer a row.\n\n"
        "PANEL is a panel.toml. Several entries of a cell are parted by |, and the fields of an entry by ;."
    ),
    epilog="Example: openimr panel export examples/baclofen-spasm/panel.toml --out panel.csv",
)
@click.argument("panel_file", metavar="PANEL", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The file; standard output if not given.")
@click.option("--json", "as_json", is_flag=True, help="The panel as one JSON object instead.")
def command(panel_file: Path, out: Path | None, as_json: bool) -> None:
    """Read the panel and write the table."""
    panel = read_panel(panel_file)
    if as_json:
        print_json_line(panel)
        return
    text = panel_to_csv(panel)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text.encode())
