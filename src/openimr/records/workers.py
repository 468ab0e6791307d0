"""Who does the work on pages: the processes of this machine or, behind the same words, those of a cluster."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from openimr.pdf import ContainedProcess, PdfFile, PdfPage, PdfReader
from openimr.records.ocr_wire import (
    NotRecognized,
    OcrAnswer,
    Recognized,
    RecognizeRequest,
    ocr_answer_codec,
    ocr_request_codec,
)
from openimr.records.opened import RECORD_LIMITS, sentence_of
from openimr.terms.errors import FileRefused, FileUnreadable

# The bytes of a file, read when they are needed.
FileBytes = Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrLimits:
    """How many processes recognize, and what one page may take."""

    processes: int = 2
    seconds: float = 60.0
    megabytes: int = 1500


class LayersRead(msgspec.Struct, frozen=True):
    """The text layers of some pages of a PDF, or for a page the reason why it has none.

    ``is_final`` is False where reading failed, so that it is tried again another day.
    """

    pages: list[PdfPage | str]
    is_final: bool


class PageWorkers(Protocol):
    """Takes jobs on pages, from many threads at once, and returns each answer as soon as it is there.

    A job that fails is answered with its reason: no page stops the others.
    """

    @property
    def at_once(self) -> int:
        """How many jobs are worth handing in at the same time."""

    @property
    def lost(self) -> int:
        """How many times a job was done again because what did it was lost."""

    def recognize(self, request: RecognizeRequest) -> OcrAnswer:
        """Return the text of a picture, or why there is none."""

    def read_layers(self, sha256: str, data: FileBytes, first: int, last: int) -> LayersRead:
        """Return the text layers of pages ``first`` to ``last`` of a PDF, from 1, both included."""

    def close(self) -> None:
        """End the work."""


class LocalWorkers:
    """Processes of this machine, each started with its first job and again when it fails.

    Args:
        limits: How many, and what a page may take.
        command: What to run instead of Tesseract's process, for tests.
    """

    def __init__(self, limits: OcrLimits | None = None, *, command: Sequence[str] | None = None) -> None:
        self._limits = limits or OcrLimits()
        own = (sys.executable, "-m", "openimr.records.ocr", str(self._limits.megabytes))
        self._recognizers: queue.SimpleQueue[ContainedProcess] = queue.SimpleQueue()
        self._readers: queue.SimpleQueue[_LayerReader] = queue.SimpleQueue()
        self._all: list[ContainedProcess | _LayerReader] = []
        for _ in range(self._limits.processes):
            # one thread each: Tesseract's own threads only get in each other's way
            recognizer = ContainedProcess(command or own, environment={"OMP_THREAD_LIMIT": "1"})
            reader = _LayerReader()
            self._recognizers.put(recognizer)
            self._readers.put(reader)
            self._all += (recognizer, reader)

    @property
    def at_once(self) -> int:
        """How many jobs are worth handing in at the same time."""
        return self._limits.processes

    @property
    def lost(self) -> int:
        """Never a job: a process of this machine that fails, fails by its page."""
        return 0

    def recognize(self, request: RecognizeRequest) -> OcrAnswer:
        """Return the text of a picture, or why there is none."""
        process = self._recognizers.get()
        try:
            return self._ask(process, request)
        finally:
            self._recognizers.put(process)

    def read_layers(self, sha256: str, data: FileBytes, first: int, last: int) -> LayersRead:
        """Return the text layers of pages ``first`` to ``last`` of a PDF, from 1, both included.

        Raises:
            FileUnreadable: The bytes of the file are no longer those of a PDF.
        """
        reader = self._readers.get()
        try:
            return reader.read(sha256, data, first, last)
        finally:
            self._readers.put(reader)

    def close(self) -> None:
        """End the processes."""
        for one in self._all:
            one.close()

    def _ask(self, process: ContainedProcess, request: RecognizeRequest) -> OcrAnswer:
        body = process.exchange(ocr_request_codec[0].encode(request), seconds=self._limits.seconds)
        if body is None:
            return NotRecognized(
                f"Recognizing its text took longer than {self._limits.seconds:g} seconds or more than "
                f"{self._limits.megabytes} MB, or made Tesseract fail."
            )
        answer = _understood(body)
        if answer is None:
            process.close()
            return NotRecognized("Tesseract's answer cannot be understood.")
        return answer


class _LayerReader:
    """A process that reads text layers and holds the file that it is at."""

    def __init__(self) -> None:
        self._reader = PdfReader(RECORD_LIMITS)
        self._held: tuple[str, PdfFile] | None = None

    def read(self, sha256: str, data: FileBytes, first: int, last: int) -> LayersRead:
        """Return the text layers of some pages, one by one where together they make the process fail."""
        try:
            pages = self._file(sha256, data).read_pages(first, last, words=True)
        except FileRefused:
            one_by_one = (self._one(sha256, data, number) for number in range(first, last + 1))
            return LayersRead(list(one_by_one), is_final=False)
        return LayersRead(pages, is_final=True)

    def close(self) -> None:
        """End the process."""
        self._reader.close()

    def _one(self, sha256: str, data: FileBytes, number: int) -> PdfPage | str:
        try:
            return self._file(sha256, data).read_pages(number, number, words=True)[0]
        except (FileRefused, FileUnreadable) as error:
            return sentence_of(error)

    def _file(self, sha256: str, data: FileBytes) -> PdfFile:
        if self._held is None or self._held[0] != sha256:
            self._held = (sha256, self._reader.open_file(data(), name=sha256))
        return self._held[1]


def _understood(body: bytes) -> OcrAnswer | None:
    """Return an answer whose words stand inside its text, or None."""
    try:
        answer: OcrAnswer = ocr_answer_codec[1].decode(body)
    except msgspec.DecodeError:
        return None
    if isinstance(answer, Recognized):
        size = len(answer.text)
        if not all(0 <= word.start < word.end <= size for word in answer.words):
            return None
    return answer
