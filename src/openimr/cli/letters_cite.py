"""``openimr letters cite``: read a guideline line as single citations."""

from __future__ import annotations

import sys

import click

from openimr.cli.show import print_json_line, print_table
from openimr.letters.citations import cite
from openimr.terms.citation import Citation
from openimr.terms.errors import InputError

_MOST_CHARACTERS = 6_000


@click.command(
    name="cite",
    help=(
        "Read the guideline line of a letter and print each citation in it: document, edition, "
        "chapter, sections, pages.\n\n"
        "TEXT is the line as printed, with or without its label; - reads it from standard input. "
        '"Did not cite any medical evidence" and "outside of the MTUS Guidelines" are answers of '
        "their own."
    ),
    epilog='Example: openimr letters cite "Decision based on MTUS Knee Complaints 2004, Section(s): Summary"',
)
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a citation.")
def command(text: str, as_json: bool) -> None:
    """Read citations and print them."""
    line = sys.stdin.read() if text == "-" else text
    if len(line) > _MOST_CHARACTERS:
        raise InputError(
            asked="Read citations",
            found=f"the text has {len(line):,} characters; a line has at most {_MOST_CHARACTERS:,}.",
            remedy="Give one guideline line at a time.",
        )
    citations = cite(line)
    if not citations:
        raise InputError(
            asked="Read citations",
            found="the text has no words that could name a source.",
            remedy="Give a guideline line as the letter prints it.",
        )
    if as_json:
        for citation in citations:
            print_json_line(citation)
        return
    print_table(
        "Citations",
        ("#", "Kind", "Document", "Edition", "Chapter", "Sections", "Pages", "Printed"),
        (_row(number, citation) for number, citation in enumerate(citations, 1)),
    )


def _row(number: int, citation: Citation) -> tuple[object, ...]:
    chapter = citation.chapter
    if citation.chapter_number is not None:
        chapter = f"{citation.chapter_number} {chapter or ''}".strip()
    pages = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in citation.pages)
    return (
        number,
        citation.kind.value,
        citation.document or citation.url or citation.title,
        citation.edition,
        chapter,
        "; ".join(citation.sections) or None,
        pages or None,
        citation.printed,
    )
