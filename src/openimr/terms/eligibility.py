"""Answers of the law room: may a case be reviewed, and what is due when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A question of the programme, and who answers it in the end."""

    question: str
    decided_by: Decider
    citation: str
    verified: Verified


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
    where the case does not say when the clock starts, or where the law sets
    no number of days: ``explanation`` then says which. ``tell`` writes the
    explanation when somebody asks for it.
    """

    rule: str
    ref: str
    who: str
    starts: Moment | None
    due: Moment | None
    force: str
    citation: str
    verified: Verified
    tell: Callable[[], str] = field(repr=False, compare=False)

    @property
    def explanation(self) -> str:
        """How the day was reached, or why there is none, in one sentence."""
        return self.tell()


class ChargeKind(StrEnum):
    """What a charge is for."""

    REVIEW_FEE = "review_fee"
    TERMINATION_FEE = "termination_fee"
    RECORDS_PENALTY = "records_penalty"
    IMPLEMENTATION_PENALTY = "implementation_penalty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One amount that the payer owes or risks, in US dollars.

    ``amount_usd`` is None where the amount is not known or the case does not
    say what it depends on; ``explanation`` says which.
    """

    kind: ChargeKind
    amount_usd: int | None
    owed_by: str
    citation: str
    verified: Verified
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidation:
    """Eligible applications that may be reviewed as one, and why.

    ``cases`` are case numbers, the one received first in front.
    """

    cases: tuple[str, ...]
    because: str
    citation: str
    verified: Verified
