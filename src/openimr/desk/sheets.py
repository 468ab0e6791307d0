"""Papers that come with an application: checked by their bytes, stored, and drawn page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from openimr.desk import scanning
from openimr.desk.clamd import ScanState
from openimr.desk.files import path_of, store_file
from openimr.desk.pictures import page_picture
from openimr.records.filekinds import FileKind, file_kind
from openimr.records.page_picture import count_pages
from openimr.terms.errors import InputError

MOST_MEGABYTES = 50
# pages of a paper that are shown; an application, a decision and a request have a few each
MOST_SHOWN = 60
_MARKS = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_SAFE_READING = (FileKind.PDF, FileKind.PICTURE)


class PaperRefused(InputError):
    """A file is no paper that can be read here; the sentence says what to send."""

    code = "paper_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that was uploaded: its file, what it is, and how many pages it has."""

    sha256: str
    name: str
    kind: str
    media_type: str
    pages: int

    def as_entered(self) -> dict[str, Any]:
        """Return the paper as a draft keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}


def paper_of(upload: UploadedFile[bytes], kind: str) -> Paper:
    """Return a paper that was uploaded, stored.

    What a file is follows from its bytes; the ending of its name says nothing.

    Raises:
        PaperRefused: It is too large, no PDF and no picture, or cannot be opened.
    """
    name = (upload.name or "paper")[-255:]
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise _refused(name, f"it is larger than {MOST_MEGABYTES} MB.", "Send it in parts.")
    data = upload.read()
    what = file_kind(data)
    if not data:
        raise _refused(name, "it is empty.", "Choose the file again.")
    if what not in _SAFE_READING:
        raise _refused(name, f"it is {what.value}.", "Send a PDF, or a picture (PNG, JPEG, TIFF).")
    media_type = media_type_of(data)
    stored = store_file([data], media_type=media_type)
    match scanning.look_at(stored):
        case ScanState.INFECTED:
            scanning.set_apart(stored)
            told = scanning.infected(name, stored.sha256)
            raise _refused(name, told.found, told.remedy)
        case ScanState.UNCHECKED:  # kept, and shown once it was scanned with the case
            return Paper(sha256=stored.sha256, name=name, kind=kind, media_type=media_type, pages=0)
    pages, why_unread = count_pages(path_of(stored.sha256))
    if why_unread is not None:
        raise _refused(name, f"it cannot be opened: {why_unread}.", "Ask its sender for a new copy.")
    return Paper(sha256=stored.sha256, name=name, kind=kind, media_type=media_type, pages=pages)


def clean_paper_of(upload: UploadedFile[bytes], kind: str) -> Paper:
    """Return a paper that is acted on at once, stored: one that the scanner could not be asked about is not.

    Raises:
        PaperRefused: It is no paper that can be read, or the scanner is away.
    """
    paper = paper_of(upload, kind)
    if not scanning.may_open(paper.sha256):
        raise _refused(paper.name, "the virus scanner cannot be reached.", "Send it again in a few minutes.")
    return paper


def media_type_of(data: bytes) -> str:
    r"""Return the media type of a PDF or a picture, from its bytes.

    Example:
        >>> media_type_of(b"%PDF-1.7"), media_type_of(b"II*\\x00")
        ('application/pdf', 'image/tiff')
    """
    if file_kind(data) is FileKind.PDF:
        return "application/pdf"
    return next((kind for mark, kind in _MARKS if data.startswith(mark)), "image/tiff")


def drawn(sha: str, page: int) -> bytes:
    """Return one page of a stored paper, from 1, as a PNG.

    Raises:
        InputError: The file is not there, is encrypted, or has no such page.
    """
    picture = page_picture(path_of(sha), document=sha, number=page)
    assert picture is not None, "a PDF and a picture have looks of their own"
    return picture


def _refused(name: str, found: str, remedy: str) -> PaperRefused:
    return PaperRefused(asked=f"Add the paper {name}", found=found, remedy=remedy)
