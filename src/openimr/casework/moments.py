"""The moment of an act as terms and law write it."""

from __future__ import annotations

from datetime import date, datetime

from openimr.law.calendars import local_day
from openimr.terms.period import Moment


def day_of(at: datetime) -> date:
    """Return the day of an act in the time zone in which the periods of the programme run."""
    return local_day(Moment(at.date(), at))


def moment_of(at: datetime) -> Moment:
    """Return the day and the hour of an act."""
    return Moment(day_of(at), at)
