"""What the reading process and its caller say to each other."""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec


class PdfWord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word: its span in the page text, its box in points from the top left corner."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class PdfPage(msgspec.Struct, frozen=True):
    """The text layer of one page.

    ``text`` has one line a printed line, and a blank line where the page
    leaves a gap between paragraphs. ``bold_lines`` are the offsets at which
    lines begin that start in bold type. ``pictures_cover`` is the share of
    the page that images cover, from 0 to 1. ``words`` is empty unless asked
    for. ``picture_dpi`` is how fine the largest image is, 0 without one.
    """

    text: str
    bold_lines: list[int]
    width_pt: float
    height_pt: float
    pictures_cover: float
    words: list[PdfWord] = []  # msgspec copies the default
    picture_dpi: float = 0.0


class PdfText(msgspec.Struct, frozen=True):
    """The text layer of a PDF, page by page."""

    pages: list[PdfPage]


class PdfPicture(msgspec.Struct, frozen=True):
    """A page drawn in grey: ``pixels`` row by row, one byte each, 255 is white."""

    width: int
    height: int
    pixels: bytes


class ReadText(msgspec.Struct, frozen=True, tag="read_text"):
    """Ask for the text layer of a PDF."""

    data: bytes
    most_pages: int


class DrawPage(msgspec.Struct, frozen=True, tag="draw_page"):
    """Ask for one page, from 1, as a picture."""

    data: bytes
    page: int
    dpi: int
    most_pixels: int


class Hold(msgspec.Struct, frozen=True, tag="hold"):
    """Open a PDF and keep it open until the next one is held."""

    data: bytes
    most_pages: int


class ReadHeld(msgspec.Struct, frozen=True, tag="read_held"):
    """Ask for the text layer of pages of the file that is held, both ends included."""

    first: int
    last: int
    words: bool


class DrawHeld(msgspec.Struct, frozen=True, tag="draw_held"):
    """Ask for one page, from 1, of the file that is held, as a picture."""

    page: int
    dpi: int
    most_pixels: int


class ExplainHeld(msgspec.Struct, frozen=True, tag="explain_held"):
    """Ask why a page, from 1, of the file that is held shows nothing, or its pictures alone do."""

    page: int
    most_dots: int
    pictures_only: bool


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The file is encrypted or over a limit: ``reason`` says which."""

    reason: str


class Unreadable(msgspec.Struct, frozen=True, tag="unreadable"):
    """The bytes are no PDF that can be opened: ``reason`` says why."""

    reason: str


class TextAnswer(msgspec.Struct, frozen=True, tag="text"):
    """The answer to ``ReadText``."""

    text: PdfText


class PictureAnswer(msgspec.Struct, frozen=True, tag="picture"):
    """The answer to ``DrawPage``."""

    picture: PdfPicture


class HeldAnswer(msgspec.Struct, frozen=True, tag="held"):
    """The answer to ``Hold``: how many pages the file has."""

    pages: int


class PagesAnswer(msgspec.Struct, frozen=True, tag="pages"):
    """The answer to ``ReadHeld``: each page, or the reason why it cannot be read."""

    pages: list[PdfPage | str]


class Explained(msgspec.Struct, frozen=True, tag="explained"):
    """The answer to ``ExplainHeld``: the reason, which fits behind "because", or None."""

    reason: str | None


Request = ReadText | DrawPage | Hold | ReadHeld | DrawHeld | ExplainHeld
Answer = TextAnswer | PictureAnswer | HeldAnswer | PagesAnswer | Explained | Refused | Unreadable

request_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Request))
answer_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Answer))

_LENGTH = struct.Struct(">Q")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Write one message behind its length."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next message, or None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None
