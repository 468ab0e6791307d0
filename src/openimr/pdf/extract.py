"""The text of a PDF page with its lines, gaps and bold type, through pdfium.

Runs in the reading process only. pdfium gives the words in reading order but
drops gaps between paragraphs and sometimes joins two lines; both are told
from where the characters stand on the page.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from openimr.pdf.boxes import word_boxes
from openimr.pdf.wire import PdfPage, PdfPicture, PdfWord

# Type is bold from this weight on; fonts without a weight are judged by name.
_BOLD_WEIGHT = 600
# Lines of one paragraph stand one line height apart; a gap is half a line more.
_GAP_FACTOR = 1.45
_FORCE_BOLD = 1 << 18


@dataclass(slots=True)
class _Line:
    text: str
    bottom: float
    height: float
    is_bold: bool
    first: int  # where the line begins in what pdfium gives


def read_page(page: pdfium.PdfPage, *, words: bool = False) -> PdfPage:
    """Return the text layer of a page; the boxes of its words only where asked for."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    boxes: list[PdfWord] = []
    try:
        lines = _lines(textpage)
        text, bold, starts = _joined(lines)
        if words:
            sources = [line.first for line in lines]
            boxes = word_boxes(page, textpage, text, starts, sources)
    finally:
        textpage.close()
    return PdfPage(
        text=text,
        bold_lines=bold,
        width_pt=width,
        height_pt=height,
        pictures_cover=_pictures_cover(page, width, height),
        words=boxes,
    )


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
            separator = "\n\n" if _is_gap(before, line) else "\n"
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


def _pictures_cover(page: pdfium.PdfPage, width: float, height: float) -> float:
    """Return the share of the page under images, to tell a scan from print."""
    covered = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return min(1.0, covered / (width * height)) if width > 0 and height > 0 else 0.0


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
