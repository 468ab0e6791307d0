"""``openimr letters parse``: read determination letters."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table, with_progress
from openimr.letters.parse import ParsedLetter, parse_letter
from openimr.letters.read import LetterReader, letter_files
from openimr.terms.errors import InputError
from openimr.terms.letter import Letter


@click.command(
    name="parse",
    help=(
        "Read determination letters and print what they say.\n\n"
        "PATH is a file, a folder, or - for standard input; PDF, text and Markdown are told "
        "apart by content. A file that is no letter gets an error, the others go on, and the "
        "exit status is 2 at the end."
    ),
    epilog="Example: openimr letters parse letters/ --json > letters.ndjson",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a letter.")
@click.option("--spans", is_flag=True, help="Add the place of every value in the source text (with --json).")
def command(paths: tuple[Path, ...], as_json: bool, spans: bool) -> None:
    """Read letters and print them."""
    failed = 0
    files = list(letter_files(paths))
    with LetterReader() as reader:
        for path in with_progress(files, total=len(files), words="Reading letters"):
            try:
                parsed, text = reader.parse(path)
            except InputError as error:
                failed += 1
                click.echo(f"Error: {path}: {error}", err=True)
                continue
            if as_json:
                print_json_line(_with_spans(parsed, text) if spans else parsed.letter)
            else:
                _print(parsed.letter)
    if failed:
        click.echo(f"{failed} of {len(files)} files could not be read as letters.", err=True)
        sys.exit(2)
