"""More ways in which papers write a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from benchmarks.casefiles import dates

Writer = Callable[[date], str]


def iso(day: date) -> str:
    """Return the day as in 2015-03-05."""
    return day.isoformat()


def dotted(day: date) -> str:
    """Return the day as in 03.05.2015."""
    return day.strftime("%m.%d.%Y")


def dashed_month(day: date) -> str:
    """Return the day as in 05-Mar-15."""
    return day.strftime("%d-%b-%y")


def weekday(day: date) -> str:
    """Return the day as in Thursday, March 5, 2015."""
    return f"{day:%A}, {dates.worded(day)}"


def ordinal(day: date) -> str:
    """Return the day as in March 5th, 2015."""
    end = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day:%B} {day.day}{end}, {day.year}"


def day_of(day: date) -> str:
    """Return the day as in 5 March 2015."""
    return f"{day.day} {day:%B} {day.year}"


def capitals(day: date) -> str:
    """Return the day as in MARCH 5, 2015."""
    return dates.worded(day).upper()


def short_dashes(day: date) -> str:
    """Return the day as in 3-5-15."""
    return f"{day.month}-{day.day}-{day:%y}"


FIGURES: Sequence[Writer] = (
    dates.slashes, dates.slashes, dates.slashes, dates.short, dates.dashes, iso, dotted, dashed_month,
    dates.machine, short_dashes, dates.abbreviated, dates.european, dates.compact,
)  # fmt: skip
WORDS: Sequence[Writer] = (dates.worded, dates.worded, dates.abbreviated, ordinal, day_of, weekday, capitals)


def writer(random: Random, *, words: float) -> Writer:
    """Return a way to write days: in words with this probability."""
    return random.choice(WORDS if random.random() < words else FIGURES)
