"""The figures of a page that seems to be the twin of another: cut out, to be read again and compared.

A day or a dose is one character of a thousand, and no comparison of pictures
tells 03/14 from 03/19 on a fax. So the lines with figures, days first, are cut
out of the page where its twin has them, put under each other and recognized.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from openimr.pdf import PdfPicture
from openimr.records.look import is_added
from openimr.records.ocr_wire import OcrWord, Recognized
from openimr.records.picture import Grey, box_before_turning, despeckled, grey_of, turned
from openimr.records.twins import TWIN_DPI, Fit, Sheet
from openimr.vocabulary.dates import find_dates

_POINTS_PER_INCH = 72
# Reading more lines than this takes as long as reading the page.
_MOST_LINES = 8
# Around a line, in points, over and beside it: what the two pages may lie apart, and no other line.
_OVER_PT, _BESIDE_PT = 1.5, 8.0
# White between two lines, in dots.
_BETWEEN = 14
# Darker dots are ink; a row with less of it than this share of the fullest is the gap beside a line.
_INK = 160
_GAP_INK = 0.02
# Above and below this share of the page stands what others added.
_EDGE = 0.04
# A word that begins with a figure, or with a letter that is taken for one where figures follow.
_FIGURE = re.compile(r"(?<![\w\[-])(?<!\b\w\.)(?:\d|[lIO|](?=\d))[\dlIO|/.,:-]*(?!\w)")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_NOT_DIGIT = re.compile(r"\D")
_MOST_DOUBTFUL = 2
_TAKEN_FOR = str.maketrans("lI|O", "1110")


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """How a page lies on its seeming twin: both sheets, the fit, the page's size in points."""

    page: Sheet
    other: Sheet
    fit: Fit
    size_pt: tuple[int, int]

    def place(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return where a box of the twin stands on the page once that is straightened."""
        straight = box_before_turning(box, self.other.lean, self.size_pt)
        down, across = (dots * _POINTS_PER_INCH / TWIN_DPI for dots in (self.fit.down, self.fit.across))
        return straight[0] + across, straight[1] + down, straight[2] + across, straight[3] + down

    def moved(self, word: OcrWord) -> OcrWord:
        """Return a word of the twin where it stands on the page."""
        straight = self.place((word.left, word.top, word.right, word.bottom))
        left, top, right, bottom = (
            round(side, 2) for side in box_before_turning(straight, -self.page.lean, self.size_pt)
        )
        width, height = self.size_pt
        return OcrWord(
            word.start,
            word.end,
            min(max(left, 0.0), width - 1.0),
            min(max(top, 0.0), height - 1.0),
            min(max(right, 1.0), float(width)),
            min(max(bottom, 1.0), float(height)),
            word.confidence,
        )


def figure_lines(read: Recognized, height_pt: int) -> list[list[OcrWord]]:
    """Return the lines with figures that are read again, those with days first.

    What fax machines and stamps add at the edges of a page is left aside.
    """
    lines: list[list[OcrWord]] = []
    end = 0
    for word in read.words:
        if not lines or "\n" in read.text[end : word.start]:
            lines.append([])
        lines[-1].append(word)
        end = word.end
    texts = [(read.text[line[0].start : line[-1].end], line) for line in lines]
    texts = list({_plain(text): (text, line) for text, line in reversed(texts)}.values())[::-1]
    figures = [
        (not find_dates(text), line)
        for text, line in texts
        if _figures(text) and not is_added(text) and _is_inside(line, height_pt)
    ]
    figures.sort(key=lambda item: item[0])
    return [line for _, line in figures[:_MOST_LINES]]


def _is_inside(line: list[OcrWord], height_pt: int) -> bool:
    middle = (line[0].top + line[0].bottom) / 2
    return _EDGE * height_pt < middle < (1 - _EDGE) * height_pt


def cut_out(
    picture: PdfPicture, dots_per_point: float, twin: Twin, lines: list[list[OcrWord]]
) -> tuple[PdfPicture, list[int]] | None:
    """Return the given lines of the twin as they stand on the page, one under the other, and how high."""
    grey = grey_of(picture.width, picture.height, picture.pixels)
    straight = turned(grey, -twin.page.lean) if twin.page.lean else grey
    strips = []
    for line in lines:
        box = (
            min(w.left for w in line),
            min(w.top for w in line),
            max(w.right for w in line),
            max(w.bottom for w in line),
        )
        left, top, right, bottom = twin.place(box)
        first, last = (round(side * dots_per_point) for side in (top - _OVER_PT, bottom + _OVER_PT))
        begin, end = (round(side * dots_per_point) for side in (left - _BESIDE_PT, right + _BESIDE_PT))
        strip = straight[max(0, first) : max(0, last), max(0, begin) : max(0, end)]
        trimmed = _trimmed(despeckled(strip, dpi=dots_per_point * _POINTS_PER_INCH)) if strip.size else strip
        if trimmed.size == 0:
            return None
        strips.append(trimmed)
    width = max(strip.shape[1] for strip in strips) + 2 * _BETWEEN
    rows = []
    for strip in strips:
        beside = (_BETWEEN, width - _BETWEEN - strip.shape[1])
        rows.append(np.pad(strip, ((_BETWEEN, _BETWEEN), beside), constant_values=255))
    whole = np.ascontiguousarray(np.concatenate(rows))
    heights = [row.shape[0] for row in rows]
    return PdfPicture(width=width, height=whole.shape[0], pixels=whole.tobytes()), heights


def _trimmed(strip: Grey) -> Grey:
    """Return a line without what reaches into its strip from the lines above and below."""
    ink = (strip < _INK).sum(axis=1)
    if not ink.any():
        return strip[:0]
    height = len(ink)
    core = int(np.argmax(ink[height // 4 : height - height // 4])) + height // 4
    is_gap = ink <= _GAP_INK * ink[core]
    above, below = np.nonzero(is_gap[:core])[0], np.nonzero(is_gap[core:])[0]
    first = int(above[-1]) if len(above) else 0
    last = core + int(below[0]) if len(below) else height
    return strip[first:last]


def have_same_figures(read: Recognized, lines: list[list[OcrWord]], again: Recognized) -> bool:
    """Return whether the lines that were read again have the figures that the twin has there.

    A figure against another figure, or a day that was not read again, parts
    the pages. A few lines may hold a figure more or less, as readers take
    ``L5`` for ``1.5``.
    """
    before = [read.text[line[0].start : line[-1].end] for line in lines]
    after = again.text.split("\n")
    if len(before) != len(after):
        return False
    doubtful = 0
    for one, other in zip(before, after, strict=True):
        figures, others = _figures(one), _figures(other)
        if _NOT_DIGIT.sub("", "".join(figures)) == _NOT_DIGIT.sub("", "".join(others)):
            continue  # a stroke between figures is soon lost
        if _days(figures) != _days(others) or _are_other_figures(figures, others):
            return False
        doubtful += 1
    return doubtful <= _MOST_DOUBTFUL


def _figures(text: str) -> list[str]:
    """Return the figures of a line, letters that a reader takes for figures in them included.

    Example:
        >>> _figures("request 1O sessions at L4-L5 on 04/11/2016.")
        ['10', '04/11/2016']
    """
    words = (match.group().rstrip(".,:/-") for match in _FIGURE.finditer(text))
    return [word.translate(_TAKEN_FOR) for word in words]


def _are_other_figures(figures: list[str], others: list[str]) -> bool:
    """Return whether a figure stands against another figure, and none is only the beginning of the other."""
    return len(figures) == len(others) and any(
        not (a.startswith(b) or b.startswith(a)) for a, b in zip(figures, others, strict=True)
    )


def _days(figures: list[str]) -> list[str]:
    return [figure for figure in figures if _DAY.fullmatch(figure)]


def _plain(text: str) -> str:
    """Return a line as it is told from others: one that a page repeats is read again once."""
    return "".join(text.split()).lower()
