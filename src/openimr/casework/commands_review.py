"""What can be asked for from the records to the adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from openimr.casework.action_names import Action
from openimr.casework.parts import CaseParty, Enclosure, ReceivedFile
from openimr.casework.seats import View
from openimr.records.checklist import Certificate
from openimr.terms.case import ReviewerClass
from openimr.terms.determination import Adoption
from openimr.terms.reviewer import Assignment, Attestation, Unassignable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveRecords:
    """Record files that came in."""

    action: ClassVar[Action] = Action.RECEIVE_RECORDS
    files: tuple[ReceivedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseFile:
    """Record that a file was not taken into the case, and why."""

    action: ClassVar[Action] = Action.REFUSE_FILE
    sha256: str
    name: str
    submitter: CaseParty
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseRecords:
    """Remind the payer of what is missing."""

    action: ClassVar[Action] = Action.CHASE_RECORDS
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteRecords:
    """Close the file for review, with the certificate of what it holds and lacks."""

    action: ClassVar[Action] = Action.COMPLETE_RECORDS
    certificate: Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class FindUndecidable:
    """Record that nothing is there to decide on but the decision under review."""

    action: ClassVar[Action] = Action.FIND_UNDECIDABLE
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """Read a document of the case, by its hash."""

    action: ClassVar[Action] = Action.READ_DOCUMENT
    document: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCase:
    """Look at the case; ``what`` names the page or the export."""

    action: ClassVar[Action] = Action.READ_CASE
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReviewers:
    """Approve, in writing, that several reviewers decide."""

    action: ClassVar[Action] = Action.APPROVE_REVIEWERS
    count: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeReviewer:
    """Choose a reviewer, as an assignment says, with its whole record."""

    action: ClassVar[Action] = Action.PROPOSE_REVIEWER
    assignment: Assignment
    reviewer_class: ReviewerClass | None = None
    record: Enclosure | None = None
    answer_by: date | None = None
    """The last day to answer; without one the reviewer is asked without a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseOffer:
    """Let the offer of a reviewer lapse who did not answer in time."""

    action: ClassVar[Action] = Action.LAPSE_OFFER
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNobody:
    """Record that nobody may have the case, and what is in the way."""

    action: ClassVar[Action] = Action.REPORT_NOBODY
    found: Unassignable


@dataclass(frozen=True, slots=True, kw_only=True)
class Attest:
    """Attest before the file opens."""

    action: ClassVar[Action] = Action.ATTEST
    attestation: Attestation


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Decline the case before attesting."""

    action: ClassVar[Action] = Action.DECLINE
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportConflict:
    """Report a conflict that came to light after the attestation."""

    action: ClassVar[Action] = Action.REPORT_CONFLICT
    reviewer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceReviewer:
    """Take a reviewer off the case."""

    action: ClassVar[Action] = Action.REPLACE_REVIEWER
    reviewer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """Record one's own view of each dispute, before the draft opens."""

    action: ClassVar[Action] = Action.RECORD_VIEW
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareDraft:
    """Put a draft without outcomes beside the file with this seal."""

    action: ClassVar[Action] = Action.PREPARE_DRAFT
    draft: Enclosure
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """Open the draft, after the view."""

    action: ClassVar[Action] = Action.OPEN_DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInformation:
    """Ask a party for what the review needs; the clock of the determination goes on."""

    action: ClassVar[Action] = Action.REQUEST_INFORMATION
    of: CaseParty
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptDetermination:
    """Decide every dispute and adopt the determination, signed where the organization has a key."""

    action: ClassVar[Action] = Action.ADOPT_DETERMINATION
    adoption: Adoption
    determination: Enclosure
    signature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForRewrite:
    """Return a version to its author, with the reasons."""

    action: ClassVar[Action] = Action.RETURN_FOR_REWRITE
    version: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveExtension:
    """Approve more time for the determination."""

    action: ClassVar[Action] = Action.APPROVE_EXTENSION
    why: str
