"""Source files opened: what each is, how many pages it has, or why it cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType

import msgspec

from openimr.pdf import ContainedProcess, PdfLimits, PdfPage, PdfPicture, PdfReader
from openimr.records.archives import MemberRefused
from openimr.records.filekinds import FileKind, file_kind
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
from openimr.records.sources import Source, text_pages
from openimr.terms.errors import FileRefused, FileUnreadable, InputError

RECORD_LIMITS = PdfLimits(seconds=60.0, megabytes=2000, most_pages=20_000)
# A letter page at 600 dpi has 34 million dots; a scanner's plan or photograph three times as many.
_MOST_PIXELS = 120_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSource:
    """A source file with what is known of its pages before they are read.

    ``known`` holds the pages where opening the file read them as well: text,
    Word documents, pictures (without text), and files that cannot be opened,
    which count as one page with the reason. It is None for a PDF.
    ``pictures_from`` is how many pages of text stand before the pictures of a
    Word document.
    """

    source: Source
    kind: FileKind
    pages: int
    known: tuple[PdfPage | str, ...] | None
    unread_because: str | None = None
    pictures_from: int = 0

    def is_picture(self, number: int) -> bool:
        """Return whether a page, from 1, is a picture of its own, which the opening process draws."""
        return self.kind is FileKind.PICTURE or (
            self.kind is FileKind.DOCX and number > self.pictures_from and self.unread_because is None
        )


class Opener:
    """A process that opens pictures and Word documents, with limits."""

    def __init__(self, limits: PdfLimits = RECORD_LIMITS) -> None:
        self._limits = limits
        self._process = ContainedProcess(
            (sys.executable, "-m", "openimr.records.opening", str(limits.megabytes))
        )
        self._held = b""

    def __enter__(self) -> Opener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close()

    def frames(self, data: bytes) -> list[Frame]:
        """Return the pictures of a file.

        Raises:
            FileRefused: The file is damaged or over a limit.
        """
        self._held = data
        answer = self._ask(CountFrames(data, self._limits.most_pages, _MOST_PIXELS))
        assert isinstance(answer, Frames)
        return answer.frames

    def draw(self, data: bytes, number: int, *, dpi: int) -> PdfPicture:
        """Return one picture of a file, from 1, in grey.

        Raises:
            FileRefused: The picture is damaged or over a limit.
        """
        if data is not self._held or not self._process.is_running:
            if file_kind(data) is FileKind.DOCX:
                self.docx(data)
            else:
                self.frames(data)
        answer = self._ask(DrawFrame(number, dpi))
        assert isinstance(answer, Drawn)
        return answer.picture

    def docx(self, data: bytes) -> DocxText:
        """Return the text of a Word document, and its pictures that may be pages.

        Raises:
            FileRefused: The file is damaged or over a limit.
        """
        self._held = data
        answer = self._ask(ReadDocx(data, _MOST_PIXELS))
        assert isinstance(answer, DocxText)
        return answer

    def _ask(self, request: OpeningRequest) -> OpeningAnswer:
        body = self._process.exchange(opening_request_codec[0].encode(request), seconds=self._limits.seconds)
        answer: OpeningAnswer | None = None
        if body is not None:
            try:
                answer = opening_answer_codec[1].decode(body)
            except msgspec.DecodeError:
                self._process.close()
        if answer is None:
            raise _refused(
                f"took more than {self._limits.seconds:g} seconds or {self._limits.megabytes} MB, "
                "or made the opening process fail"
            )
        if isinstance(answer, NotOpened):
            raise _refused(answer.reason)
        return answer


def _refused(reason: str) -> FileRefused:
    return FileRefused(
        asked="Open the file", found=f"it {reason}.", remedy="Ask its sender for a complete copy."
    )


def open_sources(sources: Iterable[Source], reader: PdfReader, opener: Opener) -> Iterator[OpenedSource]:
    """Yield each source file opened, in order; no bad file stops the others."""
    for source in sources:
        if source.is_archive:
            yield OpenedSource(source=source, kind=FileKind.ZIP, pages=0, known=())
            continue
        if source.refused is not None:
            yield _unread(source, FileKind.OTHER, source.refused)
            continue
        kind = FileKind.OTHER
        try:
            data = source.at.read()
            kind = file_kind(data)
            yield _opened(source, kind, data, reader, opener)
        except (FileRefused, FileUnreadable) as error:
            yield _unread(source, kind, sentence_of(error))
        except MemberRefused as refused:
            yield _unread(source, kind, str(refused))


def _opened(source: Source, kind: FileKind, data: bytes, reader: PdfReader, opener: Opener) -> OpenedSource:
    if kind is FileKind.PDF:
        pages = reader.open_file(data, name=source.name).pages
        return OpenedSource(source=source, kind=kind, pages=pages, known=None)
    known: tuple[PdfPage | str, ...]
    if kind is FileKind.PICTURE:
        known = tuple(_picture_page(frame) for frame in opener.frames(data))
    elif kind is FileKind.DOCX:
        text = opener.docx(data)
        known = tuple(_docx_pages(text))
        return OpenedSource(
            source=source, kind=kind, pages=len(known), known=known, pictures_from=len(text.pages)
        )
    else:
        known = tuple(_plain(text) for text in text_pages(data, source.name))
    return OpenedSource(source=source, kind=kind, pages=len(known), known=known)


def _unread(source: Source, kind: FileKind, reason: str) -> OpenedSource:
    return OpenedSource(source=source, kind=kind, pages=1, known=(reason,), unread_because=reason)


def _plain(text: str) -> PdfPage:
    return PdfPage(text, [], 0.0, 0.0, 0.0)


def _picture_page(frame: Frame) -> PdfPage | str:
    if frame.refused is not None:
        return f"The picture {frame.refused}."
    return PdfPage("", [], frame.width_pt, frame.height_pt, 1.0)


def _docx_pages(text: DocxText) -> list[PdfPage | str]:
    return [*(_plain(page) for page in text.pages), *(_picture_page(frame) for frame in text.pictures)]


def sentence_of(error: InputError) -> str:
    """Return what an error found, as a sentence of its own."""
    return error.found[:1].upper() + error.found[1:]
