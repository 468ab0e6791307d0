"""What one page shows at a glance: its lines, its number, its letterhead, whether it is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.terms.records import Page

# Lines a fax machine prints: a time, and a page number or the word fax.
_FAX_LINE = re.compile(
    r"(?=.*\b\d{1,2}:\d{2})(?=.*(?:\bfax\b|\bfrom\b.*\bto\b|\bp(?:age|g)?\.?\s*:?\s*\d{1,4}\s*(?:/|of)\s*\d{1,4}))",
    re.IGNORECASE,
)
# Stamped numbers of bundles: letters and at least four digits, alone on their line.
_BATES_LINE = re.compile(r"^(?:bates\b.*|(?:[A-Z]{2,}[A-Z_ -]{0,12}\d{4,}\s*){1,4})$")
_PAGE_OF = re.compile(r"\bpage\s*:?\s*(?P<k>\d{1,4})\s*(?:of|/)\s*(?P<n>\d{1,4})\b", re.IGNORECASE)
# "Final Report 2 / 2", or the numbers alone at the foot.
_PART_OF = re.compile(r"(?:\breport\s+|^)(?P<k>\d{1,3})\s+/\s+(?P<n>\d{1,3})$", re.IGNORECASE)
# A form that numbers its pages at the foot: "DWC Form PR-2 (Rev. 06-05) 1".
_FORM_PAGE = re.compile(r"\bform\b.*\)\s*(?:page\s*)?(?P<k>\d{1,2})$", re.IGNORECASE)
# The stamp of a mail room: slanted print falls apart into short lines.
_RECEIVED = re.compile(
    r"^(?:RECEIV\s*ED|SCANNED|ENTERED)\s+[A-Z]{3,9}\.?\s+\d{1,2},?\s+\d{4}[ \t]*$", re.MULTILINE
)
_PAGE_ALONE = re.compile(r"(?:\b(?:page|pg\.?|sheet)|^p\.)\s*:?\s*#?\s*(?P<k>\d{1,3})$", re.IGNORECASE)
# A line that is nothing but a number, bare or between marks: "2", "- 2 -", "(2)"; or "2/5", "2 of 5".
_NUMBER_LINE = re.compile(r"^[-(\[~\u2013\u2014. ]*(?P<k>\d{1,3})[-)\]~\u2013\u2014. ]*$")
_NUMBER_OF_LINE = re.compile(
    r"^\W*(?:pg\.?|p\.|sheet)?\s*(?P<k>\d{1,3})\s*(?:/|of)\s*(?P<n>\d{1,3})\W*$", re.IGNORECASE
)
_CONTINUED = re.compile(
    r"\(cont(?:inued|'d|\.)\)|\bcont(?:inued|'d|\.)\W*$|\bcontinued from\b", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b(?:[A-Z]{2}|California)\.?,?\s+\d{5}(?:-\d{4})?\b"
    r"|\b(?:tel|telephone|phone|fax|ph)\b\.?:?\s*\(?\d{3}|\bsuite\s+\d+",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:electronically|digitally)\s+signed\b|^\s*(?:sincerely|respectfully|yours truly)\b|^\s*/s/"
    r"|\bsignature\b|\bend of report\b|\bunder penalty of perjury\b",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(r"[\W_]+")
# A heading or a page number stands among this many lines from the top, a page number also at the foot.
HEAD_LINES = 14
_FOOT_LINES = 4
# A page number without a total stands in the outermost lines only.
_EDGE_LINES = 3
_LETTERHEAD_LINES = 6
# A longer line is prose, and "continued" in it is said of a treatment.
_HEADING_REACH = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line with its place in the page text."""

    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLook:
    """A page at a glance. ``number`` and ``of`` are what the page prints about itself."""

    page: Page
    lines: tuple[Line, ...]
    number: int | None
    of: int | None
    letterhead: str | None
    is_continued: bool
    is_signed: bool

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines near the top, where headings stand."""
        return self.lines[:HEAD_LINES]


def look_at(page: Page) -> PageLook:
    """Return a page at a glance, without the lines that faxes and stamps add."""
    lines = _lines(page.text)
    number, of = _printed_number(lines)
    return PageLook(
        page=page,
        lines=lines,
        number=number,
        of=of,
        letterhead=_letterhead(lines),
        is_continued=any(
            _CONTINUED.search(line.text) for line in lines[:4] if len(line.text) <= _HEADING_REACH
        ),
        is_signed=any(_SIGNED.search(line.text) for line in lines[len(lines) // 2 :]),
    )


def is_added(text: str) -> bool:
    """Return whether a line at the edge of a page was added by a fax machine or a stamp."""
    return bool(_FAX_LINE.search(text) or _BATES_LINE.match(text))


def _lines(text: str) -> tuple[Line, ...]:
    found: list[Line] = []
    offset = 0
    stamps = [match.span() for match in _RECEIVED.finditer(text)]
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped and not any(start <= offset < end for start, end in stamps):
            found.append(Line(offset + raw.index(stripped[0]), stripped.replace("\u2019", "'")))
        offset += len(raw) + 1
    edge = {*range(2), *range(len(found) - 2, len(found))}
    return tuple(line for index, line in enumerate(found) if not (index in edge and is_added(line.text)))


def _printed_number(lines: tuple[Line, ...]) -> tuple[int | None, int | None]:
    edges = [*lines[:HEAD_LINES], *lines[max(HEAD_LINES, len(lines) - _FOOT_LINES) :]]
    for line in edges:
        match = _PAGE_OF.search(line.text) or _PART_OF.search(line.text)
        if match and 1 <= int(match["k"]) <= int(match["n"]):
            return int(match["k"]), int(match["n"])
    outer = (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])
    for line in outer:
        match = _NUMBER_OF_LINE.match(line.text)
        if match and 1 <= int(match["k"]) <= int(match["n"]):
            return int(match["k"]), int(match["n"])
    for line in outer:
        match = _PAGE_ALONE.search(line.text) or _FORM_PAGE.search(line.text)
        if match:
            return int(match["k"]), None
    for line in (*lines[:2], *lines[-2:]):
        match = _NUMBER_LINE.match(line.text)
        if match and int(match["k"]) > 0:
            return int(match["k"]), None
    return None, None


def _letterhead(lines: tuple[Line, ...]) -> str | None:
    """Return the first line of the page where an address or a telephone number follows it."""
    top = lines[:_LETTERHEAD_LINES]
    if len(top) < 2 or not any(_ADDRESS.search(line.text) for line in top[:4]):
        return None
    return top[0].text


def plain(text: str) -> str:
    """Return a text in lower case with letters and digits only, to compare pages by.

    Example:
        >>> plain("Progress Report - page 2 (cont'd)")
        'progressreportpage2contd'
    """
    return _NOT_PLAIN.sub("", text.lower())


_LABELLED = re.compile(r"^[A-Z][\w'/#(). -]{1,30}:\s*\S|\b(?:DOB|MRN|D\.O\.B\.|DOI|DOS)\b")
_DIGITS = re.compile(r"\d+")
_PROSE_END = re.compile(r"[.;,]$")
_TITLE_REACH = 70
_LABELLED_REACH = 12


def top_of(look: PageLook) -> str:
    """Return the first line of a page as it is compared with other pages: without figures."""
    return plain(_DIGITS.sub("", look.lines[0].text)) if look.lines else ""


def has_title_line(look: PageLook) -> bool:
    """Return whether a page opens with a line that is no prose: a name, a title, a letterhead."""
    if not look.lines:
        return False
    text = look.lines[0].text
    return len(text) <= _TITLE_REACH and text[:1].isupper() and not _PROSE_END.search(text)


def has_particulars(look: PageLook) -> bool:
    """Return whether a page opens with a block that says of whom it is: three labelled values at least."""
    return sum(bool(_LABELLED.search(line.text)) for line in look.lines[:_LABELLED_REACH]) >= 3


def goes_on_in_sentence(before: PageLook, look: PageLook) -> bool:
    """Return whether a sentence runs from one page to the next."""
    if not before.lines or not look.lines:
        return False
    return look.lines[0].text[:1].islower() and before.lines[-1].text[-1:].isalnum()
