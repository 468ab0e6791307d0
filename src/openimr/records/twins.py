"""Scanned pages that show the same sheet of paper, told from their pictures before recognition.

Two scans of one sheet differ by slant, place, specks and the line of a fax
machine; two sheets of one form differ by a few words. So likeness of the
whole finds candidates, and every place the size of two characters must then
agree. Figures, and the words where they agree least, are read again before
anything is folded (``figures``). Errs towards keeping pages apart: recognizing
a page twice costs a second, and folding two visits into one loses a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from openimr.records.picture import Grey, Lie, lie_of, turned

Ink: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.intp]

# Coarse enough that specks melt into an even grey, fine enough to tell words apart. A finer picture does
# not tell a 3 from an 8 of a fax any better; figures are read again (see ``figures``).
TWIN_DPI = 75
# Rows and columns are compared in steps of this many dots to find candidates.
_STEP = 3
_LEAST_LIKENESS = 0.75
# Two scans of a sheet lie at most this share of the page apart.
_MOST_SHIFT = 0.06
# A place of the page, two characters wide and a line high, is looked for so many dots around.
_PLACE = (12, 12)
_AROUND = 2
# Places that are looked for around at once.
_AT_ONCE = 32
# Places that agree least, whose words are read again: a changed word stands at one of the first.
_WEAKEST = 8
# Ink of a place, as a share of its area, from which it holds writing and no specks.
_WRITING = 0.1
# Places may agree less than this only in the margins, where fax machines and stamps print.
_LEAST_AGREEMENT = 0.65
# Of one paper scanned twice this share of places may lie more than a dot astray; other papers have more.
_MOST_ASTRAY = 0.6
_MARGIN = 0.07
# A ruled line is so many dots long, and so much darker than what lies so many dots over or under it.
_RULE_LENGTH, _RULE_HEIGHT, _RULE_INK = 36, 4, 20
# Sides are rounded up to a multiple of this many dots where they are transformed, which is then faster.
_ROUND = 32
# Too little writing to tell pages apart by.
_LEAST_PLACES = 40
# Candidates that are compared place by place, the likeliest first.
_MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as it is compared: its ink, straightened, its rows without ruled lines, and how it lay."""

    ink: NDArray[np.uint8]
    rules: NDArray[np.uint8]  # where the lines of tables run, eight dots a byte
    rows: Ink
    lie: Lie

    @property
    def lean(self) -> float:
        """By how many degrees the page was turned to be compared; one on its side is left there."""
        return 0.0 if self.lie.is_lying else self.lie.slant


@dataclass(frozen=True, slots=True)
class Fit:
    """How one page lies on another: moved by so many dots of TWIN_DPI once both stand straight."""

    down: int
    across: int
    places: int
    weakest: tuple[tuple[int, int], ...] = ()  # where they agree least, as dots of this page, straightened


def sheet_of(grey: Grey) -> Sheet:
    """Return a page of TWIN_DPI as it is compared."""
    lie = lie_of(grey)
    straight = grey if lie.is_lying or not lie.slant else turned(grey, -lie.slant)
    ink = _smooth(255.0 - straight.astype(np.float32)).astype(np.uint8)
    rules = _rules(ink)
    rows = rows_of(np.where(rules, 0, ink).mean(axis=1, dtype=np.float32))
    return Sheet(ink=ink, rules=np.packbits(rules, axis=1), rows=rows, lie=lie)


class Rows:
    """How pages lie by rows, to find those that lie alike."""

    def __init__(self) -> None:
        self._rows = np.zeros((0, 0), dtype=np.float32)
        self._count = 0

    def add(self, rows: Ink) -> None:
        """Remember the rows of a page under the next number, from 0."""
        size = max(self._rows.shape[1], len(rows))
        if size > self._rows.shape[1] or self._count >= self._rows.shape[0]:
            grown = np.zeros((2 * self._count + 2, size), dtype=np.float32)
            grown[: self._rows.shape[0], : self._rows.shape[1]] = self._rows
            self._rows = grown
        self._rows[self._count, : len(rows)] = rows
        self._count += 1

    def likeness(self, sheet: Sheet) -> Ink:
        """Return how alike the rows of each remembered page lie, under the best shift, from 0 to 1."""
        size = self._rows.shape[1]
        most = max(1, int(size * _MOST_SHIFT))
        rows = np.zeros(size + 2 * most, dtype=np.float32)
        rows[most : most + min(size, len(sheet.rows))] = sheet.rows[:size]
        # copied out: a product with a view of overlapping rows takes many times as long
        shifted = np.ascontiguousarray(sliding_window_view(rows, size))
        return np.asarray((self._rows[: self._count] @ shifted.T).max(axis=1), dtype=np.float32)


