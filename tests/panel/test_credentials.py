"""Every credential, both sides of each boundary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openimr.law.qualifications import reviewer_rules
from openimr.panel.credentials import (
    availability_exclusions,
    credential_exclusions,
    is_licensed_in,
    valid_specialties,
)
from openimr.terms.reviewer import Absence, Board, LicenceStatus
from panel.invented import ON, RULES, licence, reviewer

DAY = timedelta(days=1)


def codes(**changes: object) -> list[str]:
    """Return the codes that exclude a reviewer with changes."""
    return [e.code for e in credential_exclusions(reviewer(**changes), RULES, ON)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"licences": ()}, ["LICENCE"]),
        ({"licences": (licence(expires_on=ON),)}, []),
        ({"licences": (licence(expires_on=ON - DAY),)}, ["LICENCE"]),
        ({"licences": (licence(expires_on=None),)}, ["LICENCE"]),
        ({"licences": (licence(status=None),)}, ["LICENCE"]),
        ({"licences": (licence(status=LicenceStatus.RESTRICTED),)}, ["LICENCE"]),
        ({"licences": (licence(status=LicenceStatus.LAPSED), licence("Texas"))}, []),
        ({"licences": (licence("Ontario"),)}, ["LICENCE"]),
        ({"boards": ()}, ["BOARD"]),
        ({"boards": (Board(name="Neurology", expires_on=ON),)}, []),
        ({"boards": (Board(name="Neurology", expires_on=ON - DAY),)}, ["BOARD"]),
        ({"boards": (Board(name="Neurology"),)}, ["BOARD"]),
        ({"boards": (), "taxonomy": ("111N00000X",)}, []),
        ({"boards": (), "taxonomy": ()}, ["BOARD"]),
        ({"discipline": None}, ["DISCIPLINE"]),
        ({"discipline": ("pending in one State",)}, ["DISCIPLINE"]),
        ({"discipline_checked_on": None}, ["DISCIPLINE"]),
        ({"discipline_checked_on": ON + DAY}, ["DISCIPLINE"]),
        ({"exclusions_checked_on": None}, ["DISCIPLINE"]),
        ({"qme": True}, ["QME"]),
        ({"qme": None}, ["QME"]),
        ({"practice_since": date(2010, 3, 1)}, []),
        ({"practice_since": date(2010, 3, 2)}, ["YEARS"]),
        ({"practice_since": None}, ["YEARS"]),
        ({"practice_proved_on": None}, ["YEARS"]),
        ({"hours_per_week": 24.0}, []),
        ({"hours_per_week": 23.5}, ["HOURS"]),
        ({"hours_per_week": None}, ["HOURS"]),
        ({"hours_proved_on": None}, ["HOURS"]),
        ({"licences": (), "qme": True, "hours_per_week": 10.0}, ["LICENCE", "QME", "HOURS"]),
    ],
)
def test_a_credential_excludes_when_it_is_not_in_force_stated_or_proved(
    changes: dict[str, object], expected: list[str]
) -> None:
    assert codes(**changes) == expected


def test_an_evaluator_could_review_until_the_end_of_2013() -> None:
    evaluator = reviewer(
        qme=True,
        practice_proved_on=date(2013, 1, 5),
        hours_proved_on=date(2013, 1, 5),
        discipline_checked_on=date(2013, 1, 5),
        exclusions_checked_on=date(2013, 1, 5),
    )
    last, first = date(2013, 12, 31), date(2014, 1, 1)
    assert credential_exclusions(evaluator, reviewer_rules("us_ca_wc", last), last) == ()
    found = credential_exclusions(evaluator, reviewer_rules("us_ca_wc", first), first)
    assert [e.code for e in found] == ["QME"]


def test_every_exclusion_gives_a_reason_and_a_citation() -> None:
    found = credential_exclusions(reviewer(licences=(), qme=True, hours_per_week=1.0), RULES, ON)
    assert all(e.reason.endswith(".") and e.citation for e in found)


@pytest.mark.parametrize(
    ("changes", "open_cases", "expected"),
    [
        ({"absences": (Absence(first=ON, last=ON),)}, 0, ["ABSENT"]),
        ({"absences": (Absence(first=ON + DAY, last=ON + DAY),)}, 0, []),
        ({"absences": (Absence(first=ON - DAY, last=ON - DAY),)}, 0, []),
        ({"capacity": 2}, 1, []),
        ({"capacity": 2}, 2, ["CAPACITY"]),
        ({"capacity": 0}, 0, ["CAPACITY"]),
        ({"capacity": None}, 0, ["CAPACITY"]),
    ],
)
def test_absence_and_capacity(changes: dict[str, object], open_cases: int, expected: list[str]) -> None:
    found = availability_exclusions(reviewer(**changes), ON, open_cases=open_cases)
    assert [e.code for e in found] == expected


def test_a_state_is_known_by_its_letters_and_its_name() -> None:
    assert is_licensed_in(reviewer(licences=(licence("California"),)), "California", ON)
    assert is_licensed_in(reviewer(), "California", ON)
    assert not is_licensed_in(reviewer(licences=(licence("CO"),)), "California", ON)
    assert not is_licensed_in(reviewer(licences=(licence(expires_on=ON - DAY),)), "California", ON)


def test_a_lapsed_board_is_no_specialty() -> None:
    boards = (Board(name="Neurology", expires_on=ON - DAY), Board(name="Pain Medicine", expires_on=ON))
    assert valid_specialties(reviewer(boards=boards), ON) == ("Pain Management",)
    lapsed = reviewer(boards=boards[:1], subspecialties=("Sleep Medicine",))
    assert valid_specialties(lapsed, ON) == ()
