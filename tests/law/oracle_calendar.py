"""Days counted one by one, from the text of the law alone: slow, plain, and apart from the room ``law``.

Where the law leaves open whether a day is a holiday of some list, that day has a
name among ``OPEN``, and a *reading* says which of these names count as holidays.
A date is certain when every reading gives the same date.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

Reading = frozenset[str]
Answer = TypeVar("Answer")

ONE_DAY = timedelta(days=1)

# The second new moon after the winter solstice; Diwali. Only of the years that tests use.
LUNAR_NEW_YEAR = {
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
}
DIWALI = {2026: date(2026, 11, 8), 2027: date(2027, 10, 29), 2028: date(2028, 10, 17)}

# On the list of the State, of the courts and of its employees alike.
_COMMON = {
    "new_year", "king", "presidents", "chavez", "memorial", "independence", "labor", "veterans",
    "thanksgiving", "christmas",
}  # fmt: skip

# Why a name is open in a calendar, for people who read a test that accepts two dates.
WHY_OPEN = {
    "columbus_before_2023": "CCP 135 is known as in force in 2026; panel decisions since 2009 do not extend",
    "native_american_before_2023": "the lists changed in 2016 and 2023; which day came when is not told",
    "juneteenth_before_2023": "the lists changed with 2023; offices closed earlier by proclamations",
    "moved_newer_holiday": "whether the holidays added since 2023 move from Sunday to Monday is not told",
    "friday_before": "Gov. Code 6701 moves 11 November alone; courts may name a Friday for other days",
    "holiday_list": "8 CCR and LC 4600.4 do not settle which list of holidays counts",
    "working_period_rolls": "a period of working days that ends on a judicial holiday: CCP 12a or not",
}

CLOSED: dict[str, set[str]] = {
    # CCP 135 as in force in 2026.
    "judicial": _COMMON | {"lincoln", "juneteenth", "native_american", "friday_after"},
    # Gov. Code 6700: the Friday after Thanksgiving is not on it (Gomez, Pa'u).
    "working": _COMMON
    | {"lincoln", "lunar", "genocide", "juneteenth", "admission", "native_american", "columbus",
       "columbus_before_2023", "diwali"},
    # 8 CCR: Monday to Friday, no holiday; the list is open.
    "business": set(_COMMON),
    # LC 4600.4(b): holidays of the State's employees, so that Friday too.
    "normal_business": _COMMON | {"friday_after"},
}  # fmt: skip

_LISTS_OPEN = {
    "lincoln", "lunar", "genocide", "juneteenth", "admission", "native_american", "columbus",
    "columbus_before_2023", "native_american_before_2023", "juneteenth_before_2023", "diwali",
    "moved_newer_holiday", "friday_before", "friday_after",
}  # fmt: skip

OPEN: dict[str, set[str]] = {
    "judicial": {"columbus_before_2023", "native_american_before_2023", "juneteenth_before_2023",
                 "moved_newer_holiday", "friday_before"},
    "working": {"native_american_before_2023", "juneteenth_before_2023", "moved_newer_holiday",
                "friday_before"},
    "business": set(_LISTS_OPEN),
    "normal_business": _LISTS_OPEN - {"friday_after"},
}  # fmt: skip

ALL_OPEN: Reading = frozenset(_LISTS_OPEN | {"working_period_rolls"})
READINGS: tuple[Reading, ...] = (
    frozenset(),
    ALL_OPEN,
    *(frozenset({name}) for name in sorted(ALL_OPEN)),
    *(ALL_OPEN - {name} for name in sorted(ALL_OPEN)),
)


def answers(compute: Callable[[Reading], Answer]) -> frozenset[Answer]:
    """Return what the computation gives under every reading: one answer where the law is clear.

    More holidays never make a day earlier, so when the two ends agree, everything between agrees.
    """
    if compute(frozenset()) == compute(ALL_OPEN):
        return frozenset({compute(frozenset())})
    return frozenset(compute(reading) for reading in READINGS)


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> date:
    """Return, say, the third Monday of a month, by walking through it."""
    day, seen = date(year, month, 1), 0
    while True:
        if day.weekday() == weekday:
            seen += 1
            if seen == number:
                return day
        day += ONE_DAY


def last_monday_of_may(year: int) -> date:
    day = date(year, 5, 31)
    while day.weekday() != 0:
        day -= ONE_DAY
    return day


def _fixed_days(year: int) -> list[tuple[str, date]]:
    days = [
        ("new_year", date(year, 1, 1)),
        ("lincoln", date(year, 2, 12)),
        ("chavez", date(year, 3, 31)),
        ("independence", date(year, 7, 4)),
        ("admission", date(year, 9, 9)),
        ("veterans", date(year, 11, 11)),
        ("christmas", date(year, 12, 25)),
    ]
    if year >= 2023:
        days += [("genocide", date(year, 4, 24)), ("juneteenth", date(year, 6, 19))]
        days += [("lunar", LUNAR_NEW_YEAR[year])] if year in LUNAR_NEW_YEAR else []
    elif year >= 2021:
        days.append(("juneteenth_before_2023", date(year, 6, 19)))
    if year in DIWALI:
        days.append(("diwali", DIWALI[year]))
    return days


def _moved(name: str, day: date) -> list[tuple[str, date]]:
    """Return the day with its moves: Sunday to Monday; 11 November from Saturday to Friday."""
    newer = name in ("genocide", "juneteenth", "juneteenth_before_2023", "lunar", "diwali")
    found = [(name, day)]
    if day.weekday() == 6:
        found.append(("moved_newer_holiday" if newer else name, day + ONE_DAY))
    if day.weekday() == 5:
        found.append(("veterans" if name == "veterans" else "friday_before", day - ONE_DAY))
    return found


def _holidays(year: int) -> list[tuple[str, date]]:
    found = [one for name, day in _fixed_days(year) for one in _moved(name, day)]
    # 1 January of the next year, when a Saturday, may be kept on 31 December of this one.
    found += [one for one in _moved("new_year", date(year + 1, 1, 1)) if one[1].year == year]
    thanksgiving = weekday_of_month(year, 11, 3, 4)
    before = "" if year >= 2023 else "_before_2023"
    return [
        *found,
        ("king", weekday_of_month(year, 1, 0, 3)),
        ("presidents", weekday_of_month(year, 2, 0, 3)),
        ("memorial", last_monday_of_may(year)),
        ("labor", weekday_of_month(year, 9, 0, 1)),
        ("native_american" + before, weekday_of_month(year, 9, 4, 4)),
        ("columbus" + before, weekday_of_month(year, 10, 0, 2)),
        ("thanksgiving", thanksgiving),
        ("friday_after", thanksgiving + ONE_DAY),
    ]


_BY_YEAR: dict[int, dict[date, set[str]]] = {}


def names_of(day: date) -> set[str]:
    """Return the names of every holiday, of any list, that falls on the day."""
    if day.year not in _BY_YEAR:
        year: dict[date, set[str]] = {}
        for name, on in _holidays(day.year):
            year.setdefault(on, set()).add(name)
        _BY_YEAR[day.year] = year
    return _BY_YEAR[day.year].get(day, set())


def is_closed(day: date, calendar: str, reading: Reading) -> bool:
    """Return whether the calendar does not count the day: Saturday, Sunday or one of its holidays."""
    if day.weekday() >= 5:
        return True
    names = names_of(day)
    return bool(names & CLOSED[calendar]) or bool(names & OPEN[calendar] & reading)


def rolled(day: date, reading: Reading) -> date:
    """Return the day, or the next one that is no Saturday, Sunday or judicial holiday (CCP 12a)."""
    while is_closed(day, "judicial", reading):
        day += ONE_DAY
    return day


def calendar_days(start: date, count: int) -> date:
    """Return the day after ``count`` days; the day of the event is not counted (CCP 12)."""
    day = start
    for _ in range(count):
        day += ONE_DAY
    return day


def open_days(start: date, count: int, calendar: str, reading: Reading) -> date:
    """Return the day on which the ``count``-th day that the calendar counts falls."""
    day = start
    while count:
        day += ONE_DAY
        if not is_closed(day, calendar, reading):
            count -= 1
    return day


def working_period(start: date, count: int, calendar: str, reading: Reading) -> date:
    """Return the last day of a period of working days of some kind, under the reading of its end."""
    last = open_days(start, count, calendar, reading)
    return rolled(last, reading) if "working_period_rolls" in reading else last


def hours(start: datetime, count: int) -> datetime:
    """Return the instant after ``count`` hours that run through nights, weekends and clock changes."""
    instant = start.astimezone(UTC)
    for _ in range(count):
        instant += timedelta(hours=1)
    return instant


def months_later(start: date, count: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    year, month = start.year, start.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
