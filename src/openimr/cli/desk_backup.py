"""``openimr desk backup``: everything in one file."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk, module, moment


@click.command(
    name="backup",
    help=(
        "Write everything that the desk keeps into one file: database, stored files, key. "
        "It may run while the desk serves. The file opens every case: keep it as safe as the desk."
    ),
    epilog="Example: openimr desk backup /safe/place/desk-2026-11-25.tar",
)
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: what the file holds.")
def command(target: Path, as_json: bool) -> None:
    """Write a backup."""
    with desk() as environment:
        kept = module("backup").back_up(environment, target, moment())
    if as_json:
        print_json_line(kept)
    else:
        click.echo(f"{kept.cases} cases and {kept.files} stored files in {target} ({kept.bytes:,} bytes).")
