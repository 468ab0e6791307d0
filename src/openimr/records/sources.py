"""The files of a case file as they were sent: which there are, who sent them and when."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.records.archives import Bytes, members_of
from openimr.records.filekinds import FileKind, file_kind, foreign_kind
from openimr.records.split_list import SPLITS_FILE
from openimr.terms.errors import FileMissing, FileUnreadable, FormatInvalid

RECEIVED_FILE = "received.toml"
# Files of a folder that are told about the records, and none of them.
_TOLD_FILES = (RECEIVED_FILE, SPLITS_FILE)

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# More control characters than this share of a text, and it is no text.
_MOST_CONTROL_SHARE = 0.001
_PIECE_BYTES = 1 << 20
# A thousand dense pages have 5 MB.
_MOST_TEXT_BYTES = 20 << 20
_MOST_PAGE_CHARACTERS = 40_000
_HEAD_BYTES = 8
_MOST_ARCHIVE_BYTES = 1000 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A row of ``received.toml``: who sent a file and when it came."""

    name: str
    submitted_by: str | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedList:
    """The whole of ``received.toml``."""

    file: tuple[ReceivedFile, ...] = ()
    schema: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read: where it is, how the manifest names it, what its bytes are.

    A file inside an archive is a source of its own, named behind the archive:
    ``sent.zip/reports/a.pdf``. The archive stands before them, without pages:
    it is what was sent. ``refused`` is why bytes are not looked at.
    """

    at: Bytes
    name: str
    sha256: str
    bytes: int
    submitted_by: str | None = None
    received_on: date | None = None
    refused: str | None = None
    is_archive: bool = False


Submitted = Mapping[str, tuple[str | None, date | None]]


def find_sources(paths: Sequence[Path], submitted: Submitted | None = None) -> tuple[Source, ...]:
    """Return the files to read, in bundle order: folders in turn, each sorted by name.

    Hidden files are passed over. Who sent a file and when is taken from
    ``submitted`` or, where that is None, from each folder's ``received.toml``.

    Raises:
        FileMissing: There is no such path, or a folder holds no file.
        FormatInvalid: Something is told about a file that is not there.
    """
    sources: list[Source] = []
    for path in paths:
        if not _exists(path):
            raise FileMissing(
                asked=f"Read the records in {path}",
                found="there is no such file or folder.",
                remedy="Check the name and the folder.",
            )
        sources.extend(_sources_of_folder(path, submitted) if path.is_dir() else _sources_at(path, path.name))
    if submitted is not None:
        _refuse_unknown(submitted, sources, "what is told about the files")
        sources = [_told(source, submitted) for source in sources]
    return tuple(sources)


def _sources_of_folder(folder: Path, submitted: Submitted | None) -> list[Source]:
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in _paths_below(folder)
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    inside = folder.resolve()
    sources = [
        source
        for name, path in files
        if name not in _TOLD_FILES
        for source in (
            _sources_at(path, name)
            if path.is_file() and path.resolve().is_relative_to(inside)
            else [_refused(path, (), name, _why_no_file(path))]
        )
    ]
    if not sources:
        raise FileMissing(
            asked=f"Read the records in {folder}",
            found="the folder holds no files.",
            remedy="Put the files of the case file there, as they were sent.",
        )
    if submitted is not None or not (folder / RECEIVED_FILE).is_file():
        return sources
    listed = read_toml_file(folder / RECEIVED_FILE, ReceivedList)
    told = {row.name: (row.submitted_by, row.received_on) for row in listed.file}
    _refuse_unknown(told, sources, RECEIVED_FILE)
    return [_told(source, told) for source in sources]


def _paths_below(folder: Path) -> Iterator[Path]:
    """Yield every file under a folder, and links to folders, which are not followed.

    A folder that may not be opened is an error and not an empty one.
    """

    def refuse(error: OSError) -> None:
        raise _not_readable(f"the folder {error.filename}", error) from error

    for inner, folders, names in os.walk(folder, onerror=refuse):
        yield from (Path(inner, name) for name in names)
        yield from (Path(inner, name) for name in folders if Path(inner, name).is_symlink())


def _why_no_file(path: Path) -> str:
    if path.is_dir():
        return "It is a link to a folder, which is not followed."
    return (
        "It is a link to a file outside the folder." if path.is_file() else "It is no file that can be read."
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _not_readable(str(path), error) from error


def _refuse_unknown(told: Submitted, sources: Sequence[Source], where: str) -> None:
    names = {name for source in sources for name in _names_of(source)}
    unknown = sorted(set(told) - names)
    if unknown:
        raise FormatInvalid(
            asked=f"Read {where}",
            found=f"it names {', '.join(map(repr, unknown))}, and there is no such file.",
            remedy=f"The files are: {', '.join(sorted(names))}.",
        )


def _names_of(source: Source) -> tuple[str, ...]:
    """Return the names under which something may be told of a source: its own, then its archives'."""
    parts = source.at.names
    outer = source.name.removesuffix("/".join(parts)).rstrip("/") if parts else ""
    return (source.name, *((outer,) if outer else ()))


