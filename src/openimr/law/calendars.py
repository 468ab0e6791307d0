"""Counting: calendar days, three kinds of working day, court days, hours, and the last day.

Five things that are not one (each can put the last day elsewhere):

- a calendar day counts always;
- a *working day* is none of Saturday, Sunday and the holidays of Gov. Code 6700,
  so the Friday after Thanksgiving counts;
- a *normal business day* is none of Saturday, Sunday and the days on which State
  employees are off, so that Friday does not count;
- a *business day* of the regulations is taken as Monday to Friday without the
  holidays of Gov. Code 6700 (the texts leave Saturday open);
- the *last day* of a period of calendar days rolls over Saturdays, Sundays and
  judicial holidays, and that Friday is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from openimr.terms.errors import LawError
from openimr.terms.period import Moment, Period, Unit
from openimr.terms.places import Verification
from openimr.vocabulary.tables import read_table

PACIFIC = ZoneInfo("America/Los_Angeles")
# Which column of the holiday table a kind of day leaves out.
_BASIS = {
    Unit.WORKING_DAYS: "state",
    Unit.BUSINESS_DAYS: "state",
    Unit.NORMAL_BUSINESS_DAYS: "calhr",
    Unit.COURT_DAYS: "judicial",
}
_SATURDAY, _SUNDAY = 5, 6
# Longer than any period of days with its extension (30 + 20) and a roll.
_LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day that is a holiday on at least one basis."""

    on: date
    name: str
    bases: frozenset[str]
    how: Verification


