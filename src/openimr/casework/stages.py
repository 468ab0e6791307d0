"""How far a case has come: computed from what is known, never stored as a choice."""

from __future__ import annotations

from enum import StrEnum

from openimr.casework.case_state import CaseState
from openimr.casework.parts import DETERMINATIONS, About, AppealOutcome, ClosedBecause, DisputeStatus


class Stage(StrEnum):
    """How far a case has come."""

    DRAFT = "draft"
    SCREENING = "screening"
    INFORMATION = "information"
    """A party was asked for what eligibility depends on."""
    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    DUPLICATE = "duplicate"
    CONSOLIDATED = "consolidated"
    NOTICE = "notice"
    """Eligible; the notice of assignment has to go out."""
    RECORDS = "records"
    UNDECIDABLE = "undecidable"
    """Nothing is there but the decision under review."""
    ASSIGNMENT = "assignment"
    ATTESTATION = "attestation"
    VIEW = "view"
    """The physician reads the file and records a view; the draft is closed."""
    REVIEW = "review"
    """The draft may be opened; the physician decides and adopts."""
    QUALITY = "quality"
    """Adopted; a second person checks and releases."""
    SERVICE = "service"
    SERVED = "served"
    APPEAL = "appeal"
    REMAND = "remand"
    """Reversed on appeal; it has to be said who reviews anew."""
    TERMINATED = "terminated"
    SENT_ELSEWHERE = "sent_elsewhere"


_CLOSED = {
    ClosedBecause.TERMINATED: Stage.TERMINATED,
    ClosedBecause.DUPLICATE: Stage.DUPLICATE,
    ClosedBecause.CONSOLIDATED: Stage.CONSOLIDATED,
    ClosedBecause.SENT_ELSEWHERE: Stage.SENT_ELSEWHERE,
}

REVIEWING = (Stage.ASSIGNMENT, Stage.ATTESTATION, Stage.VIEW, Stage.REVIEW, Stage.QUALITY)
"""From complete records to the release: the clock of the determination runs."""


def stage_of(state: CaseState) -> Stage:
    """Return how far a case has come."""
    if state.closed is not None:
        return _CLOSED[state.closed.because]
    if state.filed_at is None:
        return Stage.DRAFT
    if state.eligibility_decided_at is None:
        asked = any(r.about is About.ELIGIBILITY for r in state.open_requests)
        return Stage.INFORMATION if asked else Stage.SCREENING
    if state.released is not None:
        return _after_release(state)
    if not state.live:
        deferred = any(s.status is DisputeStatus.DEFERRED for s in state.standings)
        return Stage.DEFERRED if deferred else Stage.INELIGIBLE
    return _under_review(state)


def _under_review(state: CaseState) -> Stage:
    if state.notice_sent_at is None:
        return Stage.NOTICE
    if state.records_completed_at is None:
        return Stage.UNDECIDABLE if state.undecidable is not None else Stage.RECORDS
    if len(state.seats) < state.reviewers_wanted:
        return Stage.ASSIGNMENT
    if any(s.attestation is None for s in state.seats):
        return Stage.ATTESTATION
    if not all(state.has_view(s) for s in state.seats):
        return Stage.VIEW
    return Stage.QUALITY if state.is_adopted else Stage.REVIEW


def _after_release(state: CaseState) -> Stage:
    appeal = state.appeal
    if appeal is not None and appeal.outcome is None:
        return Stage.APPEAL
    if appeal is not None and appeal.outcome is AppealOutcome.REVERSED:
        return Stage.REMAND
    letters = [p for p in state.papers if p.kind in DETERMINATIONS]
    return Stage.SERVICE if any(p.owed for p in letters) else Stage.SERVED


def is_closed(stage: Stage) -> bool:
    """Return whether nothing more is decided in a case of this stage unless somebody opens it again."""
    return stage in (*_CLOSED.values(), Stage.INELIGIBLE, Stage.SERVED)
