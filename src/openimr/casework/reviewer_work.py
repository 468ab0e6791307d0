"""What one reviewer of a case has to do, or has done: by the own seat, whatever colleagues do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from openimr.casework.case_state import CaseState
from openimr.casework.seats import Seat


class ReviewerWork(StrEnum):
    """How far one reviewer has come with a case."""

    OFFERED = "offered"
    """To attest, or to decline."""
    TO_VIEW = "to_view"
    """Accepted; the file is to be read and the view to be recorded."""
    DRAFT_AWAITED = "draft_awaited"
    """The view is recorded, and the draft is not ready."""
    TO_OPEN = "to_open"
    TO_DECIDE = "to_decide"
    RETURNED = "returned"
    """What was adopted came back, to be written anew."""
    ADOPTED = "adopted"
    RELEASED = "released"


TO_DO = (
    ReviewerWork.OFFERED,
    ReviewerWork.TO_VIEW,
    ReviewerWork.TO_OPEN,
    ReviewerWork.TO_DECIDE,
    ReviewerWork.RETURNED,
)
"""What waits for the reviewer; the rest waits for others."""


def work_of_seat(state: CaseState, seat: Seat) -> ReviewerWork:
    """Return how far a reviewer of a case has come."""
    if seat.attestation is None:
        return ReviewerWork.OFFERED
    if state.released is not None:
        return ReviewerWork.RELEASED
    if not state.has_view(seat):
        return ReviewerWork.TO_VIEW
    if state.version_of(seat.reviewer) is not None:
        return ReviewerWork.ADOPTED
    if state.draft is None:
        return ReviewerWork.DRAFT_AWAITED
    if seat.draft_opened_at is None:
        return ReviewerWork.TO_OPEN
    return ReviewerWork.RETURNED if reasons_of_return(state, seat) else ReviewerWork.TO_DECIDE


def reasons_of_return(state: CaseState, seat: Seat) -> tuple[str, ...]:
    """Return why the last version of a reviewer in this round came back; nothing where it did not."""
    back = [v for v in state.versions if v.adoption.reviewer == seat.reviewer and v.round == state.round]
    last = back[-1].returned if back else None
    return last.reasons if last is not None else ()


def work_of_reviewers(state: CaseState) -> Mapping[str, ReviewerWork]:
    """Return how far each reviewer of a case has come, by the identifier in the panel."""
    return {seat.reviewer: work_of_seat(state, seat) for seat in state.seats}
