"""Recognized pages kept by the content of their picture, in a folder that its owner alone may read.

The same picture is recognized once in a run, and once ever where a folder is
given: a run that was killed, or a file with ten new pages, does what is missing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from openimr.pdf import PdfPicture
from openimr.records.ocr_wire import OCR_VERSION, Recognized
from openimr.terms.errors import OutputRefused

_OWNER_ONLY = 0o700
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Recognized)


def picture_key(picture: PdfPicture) -> str:
    """Return the key of a picture's result: its content, its size and how it would be read."""
    digest = hashlib.sha256(f"{OCR_VERSION}:{picture.width}x{picture.height}:".encode())
    digest.update(picture.pixels)
    return digest.hexdigest()


class PageCache:
    """Results by picture, in memory or, where a folder is given, on disk.

    A result is written beside its place and moved there whole, so that a
    process killed at any moment leaves finished results and no half of one.

    Args:
        folder: Where results are kept; made for its owner alone. None keeps
            nothing beyond this object.

    Raises:
        OutputRefused: The folder cannot be made, or others may read it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._kept: dict[str, Recognized] = {}
        if folder is not None:
            _make_private(folder)

    def find(self, key: str) -> Recognized | None:
        """Return the result of a picture read before, or None."""
        if self._folder is None:
            return self._kept.get(key)
        try:
            data = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        try:
            return _decoder.decode(data)
        except msgspec.DecodeError:
            return None  # written by an older version or damaged: it is read again and replaced

    def keep(self, key: str, result: Recognized) -> None:
        """Keep the result of a picture."""
        if self._folder is None:
            self._kept[key] = result
            return
        path = self._path(key)
        path.parent.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part.", delete=False) as part:
            part.write(_encoder.encode(result))
        os.replace(part.name, path)

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / f"{key}.json"


def _make_private(folder: Path) -> None:
    asked = f"Keep recognized pages in {folder}"
    try:
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        mode = folder.stat().st_mode & 0o777
    except OSError as error:
        raise OutputRefused(
            asked=asked, found=f"{error.strerror or error}.", remedy="Name a folder that you may write to."
        ) from error
    if mode & 0o077:
        raise OutputRefused(
            asked=asked,
            found=f"others may read the folder (its mode is {mode:03o}), and pages are medical records.",
            remedy=f"Run: chmod 700 {folder}",
        )
