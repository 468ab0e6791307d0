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

from openimr.pdf.extract import draw_page, read_page
from openimr.pdf.wire import (
    Answer,
    DrawPage,
    PdfText,
    PictureAnswer,
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


def answer(request: Request) -> Answer:
    """Return the answer to one request; never raises for a bad file."""
    try:
        document = pdfium.PdfDocument(request.data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            return Refused("it is encrypted and needs a password")
        return Unreadable("its bytes are not a PDF that can be opened")
    with contextlib.closing(document):
        return _answer_open(document, request)


def _answer_open(document: pdfium.PdfDocument, request: Request) -> Answer:
    count = len(document)
    if isinstance(request, ReadText):
        if count > request.most_pages:
            return Refused(f"it has {count} pages; the limit is {request.most_pages}")
        if count == 0:
            return Unreadable("it has no pages")
        return TextAnswer(PdfText([_read_page(document, number) for number in range(count)]))
    assert isinstance(request, DrawPage)
    if not 1 <= request.page <= count:
        return Unreadable(f"it has no page {request.page}")
    page = document[request.page - 1]
    try:
        return PictureAnswer(draw_page(page, dpi=request.dpi, most_pixels=request.most_pixels))
    finally:
        page.close()


def _read_page(document: pdfium.PdfDocument, index: int):  # type: ignore[no-untyped-def]
    page = document[index]
    try:
        return read_page(page)
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
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        try:
            reply = answer(decode.decode(frame))
        except MemoryError:
            reply = Refused("reading it takes more memory than the limit")
        except pdfium.PdfiumError:
            reply = Unreadable("one of its pages cannot be opened")
        write_frame(output, encode.encode(reply))


if __name__ == "__main__":
    main()
