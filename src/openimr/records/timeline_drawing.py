"""The picture of a timeline: a lane for each kind of document, a mark for each exhibit at its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openimr.terms.records import ExhibitType

_WIDTH, _LEFT, _RIGHT = 1000.0, 150.0, 20.0
_TOP, _LANE = 24.0, 22.0
# Marks in one lane stand at least so far apart; a later one moves down a little instead of hiding an earlier.
_NEAR, _STEP = 9.0, 5.0
# So many names of years or months stand under the picture at most.
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An exhibit at its date. ``pages`` are pages of the bundle, ``source`` the file's name."""

    exhibit: int
    on: date | None
    dated_by: str | None
    type: ExhibitType
    title: str
    author: str | None
    facility: str | None
    source: str | None
    pages: tuple[int, ...]
    also_at: tuple[int, ...]
    unread_pages: tuple[int, ...]
    after_denial: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentGap:
    """Days without a record of care between two dated exhibits."""

    after: date
    before: date
    days: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An exhibit in the picture."""

    x: float
    y: float
    entry: TimelineEntry


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the picture, with its words."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the picture shows; lengths are in its own units, ``width`` across."""

    width: float
    height: float
    lanes: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    gaps: tuple[Span, ...]
    marks: tuple[Mark, ...]


def draw_timeline(entries: Sequence[TimelineEntry], gaps: Sequence[TreatmentGap]) -> Drawing | None:
    """Return the picture of the dated entries; None where none is dated."""
    dated = [(entry.on, entry) for entry in entries if entry.on is not None]
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    days = max(1, (last - first).days)

    def across(on: date) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * (on - first).days / days, 1)

    kinds = [kind for kind in ExhibitType if any(entry.type is kind for _, entry in dated)]
    lanes = {kind: _TOP + _LANE * row for row, kind in enumerate(kinds)}
    marks: list[Mark] = []
    for on, entry in dated:
        x, y = across(on), lanes[entry.type]
        crowd = sum(mark.entry.type is entry.type and x - mark.x < _NEAR for mark in marks)
        marks.append(Mark(x, y + _STEP * (crowd % 3), entry))
    return Drawing(
        width=_WIDTH,
        height=_TOP + _LANE * len(kinds) + 24,
        lanes=tuple((y, kind.value.replace("_", " ")) for kind, y in lanes.items()),
        ticks=tuple((across(on), words) for on, words in _ticks(first, last)),
        gaps=tuple(
            Span(across(gap.after), across(gap.before) - across(gap.after), f"{gap.days} days without care")
            for gap in gaps
        ),
        marks=tuple(marks),
    )


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Return the beginnings of months or years between two days, few enough to be read."""
    months = [first.replace(day=1)]
    while months[-1] <= last:
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    inside = [month for month in months if first <= month <= last]
    if len(inside) <= _MOST_TICKS:
        return [(month, month.strftime("%Y-%m")) for month in inside]
    years = [month for month in inside if month.month == 1]
    step = -(-len(years) // _MOST_TICKS)
    return [(year, str(year.year)) for year in years[::step]]
