"""Stored files: on disk under the hash of their content, readable by their owner alone.

A file is written whole beside its place and moved there, so that a hash never
names half a file. The same content is stored once.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from openimr.desk.models import StoredFile
from openimr.terms.errors import InputError

PIECE = 2**20


class StoredFileDamaged(InputError):
    """A stored file is gone, or is not what its hash says."""

    code = "stored_file_damaged"


def path_of(sha: str) -> Path:
    """Return where the file of a hash stands."""
    folder: Path = settings.ENVIRONMENT.files
    return folder / sha[:2] / sha


def store_file(pieces: Iterable[bytes], *, media_type: str) -> StoredFile:
    """Return the stored file of some content, written if it is new."""
    root: Path = settings.ENVIRONMENT.files
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=root, prefix=".part-")  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as part:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                part.write(piece)
            part.flush()
            os.fsync(part.fileno())
        path = path_of(digest.hexdigest())
        path.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    found, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "media_type": media_type}
    )
    return found


def open_file(sha: str) -> BinaryIO:
    """Return a stored file, open for reading.

    Raises:
        StoredFileDamaged: It is not there.
    """
    try:
        return path_of(sha).open("rb")
    except FileNotFoundError as error:
        raise _damaged(sha, "it is not there") from error


def check_file(sha: str) -> None:
    """Check that a stored file is what its hash says.

    Raises:
        StoredFileDamaged: It is gone, or something else.
    """
    digest = sha256()
    with open_file(sha) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    if digest.hexdigest() != sha:
        raise _damaged(sha, "its content is another one")


def _damaged(sha: str, found: str) -> StoredFileDamaged:
    return StoredFileDamaged(
        asked=f"Read the stored file {sha[:16]}",
        found=f"{found}.",
        remedy="Restore the folder of files from a backup; openimr desk audit verify names what is damaged.",
    )
