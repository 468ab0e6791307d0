"""Write results: canonical JSON, and a folder that appears whole or not at all."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

import msgspec

from openimr.terms.errors import OutputRefused

_ENCODER = msgspec.json.Encoder(order="deterministic")


def to_json_line(value: object) -> bytes:
    """Return a term as one line of JSON, in UTF-8, with every key present."""
    return msgspec.json.encode(value)


def to_json(value: object) -> bytes:
    """Return a term as JSON that people can read, two blanks a level."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def canonical(value: object) -> bytes:
    """Return a term as JSON with sorted keys: the same value, the same bytes."""
    return _ENCODER.encode(value)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole: readers see the old bytes or the new ones.

    Raises:
        OutputRefused: The folder is missing or may not be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
            part.write(data)
        os.replace(part.name, path)
    except OSError as error:
        raise OutputRefused(
            asked=f"Write {path}",
            found=f"{error.strerror or error}.",
            remedy="Name a folder that exists and that you may write to.",
        ) from error


class OutputFolder:
    """A folder of results that is written whole or not at all.

    Files are collected beside the target and moved into it when the block
    ends without an error; after an error nothing of the new result remains.

    Example:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as home:
        ...     with OutputFolder(pathlib.Path(home) / "out") as out:
        ...         out.write("letter.txt", b"text")
        ...     (pathlib.Path(home) / "out" / "letter.txt").read_bytes()
        b'text'
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._staging: Path | None = None

    def __enter__(self) -> OutputFolder:
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            if self._target.exists() and not self._target.is_dir():
                raise OutputRefused(
                    asked=f"Write results to {self._target}",
                    found="it is a file.",
                    remedy="Name a folder.",
                )
            self._remove_left_behind()
            prefix = f".{self._target.name}.{os.getpid()}-"  # readable by its owner alone
            self._staging = Path(tempfile.mkdtemp(prefix=prefix, dir=self._target.parent))
        except OSError as error:
            raise OutputRefused(
                asked=f"Write results to {self._target}",
                found=f"{error.strerror or error}.",
                remedy="Name a folder that you may write to.",
            ) from error
        return self

    def _remove_left_behind(self) -> None:
        """Remove what a run that was killed had collected for this folder."""
        for left in self._target.parent.glob(f".{glob.escape(self._target.name)}.*-*"):
            process = left.name.removeprefix(f".{self._target.name}.").partition("-")[0]
            if process.isdecimal() and left.is_dir() and not left.is_symlink() and not _runs(int(process)):
                shutil.rmtree(left, ignore_errors=True)

    def write(self, name: str, data: bytes) -> None:
        """Add one file to the result; ``name`` may hold subfolders."""
        assert self._staging is not None
        path = self._staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        staging = self._staging
        assert staging is not None
        try:
            if kind is None:
                self._move(staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def _move(self, staging: Path) -> None:
        self._target.mkdir(exist_ok=True)
        for path in sorted(staging.rglob("*")):
            if path.is_file():
                goal = self._target / path.relative_to(staging)
                goal.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, goal)


def _runs(process: int) -> bool:
    """Return whether a process of this number runs, whoever owns it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
