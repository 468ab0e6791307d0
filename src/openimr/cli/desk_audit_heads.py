"""``openimr desk audit heads``: where every log ends, to be kept outside."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk, module, moment
from openimr.formats import to_json, write_file


@click.command(
    name="heads",
    help=(
        "Write where the log of every case ends. Kept by somebody else, the file proves later that no "
        "event and no whole case was taken away since: openimr desk audit verify --heads."
    ),
    epilog="Example: openimr desk audit heads --out heads-2026-11-25.json",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file; else standard output.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON on standard output.")
def command(out: Path | None, as_json: bool) -> None:
    """Write the heads."""
    with desk():
        heads = module("audit").heads_of_all(moment())
    if out is not None:
        write_file(out, to_json(heads))
        click.echo(f"The heads of {len(heads.heads)} logs are in {out}.", err=True)
    if as_json:
        print_json_line(heads)
    elif out is None:
        click.echo(to_json(heads).decode("utf-8"), nl=False)
