"""What is read again of a page that seems to be the twin of another: figures, and words in doubt.

A day or a dose is one character of a thousand, and no comparison of pictures
tells 03/14 from 03/19 on a fax. So the figures, days first, are cut out of the
page where its twin has them, and with them the words where the two pictures
agree least; put under each other they are recognized. Where one is read
otherwise, its line is read once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from openimr.pdf import PdfPicture
from openimr.records.look import is_added, plain
from openimr.records.ocr_wire import OcrWord, Recognized
from openimr.records.picture import Grey, box_before_turning, despeckled, grey_of, turned
from openimr.records.twins import TWIN_DPI, Fit, Sheet
from openimr.vocabulary.dates import find_dates

_POINTS_PER_INCH = 72
# Reading more of them than this takes as long as reading the page.
_MOST_PIECES = 24
# A word that is so many times as high as others is part of a stamp that stands askew.
_ASKEW = 1.8
# Pieces that may be read otherwise, so that their lines are read once more; with more, pages are two.
_MOST_DOUBTFUL = 4
# A word of fewer letters is not looked for, and of a longer one so many hundredths are found again.
_LEAST_WORD, _SAME_WORD = 3, 66
# A word stands at a place, in points, and further away it need not be looked for.
_NEAR_PT, _FAR_PT = 2.0, 60.0
# Around a line, in points, over and beside it: what the two pages may lie apart, and no other line.
_OVER_PT, _BESIDE_PT = 1.5, 8.0
# White between two lines, in dots.
_BETWEEN = 14
# An upright line is ink over this share of the height, and grey so many dots beside it.
_RULE_HEIGHT, _RULE_BESIDE = 0.9, 2
# A gap between words, as a share of the height of the line, and in dots at least.
_GAP_HEIGHT, _LEAST_GAP = 0.15, 3
# Darker dots are ink; a row with less of it than this share of the fullest is the gap beside a line.
_INK = 160
_GAP_INK = 0.02
# Above and below this share of the page stands what others added.
_EDGE = 0.04
# A word that begins with a figure, or with a letter that is taken for one where figures follow.
_FIGURE = re.compile(r"(?<![\w\[-])(?<!\b\w\.)(?:\d|[lIO](?=\d))[\dlIO/.,:-]*(?!\w)")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_NOT_DIGIT = re.compile(r"\D")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?=[a-z]*\b)", re.IGNORECASE)
_TAKEN_FOR = str.maketrans("lIO", "110")


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


def telling_pieces(read: Recognized, twin: Twin) -> list[list[OcrWord]]:
    """Return what is read again: days, figures, and the words where the pages agree least, in this order.

    Each piece is the words that it is printed in. What fax machines and stamps
    add at the edges of a page is left aside, and a line that a page repeats is
    taken once.
    """
    days: list[list[OcrWord]] = []
    figures: list[list[OcrWord]] = []
    seen: set[str] = set()
    highest = _highest(read)
    for line in _lines(read):
        text = read.text[line[0].start : line[-1].end]
        written = _plain(text)
        if written in seen or is_added(text) or not _is_inside(line, twin.size_pt[1]):
            continue
        seen.add(written)
        dated = [(line[0].start + day.start, line[0].start + day.end) for day in find_dates(text)]
        for words in _figured(read, line, dated):
            is_day = any(words[0].start < end and words[-1].end > start for start, end in dated)
            if all(word.bottom - word.top <= highest for word in words):
                (days if is_day else figures).append(words)
    return [*(days + figures)[:_MOST_PIECES], *([word] for word in _least_alike(read, twin))]


def _figured(read: Recognized, line: list[OcrWord], dated: list[tuple[int, int]]) -> Iterator[list[OcrWord]]:
    """Yield runs of words with figures or days."""
    chosen = {
        at
        for at, word in enumerate(line)
        if _figures(read.text[word.start : word.end])
        or any(word.start < end and word.end > start for start, end in dated)
    }
    run: list[OcrWord] = []
    for at, word in enumerate(line):
        if at in chosen:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _least_alike(read: Recognized, twin: Twin) -> list[OcrWord]:
    """Return the words without figures that stand where the pages agree least."""
    found: dict[int, OcrWord] = {}
    highest = _highest(read)
    for down, across in twin.fit.weakest:
        x, y = (dots * _POINTS_PER_INCH / TWIN_DPI for dots in (across, down))
        for word in read.words:
            if abs((word.top + word.bottom) / 2 - y) > _FAR_PT or word.bottom - word.top > highest:
                continue
            left, top, right, bottom = twin.place((word.left, word.top, word.right, word.bottom))
            text = read.text[word.start : word.end]
            if left <= x <= right and top - _NEAR_PT <= y <= bottom + _NEAR_PT and _is_word(text):
                found.setdefault(word.start, word)
    return list(found.values())


def _is_word(text: str) -> bool:
    return len(plain(text)) >= _LEAST_WORD and not any(c.isdigit() for c in text)


def _highest(read: Recognized) -> float:
    """Return how high words may be, in points: those of a stamp that stands askew are higher."""
    return _ASKEW * median(word.bottom - word.top for word in read.words) if read.words else 0.0


def _lines(read: Recognized) -> list[list[OcrWord]]:
    lines: list[list[OcrWord]] = []
    end = 0
    for word in read.words:
        if not lines or "\n" in read.text[end : word.start]:
            lines.append([])
        lines[-1].append(word)
        end = word.end
    return lines


def _is_inside(line: list[OcrWord], height_pt: int) -> bool:
    middle = (line[0].top + line[0].bottom) / 2
    return _EDGE * height_pt < middle < (1 - _EDGE) * height_pt


def cut_out(
    picture: PdfPicture, dots_per_point: float, twin: Twin, pieces: list[list[OcrWord]]
) -> tuple[PdfPicture, list[int]] | None:
    """Return words of the twin as they stand on the page, one piece under the other, and how high each is."""
    grey = grey_of(picture.width, picture.height, picture.pixels)
    strips = []
    for words in pieces:
        box = (
            min(w.left for w in words),
            min(w.top for w in words),
            max(w.right for w in words),
            max(w.bottom for w in words),
        )
        left, top, right, bottom = (side * dots_per_point for side in twin.place(box))
        over, beside = _OVER_PT * dots_per_point, _BESIDE_PT * dots_per_point
        strip = _straight(grey, (left - beside, top - over, right + beside, bottom + over), twin.page.lean)
        clean = despeckled(strip, dpi=dots_per_point * _POINTS_PER_INCH) if strip.size else strip
        clean = _between_gaps(_trimmed(_without_rules(clean)), round(beside))
        if clean.size == 0:
            return None
        strips.append(clean)
    width = max(strip.shape[1] for strip in strips) + 2 * _BETWEEN
    rows = []
    for strip in strips:
        beside_it = (_BETWEEN, width - _BETWEEN - strip.shape[1])
        rows.append(np.pad(strip, ((_BETWEEN, _BETWEEN), beside_it), constant_values=255))
    whole = np.ascontiguousarray(np.concatenate(rows))
    heights = [row.shape[0] for row in rows]
    return PdfPicture(width=width, height=whole.shape[0], pixels=whole.tobytes()), heights


def _straight(grey: Grey, box: tuple[float, float, float, float], lean: float) -> Grey:
    """Return what stands in a box of the page once that is straightened, without straightening all of it."""
    height, width = grey.shape
    if not lean:
        left, top, right, bottom = (max(0, round(side)) for side in box)
        return grey[top:bottom, left:right]
    around = box_before_turning(box, -lean, (width, height))
    left, top = (max(0, int(side) - 1) for side in around[:2])
    right, bottom = (int(side) + 2 for side in around[2:])
    level = turned(grey[top:bottom, left:right], -lean) if right > left and bottom > top else grey[:0]
    if level.size == 0:
        return level
    wide, high = (min(round(box[at + 2] - box[at]), level.shape[1 - at]) for at in (0, 1))
    over, beside = (level.shape[0] - high) // 2, (level.shape[1] - wide) // 2
    return level[over : over + high, beside : beside + wide]


def _without_rules(strip: Grey) -> Grey:
    """Return a strip without the upright lines of tables, which reach over the height of any letter."""
    if strip.size == 0:
        return strip
    is_rule = (strip < _INK).mean(axis=0) >= _RULE_HEIGHT
    if not is_rule.any():
        return strip
    clean = strip.copy()
    for by in range(-_RULE_BESIDE, _RULE_BESIDE + 1):
        clean[:, np.roll(is_rule, by)] = 255
    return clean


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


def _between_gaps(strip: Grey, beside: int) -> Grey:
    """Return a strip from the gap before its words to the gap behind them; figures that adjoin stay.

    The words begin ``beside`` dots from its left edge and end so many from its right, more or less.
    """
    least = max(_LEAST_GAP, round(_GAP_HEIGHT * strip.shape[0]))
    is_blank = np.asarray((strip >= _INK).all(axis=0), dtype=bool)
    inside = beside + beside // 4
    first = _gap_before(is_blank[:inside], least)
    last = len(is_blank) - _gap_before(is_blank[::-1][:inside], least)
    return strip[:, first:last]


def _gap_before(is_blank: NDArray[np.bool_], least: int) -> int:
    """Return where the last gap of so many dots ends, or 0 where there is none."""
    run = 0
    for at in range(len(is_blank) - 1, -1, -1):
        run = run + 1 if is_blank[at] else 0
        if run == least:
            return at + least - 1
    return 0


def doubtful_pieces(
    read: Recognized, pieces: list[list[OcrWord]], again: Recognized
) -> list[list[OcrWord]] | None:
    """Return the pieces that were read otherwise again; None where there are too many.

    A piece alone is read a little worse than within its line, so their lines are read once more, whole.
    """
    after = again.text.split("\n")
    if len(pieces) != len(after):
        return None
    changed = [
        words
        for words, other in zip(pieces, after, strict=True)
        if not _is_same_piece(read.text[words[0].start : words[-1].end], other)
    ]
    return changed if len(changed) <= _MOST_DOUBTFUL else None


def lines_of(read: Recognized, pieces: list[list[OcrWord]]) -> list[list[OcrWord]]:
    """Return the lines in which pieces stand, whole."""
    starts = {words[0].start for words in pieces}
    return [line for line in _lines(read) if any(word.start in starts for word in line)]


def _is_same_piece(one: str, other: str) -> bool:
    if any(c.isdigit() for c in one):
        return _have_same_digits(one, other)
    return _has_word(one, other)


def _has_word(word: str, text: str) -> bool:
    """Return whether a word stands in a text, a third of its letters misread at most.

    Example:
        >>> _has_word("calf,", "to the left ca1f"), _has_word("calf", "to the left foot")
        (True, False)
    """
    return fuzz.partial_ratio(plain(word), plain(text)) >= _SAME_WORD


def _have_same_digits(one: str, other: str) -> bool:
    """Return whether two readings have the same digits and months; a stroke between figures is soon lost."""
    return _telling(one) == _telling(other) or (
        _NOT_DIGIT.sub("", one) == _NOT_DIGIT.sub("", other) and _months(one) == _months(other)
    )


def _telling(text: str) -> tuple[str, list[str]]:
    """Return the digits of a figure or a day, and the months that it names."""
    return "".join(_NOT_DIGIT.sub("", figure) for figure in _figures(text)), _months(text)


def _months(text: str) -> list[str]:
    return [match.group()[:3].lower() for match in _MONTH.finditer(text)]


def are_same_lines(
    read: Recognized, pieces: list[list[OcrWord]], lines: list[list[OcrWord]], again: Recognized
) -> bool:
    """Return whether lines that were read again have the figures of the twin, and the words in doubt.

    A figure against another figure, a day or a month that was not read again,
    parts the pages. A line may hold a figure more or less, as readers take
    ``L5`` for ``1.5``.
    """
    after = again.text.split("\n")
    if len(lines) != len(after):
        return False
    for line, other in zip(lines, after, strict=True):
        start, end = line[0].start, line[-1].end
        words = (
            read.text[piece[0].start : piece[-1].end] for piece in pieces if start <= piece[0].start < end
        )
        if not _is_same_line(read.text[start:end], other) or not all(
            _has_word(word, other) for word in words if _is_word(word)
        ):
            return False
    return True


def _is_same_line(one: str, other: str) -> bool:
    """Return whether two readings of a line go back to one print, as far as figures tell.

    Example:
        >>> _is_same_line("L5, 10 mg, 04/11/2016", "1.5, 10 mg, 04/11/2016")
        True
        >>> _is_same_line("10 mg on 04/11/2016", "100 mg on 04/11/2016")
        False
    """
    if _have_same_digits(one, other):
        return True
    figures, others = _figures(one), _figures(other)
    fewer, more = sorted((figures, others), key=len)
    rest = iter(more)
    return (
        len(fewer) < len(more)
        and _months(one) == _months(other)
        and _days(figures) == _days(others)
        and all(figure in rest for figure in fewer)
    )


def _figures(text: str) -> list[str]:
    """Return the figures of a line, letters that a reader takes for figures in them included.

    Example:
        >>> _figures("request 1O sessions at L4-L5 on 04/11/2016.")
        ['10', '04/11/2016']
    """
    words = (match.group().rstrip(".,:/-") for match in _FIGURE.finditer(text))
    return [word.translate(_TAKEN_FOR) for word in words]


def _days(figures: list[str]) -> list[str]:
    return [figure for figure in figures if _DAY.fullmatch(figure)]


def _plain(text: str) -> str:
    """Return a line as it is told from others: one that a page repeats is read again once."""
    return "".join(text.split()).lower()
