"""``openimr law coverage``: what of the law is encoded."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_table
from openimr.formats import write_file
from openimr.guidelines.coverage import HEADING
from openimr.law.coverage import Covered, coverage, coverage_toml
from openimr.law.rulebook import load_rulebook, programmes


@click.command(
    name="coverage",
    help=(
        "Print what of the law is encoded, and how far it was verified: each row of the deadline table, "
        "ground, fee and rule, and what is known to be missing.\n\n"
        "verified: every version was seen in its source. encoded: another edition, derived, or sources "
        "disagree. recalled: a version rests on memory. gap: a time is not encoded. absent: nothing is."
    ),
    epilog="Example: openimr law coverage --write docs/coverage.toml",
)
@click.option("--programme", help="One programme only, such as us_ca_dmhc.")
@click.option(
    "--write",
    "path",
    type=click.Path(path_type=Path),
    help="Write it all to a TOML file; other parts of it stay.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects.")
def command(programme: str | None, path: Path | None, as_json: bool) -> None:
    """Collect the coverage and print it."""
    books = [load_rulebook(name) for name in ([programme] if programme else programmes())]
    if path is not None:
        write_file(path, (coverage_toml(books) + _on_guidelines(path)).encode())
        click.echo(f"Wrote {path}.")
        return
    found = [covered for book in books for covered in coverage(book)]
    if as_json:
        print_json_line(found)
        return
    for book in books:
        print_table(
            f"{book.programme}: {book.title}",
            ("Part", "Code", "Cover", "Versions"),
            (_row(c) for c in found if c.programme == book.programme),
        )


def _on_guidelines(path: Path) -> str:
    """Return the part of the file that is not of the law, to keep it."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    _, heading, rest = text.partition(HEADING)
    return f"\n{heading}{rest}" if heading else ""


def _row(covered: Covered) -> tuple[object, ...]:
    return covered.part, covered.code, covered.cover.value, "\n".join(covered.versions)
