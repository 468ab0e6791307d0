"""The text layers of the source files, read by several workers, in the order of the bundle."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from openimr.pdf import PdfPage
from openimr.records.cache import PageCache
from openimr.records.opened import OpenedSource
from openimr.records.workers import PageWorkers

# Pages asked for at once: few enough that a page that hangs is soon found.
_CHUNK = 25
# Chunks that are read ahead beside those that the workers are at: enough to keep them busy.
_AHEAD = 4

Layers = list[PdfPage | str]


class LayerReaders:
    """Reads text layers ahead, as many chunks at a time as the workers take."""

    def __init__(self, cache: PageCache, workers: PageWorkers) -> None:
        self._cache = cache
        self._workers = workers
        self._threads = ThreadPoolExecutor(workers.at_once)

    def __enter__(self) -> LayerReaders:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)

    def read(self, opened: Sequence[OpenedSource]) -> Iterator[tuple[OpenedSource, int, PdfPage | str]]:
        """Yield every page with its number in its file, while later ones are still being read."""
        waiting: deque[tuple[OpenedSource, int, Future[Layers] | Layers]] = deque()
        for one in opened:
            for chunk in self._chunks(one):
                waiting.append(chunk)
                while len(waiting) > self._workers.at_once + _AHEAD:
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
        read = self._workers.read_layers(one.source.sha256, one.source.at.read, first, last)
        if read.is_final:
            self._cache.keep_layers(key, read.pages)
        return read.pages


def _pages_of(
    one: OpenedSource, first: int, layers: Future[Layers] | Layers
) -> Iterator[tuple[OpenedSource, int, PdfPage | str]]:
    pages = layers.result() if isinstance(layers, Future) else layers
    for number, layer in enumerate(pages, first):
        yield one, number, layer
