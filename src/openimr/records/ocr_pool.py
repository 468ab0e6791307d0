"""Recognition of many pages at once: each picture once, and the text of a twin where its figures agree."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from msgspec import structs

from openimr.pdf import PdfPicture
from openimr.records.cache import PageCache, picture_key
from openimr.records.figures import (
    Twin,
    are_same_lines,
    cut_out,
    doubtful_pieces,
    lines_of,
    telling_pieces,
)
from openimr.records.ocr_wire import NotRecognized, OcrAnswer, OcrWord, Recognized, RecognizeRequest
from openimr.records.picture import UPRIGHT, Lie
from openimr.records.tessdata import MISSING, tessdata_folder
from openimr.records.workers import LocalWorkers, OcrLimits, PageWorkers

# A page read worse than this is no source for another: its twin may be the better copy.
_COPIED_FROM = 0.75


class OcrPool:
    """Recognizes pages, as many at once as there are workers for it.

    Args:
        limits: How many processes of this machine, and what a page may take.
        cache: Where results are kept; in memory where None.
        command: What to run instead of Tesseract's process, for tests.
        workers: Who does the work, ended with the pool; processes of this
            machine where None.
    """

    def __init__(
        self,
        limits: OcrLimits | None = None,
        *,
        cache: PageCache | None = None,
        command: Sequence[str] | None = None,
        workers: PageWorkers | None = None,
    ) -> None:
        self._cache = cache or PageCache()
        self._needs_data = command is None
        self._workers = workers or LocalWorkers(limits, command=command)
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
        """End the workers, after the page that each is at."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        self._workers.close()

    @property
    def cache(self) -> PageCache:
        """Where results are kept."""
        return self._cache

    @property
    def workers(self) -> PageWorkers:
        """Who does the work."""
        return self._workers

    def recognize(
        self, picture: PdfPicture, *, dots_per_point: float, lie: Lie = UPRIGHT
    ) -> Future[OcrAnswer]:
        """Return the text of a picture, later; never an error for a bad picture."""
        return self._running().submit(self._recognize, picture, dots_per_point, lie)

    def same_again(self, of: Future[OcrAnswer]) -> Future[OcrAnswer]:
        """Return the text of a picture that is in every dot that of an earlier page, later."""
        return self._running().submit(self._same_again, of)

    def _same_again(self, of: Future[OcrAnswer]) -> OcrAnswer:
        read = of.result()
        if not isinstance(read, Recognized):
            return read
        self.copied += 1
        return structs.replace(read, is_copied=True)

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
        if (
            isinstance(read, Recognized)
            and read.confidence >= _COPIED_FROM
            and self._reads_the_same(picture, dots_per_point, twin, read)
        ):
            self.copied += 1
            words = [twin.moved(word) for word in read.words]
            return Recognized(read.text, words, read.confidence, read.turned, is_copied=True)
        return (
            self._recognize(picture, dots_per_point, twin.page.lie)
            if or_else
            else NotRecognized("It has no twin.")
        )

    def _reads_the_same(
        self, picture: PdfPicture, dots_per_point: float, twin: Twin, read: Recognized
    ) -> bool:
        """Return whether what is read again is what the twin has there: alone or, where not, in its line."""
        pieces = telling_pieces(read, twin)
        if not pieces:
            return True  # nothing but words, which the pictures tell apart
        again = self._read_again(picture, dots_per_point, twin, pieces)
        doubtful = None if again is None else doubtful_pieces(read, pieces, again)
        if not doubtful:
            return doubtful is not None
        lines = lines_of(read, doubtful)
        again = self._read_again(picture, dots_per_point, twin, lines)
        return again is not None and are_same_lines(read, doubtful, lines, again)

    def _read_again(
        self, picture: PdfPicture, dots_per_point: float, twin: Twin, pieces: list[list[OcrWord]]
    ) -> Recognized | None:
        """Return words of the twin as they are read on the page, a line a piece; None where they are not."""
        cut = cut_out(picture, dots_per_point, twin, pieces)
        again = self._recognize(cut[0], dots_per_point, UPRIGHT, strips=cut[1]) if cut else None
        return again if isinstance(again, Recognized) else None

    def _running(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._workers.at_once)
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
        request = RecognizeRequest(
            picture.width,
            picture.height,
            picture.pixels,
            dots_per_point,
            is_lying=lie.is_lying,
            slant=lie.slant,
            strips=list(strips),
        )
        answer = self._workers.recognize(request)
        if isinstance(answer, Recognized):
            self.recognized += not strips
            self._cache.keep(key, answer)
        return answer
