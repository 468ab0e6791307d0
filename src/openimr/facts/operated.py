"""Operations as items of a list of diagnoses: "Status post right total hip replacement"."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from openimr.facts.reading import PageReading
from openimr.terms.facts import Assertion, Fact, FactKind

NAME = "status after an operation"
# An item of a list, not "she is status post ...".
_ITEM = re2.compile(
    r"(?:^|[\n,;:]\s*|\d[.)]\s+|\.\s+|, and )"
    r"((?:status[ -]post|s/p|post[ -](?:left|right|bilateral|lumbar|cervical|total)) [^,;.\n]{3,90})"
)
_LISTS = frozenset({"diagnoses", "past_history"})


def operated(reading: PageReading) -> Iterator[Fact]:
    """Yield a diagnosis for each operation that stands as an item in a list of diagnoses or of past history.

    Args:
        reading: The page.
    """
    if "post" not in reading.lower and "s/p" not in reading.lower:
        return
    for match in _ITEM.finditer(reading.lower):
        start, end = match.span(1)
        number = reading.number_at(start)
        if reading.sections[number] in _LISTS or reading.lists_diagnoses(number, start):
            yield reading.fact(
                FactKind.DIAGNOSIS, NAME, start, end, assertion=Assertion.HISTORICAL, of_visit=True
            )
