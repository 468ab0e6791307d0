"""The guideline lines of our own letters: one numbered entry for each citation.

What a citation's words mean depends on whether they stand behind "MTUS" or
not, so each entry carries that word and reads back as the same citation.
Citations that share words of one line stand together in one entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openimr.letters import wording
from openimr.letters.citations import cite
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.errors import LetterNotRenderable
from openimr.terms.places import Span

# The words that a letter of the State prints before such a citation.
_CONTEXTS = {
    wording.MTUS: "Decision based on MTUS ",
    wording.OTHER_SOURCE: "Decision based on Non-MTUS Citation ",
    wording.STATEMENT: "",
}
_LABELS = "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in _CONTEXTS)


# What may have stood between citations that share words, such as one topic of two chapters.
_JOINTS = (", ", "; ", " and ", " ", ". ")
_MOST_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """Citations that are printed together, since the later lean on words of the first."""

    label: str
    printed: str
    citations: tuple[Citation, ...]


def entries_of(citations: tuple[Citation, ...], *, field: str) -> tuple[Entry, ...]:
    """Return the entries that read back as these citations, as short as possible.

    Raises:
        LetterNotRenderable: The values of a citation do not follow from its
            printed words.
    """
    # From the end: how the citations behind each place can be printed, None where they cannot.
    ways: list[tuple[Entry, ...] | None] = [None] * len(citations) + [()]
    for begin in reversed(range(len(citations))):
        for entry in _readable(citations[begin : begin + _MOST_TOGETHER]):
            rest = ways[begin + len(entry.citations)]
            if rest is not None:
                ways[begin] = (entry, *rest)
                break
    way = ways[0]
    if way is None:
        unread = max(index for index, found in enumerate(ways) if found is None)
        raise LetterNotRenderable(
            asked="Render the letter",
            found=f"the values of {field}.{unread} do not follow from its printed words.",
            remedy='Correct "printed", or take the citation from "openimr letters cite".',
        )
    return way


def print_basis(citations: tuple[Citation, ...], *, field: str) -> tuple[str, ...]:
    """Return one side's guidelines as they are printed, entry by entry.

    Raises:
        LetterNotRenderable: As ``entries_of``.
    """
    entries = entries_of(citations, field=field)
    return tuple(f"({number}) {e.label}: {e.printed}" for number, e in enumerate(entries, 1))


def _readable(citations: tuple[Citation, ...]) -> Iterator[Entry]:
    """Yield the entries for the first citations that read back as they are, shortest first."""
    for length in range(1, len(citations) + 1):
        group = citations[:length]
        for joint in _JOINTS if length > 1 else _JOINTS[:1]:
            printed = joint.join(citation.printed for citation in group)
            for label in _labels(group[0].kind):
                if read_entry(label, printed) == group:
                    yield Entry(label, printed, group)


def _labels(kind: CitationKind) -> tuple[str, ...]:
    """Return the labels to try for a citation, the likeliest first."""
    if kind in (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS):
        return (wording.STATEMENT, wording.OTHER_SOURCE, wording.MTUS)
    if kind is CitationKind.MTUS:
        return (wording.MTUS, wording.STATEMENT, wording.OTHER_SOURCE)
    return (wording.OTHER_SOURCE, wording.MTUS, wording.STATEMENT)


def reworded(
    citations: tuple[Citation, ...], change: Callable[[str], str], *, field: str
) -> tuple[Citation, ...]:
    """Return citations with their words changed, read anew where they changed."""
    found: list[Citation] = []
    for entry in entries_of(citations, field=field):
        printed = change(entry.printed)
        found.extend(entry.citations if printed == entry.printed else read_entry(entry.label, printed))
    return tuple(found)


def read_entries(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Yield the place of each entry's words, and the label before them."""
    mark = _mark(text, 1, start, end)
    number = 1
    while mark is not None:
        number += 1
        following = _mark(text, number, mark.end(), end)
        yield Span(mark.end(), following.start() if following else end), " ".join(mark["label"].split())
        mark = following


def read_entry(label: str, printed: str) -> tuple[Citation, ...]:
    """Return the citations that an entry prints."""
    return cite(_CONTEXTS[label] + printed)


def _mark(text: str, number: int, start: int, end: int) -> re.Match[str] | None:
    return re.compile(rf"\({number}\)\s+(?P<label>{_LABELS}):\s").search(text, start, end)
