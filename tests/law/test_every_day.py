"""Every day of fourteen years as the day on which the clocks start, beside the second reading of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from law.oracle import Due, due_dates
from law.oracle_calendar import OPEN, WHY_OPEN
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    ServiceMethod,
    UrAction,
)
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

YEARS = range(2013, 2027)
# Of some four thousand dates a year, on so few two readings of the lists of holidays differ.
MOST_OPEN_PCT = 4


def started_on(day: date, *, formulary: bool) -> Case:
    """Return a case in which everything happened on the day."""
    on = Moment(on=day)
    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc",
            number="CM20-9900000",
            priority=Priority.REGULAR,
            formulary_dispute=formulary,
        ),
        dates=CaseDates(
            of_injury=date(2013, 1, 1),
            rfa_received=on,
            ur_decision=on,
            ur_served=on,
            imr_form_provided=on,
            eligible=on,
            noarfi_sent=on,
            records_complete=on,
            determination_served=on,
        ),
        service=CaseService(
            ur=ServiceMethod.FAX, noarfi=ServiceMethod.MAIL_CA, determination=ServiceMethod.MAIL_US
        ),
        application=Application(liability_disputed=False),
        dispute=(
            CaseDispute(request="Cyclobenzaprine 7.5 mg #60", ur_action=UrAction.DENY),
            CaseDispute(
                request="Norco 10/325 mg #120", ur_action=UrAction.RETROSPECTIVE_DENY, date_of_service=day
            ),
        ),
    )


def compared(case: Case) -> tuple[list[str], int, int]:
    """Return the rows that differ, how many dates were compared, and how many of them are open."""
    rows, wrong, dates, open_dates = due_dates(case), [], 0, 0
    for one in deadlines(case, load_rulebook()):
        allowed: frozenset[Due] = rows[one.ref].dates if one.ref in rows else frozenset()
        if one.due is None or not allowed:
            continue
        dates += 1
        open_dates += len(allowed) > 1 and one.ref not in ("A6", "V4", "U1", "U2")
        if one.due.on not in allowed:
            wrong.append(f"{one.ref} from {one.starts}: {one.due}, not {sorted(map(str, allowed))}")
    return wrong, dates, open_dates


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_year_starts_the_same_clocks_in_both_readings(year: int) -> None:
    day, wrong, dates, open_dates = date(year, 1, 1), [], 0, 0
    while day.year == year:
        for formulary in (False, True):
            differing, seen, several = compared(started_on(day, formulary=formulary))
            wrong += differing
            dates += seen
            open_dates += several
        day += timedelta(days=1)
    assert wrong == []
    assert dates > 365 * 2 * 10
    assert open_dates < dates * MOST_OPEN_PCT / 100


def test_every_open_reading_has_its_reason() -> None:
    """Which list of holidays 8 CCR and LC 4600.4 mean is one reason; the other names have one each."""
    named = OPEN["judicial"] | OPEN["working"] | {"working_period_rolls", "holiday_list"}
    assert set(WHY_OPEN) == named


def test_another_way_of_service_moves_the_last_day() -> None:
    """The comparison sees a difference when there is one."""
    case = started_on(date(2019, 3, 4), formulary=False)
    moved = replace(case, service=replace(case.service, ur=ServiceMethod.MAIL_ABROAD))
    found = {one.ref: one.due for one in deadlines(moved, load_rulebook())}
    assert found["A1"] is not None
    assert found["A1"].on not in due_dates(case)["A1"].dates
