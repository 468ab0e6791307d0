"""The list of documents reviewed, as letters of the State print it: one a line or bullet."""

from __future__ import annotations

import re

from openimr.letters.reading import Reading
from openimr.terms.letter import DocumentReviewed
from openimr.terms.places import Span

_BULLET = re.compile(r"^\s*(?:[•·▪\uf0b7*-]|\(?[a-z0-9]{1,2}[.)])\s+")
_INTRODUCTION = re.compile(
    r"^The\s+following\b.{0,400}?(?:included?|reviewed|considered)\b[^:]{0,200}:\s*",
    re.DOTALL | re.IGNORECASE,
)


def read_document_list(reading: Reading, section: Span) -> tuple[DocumentReviewed, ...]:
    """Return the documents that a letter lists, one title a line or bullet."""
    text = reading.text.text
    introduction = _INTRODUCTION.match(text[section.start : section.end].lstrip())
    begin = section.start
    if introduction:
        lead = len(text[section.start : section.end]) - len(text[section.start : section.end].lstrip())
        begin += lead + introduction.end()
    items: list[Span] = []
    for line in reading.text.lines:
        if line.end <= begin or line.start >= section.end:
            continue
        start = max(line.start, begin)
        bullet = _BULLET.match(text[start : line.end])
        if bullet:
            items.append(Span(start + bullet.end(), line.end))
        elif items and not line.has_gap_before and text[start].islower():
            items[-1] = Span(items[-1].start, line.end)
        else:
            items.append(Span(start, line.end))
    found = []
    for index, item in enumerate(items):
        title = reading.keep(f"documents_reviewed.{index}", item.start, item.end)
        if title:
            found.append(DocumentReviewed(title=title))
    return tuple(found)
