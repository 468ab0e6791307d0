"""The text of a Word document, page by page as far as it says where its pages end.

Runs in the opening process only: the file is a ZIP with XML in it, and both may be hostile.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from openimr.records.filekinds import ARCHIVE_ERRORS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_MEDIA = "word/media/"
_MOST_XML_BYTES = 50 << 20
_MOST_PICTURE_BYTES = 100 << 20
_MOST_PICTURES_BYTES = 400 << 20
_NUMBER = re.compile(r"\d+")


class DocxRefused(Exception):
    """A Word document that is not read; the message says why and fits behind "it"."""


def docx_pages(data: bytes) -> list[str]:
    """Return the text of each page, headers first, a table row as one line.

    Raises:
        DocxRefused: The file is damaged, encrypted or over a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            heads = [_text(_xml(archive, name)) for name in sorted(names) if _is_header(name)]
            pages = _text(_xml(archive, _DOCUMENT)).split("\f")
    except ARCHIVE_ERRORS as error:
        raise DocxRefused("is a damaged Word document") from error
    head = "\n".join(dict.fromkeys(text.strip() for text in heads if text.strip()))
    if head:
        pages[0] = f"{head}\n\n{pages[0]}"
    return [page.strip("\n") for page in pages]


def docx_pictures(data: bytes) -> list[bytes | None]:
    """Return the files of the pictures in a Word document by number; None for one that cannot be unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if info.filename.startswith(_MEDIA)]
        infos.sort(key=lambda info: ([int(one) for one in _NUMBER.findall(info.filename)], info.filename))
        found: list[bytes | None] = []
        left = _MOST_PICTURES_BYTES
        for info in infos:
            picture = None if info.is_dir() else _picture(archive, info, min(left, _MOST_PICTURE_BYTES))
            left -= len(picture or b"")
            found.append(picture)
        return found


def _picture(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    try:
        with archive.open(info) as stream:
            picture = stream.read(most + 1)
    except ARCHIVE_ERRORS:
        return None
    return picture if len(picture) <= most else None


def _is_header(name: str) -> bool:
    return name.startswith("word/header") and name.endswith(".xml")


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as stream:
        data = stream.read(_MOST_XML_BYTES + 1)
    if len(data) > _MOST_XML_BYTES:
        raise DocxRefused(f"holds more than {_MOST_XML_BYTES >> 20} MB of text")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DocxRefused("declares entities, which no Word document does")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise DocxRefused("is a damaged Word document") from error


def _text(root: ElementTree.Element) -> str:
    """Return the text under an element, a form feed where a page ends."""
    parts: list[str] = []
    # a stack of our own: documents may nest deeper than Python calls
    todo: list[ElementTree.Element | str] = [root]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        begins, after = _marks(item)
        parts.append(begins)
        todo.append(after)
        if item.tag == f"{_W}tr":
            todo.append(_row(item))
        elif item.tag not in (f"{_W}del", f"{_W}instrText"):
            todo.extend(reversed(item))
    return "".join(parts)


def _row(row: ElementTree.Element) -> str:
    cells = (" ".join(_text(cell).split()) for cell in row.iter(f"{_W}tc"))
    return "\t".join(cells)


def _marks(item: ElementTree.Element) -> tuple[str, str]:
    """Return what stands in the text where an element begins and where it ends."""
    match item.tag.removeprefix(_W):
        case "t":
            return item.text or "", ""
        case "tab":
            return "\t", ""
        case "br":
            return ("\f" if item.get(f"{_W}type") == "page" else "\n"), ""
        case "lastRenderedPageBreak":
            return "\f", ""
        case "p" | "tr":
            return "", "\n"
        case _:
            return "", ""
