"""The files inside a ZIP archive: listed with limits, read when needed, never written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from openimr.records.filekinds import ARCHIVE_ERRORS, MOST_PARTS, FileKind, file_kind, is_list_bearable

# An archive in an archive in an archive is somebody's way of filing; a fourth one is a trap.
_MOST_DEPTH = 3
_MOST_MEMBER_BYTES = 500 << 20
_MOST_TOTAL_BYTES = 2000 << 20
_ENCRYPTED = 0x1
_PIECE_BYTES = 1 << 20
# Folders and files that systems add on their own.
_NOT_SENT = ("__MACOSX/", ".")


class MemberRefused(Exception):
    """A file in an archive that is not read; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive: the names that lead to it, its bytes, or why it is not read."""

    names: tuple[str, ...]
    data: bytes = b""
    refused: str | None = None


@dataclass(slots=True)
class _Budget:
    """What all parts of one archive may still take together."""

    bytes: int = _MOST_TOTAL_BYTES
    parts: int = MOST_PARTS


def members_of(data: bytes) -> Iterator[Member]:
    """Yield the files of a ZIP archive in the order of their names, those of archives in it included.

    Whatever is refused is yielded with its reason: nothing disappears.
    """
    yield from _members(data, (), _Budget())


def _members(data: bytes, above: tuple[str, ...], budget: _Budget) -> Iterator[Member]:
    if not is_list_bearable(data):
        yield Member(names=above, refused=f"It lists more than {MOST_PARTS:,} files.")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ARCHIVE_ERRORS:
        yield Member(names=above, refused="It is a damaged ZIP archive.")
        return
    with archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        files = [info for info in infos if not info.is_dir() and not _is_added(info.filename)]
        if not files:
            yield Member(names=above, refused="It is a ZIP archive without a file in it.")
        for info in files:
            yield from _member(archive, info, above, budget)


def _is_added(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.startswith(_NOT_SENT[0]) or any(
        part.startswith(_NOT_SENT[1]) and part != ".." for part in parts
    )


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, above: tuple[str, ...], budget: _Budget
) -> Iterator[Member]:
    names = (*above, info.filename)
    try:
        data = _bytes_of(archive, info, budget)
    except MemberRefused as refused:
        yield Member(names=names, refused=str(refused))
        return
    if file_kind(data) is not FileKind.ZIP:
        yield Member(names=names, data=data)
    elif len(names) >= _MOST_DEPTH:
        yield Member(names=names, refused=f"Archives in archives are read {_MOST_DEPTH} deep.")
    else:
        yield from _members(data, names, budget)


def _bytes_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """Return the bytes of a member.

    Raises:
        MemberRefused: It is not safe, not readable or over a limit.
    """
    budget.parts -= 1
    if budget.parts < 0:
        raise MemberRefused(f"The archive holds more than {MOST_PARTS:,} files.")
    reason = _unsafe(info)
    if reason is not None:
        raise MemberRefused(reason)
    most = min(_MOST_MEMBER_BYTES, budget.bytes)
    if info.file_size > most:
        raise MemberRefused(_too_large(most))
    data = _inflated(archive, info, most)
    budget.bytes -= len(data)
    return data


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE_BYTES):
                size += len(piece)
                if size > most:  # the size that its list claims is not trusted
                    raise MemberRefused(_too_large(most))
                parts.append(piece)
    except ARCHIVE_ERRORS as error:
        raise MemberRefused("It is damaged in its ZIP archive.") from error
    return b"".join(parts)


def _too_large(most: int) -> str:
    return f"Unpacked it takes more than the {most >> 20:,} MB that are left for this archive."


def _unsafe(info: zipfile.ZipInfo) -> str | None:
    """Return why a member is not read whatever its bytes are, or None."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return "Its name points outside the archive."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link and no file."
    if info.flag_bits & _ENCRYPTED:
        return "It is encrypted and needs a password."
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """Where the bytes of a source file are: on disk, or inside the archive on disk."""

    path: Path
    names: tuple[str, ...] = field(default=())

    def read(self) -> bytes:
        """Return the bytes; those of a member that was refused are none."""
        data = self.path.read_bytes()
        for name in self.names:
            try:
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    data = _inflated(archive, archive.getinfo(name), _MOST_MEMBER_BYTES)
            except ARCHIVE_ERRORS as error:
                raise MemberRefused("It is damaged in its ZIP archive.") from error
        return data
