"""What the events of records and review leave behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded, RecordsEvent, ReviewEvent
from openimr.casework.events_review import (
    Attested,
    ConflictFound,
    Declined,
    DeterminationAdopted,
    DocumentRead,
    DraftOpened,
    DraftPrepared,
    ExtensionApproved,
    FoundUndecidable,
    NobodyFound,
    OfferLapsed,
    RecordsChased,
    RecordsCompleted,
    RecordsReceived,
    ReturnedForRewrite,
    ReviewerProposed,
    ReviewerReplaced,
    ReviewersApproved,
    ViewRecorded,
)
from openimr.casework.papers import owe
from openimr.casework.parts import CaseParty, Chase, PaperKind
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import FormerReviewer, LeftBecause, Prepared, Returned, Seat, Version


def records_applied(state: CaseState, event: RecordsEvent, recorded: Recorded) -> CaseState:
    """Return the case after an event of its records."""
    match event:
        case RecordsReceived(files=files):
            return replace(state, records=state.records + files, undecidable=None)
        case RecordsChased():
            chase = Chase(
                missing=event.missing,
                at=recorded.at,
                explanation=event.explanation,
                penalty_usd=event.penalty_usd,
            )
            chased = replace(state, chases=(*state.chases, chase))
            return owe(chased, PaperKind.RECORDS_CHASE, recorded.at, (CaseParty.PAYER,))
        case RecordsCompleted():
            dates = replace(state.case.dates, records_complete=event.completed)
            return replace(
                state,
                case=replace(state.case, dates=dates),
                seal=event.seal,
                missing=event.missing,
                records_completed_at=recorded.at,
                undecidable=None,
                reviewers_wanted=max(state.reviewers_wanted, event.reviewers),
            )
        case FoundUndecidable(found=found):
            dates = replace(state.case.dates, records_complete=None)
            case = replace(state.case, dates=dates)
            return replace(state, undecidable=found, records_completed_at=None, case=case)
        case DocumentRead(document=document) if recorded.by.role is Role.REVIEWER:
            return _with_seat(state, recorded.by.id, lambda seat: _having_opened(seat, document))
        case _:
            return state


def review_applied(state: CaseState, event: ReviewEvent, recorded: Recorded) -> CaseState:
    """Return the case after an event of its review."""
    match event:
        case ReviewersApproved(count=count, why=why):
            return replace(state, reviewers_wanted=count, reviewers_approved=why)
        case DraftPrepared(draft=draft, seal=seal):
            closed = tuple(replace(seat, draft_opened_at=None) for seat in state.seats)
            prepared = Prepared(sha256=draft.sha256, by=recorded.by.id, at=recorded.at)
            authors = with_author(state.authors, recorded.by)
            return replace(
                state,
                draft=prepared,
                drafts=(*state.drafts, draft.sha256),
                drafted_from=seal,
                seats=closed,
                authors=authors,
            )
        case DeterminationAdopted():
            version = Version(
                number=event.number,
                round=state.round,
                adoption=event.adoption,
                determination=event.determination.sha256,
                adopted_at=recorded.at,
            )
            return replace(state, versions=(*state.versions, version), letter=None)
        case ReturnedForRewrite(version=number, reasons=reasons):
            returned = Returned(by=recorded.by.id, at=recorded.at, reasons=reasons)
            versions = tuple(
                replace(v, returned=returned) if v.number == number else v for v in state.versions
            )
            return replace(state, versions=versions, letter=None)
        case ExtensionApproved(why=why):
            return replace(state, extension=why)
        case NobodyFound(found=found):
            return replace(state, would_free=found.would_free or found.in_the_way)
        case _:
            return _seated(state, event, recorded)


def with_author(authors: tuple[str, ...], by: Actor) -> tuple[str, ...]:
    """Return the authors with one more person; software is nobody's second person."""
    return authors if by.role is Role.SYSTEM or by.id in authors else (*authors, by.id)


def _seated(state: CaseState, event: ReviewEvent, recorded: Recorded) -> CaseState:
    """Return the case after an event of one reviewer."""
    at = recorded.at
    match event:
        case ReviewerProposed(assignment=chosen):
            seat = Seat(
                reviewer=chosen.reviewer,
                fit=chosen.fit,
                because=chosen.because,
                proposed_at=at,
                answer_by=event.answer_by,
                reviewer_class=event.reviewer_class,
            )
            return replace(state, seats=(*state.seats, seat), would_free=())
        case Attested(attestation=attestation):
            went = replace(state, went_to_reviewer=True)
            return _with_seat(went, attestation.reviewer, lambda s: replace(s, attestation=attestation))
        case ViewRecorded(reviewer=reviewer, views=views):
            return _with_seat(state, reviewer, lambda s: replace(s, views=s.views + views))
        case DraftOpened(reviewer=reviewer):
            return _with_seat(state, reviewer, lambda s: replace(s, draft_opened_at=at))
        case Declined(reviewer=reviewer, why=why):
            return _without(state, reviewer, LeftBecause.DECLINED, why, at)
        case ConflictFound(reviewer=reviewer, why=why):
            return _without(state, reviewer, LeftBecause.LATE_CONFLICT, why, at)
        case ReviewerReplaced(reviewer=reviewer, why=why):
            return _without(state, reviewer, LeftBecause.REPLACED, why, at)
        case OfferLapsed(reviewer=reviewer, answer_by=answer_by):
            why = f"No answer came by {answer_by.isoformat()}."
            return _without(state, reviewer, LeftBecause.LAPSED, why, at)
        case _:
            return state


def _with_seat(state: CaseState, reviewer: str, changed: Callable[[Seat], Seat]) -> CaseState:
    seats = tuple(changed(s) if s.reviewer == reviewer else s for s in state.seats)
    return replace(state, seats=seats)


def _having_opened(seat: Seat, document: str) -> Seat:
    return seat if document in seat.opened else replace(seat, opened=(*seat.opened, document))


def _without(state: CaseState, reviewer: str, left: LeftBecause, why: str, at: datetime) -> CaseState:
    """Return the case without a reviewer; what that reviewer adopted is kept and counts no more."""
    versions = tuple(
        replace(v, superseded_because=left.value)
        if v.adoption.reviewer == reviewer and v.round == state.round and v.counts
        else v
        for v in state.versions
    )
    return replace(
        state,
        seats=tuple(s for s in state.seats if s.reviewer != reviewer),
        former=(*state.former, FormerReviewer(reviewer=reviewer, left=left, why=why, at=at)),
        versions=versions,
        letter=None,
    )
