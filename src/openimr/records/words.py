"""The words of a document by where they stand: in its head, in headings, in its text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from openimr.records.look import HEAD_LINES, PageLook

_TOKEN = re.compile(r"[a-z][a-z0-9'-]*[a-z0-9]|[a-z](?=\.)")
_HEADING = re.compile(r"^(?:\d{1,2}[.)]|[IVX]{1,4}[.)])?\s*([A-Za-z][A-Za-z'/&(). -]{1,40}?)\s*(?::|$)")
# A line that is no longer may be a heading of its own.
_MOST_HEADING = 45
# Words are taken from so many pages at either end: reports are told by their first pages.
_FIRST_PAGES, _LAST_PAGES = 2, 1
# Words of the text count together as much as so many words of the head.
_BODY_WEIGHT = 2.5


def words_of(looks: Sequence[PageLook]) -> dict[str, float]:
    """Return the words of a document: ``head:`` near the top, ``part:`` headings, ``text:`` words."""
    found: dict[str, float] = {}
    if not looks:
        return found
    for order, line in enumerate(looks[0].head):
        tokens = _TOKEN.findall(line.text.lower())
        weight = 1.0 if order < HEAD_LINES // 2 else 0.6
        for token in (*tokens, *map(" ".join, pairwise(tokens))):
            found[f"head:{token}"] = max(weight, found.get(f"head:{token}", 0.0))
    read = (
        looks if len(looks) <= _FIRST_PAGES + _LAST_PAGES else (*looks[:_FIRST_PAGES], *looks[-_LAST_PAGES:])
    )
    body = set()
    for look in read:
        for heading in _headings(look):
            found[f"part:{heading}"] = 1.0
        body.update(_TOKEN.findall(look.page.text.lower()))
    for token in body:
        found[f"text:{token}"] = _BODY_WEIGHT / math.sqrt(len(body))
    found[f"pages:{min(len(looks), 8) if len(looks) < 4 else 4 if len(looks) < 8 else 8}"] = 1.0
    return found


def _headings(look: PageLook) -> Iterator[str]:
    for line in look.lines:
        match = _HEADING.match(line.text)
        if match and (len(line.text) <= _MOST_HEADING or ":" in line.text):
            yield " ".join(match[1].lower().split())
