"""The pages of the source files: from the text layer where it can be read, else recognized."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from openimr.pdf import PdfFile, PdfLimits, PdfPage, PdfReader, PdfWord
from openimr.records.legible import is_text_layer_usable
from openimr.records.ocr_pool import OcrPool
from openimr.records.ocr_wire import NotRecognized, OcrAnswer, OcrWord, Recognized
from openimr.records.picture import grey_of, is_blank
from openimr.records.sources import Source, is_pdf, text_pages
from openimr.terms.errors import FileRefused, FileUnreadable, InputError
from openimr.terms.records import Page, ReadBy, Word

RECORD_LIMITS = PdfLimits(seconds=60.0, megabytes=2000, most_pages=20_000)

# Fine enough for six-point print of a fax; finer takes longer and reads no better.
_DPI = 300
_POINTS_PER_INCH = 72
# Pages asked for at once: few enough that a page that hangs is soon found.
_CHUNK = 25
# Pages that wait for recognition: enough to keep two processes busy, few enough for memory.
_AHEAD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """A source file after its text layer was read.

    ``pages`` holds each page, or the reason why it cannot be read. A file
    that cannot be opened counts as one page with that reason.
    """

    source: Source
    pages: tuple[PdfPage | str, ...]
    unread_because: str | None = None
    is_pdf: bool = True


def read_sources(sources: Iterable[Source]) -> Iterator[ReadSource]:
    """Yield each source file with its text layers, in order; no bad file stops the others."""
    with PdfReader(RECORD_LIMITS) as reader:
        for source in sources:
            data = source.path.read_bytes()
            try:
                if is_pdf(data):
                    pages = _layers(reader.open_file(data, name=source.name))
                    yield ReadSource(source=source, pages=tuple(pages))
                else:
                    texts = text_pages(data, source.name)
                    plain = tuple(PdfPage(text, [], 0.0, 0.0, 0.0) for text in texts)
                    yield ReadSource(source=source, pages=plain, is_pdf=False)
            except (FileRefused, FileUnreadable) as error:
                reason = _sentence(error)
                yield ReadSource(source=source, pages=(reason,), unread_because=reason, is_pdf=False)


def _layers(file: PdfFile) -> list[PdfPage | str]:
    found: list[PdfPage | str] = []
    for first in range(1, file.pages + 1, _CHUNK):
        last = min(first + _CHUNK - 1, file.pages)
        try:
            found.extend(file.read_pages(first, last, words=True))
        except FileRefused:
            for number in range(first, last + 1):
                found.extend(_layer(file, number))
    return found


def _layer(file: PdfFile, number: int) -> list[PdfPage | str]:
    try:
        return file.read_pages(number, number, words=True)
    except FileRefused as error:
        return [_sentence(error)]


def _sentence(error: InputError) -> str:
    return error.found[:1].upper() + error.found[1:]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page whose text is still being recognized."""

    place: tuple[str, int, int]
    layer: PdfPage
    answer: Future[OcrAnswer]


def read_pages(read: Sequence[ReadSource], ocr: OcrPool) -> Iterator[Page]:
    """Yield every page of the case file in bundle order, recognized where it has to be."""
    waiting: deque[_Waiting | Page] = deque()
    bundle_page = 0
    with PdfReader(RECORD_LIMITS) as reader:
        for one in read:
            drawer = _Drawer(reader, one.source)
            for number, layer in enumerate(one.pages, 1):
                bundle_page += 1
                place = (one.source.sha256, number, bundle_page)
                waiting.append(_page(place, layer, one, drawer, ocr))
                while len(waiting) > _AHEAD:
                    yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())


class _Drawer:
    """Draws pages of one file, which is opened with the first page that needs it."""

    def __init__(self, reader: PdfReader, source: Source) -> None:
        self._reader = reader
        self._source = source
        self._file: PdfFile | None = None

    def recognize(self, number: int, width_pt: float, ocr: OcrPool) -> Future[OcrAnswer] | None:
        """Return the text of a page, later; None where the page is blank."""
        if self._file is None:
            self._file = self._reader.open_file(self._source.path.read_bytes(), name=self._source.name)
        picture = self._file.draw_page(number, dpi=_DPI)
        if is_blank(grey_of(picture.width, picture.height, picture.pixels)):
            return None
        scale = picture.width / width_pt if width_pt > 0 else _DPI / _POINTS_PER_INCH
        return ocr.recognize(picture, dots_per_point=scale)


def _page(
    place: tuple[str, int, int], layer: PdfPage | str, one: ReadSource, drawer: _Drawer, ocr: OcrPool
) -> _Waiting | Page:
    if isinstance(layer, str):
        return _unread(place, layer)
    if not one.is_pdf or is_text_layer_usable(layer.text, pictures_cover=layer.pictures_cover):
        return _from_layer(place, layer)
    try:
        answer = drawer.recognize(place[1], layer.width_pt, ocr)
    except (FileRefused, FileUnreadable) as error:
        return _unread(place, _sentence(error), layer)
    if answer is not None:
        return _Waiting(place, layer, answer)
    if layer.text.strip():
        return _unread(place, "Its text layer cannot be read, and the page shows nothing.", layer)
    return _from_layer(place, layer)


def _done(page: _Waiting | Page) -> Page:
    if isinstance(page, Page):
        return page
    answer = page.answer.result()
    if isinstance(answer, NotRecognized):
        return _unread(page.place, answer.reason, page.layer)
    if not answer.text.strip():
        return _unread(page.place, "The page has marks, and no text was found in them.", page.layer)
    return _recognized(page.place, page.layer, answer)


def _unread(place: tuple[str, int, int], reason: str, layer: PdfPage | None = None) -> Page:
    return Page(
        document=place[0],
        number=place[1],
        bundle_page=place[2],
        text="",
        read_by=ReadBy.UNREAD,
        unread_because=reason,
        width_pt=layer.width_pt if layer else None,
        height_pt=layer.height_pt if layer else None,
    )


def _words(words: Sequence[PdfWord] | Sequence[OcrWord]) -> Iterator[Word]:
    for w in words:
        yield Word(start=w.start, end=w.end, left=w.left, top=w.top, right=w.right, bottom=w.bottom)


def _from_layer(place: tuple[str, int, int], layer: PdfPage) -> Page:
    return Page(
        document=place[0],
        number=place[1],
        bundle_page=place[2],
        text=layer.text,
        read_by=ReadBy.TEXT_LAYER,
        words=tuple(_words(layer.words)),
        width_pt=layer.width_pt or None,
        height_pt=layer.height_pt or None,
    )


def _recognized(place: tuple[str, int, int], layer: PdfPage, answer: Recognized) -> Page:
    return Page(
        document=place[0],
        number=place[1],
        bundle_page=place[2],
        text=answer.text,
        read_by=ReadBy.OCR,
        confidence=answer.confidence,
        words=tuple(_words(answer.words)),
        width_pt=layer.width_pt,
        height_pt=layer.height_pt,
    )
