"""Read PDFs through a process of its own, with limits of time, memory and pages."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from openimr.pdf.contained import ContainedProcess
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
    PdfPicture,
    PdfText,
    PictureAnswer,
    ReadHeld,
    ReadText,
    Refused,
    Request,
    TextAnswer,
    Unreadable,
    answer_codec,
    request_codec,
)
from openimr.terms.errors import FileRefused, FileUnreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """What one file may take before it is refused."""

    seconds: float = 30.0
    megabytes: int = 1500
    most_pages: int = 5000
    most_bytes: int = 500 * 1024 * 1024
    # 40 million pixels: a letter page at 600 dpi, and 40 MB in grey
    most_pixels: int = 40_000_000
    # what one picture on a page may claim: a letter page at 1,200 dpi has 135 million dots
    most_dots: int = 200_000_000


class PdfReader:
    """A reading process that is started when needed and ended with the block.

    A file that hangs or crashes the process is refused with its reason; the
    next file gets a new process.

    Example:
        >>> with PdfReader() as reader:
        ...     reader.read_text(b"%PDF-1.7, and nothing more", name="letter.pdf")
        Traceback (most recent call last):
            ...
        openimr.terms.errors.FileUnreadable: Read the PDF letter.pdf: its bytes are not a PDF ...
    """

    def __init__(self, limits: PdfLimits | None = None) -> None:
        self._limits = limits or PdfLimits()
        self._process = ContainedProcess(
            (sys.executable, "-m", "openimr.pdf.worker", str(self._limits.megabytes))
        )
        self._held: PdfFile | None = None

    def __enter__(self) -> PdfReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process."""
        self._process.close()

    def read_text(self, data: bytes, *, name: str) -> PdfText:
        """Return the text layer of a PDF, page by page.

        Args:
            data: The bytes of the file.
            name: How messages name the file.

        Raises:
            FileUnreadable: The bytes are not a PDF that can be opened.
            FileRefused: The file is encrypted or over a limit.
        """
        answer = self._ask(ReadText(data, self._limits.most_pages), name, len(data))
        assert isinstance(answer, TextAnswer)
        return answer.text

    def draw_page(self, data: bytes, page: int, *, name: str, dpi: int = 300) -> PdfPicture:
        """Return one page, from 1, as a grey picture.

        Raises:
            FileUnreadable: The bytes are not a PDF, or it has no such page.
            FileRefused: The file is encrypted or over a limit.
        """
        request = DrawPage(data, page, dpi, self._limits.most_pixels)
        answer = self._ask(request, name, len(data))
        assert isinstance(answer, PictureAnswer)
        return answer.picture

    def open_file(self, data: bytes, *, name: str) -> PdfFile:
        """Return a PDF that the process holds open, to read its pages in parts.

        A reader holds one file at a time; using an earlier one opens it again.

        Raises:
            FileUnreadable: The bytes are not a PDF that can be opened.
            FileRefused: The file is encrypted or over a limit.
        """
        return PdfFile(self, data, name=name, limits=self._limits)

    def _ask(self, request: Request, name: str, size: int) -> Answer:
        if size > self._limits.most_bytes:
            raise _refused(name, f"it has {size:,} bytes; the limit is {self._limits.most_bytes:,}")
        answer = self._exchange(request)
        if answer is None:
            raise _refused(
                name,
                f"reading it took longer than {self._limits.seconds:g} seconds or more than "
                f"{self._limits.megabytes} MB, or made the reading process fail",
            )
        if isinstance(answer, Refused):
            raise _refused(name, answer.reason)
        if isinstance(answer, Unreadable):
            raise FileUnreadable(
                asked=f"Read the PDF {name}",
                found=f"{answer.reason}.",
                remedy="Check that the file is complete, or ask its sender for a new copy.",
            )
        return answer

    def _exchange(self, request: Request) -> Answer | None:
        """Return the process's answer; None when it hung, crashed or was killed."""
        body = self._process.exchange(request_codec[0].encode(request), seconds=self._limits.seconds)
        return None if body is None else answer_codec[1].decode(body)


class PdfFile:
    """A PDF held open in the reading process; pages count from 1.

    Where the process failed on a page, the next request opens the file anew.
    """

    def __init__(self, reader: PdfReader, data: bytes, *, name: str, limits: PdfLimits) -> None:
        self._reader = reader
        self._data = data
        self._name = name
        self._limits = limits
        self.pages = self._hold()

    def read_pages(self, first: int, last: int, *, words: bool = False) -> list[PdfPage | str]:
        """Return the text layer of pages ``first`` to ``last``, both included.

        A page that cannot be opened is the reason why, as a string.

        Args:
            first: The first page, from 1.
            last: The last page.
            words: Whether each page comes with the boxes of its words.

        Raises:
            FileRefused: One of the pages made the process fail or took too long.
        """
        answer = self._ask(ReadHeld(first, last, words), len(self._data))
        assert isinstance(answer, PagesAnswer)
        return list(answer.pages)

    def draw_page(self, page: int, *, dpi: int = 300) -> PdfPicture:
        """Return one page as a grey picture.

        Raises:
            FileUnreadable: There is no such page.
            FileRefused: The page made the process fail or took too long.
        """
        answer = self._ask(DrawHeld(page, dpi, self._limits.most_pixels), len(self._data))
        assert isinstance(answer, PictureAnswer)
        return answer.picture

    def why_nothing(self, page: int, *, pictures_only: bool = False) -> str | None:
        """Return why a page that shows nothing is no blank one, or None where it is blank.

        Args:
            page: The page, from 1.
            pictures_only: Ask of the pictures on it only, on a page that shows something else.

        Raises:
            FileRefused: The page made the process fail or took too long.
        """
        answer = self._ask(ExplainHeld(page, self._limits.most_dots, pictures_only), len(self._data))
        assert isinstance(answer, Explained)
        return answer.reason

    def _hold(self) -> int:
        answer = self._reader._ask(Hold(self._data, self._limits.most_pages), self._name, len(self._data))
        assert isinstance(answer, HeldAnswer)
        self._reader._held = self
        return answer.pages

    def _ask(self, request: Request, size: int) -> Answer:
        if self._reader._held is not self or not self._reader._process.is_running:
            self._hold()
        return self._reader._ask(request, self._name, size)


def _refused(name: str, reason: str) -> FileRefused:
    return FileRefused(
        asked=f"Read the PDF {name}",
        found=f"{reason}.",
        remedy="Ask its sender for a copy without a password and of ordinary size.",
    )


def read_pdf_file(reader: PdfReader, path: Path) -> PdfText:
    """Return the text layer of a PDF file on disk."""
    return reader.read_text(path.read_bytes(), name=path.name)
