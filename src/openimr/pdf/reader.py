"""Read PDFs through a process of its own, with limits of time, memory and pages."""

from __future__ import annotations

import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from openimr.pdf.wire import (
    Answer,
    DrawPage,
    PdfPicture,
    PdfText,
    PictureAnswer,
    ReadText,
    Refused,
    Request,
    TextAnswer,
    Unreadable,
    answer_codec,
    request_codec,
)
from openimr.terms.errors import FileRefused, FileUnreadable

_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """What one file may take before it is refused."""

    seconds: float = 30.0
    megabytes: int = 1500
    most_pages: int = 5000
    most_bytes: int = 500 * 1024 * 1024
    # 40 million pixels: a letter page at 600 dpi, and 40 MB in grey
    most_pixels: int = 40_000_000


class PdfReader:
    """A reading process that is started when needed and ended with the block.

    A file that hangs or crashes the process is refused with its reason; the
    next file gets a new process.

    Example:
        >>> with PdfReader() as reader:  # doctest: +SKIP
        ...     text = reader.read_text(data, name="letter.pdf")
    """

    def __init__(self, limits: PdfLimits | None = None) -> None:
        self._limits = limits or PdfLimits()
        self._process: subprocess.Popen[bytes] | None = None

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
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

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
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        payload = request_codec[0].encode(request)
        deadline = time.monotonic() + self._limits.seconds
        try:
            process.stdin.write(len(payload).to_bytes(_LENGTH_BYTES, "big"))
            process.stdin.write(payload)
            process.stdin.flush()
            head = self._receive(process, _LENGTH_BYTES, deadline)
            body = self._receive(process, int.from_bytes(head, "big"), deadline) if head else None
        except BrokenPipeError:
            body = None
        if body is None:
            process.kill()
            self.close()
            return None
        return answer_codec[1].decode(body)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "openimr.pdf.worker", str(self._limits.megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _receive(self, process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes | None:
        """Return exactly ``size`` bytes, or None at the end of the stream or of time."""
        assert process.stdout is not None
        parts: list[bytes] = []
        missing = size
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while missing:
                remaining = deadline - time.monotonic()
                if remaining <= 0 or not selector.select(remaining):
                    return None
                chunk = process.stdout.read(missing)
                if not chunk:
                    return None
                parts.append(chunk)
                missing -= len(chunk)
        return b"".join(parts)


def _refused(name: str, reason: str) -> FileRefused:
    return FileRefused(
        asked=f"Read the PDF {name}",
        found=f"{reason}.",
        remedy="Ask its sender for a copy without a password and of ordinary size.",
    )


def read_pdf_file(reader: PdfReader, path: Path) -> PdfText:
    """Return the text layer of a PDF file on disk."""
    return reader.read_text(path.read_bytes(), name=path.name)
