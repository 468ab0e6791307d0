"""``openimr panel audit``: the record of a draw, checked and drawn again."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.panel_draw import key_of
from openimr.cli.show import print_json_line
from openimr.formats import read_json_file
from openimr.panel.record import DrawRecord, audit_record


@click.command(
    name="audit",
    help=(
        "Check the record of a draw: is it whole, is it signed, does the draw come out the same again?\n\n"
        "RECORD is a file that panel assign wrote. The exit status is 5 where anything is wrong."
    ),
    epilog="Example: openimr panel audit draw.json --key draw.key",
)
@click.argument("record_file", metavar="RECORD", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="Check the signature with the key in this file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(record_file: Path, key: Path | None, as_json: bool) -> int:
    """Audit the record and print what was found."""
    record = read_json_file(record_file, DrawRecord)
    audit = audit_record(record, key=key_of(key))
    if as_json:
        print_json_line({"is_sound": audit.is_sound, "audit": audit, "sha256": record.sha256})
    else:
        signed = "signed" if audit.is_signed else "not signed"
        click.echo(
            f"Draw of {record.input.on}: {audit.cases} cases, {audit.reviewers} reviewers, seed "
            f"{int(record.input.seed, 16)}, {signed}."
        )
        for words in audit.findings or ("The record is whole, and drawn again the result is the same.",):
            click.echo(words)
    return 0 if audit.is_sound else 5
