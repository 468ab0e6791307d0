"""The manners in which the offices of these families write a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import workday
from benchmarks.casefiles.world import World

Manner = Callable[[date], str]


def slash(day: date) -> str:
    """Return the day as in 3/4/2014."""
    return f"{day.month}/{day.day}/{day.year}"


def padded(day: date) -> str:
    """Return the day as in 03/04/2014."""
    return f"{day:%m/%d/%Y}"


def slash_short(day: date) -> str:
    """Return the day as in 3/4/14."""
    return f"{day.month}/{day.day}/{day:%y}"


def padded_short(day: date) -> str:
    """Return the day as in 03/04/14."""
    return f"{day:%m/%d/%y}"


def dashed(day: date) -> str:
    """Return the day as in 03-04-2014."""
    return f"{day:%m-%d-%Y}"


def dashed_short(day: date) -> str:
    """Return the day as in 3-4-14."""
    return f"{day.month}-{day.day}-{day:%y}"


def dotted(day: date) -> str:
    """Return the day as in 03.04.2014."""
    return f"{day:%m.%d.%Y}"


def iso(day: date) -> str:
    """Return the day as in 2014-03-04."""
    return day.isoformat()


def worded(day: date) -> str:
    """Return the day as in March 4, 2014."""
    return f"{day:%B} {day.day}, {day.year}"


def capitals(day: date) -> str:
    """Return the day as in MARCH 4, 2014."""
    return worded(day).upper()


def ordinal(day: date) -> str:
    """Return the day as in March 4th, 2014."""
    return f"{day:%B} {_nth(day)}, {day.year}"


def weekday(day: date) -> str:
    """Return the day as in Tuesday, March 4, 2014."""
    return f"{day:%A}, {worded(day)}"


def brief(day: date) -> str:
    """Return the day as in Mar 4, 2014."""
    return f"{day:%b} {day.day}, {day.year}"


def weekday_brief(day: date) -> str:
    """Return the day as in Tue Mar 04, 2014."""
    return f"{day:%a %b %d, %Y}"


def military(day: date) -> str:
    """Return the day as in 04 Mar 2014."""
    return f"{day:%d %b %Y}"


def hyphenated(day: date) -> str:
    """Return the day as in 04-Mar-2014."""
    return f"{day:%d-%b-%Y}"


def hyphenated_short(day: date) -> str:
    """Return the day as in 4-Mar-14."""
    return f"{day.day}-{day:%b-%y}"


def rubber(day: date) -> str:
    """Return the day as a rubber stamp sets it, as in MAR 04 2014."""
    return f"{day:%b %d %Y}".upper()


def sworn(day: date) -> str:
    """Return the day as in 4th day of March, 2014."""
    return f"{_nth(day)} day of {day:%B}, {day.year}"


MANNERS: tuple[Manner, ...] = (
    slash,
    padded,
    slash_short,
    padded_short,
    dashed,
    dashed_short,
    dotted,
    iso,
    worded,
    capitals,
    ordinal,
    weekday,
    brief,
    weekday_brief,
    military,
    hyphenated,
    hyphenated_short,
    rubber,
    sworn,
)


def _nth(day: date) -> str:
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    return f"{day.day}{ends.get(day.day, 'th')}"


def later(random: Random, day: date, low: int, high: int) -> date:
    """Return a workday so many days after a day."""
    return workday(day + timedelta(days=random.randint(low, high)))


def earlier(random: Random, world: World, day: date) -> date:
    """Return a day between the injury and the day, as records quote one."""
    return world.injured_on + timedelta(days=random.randint(0, max(1, (day - world.injured_on).days - 1)))


def clock(random: Random, *, low: int = 8, high: int = 17) -> str:
    """Return an hour of work, as in 2:07 PM."""
    hour = random.randint(low, high)
    return f"{(hour - 1) % 12 + 1}:{random.randint(0, 59):02d} {'AM' if hour < 12 else 'PM'}"
