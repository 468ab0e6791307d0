"""A chronology as a page of HTML that needs nothing beside itself, and as a table of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from openimr.facts.chronology_drawing import LEFT, WIDTH, draw_courses, draw_events, draw_pain
from openimr.facts.daily_dose import FactorsOn
from openimr.facts.drug_courses import Course, drug_courses, mme_by_day
from openimr.terms.chronology import Entry, EntryKind, MorphineFactors
from openimr.terms.facts import Facts
from openimr.terms.records import CaseFile, Page

# With more pages the HTML page would be too large to open; links then only name the page.
_MOST_SHOWN = 3000
COLUMNS = (
    "on", "dated_by", "kind", "name", "says", "assertion", "value", "unit", "response", "mme_per_day",
    "page", "exhibit", "document", "document_page", "start", "end", "quote", "reported_by", "conflicts",
)  # fmt: skip
# A cell that begins with one of these would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Item:
    """What one day tells in the same words: the entries, by their number from 1."""

    says: str
    entries: tuple[tuple[int, Entry], ...]

    @property
    def mme(self) -> float | None:
        """The highest morphine equivalents a day among the entries."""
        return max((e.mme_per_day for _, e in self.entries if e.mme_per_day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page whose text is shown: pieces of its text, each with the entry it was read for, if any."""

    page: Page
    pieces: tuple[tuple[str, int | None], ...]
    others: tuple[int, ...]


def chronology_html(
    entries: Sequence[Entry], facts: Facts, case_file: CaseFile, factors: FactorsOn | None = None
) -> str:
    """Return the chronology as an HTML page: pictures, drugs, a table by day, and the pages it cites.

    Args:
        entries: The chronology.
        facts: The facts it was made from, for the course of each drug.
        case_file: The pages.
        factors: The table of morphine factors of a day.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = files("openimr.facts").joinpath("data/chronology.html").read_text(encoding="utf-8")
    courses = _courses(facts, case_file, factors)
    mme = mme_by_day(courses)
    return environment.from_string(template).render(
        width=WIDTH,
        left=LEFT,
        events=draw_events(entries),
        bars=draw_courses(courses, mme),
        pain=draw_pain(entries),
        scores=[entry for entry in entries if entry.unit == "of 10"],
        courses=courses,
        days=by_day(entries),
        count=len(entries),
        conflicts=facts.conflicts,
        tables=_tables(courses, factors),
        pages=_shown(entries, courses, case_file),
        most_shown=_MOST_SHOWN,
        unread=case_file.manifest.unread_pages,
        total=len(case_file.pages),
    )


def by_day(entries: Sequence[Entry]) -> list[tuple[date | None, list[tuple[EntryKind, list[Item]]]]]:
    """Return the entries by day and kind; the same words of one day stand once, with all their pages."""
    days: dict[date | None, dict[EntryKind, dict[str, list[tuple[int, Entry]]]]] = {}
    for number, entry in enumerate(entries, 1):
        of_kind = days.setdefault(entry.on, {}).setdefault(entry.kind, {})
        of_kind.setdefault(entry.says, []).append((number, entry))
    return [
        (
            on,
            [
                (kind, [Item(says, tuple(found)) for says, found in of_kind.items()])
                for kind, of_kind in kinds.items()
            ],
        )
        for on, kinds in days.items()
    ]


def _courses(facts: Facts, case_file: CaseFile, factors: FactorsOn | None) -> tuple[Course, ...]:
    bundle = {(page.document, page.number): page.bundle_page for page in case_file.pages}
    copies = {page for exhibit in case_file.exhibits for page in exhibit.also_at}
    told = [f for f in facts.facts if bundle[f.seen_at.document, f.seen_at.page] not in copies]
    return drug_courses(told, bundle, factors)


def _tables(courses: Sequence[Course], factors: FactorsOn | None) -> list[MorphineFactors]:
    """Return the tables of factors that were used."""
    if factors is None:
        return []
    used = [factors(d.on) for c in courses for d in c.doses if d.mme_per_day is not None]
    return list({table.title: table for table in used}.values())


def _shown(entries: Sequence[Entry], courses: Sequence[Course], case_file: CaseFile) -> list[Shown]:
    """Return the pages that entries and doses cite, with the words of each entry marked."""
    cited: dict[int, list[tuple[int, Entry]]] = {dose.page: [] for c in courses for dose in c.doses}
    for number, entry in enumerate(entries, 1):
        cited.setdefault(entry.page, []).append((number, entry))
    pages = [page for page in case_file.pages if page.bundle_page in cited]
    return [_marked(page, cited[page.bundle_page]) for page in pages[:_MOST_SHOWN]]


def _marked(page: Page, cited: Sequence[tuple[int, Entry]]) -> Shown:
    """Return a page in pieces; of quotations that overlap the first is marked, the others begin there."""
    pieces: list[tuple[str, int | None]] = []
    others: list[int] = []
    at = 0
    for number, entry in sorted(cited, key=lambda c: (c[1].seen_at.start, -c[1].seen_at.end)):
        if entry.seen_at.start < at:
            others.append(number)
            continue
        pieces.append((page.text[at : entry.seen_at.start], None))
        pieces.append((page.text[entry.seen_at.start : entry.seen_at.end], number))
        at = entry.seen_at.end
    return Shown(page, (*pieces, (page.text[at:], None)), tuple(others))


def chronology_csv(entries: Sequence[Entry]) -> str:
    """Return the chronology as CSV with a header, one entry a row; no text in it is run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_cell(cell) for cell in _row(entry)])
    return out.getvalue()


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        entry.on,
        entry.dated_by,
        entry.kind.value,
        entry.name,
        entry.says,
        entry.assertion.value,
        entry.value,
        entry.unit,
        entry.response,
        entry.mme_per_day,
        entry.page,
        entry.exhibit,
        entry.seen_at.document,
        entry.seen_at.page,
        entry.seen_at.start,
        entry.seen_at.end,
        entry.quote,
        entry.reported_by,
        "; ".join(entry.conflicts),
    )


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
