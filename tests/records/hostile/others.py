"""Archives, pictures and texts that mean harm, or are not what their names say: each returns bytes."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

_MEGABYTE = bytes(1 << 20)


def _zip(entries: dict[str, bytes], *, deflate: bool = True) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


def zip_bomb(mark: str) -> bytes:
    """An archive of a kilobyte a megabyte: 300 megabytes of nothing, named as a text."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("notes.txt", "w", force_zip64=True) as entry,
    ):
        for _ in range(300):
            entry.write(_MEGABYTE)
    return packed.getvalue()


def zip_in_zip(mark: str) -> bytes:
    """Twelve archives, one within the other, ten times each."""
    inner = _zip({"page.txt": mark.encode()})
    for _ in range(12):
        inner = _zip({f"{number}.zip": inner for number in range(10)})
        if len(inner) > 4_000_000:
            break
    return inner


def zip_of_many(mark: str) -> bytes:
    """An archive of seventy thousand entries."""
    return _zip({f"{number}.txt": b"x" for number in range(70_000)}, deflate=False)


def zip_that_climbs(mark: str) -> bytes:
    """Entries that would be written outside of the folder, by every way of writing so."""
    text = mark.encode()
    names = (
        "../evil.txt",
        "../../../../evil.txt",
        "/evil.txt",
        "a/../../evil.txt",
        "..\\..\\evil.txt",
        "C:\\evil.txt",
    )
    return _zip(dict.fromkeys(names, text))


def zip_with_links(mark: str) -> bytes:
    """An entry that is a link to a file of the machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("record.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return packed.getvalue()


def zip_that_lies(mark: str) -> bytes:
    """An entry whose size in the directory is not its size."""
    data = bytearray(_zip({"record.txt": mark.encode() * 50}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(data)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def vast_png(mark: str) -> bytes:
    """A PNG that claims sixty thousand by sixty thousand points."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", head)
        + _png_chunk(b"IDAT", body)
        + _png_chunk(b"IEND", b"")
    )


def tiff_without_end(mark: str) -> bytes:
    """A TIFF whose next page is the first."""
    entries = (
        (256, 4, 8),
        (257, 4, 8),
        (258, 3, 1),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, 8),
        (279, 4, 8),
    )
    directory = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        directory += struct.pack("<HHII", tag, kind, 1, value)
    return b"II*\0" + struct.pack("<I", 16) + bytes(8) + directory + struct.pack("<I", 16)


def vast_tiff(mark: str) -> bytes:
    """A TIFF that claims four milliard by four milliard points."""
    entries = (
        (256, 4, 0xFFFFFFFF),
        (257, 4, 0xFFFFFFFF),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (279, 4, 8),
    )
    directory = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        directory += struct.pack("<HHII", tag, kind, 1, value)
    return b"II*\0" + struct.pack("<I", 16) + bytes(8) + directory + struct.pack("<I", 0)


def milliard_laughs(mark: str) -> bytes:
    """A DOCX whose entities unfold to three gigabytes."""
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    )
    document = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{body}'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def docx_that_reads_files(mark: str) -> bytes:
    """A DOCX that asks for a file of the machine as an entity."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>'
    )
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def empty(mark: str) -> bytes:
    """No bytes at all."""
    return b""


def program(mark: str) -> bytes:
    """The first bytes of a program."""
    return b"\x7fELF\x02\x01\x01" + bytes(5000)


def picture_bytes(mark: str) -> bytes:
    """A PNG, whatever the name says."""
    return vast_png(mark)


def long_line(mark: str) -> bytes:
    """A text of thirty megabytes in one line."""
    return mark.encode() + b" word" * 6_000_000


def no_letters(mark: str) -> bytes:
    """A text of bytes that are no text."""
    return bytes(range(256)) * 400
