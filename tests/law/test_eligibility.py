"""The table of eligibility: every ground on its own, and several together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from law.tables import BARE, case_of, rows
from openimr.law.eligibility import check_eligibility
from openimr.law.order import check_dates
from openimr.law.rulebook import load_rulebook
from openimr.terms.eligibility import Ground, GroundOutcome
from openimr.terms.places import Verification

# A case that nothing stands against.
WHOLE: dict[str, object] = BARE | {
    "patient": {"id": "patient-1"},
    "provider": {"name": "Asta Invented, MD", "npi": "0000000001", "group": "Invented Group"},
    "dates": {
        "of_injury": date(2013, 5, 5),
        "rfa": date(2014, 2, 24),
        "ur_decision": date(2014, 3, 3),
        "ur_served": date(2014, 3, 3),
        "submitted": date(2014, 3, 20),
        "application_received": date(2014, 3, 22),
    },
    "service": {"ur": "mail_ca"},
    "application": {
        "signed": True,
        "signed_by": "employee",
        "ur_decision_attached": True,
        "liability_disputed": False,
    },
    "dispute": [{"request": "Baclofen 10 mg #60", "ur_action": "deny"}],
}


def written(ground: Ground) -> str:
    """Return a ground as the table writes it."""
    return f"{ground.code} {ground.dispute or 0} {ground.outcome.value}"


def whole_case(given: dict[str, object]):
    """Return the case that nothing stands against, with what a row changes; whole dates replace."""
    start = dict(WHOLE)
    if "of_injury" in given.get("dates", {}):
        start["dates"] = {}
    return case_of(given, start=start)


@pytest.mark.parametrize("row", rows("eligibility.toml", "case"), ids=lambda row: row["says"])
def test_a_case_has_the_grounds_of_the_table(row: dict[str, object]) -> None:
    found = check_eligibility(whole_case(row["given"]), load_rulebook())
    assert sorted(map(written, found.grounds)) == sorted(row.get("grounds", []))
    assert sorted(map(written, found.alerts)) == sorted(row.get("alerts", []))
    assert list(found.eligible) == row["eligible"]
    assert len(found.unknown) == len(row.get("unknown", []))
    for key, words in zip(row.get("unknown", []), found.unknown, strict=True):
        assert key in words


def test_a_case_that_says_nothing_is_not_ineligible_and_names_what_is_missing() -> None:
    found = check_eligibility(case_of({"dispute": [{"request": "Baclofen"}]}), load_rulebook())
    assert found.grounds == ()
    assert found.eligible == (1,)
    for code in ("NOSIG", "NOPARTY", "NOUR", "LATE", "PREEFF", "LIAB", "CNC"):
        assert any(code in words for words in found.unknown), code


def test_of_two_applications_for_one_decision_the_later_is_the_duplicate() -> None:
    first = whole_case({})
    second = whole_case(
        {
            "case": {"number": "CM14-0000002"},
            "dates": {"application_received": date(2014, 3, 25)},
            "dispute": [
                {"request": "BACLOFEN  10 mg, #60", "ur_action": "deny"},
                {"request": "MRI of the knee", "ur_action": "deny"},
            ],
        }
    )
    book = load_rulebook()
    assert check_eligibility(first, book, others=[second]).grounds == ()
    found = check_eligibility(second, book, others=[first, second])
    assert list(map(written, found.grounds)) == ["DUP 1 duplicate"]
    assert found.eligible == (2,)


def test_which_of_two_came_first_is_asked_of_a_person_where_it_cannot_be_told() -> None:
    other = whole_case({"case": {"number": "CM14-0000002"}, "dates": {"application_received": ""}})
    found = check_eligibility(whole_case({}), load_rulebook(), others=[other])
    assert [g.outcome for g in found.grounds] == [GroundOutcome.ASK_A_PERSON]


def test_of_two_received_on_one_day_the_later_number_is_the_duplicate() -> None:
    first, second = whole_case({}), whole_case({"case": {"number": "CM14-0000002"}})
    assert check_eligibility(first, load_rulebook(), others=[second]).grounds == ()
    found = check_eligibility(second, load_rulebook(), others=[first])
    assert [g.outcome for g in found.grounds] == [GroundOutcome.DUPLICATE]


def test_another_decision_on_the_same_drug_is_no_duplicate() -> None:
    other = whole_case(
        {
            "case": {"number": "CM13-0000002"},
            "dates": {"ur_decision": date(2013, 9, 9), "application_received": date(2013, 10, 1)},
        }
    )
    assert check_eligibility(whole_case({}), load_rulebook(), others=[other]).grounds == ()


@pytest.mark.parametrize(
    ("issued", "group", "expected"),
    [
        (date(2013, 11, 1), "Invented Group", ["PRIOR 1 ineligible"]),
        (date(2013, 2, 23), "Invented Group", []),
        (date(2013, 11, 1), "Another Group", []),
    ],
)
def test_a_determination_in_another_case_binds_the_practice_group_for_a_year(
    issued: date, group: str, expected: list[str]
) -> None:
    other = whole_case(
        {
            "case": {"number": "CM13-0000002"},
            "provider": {"name": "Bela Invented, MD", "npi": "0000000002", "group": group},
            "dates": {"ur_decision": date(2013, 1, 9), "determination_issued": issued},
        }
    )
    found = check_eligibility(whole_case({}), load_rulebook(), others=[other])
    assert list(map(written, found.grounds)) == expected


def test_a_recalled_ground_says_so() -> None:
    found = check_eligibility(whole_case({"application": {"signed_by": "other"}}), load_rulebook())
    assert [g.verified.how for g in found.grounds] == [Verification.RECALLED]


def test_impossible_dates_are_told_with_both_keys() -> None:
    case = whole_case(
        {
            "patient": {"born_on": date(2015, 1, 1)},
            "dates": {"ur_decision": date(2014, 2, 1), "submitted": date(2013, 5, 4)},
        }
    )
    told = {(p.field, p.message) for p in check_dates(case)}
    fields = {field for field, _ in told}
    assert {"patient.born_on", "dates.ur_decision", "dates.submitted"} <= fields
    assert any("dates.of_injury" in m for f, m in told if f == "dates.submitted")
    assert check_dates(whole_case({})) == ()


def test_a_treatment_before_the_injury_is_told() -> None:
    case = whole_case({"dispute": [{"request": "Baclofen", "date_of_service": date(2013, 5, 4)}]})
    assert [p.field for p in check_dates(case)] == ["dispute.1.date_of_service"]
    on_the_day = replace(case.dispute[0], date_of_service=date(2013, 5, 5))
    assert check_dates(replace(case, dispute=(on_the_day,))) == ()
