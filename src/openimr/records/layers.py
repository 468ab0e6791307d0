"""The text layers of the source files, read by several processes, in the order of the bundle."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from openimr.pdf import PdfFile, PdfPage, PdfReader
from openimr.records.cache import PageCache
from openimr.records.opened import RECORD_LIMITS, OpenedSource, sentence_of
from openimr.terms.errors import FileRefused, FileUnreadable

# Pages asked for at once: few enough that a page that hangs is soon found.
_CHUNK = 25
# Chunks that are read ahead of the one that is needed: enough to keep two processes busy.
_AHEAD = 6
_PROCESSES = 2

Layers = list[PdfPage | str]


class LayerReaders:
    """Processes that read text layers, each holding the file that it is at."""

    def __init__(self, cache: PageCache) -> None:
        self._cache = cache
        self._threads = ThreadPoolExecutor(_PROCESSES)
        self._own = threading.local()
        self._readers: list[PdfReader] = []

    def __enter__(self) -> LayerReaders:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for reader in self._readers:
            reader.close()

    def read(self, opened: Sequence[OpenedSource]) -> Iterator[tuple[OpenedSource, int, PdfPage | str]]:
        """Yield every page with its number in its file, while later ones are still being read."""
        waiting: deque[tuple[OpenedSource, int, Future[Layers] | Layers]] = deque()
        for one in opened:
            for chunk in self._chunks(one):
                waiting.append(chunk)
                while len(waiting) > _AHEAD:
                    yield from _pages_of(*waiting.popleft())
        while waiting:
            yield from _pages_of(*waiting.popleft())

    def _chunks(self, one: OpenedSource) -> Iterator[tuple[OpenedSource, int, Future[Layers] | Layers]]:
        if one.known is not None:
            yield one, 1, list(one.known)
            return
        for first in range(1, one.pages + 1, _CHUNK):
            last = min(first + _CHUNK - 1, one.pages)
            yield one, first, self._threads.submit(self._read, one, first, last)

    def _read(self, one: OpenedSource, first: int, last: int) -> Layers:
        key = f"{one.source.sha256}-{first}-{last}"
        kept = self._cache.find_layers(key)
        if kept is not None:
            return kept
        try:
            file = self._file(one)
            layers = file.read_pages(first, last, words=True)
        except FileRefused:
            return [layer for number in range(first, last + 1) for layer in self._one(one, number)]
        self._cache.keep_layers(key, layers)
        return layers

    def _one(self, one: OpenedSource, number: int) -> Layers:
        try:
            return self._file(one).read_pages(number, number, words=True)
        except (FileRefused, FileUnreadable) as error:
            return [sentence_of(error)]

    def _file(self, one: OpenedSource) -> PdfFile:
        """Return the file as this thread's process holds it."""
        held = getattr(self._own, "file", None)
        if held is not None and held[0] == one.source.sha256:
            file: PdfFile = held[1]
            return file
        reader = getattr(self._own, "reader", None)
        if reader is None:
            reader = PdfReader(RECORD_LIMITS)
            self._own.reader = reader
            self._readers.append(reader)
        file = reader.open_file(one.source.at.read(), name=one.source.name)
        self._own.file = (one.source.sha256, file)
        return file


def _pages_of(
    one: OpenedSource, first: int, layers: Future[Layers] | Layers
) -> Iterator[tuple[OpenedSource, int, PdfPage | str]]:
    pages = layers.result() if isinstance(layers, Future) else layers
    for number, layer in enumerate(pages, first):
        yield one, number, layer
