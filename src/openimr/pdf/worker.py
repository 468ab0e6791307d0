"""The reading process: opens PDFs for its caller until its input ends.

Started by ``PdfReader`` as ``python -m openimr.pdf.worker MEGABYTES``. A file
that makes pdfium crash or grow takes down this process and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from openimr.pdf.extract import draw_page, line_count, read_page
from openimr.pdf.nothing import why_nothing
from openimr.pdf.wire import (
    Answer,
    DrawHeld,
    DrawPage,
    Explained,
    ExplainHeld,
    HeldAnswer,
    Hold,
    PagesAnswer,
    PdfPage,
    PdfText,
    PictureAnswer,
    ReadHeld,
    ReadText,
    Refused,
    Request,
    TextAnswer,
    Unreadable,
    answer_codec,
    read_frame,
    request_codec,
    write_frame,
)


class Worker:
    """What the process keeps between requests: the file that it was asked to hold."""

    def __init__(self) -> None:
        self._held: pdfium.PdfDocument | None = None

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request; never raises for a bad file."""
        if isinstance(request, ReadHeld | DrawHeld | ExplainHeld):
            if self._held is None:
                return Unreadable("no file is held open")
            return _answer_held(self._held, request)
        if isinstance(request, Hold) and self._held is not None:
            self._held.close()
            self._held = None
        try:
            document = pdfium.PdfDocument(request.data)
        except pdfium.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                return Refused("it is encrypted and needs a password")
            return Unreadable("its bytes are not a PDF that can be opened")
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()  # else a value without a drawing of its own is not shown
        if isinstance(request, Hold):
            self._held = document
            return _count_refused(document, request.most_pages) or HeldAnswer(len(document))
        with contextlib.closing(document):
            return _answer_open(document, request)


def _count_refused(document: pdfium.PdfDocument, most_pages: int) -> Refused | Unreadable | None:
    count = len(document)
    if count > most_pages:
        return Refused(f"it has {count} pages; the limit is {most_pages}")
    return Unreadable("it has no pages") if count == 0 else None


def _answer_open(document: pdfium.PdfDocument, request: ReadText | DrawPage) -> Answer:
    if isinstance(request, ReadText):
        refused = _count_refused(document, request.most_pages)
        if refused is not None:
            return refused
        return TextAnswer(PdfText([_read_page(document, number) for number in range(len(document))]))
    return _draw(document, request)


def _answer_held(document: pdfium.PdfDocument, request: ReadHeld | DrawHeld | ExplainHeld) -> Answer:
    if isinstance(request, DrawHeld):
        return _draw(document, request)
    if isinstance(request, ExplainHeld):
        only = request.pictures_only
        return Explained(
            why_nothing(document, request.page - 1, most_dots=request.most_dots, pictures_only=only)
        )
    pages: list[PdfPage | str] = []
    for number in range(request.first, min(request.last, len(document)) + 1):
        try:
            pages.append(_read_page(document, number - 1, words=request.words))
        except pdfium.PdfiumError:
            pages.append("The page is damaged and cannot be opened.")
    return PagesAnswer(pages)


def _draw(document: pdfium.PdfDocument, request: DrawPage | DrawHeld) -> Answer:
    if not 1 <= request.page <= len(document):
        return Unreadable(f"it has no page {request.page}")
    page = document[request.page - 1]
    try:
        return PictureAnswer(draw_page(page, dpi=request.dpi, most_pixels=request.most_pixels))
    finally:
        page.close()


def _read_page(document: pdfium.PdfDocument, index: int, *, words: bool = False) -> PdfPage:
    page = document[index]
    try:
        if raw.FPDFPage_GetAnnotCount(page) > 0:
            printed = line_count(page)
            if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                page.close()
                page = document[index]
                return read_page(page, words=words, printed=printed)
        return read_page(page, words=words)
    finally:
        page.close()


def main() -> None:
    """Answer requests on standard input until it ends."""
    limit = int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever pdfium prints must not reach the answers
    encode, decode = answer_codec[0], request_codec[1]
    worker = Worker()
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        try:
            reply = worker.answer(decode.decode(frame))
        except MemoryError:
            reply = Refused("reading it takes more memory than the limit")
        except pdfium.PdfiumError:
            reply = Unreadable("one of its pages cannot be opened")
        write_frame(output, encode.encode(reply))


if __name__ == "__main__":
    main()
