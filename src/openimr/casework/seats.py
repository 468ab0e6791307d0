"""The reviewers of a case, what each has done, and the versions of what they adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openimr.terms.case import ReviewerClass
from openimr.terms.determination import Adoption
from openimr.terms.letter import Outcome
from openimr.terms.reviewer import Attestation, SpecialtyFit


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a physician thinks of one dispute (numbered from 1) before the draft opens."""

    dispute: int
    leans_to: Outcome
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One reviewer of a case: chosen, attested, view recorded, draft opened.

    ``opened`` are the hashes of the documents that the reviewer opened.
    """

    reviewer: str
    fit: SpecialtyFit
    because: tuple[str, ...]
    proposed_at: datetime
    answer_by: date | None = None
    """The last day to answer the offer, where one was set."""
    reviewer_class: ReviewerClass | None = None
    attestation: Attestation | None = None
    views: tuple[View, ...] = ()
    draft_opened_at: datetime | None = None
    opened: tuple[str, ...] = ()


class LeftBecause(StrEnum):
    """Why somebody reviews the case no more."""

    DECLINED = "declined"
    LATE_CONFLICT = "late_conflict"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    """No answer came in time."""
    REVERSED = "reversed"
    """The determination was reversed on appeal: another physician reviews anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerReviewer:
    """A reviewer who may not have the case again, and why."""

    reviewer: str
    left: LeftBecause
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """That a version went back to its author, with the reasons."""

    by: str
    at: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of what a reviewer adopted. None is ever removed.

    ``number`` counts from 1 over the case; ``round`` is 1, and one more after
    each remand. ``superseded_because`` says why it does not count any more.
    """

    number: int
    round: int
    adoption: Adoption
    determination: str
    """The hash of the determination."""
    adopted_at: datetime
    returned: Returned | None = None
    superseded_because: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it stands: neither returned nor superseded."""
        return self.returned is None and self.superseded_because is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Something written for the case: its hash, who wrote it, when."""

    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A letter that was let out by a second person. ``corrects`` is the letter that it stands for."""

    letter: str
    by: str
    at: datetime
    round: int
    corrects: str | None = None
