"""PDFs that mean harm, or are broken: each a function that returns bytes."""

from __future__ import annotations

import zlib
from random import Random

_CHUNK = b" " * (1 << 20)


def pdf_of(
    objects: dict[int, bytes], *, root: int = 1, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n"
) -> bytes:
    """Return a PDF of objects by number, with a cross-reference table that is right."""
    data, offsets = bytearray(head), {}
    for number, body in objects.items():
        offsets[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(data), max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        data += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    return bytes(data) + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        trailer,
        start,
    )


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), entries, body)


def one_page(
    text: str,
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    box: bytes = b"[0 0 612 792]",
    content: bytes | None = None,
    more: dict[int, bytes] | None = None,
    resources: bytes = b"",
) -> bytes:
    """Return a PDF of one page that says the text; the rest is what harms."""
    lines = b"".join(b"(%s) Tj T*\n" % line.encode() for line in text.split("\n"))
    shown = b"BT /F1 11 Tf 14 TL 60 720 Td\n" + lines + b"ET\n"
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources "
            b"<< /Font << /F1 5 0 R >> %s >> %s >>" % (box, resources, page),
            4: content if content is not None else stream(shown),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            **(more or {}),
        }
    )


def deflated(megabytes: int, times: int = 1) -> bytes:
    """Return so many megabytes of spaces, deflated, and deflated again."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(_CHUNK) for _ in range(megabytes)) + packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    return packed


def bomb_of_streams(mark: str) -> bytes:
    """A page whose drawing is a quarter of a gigabyte when unpacked, deflated twice."""
    content = stream(deflated(256, times=2), b"/Filter [/FlateDecode /FlateDecode]")
    return one_page(mark, content=content)


def forms_within_forms(mark: str) -> bytes:
    """A page that draws ten forms, each of which draws ten more, nine deep: a milliard drawings."""
    more = {}
    for depth in range(9):
        number = 10 + depth
        entries = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >> >>"
        )
        more[number] = stream(b"/X Do " * 10 if depth < 8 else b"0 0 m 9 9 l S", entries % (number + 1))
    more[19] = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]")
    return one_page(mark, content=stream(b"/X Do " * 10), resources=b"/XObject << /X 10 0 R >>", more=more)


def form_that_draws_itself(mark: str) -> bytes:
    """A form that draws itself without end."""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
    return one_page(
        mark,
        content=stream(b"/X Do"),
        resources=b"/XObject << /X 10 0 R >>",
        more={10: stream(b"/X Do", entries)},
    )


def deep_page_tree(mark: str) -> bytes:
    """A page tree of twenty thousand branches, one within the other."""
    depth = 20_000
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(2, depth):
        objects[number] = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1)
    objects[depth] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] >>" % (depth - 1)
    return pdf_of(objects)


def deep_arrays(mark: str) -> bytes:
    """Half a million brackets, one within the other."""
    return one_page(mark, catalog=b"/Deep " + b"[" * 500_000 + b"]" * 500_000)


def tree_that_holds_itself(mark: str) -> bytes:
    """A page tree whose only branch is the tree."""
    return pdf_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count 5 /Kids [2 0 R] >>"})


def claims_many_pages(mark: str) -> bytes:
    """One page, and the claim of a hundred thousand."""
    return one_page(mark).replace(b"/Count 1 ", b"/Count 100000 ")


def has_many_pages(mark: str) -> bytes:
    """A hundred thousand times the same page."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 100000 /Kids [" + b"3 0 R " * 100_000 + b"] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    }
    return pdf_of(objects)


def script(mark: str) -> bytes:
    """A script that runs when the file is opened, and one when the page is."""
    action = b"<< /S /JavaScript /JS (while \\(true\\) { app.alert\\('open'\\); }) >>"
    return one_page(mark, catalog=b"/OpenAction " + action, page=b"/AA << /O " + action + b" >>")


def launch(mark: str, marker: str = "launched") -> bytes:
    """An action that starts a program when the file is opened."""
    action = b"<< /S /Launch /F (/usr/bin/touch) /Unix (touch %s) /P (%s) >>" % ((marker.encode(),) * 2)
    return one_page(mark, catalog=b"/OpenAction " + action)


def wide_page(mark: str) -> bytes:
    """A page of ten thousand metres."""
    return one_page(mark, box=b"[0 0 28000000 28000000]")


def vast_picture(mark: str) -> bytes:
    """A picture of a hundred thousand by a hundred thousand points, in a few bytes."""
    entries = (
        b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceRGB /Filter /FlateDecode"
    )
    picture = stream(zlib.compress(bytes(1000)), entries)
    return one_page(
        mark,
        content=stream(b"q 612 0 0 792 0 0 cm /I Do Q"),
        resources=b"/XObject << /I 10 0 R >>",
        more={10: picture},
    )


def table_that_points_at_itself(mark: str) -> bytes:
    """A cross-reference table whose predecessor is itself."""
    data = one_page(mark)
    start = data.rindex(b"xref\n", 0, data.index(b"startxref"))
    return data.replace(b"/Root", b"/Prev %d /Root" % start)


def table_of_two_milliards(mark: str) -> bytes:
    """A cross-reference table that claims two milliard objects."""
    return (
        one_page(mark).replace(b"xref\n0 6", b"xref\n0 2147483647").replace(b"/Size 6", b"/Size 2147483647")
    )


def locked(mark: str) -> bytes:
    """A PDF that asks for a password."""
    data = one_page(mark)
    keys = b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 " + keys + b" >> /ID [<0011> <0011>]"
    )
    return data.replace(b"trailer\n<<", b"trailer\n<< " + encrypt)


def cut_off(mark: str, share: float) -> bytes:
    """The first part of a PDF of some pages; the rest never came."""
    data = one_page(mark + "\nsecond line\nthird line")
    return data[: int(len(data) * share)]


def mutated(data: bytes, random: Random, changes: int) -> bytes:
    """Return the bytes with some changed, left out, doubled or moved."""
    found = bytearray(data)
    for _ in range(changes):
        at = random.randrange(len(found))
        kind = random.randrange(4)
        if kind == 0:
            found[at] = random.randrange(256)
        elif kind == 1:
            del found[at : at + random.randint(1, 8)]
        elif kind == 2:
            found[at:at] = found[at : at + random.randint(1, 40)]
        else:
            found[at : at + 4] = str(random.randint(0, 10**9)).encode()[:4]
    return bytes(found)
