"""A page that had something to show never passes for a blank one; a blank one is no alarm."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.terms.records import Page, ReadBy
from records import paper
from records.hostile import pdfs
from records.hostile.pdfs import stream

PICTURE = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray "
WHOLE_PAGE = stream(b"q 612 0 0 792 0 0 cm /I Do Q")


def only_page(folder: Path, data: bytes) -> Page:
    (folder / "file.pdf").write_bytes(data)
    with OcrPool() as ocr:
        (page,) = read_case_file(folder, ocr=ocr)[0].pages
        assert ocr.recognized == 0
    return page


def with_picture(picture: bytes, entries: bytes, content: bytes = WHOLE_PAGE) -> bytes:
    return pdfs.one_page(
        "", content=content, resources=b"/XObject << /I 10 0 R >>", more={10: stream(picture, entries)}
    )


DEFLATED = b"/Filter /FlateDecode "
HEADER = b"BT /F1 11 Tf 60 740 Td (Exhibit twelve) Tj ET "
BLANK = {
    "no drawing": pdfs.one_page("").replace(b"/Contents 4 0 R", b"").replace(b"/Font << /F1 5 0 R >>", b""),
    "an empty drawing": pdfs.one_page("", content=stream(b"")),
    "nothing drawn": pdfs.one_page(
        "", content=stream(b"q 1 0 0 1 9 9 cm /Artifact <</Type /Layout>> BDC EMC BT /F1 9 Tf ET Q")
    ),
    "spaces": pdfs.one_page("   "),
    "a drawing packed twice": pdfs.one_page(
        "", content=stream(zlib.compress(zlib.compress(b"q Q")), b"/Filter [/FlateDecode /FlateDecode] ")
    ),
    "a white picture": with_picture(zlib.compress(b"\xff" * 10_000), PICTURE % (100, 100) + DEFLATED),
    "a white rectangle": pdfs.one_page("", content=stream(b"1 g 0 0 612 792 re f")),
}
LOST = {
    "no drawing where fonts are named": (pdfs.one_page("x").replace(b"/Contents 4 0 R", b""), "missing"),
    "a drawing that is not there": (pdfs.one_page("x").replace(b"/Contents 4", b"/Contents 44"), "missing"),
    "a drawing cut off": (
        pdfs.one_page("", content=stream(zlib.compress(b"(words) Tj " * 99)[:12], DEFLATED)),
        "damaged",
    ),
    "words without an operator": (pdfs.one_page("", content=stream(b"BT /F1 9 Tf (words) Tq ET")), "damaged"),
    "a picture that is not there": (pdfs.one_page("", content=WHOLE_PAGE), "damaged"),
    "a damaged picture": (
        with_picture(b"no picture at all", PICTURE % (100, 100) + b"/Filter /DCTDecode "),
        "pictures is damaged",
    ),
    "a damaged picture under a line of text": (
        with_picture(
            b"no picture at all",
            PICTURE % (100, 100) + b"/Filter /DCTDecode ",
            stream(HEADER + b"q 612 0 0 792 0 0 cm /I Do Q"),
        ),
        "picture that covers the page shows nothing",
    ),
    "a picture of ten milliard dots": (
        with_picture(zlib.compress(bytes(99)), PICTURE % (100_000, 100_000) + DEFLATED),
        "10,000,000,000 dots",
    ),
    "a form that draws itself": (pdfs.form_that_draws_itself(""), "nested more than"),
}


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_page_is_read_as_blank(tmp_path: Path, name: str) -> None:
    page = only_page(tmp_path, BLANK[name])
    assert (page.read_by, page.text.strip()) == (ReadBy.TEXT_LAYER, "")


@pytest.mark.parametrize("name", LOST)
def test_a_page_that_lost_what_it_shows_is_unread_with_the_reason(tmp_path: Path, name: str) -> None:
    data, reason = LOST[name]
    page = only_page(tmp_path, data)
    assert page.read_by is ReadBy.UNREAD
    assert reason in (page.unread_because or "")


def test_blank_pages_of_a_printed_file_stay_blank(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.printed([paper.PROGRESS, "", paper.IMAGING]))
    pages = read_case_file(tmp_path)[0].pages
    assert [page.read_by for page in pages] == [ReadBy.TEXT_LAYER] * 3
