"""What kind of file bytes are, told from the bytes and never from the name."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath

_PDF_MARK = b"%PDF-"
_PDF_MARK_REACH = 1024
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURE_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_OTHER_MARKS = {
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"GIF8": "a GIF picture",
    b"BM": "a bitmap picture",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
# What reading a ZIP raises over damaged bytes: besides its own, those of its lists and decoders.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ValueError,
    EOFError,
    OSError,
)
_DOCX_PART = "word/document.xml"
_OFFICE_PART = "[Content_Types].xml"


class FileKind(StrEnum):
    """What a source file is, as far as it is read here."""

    PDF = "a PDF"
    PICTURE = "a picture"
    DOCX = "a Word document"
    ZIP = "a ZIP archive"
    TEXT = "text"
    OTHER = "another kind of file"


# What the ending of a name promises.
_ENDINGS = {
    ".pdf": FileKind.PDF,
    ".png": FileKind.PICTURE,
    ".jpg": FileKind.PICTURE,
    ".jpeg": FileKind.PICTURE,
    ".tif": FileKind.PICTURE,
    ".tiff": FileKind.PICTURE,
    ".docx": FileKind.DOCX,
    ".zip": FileKind.ZIP,
    ".txt": FileKind.TEXT,
}


def file_kind(data: bytes) -> FileKind:
    """Return what kind of file bytes are; a sender's bytes may stand before the mark of a PDF.

    Example:
        >>> file_kind(b"%PDF-1.7").value, file_kind(b"Progress report").value
        ('a PDF', 'text')
    """
    if data.startswith(_PICTURE_MARKS):
        return FileKind.PICTURE
    if data.startswith(_ZIP_MARKS):
        return _kind_of_archive(data)
    if _PDF_MARK in data[:_PDF_MARK_REACH]:
        return FileKind.PDF
    return FileKind.OTHER if foreign_kind(data) else FileKind.TEXT


def foreign_kind(data: bytes) -> str | None:
    """Return the name of a kind of file that is not read here, or None."""
    return next((kind for mark, kind in _OTHER_MARKS.items() if _carries(data, mark)), None)


def _carries(data: bytes, mark: bytes) -> bool:
    # two letters begin many texts: a bitmap or a program also has a byte that no text has
    return data.startswith(mark) and (len(mark) > 2 or b"\x00" in data[:64])


def promised_kind(name: str) -> FileKind | None:
    """Return what the ending of a name promises, or None where it promises nothing."""
    return _ENDINGS.get(PurePosixPath(name).suffix.lower())


def _kind_of_archive(data: bytes) -> FileKind:
    """Return what a ZIP is; where its list of parts cannot be read, a ZIP, so that its reader says why."""
    if not is_list_bearable(data):
        return FileKind.ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except ARCHIVE_ERRORS:
        return FileKind.ZIP
    if _DOCX_PART in names:
        return FileKind.DOCX
    return FileKind.OTHER if _OFFICE_PART in names else FileKind.ZIP


# A list of parts longer than this is made to fill the memory of whoever opens it.
MOST_PARTS = 20_000
_MOST_LIST_BYTES = 8 << 20
_END_MARK = b"PK\x05\x06"
_END_REACH = (1 << 16) + 22


def is_list_bearable(data: bytes) -> bool:
    """Return whether a ZIP's own list of parts says that it is of ordinary length."""
    tail = data[-_END_REACH:]
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < 22:
        return True  # no list: opening it says so
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    return count <= MOST_PARTS and size <= _MOST_LIST_BYTES
