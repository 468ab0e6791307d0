"""Pages kept by their content, in a folder that its owner alone may read.

The same picture is recognized once in a run, and once ever where a folder is
given: a run that was killed, or a file with ten new pages, does what is missing.
The text layers of a file are kept as well, some pages at a time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from openimr.pdf import PdfPage, PdfPicture
from openimr.records.ocr_wire import OCR_VERSION, Recognized
from openimr.terms.errors import OutputRefused

_OWNER_ONLY = 0o700
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Recognized)
_layers_encoder = msgspec.msgpack.Encoder()
_layers_decoder = msgspec.msgpack.Decoder(list[PdfPage | str])
# Part of every key of a text layer: a change of how layers are read makes old ones unusable.
LAYER_VERSION = "6"
_PART = ".part."
_SUFFIXES = (".json", ".layers")


def picture_key(picture: PdfPicture, strips: Sequence[int] = ()) -> str:
    """Return the key of a picture's result: its content, its size and how it would be read."""
    how = f":{','.join(map(str, strips))}" if strips else ""
    digest = hashlib.sha256(f"{OCR_VERSION}:{picture.width}x{picture.height}{how}:".encode())
    digest.update(picture.pixels)
    return digest.hexdigest()


class PageCache:
    """Results by picture, in memory or, where a folder is given, on disk.

    A result is written beside its place and moved there whole, so that a
    process killed at any moment leaves finished results and no half of one.
    Text layers are kept on disk only: in memory they are there already.

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
        data = self._read(key, "json")
        try:
            return None if data is None else _decoder.decode(data)
        except msgspec.DecodeError:
            return None  # written by an older version or damaged: it is read again and replaced

    def keep(self, key: str, result: Recognized) -> None:
        """Keep the result of a picture."""
        if self._folder is None:
            self._kept[key] = result
        else:
            self._write(key, "json", _encoder.encode(result))

    def find_layers(self, pages: str) -> list[PdfPage | str] | None:
        """Return the text layers of some pages of a file, read before, or None."""
        data = self._read(_layers_key(pages), "layers")
        try:
            return None if data is None else _layers_decoder.decode(data)
        except msgspec.DecodeError:
            return None

    def keep_layers(self, pages: str, layers: list[PdfPage | str]) -> None:
        """Keep the text layers of some pages of a file."""
        if self._folder is not None:
            self._write(_layers_key(pages), "layers", _layers_encoder.encode(layers))

    def _read(self, key: str, kind: str) -> bytes | None:
        if self._folder is None:
            return None
        try:
            return self._path(key, kind).read_bytes()
        except FileNotFoundError:
            return None

    def _write(self, key: str, kind: str, data: bytes) -> None:
        path = self._path(key, kind)
        path.parent.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PART, delete=False) as part:
            part.write(data)
        os.replace(part.name, path)

    def _path(self, key: str, kind: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / f"{key}.{kind}"


def _layers_key(pages: str) -> str:
    return hashlib.sha256(f"{LAYER_VERSION}:{pages}".encode()).hexdigest()


def default_folder() -> Path:
    """Return the one place of kept pages: ``openimr/records`` in the user's folder of caches.

    XDG_CACHE_HOME names that folder where it is set and absolute, as its specification asks.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(named) if named and Path(named).is_absolute() else Path.home() / ".cache"
    return home / "openimr" / "records"


def ray_folder() -> Path:
    """Return the place of Ray on a machine that belongs to a cluster: beside the kept pages."""
    return default_folder().parent / "ray"


def purge_spilled(folder: Path) -> int:
    """Return how many files were removed that Ray wrote when its memory was full, and remove them.

    Args:
        folder: The folder of Ray, the one beside that of kept pages where it is set up as described.

    Raises:
        OutputRefused: A file cannot be removed.
    """
    removed = 0
    try:
        for path in sorted(folder.glob("session_*/ray_spilled_objects*/*")):
            if path.is_file():
                path.unlink()
                removed += 1
    except OSError as error:
        raise _not_removed(folder, error) from error
    return removed


def purge(folder: Path) -> int:
    """Return how many kept results were removed from a folder of kept pages, and remove them.

    Nothing that this project did not write is touched.

    Raises:
        OutputRefused: A file cannot be removed.
    """
    removed = 0
    try:
        for path in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
            if path.suffix in _SUFFIXES or path.name.startswith(_PART):
                path.unlink()
                removed += not path.name.startswith(_PART)
        for inner in sorted(folder.glob("[0-9a-f][0-9a-f]")):
            if not any(inner.iterdir()):
                inner.rmdir()
    except OSError as error:
        raise _not_removed(folder, error) from error
    return removed


def _not_removed(folder: Path, error: OSError) -> OutputRefused:
    return OutputRefused(
        asked=f"Remove the pages kept in {folder}",
        found=f"{error.strerror or error}.",
        remedy="Remove the folder yourself.",
    )


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
