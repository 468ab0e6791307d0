"""A length of time: a count and a unit, never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Unit(StrEnum):
    """What a period is counted in. The kinds of working day differ in law."""

    HOURS = "hours"
    DAYS = "days"
    CALENDAR_DAYS = "calendar_days"
    NORMAL_BUSINESS_DAYS = "normal_business_days"
    WORKING_DAYS = "working_days"
    BUSINESS_DAYS = "business_days"
    COURT_DAYS = "court_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Period:
    """A count and its unit."""

    count: float
    unit: Unit

    def __str__(self) -> str:
        word = self.unit.value.replace("_", " ")
        if self.count == 1:
            word = word.removesuffix("s")
        return f"{self.count:g} {word}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the hour where it is known.

    Files give either a date (``2015-03-09``) or a moment with its offset
    (``2015-03-09T16:20:00-08:00``); periods in hours need the second.
    """

    on: date
    at: datetime | None = None

    def __str__(self) -> str:
        return self.at.isoformat() if self.at else self.on.isoformat()
