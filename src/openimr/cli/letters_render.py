"""``openimr letters render``: write a determination letter."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from openimr.cli.show import print_problems
from openimr.formats import to_json_line, write_file
from openimr.letters.record import read_record
from openimr.letters.render import Form, Version, compose_version, render_composed
from openimr.terms.errors import FileMissing, FileUnreadable


@click.command(
    name="render",
    help=(
        "Write a determination letter from its record.\n\n"
        "LETTER.json is one JSON object: a letter as `openimr letters parse --json` prints it, or "
        "our own letter.json, which adds under `issuance` what stands behind the letter; - is "
        "standard input. What the record does not prove is not printed, and a finding on standard "
        "error says so. A letter that would not read back as the same letter is refused."
    ),
    epilog="Example: openimr letters render letter.json --to pdf --out letter.pdf",
)
@click.argument("record", metavar="LETTER.json", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", "form", required=True, type=click.Choice([f.value for f in Form]), help="The format.")
@click.option(
    "--version",
    default=Version.SERVED.value,
    show_default=True,
    type=click.Choice([v.value for v in Version]),
    help="For the parties, or for everybody: without what identifies a person.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write; standard output if left out."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the findings as one JSON array on standard error."
)
def command(record: Path, form: str, version: str, out: Path | None, as_json: bool) -> None:
    """Render one letter."""
    name = "standard input" if str(record) == "-" else record.name
    letter, issuance = read_record(_bytes_of(record), name=name)
    composed = compose_version(letter, issuance, version=Version(version))
    data = render_composed(composed, to=Form(form))
    if out is not None:
        write_file(out, data)
    elif form == Form.PDF and sys.stdout.isatty():
        raise click.UsageError("A PDF is not for a screen: name a file with --out.")
    else:
        sys.stdout.buffer.write(data)
    if as_json:
        click.echo(to_json_line(composed.problems).decode(), err=True)
    else:
        print_problems(composed.problems, about=name)


def _bytes_of(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(
            asked=f"Read {path}", found="there is no such file.", remedy="Check the name and the folder."
        ) from error
    except OSError as error:
        raise FileUnreadable(
            asked=f"Read {path}",
            found=f"the system says: {error.strerror or error}.",
            remedy="Name a file that you may read.",
        ) from error
