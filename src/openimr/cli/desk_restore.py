"""``openimr desk restore``: a desk from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk, module


@click.command(
    name="restore",
    help=(
        "Make a desk from a backup, in an empty data folder and an empty database, and check every log "
        "and every stored file of it. A desk that holds anything is refused."
    ),
    epilog="Example: OPENIMR_DATA=/srv/openimr openimr desk restore desk-2026-11-25.tar",
)
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: what was restored.")
def command(source: Path, as_json: bool) -> None:
    """Restore a backup."""
    with desk(migrate=True) as environment:
        kept = module("backup").restore(environment, source)
    if as_json:
        print_json_line(kept)
    else:
        click.echo(f"{kept.cases} cases and {kept.files} stored files restored; every log is whole.")
