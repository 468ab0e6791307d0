"""Reviewers: approved in number, proposed, attesting, declining, in conflict, replaced."""

from __future__ import annotations

from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.commands_review import (
    ApproveReviewers,
    Attest,
    Decline,
    LapseOffer,
    ProposeReviewer,
    ReplaceReviewer,
    ReportConflict,
    ReportNobody,
)
from openimr.casework.events_review import (
    Attested,
    ConflictFound,
    Declined,
    NobodyFound,
    OfferLapsed,
    ReviewerProposed,
    ReviewerReplaced,
    ReviewersApproved,
)
from openimr.casework.figures import reviewers_by_law
from openimr.casework.moments import day_of
from openimr.casework.refusals import Answer, Objection, answer, tampered, unless, unsaid
from openimr.casework.roles import Actor, Role

BEFORE_THE_FILE_OPENS = ("no_conflict", "qualified")
"""What a reviewer attests before the file opens.

Source:
    Lab. Code 139.5(d)(4)-(6).
"""


def approve_reviewers(state: CaseState, command: ApproveReviewers, at: datetime) -> Answer:
    """Return that several reviewers decide.

    Source:
        8 CCR 9792.10.6(c); Lab. Code 4610.6(e)-(f).
    """
    usual = reviewers_by_law(state.case, day_of(at))
    least = max(usual + 1, len(state.seats))
    return answer(
        (
            unless(
                command.count >= least,
                f"{command.count} reviewers are approved; {usual} needs no approval, "
                f"and {len(state.seats)} were chosen.",
                f"Approve {least} or more.",
            ),
            unsaid(command.why, "why one reviewer is not enough"),
        ),
        lambda: (ReviewersApproved(count=command.count, why=command.why),),
    )


def propose_reviewer(state: CaseState, command: ProposeReviewer, at: datetime) -> Answer:
    """Return that a reviewer was chosen; nobody who left the case, or reviewed it before, is."""
    chosen = command.assignment.reviewer
    left = next((f for f in state.former if f.reviewer == chosen), None)
    return answer(
        (
            unsaid(chosen, "the reviewer"),
            unless(state.seat_of(chosen) is None, "the reviewer is on the case.", "Choose another one."),
            unless(
                left is None and chosen not in state.case.reviewers.earlier,
                f"the reviewer {left.left.value.replace('_', ' ') if left else 'reviewed the case'} before.",
                "Choose another one.",
            ),
            unless(
                chosen not in {e.reviewer for e in command.assignment.excluded},
                "the assignment itself excludes the reviewer.",
                "Assign anew.",
            ),
            tampered(command.record) if command.record is not None else None,
            unless(
                command.answer_by is None or command.answer_by >= day_of(at),
                f"the answer is asked for by {command.answer_by}, which is over.",
                "Leave time to answer.",
            ),
        ),
        lambda: (
            ReviewerProposed(
                assignment=command.assignment,
                reviewer_class=command.reviewer_class,
                record=command.record,
                answer_by=command.answer_by,
            ),
        ),
    )


def report_nobody(state: CaseState, command: ReportNobody) -> Answer:
    """Return that nobody of the panel may have the case."""
    return answer(
        (
            unless(
                command.found.case == state.case_number,
                f"the answer is about case {command.found.case}.",
                "Assign this case.",
            ),
        ),
        lambda: (NobodyFound(found=command.found),),
    )


def attest(state: CaseState, command: Attest, by: Actor, at: datetime) -> Answer:
    """Return that a reviewer attested: the file opens.

    Source:
        Lab. Code 139.5(d)(4)-(6).
    """
    attestation = command.attestation
    missing = [word for word in BEFORE_THE_FILE_OPENS if word not in attestation.attests]
    return answer(
        (
            _no_seat_to_attest(state, by),
            unless(
                attestation.reviewer == by.id,
                "the attestation names another reviewer.",
                "Each reviewer attests in person.",
            ),
            unless(
                not missing,
                f"{' and '.join(missing)} is not attested.",
                "Decline the case; the file stays closed.",
            ),
            unless(
                attestation.attested_on == day_of(at),
                f"it is dated {attestation.attested_on.isoformat()}.",
                "Date it on the day on which it is given.",
            ),
        ),
        lambda: (Attested(attestation=attestation),),
    )


def _no_seat_to_attest(state: CaseState, by: Actor) -> Objection | None:
    seat = state.seat_of(by.id)
    return unless(
        seat is not None and seat.attestation is None,
        "this reviewer is not on the case, or has attested.",
        "Report a conflict that came to light after the attestation.",
    )


def decline(state: CaseState, command: Decline, by: Actor) -> Answer:
    """Return that a reviewer declined."""
    return answer(
        (_no_seat_to_attest(state, by), unsaid(command.why, "the reason")),
        lambda: (Declined(reviewer=by.id, why=command.why),),
    )


def report_conflict(state: CaseState, command: ReportConflict, by: Actor) -> Answer:
    """Return that a conflict came to light after the attestation."""
    seat = state.seat_of(command.reviewer)
    own = by.role is not Role.REVIEWER or by.id == command.reviewer
    return answer(
        (
            unless(
                seat is not None and seat.attestation is not None,
                "that reviewer is not on the case, or has not attested.",
                "Name a reviewer of the case; one who has not attested declines.",
            ),
            unless(own, "it is about another reviewer.", "Tell the medical director."),
            unsaid(command.why, "the conflict"),
        ),
        lambda: (ConflictFound(reviewer=command.reviewer, why=command.why),),
    )


def replace_reviewer(state: CaseState, command: ReplaceReviewer) -> Answer:
    """Return that a reviewer was taken off the case."""
    return answer(
        (
            unless(
                state.seat_of(command.reviewer) is not None,
                "that reviewer is not on the case.",
                "Name a reviewer of the case.",
            ),
            unsaid(command.why, "the reason"),
        ),
        lambda: (ReviewerReplaced(reviewer=command.reviewer, why=command.why),),
    )


def lapse_offer(state: CaseState, command: LapseOffer, at: datetime) -> Answer:
    """Return that a reviewer did not answer in time; the day itself still counts.

    Source:
        The time to answer is the organization's own rule.
    """
    seat = state.seat_of(command.reviewer)
    open_until = seat.answer_by if seat is not None and seat.attestation is None else None
    return answer(
        (
            unless(
                open_until is not None,
                "that reviewer is not on the case, has answered, or was given no day to answer by.",
                "Name a reviewer whose offer is open; one without a day is replaced.",
            ),
            unless(
                open_until is None or day_of(at) > open_until,
                f"the offer is open until {open_until}.",
                "Let it lapse after that day.",
            ),
        ),
        lambda: (OfferLapsed(reviewer=command.reviewer, answer_by=open_until or day_of(at)),),
    )
