"""The list of documents reviewed: plain lines in old letters, rows in ours."""

from __future__ import annotations

import re
from datetime import date

from openimr.letters.reading import Reading
from openimr.terms.letter import DocumentReviewed
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.dates import read_date
from openimr.vocabulary.text import fold

_BULLET = re.compile(r"^\s*(?:[•·▪\uf0b7*-]|\(?[a-z0-9]{1,2}[.)])\s+")
_INTRODUCTION = re.compile(
    r"^The\s+following\b.*?(?:included?|reviewed|considered)\b[^:]*:\s*", re.DOTALL | re.IGNORECASE
)

NO_DOCUMENTS = "No documents were received for this review."
NO_EXHIBIT = "none"
_ROW_LABELS = (
    "Type",
    "Author",
    "Date of service",
    "Report date",
    "Pages",
    "Submitted by",
    "Received",
    "Relied on",
)
_ROW = re.compile(r"\bExhibit\s+(?P<exhibit>\S+)\s*\u2014\s*")
# The header row stands again at the top of every page that the table reaches.
_HEADER_ROW = re.compile(r"\bDocument\s+Dates\s+Pages\s+Source\s+and\s+use\b")
_LABEL = re.compile(r"\b(?P<label>" + "|".join(_ROW_LABELS) + r"):\s")


def read_document_list(reading: Reading, section: Span) -> tuple[DocumentReviewed, ...]:
    """Return the documents that a letter lists, one title a line or bullet."""
    text = reading.text.text
    introduction = _INTRODUCTION.match(text[section.start : section.end].lstrip())
    begin = section.start
    if introduction:
        lead = len(text[section.start : section.end]) - len(text[section.start : section.end].lstrip())
        begin += lead + introduction.end()
    items: list[Span] = []
    for line in reading.text.lines:
        if line.end <= begin or line.start >= section.end:
            continue
        start = max(line.start, begin)
        bullet = _BULLET.match(text[start : line.end])
        if bullet:
            items.append(Span(start + bullet.end(), line.end))
        elif items and not line.has_gap_before and text[start].islower():
            items[-1] = Span(items[-1].start, line.end)
        else:
            items.append(Span(start, line.end))
    found = []
    for index, item in enumerate(items):
        title = reading.keep(f"documents_reviewed.{index}", item.start, item.end)
        if title:
            found.append(DocumentReviewed(title=title))
    return tuple(found)


def read_document_table(reading: Reading, section: Span) -> tuple[DocumentReviewed, ...] | None:
    """Return the documents of one of our own letters, with every column.

    None, where the letter says that its record holds no list.
    """
    text = reading.text.text
    rows = list(_ROW.finditer(text, section.start, section.end))
    if not rows:
        printed = reading.text.folded(section)
        return () if NO_DOCUMENTS in printed else None
    found = []
    for index, row in enumerate(rows):
        until = rows[index + 1].start() if index + 1 < len(rows) else section.end
        path = f"documents_reviewed.{index}"
        reading.keep(path, row.start(), until)
        columns = _HEADER_ROW.sub(" ", text[row.end() : until])
        document = _read_row(row["exhibit"], fold(columns))
        if document is None:
            reading.problem(
                "documents.unreadable",
                path,
                f"The entry for exhibit {row['exhibit']} could not be read.",
                remedy="Read the entry in the letter.",
                at=Span(row.start(), until),
                severity=Severity.WARNING,
            )
        else:
            found.append(document)
    return tuple(found)


def _read_row(exhibit: str, text: str) -> DocumentReviewed | None:
    labels = list(_LABEL.finditer(text))
    values: dict[str, str] = {}
    title = text[: labels[0].start()].strip() if labels else text.strip()
    for index, label in enumerate(labels):
        until = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        values[label["label"]] = text[label.end() : until].strip()
    try:
        return DocumentReviewed(
            title=title,
            exhibit=None if exhibit == NO_EXHIBIT else exhibit,
            type=values.get("Type"),
            author=values.get("Author"),
            date_of_service=_day(values.get("Date of service")),
            report_date=_day(values.get("Report date")),
            pages=parse_pages(values.get("Pages", "")),
            submitted_by=values.get("Submitted by"),
            received_on=_day(values.get("Received")),
            relied_on={"yes": True, "no": False, None: None}[values.get("Relied on")],
        )
    except (KeyError, ValueError):
        return None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = read_date(text)
    if day is None:
        raise ValueError(text)
    return day


def print_pages(pages: tuple[int, ...]) -> str:
    """Return page numbers as letters print them.

    Example:
        >>> print_pages((14, 15, 16, 31))
        '14-16, 31'
    """
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def parse_pages(text: str) -> tuple[int, ...]:
    """Return the page numbers that ``print_pages`` printed.

    Raises:
        ValueError: The text is not such a list.
    """
    pages: list[int] = []
    for part in text.split(","):
        if not part.strip():
            continue
        first, _, last = part.strip().partition("-")
        pages.extend(range(int(first), int(last or first) + 1))
    return tuple(pages)
