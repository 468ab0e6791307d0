"""Every clock and every ground beside a second, slow reading of the law: ``oracle`` and its two companions.

A failure here is a disagreement between two readers of the same text. It is
settled by the text, never by widening what is accepted: where the text itself
leaves two readings open, the oracle says so beside the row, with the reason.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone

from benchmarks.cases import EVERY_YEAR, generate
from hypothesis import given, settings
from hypothesis import strategies as st

from law.oracle import Due, due_dates, unknown
from law.oracle_eligibility import disagreements
from openimr.law.deadlines import deadlines
from openimr.law.eligibility import check_eligibility
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    Patient,
    Provider,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

CASES = 2_000
SEED = 863
REMEMBERED = 1_500

# Rows of which a case always shows one; a clock of each must have been compared many times with one date.
COMPARED = "U1 U2 U4 U5 U9 A1 A2 A3 S1 D1 D2 D3 V1 V2 V3 I1 I2 P1".split()


# Duties without a number of days, and clocks whose first day no case file states.
NO_DATE = set("A4 A5 E1 E2 E3 S2 D5 D6 D7 D9 V5 I3 I4 P2 P3 F1".split())


def differences(case: Case, found: Iterable[tuple[str, Moment | None]]) -> list[str]:
    """Return every row in which the found dates are none that the law allows, in words."""
    rows, seen, wrong = due_dates(case), set[str](), []
    for ref, due in found:
        seen.add(ref)
        allowed = rows.get(ref, unknown() if ref in NO_DATE else None)
        if allowed is None:
            wrong.append(f"{ref}: {due}, but the row does not apply")
        elif not _agrees(due, allowed.dates):
            wrong.append(f"{ref}: {due}, but {sorted(map(str, allowed.dates))} {allowed.because}")
    for ref, row in rows.items():
        if row.must and ref not in seen:
            wrong.append(f"{ref}: missing, but {sorted(map(str, row.dates))}")
    return wrong


def _agrees(due: Moment | None, allowed: frozenset[Due]) -> bool:
    if due is None:
        return None in allowed
    return any(due.at == one if isinstance(one, datetime) else due.on == one for one in allowed)


def with_earlier(count: int, seed: int) -> Iterator[tuple[Case, Sequence[Case]]]:
    """Yield invented cases, each with the earlier ones of the same patient."""
    earlier: deque[Case] = deque(maxlen=REMEMBERED)
    for case in generate(seed, count, EVERY_YEAR):
        yield case, [other for other in earlier if other.patient.id == case.patient.id]
        earlier.append(case)


def clock_differences(case: Case) -> list[str]:
    """Return what the two readings of the law disagree on, for the clocks of a case."""
    found = deadlines(case, load_rulebook())
    return differences(case, [(deadline.ref, deadline.due) for deadline in found])


def ground_differences(case: Case, earlier: Sequence[Case] = ()) -> list[str]:
    """Return what the two readings of the law disagree on, for the grounds of a case."""
    return disagreements(case, check_eligibility(case, load_rulebook(), earlier), earlier)


def test_clocks_of_invented_cases_are_those_of_the_second_reading() -> None:
    wrong = {case.case.number: clock_differences(case) for case, _ in with_earlier(CASES, SEED)}
    assert {number: words for number, words in wrong.items() if words} == {}


def test_grounds_of_invented_cases_are_those_of_the_second_reading() -> None:
    wrong = {
        case.case.number: ground_differences(case, earlier) for case, earlier in with_earlier(CASES, SEED)
    }
    assert {number: words for number, words in wrong.items() if words} == {}


def test_no_row_has_two_computed_dates() -> None:
    for case, _ in with_earlier(CASES // 4, SEED):
        twice = [
            ref
            for ref, times in Counter(one.ref for one in deadlines(case, load_rulebook())).items()
            if times > 1
        ]
        assert twice == [], case.case.number


def test_the_second_reading_compares_one_certain_date_many_times() -> None:
    """A second reading that accepts everything would prove nothing."""
    certain: Counter[str] = Counter()
    several = 0
    for case, _ in with_earlier(CASES, SEED):
        rows = due_dates(case)
        for one in deadlines(case, load_rulebook()):
            row = rows.get(one.ref)
            if row is None or None in row.dates or one.due is None:
                continue
            certain[one.ref] += len(row.dates) == 1
            several += len(row.dates) > 1 and one.ref in COMPARED
    assert {ref: certain[ref] for ref in COMPARED if certain[ref] < 15} == {}
    # Holidays and rolls that the law leaves open touch one clock in twenty at most.
    assert several < sum(certain[ref] for ref in COMPARED) / 20


# Cases without any order or likelihood: every combination of keys, dates near every boundary of the law.

BOUNDARIES = (
    date(2013, 7, 1), date(2014, 2, 12), date(2017, 1, 1), date(2018, 1, 1), date(2020, 1, 1),
    date(2020, 2, 29), date(2023, 1, 1), date(2026, 1, 1), date(2026, 4, 1),
)  # fmt: skip
FIRST, LAST = date(2013, 1, 2), date(2027, 6, 30)

days = st.one_of(
    st.dates(FIRST, LAST),
    st.builds(lambda on, by: on + timedelta(days=by), st.sampled_from(BOUNDARIES), st.integers(-60, 60)),
)
methods = st.none() | st.sampled_from(ServiceMethod)
flags = st.none() | st.booleans()


def moment_of(on: date, minutes: int | None) -> Moment:
    """Return the day, or an hour of it in one of the two offsets of California."""
    if minutes is None:
        return Moment(on=on)
    at = datetime(on.year, on.month, on.day, tzinfo=timezone(timedelta(hours=-8)))
    at += timedelta(minutes=minutes)
    return Moment(on=at.date(), at=at)


@st.composite
def moments(draw: st.DrawFn, around: date) -> Moment | None:
    """Draw a moment within some weeks of a day, or none."""
    if draw(st.integers(0, 9)) == 0:
        return None
    on = around + timedelta(days=draw(st.integers(-20, 45)))
    # From 1 to 22 o'clock, so that the day is the same in standard and in daylight time.
    return moment_of(on, draw(st.none() | st.integers(60, 22 * 60)))


@st.composite
def disputes(draw: st.DrawFn, around: date) -> CaseDispute:
    near = st.none() | st.integers(-500, 60).map(lambda by: around + timedelta(days=by))
    return CaseDispute(
        request=draw(
            st.sampled_from(["Norco 10/325 mg #120", "Physical therapy, 12 sessions", "MRI of the knee"])
        ),
        ur_action=draw(st.none() | st.sampled_from(UrAction)),
        date_of_service=draw(near) if draw(st.booleans()) else None,
        authorized_since=draw(near) if draw(st.integers(0, 5)) == 0 else None,
        prior_determination_on=draw(near) if draw(st.integers(0, 3)) == 0 else None,
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    around = draw(days)
    near = moments(around)
    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc",
            number="CM20-9999999",
            priority=draw(st.sampled_from(Priority)),
            formulary_dispute=draw(flags),
        ),
        patient=Patient(id="patient-1"),
        provider=Provider(name="Physician One"),
        dates=CaseDates(
            of_injury=draw(st.none() | st.integers(0, 3000).map(lambda by: around - timedelta(days=by))),
            **{name: draw(near) for name in DATED},
        ),
        service=CaseService(ur=draw(methods), noarfi=draw(methods), determination=draw(methods)),
        application=draw(applications(around)),
        dispute=tuple(draw(st.lists(disputes(around), min_size=1, max_size=3))),
    )


DATED = (
    "rfa", "rfa_received", "ur_decision", "ur_served", "imr_form_provided", "liability_resolved", "submitted",
    "application_received", "eligible", "noarfi_sent", "noarfi_received", "records_complete",
    "expedited_certified", "determination_issued", "determination_served",
)  # fmt: skip


@st.composite
def applications(draw: st.DrawFn, around: date) -> Application:
    near = st.none() | st.integers(-60, 60).map(lambda by: around + timedelta(days=by))
    return Application(
        signed=draw(flags),
        signed_by=draw(st.none() | st.sampled_from(SignedBy)),
        representative_designated_on=draw(near),
        ur_decision_attached=draw(flags),
        liability_disputed=draw(flags),
        payer_agrees_to_review=draw(flags),
        withdrawn_on=draw(near) if draw(st.integers(0, 5)) == 0 else None,
    )


@settings(max_examples=600)
@given(cases())
def test_clocks_of_any_case_are_those_of_the_second_reading(case: Case) -> None:
    assert clock_differences(case) == []


@settings(max_examples=600)
@given(cases())
def test_grounds_of_any_case_are_those_of_the_second_reading(case: Case) -> None:
    assert ground_differences(case) == []