@dataclass(frozen=True, slots=True)
class Counted:
    """The end of a period, and the holidays that moved it."""

    due: Moment
    holidays: tuple[Holiday, ...] = ()
    rolled_from: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Calendars:
    """The calendars of one programme, with the years for which holidays are on file."""

    holidays: Mapping[date, tuple[Holiday, ...]]
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Return whether holidays are on file for a day and the longest period from it.

        Source:
            The holiday table of the programme.
        """
        return self.first <= day <= self.last - _LONGEST

    def holiday_on(self, day: date, basis: str) -> Holiday | None:
        """Return the holiday of a day on a basis (state, judicial, calhr), or None.

        Raises:
            LawError: No holidays are on file for the year.

        Source:
            Gov. Code 6700 and 6701; Code Civ. Proc. 135; Gov. Code 19853.
        """
        if not self.first <= day <= self.last:
            raise LawError(
                asked=f"Look up the holidays of {day}",
                found=f"holidays are on file from {self.first.year} to {self.last.year}.",
                remedy="Check the date of the case, or add the year to the holiday table.",
            )
        return next((h for h in self.holidays.get(day, ()) if basis in h.bases), None)

    def add(self, start: Moment, period: Period) -> Counted:
        """Return when a period ends that starts at a moment; the first day is not counted.

        The last day is not rolled here (see ``roll``).

        Raises:
            LawError: A period in hours starts at a day without an hour, or no
                holidays are on file.

        Source:
            Code Civ. Proc. 12; Lab. Code 4600.4(b); Pa'u v. Dept. of Forestry (2019);
            hours run on without a break, Pacific time.
        """
        if period.unit is Unit.HOURS:
            return Counted(_after_hours(start, period))
        return _added(self, local_day(start), int(period.count), period.unit)

    def roll(self, day: date) -> Counted:
        """Return the last day of a period, moved on while it is a day of rest.

        Source:
            Code Civ. Proc. 12a and 135: Saturdays, Sundays and judicial holidays.
        """
        return _rolled(self, day)

    def last_day_of(self, day: date) -> Counted:
        """Return the day itself, or the next that is no day of rest, counted anew.

        Source:
            Code Civ. Proc. 12a and 135.
        """
        found: list[Holiday] = []
        last = day
        while True:
            holiday = self.holiday_on(last, "judicial")
            if holiday is not None:
                found.append(holiday)
            elif last.weekday() < _SATURDAY:
                break
            last += timedelta(days=1)
        return Counted(Moment(last), tuple(found), day if last != day else None)

    def after(self, day: date, count: int, unit: Unit) -> Counted:
        """Return when a number of days or months ends, counted anew.

        Raises:
            LawError: No calendar counts the unit, or no holidays are on file.

        Source:
            Code Civ. Proc. 12; Lab. Code 4600.4(b); Pa'u v. Dept. of Forestry (2019).
        """
        if unit is Unit.MONTHS:
            return Counted(Moment(_after_months(day, count)))
        if unit in (Unit.CALENDAR_DAYS, Unit.DAYS):
            return Counted(Moment(day + timedelta(days=count)))
        return self._after_days(day, count, _basis_of(unit))

    def _after_days(self, day: date, count: int, basis: str) -> Counted:
        found: list[Holiday] = []
        while count > 0:
            day += timedelta(days=1)
            holiday = self.holiday_on(day, basis)
            if day.weekday() in (_SATURDAY, _SUNDAY):
                continue
            if holiday is not None:
                found.append(holiday)
                continue
            count -= 1
        return Counted(Moment(day), tuple(found))


# the same days are counted from and rolled again and again
@lru_cache(maxsize=2**14)
def _added(calendars: Calendars, day: date, count: int, unit: Unit) -> Counted:
    return calendars.after(day, count, unit)


@lru_cache(maxsize=2**14)
def _rolled(calendars: Calendars, day: date) -> Counted:
    return calendars.last_day_of(day)


@cache
def load_calendars(programme: str = "us_ca_wc") -> Calendars:
    """Return the calendars of a programme, read once.

    Source:
        ``holidays.csv`` beside the rules of the programme, each row with its source.

    Example:
        >>> load_calendars().roll(date(2014, 11, 28)).due.on  # the Friday after Thanksgiving
        datetime.date(2014, 12, 1)
    """
    holidays: dict[date, list[Holiday]] = {}
    for row in read_table("openimr.law", f"{programme}/holidays.csv"):
        day = date.fromisoformat(row["date"])
        bases = frozenset(b for b in ("state", "judicial", "calhr") if row[b] == "yes")
        holiday = Holiday(on=day, name=row["name"], bases=bases, how=Verification(row["how"]))
        holidays.setdefault(day, []).append(holiday)
    years = [day.year for day in holidays if day.month > 1]
    return Calendars(
        {day: tuple(found) for day, found in holidays.items()},
        date(min(years), 1, 1),
        date(max(years), 12, 31),
    )


def local_day(moment: Moment) -> date:
    """Return the day of a moment in California.

    Source:
        Periods of the programme run in Pacific time.

    Example:
        >>> local_day(Moment(date(2015, 3, 10), datetime(2015, 3, 10, 2, 0, tzinfo=UTC)))
        datetime.date(2015, 3, 9)
    """
    if moment.at is None:
        return moment.on
    local = local_time(moment)
    return moment.on if local is None else local.date()


def local_time(moment: Moment) -> datetime | None:
    """Return a moment in Pacific time, None where it has no hour.

    Source:
        Periods of the programme run in Pacific time.
    """
    # the first and the last year of the calendar have no neighbours to move into
    if moment.at is None or not date.min.year < moment.at.year < date.max.year:
        return None
    return moment.at.astimezone(PACIFIC)


def _basis_of(unit: Unit) -> str:
    basis = _BASIS.get(unit)
    if basis is None:
        raise LawError(
            asked=f"Count a period in {unit.value}",
            found="no calendar counts that unit.",
            remedy=f"Known units are: hours, calendar_days, months, {', '.join(_BASIS)}.",
        )
    return basis


def _after_hours(start: Moment, period: Period) -> Moment:
    if start.at is None:
        raise LawError(
            asked=f"Count {period} from {start.on}",
            found="the day has no hour.",
            remedy="State the moment with its offset, such as 2015-03-09T16:20:00-08:00.",
        )
    # added in universal time, so that a night of daylight saving has its true length
    end: datetime = (start.at.astimezone(UTC) + timedelta(hours=period.count)).astimezone(PACIFIC)
    return Moment(end.date(), end)


def _after_months(day: date, count: int) -> date:
    """Return the same day of a later month, or the last of that month where it is shorter."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
