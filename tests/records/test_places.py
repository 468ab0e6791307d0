"""What is read has its place: spans of words, boxes before and after turning."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.pdf import PdfReader
from openimr.records.legible import is_text_layer_usable
from openimr.records.picture import box_before_turning, is_blank, lie_of, turned
from records import paper

CHARACTERS = st.characters(min_codepoint=33, max_codepoint=126)
LINES = st.lists(st.text(CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as one:
        yield one


@settings(max_examples=40)
@given(lines=st.lists(LINES, min_size=1, max_size=10))
def test_every_word_of_a_printed_page_is_the_text_at_its_span(reader: PdfReader, lines: list[str]) -> None:
    file = reader.open_file(paper.printed(["\n".join(lines)]), name="page.pdf")
    (page,) = file.read_pages(1, 1, words=True)
    assert not isinstance(page, str)
    assert [page.text[w.start : w.end] for w in page.words] == page.text.split()
    assert all(a.end <= b.start for a, b in zip(page.words, page.words[1:], strict=False))


@pytest.mark.parametrize("degrees", [-2.5, -1.0, 0.0, 1.3, 2.9])
def test_the_slant_of_a_page_is_measured(degrees: float) -> None:
    grey = np.asarray(paper.picture_of(paper.PROGRESS, slant=degrees))
    assert lie_of(grey).slant == pytest.approx(degrees, abs=0.2)


def test_a_lying_page_is_told_from_a_slanted_one() -> None:
    assert lie_of(np.asarray(paper.picture_of(paper.PROGRESS, quarters=1))).is_lying
    assert not lie_of(np.asarray(paper.picture_of(paper.PROGRESS, slant=2.9, noise=0.01))).is_lying


@given(st.sampled_from([90, 180, 270, 1.5, -2.0]), st.integers(60, 120), st.integers(60, 120))
def test_a_box_is_found_where_it_was_before_turning(degrees: float, x: int, y: int) -> None:
    grey = np.full((200, 160), 255, dtype=np.uint8)
    x = min(x, 100)
    grey[y : y + 20, x : x + 30] = 0
    rows, columns = np.nonzero(turned(grey, degrees) < 128)
    box = (float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1))
    left, top, right, bottom = box_before_turning(box, degrees, (160, 200))
    slack = 0.5 if degrees % 90 == 0 else 4.0
    expected = (x, y, x + 30, y + 20)
    assert all(
        math.isclose(a, b, abs_tol=slack) for a, b in zip((left, top, right, bottom), expected, strict=True)
    )


def test_dust_is_a_blank_page_and_a_line_of_text_is_not() -> None:
    dust = np.full((2200, 1700), 255, dtype=np.uint8)
    dust[500:505, 700:705] = 0
    assert is_blank(dust)
    assert not is_blank(np.asarray(paper.picture_of("Seen today.")))


@pytest.mark.parametrize(
    ("text", "pictures_cover", "usable"),
    [
        (paper.PROGRESS, 0.0, True),
        (paper.PROGRESS, 1.0, True),  # a scan that somebody made searchable, and well
        ("ACHTERBERG 000123", 1.0, False),
        ("ACHTERBERG 000123", 0.0, True),
        ("Wkh sdwlhqw uhsruwv frqwlqxlqj sdlq lq wkh orz edfn " * 4, 0.0, False),
        ("\ue001\ue002\ue003 \ue004\ue005 the patient", 0.0, False),
        ("07/22/2014 NAPROXEN 550 MG TAB 60 30 ORRINQUIST T\n" * 12, 0.0, True),
        ("", 0.0, False),
    ],
)
def test_a_text_layer_is_used_where_it_can_be_read(text: str, pictures_cover: float, usable: bool) -> None:
    assert is_text_layer_usable(text, pictures_cover=pictures_cover) is usable
