"""The pages of the source files: from the text layer where it can be read, else recognized."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from openimr.pdf import PdfFile, PdfPage, PdfPicture, PdfReader, PdfWord
from openimr.records.figures import Twin
from openimr.records.filekinds import FileKind
from openimr.records.layers import LayerReaders
from openimr.records.legible import is_text_layer_usable
from openimr.records.ocr_pool import OcrPool
from openimr.records.ocr_wire import NotRecognized, OcrAnswer, OcrWord, Recognized
from openimr.records.opened import RECORD_LIMITS, OpenedSource, Opener, sentence_of
from openimr.records.picture import Grey, grey_of, ink_share, is_blank
from openimr.records.prints import Prints
from openimr.records.twins import TWIN_DPI, Fit, Sheet, Sheets, is_same_picture, sheet_of
from openimr.terms.errors import FileRefused, FileUnreadable
from openimr.terms.records import Page, ReadBy, Word

# Dots that a scan does not have take longer and read no better; at 300 six-point print is read.
_LEAST_DPI, _MOST_DPI = 200, 300
_POINTS_PER_INCH = 72
# A picture of this share of the page is the page.
_PICTURE_IS_PAGE = 0.8
# Where a picture takes this share and the page shows less ink than a few lines, the picture may be damaged.
_PICTURE_IS_MOST = 0.5
_LITTLE_INK = 0.01
# Pages that wait beside those that the workers are at: enough to keep them busy, few enough for memory.
_AHEAD = 4

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page whose text is still being recognized."""

    place: _Place
    layer: PdfPage
    answer: Future[OcrAnswer]
    twin: int | None = None  # the page of the bundle that it seems to repeat
    has_layer: bool = False  # its text layer is used where it does not repeat that page


def read_pages(opened: Sequence[OpenedSource], ocr: OcrPool) -> Iterator[Page]:
    """Yield every page of the case file in bundle order, recognized where it has to be."""
    waiting: deque[_Waiting | Page] = deque()
    most = ocr.workers.at_once + _AHEAD
    layers = LayerReaders(ocr.cache, ocr.workers)
    with (
        PdfReader(RECORD_LIMITS) as reader,
        PdfReader(RECORD_LIMITS) as prints_reader,
        Opener() as opener,
        layers as readers,
    ):
        scans = _Scans(_Drawer(reader, opener), _Drawer(prints_reader, opener), ocr)
        for bundle_page, (one, number, layer) in enumerate(readers.read(opened), 1):
            place = (one.source.sha256, number, bundle_page)
            waiting.append(_page(place, layer, one, scans))
            while waiting and (len(waiting) > most or isinstance(waiting[0], Page)):
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
        if one.is_picture(number):
            return self._opener.draw(self._bytes(one), number - one.pictures_from, dpi=dpi)
        return self._opened(one).draw_page(number, dpi=dpi)

    def why_nothing(self, one: OpenedSource, number: int, *, pictures_only: bool = False) -> str | None:
        """Return why a page that shows nothing, or whose pictures do, is no blank one; None where it is.

        Raises:
            FileRefused: The page is over a limit.
            FileUnreadable: The page is damaged.
        """
        if one.is_picture(number):
            return None  # its decoder refuses what is damaged
        return self._opened(one).why_nothing(number, pictures_only=pictures_only)

    def _bytes(self, one: OpenedSource) -> bytes:
        if self._at is not one:
            self._at, self._data, self._file = one, one.source.at.read(), None
        return self._data

    def _opened(self, one: OpenedSource) -> PdfFile:
        data = self._bytes(one)
        if self._file is None:
            self._file = self._reader.open_file(data, name=one.source.name)
        return self._file