def _told(source: Source, told: Submitted) -> Source:
    known = next((name for name in _names_of(source) if name in told), None)
    if known is None:
        return source
    by, on = told[known]
    return replace(source, submitted_by=by, received_on=on)


def _sources_at(path: Path, name: str) -> list[Source]:
    """Return the file at a path, or the files in it where it is an archive."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            if not head.startswith(b"PK"):
                return [_source(path, name)]
        if path.stat().st_size > _MOST_ARCHIVE_BYTES:
            return [_refused(path, (), name, f"The archive has more than {_MOST_ARCHIVE_BYTES >> 20:,} MB.")]
        data = path.read_bytes()
    except OSError as error:
        raise _not_readable(name, error) from error
    if file_kind(data) is not FileKind.ZIP:
        return [_source(path, name)]
    inside = [
        _refused(path, member.names, _inside(name, member.names), member.refused)
        if member.refused is not None
        else Source(
            at=Bytes(path=path, names=member.names),
            name=_inside(name, member.names),
            sha256=hashlib.sha256(member.data).hexdigest(),
            bytes=len(member.data),
        )
        for member in members_of(data)
        if member.names
    ]
    if not inside:
        reason = "It is a ZIP archive that is damaged, empty, or lists more files than any sender does."
        return [replace(_source(path, name), refused=reason)]
    return [replace(_source(path, name), is_archive=True), *inside]


def _inside(name: str, names: Sequence[str]) -> str:
    return "/".join((name, *names))


def _refused(path: Path, names: tuple[str, ...], name: str, reason: str) -> Source:
    """Return a file whose bytes are not looked at; its hash stands for its place, not for its bytes."""
    place = hashlib.sha256(f"not read: {name}".encode(errors="replace"))
    return Source(
        at=Bytes(path=path, names=names), name=name, sha256=place.hexdigest(), bytes=0, refused=reason
    )


def _source(path: Path, name: str) -> Source:
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE_BYTES):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise _not_readable(name, error) from error
    return Source(at=Bytes(path=path), name=name, sha256=digest.hexdigest(), bytes=size)


def _not_readable(name: str, error: OSError) -> FileUnreadable:
    return FileUnreadable(
        asked=f"Read {name}",
        found=f"the system says: {error.strerror or error}.",
        remedy="Check that you may read it, or ask for it again.",
    )


def text_pages(data: bytes, name: str) -> list[str]:
    """Return the pages of a text file, parted by form feeds.

    Raises:
        FileUnreadable: The bytes are not text.
    """
    kind = foreign_kind(data)
    if kind is None and file_kind(data) is FileKind.OTHER:
        kind = "an office document other than Word's"
    if len(data) > _MOST_TEXT_BYTES:
        raise FileUnreadable(
            asked=f"Read {name}",
            found=f"as text it has more than {_MOST_TEXT_BYTES >> 20} MB, which no case file has.",
            remedy="Ask its sender for the file as a PDF, or in parts.",
        )
    if kind is not None or not data.strip():
        raise FileUnreadable(
            asked=f"Read {name}",
            found=f"it is {kind}, which is not read here." if kind else "it is empty.",
            remedy="Save it as PDF or as text." if kind else "Ask its sender for the complete file.",
        )
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    encodings = [encoding for mark, encoding in marks.items() if data.startswith(mark)]
    for encoding in (*encodings, "utf-8", "cp1252", "latin-1"):  # the last knows every byte
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    if len(_CONTROL.findall(text)) > _MOST_CONTROL_SHARE * len(text):
        raise FileUnreadable(
            asked=f"Read {name}",
            found="it is neither a PDF nor text.",
            remedy="Save it as PDF or as text.",
        )
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # a form feed ends the last page as well
    return [part for page in pages for part in _cut(page.strip("\n"))]


def _cut(page: str) -> list[str]:
    """Return a page in parts of bearable length: a text without form feeds is one page."""
    parts = []
    while len(page) > _MOST_PAGE_CHARACTERS:
        end = page.rfind("\n", 1, _MOST_PAGE_CHARACTERS) + 1 or _MOST_PAGE_CHARACTERS
        parts.append(page[:end])
        page = page[end:]
    return [*parts, page]
