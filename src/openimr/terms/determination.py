"""A draft without an outcome, what a physician decided, and the determination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.findings import Status, TopicEvaluation
from openimr.terms.letter import Outcome
from openimr.terms.places import Place


class SentenceOrigin(StrEnum):
    """What stands behind a sentence of a draft."""

    RECORD = "record"
    """It restates or quotes a page: ``places`` is not empty."""
    GUIDELINE = "guideline"
    """It states what a guideline asks: ``citation`` is set."""
    REQUEST = "request"
    """It restates the request under review, or what utilization review did with it."""
    SILENCE = "silence"
    """It says that the record is silent about something."""
    CONNECTING = "connecting"
    """It comes from the closed list of connecting phrases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a draft and what stands behind it."""

    text: str
    origin: SentenceOrigin
    places: tuple[Place, ...] = ()
    citation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerPoint:
    """One point of the payer's reason, and what guideline and record answer to it.

    ``answers`` is a connecting phrase where no criterion is about the point.
    """

    said: str
    answers: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDispute:
    """One dispute of a draft: what the record says, with no outcome of any kind.

    ``reading_grade`` is the school grade (Flesch-Kincaid) of the rationale.
    """

    number: int
    request: str
    evaluations: tuple[TopicEvaluation, ...]
    payer_basis: str | None
    rationale: tuple[Sentence, ...]
    speaks_for: tuple[Sentence, ...]
    speaks_against: tuple[Sentence, ...]
    missing: tuple[Sentence, ...]
    payer_points: tuple[PayerPoint, ...] = ()
    reading_grade: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What software prepares. It holds no outcome and no recommendation.

    ``to_confirm`` names the criteria and topics that are only recalled: their
    words are not printed before the physician has confirmed them at their source.
    """

    case_number: str
    summary: tuple[Sentence, ...]
    disputes: tuple[DraftDispute, ...]
    to_confirm: tuple[str, ...] = ()
    summary_reading_grade: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """A finding that the physician answered otherwise, and why."""

    criterion: str
    status: Status
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the physician decided on one dispute (numbered from 1).

    ``necessary`` says what of the request is medically necessary, in its own
    quantities, where the denial falls in part.
    """

    dispute: int
    outcome: Outcome
    rationale: str
    necessary: str | None = None
    citations: tuple[str, ...] = ()
    findings_changed: tuple[FindingChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedSummary:
    """The physician's own clinical summary, in place of the drafted one."""

    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The whole of ``adoption.toml``: outcomes come from here and nowhere else."""

    reviewer: str
    adopted_on: date
    attests: tuple[str, ...]
    summary: AdoptedSummary = AdoptedSummary()
    decision: tuple[Decision, ...] = ()
    confirmed: tuple[str, ...] = ()
    """Criteria and topics only recalled in the library that the physician checked at their source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminedDispute:
    """One decided dispute, with what software had drafted kept beside it."""

    number: int
    request: str
    outcome: Outcome
    rationale: str
    citations: tuple[str, ...]
    drafted: DraftDispute
    findings_changed: tuple[FindingChange, ...]
    reading_grade: float | None = None
    necessary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """What a physician adopted. Only ``adopt`` makes one."""

    case_number: str
    reviewer: str
    adopted_on: date
    summary: str
    summary_changed: bool
    disputes: tuple[DeterminedDispute, ...]
    drafted: Draft
    confirmed: tuple[str, ...] = ()
    """What is only recalled in the library and the physician confirmed at its source."""
