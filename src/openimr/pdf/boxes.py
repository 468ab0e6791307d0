"""Where the words of a PDF page stand, in points from the top left corner as it is shown."""

from __future__ import annotations

import ctypes
import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from openimr.pdf.wire import PdfWord

_WORD = re.compile(r"\S+")
# pdfium answers in whole device units: a hundred of them to a point keep the boxes exact enough.
_UNITS_PER_POINT = 100
# Far enough apart that rounding does not tilt the map.
_PROBE = 1000.0


def word_boxes(
    page: pdfium.PdfPage,
    textpage: pdfium.PdfTextPage,
    text: str,
    starts: list[int],
    sources: list[int],
) -> list[PdfWord]:
    """Return the words of a page's text with their boxes, in order.

    A word that pdfium made up, without a character on the page, has none.

    Args:
        page: The page, whose rotation and crop decide where its corner is.
        textpage: The page's text.
        text: The text as this project writes it.
        starts: Where the lines begin in ``text``.
        sources: Where the same lines begin in what pdfium gives.
    """
    box_of = _Shown(page).box
    nexts = [*starts[1:], len(text)][: len(starts)]
    found: list[PdfWord] = []
    for start, until, source in zip(starts, nexts, sources, strict=True):
        line = text[start:until].rstrip()
        corners = _LineBoxes(textpage, source, len(line)).corners
        for match in _WORD.finditer(line):
            begin, end = match.span()
            first = corners(begin)
            last = corners(end - 1)
            if first is None or last is None:
                continue
            found.append(PdfWord(start + begin, start + end, *box_of(*first, *last)))
    return found


class _LineBoxes:
    """The boxes of the characters of one line.

    pdfium counts characters and text apart; in most lines both run side by
    side, which is asked once for the line and not for every character.
    """

    def __init__(self, textpage: pdfium.PdfTextPage, source: int, length: int) -> None:
        self._textpage = textpage
        self._source = source
        self._first = raw.FPDFText_GetCharIndexFromTextIndex(textpage, source)
        last = raw.FPDFText_GetCharIndexFromTextIndex(textpage, source + max(0, length - 1))
        self._is_even = self._first >= 0 and last - self._first == max(0, length - 1)
        self._rectangle = raw.FS_RECTF()

    def corners(self, offset: int) -> tuple[float, float, float, float] | None:
        """Return left, bottom, right and top of a character of the line, in the page's coordinates."""
        if self._is_even:
            index = self._first + offset
        else:
            index = raw.FPDFText_GetCharIndexFromTextIndex(self._textpage, self._source + offset)
        box = self._rectangle
        if index < 0 or not raw.FPDFText_GetLooseCharBox(self._textpage, index, box):
            return None
        return box.left, box.bottom, box.right, box.top


class _Shown:
    """The map from a page's own coordinates to the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        width, height = page.get_size()
        self._size = (round(width * _UNITS_PER_POINT), round(height * _UNITS_PER_POINT))
        self._x0, self._y0 = self._device(0.0, 0.0)
        x1, y1 = self._device(_PROBE, 0.0)
        x2, y2 = self._device(0.0, _PROBE)
        self._xx, self._yx = (x1 - self._x0) / _PROBE, (y1 - self._y0) / _PROBE
        self._xy, self._yy = (x2 - self._x0) / _PROBE, (y2 - self._y0) / _PROBE

    def _device(self, x: float, y: float) -> tuple[float, float]:
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, to_x, to_y)
        return to_x.value / _UNITS_PER_POINT, to_y.value / _UNITS_PER_POINT

    def box(
        self, x0: float, y0: float, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float
    ) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom, as shown, of what spans two boxes of the page.

        Written out number by number: it runs for every word of a case file.
        """
        left, right = (x0 if x0 < x2 else x2), (x1 if x1 > x3 else x3)
        bottom, top = (y0 if y0 < y2 else y2), (y1 if y1 > y3 else y3)
        a = self._x0 + self._xx * left + self._xy * bottom
        b = self._x0 + self._xx * right + self._xy * top
        c = self._y0 + self._yx * left + self._yy * bottom
        d = self._y0 + self._yx * right + self._yy * top
        if a > b:
            a, b = b, a
        if c > d:
            c, d = d, c
        return (int(a * 100) / 100, int(c * 100) / 100, int(b * 100 + 1) / 100, int(d * 100 + 1) / 100)
