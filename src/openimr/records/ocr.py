"""Text recognition with Tesseract: the only place that loads it, in a process of its own.

Started as ``python -m openimr.records.ocr MEGABYTES``. A picture that makes
Tesseract crash, hang or grow takes down this process and nothing else.
"""

from __future__ import annotations

import os
import resource
import sys

import numpy as np
import tesserocr

from openimr.pdf.wire import read_frame, write_frame
from openimr.records.ocr_wire import (
    NotRecognized,
    OcrAnswer,
    OcrWord,
    Recognized,
    RecognizeRequest,
    ocr_answer_codec,
    ocr_request_codec,
)
from openimr.records.picture import Grey, box_before_turning, despeckled, grey_of, stands_on_head, turned
from openimr.records.tessdata import MISSING, tessdata_folder

# Below this mean confidence the page may stand on its head, and is read once more.
_UPSIDE_DOWN = 0.6
_WORD_LEVEL = "5"


class Recognizer:
    """Tesseract with its English data, loaded once for all pages."""

    def __init__(self, folder: str) -> None:
        self._api = tesserocr.PyTessBaseAPI(path=folder, lang="eng", psm=tesserocr.PSM.AUTO)
        # white print on black is rare, and looking for it reads every doubtful line a second time
        self._api.SetVariable("tessedit_do_invert", "0")
        self._api.SetVariable("invert_threshold", "0.0")

    def recognize(self, request: RecognizeRequest) -> OcrAnswer:
        """Return the text of a picture, turned upright, straightened and cleaned."""
        grey = grey_of(request.width, request.height, request.pixels)
        if request.strips:
            return self._read_strips(grey, request.strips)
        clean = despeckled(grey, dpi=request.dots_per_point * 72)
        quarter = 90 if request.is_lying else 0
        upright = turned(clean, quarter)
        straight = turned(upright, -request.slant) if request.slant else upright
        head = 180 if stands_on_head(straight) else 0
        best = self._read(turned(straight, head), quarter + head, request)
        if best.confidence < _UPSIDE_DOWN:
            head = 180 - head
            other = self._read(turned(straight, head), quarter + head, request)
            best = max(best, other, key=lambda read: (read.confidence, len(read.text)))
        return best

    def _read_strips(self, grey: Grey, strips: list[int]) -> Recognized:
        """Return a line of text for each strip of a picture, without places."""
        self._api.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
        lines = []
        top = 0
        for height in strips:
            strip = np.ascontiguousarray(grey[top : top + height])
            self._api.SetImageBytes(strip.tobytes(), strip.shape[1], height, 1, strip.shape[1])
            lines.append(" ".join(self._api.GetUTF8Text().split()))
            top += height
        self._api.SetPageSegMode(tesserocr.PSM.AUTO)
        self._api.Clear()
        return Recognized(text="\n".join(lines), words=[], confidence=1.0, turned=0.0)

    def _read(self, straight: Grey, quarter: int, request: RecognizeRequest) -> Recognized:
        """Return the text of a page that was turned by quarters and then straightened."""
        lean = request.slant
        height, width = straight.shape
        self._api.SetImageBytes(straight.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(max(70, round(request.dots_per_point * 72)))
        text, found = _from_table(self._api.GetTSVText(0))
        self._api.Clear()
        words = []
        for start, end, box, confidence in found:
            level = box_before_turning(box, -lean, (width, height)) if lean else box
            original = box_before_turning(level, quarter, (request.width, request.height))
            left, top, right, bottom = (round(side / request.dots_per_point, 2) for side in original)
            words.append(OcrWord(start, end, left, top, right, bottom, confidence))
        letters = sum(w.end - w.start for w in words)
        mean = sum((w.end - w.start) * w.confidence for w in words) / letters if letters else 0.0
        return Recognized(text=text, words=words, confidence=round(mean, 4), turned=quarter - lean)


def _from_table(table: str) -> tuple[str, list[tuple[int, int, tuple[float, float, float, float], float]]]:
    """Return the text of Tesseract's table and its words with span, box in dots and confidence.

    A line for a line, and a blank line between paragraphs.
    """
    parts: list[str] = []
    words = []
    length = 0
    before: tuple[str, ...] | None = None
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        line = tuple(cells[1:5])
        if before is not None:
            separator = " " if line == before else "\n" if line[:3] == before[:3] else "\n\n"
            parts.append(separator)
            length += len(separator)
        before = line
        left, top, width, height = (float(cell) for cell in cells[6:10])
        word = cells[11].strip()
        box = (left, top, left + width, top + height)
        words.append((length, length + len(word), box, max(0.0, float(cells[10])) / 100))
        parts.append(word)
        length += len(word)
    return "".join(parts), words


def main() -> None:
    """Answer requests on standard input until it ends."""
    limit = int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever Tesseract prints must not reach the answers
    encode, decode = ocr_answer_codec[0], ocr_request_codec[1]
    folder = tessdata_folder()
    recognizer = Recognizer(str(folder)) if folder is not None else None
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        answer: OcrAnswer
        try:
            request = decode.decode(frame)
            answer = recognizer.recognize(request) if recognizer else NotRecognized(MISSING)
        except MemoryError:
            answer = NotRecognized("Recognizing its text takes more memory than the limit.")
        write_frame(output, encode.encode(answer))


if __name__ == "__main__":
    main()
