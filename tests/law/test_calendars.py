"""Five ways of counting, beside a slow count of each day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.law.calendars import load_calendars, local_day
from openimr.terms.errors import LawError
from openimr.terms.period import Moment, Period, Unit

CALENDARS = load_calendars()
DAYS = st.dates(date(2013, 1, 1), date(2035, 9, 1))
BASES = {
    Unit.WORKING_DAYS: "state",
    Unit.BUSINESS_DAYS: "state",
    Unit.NORMAL_BUSINESS_DAYS: "calhr",
    Unit.COURT_DAYS: "judicial",
}


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """Return the n-th weekday of a month, by walking it."""
    days = [d for d in (date(year, month, 1) + timedelta(days=i) for i in range(31)) if d.month == month]
    return [d for d in days if d.weekday() == weekday][n if n < 0 else n - 1]


@pytest.mark.parametrize("year", range(2013, 2036))
def test_the_holidays_of_a_year_are_on_their_days(year: int) -> None:
    everywhere = {
        date(year, 1, 1),
        nth(year, 1, 0, 3),
        nth(year, 2, 0, 3),
        date(year, 3, 31),
        nth(year, 5, 0, -1),
        date(year, 7, 4),
        nth(year, 9, 0, 1),
        date(year, 11, 11),
        nth(year, 11, 3, 4),
        date(year, 12, 25),
    }
    for basis in ("state", "judicial", "calhr"):
        assert all(CALENDARS.holiday_on(day, basis) for day in everywhere)
    friday = nth(year, 11, 3, 4) + timedelta(days=1)
    assert CALENDARS.holiday_on(friday, "state") is None
    assert CALENDARS.holiday_on(friday, "judicial") is not None
    assert CALENDARS.holiday_on(friday, "calhr") is not None
    assert bool(CALENDARS.holiday_on(date(year, 6, 19), "state")) == (year >= 2023)
    assert bool(CALENDARS.holiday_on(nth(year, 10, 0, 2), "judicial")) == (year < 2022)
    assert bool(CALENDARS.holiday_on(nth(year, 9, 4, 4), "judicial")) == (year >= 2022)


def test_a_sunday_holiday_is_kept_on_monday_and_a_saturday_veterans_day_on_friday() -> None:
    assert CALENDARS.holiday_on(date(2021, 7, 5), "state") is not None
    assert CALENDARS.holiday_on(date(2017, 11, 10), "state") is not None
    assert CALENDARS.holiday_on(date(2015, 7, 3), "state") is None
    assert CALENDARS.holiday_on(date(2015, 7, 3), "judicial") is not None


@given(day=DAYS, count=st.integers(1, 12), unit=st.sampled_from(sorted(BASES)))
def test_counted_days_equal_a_slow_count(day: date, count: int, unit: Unit) -> None:
    found = CALENDARS.add(Moment(day), Period(count, unit)).due.on
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    counted = [d for d in between if d.weekday() < 5 and CALENDARS.holiday_on(d, BASES[unit]) is None]
    assert len(counted) == count
    assert counted[-1] == found


@given(day=DAYS)
def test_a_last_day_rolls_to_the_next_day_that_is_no_rest_and_no_further(day: date) -> None:
    found = CALENDARS.roll(day)
    assert found.due.on >= day
    assert found.due.on.weekday() < 5
    assert CALENDARS.holiday_on(found.due.on, "judicial") is None
    passed = [day + timedelta(days=n) for n in range((found.due.on - day).days)]
    assert all(d.weekday() >= 5 or CALENDARS.holiday_on(d, "judicial") for d in passed)
    assert (found.rolled_from is None) == (found.due.on == day)


@given(day=DAYS, count=st.integers(0, 60))
def test_calendar_days_are_days(day: date, count: int) -> None:
    assert CALENDARS.add(Moment(day), Period(count, Unit.CALENDAR_DAYS)).due.on - day == timedelta(days=count)


@given(start=st.datetimes(datetime(2013, 1, 1), datetime(2034, 1, 1)), hours=st.integers(1, 100))
def test_hours_run_on_without_a_break(start: datetime, hours: int) -> None:
    at = start.replace(tzinfo=UTC)
    due = CALENDARS.add(Moment(at.date(), at), Period(hours, Unit.HOURS)).due
    assert due.at is not None
    assert due.at.astimezone(UTC) - at == timedelta(hours=hours)
    assert due.on == due.at.date()


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2015, 1, 31), 1, date(2015, 2, 28)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2015, 2, 28), 12, date(2016, 2, 28)),
        (date(2014, 12, 15), 12, date(2015, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, end: date) -> None:
    assert CALENDARS.add(Moment(day), Period(months, Unit.MONTHS)).due.on == end


def test_a_year_without_holidays_on_file_is_refused() -> None:
    with pytest.raises(LawError, match="2013 to 2035"):
        CALENDARS.roll(date(2036, 1, 1))
    with pytest.raises(LawError, match="has no hour"):
        CALENDARS.add(Moment(date(2015, 1, 1)), Period(24, Unit.HOURS))
    with pytest.raises(LawError, match="no calendar counts"):
        CALENDARS.add(Moment(date(2015, 1, 1)), Period(1, Unit.WEEKS))


def test_a_moment_belongs_to_the_day_in_california() -> None:
    night = datetime(2015, 3, 10, 6, 59, tzinfo=UTC)
    assert local_day(Moment(night.date(), night)) == date(2015, 3, 9)
