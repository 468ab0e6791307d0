"""The list of documents reviewed in our own letters: rows that read back."""

from __future__ import annotations

import re
from datetime import date

from openimr.letters import wording
from openimr.letters.reading import Reading
from openimr.letters.statements import print_day
from openimr.terms.letter import DocumentReviewed
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.dates import read_date

# Column by column, the labels of a row in the order of printing.
_COLUMNS = (
    ("Title", "Type", "Author"),
    ("Date of service", "Report date"),
    ("Pages",),
    ("Submitted by", "Received", "Relied on"),
)
_LABELS = {
    label: re.compile(r"(?<!\S)" + label.replace(" ", r"\s+") + r":\s")
    for column in _COLUMNS
    for label in column
}
_ROW = re.compile(r"(?<!\S)Exhibit\s+(?P<exhibit>\S+)\s+(?=Title:\s)")
# The header row stands again at the top of every page that the table reaches.
_HEADER_ROW = re.compile(r"\s+".join(" ".join(wording.DOCUMENT_COLUMNS).split()))
_RELIED = {True: "yes", False: "no", None: ""}


def row_cells(document: DocumentReviewed) -> list[list[tuple[str, str]]]:
    """Return a row behind its exhibit number: for each column its labels and values."""
    values = {
        "Title": document.title,
        "Type": document.type or "",
        "Author": document.author or "",
        "Date of service": print_day(document.date_of_service) if document.date_of_service else "",
        "Report date": print_day(document.report_date) if document.report_date else "",
        "Pages": print_pages(document.pages),
        "Submitted by": document.submitted_by or "",
        "Received": print_day(document.received_on) if document.received_on else "",
        "Relied on": _RELIED[document.relied_on],
    }
    return [[(label, values[label]) for label in column if values[label]] for column in _COLUMNS]


def exhibit_of(document: DocumentReviewed) -> str:
    """Return the first cell of a row."""
    return f"Exhibit {document.exhibit or wording.NO_EXHIBIT}"


def row_line(document: DocumentReviewed) -> str:
    """Return a row as one line of text."""
    cells = [f"{label}: {value}" for cell in row_cells(document) for label, value in cell]
    return " ".join([exhibit_of(document), *cells])


def read_rows(reading: Reading, section: Span) -> tuple[DocumentReviewed, ...] | None:
    """Return the documents of one of our own letters, with every column.

    None, where the letter says that its record holds no list.
    """
    text = reading.text.text
    rows = list(_ROW.finditer(text, section.start, section.end))
    if not rows:
        return () if wording.NO_DOCUMENTS in reading.text.folded(section) else None
    found = []
    for index, row in enumerate(rows):
        until = rows[index + 1].start() if index + 1 < len(rows) else section.end
        path = f"documents_reviewed.{index}"
        reading.keep(path, row.start(), until)
        document = _read_row(reading, row["exhibit"], Span(row.end(), until))
        if document is None:
            reading.problem(
                "documents.unreadable",
                path,
                f"Entry {index + 1} of the list of documents could not be read.",
                remedy="Read the entry in the letter.",
                at=Span(row.start(), until),
                severity=Severity.WARNING,
            )
        else:
            found.append(document)
    return tuple(found)


def _read_row(reading: Reading, exhibit: str, row: Span) -> DocumentReviewed | None:
    text = reading.text.text
    marks: list[tuple[str, int, int]] = []
    position = row.start
    for label, pattern in _LABELS.items():
        match = pattern.search(text, position, row.end)
        if match:
            marks.append((label, match.start(), match.end()))
            position = match.end()
    values: dict[str, str] = {}
    for index, (label, _, begin) in enumerate(marks):
        until = marks[index + 1][1] if index + 1 < len(marks) else row.end
        repeated = _HEADER_ROW.search(text, begin, until)
        span = reading.text.trimmed(begin, repeated.start() if repeated else until)
        values[label] = rejoined(reading.text.folded(span))
    try:
        return DocumentReviewed(
            title=values["Title"],
            exhibit=None if exhibit == wording.NO_EXHIBIT else exhibit.replace("\x00", ""),
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


def rejoined(text: str) -> str:
    """Return folded words with those put together that were too long for a line.

    Example:
        >>> rejoined("see www.example\u00ac .org/guide there")
        'see www.example.org/guide there'
    """
    return text.replace(f"{wording.BREAK} ", "") if wording.BREAK in text else text


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
