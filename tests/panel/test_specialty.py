"""The table of specialties, and what it says of single treatments."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from openimr.panel.specialty import (
    certifications,
    fit_rows,
    specialties_for,
    specialties_of_code,
    specialty_fit,
    treatment_fit,
)
from openimr.terms.case import Diagnoses
from openimr.terms.places import Verification
from openimr.terms.reviewer import Board, SpecialtyFit
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.specialties import specialty_named
from panel.invented import CASE, ON, reviewer

SYSTEMS = {"spine", "upper extremity", "lower extremity", "head", "trunk", "psyche", "sleep"}


def fit_of(specialty: str, request: str, diagnosis: str = "") -> SpecialtyFit:
    """Return how a specialty fits a request."""
    case = replace(CASE, diagnoses=Diagnoses(text=(diagnosis,) if diagnosis else ()))
    holder = reviewer(boards=(Board(name=specialty, expires_on=date(2020, 1, 1)),))
    return treatment_fit(holder, parse_request(request), case, ON).fit


@pytest.mark.parametrize("row", fit_rows(), ids=lambda row: f"{row.specialty} {row.fit.value}")
def test_a_row_uses_known_words_and_names_how_it_was_verified(row) -> None:
    named = specialty_named(row.specialty)
    assert named is not None
    assert named.name == row.specialty
    assert row.kinds <= {kind.value for kind in TreatmentKind}
    assert row.systems <= SYSTEMS
    assert row.fit is not SpecialtyFit.NO
    assert row.source or row.how is Verification.RECALLED
    assert row.reason


@pytest.mark.parametrize(
    ("specialty", "request_text", "diagnosis", "expected"),
    [
        ("Pain Medicine", "Lumbar epidural steroid injection L4-L5", "", SpecialtyFit.SAME),
        ("Orthopaedic Surgery", "Left knee arthroscopy", "", SpecialtyFit.SAME),
        ("Orthopedic Surgery", "Norco 10/325 mg #60", "Right knee pain", SpecialtyFit.SIMILAR),
        ("Orthopedic Surgery", "Psychotherapy x 6", "Right knee pain", SpecialtyFit.NO),
        ("Psychiatry", "Psychotherapy x 6", "", SpecialtyFit.SAME),
        ("Psychiatry", "Left knee arthroscopy", "Anxiety", SpecialtyFit.NO),
        ("Chiropractic", "Norco 10/325 mg #60", "Lumbago", SpecialtyFit.NO),
        ("Dermatology", "Baclofen 10 mg #60", "Lumbago", SpecialtyFit.NO),
        ("Astrology", "Baclofen 10 mg #60", "Lumbago", SpecialtyFit.NO),
    ],
)
def test_same_similar_and_no(
    specialty: str, request_text: str, diagnosis: str, expected: SpecialtyFit
) -> None:
    assert fit_of(specialty, request_text, diagnosis) is expected


def test_a_case_fits_as_well_as_its_worst_dispute() -> None:
    treatments = [
        parse_request("Left knee arthroscopy"),
        parse_request("Norco 10/325 mg #60 for the left knee"),
    ]
    holder = reviewer(boards=(Board(name="Orthopedic Surgery", expires_on=date(2020, 1, 1)),))
    worst, fits = specialty_fit(holder, treatments, CASE, ON)
    assert [f.fit for f in fits] == [SpecialtyFit.SAME, SpecialtyFit.SIMILAR]
    assert worst is SpecialtyFit.SIMILAR
    assert specialty_fit(holder, [], CASE, ON)[0] is SpecialtyFit.NO


def test_forty_specialties_of_the_boards_have_their_codes_and_rows_of_fit() -> None:
    certified = [c for c in certifications() if c.board.startswith("American")]
    fitting = {row.specialty for row in fit_rows()}
    assert len({c.specialty for c in certified} & fitting) >= 40
    assert fitting <= {c.specialty for c in certifications()}
    for one in certifications():
        named = specialty_named(one.specialty)
        assert named is not None
        assert named.name == one.specialty
        assert all(re.fullmatch(r"[0-9A-Z]{9}X", code) for code in one.taxonomy)
    assert specialties_of_code("207XS0117X") == ("Spine Surgery",)
    assert specialties_of_code("000000000X") == ()


def test_who_fits_everything_is_named_the_same_specialty_first() -> None:
    both = specialties_for([("medication", ("spine",)), ("therapy", ("spine",))])
    assert both[0] in ("Occupational Medicine", "Physical Medicine & Rehabilitation")
    assert "Family Practice" in both
    assert specialties_for([("procedure", ("lower extremity",)), ("therapy", ("psyche",))]) == ()
