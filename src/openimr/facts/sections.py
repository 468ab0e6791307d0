"""Headings of a page, and the section that each sentence stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import re2

from openimr.facts.sentences import Sentence
from openimr.vocabulary.tables import read_table

# "PREOPERATIVE DIAGNOSIS (ES):" is one heading like any other.
_COLON = re2.compile(
    r"(?:^|[.;\n])[ \t]*([A-Za-z][A-Za-z/&' -]{1,60}?)[ \t]*(?:\((?:e?s|IES|ES|S)\)[ \t]*)?:"
)
_BARE_LINE = re2.compile(r"(?m)^[ \t]*([A-Z][A-Za-z/&' -]{1,40}?)[ \t]*$")
# Under the heading of an operation its name stands, or the whole story of it.
_TOLD = re2.compile(r"(?i)\b(?:was|were|is|are|had|has|have|did|showed|revealed|we|i|he|she|patient|then)\b")


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    section: str | None
    is_line: bool


@cache
def _known() -> dict[str, str]:
    return {row["heading"]: row["section"] for row in read_table("openimr.facts", "data/sections.csv")}


def _headings(text: str) -> list[_Heading]:
    known = _known()
    found = []
    for match in _COLON.finditer(text):
        at = match.start(1)
        words = match.group(1)
        section = known.get(words.lower())
        opens_line = text[match.start()] not in ".;"
        if section or (opens_line and words.isupper()):
            found.append(_Heading(at, section, opens_line))
    if "\n" in text:
        for match in _BARE_LINE.finditer(text):
            words = match.group(1)
            section = known.get(words.lower())
            if section or (words.isupper() and len(words) > 8):
                found.append(_Heading(match.start(1), section, True))
        found.sort(key=lambda h: h.start)
    return found


def sections_of(text: str, sentences: Sequence[Sentence]) -> list[str | None]:
    """Return the section of each sentence, None where no known heading rules it.

    A heading that opens a line rules until the next heading; one inside
    running text ("Objective findings: ...") rules its own sentence only. The
    section ``procedure`` holds names of operations; their story has no section.
    """
    headings = _headings(text)
    if not headings:
        return [None] * len(sentences)
    lines = [h for h in headings if h.is_line]
    starts = [h.start for h in lines]
    inside = [h for h in headings if not h.is_line]
    inside_starts = [h.start for h in inside]
    found = []
    for sentence in sentences:
        at = bisect_right(starts, sentence.start)
        section = lines[at - 1].section if at else None
        first = bisect_left(inside_starts, sentence.start)
        if first < len(inside) and inside[first].start < sentence.end:
            section = inside[first].section
        if section == "procedure" and _TOLD.search(text[sentence.start : sentence.end]):
            section = None
        found.append(section)
    return found
