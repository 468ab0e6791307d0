"""Pictures of pages: drawn once, and kept under the hash of what they show, for the owner of the desk alone.

They can be drawn again at any time: a backup leaves them out, a restored desk
draws anew, ``openimr desk purge`` removes them, and of too many the ones that
nobody looked at for longest go first.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from django.conf import settings

from openimr.desk.environment import Environment
from openimr.records.page_picture import page_png

# fine enough to read print on a screen, small enough for a slow line
DPI = 110
FOLDER = "pictures"
# after so many new pictures of a process it is looked whether there is still room
LOOK_AFTER = 50
# so much of the room is left in use where something had to go, so that not each new picture removes one
LEAVE = 0.9
_MEGABYTE = 2**20
_written = count(1)
LOG = logging.getLogger(__name__)


def page_picture(path: Path, *, document: str, number: int) -> bytes | None:
    """Return one page of a file, from 1, as a PNG; None where it is text and has no looks.

    Args:
        path: The file; where it is gone there is no picture any more, kept or not.
        document: The hash of the document in it, which the picture is kept under.
        number: The page of the document.

    Raises:
        InputError: The page cannot be drawn.
    """
    kept = folder() / document[:2] / f"{document}-{number}-{DPI}.png"
    if path.is_file():
        with contextlib.suppress(FileNotFoundError):  # another process may have removed it just now
            data = kept.read_bytes()
            os.utime(kept)
            return data
    drawn = page_png(path, document=document, number=number, dpi=DPI)
    if drawn is not None:
        _keep(kept, drawn)
    return drawn


def folder() -> Path:
    """Return the folder of pictures."""
    environment: Environment = settings.ENVIRONMENT
    return environment.data / FOLDER


def _keep(kept: Path, data: bytes) -> None:
    """Write a picture beside its place and move it there; a full disk takes the picture from nobody."""
    try:
        kept.parent.parent.mkdir(mode=0o700, exist_ok=True)
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".part-", delete=False) as part:
            part.write(data)
        os.replace(part.name, kept)
        if next(_written) % LOOK_AFTER == 0:
            trim()
    except OSError as error:
        LOG.warning("A picture of a page was not kept: %s", error.strerror)


def trim(most_bytes: int | None = None) -> int:
    """Return how many pictures were removed because all together took too much room; the stalest go first.

    Args:
        most_bytes: The room; else what the environment says (``OPENIMR_PICTURES_MB``).
    """
    environment: Environment = settings.ENVIRONMENT
    room = environment.pictures_mb * _MEGABYTE if most_bytes is None else most_bytes
    found = sorted((about.st_mtime, about.st_size, path) for path, about in _all())
    used, removed = sum(size for _, size, _ in found), 0
    if used <= room:
        return 0
    for _, size, path in found:
        if used <= room * LEAVE:
            break
        path.unlink(missing_ok=True)
        used -= size
        removed += 1
    return removed


def clear() -> int:
    """Return how many pictures were removed: all of them, and what was being written."""
    removed = 0
    for path, _ in _all():
        path.unlink(missing_ok=True)
        removed += not path.name.startswith(".")
    return removed


def _all() -> Iterator[tuple[Path, os.stat_result]]:
    """Yield every file that stands here, with what the disk says of it."""
    for path in folder().glob("[0-9a-f][0-9a-f]/*"):
        with contextlib.suppress(FileNotFoundError):
            yield path, path.stat()
