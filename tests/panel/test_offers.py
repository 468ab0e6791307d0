"""Offers: in time, declined, lapsed, withdrawn; the next best is asked, nobody twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openimr.panel.assign import assign_cases, waiting_case
from openimr.panel.offers import (
    Offers,
    OfferState,
    accept_offer,
    decline_offer,
    lapse_offer,
    offer_case,
    withdraw_for_conflict,
)
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Exclusion, Panel, Unassignable
from panel.invented import CASE, ON, RULES, licence, reviewer

DAY = timedelta(days=1)
NUMBER = CASE.case.number
NONE = Offers(case=NUMBER)
DRAW = assign_cases(
    [waiting_case(CASE)],
    Panel(
        schema=1,
        reviewer=(
            reviewer("best"),
            reviewer("second", turnaround_days=9.0),
            reviewer("third", licences=(licence("TX"),)),
            reviewer("never", qme=True),
        ),
    ),
    rules=RULES,
    on=ON,
    seed=1,
)


def offered(offers: Offers = NONE) -> Offers:
    """Return the offers with the next one, to be answered within two days."""
    found = offer_case(DRAW, offers, on=ON, respond_by=ON + 2 * DAY)
    assert isinstance(found, Offers)
    return found


def names(offers: Offers) -> list[tuple[str, OfferState]]:
    return [(o.reviewer, o.state) for o in offers.offers]


def test_the_assigned_reviewer_is_asked_first_and_the_next_best_after_a_refusal() -> None:
    first = offered()
    assert [o.reviewer for o in first.offers] == list(DRAW.result.reviewers_of(NUMBER))
    declined = decline_offer(first, "On leave next week.", ON + DAY)
    second = offered(declined)
    third = offered(lapse_offer(second, ON + 3 * DAY))
    assert [state for _, state in names(third)] == [
        OfferState.DECLINED,
        OfferState.LAPSED,
        OfferState.OPEN,
    ]
    assert names(third)[-1][0] == "third"
    assert len(third.asked) == 3
    accepted = accept_offer(third, ON + 2 * DAY)
    assert accepted.latest is not None
    assert accepted.latest.closed_on == ON + 2 * DAY


def test_an_answer_in_time_counts_and_one_too_late_does_not() -> None:
    assert lapse_offer(offered(), ON + 2 * DAY) == offered()
    with pytest.raises(AssignmentError, match="ended on"):
        accept_offer(offered(), ON + 3 * DAY)
    with pytest.raises(AssignmentError, match="no reason"):
        decline_offer(offered(), "  ", ON)
    with pytest.raises(AssignmentError, match="is open with"):
        offer_case(DRAW, offered(), on=ON, respond_by=ON)
    with pytest.raises(AssignmentError, match="before"):
        offer_case(DRAW, NONE, on=ON, respond_by=ON - DAY)
    with pytest.raises(AssignmentError, match="no offer is open"):
        accept_offer(NONE, ON)


def test_a_tie_that_is_found_late_takes_the_case_away_and_it_goes_on() -> None:
    accepted = accept_offer(offered(), ON)
    assert accepted.latest is not None
    tied = Exclusion(reviewer=accepted.latest.reviewer, code="CONFLICT", reason="Owns shares of the maker.")
    withdrawn = withdraw_for_conflict(accepted, tied, ON + DAY)
    assert names(withdrawn)[-1][1] is OfferState.WITHDRAWN
    assert len(offered(withdrawn).offers) == 2
    with pytest.raises(AssignmentError, match="does not have the case"):
        withdraw_for_conflict(accepted, Exclusion(reviewer="third", code="CONFLICT", reason="A tie."), ON)
    with pytest.raises(AssignmentError, match="does not have the case"):
        withdraw_for_conflict(withdrawn, tied, ON)


def test_when_everybody_was_asked_the_case_is_unassignable_with_their_reasons() -> None:
    offers = NONE
    for _ in range(3):
        offers = decline_offer(offered(offers), "No time.", ON)
    ended = offer_case(DRAW, offers, on=ON, respond_by=ON)
    assert isinstance(ended, Unassignable)
    assert [e.code for e in ended.reasons] == ["DECLINED"] * 3 + ["QME"]
    full = offer_case(DRAW, NONE, on=ON, respond_by=ON, full=("best", "second"))
    assert isinstance(full, Offers)
    assert full.asked == {"third"}
