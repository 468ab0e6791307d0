"""How a place in the case file is printed, so that a reader can open the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openimr.terms.determination import Sentence
from openimr.terms.places import Place
from openimr.terms.records import CaseFile

PRINTED = re.compile(r"\bpages? (\d+(?:, \d+)*)(?=[;\]])")
"""The page numbers inside a printed reference such as "[Exhibit 2, pages 4, 5]"."""


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Where each page of each source file stands: its exhibit and its page in the bundle."""

    bundle_pages: Mapping[tuple[str, int], int]
    exhibits: Mapping[int, int]

    def bundle_page(self, place: Place) -> int | None:
        """Return the page of the bundle on which a place stands."""
        return self.bundle_pages.get((place.document, place.page))

    def exhibit(self, place: Place) -> int | None:
        """Return the exhibit to which the page of a place belongs."""
        page = self.bundle_page(place)
        return self.exhibits.get(page) if page is not None else place.exhibit


def index_pages(case_file: CaseFile) -> PageIndex:
    """Return the index of a case file's pages."""
    return PageIndex(
        {(p.document, p.number): p.bundle_page for p in case_file.pages},
        {page: e.id for e in case_file.exhibits for page in (*e.pages, *e.also_at)},
    )


def print_places(places: Iterable[Place], index: PageIndex) -> str:
    """Return places as "[Exhibit 2, pages 4, 5; Exhibit 3, page 9]", or an empty text."""
    by_exhibit: dict[int | None, list[int]] = {}
    for place in places:
        page = index.bundle_page(place)
        if page is not None:
            found = by_exhibit.setdefault(index.exhibit(place), [])
            if page not in found:
                found.append(page)
    parts = []
    for exhibit, pages in sorted(by_exhibit.items(), key=lambda item: item[0] or 0):
        word = "page" if len(pages) == 1 else "pages"
        lead = f"Exhibit {exhibit}, " if exhibit is not None else ""
        parts.append(f"{lead}{word} {', '.join(map(str, sorted(pages)))}")
    return f"[{'; '.join(parts)}]" if parts else ""


def print_sentence(sentence: Sentence, index: PageIndex) -> str:
    """Return a sentence with the places it was read from behind it."""
    printed = print_places(sentence.places, index)
    return f"{sentence.text} {printed}" if printed else sentence.text
