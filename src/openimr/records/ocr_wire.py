"""What the recognition process and its caller say to each other."""

from __future__ import annotations

import msgspec

# Part of every cache key: a change of how pictures are prepared or read makes old results unusable.
OCR_VERSION = "4"


class RecognizeRequest(msgspec.Struct, frozen=True, tag="recognize"):
    """Ask for the text of a grey picture: one byte a point, 255 is white.

    ``dots_per_point`` is how many of its dots make one point of the page.
    ``strips`` are heights: where there are some, the picture is lines cut out
    of a page, each so high, one under the other, and straight already.
    ``is_lying`` and ``slant`` tell how the page lies, as a coarse look at it
    has found.
    """

    width: int
    height: int
    pixels: bytes
    dots_per_point: float
    is_lying: bool = False
    slant: float = 0.0
    strips: list[int] = []  # msgspec copies the default


class OcrWord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word: its span in the text, its box in points of the page as drawn, its confidence from 0 to 1."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


class Recognized(msgspec.Struct, frozen=True, tag="recognized"):
    """The text of a picture and how sure Tesseract is of it, from 0 to 1.

    ``turned`` is by how many degrees the picture was turned to stand upright,
    counter-clockwise. ``is_copied`` says that the picture shows the same
    paper as an earlier one, whose text this is.
    """

    text: str
    words: list[OcrWord]
    confidence: float
    turned: float
    is_copied: bool = False


class NotRecognized(msgspec.Struct, frozen=True, tag="not_recognized"):
    """The picture could not be read: ``reason`` says why."""

    reason: str


OcrAnswer = Recognized | NotRecognized

ocr_request_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(RecognizeRequest))
ocr_answer_codec = (msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(OcrAnswer))
