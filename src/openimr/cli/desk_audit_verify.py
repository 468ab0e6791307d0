"""``openimr desk audit verify``: every log against its hashes."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk, module
from openimr.formats import read_json_file


@click.command(
    name="verify",
    help=(
        "Check that no event of any case was changed, removed or put in between, and that every stored "
        "file is what its hash says. With --heads also that nothing is missing at the end of what "
        "openimr desk audit heads wrote earlier. The exit status is 3 where anything is wrong."
    ),
    epilog="Example: openimr desk audit verify --heads heads-2026-11-25.json",
)
@click.option("--heads", type=click.Path(path_type=Path), help="Heads that were written earlier.")
@click.option("--without-files", is_flag=True, help="Do not read the stored files.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: what was found.")
def command(heads: Path | None, without_files: bool, as_json: bool) -> int:
    """Audit every log and file."""
    with desk():
        audit = module("audit")
        kept = read_json_file(heads, audit.Heads) if heads else None
        found = audit.verify(kept=kept, files=not without_files)
    if as_json:
        print_json_line(found)
    else:
        click.echo(f"{found.cases} cases, {found.events} events, {found.files} stored files.")
        for words in found.findings or ("Everything is whole.",):
            click.echo(words)
    return 0 if found.is_sound else 3
