"""Dates as letters and records print them, with the place they stand at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("january february march april may june july august september october november december").split()

# Two-digit years: 00-49 are this century, 50-99 the last. Injuries reach back
# to the 1970s, and no determination is older than 2013.
_CENTURY_TURN = 50

_NUMERIC = r"(?P<month>\d{1,2})(?:[-/]\s?|\.)(?P<day>\d{1,2})(?:[-/]\s?|\.)(?P<year>\d{4}|\d{2})"
_ISO = r"(?P<iso_year>\d{4})(?P<iso_mark>[-/.])(?P<iso_month>\d{2})(?P=iso_mark)(?P<iso_day>\d{2})"
_MONTH_NAME = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NAMED = (
    rf"(?P<name>{_MONTH_NAME})(?:\.?\s+|-)(?P<named_day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|-)"
    r"(?P<named_year>\d{4})"
)
# As laboratories and hospitals print it: 14 Mar 2016, 14-MAR-2016, 14MAR2016.
_DAY_FIRST = (
    rf"(?P<first_day>\d{{1,2}})(?:st|nd|rd|th)?[-\s]?(?:of\s)?(?P<second_name>{_MONTH_NAME})\.?,?[-\s]?"
    r"(?P<last_year>\d{4})"
)
# A digit or the first letter of a month: nothing else is tried.
_DATE = re.compile(
    rf"(?<![\d/.-])(?=[\djfmasond])(?:{_ISO}|{_NUMERIC}|{_DAY_FIRST}|\b{_NAMED})(?![\d/]|[-.]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text; ``on`` is None where the printed day does not exist."""

    start: int
    end: int
    on: date | None


def _full_year(printed: str) -> int:
    year = int(printed)
    if len(printed) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _month_named(printed: str) -> int:
    prefix = printed[:3].lower()
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(prefix))


def _date_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    if groups["iso_year"]:
        year, month, day = (int(groups[k]) for k in ("iso_year", "iso_month", "iso_day"))
    elif groups["name"]:
        month = _month_named(groups["name"])
        day, year = int(groups["named_day"]), int(groups["named_year"])
    elif groups["second_name"]:
        month = _month_named(groups["second_name"])
        day, year = int(groups["first_day"]), int(groups["last_year"])
    else:
        month, day = int(groups["month"]), int(groups["day"])
        year = _full_year(groups["year"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> list[DateFound]:
    """Return the dates printed in a text, in order.

    Month first, as American records print it, except where the month is a name. A day that does not exist
    (2/30/2014) is returned with ``on`` None, never as another day.

    Example:
        >>> [d.on.isoformat() for d in find_dates("seen 10-13-16 and April 17, 2000")]
        ['2016-10-13', '2000-04-17']
        >>> [d.on.isoformat() for d in find_dates("14-MAR-2016, 2 May 2016 and 2016/03/14")]
        ['2016-03-14', '2016-05-02', '2016-03-14']
    """
    return [DateFound(m.start(), m.end(), _date_of(m)) for m in _DATE.finditer(text)]


def read_date(text: str) -> date | None:
    """Return the one date that the whole text is, or None.

    Example:
        >>> read_date(" 07/30/2014 ").isoformat()
        '2014-07-30'
    """
    stripped = text.strip()
    match = _DATE.fullmatch(stripped)
    return _date_of(match) if match else None
