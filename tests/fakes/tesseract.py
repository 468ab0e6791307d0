"""A recognition process that fails on purpose, in the manner that its argument names."""

from __future__ import annotations

import os
import signal
import sys
import time

from openimr.pdf.wire import read_frame, write_frame
from openimr.records.ocr_wire import OcrWord, Recognized, ocr_answer_codec, ocr_request_codec


def answer(manner: str, frame: bytes) -> bytes:
    """Return the bytes to answer with, or do not return at all."""
    if manner == "crash":
        os.abort()
    if manner == "kills its worker" and ocr_request_codec[1].decode(frame).width > 800:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    if manner == "hang":
        time.sleep(60)
    if manner == "garbage":
        return b"\xff\x00 this is no answer"
    encode = ocr_answer_codec[0].encode
    if manner == "nonsense":  # an answer that decodes, and whose word stands outside its text
        words = [OcrWord(5, 99, 0.0, 0.0, 1.0, 1.0, 0.9)]
        return encode(Recognized(text="short", words=words, confidence=0.9, turned=0.0))
    if manner == "picky" and ocr_request_codec[1].decode(frame).width > 2000:
        os.abort()
    text = "" if manner == "empty" else "read by the fake"
    return encode(Recognized(text=text, words=[], confidence=0.9, turned=0.0))


def main() -> None:
    """Answer every request in the manner that the command line names."""
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        write_frame(sys.stdout.buffer, answer(sys.argv[1], frame))


if __name__ == "__main__":
    main()
