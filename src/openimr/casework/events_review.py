"""What happens from the notice of assignment to the adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.casework.parts import CaseParty, Enclosure, ReceivedFile
from openimr.casework.seats import View
from openimr.terms.case import ReviewerClass
from openimr.terms.determination import Adoption
from openimr.terms.period import Moment
from openimr.terms.reviewer import Assignment, Attestation, Unassignable


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsReceived:
    """Files of records came in."""

    files: tuple[ReceivedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefused:
    """A file that was sent was not taken into the case."""

    sha256: str
    name: str
    submitter: CaseParty
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsChased:
    """The payer was reminded of missing records, with what the law says of the delay."""

    missing: tuple[str, ...]
    explanation: str
    penalty_usd: int | None
    citation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsCompleted:
    """The file was closed for review: complete, or with what is missing named."""

    seal: str
    missing: tuple[str, ...]
    completed: Moment
    reviewers: int
    """How many reviewers the law asks for, unless more are approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUndecidable:
    """The case cannot be decided: nothing tells of the patient's care but the decision under review."""

    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRead:
    """Somebody read a document of the case. ``pages`` count from 1; none means all."""

    document: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """Somebody looked at the case."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewersApproved:
    """The administrative director approved more than one reviewer, in writing."""

    count: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerProposed:
    """A reviewer was chosen, with the reasons for and against everybody."""

    assignment: Assignment
    reviewer_class: ReviewerClass | None = None
    record: Enclosure | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyFound:
    """Nobody of the panel may have the case, with what is in the way."""

    found: Unassignable


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """A reviewer attested to have no conflict and to be qualified, before the file opened."""

    attestation: Attestation


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A reviewer declined the case."""

    reviewer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFound:
    """A conflict came to light after the attestation: the file closed for that reviewer."""

    reviewer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerReplaced:
    """A reviewer was taken off the case."""

    reviewer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLapsed:
    """A reviewer did not answer in time: the offer lapsed, and another one can be asked."""

    reviewer: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRecorded:
    """A physician recorded a view of each dispute before the draft opened."""

    reviewer: str
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPrepared:
    """A draft without any outcome was prepared from the file with this seal."""

    draft: Enclosure
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOpened:
    """A reviewer opened the draft."""

    reviewer: str
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminationAdopted:
    """A physician decided each dispute and adopted the determination."""

    number: int
    adoption: Adoption
    determination: Enclosure
    signature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedForRewrite:
    """A version was returned to its author, with the reasons; it is kept."""

    version: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionApproved:
    """The administrative director approved more time for good cause."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReceived:
    """A party received a paper."""

    paper: str
    party: CaseParty
    received: Moment
