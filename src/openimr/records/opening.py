"""The opening process: pictures and Word documents, opened for its caller until its input ends.

Started as ``python -m openimr.records.opening MEGABYTES``. A file that makes
a decoder crash, hang or grow takes down this process and nothing else.
"""

from __future__ import annotations

import io
import os
import resource
import struct
import sys
import warnings
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from openimr.pdf import PdfPicture
from openimr.pdf.wire import read_frame, write_frame
from openimr.records.docx import DocxRefused, docx_pages, docx_pictures
from openimr.records.opening_wire import (
    CountFrames,
    DocxText,
    DrawFrame,
    Drawn,
    Frame,
    Frames,
    NotOpened,
    OpeningAnswer,
    OpeningRequest,
    ReadDocx,
    opening_answer_codec,
    opening_request_codec,
)

# Formats of scanners and cameras; Pillow knows many more, each with a decoder of its own.
_FORMATS = ("PNG", "JPEG", "TIFF")
_POINTS_PER_INCH = 72
# Pictures without a resolution, or with an impossible one, are taken for a letter page.
_LETTER_WIDTH_PT = 612.0
_LEAST_DPI, _MOST_DPI = 40, 1300
# A picture in a Word document with a shorter side, or, where it cannot be opened, of fewer bytes, is a logo
# or a signature and no page.
_PAGE_SIDE_DOTS, _PAGE_BYTES = 500, 20_000
_DAMAGED = "is a damaged picture"
# What Pillow's decoders raise over damaged bytes, found by changing bytes of pictures at random.
_PIL_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    struct.error,
    zlib.error,
    UnidentifiedImageError,
)


class Opener:
    """What the process keeps between requests: the pictures that it was asked to open."""

    def __init__(self) -> None:
        self._image: Image.Image | None = None
        self._frames: list[Frame] = []
        self._pictures: list[bytes] = []  # the files of the frames, where each has its own

    def answer(self, request: OpeningRequest) -> OpeningAnswer:
        """Return the answer to one request; never raises for a bad file."""
        try:
            if isinstance(request, ReadDocx):
                return self._docx(request)
            if isinstance(request, CountFrames):
                return self._count(request)
            return self._draw(request)
        except DocxRefused as refused:
            return NotOpened(str(refused))
        except _PIL_ERRORS:
            return NotOpened(_DAMAGED)

    def _count(self, request: CountFrames) -> OpeningAnswer:
        self._image = _opened(request.data)
        self._frames, self._pictures = [], []
        while True:
            if len(self._frames) >= request.most_frames:
                return NotOpened(f"has more than {request.most_frames:,} pictures")
            self._frames.append(_frame(self._image, request.most_pixels))
            try:
                self._image.seek(len(self._frames))
            except EOFError:
                return Frames(self._frames)
            except _PIL_ERRORS:  # those before it can be read; how many follow cannot be told
                self._frames.append(Frame(0.0, 0.0, "is damaged, and others may have followed"))
                return Frames(self._frames)

    def _docx(self, request: ReadDocx) -> DocxText:
        """Return the text of a Word document and its pictures that may be pages: no logo, no signature."""
        pages = docx_pages(request.data)
        self._image, self._frames, self._pictures = None, [], []
        for data in docx_pictures(request.data):
            try:
                image = _opened(data or b"")
                if min(image.size) < _PAGE_SIDE_DOTS:
                    continue
                frame = _frame(image, request.most_pixels)
            except _PIL_ERRORS:
                if data is not None and len(data) < _PAGE_BYTES:
                    continue
                frame = Frame(
                    0.0, 0.0, "in the Word document is damaged, too large or of a kind not read here"
                )
            self._frames.append(frame)
            self._pictures.append(data or b"")
        if self._frames and not any(page.strip() for page in pages):
            pages = []
        return DocxText(pages, self._frames)

    def _draw(self, request: DrawFrame) -> OpeningAnswer:
        if not 1 <= request.number <= len(self._frames):
            return NotOpened("has no such picture")
        at = request.number - 1
        frame = self._frames[at]
        image = _opened(self._pictures[at]) if self._pictures else self._image
        if frame.refused is not None or image is None:
            return NotOpened(frame.refused or "has no such picture")
        if not self._pictures:
            image.seek(at)
        grey = _grey(image)
        most = round(frame.width_pt / _POINTS_PER_INCH * request.dpi)
        if grey.width > most > 0:
            grey = grey.resize((most, max(1, round(grey.height * most / grey.width))), Image.Resampling.BOX)
        return Drawn(PdfPicture(width=grey.width, height=grey.height, pixels=grey.tobytes()))


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def _frame(image: Image.Image, most_pixels: int) -> Frame:
    width, height = image.size
    if width * height > most_pixels:
        return Frame(0.0, 0.0, f"has {width * height:,} dots; the limit is {most_pixels:,}")
    across, down = _resolution(image)
    size = (width / across * _POINTS_PER_INCH, height / down * _POINTS_PER_INCH)
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return Frame(*(reversed(size) if turned else size))


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Return the dots to an inch, across and down: a fax has half as many down as across."""
    given = image.info.get("dpi")
    try:
        across, down = (float(value) for value in given) if given else (0.0, 0.0)
    except (TypeError, ValueError, ZeroDivisionError):
        across = down = 0.0
    if _LEAST_DPI <= across <= _MOST_DPI and _LEAST_DPI <= down <= _MOST_DPI:
        return across, down
    guessed = max(1.0, min(image.size) / _LETTER_WIDTH_PT * _POINTS_PER_INCH)
    return guessed, guessed


def _grey(image: Image.Image) -> Image.Image:
    """Return a picture in grey, upright by its own note, on white, its dots as wide as high."""
    across, down = _resolution(image)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        upright = Image.alpha_composite(paper, clear)
    if upright.mode in ("I;16", "I;16B", "I"):
        upright = upright.point(lambda value: value / 256)
    grey = upright.convert("L")
    if abs(across / down - 1) > 0.05:
        return grey.resize((grey.width, round(grey.height * across / down)), Image.Resampling.BILINEAR)
    return grey


def main() -> None:
    """Answer requests on standard input until it ends."""
    limit = int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = None  # the caller's own limit is asked before anything is decoded
    warnings.simplefilter("ignore")  # of a picture's notes; what matters is an answer
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a decoder prints must not reach the answers
    encode, decode = opening_answer_codec[0], opening_request_codec[1]
    opener = Opener()
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        try:
            reply = opener.answer(decode.decode(frame))
        except (MemoryError, RecursionError):
            reply = NotOpened("takes more memory than the limit")
        write_frame(output, encode.encode(reply))


if __name__ == "__main__":
    main()
