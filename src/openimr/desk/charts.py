"""Pictures of figures as SVG: drawn here, without scripts, each beside a table of the same numbers.

Colours come from the style sheet by class; every number is printed beside
its bar as well, so that no meaning hangs on a colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from openimr.desk.intervals import Share

# units of the drawing, not pixels: a picture grows with its column
WIDTH = 480
LABELS = 186
ROW = 30
TOP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a bar: the class of its colour, and how much."""

    style: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its label, its parts from left to right, and the words at its end."""

    label: str
    parts: tuple[Part, ...]
    words: str

    @property
    def total(self) -> int:
        """Return how long the bar is."""
        return sum(part.value for part in self.parts)


def bars(identifier: str, title: str, rows: Sequence[Bar]) -> SafeString:
    """Return horizontal bars, one a row."""
    most = max((bar.total for bar in rows), default=0) or 1
    room = WIDTH - LABELS - 90
    shapes: list[str] = []
    for place, bar in enumerate(rows):
        y = TOP + place * ROW
        shapes.append(_text(LABELS - 8, y + 17, _short(bar.label), anchor="end"))
        x = float(LABELS)
        for part in bar.parts:
            width = room * part.value / most
            if width > 0:
                size = f'x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="18"'
                shapes.append(f'<rect class="{escape(part.style)}" {size}/>')
            x += width
        shapes.append(_text(x + 6, y + 17, bar.words))
    height = TOP + len(rows) * ROW + 6
    shapes.append(f'<line class="axis" x1="{LABELS}" y1="{TOP - 4}" x2="{LABELS}" y2="{height - 4}"/>')
    return _picture(identifier, title, height, shapes)


def columns(identifier: str, title: str, points: Sequence[tuple[str, int]]) -> SafeString:
    """Return upright bars over time, the earliest at the left; every fourth has its label."""
    height, foot, left = 230, 34, 40
    most = max((value for _, value in points), default=0) or 1
    room, step = height - foot - 16, (WIDTH - left - 6) / max(1, len(points))
    shapes = [*_scale(most, left, room)]
    for place, (label, value) in enumerate(points):
        x, tall = left + place * step, room * value / most
        top = 16 + room - tall
        shapes.append(
            f'<rect class="bar" x="{x + step * 0.12:.1f}" y="{top:.1f}" width="{step * 0.76:.1f}" '
            f'height="{tall:.1f}"/>'
        )
        if place % 5 == 0:
            at_edge = place + 2 >= len(points)
            shapes.append(
                _text(WIDTH if at_edge else x, height - 12, label, anchor="end" if at_edge else "start")
            )
    shapes.append(f'<line class="axis" x1="{left}" y1="{16 + room}" x2="{WIDTH}" y2="{16 + room}"/>')
    return _picture(identifier, title, height, shapes)


def _scale(most: int, left: int, room: int) -> Iterable[str]:
    """Yield lines at nothing, half and all, with their numbers."""
    for value in sorted({0, most // 2, most}):
        y = 16 + room - room * value / most
        yield f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{WIDTH}" y2="{y:.1f}"/>'
        yield _text(left - 6, y + 5, f"{value:,}", anchor="end")


def intervals(identifier: str, title: str, rows: Sequence[tuple[str, Share]]) -> SafeString:
    """Return shares as points with the range in which the true share lies."""
    room = WIDTH - LABELS - 30
    height = TOP + len(rows) * (ROW + 12) + 30
    shapes: list[str] = []
    for percent in (0, 25, 50, 75, 100):
        x = LABELS + room * percent / 100
        shapes.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{height - 26}"/>')
        shapes.append(_text(x, height - 8, f"{percent} %", anchor="middle"))
    for place, (label, share) in enumerate(rows):
        y = TOP + place * (ROW + 12) + 21
        shapes.append(_text(LABELS - 8, y + 5, _short(label), anchor="end"))
        if share.value is None:
            shapes.append(_text(LABELS + 6, y + 5, "no cases"))
            continue
        low, high, at = (LABELS + room * v for v in (share.low, share.high, share.value))
        shapes.append(f'<line class="whisker" x1="{low:.1f}" y1="{y}" x2="{high:.1f}" y2="{y}"/>')
        for end in (low, high):
            shapes.append(f'<line class="whisker" x1="{end:.1f}" y1="{y - 6}" x2="{end:.1f}" y2="{y + 6}"/>')
        shapes.append(f'<circle class="dot" cx="{at:.1f}" cy="{y}" r="6"/>')
        told = f"{100 * share.value:.0f} %, n = {share.whole:,}"
        shapes.append(_text(min(max(at, LABELS + 45), WIDTH - 60), y - 10, told, anchor="middle"))
    return _picture(identifier, title, height, shapes)


def _short(label: str) -> str:
    return label if len(label) <= 27 else f"{label[:26]}…"


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _picture(identifier: str, title: str, height: int, shapes: Iterable[str]) -> SafeString:
    """Return a whole picture; what it shows stands in its title for whoever does not see it."""
    name = escape(identifier)
    return SafeString(
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-title" '
        f'focusable="false"><title id="{name}-title">{escape(title)}</title>{"".join(shapes)}</svg>'
    )