class _Scans:
    """The scanned pages so far: each is recognized, or found to show the paper of an earlier page.

    Earlier pages are drawn by ``prints_drawer``, so that the file that the
    scan is in stays open.
    """

    def __init__(self, drawer: _Drawer, prints_drawer: _Drawer, ocr: OcrPool) -> None:
        self._drawer = drawer
        self._prints_drawer = prints_drawer
        self._ocr = ocr
        self._sheets = Sheets()
        self._prints = Prints()
        self._pages: list[tuple[int, Future[OcrAnswer]]] = []

    def recognize(self, place: _Place, layer: PdfPage, one: OpenedSource) -> _Waiting | Page | None:
        """Return the page with its text, later, or as unread; None where it is blank."""
        coarse = _coarse(self._drawer, one, place[1])
        is_empty = is_blank(coarse)
        if is_empty or (layer.pictures_cover >= _PICTURE_IS_MOST and ink_share(coarse) < _LITTLE_INK):
            reason = self._drawer.why_nothing(one, place[1], pictures_only=not is_empty)
            if reason is not None:
                what = "page" if is_empty else "picture that covers the page"
                return _unread(place, f"The {what} shows nothing: {reason}.", layer)
        if is_empty:
            return None
        sheet = sheet_of(coarse)
        twin = self._twin(place, layer, one, sheet, or_else=True)
        if twin is not None:
            return twin
        picture = self._drawer.draw(one, place[1], dpi=_dpi(layer))
        read = self._ocr.recognize(picture, dots_per_point=_scale(picture, layer), lie=sheet.lie)
        self._sheets.add(sheet)
        self._pages.append((place[2], read))
        return _Waiting(place, layer, read)

    def printed(self, place: _Place, layer: PdfPage, one: OpenedSource) -> None:
        """Remember a printed page, which a later scan may show."""
        self._prints.add(place[2], layer, lambda: _coarse(self._prints_drawer, one, place[1]))

    def copy(self, place: _Place, layer: PdfPage, one: OpenedSource) -> _Waiting | None:
        """Return a scan with somebody's text layer as the copy of an earlier page; None where it is none."""
        coarse = _coarse(self._drawer, one, place[1])
        return None if is_blank(coarse) else self._twin(place, layer, one, sheet_of(coarse), or_else=False)

    def _twin(
        self, place: _Place, layer: PdfPage, one: OpenedSource, sheet: Sheet, *, or_else: bool
    ) -> _Waiting | None:
        found = self._earlier(sheet)
        if found is None:
            return None
        first, answer, other, fit = found
        if is_same_picture(sheet, other):
            return _Waiting(place, layer, self._ocr.same_again(answer), first, has_layer=not or_else)
        size = (round(layer.width_pt), round(layer.height_pt))
        twin = Twin(page=sheet, other=other, fit=fit, size_pt=size)
        picture = self._drawer.draw(one, place[1], dpi=_dpi(layer))
        scale = _scale(picture, layer)
        read = self._ocr.recognize_twin(picture, dots_per_point=scale, twin=twin, of=answer, or_else=or_else)
        return _Waiting(place, layer, read, first, has_layer=not or_else)

    def _earlier(self, sheet: Sheet) -> tuple[int, Future[OcrAnswer], Sheet, Fit] | None:
        """Return the earlier page that shows the same paper, its text, now or later, and how it lies."""
        scan = self._sheets.find(sheet)
        if scan is not None:
            return (*self._pages[scan[0]], scan[1], scan[2])
        try:
            found = self._prints.find(sheet)
        except (FileRefused, FileUnreadable):
            return None  # the printed page has a text, and cannot be drawn
        if found is None:
            return None
        read: Future[OcrAnswer] = Future()
        read.set_result(found[1])
        return found[0], read, found[2], found[3]


def _coarse(drawer: _Drawer, one: OpenedSource, number: int) -> Grey:
    drawn = drawer.draw(one, number, dpi=TWIN_DPI)
    return grey_of(drawn.width, drawn.height, drawn.pixels)


def _scale(picture: PdfPicture, layer: PdfPage) -> float:
    return picture.width / layer.width_pt if layer.width_pt > 0 else _MOST_DPI / _POINTS_PER_INCH


def _dpi(layer: PdfPage) -> int:
    """Return how finely a page is drawn for recognition: as it was scanned, within bounds."""
    return min(_MOST_DPI, max(_LEAST_DPI, round(layer.picture_dpi or _MOST_DPI)))


def _page(place: _Place, layer: PdfPage | str, one: OpenedSource, scans: _Scans) -> _Waiting | Page:
    if isinstance(layer, str):
        return _unread(place, layer)
    is_plain = one.kind is not FileKind.PDF and not one.is_picture(place[1])
    has_layer = is_plain or is_text_layer_usable(layer.text, pictures_cover=layer.pictures_cover)
    if has_layer and (is_plain or layer.pictures_cover < _PICTURE_IS_PAGE):
        if not is_plain:
            scans.printed(place, layer, one)
        return _from_layer(place, layer)
    try:
        if has_layer:
            return scans.copy(place, layer, one) or _from_layer(place, layer)
        waiting = scans.recognize(place, layer, one)
    except (FileRefused, FileUnreadable) as error:
        return _from_layer(place, layer) if has_layer else _unread(place, sentence_of(error), layer)
    if waiting is not None:
        return waiting
    if layer.text.strip():
        return _unread(place, "Its text layer cannot be read, and the page shows nothing.", layer)
    return _from_layer(place, layer)


def _done(page: _Waiting | Page) -> Page:
    if isinstance(page, Page):
        return page
    answer = page.answer.result()
    if page.has_layer and not (isinstance(answer, Recognized) and answer.is_copied):
        return _from_layer(page.place, page.layer)
    if isinstance(answer, NotRecognized):
        return _unread(page.place, answer.reason, page.layer)
    if not answer.text.strip():
        return _unread(page.place, "The page has marks, and no text was found in them.", page.layer)
    return _recognized(page, answer)


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


def _recognized(page: _Waiting, answer: Recognized) -> Page:
    return Page(
        document=page.place[0],
        number=page.place[1],
        bundle_page=page.place[2],
        text=answer.text,
        read_by=ReadBy.COPIED if answer.is_copied else ReadBy.OCR,
        confidence=answer.confidence,
        copied_from=page.twin if answer.is_copied else None,
        words=tuple(_words(answer.words)),
        width_pt=page.layer.width_pt,
        height_pt=page.layer.height_pt,
    )
