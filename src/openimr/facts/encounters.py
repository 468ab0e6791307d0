"""Exhibits as entries: a visit for each report of one, a result for each image that was read."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from openimr.facts.chronology_words import fold_words
from openimr.terms.chronology import Entry, EntryKind
from openimr.terms.facts import Assertion
from openimr.terms.places import Place
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Page

_VISITS = frozenset(
    {
        ExhibitType.PROGRESS_REPORT,
        ExhibitType.FIRST_REPORT,
        ExhibitType.CONSULTATION,
        ExhibitType.OPERATIVE_REPORT,
        ExhibitType.THERAPY_NOTES,
        ExhibitType.MEDICAL_LEGAL,
    }
)
RESULTS = frozenset({ExhibitType.IMAGING, ExhibitType.ELECTRODIAGNOSTIC})
# What the reader of an image concludes: from the heading to the next empty line or the signature.
_IMPRESSION = re2.compile(r"(?i)(?:^|\n)[ \t]*(?:impressions?|conclusions?)[ \t]*(?::\s*|\n\s*)(\S[^\n]*)")
_ENDS_CONCLUSION = re2.compile(
    r"(?i)\n\s*(?:\n|electronically|signed|dictated|read by|interpreted|transcribed)"
)
_FIRST_LINE = re2.compile(r"\S[^\n]*\S")
# A conclusion longer than this is a page without a next heading.
_MOST_SHOWN = 600


def encounters(case_file: CaseFile) -> Iterator[Entry]:
    """Yield a visit for each report of one and the conclusion of each image, with its words on the page."""
    pages = {page.bundle_page: page for page in case_file.pages}
    for exhibit in case_file.exhibits:
        its_pages = [pages[number] for number in exhibit.pages if pages[number].text]
        if its_pages and exhibit.type in _VISITS:
            yield _visit(exhibit, its_pages[0])
        elif exhibit.type in RESULTS:
            yield from _conclusion(exhibit, its_pages)


def _visit(exhibit: Exhibit, page: Page) -> Entry:
    start = page.text.find(exhibit.title) if exhibit.title else -1
    end = start + len(exhibit.title)
    if start < 0:
        line = _FIRST_LINE.search(page.text)
        start, end = (line.start(), line.end()) if line else (0, len(page.text))
    author = f", {exhibit.author}" if exhibit.author else ""
    says = exhibit.type.value.replace("_", " ") + author
    return _entry(EntryKind.VISIT, "visit", says, exhibit, page, (start, end))


def _conclusion(exhibit: Exhibit, pages: list[Page]) -> Iterator[Entry]:
    for page in pages:
        found = _IMPRESSION.search(page.text)
        if found:
            start = found.start(1)
            ends = _ENDS_CONCLUSION.search(page.text, start)
            end = min(ends.start() if ends else len(page.text.rstrip()), start + _MOST_SHOWN)
            says = f"{fold_words(exhibit.title)}: {fold_words(page.text[start:end])}"
            yield _entry(EntryKind.IMAGING_RESULT, "conclusion", says, exhibit, page, (start, end))
            return


def _entry(
    kind: EntryKind, name: str, says: str, exhibit: Exhibit, page: Page, span: tuple[int, int]
) -> Entry:
    on = exhibit.date_of_service or exhibit.report_date
    dated_by = "exhibit" if exhibit.date_of_service else "report_date" if exhibit.report_date else None
    start, end = span
    return Entry(
        on=on,
        dated_by=dated_by,
        kind=kind,
        name=name,
        says=says,
        assertion=Assertion.PRESENT,
        page=page.bundle_page,
        exhibit=exhibit.id,
        quote=page.text[start:end],
        seen_at=Place(document=page.document, page=page.number, start=start, end=end, exhibit=exhibit.id),
    )
