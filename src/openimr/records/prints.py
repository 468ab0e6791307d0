"""Printed pages that a later scan may show: found by where their words stand, before anything is drawn.

A paper that was sent as a print is often sent again as a scan of it. The
rows of ink that its words must leave are known from the text layer; pages
whose rows lie alike are drawn and compared place by place, as scans are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from openimr.pdf import PdfPage
from openimr.records.ocr_wire import OcrWord, Recognized
from openimr.records.picture import Grey
from openimr.records.twins import TWIN_DPI, Fit, Rows, Sheet, is_same_paper, rows_of, sheet_of

_POINTS_PER_INCH = 72
# Fewer words do not tell pages apart.
_LEAST_WORDS = 40
# How alike the rows of a scan lie to those of words: less than two scans, as boxes are no ink.
_LEAST_LIKENESS = 0.6
_MOST_CANDIDATES = 3
# Ink of a line, from the top of its box and from the foot, as shares of the box: the small letters.
_FROM_TOP, _FROM_FOOT = 0.3, 0.2

Draw: TypeAlias = Callable[[], Grey]


@dataclass(slots=True, kw_only=True)
class _Print:
    """A printed page: its number in the bundle, its text, how to draw it, and its sheet once it was drawn."""

    page: int
    layer: PdfPage
    draw: Draw
    sheet: Sheet | None = None


class Prints:
    """Printed pages so far, to find the one that a scan shows."""

    def __init__(self) -> None:
        self._prints: list[_Print] = []
        self._rows = Rows()

    def add(self, page: int, layer: PdfPage, draw: Draw) -> None:
        """Remember a printed page of enough words; ``draw`` gives it at TWIN_DPI, when it is asked for."""
        if len(layer.words) >= _LEAST_WORDS:
            self._prints.append(_Print(page=page, layer=layer, draw=draw))
            self._rows.add(rows_of(_ink_of_rows(layer)))

    def find(self, sheet: Sheet) -> tuple[int, Recognized, Sheet, Fit] | None:
        """Return the page that shows the same paper, its text, its sheet and how it lies; or None."""
        if not self._prints or sheet.lie.is_lying:
            return None
        likeness = self._rows.likeness(sheet)
        for number in np.argsort(-likeness)[:_MOST_CANDIDATES]:
            if likeness[number] < _LEAST_LIKENESS:
                break
            one = self._prints[int(number)]
            one.sheet = one.sheet or sheet_of(one.draw())
            fit = is_same_paper(sheet, one.sheet)
            if fit is not None:
                return one.page, _as_read(one.layer), one.sheet, fit
        return None


def _ink_of_rows(layer: PdfPage) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return how much ink the words of a page leave in each row of dots, about."""
    scale = TWIN_DPI / _POINTS_PER_INCH
    height = max(1, round(layer.height_pt * scale))
    boxes = np.array([(w.left, w.top, w.right, w.bottom) for w in layer.words], dtype=np.float32) * scale
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    changes = np.zeros(height + 1, dtype=np.float32)
    for sign, at in ((1, boxes[:, 1] + _FROM_TOP * high), (-1, boxes[:, 3] - _FROM_FOOT * high)):
        np.add.at(changes, np.clip(np.rint(at).astype(int), 0, height), sign * wide)
    return np.asarray(np.cumsum(changes[:-1]), dtype=np.float32)


def _as_read(layer: PdfPage) -> Recognized:
    """Return the text of a printed page as if it had been recognized without any doubt."""
    words = [OcrWord(w.start, w.end, w.left, w.top, w.right, w.bottom, 1.0) for w in layer.words]
    return Recognized(layer.text, words, 1.0, 0.0)
