"""What speaks for the beginning of a document, and what against it."""

from __future__ import annotations

import pytest

from openimr.records.boundaries import Boundaries
from openimr.records.linear import linear_model
from openimr.records.look import look_at
from openimr.records.signs import PageSigns, signs_of
from openimr.records.split import split_bundle
from records import paper

PROSE = (
    "The patient reports aching in the low back that is made worse by bending and eased by rest.\n"
    "Walking is possible for half an hour, and sleep is interrupted twice a night by the pain.\n"
)
VISIT = (
    "Alder Ridge Spine Clinic\nProgress Note\nPatient: Wendeline Achterberg   DOB: 01/02/1970\n"
    f"Date of service: 03/14/2016\n{PROSE * 18}"
)
REST = f"{PROSE * 8}Plan\nReturn in four weeks.\nOrrin Castleby, MD\n"
LETTER = (
    f"Duarte and Holloway\n400 Main Street, Fresno, CA 93721\nApril 9, 2016\nDear Adjuster:\n{PROSE * 4}"
    "Very truly yours,\nAda Quill\n"
)


def signs(text: str, number: int) -> PageSigns:
    return signs_of(look_at(paper.page(text, number)))


@pytest.mark.parametrize(
    ("before", "page", "begins"),
    [
        pytest.param(f"{VISIT}Page 1 of 2", f"{REST}Page 2 of 2", False, id="numbers go on"),
        pytest.param(f"{VISIT}- 1 -", f"{REST}- 2 -", False, id="bare numbers go on"),
        pytest.param(f"{REST}Page 2 of 2", f"{VISIT}Page 1 of 2", True, id="numbers begin anew"),
        pytest.param(VISIT, REST, False, id="prose goes on"),
        pytest.param(
            f"{VISIT}She was told to", f"take rest and to walk.\n{REST}", False, id="a sentence goes on"
        ),
        pytest.param(REST, LETTER, True, id="a letter behind a signature"),
        pytest.param(
            f"{PROSE * 6}Electronically signed by Orrin Castleby, MD",
            VISIT,
            True,
            id="a visit behind a signature",
        ),
    ],
)
def test_pages_are_parted_where_a_reader_parts_them(before: str, page: str, begins: bool) -> None:
    found = split_bundle([paper.page(before, 1), paper.page(page, 2)])[0]
    assert len(found) == 1 + begins


def test_every_weight_belongs_to_a_sign_and_every_sign_has_a_weight() -> None:
    boundaries = Boundaries()
    boundaries.keep(signs(VISIT, 1), begins=True)
    shown = boundaries.signs(signs(REST, 2), None)
    assert shown is not None
    assert set(shown) | {"always"} == set(linear_model("boundary_signs").weights)


def test_a_page_without_text_goes_on_and_says_nothing_of_the_next() -> None:
    boundaries = Boundaries()
    boundaries.keep(signs(VISIT, 1), begins=True)
    assert boundaries.begins(signs("", 2), None) == 0.0
    boundaries.keep(signs("", 2), begins=False)
    shown = boundaries.signs(signs(REST, 3), None)
    assert shown is not None and shown["ended.lines"] > 0


def test_a_new_file_begins_a_document() -> None:
    boundaries = Boundaries()
    assert boundaries.begins(signs("", 1), None) == 1.0
