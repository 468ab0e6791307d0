"""The ways in which papers write a day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def slashes(day: date) -> str:
    """Return the day as in 03/05/2015.

    Example:
        >>> slashes(date(2015, 3, 5))
        '03/05/2015'
    """
    return day.strftime("%m/%d/%Y")


def short(day: date) -> str:
    """Return the day without leading zeros and with a year of two digits.

    Example:
        >>> short(date(2015, 3, 5))
        '3/5/15'
    """
    return f"{day.month}/{day.day}/{day:%y}"


def dashes(day: date) -> str:
    """Return the day as in 3-5-2015."""
    return f"{day.month}-{day.day}-{day.year}"


def worded(day: date) -> str:
    """Return the day in words.

    Example:
        >>> worded(date(2015, 3, 5))
        'March 5, 2015'
    """
    return f"{day:%B} {day.day}, {day.year}"


def abbreviated(day: date) -> str:
    """Return the day as in Mar 5, 2015."""
    return f"{day:%b} {day.day}, {day.year}"


def european(day: date) -> str:
    """Return the day as in 5 Mar 2015."""
    return f"{day.day} {day:%b} {day.year}"


def machine(day: date) -> str:
    """Return the day as an old hospital system prints it.

    Example:
        >>> machine(date(2015, 3, 5))
        '05-MAR-2015'
    """
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


def compact(day: date) -> str:
    """Return the day as in 05MAR15."""
    return f"{day.day:02d}{_MONTHS[day.month - 1]}{day:%y}"


def workday(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def after(random: Random, day: date, low: int, high: int) -> date:
    """Return a workday so many days after a day."""
    return workday(day + timedelta(days=random.randint(low, high)))
