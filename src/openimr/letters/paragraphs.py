"""The paragraphs of a clinical summary: where its words turn to another day or another matter.

A summary is one text: what is printed in paragraphs is read back as one. So the
breaks follow from the words alone, and joining the paragraphs gives the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

# how a sentence begins that turns to another day or matter; what is in brackets tells one matter from another
_LEAD = re.compile(
    r"On (\d{1,2}/\d{1,2}/\d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})\b"
    r"|The (dates?) of injury\b"
    r"|The record (disagrees)\b"
    r"|([A-Z][a-z]+)(?: [a-z]+){0,5}: "
)
_BREAK = re.compile(rf"(?<=[.!?)\]]) (?={_LEAD.pattern})")


def matter_of(sentence: str) -> str | None:
    """Return the day or the matter that a sentence turns to, None where it goes on with what was told.

    Example:
        >>> matter_of("On 05/02/2014 the record notes spasm."), matter_of("Treatment so far: therapy.")
        ('05/02/2014', 'Treatment')
    """
    lead = _LEAD.match(sentence)
    return next((words for words in lead.groups() if words), None) if lead else None


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: put together with one space each they are the text again.

    Example:
        >>> paragraphs("She is 51. On 05/02/2014 she fell. On 05/02/2014 nothing broke. Diagnoses: sprain.")
        ('She is 51.', 'On 05/02/2014 she fell. On 05/02/2014 nothing broke.', 'Diagnoses: sprain.')
    """
    begins = [0, *(found.end() for found in _BREAK.finditer(text)), len(text) + 1]
    pieces = (text[start : end - 1] for start, end in pairwise(begins))
    return tuple(" ".join(part) for part in by_matter((piece, piece) for piece in pieces))


def by_matter(sentences: Iterable[tuple[str, T]]) -> tuple[tuple[T, ...], ...]:
    """Return what belongs to sentences, together as long as they tell of one day or one matter."""
    found: list[list[T]] = []
    now: str | None = None
    for sentence, one in sentences:
        matter = matter_of(sentence)
        if not found or (matter is not None and matter != now):
            found.append([])
            now = matter
        found[-1].append(one)
    return tuple(map(tuple, found))
