"""The files of a case file as they were sent: which there are, who sent them and when."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.terms.errors import FileMissing, FileUnreadable, FormatInvalid

RECEIVED_FILE = "received.toml"

_PDF_MARK = b"%PDF-"
_PDF_MARK_REACH = 1024
_OTHER_KINDS = {
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\x1f\x8b": "a gzip archive",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# More control characters than this share of a text, and it is no text.
_MOST_CONTROL_SHARE = 0.001
_PIECE_BYTES = 1 << 20


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
    """A file to read: where it is, how the manifest names it, what its bytes are."""

    path: Path
    name: str
    sha256: str
    bytes: int
    submitted_by: str | None = None
    received_on: date | None = None


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
        if not path.exists():
            raise FileMissing(
                asked=f"Read the records in {path}",
                found="there is no such file or folder.",
                remedy="Check the name and the folder.",
            )
        sources.extend(_sources_of_folder(path, submitted) if path.is_dir() else [_source(path, path.name)])
    if submitted is not None:
        _refuse_unknown(submitted, sources, "what is told about the files")
        sources = [_told(source, submitted) for source in sources]
    return tuple(sources)


def _sources_of_folder(folder: Path, submitted: Submitted | None) -> list[Source]:
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    sources = [_source(path, name) for name, path in files if name != RECEIVED_FILE]
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


def _refuse_unknown(told: Submitted, sources: Sequence[Source], where: str) -> None:
    names = {source.name for source in sources}
    unknown = sorted(set(told) - names)
    if unknown:
        raise FormatInvalid(
            asked=f"Read {where}",
            found=f"it names {', '.join(map(repr, unknown))}, and there is no such file.",
            remedy=f"The files are: {', '.join(sorted(names))}.",
        )


def _told(source: Source, told: Submitted) -> Source:
    by, on = told.get(source.name, (source.submitted_by, source.received_on))
    return Source(
        path=source.path,
        name=source.name,
        sha256=source.sha256,
        bytes=source.bytes,
        submitted_by=by,
        received_on=on,
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
        raise FileUnreadable(
            asked=f"Read {name}",
            found=f"the system says: {error.strerror or error}.",
            remedy="Check that you may read the file.",
        ) from error
    return Source(path=path, name=name, sha256=digest.hexdigest(), bytes=size)


def is_pdf(data: bytes) -> bool:
    """Return whether bytes are a PDF; a sender's bytes may stand before its mark."""
    return _PDF_MARK in data[:_PDF_MARK_REACH]


def text_pages(data: bytes, name: str) -> list[str]:
    """Return the pages of a text file, parted by form feeds.

    Raises:
        FileUnreadable: The bytes are not text.
    """
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if data.startswith(mark)), None)
    if not data.strip() or kind is not None:
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
    return [page.strip("\n") for page in pages]