class Sheets:
    """Pages that were recognized, to find the twin of a next one among."""

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []
        self._rows = Rows()

    def add(self, sheet: Sheet) -> None:
        """Remember a page under the next number, from 0."""
        self._sheets.append(sheet)
        self._rows.add(sheet.rows)

    def find(self, sheet: Sheet) -> tuple[int, Sheet, Fit] | None:
        """Return the remembered page that shows the same paper, and how it lies on this one; or None."""
        if not self._sheets:
            return None
        likeness = self._rows.likeness(sheet)
        for number in np.argsort(-likeness)[:_MOST_CANDIDATES]:
            other = self._sheets[int(number)]
            if likeness[number] < _LEAST_LIKENESS:
                break
            fit = is_same_paper(sheet, other)
            if fit is not None:
                return int(number), other, fit
        return None


def is_same_picture(one: Sheet, other: Sheet) -> bool:
    """Return whether two pages are one picture, sent twice: the same in every dot, as they are compared."""
    return one.lie == other.lie and np.array_equal(one.ink, other.ink)


def is_same_paper(one: Sheet, other: Sheet) -> Fit | None:
    """Return how the other page lies on this one where both show the same paper, else None."""
    if any(abs(x - y) > _MOST_SHIFT * x for x, y in zip(one.ink.shape, other.ink.shape, strict=True)):
        return None
    a, b, down, across = _aligned(_share(one.ink), _share(other.ink))
    rules = _drawn_rules(one, a.shape) | np.roll(_drawn_rules(other, a.shape), (down, across), (0, 1))
    a[rules] = b[rules] = 0
    height, width = (side // unit * unit for side, unit in zip(a.shape, _PLACE, strict=True))
    inner = _places(a[:height, :width], b[:height, :width])
    count = int(inner.sum())
    agreement = np.where(inner, _agreement(a[:height, :width], b[:height, :width]), np.inf)
    astray = int((agreement < _LEAST_AGREEMENT).sum())
    if count < _LEAST_PLACES or astray > _MOST_ASTRAY * count:
        return None
    looked_at = np.argsort(agreement, axis=None)[: max(astray, _AT_ONCE)]
    rows, columns = np.unravel_index(looked_at, agreement.shape)
    best = _agreement_around(a, b, rows, columns)
    if best is None:
        return None
    weakest = tuple(
        (int(rows[at]) * _PLACE[0] + _PLACE[0] // 2, int(columns[at]) * _PLACE[1] + _PLACE[1] // 2)
        for at in np.argsort(best)[:_WEAKEST]
    )
    return Fit(down, across, count, weakest)


def _share(ink: NDArray[np.uint8]) -> Ink:
    return ink.astype(np.float32) / np.float32(255)


def _smooth(ink: Ink) -> Ink:
    """Return ink spread over its neighbours, so that single specks weigh little."""
    for axis in (0, 1):
        ink = np.asarray((np.roll(ink, 1, axis) + 2 * ink + np.roll(ink, -1, axis)) / 4, dtype=np.float32)
    return ink


def rows_of(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how a page lies by rows, of the ink in each row of dots, as it is compared with others."""
    size = len(sums) // _STEP * _STEP
    steps = sums[:size].reshape(-1, _STEP).mean(axis=1)
    steps = steps - np.median(steps)  # an even grey of specks says nothing
    norm = float(np.linalg.norm(steps))
    return np.asarray(steps / norm if norm else steps, dtype=np.float32)


def _rules(ink: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where long straight lines run, along rows or columns, and the dots beside them.

    A fax machine breaks the thin lines of tables, or drops them.
    """
    signed = ink.astype(np.int16)
    return _rules_along_rows(signed) | _rules_along_rows(np.ascontiguousarray(signed.T)).T


def _rules_along_rows(ink: NDArray[np.int16]) -> NDArray[np.bool_]:
    beside = np.minimum(np.roll(ink, _RULE_HEIGHT, 0), np.roll(ink, -_RULE_HEIGHT, 0))
    is_dark = ink - beside >= _RULE_INK
    length = 1
    while length < _RULE_LENGTH:  # what is dark for so many dots from here on
        step = min(length, _RULE_LENGTH - length)
        is_dark[:, :-step] &= is_dark[:, step:]
        length += step
    is_dark[:, -_RULE_LENGTH:] = False
    length = 1
    while length < _RULE_LENGTH:  # and back: all dots of such a line
        step = min(length, _RULE_LENGTH - length)
        is_dark[:, step:] |= is_dark[:, :-step].copy()
        length += step
    return np.asarray(is_dark | np.roll(is_dark, 1, 0) | np.roll(is_dark, -1, 0))


def _drawn_rules(sheet: Sheet, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return the ruled lines of a sheet on a page of so many rows and columns."""
    height, width = sheet.ink.shape
    rules = np.zeros(shape, dtype=bool)
    rules[:height, :width] = np.unpackbits(sheet.rules, axis=1, count=width)
    return rules


def _places(a: Ink, b: Ink) -> NDArray[np.bool_]:
    """Return at which places, margins aside, either page holds writing."""
    writing = _writing(a) | _writing(b)
    edge_down, edge_across = (int(side * _MARGIN) + 1 for side in writing.shape)
    writing[:edge_down] = writing[-edge_down:] = False
    writing[:, :edge_across] = writing[:, -edge_across:] = False
    return writing


def _agreement_around(a: Ink, b: Ink, rows: Numbers, columns: Numbers) -> Ink | None:
    """Return how places agree with what lies a few dots beside them on the other page; None if one does not.

    The worst come first: another page mostly shows in the first few.
    """
    here = sliding_window_view(a, _PLACE)
    larger = (_PLACE[0] + 2 * _AROUND, _PLACE[1] + 2 * _AROUND)
    there = sliding_window_view(np.pad(b, _AROUND), larger)
    found = []
    for first in range(0, len(rows), _AT_ONCE):
        at = rows[first : first + _AT_ONCE] * _PLACE[0], columns[first : first + _AT_ONCE] * _PLACE[1]
        moved = sliding_window_view(there[at], _PLACE, axis=(1, 2)).reshape(len(at[0]), -1, *_PLACE)
        best = _together(here[at][:, None], moved).max(axis=1)
        if (best < _LEAST_AGREEMENT).any():
            return None
        found.append(best)
    return np.concatenate(found)


def _together(a: Ink, b: Ink) -> Ink:
    """Return how the ink of pieces goes together, from -1 to 1; they are the last two axes."""
    mean_a, mean_b = a.mean(axis=(-2, -1)), b.mean(axis=(-2, -1))
    both = np.einsum("...ij,...ij->...", a, b) / (_PLACE[0] * _PLACE[1]) - mean_a * mean_b
    spread_a, spread_b = (
        np.einsum("...ij,...ij->...", x, x) / (_PLACE[0] * _PLACE[1]) - mean**2
        for x, mean in ((a, mean_a), (b, mean_b))
    )
    return np.asarray(both / np.sqrt(np.maximum(spread_a * spread_b, 1e-8)), dtype=np.float32)


def _aligned(a: Ink, b: Ink) -> tuple[Ink, Ink, int, int]:
    """Return two pages of one size, the second moved to where it lies on the first, and how far.

    Looked for at half the size, which takes a quarter of the time, and then
    one dot around.
    """
    height, width = max(a.shape[0], b.shape[0]), max(a.shape[1], b.shape[1])
    a, b = (np.pad(x, ((0, height - x.shape[0]), (0, width - x.shape[1]))) for x in (a, b))
    half_a, half_b = _halved(a), _halved(b)
    sides = [-(-side // _ROUND) * _ROUND for side in half_a.shape]
    product = np.fft.rfft2(half_a, s=sides) * np.conj(np.fft.rfft2(half_b, s=sides))
    peak = np.fft.irfft2(product, s=sides)
    down, across = (
        2 * (int(at) if at <= side // 2 else int(at) - side)
        for at, side in zip(np.unravel_index(int(np.argmax(peak)), peak.shape), peak.shape, strict=True)
    )
    moved = np.roll(b, (down, across), (0, 1))
    inner = a[1:-1:2, 1:-1]
    _, below, beside = max(
        (float(np.vdot(inner, moved[1 - y : height - 1 - y : 2, 1 - x : width - 1 - x])), y, x)
        for y in (-1, 0, 1)
        for x in (-1, 0, 1)
    )
    down, across = down + below, across + beside
    return a, np.roll(b, (down, across), (0, 1)), down, across


def _halved(ink: Ink) -> Ink:
    height, width = (side // 2 * 2 for side in ink.shape)
    even = ink[:height, :width]
    return even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]


def _by_place(ink: Ink) -> Ink:
    height, width = ink.shape
    # one axis after the other: a mean over both at once takes several times as long
    rows = ink.reshape(height // _PLACE[0], _PLACE[0], width).mean(axis=1)
    return np.asarray(rows.reshape(-1, width // _PLACE[1], _PLACE[1]).mean(axis=2), dtype=np.float32)


def _writing(ink: Ink) -> NDArray[np.bool_]:
    """Return which places hold more ink than the specks of the page leave everywhere."""
    places = _by_place(ink)
    return np.asarray(places >= np.median(places) + _WRITING)


def _moments(ink: Ink) -> tuple[Ink, Ink]:
    """Return for each place the mean of its ink and its spread."""
    mean = _by_place(ink)
    return mean, _by_place(ink * ink) - mean**2


def _agreement(a: Ink, b: Ink) -> Ink:
    """Return for each place how its ink goes together on two pages, from -1 to 1."""
    (mean_a, spread_a), (mean_b, spread_b) = _moments(a), _moments(b)
    both = _by_place(a * b) - mean_a * mean_b
    return np.asarray(both / np.sqrt(np.maximum(spread_a * spread_b, 1e-8)), dtype=np.float32)
