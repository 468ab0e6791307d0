"""Answers of the law room: may a case be reviewed, and what is due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.period import Moment
from openimr.terms.places import Verified


class GroundOutcome(StrEnum):
    """What a ground does to a dispute."""

    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    TERMINATED = "terminated"
    DUPLICATE = "duplicate"
    ASK_A_PERSON = "ask_a_person"
    ALERT = "alert"


class Decider(StrEnum):
    """Who decides a question in the end."""

    ADMINISTRATIVE_DIRECTOR = "administrative_director"
    REVIEW_ORGANIZATION = "review_organization"
    APPEALS_BOARD = "appeals_board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason for which a dispute cannot be reviewed now, or an alert.

    ``code`` is the code of the regulation reference (``NOSIG``, ``LATE``).
    ``dispute`` counts from 1; None concerns the whole application.
    """

    code: str
    dispute: int | None
    outcome: GroundOutcome
    found: str
    is_curable: bool
    cure: str | None
    cure_by: date | None
    decided_by: Decider
    citation: str
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """All grounds that apply to a case, and what each dispute comes to.

    ``eligible`` holds the numbers (from 1) of the disputes that go on;
    ``alerts`` never stop a case; ``unknown`` names what the case does not say
    and which ground could therefore not be checked.
    """

    eligible: tuple[int, ...]
    grounds: tuple[Ground, ...]
    alerts: tuple[Ground, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One legal clock of a case, computed, with its explanation.

    ``ref`` is the row code of the deadline table (``V1``). ``due`` is None
    where the case does not say when the clock starts: ``explanation`` then
    names what is missing.
    """

    rule: str
    ref: str
    who: str
    starts: Moment | None
    due: Moment | None
    force: str
    citation: str
    verified: Verified
    explanation: str
