"""Recognition of many pages at once: two processes, each ended and started again when it fails."""

from __future__ import annotations

import queue
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

import msgspec

from openimr.pdf import ContainedProcess, PdfPicture
from openimr.records.cache import PageCache, picture_key
from openimr.records.figures import Twin, cut_out, figure_lines, have_same_figures
from openimr.records.ocr_wire import (
    NotRecognized,
    OcrAnswer,
    Recognized,
    RecognizeRequest,
    ocr_answer_codec,
    ocr_request_codec,
)
from openimr.records.picture import UPRIGHT, Lie
from openimr.records.tessdata import MISSING, tessdata_folder

# A page read worse than this is no source for another: its twin may be the better copy.
_COPIED_FROM = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrLimits:
    """How many processes recognize, and what one page may take."""

    processes: int = 2
    seconds: float = 60.0
    megabytes: int = 1500


class OcrPool:
    """Processes that recognize pages; started with the first page that needs one.

    Args:
        limits: How many, and what a page may take.
        cache: Where results are kept; in memory where None.
        command: What to run instead of Tesseract's process, for tests.
    """

    def __init__(
        self,
        limits: OcrLimits | None = None,
        *,
        cache: PageCache | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        self._limits = limits or OcrLimits()
        self._cache = cache or PageCache()
        self._needs_data = command is None
        self._command = command or (
            sys.executable,
            "-m",
            "openimr.records.ocr",
            str(self._limits.megabytes),
        )
        self._idle: queue.SimpleQueue[ContainedProcess] = queue.SimpleQueue()
        self._processes: list[ContainedProcess] = []
        self._threads: ThreadPoolExecutor | None = None
        self.recognized = 0
        self.copied = 0

    def __enter__(self) -> OcrPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, after the page that each is at."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        for process in self._processes:
            process.close()

    @property
    def cache(self) -> PageCache:
        """Where results are kept."""
        return self._cache

    def recognize(
        self, picture: PdfPicture, *, dots_per_point: float, lie: Lie = UPRIGHT
    ) -> Future[OcrAnswer]:
        """Return the text of a picture, later; never an error for a bad picture."""
        return self._running().submit(self._recognize, picture, dots_per_point, lie)

    def recognize_twin(
        self,
        picture: PdfPicture,
        *,
        dots_per_point: float,
        twin: Twin,
        of: Future[OcrAnswer],
        or_else: bool = True,
    ) -> Future[OcrAnswer]:
        """Return the text of a picture that seems to show the paper of another, later.

        It is the text of the other, ``is_copied``, where the figures read
        again are the same; else the picture is recognized like any other, or,
        unless ``or_else``, not recognized.
        """
        return self._running().submit(self._recognize_twin, picture, dots_per_point, twin, of, or_else)

    def _recognize_twin(
        self,
        picture: PdfPicture,
        dots_per_point: float,
        twin: Twin,
        of: Future[OcrAnswer],
        or_else: bool,
    ) -> OcrAnswer:
        # ``of`` was handed in earlier, so a thread is at it already or has done with it
        read = of.result()
        if isinstance(read, Recognized) and read.confidence >= _COPIED_FROM:
            lines = figure_lines(read, twin.size_pt[1])
            cut = cut_out(picture, dots_per_point, twin, lines) if lines else None
            if cut is not None:
                again = self._recognize(cut[0], dots_per_point, UPRIGHT, strips=cut[1])
                if isinstance(again, Recognized) and have_same_figures(read, lines, again):
                    self.copied += 1
                    words = [twin.moved(word) for word in read.words]
                    return Recognized(read.text, words, read.confidence, read.turned, is_copied=True)
        return (
            self._recognize(picture, dots_per_point, twin.page.lie)
            if or_else
            else NotRecognized("It has no twin.")
        )

    def _running(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._limits.processes)
            for _ in range(self._limits.processes):
                # one thread each: Tesseract's own threads only get in each other's way
                process = ContainedProcess(self._command, environment={"OMP_THREAD_LIMIT": "1"})
                self._processes.append(process)
                self._idle.put(process)
        return self._threads

    def _recognize(
        self, picture: PdfPicture, dots_per_point: float, lie: Lie, *, strips: Sequence[int] = ()
    ) -> OcrAnswer:
        key = picture_key(picture, strips)
        known = self._cache.find(key)
        if known is not None:
            return known
        if self._needs_data and tessdata_folder() is None:
            return NotRecognized(MISSING)
        process = self._idle.get()
        try:
            answer = self._ask(process, picture, dots_per_point, lie, strips)
        finally:
            self._idle.put(process)
        if isinstance(answer, Recognized):
            self.recognized += not strips
            self._cache.keep(key, answer)
        return answer

    def _ask(
        self,
        process: ContainedProcess,
        picture: PdfPicture,
        dots_per_point: float,
        lie: Lie,
        strips: Sequence[int],
    ) -> OcrAnswer:
        request = RecognizeRequest(
            picture.width,
            picture.height,
            picture.pixels,
            dots_per_point,
            is_lying=lie.is_lying,
            slant=lie.slant,
            strips=list(strips),
        )
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
