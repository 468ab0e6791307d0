"""Search over the pages of a case file, recognized ones included, in the order of the bundle."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from openimr.records.search_query import WORD, And, Not, Phrase, Query, parse_query
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Page, ReadBy

# The places at which a phrase begins, by page, and how many words it has.
_Found: TypeAlias = tuple[Mapping[int, Sequence[int]], int]

# Characters of a snippet before and after what was found.
_AROUND = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A page where the query holds.

    ``page`` counts in the bundle; ``start`` and ``end`` are the first thing
    found in the page's text, None where the query only excludes.
    """

    page: int
    exhibit: int
    type: ExhibitType
    title: str
    on: date | None
    document: str
    document_page: int
    read_by: ReadBy
    snippet: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Which exhibits are searched; every date from ``since`` to ``until``, both included."""

    types: tuple[ExhibitType, ...] = ()
    since: date | None = None
    until: date | None = None

    def takes(self, exhibit: Exhibit) -> bool:
        """Return whether an exhibit is searched; one without a date only where no date is asked for."""
        on = exhibit.date_of_service or exhibit.report_date
        if self.types and exhibit.type not in self.types:
            return False
        if on is None:
            return self.since is None and self.until is None
        return (self.since is None or on >= self.since) and (self.until is None or on <= self.until)


class PageIndex:
    """Where each word stands on the pages of a case file.

    Pages that repeat others are left out: their exhibit says where else it stands.
    """

    def __init__(self, case_file: CaseFile) -> None:
        self._pages = {page.bundle_page: page for page in case_file.pages}
        self._exhibits = {number: exhibit for exhibit in case_file.exhibits for number in exhibit.pages}
        self._places: dict[str, dict[int, list[int]]] = defaultdict(dict)
        self._spans: dict[int, list[tuple[int, int]]] = {}
        for number in self._exhibits:
            spans = self._spans.setdefault(number, [])
            for place, match in enumerate(WORD.finditer(self._pages[number].text)):
                spans.append(match.span())
                word = match.group().lower().replace("\u2019", "'")
                self._places[word].setdefault(number, []).append(place)
        self._words = sorted(self._places)

    def search(self, query: str, only: SearchFilter | None = None) -> tuple[SearchHit, ...]:
        """Return the pages where a query holds, in the order of the bundle.

        Raises:
            FormatInvalid: The query cannot be read.
        """
        tree = parse_query(query)
        chosen = only or SearchFilter()
        numbers = {number for number, exhibit in self._exhibits.items() if chosen.takes(exhibit)}
        # each phrase is looked for once, not once for each page that holds it
        found = [(self._found(phrase), len(phrase.words)) for phrase in _wanted(tree)]
        return tuple(self._hit(number, found) for number in sorted(self._holding(tree, numbers)))

    def _holding(self, query: Query, among: set[int]) -> set[int]:
        if isinstance(query, Phrase):
            return set(self._found(query)) & among
        if isinstance(query, Not):
            return among - self._holding(query.part, among)
        parts = [self._holding(part, among) for part in query.parts]
        return set.intersection(*parts) if isinstance(query, And) else set.union(*parts)

    def _found(self, phrase: Phrase) -> dict[int, list[int]]:
        """Return the places at which a phrase begins, by page."""
        *before, last = [self._one(word) for word in phrase.words[:-1]] + [
            self._beginning(phrase.words[-1]) if phrase.is_open else self._one(phrase.words[-1])
        ]
        found: dict[int, list[int]] = {}
        steps = [*before, last]
        for number in set.intersection(*(set(step) for step in steps)):
            rest = [set(step[number]) for step in steps[1:]]
            starts = [
                place
                for place in steps[0][number]
                if all(place + step in places for step, places in enumerate(rest, 1))
            ]
            if starts:
                found[number] = starts
        return found

    def _one(self, word: str) -> dict[int, list[int]]:
        return self._places.get(word, {})

    def _beginning(self, word: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        at = bisect.bisect_left(self._words, word)
        while at < len(self._words) and self._words[at].startswith(word):
            for number, places in self._places[self._words[at]].items():
                found.setdefault(number, []).extend(places)
            at += 1
        return {number: sorted(places) for number, places in found.items()}

    def _hit(self, number: int, found: Sequence[_Found]) -> SearchHit:
        page, exhibit = self._pages[number], self._exhibits[number]
        span = self._first(number, found)
        return SearchHit(
            page=number,
            exhibit=exhibit.id,
            type=exhibit.type,
            title=exhibit.title,
            on=exhibit.date_of_service or exhibit.report_date,
            document=page.document,
            document_page=page.number,
            read_by=page.read_by,
            snippet=_snippet(page, span),
            start=span[0] if span else None,
            end=span[1] if span else None,
        )

    def _first(self, number: int, found: Iterable[_Found]) -> tuple[int, int] | None:
        here = [(starts[0], length) for places, length in found if (starts := places.get(number))]
        if not here:
            return None
        place, length = min(here)
        spans = self._spans[number]
        return spans[place][0], spans[place + length - 1][1]


def _wanted(query: Query) -> tuple[Phrase, ...]:
    """Return the phrases that a query asks for, those that it excludes left aside."""
    if isinstance(query, Phrase):
        return (query,)
    if isinstance(query, Not):
        return ()
    return tuple(phrase for part in query.parts for phrase in _wanted(part))


def _snippet(page: Page, span: tuple[int, int] | None) -> str:
    """Return what stands around a place, cut between words."""
    start, end = span or (0, 0)
    first, last = max(0, start - _AROUND), min(len(page.text), end + _AROUND)
    if first:
        first = page.text.find(" ", first, start) + 1 or first
    if last < len(page.text):
        cut = page.text.rfind(" ", end, last)
        last = cut if cut > end else last
    text = " ".join(page.text[first:last].split())
    return f"{'… ' if first else ''}{text}{' …' if last < len(page.text) else ''}"
