"""The tables of clocks: both sides of every boundary."""

from __future__ import annotations

from datetime import date

import pytest

from law.tables import case_of, rows
from openimr.law.deadlines import deadlines, table_of
from openimr.law.qualifications import appeal_rights, ineligibility_appeal
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import ServiceMethod
from openimr.terms.period import Moment

CLOCKS = [row for table in ("filing", "later_steps", "duties") for row in rows(f"{table}.toml", "clock")]


@pytest.mark.parametrize("row", CLOCKS, ids=lambda row: f"{row['ref']} {row['says']}")
def test_a_clock_ends_where_the_table_says(row: dict[str, object]) -> None:
    found = {d.ref: d for d in deadlines(case_of(row["given"]), load_rulebook())}
    clock = found[row["ref"]]
    if "missing" in row:
        assert clock.due is None
        assert row["missing"] in clock.explanation
    elif "due_at" in row:
        assert clock.due is not None
        assert clock.due.at == row["due_at"]
        assert clock.due.at.utcoffset() == row["due_at"].utcoffset()
    else:
        assert clock.due == Moment(row["due"]), clock.explanation
    for words in row.get("words", []):
        assert words in clock.explanation
    for words in row.get("no_words", []):
        assert words not in clock.explanation
    for ref in row.get("absent", []):
        assert ref not in found


def test_every_clock_names_its_rule_citation_and_verification() -> None:
    for row in CLOCKS:
        for clock in deadlines(case_of(row["given"]), load_rulebook()):
            assert clock.rule in load_rulebook().rules
            assert clock.citation
            assert clock.citation in clock.explanation
            assert clock.who


def test_every_clock_of_the_table_is_tried_on_both_answers() -> None:
    """Each code of the deadline table stands in the tables; those that can have a date have one."""
    assert {row["ref"] for row in CLOCKS} >= {clock.ref for clock in table_of(load_rulebook())}
    dated = {row["ref"] for row in CLOCKS if "missing" not in row}
    without = {"A4", "A5", "E1", "E2", "E3", "S2", "D5", "D6", "D7", "D9", "V5", "I3", "I4", "P2", "P3", "F1"}
    assert {clock.ref for clock in table_of(load_rulebook())} - dated == without


def test_the_right_to_appeal_runs_from_the_service_that_is_given() -> None:
    case = case_of({"dates": {"determination_served": date(2014, 1, 2)}})
    found = appeal_rights(case, Moment(date(2014, 12, 15)), ServiceMethod.MAIL_CA)
    assert (found.ref, found.due) == ("P1", Moment(date(2015, 1, 20)))
    assert appeal_rights(case, Moment(date(2014, 12, 15)), None).due == found.due


def test_a_petition_against_ineligibility_runs_from_the_service_that_is_given() -> None:
    case, served = case_of({}), Moment(date(2014, 12, 15))
    assert ineligibility_appeal(case, served, ServiceMethod.PERSONAL) == Moment(date(2015, 1, 14))
    assert ineligibility_appeal(case, served, ServiceMethod.MAIL_CA) == Moment(date(2015, 1, 20))
    assert ineligibility_appeal(case, served, None) == Moment(date(2015, 1, 20))
