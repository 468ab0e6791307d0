"""Clinical facts, each with the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.places import Place

REPORTED_BY = "reported_by"
"""The detail that names the kind of second-hand paper a fact was read from."""


SHOWN_BY = "shown_by"
"""The detail that names the study whose own report gives a diagnosis as its finding."""

DONE_IN = "done_in"
"""The detail that names the kind of report, of an operation or of therapy, that tells a treatment as done."""


class Assertion(StrEnum):
    """What a mention says about the patient."""

    PRESENT = "present"
    ABSENT = "absent"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    FAMILY = "family"
    REQUESTED = "requested"
    """Only asked for or denied: no statement that the patient had it."""
    GUIDELINE = "guideline"
    """The words of a guideline: no statement about the patient."""


class FactKind(StrEnum):
    """What sort of thing a fact is about."""

    AGE = "age"
    SEX = "sex"
    INJURY = "injury"
    DIAGNOSIS = "diagnosis"
    SYMPTOM = "symptom"
    PAIN_SCORE = "pain_score"
    FINDING = "finding"
    IMAGING = "imaging"
    MEDICATION = "medication"
    TREATMENT = "treatment"
    FUNCTION = "function"
    WORK_STATUS = "work_status"
    ADVERSE_EFFECT = "adverse_effect"
    RISK = "risk"
    REQUEST = "request"
    DENIAL = "denial"
    CIRCUMSTANCE = "circumstance"
    """What criteria ask for beside the illness: goals, a schedule for a taper, one prescriber."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One mention of one thing: ``quote`` stands at ``seen_at``, word for word.

    ``name`` is the vocabulary's name (``baclofen``, ``muscle spasm``,
    ``multiple sclerosis``); ``value`` and ``unit`` hold a number where there
    is one (age, pain score, sessions, dose); ``detail`` keeps further printed
    particulars (side, level, frequency, response). ``dated`` is the day the
    statement is about, ``dated_by`` says how it was found.
    """

    kind: FactKind
    name: str
    assertion: Assertion
    quote: str
    seen_at: Place
    dated: date | None = None
    dated_by: str | None = None
    value: float | None = None
    unit: str | None = None
    detail: tuple[tuple[str, str], ...] = ()

    @property
    def is_reported(self) -> bool:
        """Whether a paper of the dispute tells it, such as the denial, and not a clinical record."""
        return any(key == REPORTED_BY for key, _ in self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two or more statements that disagree: they stay, and nobody wins."""

    about: str
    says: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugUse:
    """The use of one drug over all dated mentions: first to last seen.

    ``days`` counts from the first to the last mention that says the patient
    takes it; it is the least that the record shows, never an estimate.
    ``stopped`` are the days on which it was told as stopped before it is told
    as taken again; then ``resumed`` is the first day told of the last course,
    and ``days`` counts that course alone.
    """

    drug: str
    drug_class: str
    first_seen: date | None
    last_seen: date | None
    days: int | None
    mentions: tuple[Place, ...]
    stopped: tuple[date, ...] = ()
    resumed: date | None = None

    @property
    def course_began(self) -> date | None:
        """The first day told of the last course without a stop."""
        return self.resumed or self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that was read from a record."""

    facts: tuple[Fact, ...]
    conflicts: tuple[Conflict, ...]
    drug_use: tuple[DrugUse, ...]
