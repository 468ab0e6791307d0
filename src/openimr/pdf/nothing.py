"""Why a page shows nothing: it is blank, or what it should show is damaged or over a limit.

Runs in the reading process only, for the few pages without text and without
marks. A page that had something to show must not pass for a blank one, so
whatever is not plainly harmless is a reason.
"""

from __future__ import annotations

import base64
import binascii
import ctypes
import io
import re
import zlib
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

# Forms within forms: generators nest three or four deep.
_MOST_DEPTH = 12
# Objects looked at on one page; a page that shows nothing and has more is made to take time.
_MOST_OBJECTS = 2000
# A drawing is unpacked up to this size; one that says nothing in so many bytes is no drawing.
_MOST_DRAWING_BYTES = 4 << 20
_TOO_DEEP = f"its drawings are nested more than {_MOST_DEPTH} deep"
_TOO_MANY = f"it has more than {_MOST_OBJECTS:,} drawings and shows nothing"
_LOST = "it has a drawing that is damaged and shows nothing"
_DRAWING = re.compile(rb"/Contents\b")
_STREAM = re.compile(rb"\n(\d+) 0 obj\r?\n(<<[^\r\n]*/Length (\d+)[^\r\n]*>>)\s*stream\r?\n")
_NAMED = re.compile(rb"/Contents\s*(?P<list>\[)?(?P<numbers>(?:\s*\d+ 0 R)+)")
_FILTER = re.compile(rb"/(FlateDecode|Fl|ASCII85Decode|A85|ASCIIHexDecode|AHx|[A-Za-z0-9]*Decode)\b")
# The page among the objects that pdfium writes, and what it has to say where nothing was ever drawn on it.
_PAGE = re.compile(rb"\n\d+ 0 obj\r?\n<<([^\r\n]*/Type/Page(?![A-Za-z])[^\r\n]*)>>\r?\nendobj")
_BARE = re.compile(
    rb"(?:/(?:Media|Crop|Trim|Bleed|Art)Box\[[^\]]*\]|/Rotate -?\d+|/Parent 2 0 R ?|/Type/Page"
    rb"|/UserUnit [\d.]+|/Tabs/\w|/StructParents \d+|/Resources<<(?:/ProcSet\[[^\]]*\])?>>|/Group<<[^<>]*>>"
    rb"|\s)+"
)
_PROPERTIES = re.compile(rb"<<.*?>>", re.DOTALL)
# What a drawing may hold without showing anything: numbers, names, the state of the pen, paths that are
# not painted, marks of structure, and text that is begun and ended.
_HARMLESS = re.compile(
    rb"^(?:[-+.\d]+|/\S*|[\[\]]+|q|Q|cm|BT|ET|T[fLdDmcwzrs*]|rg|RG|g|G|k|K|cs|CS|sc|SC|scn|SCN|w|J|j|M|d|d0|d1"
    rb"|ri|gs|i|re|m|l|c|v|y|h|W\*?|n|BMC|BDC|EMC|MP|DP|BX|EX)$"
)

# The operators that leave an object of a kind on the page.
_DRAWN_BY = {
    raw.FPDF_PAGEOBJ_PATH: frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")),
    raw.FPDF_PAGEOBJ_IMAGE: frozenset((b"Do", b"BI")),
    raw.FPDF_PAGEOBJ_FORM: frozenset((b"Do",)),
    raw.FPDF_PAGEOBJ_SHADING: frozenset((b"sh",)),
}


def why_nothing(
    document: pdfium.PdfDocument, index: int, *, most_dots: int, pictures_only: bool = False
) -> str | None:
    """Return why a page without text and marks cannot pass for a blank one; None where it is blank.

    Args:
        document: The open file.
        index: Which page, from 0.
        most_dots: The most dots that one picture on it may claim.
        pictures_only: Ask of the pictures alone, on a page that shows something else.
    """
    page = document[index]
    try:
        objects, reason = _objects(page, most_dots)
        if reason is not None or pictures_only:
            return reason
        if any(kind == raw.FPDF_PAGEOBJ_TEXT for kind in objects):
            return None if _has_characters(page) else "its words stand outside the page or cannot be shown"
    finally:
        page.close()
    return _drawing_trouble(_alone(document, index), frozenset(objects))


def _objects(page: pdfium.PdfPage, most_dots: int) -> tuple[list[int], str | None]:
    """Return the kinds of the objects of a page, and the first reason why one of them shows nothing."""
    kinds: list[int] = []
    for item, depth in _walk(page):
        kind = int(raw.FPDFPageObj_GetType(item))
        kinds.append(kind)
        if depth >= _MOST_DEPTH:
            return kinds, _TOO_DEEP
        if len(kinds) > _MOST_OBJECTS:
            return kinds, _TOO_MANY
        reason = picture_trouble(item, most_dots) if kind == raw.FPDF_PAGEOBJ_IMAGE else None
        if reason is not None:
            return kinds, reason
    return kinds, None


