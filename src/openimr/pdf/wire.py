"""What the reading process and its caller say to each other."""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec


class PdfPage(msgspec.Struct, frozen=True):
    """The text layer of one page.

    ``text`` has one line a printed line, and a blank line where the page
    leaves a gap between paragraphs. ``bold_lines`` are the offsets at which
    lines begin that start in bold type. ``pictures_cover`` is the share of
    the page that images cover, from 0 to 1.
    """

    text: str
    bold_lines: list[int]
    width_pt: float
    height_pt: float
    pictures_cover: float


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


Request = ReadText | DrawPage
Answer = TextAnswer | PictureAnswer | Refused | Unreadable

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
