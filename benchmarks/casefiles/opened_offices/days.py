"""How these offices write a day, and the days that lie around a visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import after, workday
from benchmarks.casefiles.world import World

Manner = Callable[[date], str]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def full(day: date) -> str:
    """Return the day as in 03/05/2015."""
    return f"{day:%m/%d/%Y}"


def plain(day: date) -> str:
    """Return the day as in 3/5/2015."""
    return f"{day.month}/{day.day}/{day.year}"


def brief(day: date) -> str:
    """Return the day as in 3/5/15."""
    return f"{day.month}/{day.day}/{day:%y}"


def padded(day: date) -> str:
    """Return the day as in 03/05/15."""
    return f"{day:%m/%d/%y}"


def hyphens(day: date) -> str:
    """Return the day as in 03-05-2015."""
    return f"{day:%m-%d-%Y}"


def words(day: date) -> str:
    """Return the day as in March 5, 2015."""
    return f"{day:%B} {day.day}, {day.year}"


def capitals(day: date) -> str:
    """Return the day as in MARCH 5, 2015."""
    return words(day).upper()


def weekday(day: date) -> str:
    """Return the day as in Thursday, March 5, 2015."""
    return f"{day:%A}, {words(day)}"


def three_letters(day: date) -> str:
    """Return the day as in Mar 05, 2015."""
    return f"{_MONTHS[day.month - 1]} {day.day:02d}, {day.year}"


def server(day: date) -> str:
    """Return the day as in 05-Mar-2015."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


def iso(day: date) -> str:
    """Return the day as in 2015-03-05."""
    return day.isoformat()


def ordinal(day: date) -> str:
    """Return the day as in March 5th, 2015.

    Example:
        >>> ordinal(date(2015, 3, 5)), ordinal(date(2015, 3, 22))
        ('March 5th, 2015', 'March 22nd, 2015')
    """
    return f"{day:%B} {day.day}{_ENDINGS.get(day.day, 'th')}, {day.year}"


def continental(day: date) -> str:
    """Return the day as in 25.03.2015, the day before the month."""
    return f"{day:%d.%m.%Y}"


def military(day: date) -> str:
    """Return the day as in 05 MAR 2015."""
    return f"{day.day:02d} {_MONTHS[day.month - 1].upper()} {day.year}"


MANNERS: tuple[Manner, ...] = (
    full,
    plain,
    brief,
    padded,
    hyphens,
    words,
    capitals,
    weekday,
    three_letters,
    server,
    iso,
    ordinal,
    continental,
    military,
)
"""All of them, for whoever looks a day up on a page."""

AMERICAN: tuple[Manner, ...] = (full, plain, brief, padded, hyphens, words, three_letters)
"""What an office without habits of its own may use."""


def later(random: Random, day: date, low: int = 1, high: int = 6) -> date:
    """Return a workday soon after a day, such as that of a signature."""
    return after(random, day, low, high)


def before(random: Random, world: World, day: date) -> date:
    """Return a day between the injury and a day, as a history tells of."""
    between = max(2, (day - world.injured_on).days)
    return world.injured_on + timedelta(days=random.randint(1, between - 1))


def after_the_twelfth(world: World, random: Random) -> date:
    """Return a workday of the case whose number can be no month, so that its order is plain."""
    day = world.day(random)
    return workday(day.replace(day=random.randint(14, 25)))
