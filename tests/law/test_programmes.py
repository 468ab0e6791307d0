"""Regimes, who decides, consolidation, and the sibling programme in the same form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given

from law.tables import case_of
from law.test_bad_input import CASES
from law.test_eligibility import whole_case
from law.test_rulebook import source_keys
from openimr.law.calendars import load_calendars
from openimr.law.computing import Dates, compute
from openimr.law.consolidation import consolidations
from openimr.law.deadlines import deadlines, table_of
from openimr.law.deciders import decisions, who_decides
from openimr.law.eligibility import check_eligibility
from openimr.law.order import check_dates
from openimr.law.qualifications import appeal_rights
from openimr.law.rulebook import load_rulebook, programmes
from openimr.law.starts import STARTS
from openimr.law.traits import traits_of
from openimr.terms.case import Case
from openimr.terms.eligibility import Decider
from openimr.terms.errors import LawError
from openimr.terms.period import Moment
from openimr.terms.places import Verification
from openimr.vocabulary.tables import read_table


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (date(2012, 12, 31), []),
        (date(2013, 1, 1), ["R0"]),
        (date(2014, 2, 11), ["R0"]),
        (date(2014, 2, 12), ["R1"]),
        (date(2016, 12, 31), ["R1"]),
        (date(2017, 1, 1), ["R1", "R1b"]),
        (date(2017, 12, 31), ["R1", "R1b"]),
        (date(2018, 1, 1), ["R2"]),
        (date(2026, 3, 31), ["R2"]),
        (date(2026, 4, 1), ["R3"]),
    ],
)
def test_a_day_bears_the_labels_of_its_regimes(day: date, labels: list[str]) -> None:
    assert [r.label for r in load_rulebook().regimes_on(day)] == labels


def test_who_decides_is_listed_with_its_passage() -> None:
    assert who_decides("extension for good cause").decided_by is Decider.ADMINISTRATIVE_DIRECTOR
    assert who_decides("medical necessity").decided_by is Decider.REVIEWER
    assert all(d.citation and d.verified.source for d in decisions())
    with pytest.raises(LawError, match="medical necessity"):
        who_decides("the weather")


def numbered(number: str, **given: object) -> Case:
    """Return a case that nothing stands against, under another number and for another decision."""
    return whole_case({"case": {"number": number}, **given})


def test_applications_of_the_same_employee_physician_and_injury_may_be_one() -> None:
    first = numbered("CM14-0000001")
    later = {"ur_decision": date(2014, 3, 4), "application_received": date(2014, 3, 24)}
    second = numbered("CM14-0000002", dates=later)
    (found,) = consolidations([second, first], load_rulebook())
    assert found.cases == ("CM14-0000001", "CM14-0000002")
    assert "need not" in found.because
    others = [
        numbered("CM14-0000003", dates=later, patient={"id": "patient-2"}),
        numbered("CM14-0000003", dates=later, provider={"npi": "0000000009"}),
        numbered("CM14-0000003", dates={**later, "of_injury": date(2013, 5, 6)}),
        numbered("CM14-0000003", dates=later, application={"signed": False}),
        numbered("CM14-0000003", dates={**later, "application_received": ""}),
    ]
    for other in others:
        assert consolidations([first, other], load_rulebook()) == ()


def test_no_rule_of_consolidation_before_the_final_regulations() -> None:
    dates = {"ur_decision": date(2014, 1, 20), "ur_served": date(2014, 1, 20), "rfa": date(2014, 1, 15)}
    for received, groups in ((date(2014, 2, 11), 0), (date(2014, 2, 12), 1)):
        day = {**dates, "submitted": received, "application_received": received}
        first = numbered("CM14-0000001", dates=day)
        second = numbered("CM14-0000002", dates={**day, "ur_decision": date(2014, 1, 19)})
        assert len(consolidations([first, second], load_rulebook())) == groups


COMPLETE = {"application_received": date(2015, 3, 2), "records_complete": date(2015, 3, 9)}
HEALTH_PLAN: dict[str, object] = {"case": {"programme": "us_ca_dmhc"}}


@pytest.mark.parametrize(
    ("ref", "given", "due"),
    [
        ("H1", {"dates": {"ur_served": date(2015, 1, 15)}}, date(2015, 7, 15)),
        ("H1", {"dates": {"ur_served": date(2015, 8, 31)}}, date(2016, 2, 29)),
        ("H2", {"dates": {"application_received": date(2015, 3, 2)}}, date(2015, 3, 9)),
        ("H3", {"dates": {"noarfi_sent": date(2015, 3, 6)}}, date(2015, 3, 11)),
        ("H5", {"dates": COMPLETE}, date(2015, 4, 8)),
        ("H6", {"dates": COMPLETE}, date(2015, 4, 13)),
        ("H9", {"dates": {"determination_served": date(2015, 3, 2)}}, date(2015, 3, 9)),
    ],
)
def test_the_rows_of_the_sibling_programme_are_computed_by_the_same_code(
    ref: str, given: dict[str, object], due: date
) -> None:
    found = {d.ref: d for d in deadlines(case_of(HEALTH_PLAN | given), load_rulebook("us_ca_dmhc"))}
    assert found[ref].due == Moment(due), found[ref].explanation
    assert found[ref].rule.startswith("us_ca_dmhc.")


def test_the_sibling_programme_has_short_clocks_too() -> None:
    given = {
        "case": {"programme": "us_ca_dmhc", "priority": "expedited"},
        "dates": {
            "ur_decision": date(2015, 2, 27),
            "application_received": datetime.fromisoformat("2015-03-02T09:00:00-08:00"),
            "records_complete": date(2015, 3, 4),
        },
        "dispute": [{"request": "Gene therapy", "ur_action": "deny", "ur_reason": "Experimental."}],
    }
    found = {d.ref: d for d in deadlines(case_of(given), load_rulebook("us_ca_dmhc"))}
    assert found["H2"].due == Moment(date(2015, 3, 4), datetime.fromisoformat("2015-03-04T09:00:00-08:00"))
    assert found["H5"].due == Moment(date(2015, 3, 9))
    assert found["H7"].due == Moment(date(2015, 3, 6))
    given["dispute"] = [{"request": "Gene therapy", "ur_action": "deny"}]
    found = {d.ref: d for d in deadlines(case_of(given), load_rulebook("us_ca_dmhc"))}
    assert found["H5"].due == Moment(date(2015, 3, 9))
    assert "H7" not in found


def test_what_the_sibling_programme_has_not_is_said() -> None:
    case, book = case_of(HEALTH_PLAN), load_rulebook("us_ca_dmhc")
    with pytest.raises(LawError, match="no grounds are encoded"):
        check_eligibility(case, book)
    with pytest.raises(LawError, match="no appeal is encoded"):
        appeal_rights(case, Moment(date(2015, 3, 2)), None)
    assert {"eligibility", "fees"} <= {item.id for item in book.not_encoded}
    recalled = book.version("implementation_deadline", date(2015, 3, 2))
    assert recalled.verified.how is Verification.RECALLED


def test_the_sources_of_the_sibling_programme_are_listed() -> None:
    known = {row["key"] for row in read_table("openimr.law", "us_ca_dmhc/sources.csv")}
    versions = [v for rule in load_rulebook("us_ca_dmhc").rules.values() for v in rule.versions]
    assert {k for v in versions if v.verified.source for k in source_keys(v.verified.source)} == known


def test_every_rule_of_a_clock_is_there_and_states_its_figure() -> None:
    for programme in programmes():
        book = load_rulebook(programme)
        for clock in table_of(book):
            stated = [v for v in book.rule(clock.rule).versions if v.has(clock.figure)]
            assert stated, f"{programme}: no version of {clock.rule} states {clock.figure}"


@given(case=CASES)
def test_what_is_remembered_is_what_is_computed_anew(case: Case) -> None:
    """An answer out of memory is that of the case itself, sentence included, hour of the start apart."""
    book, traits = load_rulebook(), traits_of(case)
    fresh = {d.ref: d for d in deadlines(case, replace(book))}
    remembered = {d.ref: d for d in deadlines(case, book)}
    assert remembered == fresh
    assert {r: d.explanation for r, d in remembered.items()} == {r: d.explanation for r, d in fresh.items()}
    dates = {start: start.read(case) for start in STARTS.values()}
    for clock in table_of(book):
        if clock.applies(traits) and clock.served is None and clock.ref in remembered:
            found = compute(clock, traits, Dates(dates, None), book, load_calendars())
            if found is not None and found.due is not None:
                assert remembered[clock.ref].due == found.due


def test_dates_that_cannot_stand_together_name_the_clocks_that_depend_on_them() -> None:
    case = whole_case({"dates": {"noarfi_sent": date(2014, 3, 1), "eligible": date(2014, 3, 5)}})
    messages = [p.message for p in check_dates(case) if p.field == "dates.noarfi_sent"]
    assert messages
    assert all("D1" in m and "D3s" in m for m in messages)
    assert any("S1" in m for m in messages)
