"""Whatever dates a case states, the answer is a value: never a crash, never a guess."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.tables import case_of
from openimr.law.consolidation import consolidations
from openimr.law.deadlines import deadlines
from openimr.law.eligibility import check_eligibility
from openimr.law.fees import fees
from openimr.law.order import check_dates
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    Closing,
    ClosingStage,
    ReviewerClass,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

DAYS = st.dates(date(2010, 1, 1), date(2036, 12, 31)) | st.dates()
MAYBE = st.none() | DAYS
MOMENTS = st.none() | st.builds(
    lambda day, hour: Moment(day, datetime.combine(day, time(hour), UTC) if hour is not None else None),
    DAYS,
    st.none() | st.integers(0, 23),
)
FLAGS = st.sampled_from([None, True, False])
DISPUTES = st.builds(
    CaseDispute,
    request=st.sampled_from(["Norco 10/325 mg #60", "MRI of the lumbar spine", "Acupuncture x 6", "?"]),
    ur_action=st.none() | st.sampled_from(list(UrAction)),
    date_of_service=MAYBE,
    prior_determination_on=MAYBE,
    authorized_since=MAYBE,
)
CASES = st.builds(
    Case,
    schema=st.just(1),
    case=st.builds(
        CaseHead,
        programme=st.just("us_ca_wc"),
        number=st.just("CM14-0000001"),
        priority=st.sampled_from(list(Priority)),
        formulary_dispute=FLAGS,
    ),
    dates=st.builds(
        CaseDates, **{f.name: MAYBE if f.name == "of_injury" else MOMENTS for f in fields(CaseDates)}
    ),
    service=st.builds(
        CaseService, **{f.name: st.none() | st.sampled_from(list(ServiceMethod)) for f in fields(CaseService)}
    ),
    application=st.builds(
        Application,
        signed=FLAGS,
        signed_by=st.none() | st.sampled_from(list(SignedBy)),
        representative_designated_on=MAYBE,
        ur_decision_attached=FLAGS,
        liability_disputed=FLAGS,
        payer_agrees_to_review=FLAGS,
        withdrawn_on=MAYBE,
    ),
    dispute=st.lists(DISPUTES, max_size=3).map(tuple),
    closing=st.builds(
        Closing,
        stage=st.none() | st.sampled_from(list(ClosingStage)),
        reviewer_class=st.none() | st.sampled_from(list(ReviewerClass)),
        reviewers=st.none() | st.integers(-1, 4),
    ),
)


@given(case=CASES)
def test_any_case_gets_an_answer(case: Case) -> None:
    book = load_rulebook()
    found = deadlines(case, book)
    assert len({d.ref for d in found}) == len(found)
    for clock in found:
        assert clock.explanation
        if clock.due is not None:
            assert clock.starts is not None
            assert clock.due.on >= clock.starts.on - timedelta(days=1)
    answer = check_eligibility(case, book, others=[replace(case, case=replace(case.case, number="CM14-2"))])
    numbers = range(1, len(case.disputes) + 1)
    assert set(answer.eligible) <= set(numbers)
    stopped = {g.dispute for g in answer.grounds}
    for number in numbers:
        assert (number in answer.eligible) == (None not in stopped and number not in stopped)
    check_dates(case)
    for charge in fees(case, book):
        assert charge.explanation
        assert charge.amount_usd is None or charge.amount_usd > 0
    consolidations([case, replace(case, case=replace(case.case, number="CM14-2"))], book)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("hour", [None, time.min, time.max])
def test_the_ends_of_the_calendar_get_an_answer_too(day: date, hour: time | None) -> None:
    moment = Moment(day, None if hour is None else datetime.combine(day, hour, UTC))
    dates = {f.name: day if f.name == "of_injury" else moment for f in fields(CaseDates)}
    dispute = CaseDispute(request="Acupuncture x 6", date_of_service=day, prior_determination_on=day)
    case = replace(case_of({}), dates=CaseDates(**dates), dispute=(dispute,))
    assert all(d.due is None for d in deadlines(case, load_rulebook()))
    check_eligibility(case, load_rulebook(), others=[replace(case, schema=1)])
    check_dates(case)
    assert all(charge.amount_usd is None for charge in fees(case, load_rulebook()))


@given(case=CASES)
def test_nothing_is_late_without_a_day_of_submission(case: Case) -> None:
    unsaid = replace(case, dates=replace(case.dates, submitted=None))
    assert "LATE" not in {g.code for g in check_eligibility(unsaid, load_rulebook()).grounds}


@given(case=CASES)
def test_utilization_review_that_was_late_stops_nothing(case: Case) -> None:
    assert "WCABUR" not in {g.code for g in check_eligibility(case, load_rulebook()).grounds}


def test_a_case_without_any_date_has_clocks_without_a_day() -> None:
    found = deadlines(case_of({}), load_rulebook())
    assert found
    assert all(d.due is None and "does not state" in d.explanation for d in found)
