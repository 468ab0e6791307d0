"""One page of one file as a picture that a browser shows."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from openimr.pdf import PdfPicture, PdfReader
from openimr.records.filekinds import FileKind
from openimr.records.opened import RECORD_LIMITS, OpenedSource, Opener, open_sources
from openimr.records.sources import Source, find_sources
from openimr.terms.errors import FileUnreadable

# Shades of grey that are kept: print and scans look the same, in half the bytes.
_SHADES = 16


def page_png(path: Path, *, document: str, number: int, dpi: int) -> bytes | None:
    """Return a page as a PNG; None where the page is text and has no looks of its own.

    Args:
        path: The file as it was sent; an archive where the document is one of its files.
        document: The sha256 of the document that the page is of.
        number: The page in that document, from 1.
        dpi: Dots an inch.

    Raises:
        FileMissing: There is no such file.
        FileRefused: The page is over a limit, or made the drawing process fail.
        FileUnreadable: The file does not hold that document or that page.
    """
    source = next((one for one in find_sources([path]) if one.sha256 == document), None)
    if source is None or source.refused is not None:
        raise _no_page(document, number)
    with PdfReader(RECORD_LIMITS) as reader, Opener() as opener:
        one = next(open_sources([source], reader, opener))
        if one.unread_because is not None or not 1 <= number <= one.pages:
            raise _no_page(document, number)
        picture = _draw(one, source, number, dpi, reader, opener)
    return None if picture is None else _png(picture)


def count_pages(path: Path) -> tuple[int, str | None]:
    """Return how many pages a file has, those of an archive together, and why it cannot be read if so.

    A file that cannot be read counts as one page, as it does in a case file.

    Raises:
        FileMissing: There is no such file.
    """
    with PdfReader(RECORD_LIMITS) as reader, Opener() as opener:
        opened = tuple(open_sources(find_sources([path]), reader, opener))
    unread = [one.unread_because for one in opened if one.unread_because is not None]
    return sum(one.pages for one in opened), unread[0] if len(unread) == len(opened) else None


def _draw(
    one: OpenedSource, source: Source, number: int, dpi: int, reader: PdfReader, opener: Opener
) -> PdfPicture | None:
    if one.is_picture(number):
        return opener.draw(source.at.read(), number - one.pictures_from, dpi=dpi)
    if one.kind is FileKind.PDF:
        return reader.draw_page(source.at.read(), number, name="the file", dpi=dpi)
    return None


def _png(picture: PdfPicture) -> bytes:
    image = Image.frombytes("L", (picture.width, picture.height), picture.pixels)
    written = io.BytesIO()
    image.quantize(_SHADES).save(written, "PNG")
    return written.getvalue()


def _no_page(document: str, number: int) -> FileUnreadable:
    return FileUnreadable(
        asked=f"Draw page {number} of the document {document[:16]}",
        found="the file does not hold that page, or cannot be read.",
        remedy="Open the file as it was sent.",
    )
