"""The text of a PDF page with its lines, gaps and bold type, through pdfium.

Runs in the reading process only. pdfium gives the words in reading order but
drops gaps between paragraphs and sometimes joins two lines; both are told
from where the characters stand on the page.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from openimr.pdf.boxes import word_boxes
from openimr.pdf.wire import PdfPage, PdfPicture, PdfWord

# Type is bold from this weight on; fonts without a weight are judged by name.
_BOLD_WEIGHT = 600
# Lines of one paragraph stand one line height apart; a gap is half a line more.
_GAP_FACTOR = 1.45
_FORCE_BOLD = 1 << 18
# Type is taken for at least this large, in points, where pages are compared by it.
_LEAST_TYPE = 4.0
# A gap of so many heights of type, from letter to letter, parts two entries on one printed line.
_ENTRIES_APART = 2.5
_WORD = re.compile(r"\S+")
# Characters that are asked which way up they stand.
_ASKED = 200


@dataclass(slots=True)
class _Line:
    text: str
    bottom: float
    height: float
    is_bold: bool
    first: int  # where the line begins in what pdfium gives
    goes_on: bool = False  # stands to the right of the line before, on the same printed line


def line_count(page: pdfium.PdfPage) -> int:
    """Return how many lines of text a page has."""
    textpage = _upright_text(page)
    try:
        return len(_lines(textpage))
    finally:
        textpage.close()


def read_page(page: pdfium.PdfPage, *, words: bool = False, printed: int | None = None) -> PdfPage:
    """Return the text layer of a page; the boxes of its words only where asked for.

    Args:
        page: The page.
        words: Whether the boxes of words are asked for.
        printed: How many of its lines are print, where the others were
            written into a form or noted on the page, and pdfium gives them
            behind all print; they are put where a person reads them.
    """
    width, height = page.get_size()
    textpage = _upright_text(page)
    boxes: list[PdfWord] = []
    try:
        lines = _lines(textpage)
        if printed is not None and printed < len(lines):
            lines = _with_entries(textpage, lines[:printed], lines[printed:])
        text, bold, starts = _joined(lines)
        if words:
            sources = [line.first for line in lines]
            boxes = word_boxes(page, textpage, text, starts, sources)
    finally:
        textpage.close()
    covered, dpi = _pictures(page, width, height)
    return PdfPage(
        text=text,
        bold_lines=bold,
        width_pt=width,
        height_pt=height,
        pictures_cover=covered,
        words=boxes,
        picture_dpi=dpi,
    )


def _upright_text(page: pdfium.PdfPage) -> pdfium.PdfTextPage:
    """Return the text of a page in the order of its lines, also where the page is shown turned.

    pdfium orders words by how the page is shown, and reads a page on its head
    from right to left.
    """
    textpage = page.get_textpage()
    shown = page.get_rotation()
    if not shown:
        return textpage
    turns = Counter(_turn(textpage, index) for index in range(min(textpage.count_chars(), _ASKED)))
    upright = turns.most_common(1)[0][0] if turns else shown
    if upright == shown:
        return textpage
    textpage.close()
    page.set_rotation(upright)
    try:
        return page.get_textpage()
    finally:
        page.set_rotation(shown)


def _turn(textpage: pdfium.PdfTextPage, index: int) -> int:
    """Return by how many degrees, in quarters, a page has to be turned for a character to stand upright."""
    return round(math.degrees(raw.FPDFText_GetCharAngle(textpage, index)) / 90) % 4 * 90


def _lines(textpage: pdfium.PdfTextPage) -> list[_Line]:
    # pdfium marks a hyphen at the end of a line with a character that is none.
    content = textpage.get_text_range().replace("\ufffe", "-")
    found: list[_Line] = []
    offset = 0
    for piece in content.split("\n"):
        printed = piece.rstrip("\r")
        if printed.strip():
            first = offset + len(printed) - len(printed.lstrip())
            last = offset + len(printed.rstrip()) - 1
            found.extend(_unjoined(textpage, content, first, last))
        offset += len(piece) + 1
    return found


def _unjoined(textpage: pdfium.PdfTextPage, content: str, first: int, last: int) -> list[_Line]:
    """Return one printed line, or the lines that pdfium joined into one."""
    begin = _box(textpage, first)
    end = _box(textpage, last)
    if begin is None or end is None:
        return [_Line(content[first : last + 1], 0.0, 0.0, False, first)]
    if abs(begin[0] - end[0]) <= 0.7 * max(begin[1], end[1], 4.0):
        bold = _bold(textpage, first)
        return [_Line(content[first : last + 1].rstrip(), begin[0], begin[1], bold, first)]
    low, high = first, last
    while low + 1 < high:
        middle = (low + high) // 2
        box = _box(textpage, middle)
        if box is None or abs(box[0] - begin[0]) <= 0.7 * max(begin[1], 4.0):
            low = middle
        else:
            high = middle
    head = _Line(content[first:high].rstrip(), begin[0], begin[1], _bold(textpage, first), first)
    while high <= last and content[high].isspace():
        high += 1
    if high <= first or high > last:
        return [head]
    return [head, *_unjoined(textpage, content, high, last)]


def _with_entries(textpage: pdfium.PdfTextPage, printed: list[_Line], entries: list[_Line]) -> list[_Line]:
    """Return the lines of a form with what was written into it: behind its label, or where it stands."""
    lines = list(printed)
    for entry in (part for joined in entries for part in _entries_of(textpage, joined)):
        left = _left(textpage, entry.first)
        near = 0.6 * max(entry.height, _LEAST_TYPE)
        beside = [
            at
            for at, line in enumerate(lines)
            if abs(line.bottom - entry.bottom) <= near and _left(textpage, line.first) <= left
        ]
        if not beside:
            below = (at for at, line in enumerate(lines) if line.bottom < entry.bottom - near)
            lines.insert(next(below, len(lines)), entry)
            continue
        at = max(beside, key=lambda one: _left(textpage, lines[one].first))
        entry.goes_on = True
        lines[at : at + 1] = _parted(textpage, lines[at], left - near, entry)
    return lines


def _entries_of(textpage: pdfium.PdfTextPage, joined: _Line) -> list[_Line]:
    """Return the entries that pdfium took for one line: words far apart, or that go back to the left."""
    found: list[_Line] = []
    begin = 0
    matches = list(_WORD.finditer(joined.text))
    for before, match in pairwise(matches):
        last, first = joined.first + before.end() - 1, joined.first + match.start()
        gap = _left(textpage, first) - _left(textpage, last)
        if not 0 <= gap <= _ENTRIES_APART * max(joined.height, _LEAST_TYPE):
            found.append(_part_of(joined, begin, before.end()))
            begin = match.start()
    return [*found, _part_of(joined, begin, len(joined.text))]


def _part_of(line: _Line, begin: int, end: int) -> _Line:
    return _Line(line.text[begin:end], line.bottom, line.height, line.is_bold, line.first + begin)


def _parted(textpage: pdfium.PdfTextPage, line: _Line, left: float, entry: _Line) -> list[_Line]:
    """Return a line with an entry between those words that stand left of a place and the others."""
    starts = [match.start() for match in _WORD.finditer(line.text)]
    cut = next((start for start in starts[1:] if _left(textpage, line.first + start) >= left), None)
    if cut is None:
        return [line, entry]
    head, tail = line.text[:cut].rstrip(), line.text[cut:]
    first = line.first + cut
    return [
        _Line(head, line.bottom, line.height, line.is_bold, line.first, line.goes_on),
        entry,
        _Line(tail, line.bottom, line.height, line.is_bold, first, goes_on=True),
    ]


def _left(textpage: pdfium.PdfTextPage, offset: int) -> float:
    """Return how far right a character stands; 0.0 for made-up ones."""
    x, y = ctypes.c_double(), ctypes.c_double()
    index = _char_index(textpage, offset)
    return x.value if index >= 0 and raw.FPDFText_GetCharOrigin(textpage, index, x, y) else 0.0


def _char_index(textpage: pdfium.PdfTextPage, offset: int) -> int:
    return int(raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset))


def _box(textpage: pdfium.PdfTextPage, offset: int) -> tuple[float, float] | None:
    """Return baseline height and type size at an offset; None for made-up characters."""
    index = _char_index(textpage, offset)
    if index < 0:
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(textpage, index, x, y):
        return None
    size = float(raw.FPDFText_GetFontSize(textpage, index))
    return y.value, size


def _bold(textpage: pdfium.PdfTextPage, offset: int) -> bool:
    index = _char_index(textpage, offset)
    if index < 0:
        return False
    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT:
        return True
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), flags)
    if not length:
        return False
    return b"bold" in buffer.value.lower() or bool(flags.value & _FORCE_BOLD)


def _joined(lines: list[_Line]) -> tuple[str, list[int], list[int]]:
    """Return the lines as one text, a blank line in every gap; bold starts; all starts."""
    parts: list[str] = []
    bold: list[int] = []
    starts: list[int] = []
    length = 0
    before: _Line | None = None
    for line in lines:
        if before is not None:
            separator = " " if line.goes_on else "\n\n" if _is_gap(before, line) else "\n"
            parts.append(separator)
            length += len(separator)
        starts.append(length)
        if line.is_bold:
            bold.append(length)
        parts.append(line.text)
        length += len(line.text)
        before = line
    return "".join(parts), bold, starts


def _is_gap(before: _Line, line: _Line) -> bool:
    size = max(before.height, line.height)
    return size > 0 and before.bottom - line.bottom > _GAP_FACTOR * size


def _pictures(page: pdfium.PdfPage, width: float, height: float) -> tuple[float, float]:
    """Return the share of the page under images, to tell a scan from print, and how fine the largest is."""
    covered = largest = dpi = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        area = max(0.0, right - left) * max(0.0, top - bottom)
        covered += area
        if area > largest:
            across, down = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(item, across, down)
            largest, dpi = area, 72 * (across.value * down.value / area) ** 0.5
    share = min(1.0, covered / (width * height)) if width > 0 and height > 0 else 0.0
    return share, round(dpi, 1)


def draw_page(page: pdfium.PdfPage, *, dpi: int, most_pixels: int) -> PdfPicture:
    """Return a page in grey, drawn coarser where it would pass ``most_pixels``."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > most_pixels:
        scale = (most_pixels / (width * height)) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    try:
        rows = bitmap.height
        stride = bitmap.stride
        data = bytes(bitmap.buffer)
        pixels = b"".join(data[r * stride : r * stride + bitmap.width] for r in range(rows))
        return PdfPicture(width=bitmap.width, height=rows, pixels=pixels)
    finally:
        bitmap.close()
