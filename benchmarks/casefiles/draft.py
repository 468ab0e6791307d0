"""A document before it is printed, and the few words of the typesetter that families share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document to be printed: typeset from ``source``, or ``lines`` of a line printer, page by page."""

    type: ExhibitType
    title: str
    source: str | None = None
    lines: tuple[tuple[str, ...], ...] = ()
    author: str | None = None
    author_specialty: str | None = None
    facility: str | None = None
    date_of_service: date | None = None
    report_date: date | None = None
    strings: tuple[str, ...] = ()


Family = Callable[[World, Random], Draft | Sequence[Draft]]
"""Writes a document, or several that one visit or one office leaves behind each other."""

BOLD = {"weight": '"bold"'}
ITALIC = {"style": '"italic"'}
PAGE = "#counter(page).display()"
PAGE_OF = f"Page {PAGE} of #counter(page).final().first()"


def quoted(text: str) -> str:
    """Return the text as a string of the typesetter, so that no sign of it is taken for markup."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def setup(
    *,
    font: str,
    size: float = 10,
    margin: str = "x: 1in, y: 0.9in",
    header: str = "[]",
    footer: str = "[]",
    justify: bool = False,
) -> str:
    """Return the settings of a document's pages; header and footer are content in code mode."""
    return (
        f'#set page(paper: "us-letter", margin: ({margin}), header: {header}, footer: {footer})\n'
        f'#set text(font: "{font}", size: {size}pt)\n'
        f"#set par(justify: {'true' if justify else 'false'})\n"
    )


def from_page_two(content: str) -> str:
    """Return a header that the first page does not have."""
    return f"context if counter(page).get().first() > 1 [{content}]"


def said(text: str, **style: str) -> str:
    """Return words of the document, with settings of the text such as ``weight`` or ``size``."""
    settings = "".join(f"{name}: {value}, " for name, value in style.items())
    return f"#text({settings}{quoted(text)})" if settings else f"#{quoted(text)}"


def paragraphs(texts: Sequence[str]) -> str:
    """Return paragraphs, an empty line between them."""
    return "\n\n".join(said(text) for text in texts) + "\n\n"


def centred(text: str, **style: str) -> str:
    """Return words in the middle of the line."""
    return f"#align(center)[{said(text, **style)}]\n"


def grid(
    rows: Sequence[Sequence[str]],
    columns: str,
    *,
    stroke: str = "0.5pt",
    head: bool = False,
    inset: str = "4pt",
) -> str:
    """Return a table of texts; the first row in bold where it is a head."""
    cells: list[str] = []
    for number, row in enumerate(rows):
        weight = '"bold"' if head and number == 0 else '"regular"'
        cells.extend(f"[#text(weight: {weight}, {quoted(cell)})]" for cell in row)
    return f"#table(columns: {columns}, stroke: {stroke}, inset: {inset}, {', '.join(cells)})\n\n"


def ticked(box: bool, text: str) -> str:
    """Return a box to tick, ticked or not, before its words."""
    return f"[{'X' if box else '  '}] {text}"
