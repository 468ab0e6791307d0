"""Find many phrases in a text at once, whole words only, with offsets."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from openimr.vocabulary.text import lowered

T = TypeVar("T")

_START_AND_LENGTH = itemgetter(0, 1)


class Match(NamedTuple, Generic[T]):
    """A phrase found: where it stands and what it means."""

    start: int
    end: int
    value: T


class PhraseMatcher(Generic[T]):
    """All phrases of a list in one pass over a text (Aho-Corasick).

    Case does not count. A phrase counts only where it is not part of a
    longer word; of overlapping phrases the leftmost, then the longest wins.

    Example:
        >>> matcher = PhraseMatcher([("back", 1), ("low back", 2)])
        >>> [(m.start, m.end, m.value) for m in matcher.find("Low back, backache")]
        [(0, 8, 2)]
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._automaton = ahocorasick.Automaton()
        for phrase, value in phrases:
            key = phrase.lower()
            self._automaton.add_word(key, (len(key), value))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Match[T]]:
        """Return the phrases of ``text`` in order, without overlaps."""
        lower = lowered(text)
        size = len(lower)
        found: list[tuple[int, int, T]] = []
        for last, (length, value) in self._automaton.iter(lower):
            start, end = last - length + 1, last + 1
            if start > 0 and lower[start - 1].isalnum() and lower[start].isalnum():
                continue
            if end < size and lower[end].isalnum() and lower[last].isalnum():
                continue
            found.append((start, -end, value))
        if len(found) > 1:
            found.sort(key=_START_AND_LENGTH)
        kept: list[Match[T]] = []
        reached = 0
        for start, negative_end, value in found:
            if start >= reached:
                kept.append(Match(start, -negative_end, value))
                reached = -negative_end
        return kept
