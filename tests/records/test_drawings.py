"""Drawings put together at random: a page is read, blank with nothing in it, or has its reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openimr.pdf import PdfPage, PdfReader
from openimr.records.picture import grey_of, is_blank
from records.hostile.pdfs import one_page, stream

HARMLESS = (
    b"q",
    b"Q",
    b"1 0 0 1 9 9 cm",
    b"BT",
    b"ET",
    b"/F1 9 Tf",
    b"9 9 m",
    b"50 50 l",
    b"0 0 9 9 re",
    b"W",
)
SHOWN = (
    *HARMLESS,
    b"n",
    b"(words) Tj",
    b"[(wo) 20 (rds)] TJ",
    b"/X Do",
    b"f",
    b"S",
    b"60 700 Td",
    b"(wo",
    b"<<",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as one:
        yield one


def shown(reader: PdfReader, drawing: bytes) -> tuple[str, bool, str | None]:
    """Return the text of a page with this drawing, whether it shows nothing, and why."""
    file = reader.open_file(one_page("", content=stream(drawing)), name="drawing.pdf")
    (layer,) = file.read_pages(1, 1)
    assert isinstance(layer, PdfPage)
    picture = file.draw_page(1, dpi=75)
    blank = is_blank(grey_of(picture.width, picture.height, picture.pixels))
    return layer.text.strip(), blank, file.why_nothing(1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(HARMLESS), max_size=30))
def test_what_paints_nothing_is_a_blank_page(reader: PdfReader, parts: list[bytes]) -> None:
    assert shown(reader, b"\n".join(parts)) == ("", True, None)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(SHOWN), max_size=30))
def test_what_says_words_shows_them_or_has_a_reason(reader: PdfReader, parts: list[bytes]) -> None:
    text, blank, reason = shown(reader, b"\n".join(parts))
    if any(b"words" in part or b"rds" in part or part == b"/X Do" for part in parts):
        assert text or not blank or reason
