"""How the offices of this package write a day, and the days of a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import abbreviated, compact, dashes, machine, short, slashes, worded, workday
from benchmarks.casefiles.world import World

Manner = Callable[[date], str]


def padded(day: date) -> str:
    """Return the day as in March 05, 2015."""
    return f"{day:%B %d, %Y}"


def weekday_first(day: date) -> str:
    """Return the day as in Thursday, March 5, 2015."""
    return f"{day:%A}, {worded(day)}"


def weekday_cut(day: date) -> str:
    """Return the day as in Thu 03/05/2015."""
    return f"{day:%a %m/%d/%Y}"


def two_digits(day: date) -> str:
    """Return the day as in 03/05/15."""
    return f"{day:%m/%d/%y}"


def bare(day: date) -> str:
    """Return the day as in 3/5/2015."""
    return f"{day.month}/{day.day}/{day.year}"


def dashed(day: date) -> str:
    """Return the day as in 03-05-15."""
    return f"{day:%m-%d-%y}"


def iso(day: date) -> str:
    """Return the day as in 2015-03-05."""
    return f"{day:%Y-%m-%d}"


def shouted(day: date) -> str:
    """Return the day as in MARCH 5, 2015."""
    return worded(day).upper()


def dotted(day: date) -> str:
    """Return the day as in Mar. 5, 2015."""
    return f"{day:%b}. {day.day}, {day.year}"


def spaced(day: date) -> str:
    """Return the day as in 05 Mar 2015."""
    return f"{day:%d %b %Y}"


def sworn(day: date) -> str:
    """Return the day as in 5th day of March, 2015."""
    return f"{ordinal(day.day)} day of {day:%B}, {day.year}"


def with_ordinal(day: date) -> str:
    """Return the day as in March 5th, 2015."""
    return f"{day:%B} {ordinal(day.day)}, {day.year}"


MANNERS: tuple[Manner, ...] = (
    *(slashes, short, dashes, worded, abbreviated, machine, padded, two_digits, bare, dashed, iso, shouted),
    *(dotted, spaced, sworn, with_ordinal, compact),
)
"""Each manner in which a day of the truth may be printed; those with a weekday hold one of these."""

NUMERIC: tuple[Manner, ...] = (slashes, two_digits, short, bare)


def ordinal(number: int) -> str:
    """Return the number as in 1st, 2nd, 3rd, 11th.

    Example:
        >>> ordinal(22), ordinal(13)
        ('22nd', '13th')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def clock(random: Random) -> str:
    """Return an hour of the working day."""
    hour = random.randint(8, 17)
    return f"{(hour - 1) % 12 + 1}:{random.randint(0, 59):02d} {'AM' if hour < 12 else 'PM'}"


def before(random: Random, world: World, day: date, low: int, high: int) -> date:
    """Return a workday so many days before a day, yet never before the injury."""
    since = (day - world.injured_on).days
    most = min(high, since)
    found = workday(day - timedelta(days=random.randint(min(low, most), most)))
    return found if found < day else max(day - timedelta(days=3), world.injured_on)


def later(random: Random, day: date, high: int, *, same: float = 0.4) -> date:
    """Return the day itself with this chance, or a workday after it."""
    if random.random() < same:
        return day
    found = workday(day + timedelta(days=random.randint(1, high)))
    return found


def own(service: date, written: date) -> date | None:
    """Return the day that a paper gives for itself beside the service; None where both are one day."""
    return written if written != service else None