def _walk(page: pdfium.PdfPage) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, int]]:
    """Yield the objects of a page with their depth, those of forms in it included."""
    todo = [(raw.FPDFPage_GetObject(page, at), 0) for at in range(raw.FPDFPage_CountObjects(page))]
    while todo:
        item, depth = todo.pop()
        yield item, depth
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
            count = max(0, raw.FPDFFormObj_CountObjects(item))
            todo.extend((raw.FPDFFormObj_GetObject(item, at), depth + 1) for at in range(count))


def picture_trouble(item: raw.FPDF_PAGEOBJECT, most_dots: int) -> str | None:
    """Return why a picture on a page cannot be shown, or None."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, width, height):
        return "one of its pictures is damaged"
    dots = width.value * height.value
    if dots > most_dots:
        return f"one of its pictures claims {dots:,} dots; the limit is {most_dots:,}"
    bitmap = raw.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        return "one of its pictures is damaged and cannot be shown"
    raw.FPDFBitmap_Destroy(bitmap)
    return None


def _has_characters(page: pdfium.PdfPage) -> bool:
    textpage = page.get_textpage()
    try:
        return bool(textpage.count_chars() > 0)
    finally:
        textpage.close()


def _alone(document: pdfium.PdfDocument, index: int) -> bytes:
    """Return the page as a file of its own, written by pdfium: plain, whatever the file looked like."""
    single = pdfium.PdfDocument.new()
    try:
        single.import_pages(document, [index])
        written = io.BytesIO()
        single.save(written)
        return written.getvalue()
    finally:
        single.close()


def _drawing_trouble(file: bytes, shown: frozenset[int]) -> str | None:
    """Return why the drawing of a page that shows nothing is no drawing of a blank page, or None.

    Args:
        file: The page as a file of its own.
        shown: The kinds of objects on it, which are white or empty.
    """
    if not _DRAWING.search(file):
        page = _PAGE.search(file)
        return None if page and _BARE.fullmatch(page[1]) else "its drawing is missing"
    named = _NAMED.search(file)
    numbers = {int(one) for one in re.findall(rb"(\d+) 0 R", named["numbers"])} if named else set()
    streams = {
        int(match[1]): (match[2], file[match.end() : match.end() + int(match[3])])
        for match in _STREAM.finditer(file)
    }
    if named and not named["list"] and not numbers & set(streams):
        # a list of drawings that stands apart
        apart = re.search(rb"\n%d 0 obj\r?\n\[(.*?)\]" % min(numbers), file, re.DOTALL)
        numbers = {int(one) for one in re.findall(rb"(\d+) 0 R", apart[1])} if apart else numbers
    if not numbers or not numbers <= set(streams):
        return "its drawing is missing"
    may = frozenset[bytes]().union(*(_DRAWN_BY.get(kind, frozenset()) for kind in shown))
    return _LOST if any(not _shows_nothing(*streams[number], may) for number in numbers) else None


def _shows_nothing(head: bytes, body: bytes, may: frozenset[bytes]) -> bool:
    """Return whether a drawing, unpacked, holds only what a blank page may hold, and these operators."""
    plain = _unpacked(head, body)
    if plain is None:
        return False
    tokens = _PROPERTIES.sub(b"", plain).split()
    if b"BI" in may and b"BI" in tokens:
        return True  # the dots of a picture stand in the drawing, and were decoded
    return all(token in may or _HARMLESS.match(token) for token in tokens)


def _unpacked(head: bytes, body: bytes) -> bytes | None:
    """Return a drawing unpacked; None where it is damaged, very large or packed in an unknown way."""
    for name in _FILTER.findall(head) if body else ():
        try:
            if name in (b"FlateDecode", b"Fl"):
                unpacker = zlib.decompressobj()
                body = unpacker.decompress(body, _MOST_DRAWING_BYTES)
                if not unpacker.eof:
                    return None
            elif name in (b"ASCII85Decode", b"A85"):
                body = base64.a85decode(body.strip().removeprefix(b"<~").removesuffix(b"~>"))
            elif name in (b"ASCIIHexDecode", b"AHx"):
                body = bytes.fromhex(body.strip().rstrip(b">").decode("ascii"))
            else:
                return None
        except (zlib.error, binascii.Error, ValueError):
            return None
    return body
