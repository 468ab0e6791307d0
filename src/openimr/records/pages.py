"""The pages of the source files: from the text layer where it can be read, else recognized."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from openimr.pdf import PdfFile, PdfPage, PdfPicture, PdfReader, PdfWord
from openimr.records.filekinds import FileKind
from openimr.records.layers import LayerReaders
from openimr.records.legible import is_text_layer_usable
from openimr.records.ocr_pool import OcrPool
from openimr.records.ocr_wire import NotRecognized, OcrAnswer, OcrWord, Recognized
from openimr.records.opened import RECORD_LIMITS, OpenedSource, Opener, sentence_of
from openimr.records.picture import grey_of, is_blank
from openimr.terms.errors import FileRefused, FileUnreadable
from openimr.terms.records import Page, ReadBy, Word

# Fine enough for six-point print of a fax; finer takes longer and reads no better.
_DPI = 300
_POINTS_PER_INCH = 72
# Pages that wait for recognition: enough to keep two processes busy, few enough for memory.
_AHEAD = 6

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page whose text is still being recognized."""

    place: _Place
    layer: PdfPage
    answer: Future[OcrAnswer]


def read_pages(opened: Sequence[OpenedSource], ocr: OcrPool) -> Iterator[Page]:
    """Yield every page of the case file in bundle order, recognized where it has to be."""
    waiting: deque[_Waiting | Page] = deque()
    with PdfReader(RECORD_LIMITS) as reader, Opener() as opener, LayerReaders(ocr.cache) as readers:
        drawer = _Drawer(reader, opener)
        for bundle_page, (one, number, layer) in enumerate(readers.read(opened), 1):
            place = (one.source.sha256, number, bundle_page)
            waiting.append(_page(place, layer, one, drawer, ocr))
            while waiting and (len(waiting) > _AHEAD or isinstance(waiting[0], Page)):
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())


class _Drawer:
    """Draws pages of one file at a time, which is opened with the first page that needs it."""

    def __init__(self, reader: PdfReader, opener: Opener) -> None:
        self._reader = reader
        self._opener = opener
        self._at: OpenedSource | None = None
        self._data = b""
        self._file: PdfFile | None = None

    def draw(self, one: OpenedSource, number: int, *, dpi: int) -> PdfPicture:
        """Return a page as a picture.

        Raises:
            FileRefused: The page is over a limit.
            FileUnreadable: The page is damaged.
        """
        if self._at is not one:
            self._at, self._data, self._file = one, one.source.at.read(), None
        if one.kind is FileKind.PICTURE:
            return self._opener.draw(self._data, number, dpi=dpi)
        if self._file is None:
            self._file = self._reader.open_file(self._data, name=one.source.name)
        return self._file.draw_page(number, dpi=dpi)


def _recognize(
    place: _Place, layer: PdfPage, one: OpenedSource, drawer: _Drawer, ocr: OcrPool
) -> Future[OcrAnswer] | None:
    """Return the text of a page, later; None where the page is blank."""
    picture = drawer.draw(one, place[1], dpi=_DPI)
    if is_blank(grey_of(picture.width, picture.height, picture.pixels)):
        return None
    scale = picture.width / layer.width_pt if layer.width_pt > 0 else _DPI / _POINTS_PER_INCH
    return ocr.recognize(picture, dots_per_point=scale)


def _page(
    place: _Place, layer: PdfPage | str, one: OpenedSource, drawer: _Drawer, ocr: OcrPool
) -> _Waiting | Page:
    if isinstance(layer, str):
        return _unread(place, layer)
    is_plain = one.kind not in (FileKind.PDF, FileKind.PICTURE)
    if is_plain or is_text_layer_usable(layer.text, pictures_cover=layer.pictures_cover):
        return _from_layer(place, layer)
    try:
        answer = _recognize(place, layer, one, drawer, ocr)
    except (FileRefused, FileUnreadable) as error:
        return _unread(place, sentence_of(error), layer)
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


def _unread(place: _Place, reason: str, layer: PdfPage | None = None) -> Page:
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


def _from_layer(place: _Place, layer: PdfPage) -> Page:
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


def _recognized(place: _Place, layer: PdfPage, answer: Recognized) -> Page:
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
