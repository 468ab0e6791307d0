"""Therapy after an operation: the listed visits, and the operation that a record shows.

Source:
    8 CCR 9792.24.3, as ``postsurgical.toml`` gives it; the facts of the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.guidelines.answer import SAID, SURGICAL, Answer, Asked, facts_of, has_own_day, places_of, silent
from openimr.terms.facts import Fact, FactKind
from openimr.terms.places import Verified

HALF_COURSE = "half of general course"
"""The value of a criterion whose number is half of the visits listed for the operation."""

_DAYS_IN_MONTH = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The course of therapy after one operation: visits at most, over how many weeks."""

    operation: str
    names: tuple[str, ...]
    visits: int
    weeks: int
    period_months: int
    verified: Verified
    least_visits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """Every listed course, and the period that holds for an operation that is not listed."""

    document: str
    default_period_months: int
    operation: tuple[Course, ...]


@cache
def courses() -> Courses:
    """Return the listed courses of therapy after operations.

    Source:
        8 CCR 9792.24.3; each row carries how it was verified.
    """
    return read_toml_file(Path(str(files("openimr.guidelines"))) / "postsurgical.toml", Courses)


def operations(asked: Asked) -> list[Fact]:
    """Return the operations that the record says were done, the latest first."""
    done = [
        f for f in facts_of(asked, FactKind.TREATMENT) if f.assertion in SAID and f.name.endswith(SURGICAL)
    ]
    return sorted(done, key=lambda f: f.dated or date.min, reverse=True)


def recent_operation(asked: Asked) -> Fact | None:
    """Return an operation within the period before the day that is judged, or None."""
    day = asked.judged_on
    if day is None:
        return None
    most = courses().default_period_months * _DAYS_IN_MONTH
    return next(
        (f for f in operations(asked) if has_own_day(f) and f.dated and 0 <= (day - f.dated).days <= most),
        None,
    )


def months_since_surgery(asked: Asked) -> Answer:
    """Return how many months ago the latest operation was."""
    day = asked.judged_on
    dated = [f for f in operations(asked) if has_own_day(f) and f.dated and day and f.dated <= day]
    if not dated or day is None or dated[0].dated is None:
        return silent("when the operation was")
    months = (day - dated[0].dated).days / _DAYS_IN_MONTH
    because = f"{dated[0].name} on {dated[0].dated}: {months:.1f} months before."
    return Answer(value=months, because=because, places=places_of(dated[:1]))


def half_course(asked: Asked) -> float | None:
    """Return half of the visits that are listed for the operation of the record, or None.

    Source:
        8 CCR 9792.24.3.
    """
    done = {f.name for f in operations(asked)}
    fitting = [c for c in courses().operation if done & set(c.names)]
    return fitting[0].visits / 2 if len({c.visits for c in fitting}) == 1 else None
