"""What the opening process and its caller say to each other."""

from __future__ import annotations

import msgspec

from openimr.pdf import PdfPicture


class Frame(msgspec.Struct, frozen=True):
    """One picture of a file: its size in points of paper, or why it cannot be used."""

    width_pt: float
    height_pt: float
    refused: str | None = None


class CountFrames(msgspec.Struct, frozen=True, tag="count_frames"):
    """Open a file of pictures and keep it open until the next one."""

    data: bytes
    most_frames: int
    most_pixels: int


class DrawFrame(msgspec.Struct, frozen=True, tag="draw_frame"):
    """Ask for one picture, from 1, of the file that is kept open, at most so fine."""

    number: int
    dpi: int


class ReadDocx(msgspec.Struct, frozen=True, tag="read_docx"):
    """Ask for the text of a Word document and for its pictures."""

    data: bytes
    most_pixels: int


class Frames(msgspec.Struct, frozen=True, tag="frames"):
    """The answer to ``CountFrames``."""

    frames: list[Frame]


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """The answer to ``DrawFrame``."""

    picture: PdfPicture


class DocxText(msgspec.Struct, frozen=True, tag="docx_text"):
    """The answer to ``ReadDocx``: its pages, and its pictures that may be pages, which are kept open."""

    pages: list[str]
    pictures: list[Frame]


class NotOpened(msgspec.Struct, frozen=True, tag="not_opened"):
    """The file is not read: ``reason`` says why and fits behind "it"."""

    reason: str


OpeningRequest = CountFrames | DrawFrame | ReadDocx
OpeningAnswer = Frames | Drawn | DocxText | NotOpened

opening_request_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(OpeningRequest))
opening_answer_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(OpeningAnswer))
