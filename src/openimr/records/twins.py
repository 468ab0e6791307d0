"""Scanned pages that show the same sheet of paper, told from their pictures before recognition.

Two scans of one sheet differ by slant, place, specks and the line of a fax
machine; two sheets of one form differ by a few words. So likeness of the
whole finds candidates, and every place the size of two characters must then
agree. Figures are read again before anything is folded (``figures``). Errs
towards keeping pages apart: recognizing a page twice costs a second, and
folding two visits into one loses a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from openimr.records.picture import Grey, Lie, lie_of, turned

Ink: TypeAlias = NDArray[np.float32]

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
# Ink of a place, as a share of its area, from which it holds writing and no specks.
_WRITING = 0.1
# Places may agree less than this only in the margins, where fax machines and stamps print.
_LEAST_AGREEMENT = 0.65
# Of one paper scanned twice this share of places may lie more than a dot astray; other papers have more.
_MOST_ASTRAY = 0.6
_MARGIN = 0.07
# Too little writing to tell pages apart by.
_LEAST_PLACES = 40
# Candidates that are compared place by place, the likeliest first.
_MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as it is compared: its ink, straightened, its rows, and how it lay."""

    ink: NDArray[np.uint8]
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
    wrong: int
    places: int


def sheet_of(grey: Grey) -> Sheet:
    """Return a page of TWIN_DPI as it is compared."""
    lie = lie_of(grey)
    straight = grey if lie.is_lying or not lie.slant else turned(grey, -lie.slant)
    ink = _smooth(255.0 - straight.astype(np.float32))
    return Sheet(ink=ink.astype(np.uint8), rows=rows_of(ink.mean(axis=1)), lie=lie)


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
        shifted = np.lib.stride_tricks.sliding_window_view(rows, size)
        return np.asarray((shifted @ self._rows[: self._count].T).max(axis=0), dtype=np.float32)


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


def is_same_paper(one: Sheet, other: Sheet) -> Fit | None:
    """Return how the other page lies on this one where both show the same paper, else None."""
    fit = fit_of(one, other)
    return fit if fit is not None and fit.wrong == 0 and fit.places >= _LEAST_PLACES else None


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


def fit_of(one: Sheet, other: Sheet) -> Fit | None:
    """Return how the other page lies on this one, and how many places disagree, margins aside.

    None where their sizes differ too much to be one paper, or where too many
    places disagree before each is looked for around.
    """
    if any(abs(x - y) > _MOST_SHIFT * x for x, y in zip(one.ink.shape, other.ink.shape, strict=True)):
        return None
    a, b, down, across = _aligned(_share(one.ink), _share(other.ink))
    height, width = (side // unit * unit for side, unit in zip(a.shape, _PLACE, strict=True))
    a = a[:height, :width]
    writing = _writing(a) | _writing(b[:height, :width])
    edge_down, edge_across = (int(side * _MARGIN) + 1 for side in writing.shape)
    inner = np.zeros(writing.shape, dtype=bool)
    inner[edge_down:-edge_down, edge_across:-edge_across] = True
    inner &= writing
    of_a = _moments(a)
    best = _agreement(a, of_a, b[:height, :width])
    if float((best[inner] < _LEAST_AGREEMENT).sum()) > _MOST_ASTRAY * float(inner.sum()):
        return None
    padded = np.pad(b, _AROUND)
    for below in range(2 * _AROUND + 1):
        for beside in range(2 * _AROUND + 1):
            moved = padded[below : below + height, beside : beside + width]
            np.maximum(best, _agreement(a, of_a, moved), out=best)
    wrong = inner & (best < _LEAST_AGREEMENT)
    return Fit(down, across, int(wrong.sum()), int(inner.sum()))


def _aligned(a: Ink, b: Ink) -> tuple[Ink, Ink, int, int]:
    """Return two pages of one size, the second moved to where it lies on the first, and how far.

    Looked for at half the size, which takes a quarter of the time, and then
    one dot around.
    """
    height, width = max(a.shape[0], b.shape[0]), max(a.shape[1], b.shape[1])
    a, b = (np.pad(x, ((0, height - x.shape[0]), (0, width - x.shape[1]))) for x in (a, b))
    half_a, half_b = _halved(a), _halved(b)
    product = np.fft.rfft2(half_a) * np.conj(np.fft.rfft2(half_b))
    peak = np.fft.irfft2(product, s=half_a.shape)
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


def _agreement(a: Ink, of_a: tuple[Ink, Ink], b: Ink) -> Ink:
    """Return for each place how its ink goes together on two pages, from -1 to 1."""
    mean_b, spread_b = _moments(b)
    both = _by_place(a * b) - of_a[0] * mean_b
    return np.asarray(both / np.sqrt(np.maximum(of_a[1] * spread_b, 1e-8)), dtype=np.float32)
