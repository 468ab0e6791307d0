"""What the pages of the case file show, computed from what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from openimr.records.timeline import Timeline, build_timeline, ranges
from openimr.records.timeline_drawing import Drawing, draw_timeline
from openimr.terms.chronology import Entry
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Manifest, Page, Word

# entries of a chronology on one page
ENTRIES = 300
_KIND_WORDS = {
    ExhibitType.RFA: "Request for authorization",
    ExhibitType.UR_DECISION: "Decision of utilization review",
    ExhibitType.IMR_APPLICATION: "Application for review",
    ExhibitType.MEDICAL_LEGAL: "Medical-legal report",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What is to be known of an exhibit: in words, and how much it matters."""

    words: str
    is_serious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A piece of the text of a page, marked where it is what somebody asked for."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A word of the picture of a page that is marked, in points from the top left corner."""

    x: float
    y: float
    width: float
    height: float


def flags(exhibit: Exhibit) -> tuple[Flag, ...]:
    """Return what is to be known of an exhibit."""
    found = []
    if exhibit.after_denial:
        found.append(Flag(words="after the denial"))
    if exhibit.unread_pages:
        found.append(Flag(words=f"not read: page {ranges(exhibit.unread_pages)}", is_serious=True))
    if exhibit.also_at:
        found.append(Flag(words=f"again at page {ranges(exhibit.also_at)}"))
    return tuple(found)


def shown_exhibits(found: Sequence[Exhibit], *, kind: str, flag: str) -> tuple[Exhibit, ...]:
    """Return the exhibits of a kind and with a flag, where one is asked for."""
    tests: dict[str, Callable[[Exhibit], bool]] = {
        "": lambda e: True,
        "after_denial": lambda e: bool(e.after_denial),
        "unread": lambda e: bool(e.unread_pages),
        "copies": lambda e: bool(e.also_at),
        "undated": lambda e: e.date_of_service is None and e.report_date is None,
    }
    return tuple(e for e in found if (not kind or e.type.value == kind) and tests[flag](e))


def timeline_of(manifest: Manifest, exhibits: tuple[Exhibit, ...]) -> tuple[Timeline, Drawing | None]:
    """Return the exhibits by date, and their picture; None where none is dated."""
    timeline = build_timeline(CaseFile(manifest=manifest, pages=(), exhibits=exhibits))
    return timeline, draw_timeline(timeline.entries, timeline.gaps)


def exhibit_of(exhibits: Iterable[Exhibit], number: int) -> tuple[Exhibit | None, Exhibit | None]:
    """Return the exhibit that a page of the bundle stands in, and the one that it repeats."""
    own = again = None
    for exhibit in exhibits:
        if number in exhibit.pages:
            own = exhibit
        elif number in exhibit.also_at:
            again = exhibit
    return own, again


def marked(text: str, start: int | None, end: int | None) -> tuple[TextPiece, ...]:
    """Return a text in pieces, with the span from ``start`` to ``end`` marked where it lies in the text.

    Example:
        >>> [(piece.text, piece.is_marked) for piece in marked("no spasticity seen", 3, 13)]
        [('no ', False), ('spasticity', True), (' seen', False)]
    """
    if start is None or end is None or not 0 <= start < end <= len(text):
        return (TextPiece(text=text, is_marked=False),)
    pieces = ((text[:start], False), (text[start:end], True), (text[end:], False))
    return tuple(TextPiece(text=part, is_marked=is_marked) for part, is_marked in pieces if part)


def boxes(page: Page, start: int | None, end: int | None) -> tuple[Box, ...]:
    """Return the boxes of the words of a span on the picture of a page."""
    if start is None or end is None:
        return ()
    return tuple(_box(word) for word in page.words if word.start < end and word.end > start)


def _box(word: Word) -> Box:
    return Box(
        x=round(word.left - 1, 1),
        y=round(word.top - 1, 1),
        width=round(word.right - word.left + 2, 1),
        height=round(word.bottom - word.top + 2, 1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the record tells of one day in the same words, once or at several places."""

    entry: Entry
    places: tuple[Entry, ...]

    @property
    def told_by(self) -> str:
        """The paper of the dispute that tells it at second hand, in words; empty where a record does."""
        name = self.entry.reported_by
        known = {kind.value for kind in ExhibitType}
        return (kind_words(ExhibitType(name)).lower() if name in known else name) if name else ""


def days_of(entries: Iterable[Entry]) -> tuple[tuple[date | None, tuple[Told, ...]], ...]:
    """Return the entries of a chronology by day; what is told again in the same words stands once."""
    return tuple((day, _told(group)) for day, group in groupby(entries, key=lambda entry: entry.on))


def _told(entries: Iterable[Entry]) -> tuple[Told, ...]:
    found: dict[tuple[object, ...], list[Entry]] = {}
    for one in entries:
        key = (one.kind, one.says, one.reported_by, one.mme_per_day, one.conflicts)
        found.setdefault(key, []).append(one)
    return tuple(Told(entry=places[0], places=tuple(places)) for places in found.values())


def kind_words(kind: ExhibitType) -> str:
    """Return a kind of document in words.

    Example:
        >>> kind_words(ExhibitType.UR_DECISION), kind_words(ExhibitType.PROGRESS_REPORT)
        ('Decision of utilization review', 'Progress report')
    """
    return _KIND_WORDS.get(kind, kind.value.replace("_", " ").capitalize())
