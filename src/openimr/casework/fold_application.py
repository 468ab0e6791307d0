"""What the events of an application and its eligibility leave behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openimr.casework.case_state import CaseState, InHand
from openimr.casework.events import ApplicationEvent, Recorded
from openimr.casework.events_application import (
    ApplicationCorrected,
    ApplicationFiled,
    ApplicationFiledAgain,
    ApplicationSaved,
    CaseTaken,
    CaseTakenIn,
    CaseTakenOver,
    ConsolidatedInto,
    DuplicateLinked,
    DuplicateNoted,
    DuplicateUnlinked,
    OfficeAsked,
    PartiesChanged,
    PayerLinked,
)
from openimr.casework.papers import no_longer_owe, owe
from openimr.casework.parts import (
    Closed,
    ClosedBecause,
    DisputeStanding,
    DisputeStatus,
    PaperKind,
)
from openimr.terms.case import Case

_ENDED = (DisputeStatus.WITHDRAWN, DisputeStatus.AUTHORIZED, DisputeStatus.SETTLED)


def opened(recorded: Recorded, event: ApplicationSaved | ApplicationFiled) -> CaseState:
    """Return a new case from its first event."""
    state = CaseState(number=0, version=0, opened_at=recorded.at, case=event.case)
    return applied(state, event, recorded)


def applied(state: CaseState, event: ApplicationEvent, recorded: Recorded) -> CaseState:
    """Return the case after an event of its application."""
    match event:
        case ApplicationSaved(case=case, step=step):
            return replace(state, case=case, step=step)
        case ApplicationFiled(case=case, filed_by=filed_by):
            filed = replace(state, filed_at=recorded.at, filed_by=filed_by, step=None)
            return _restated(replace(filed, times_filed=1), case)
        case ApplicationCorrected(case=case):
            return _restated(state, case)
        case ApplicationFiledAgain(case=case):
            again = no_longer_owe(
                replace(state, times_filed=state.times_filed + 1), {PaperKind.INELIGIBILITY}
            )
            return _restated(again, case)
        case PartiesChanged(parties=parties):
            seats = tuple(
                # an offer that is open stays open until its day; who had attested is asked anew, without one
                replace(seat, attestation=None, answer_by=None) if seat.attestation is not None else seat
                for seat in state.seats
            )
            return replace(state, case=replace(state.case, parties=parties), seats=seats)
        case PayerLinked(identifier=identifier):
            parties, payer = state.case.parties, state.case.parties.payer
            linked = replace(parties, payer=replace(payer, id=identifier) if payer is not None else None)
            return replace(state, case=replace(state.case, parties=linked))
        case OfficeAsked(what=what):
            return replace(state, asked_of_office=what)
        case CaseTaken() | CaseTakenOver():
            others = tuple(h for h in state.in_hand if h.role is not recorded.by.role)
            return replace(state, in_hand=(*others, InHand(role=recorded.by.role, id=recorded.by.id)))
        case _:
            return _joined(state, event, recorded.at)


def _joined(state: CaseState, event: ApplicationEvent, at: datetime) -> CaseState:
    """Return the case after an event that ties it to another one."""
    match event:
        case DuplicateLinked(of_case=of_case, why=why):
            closed = Closed(because=ClosedBecause.DUPLICATE, why=why, goes_on_in=of_case)
            return owe(replace(state, closed=closed), PaperKind.DUPLICATE, at)
        case DuplicateUnlinked():
            return no_longer_owe(replace(state, closed=None), {PaperKind.DUPLICATE})
        case DuplicateNoted(other_case=other):
            return replace(state, duplicates=(*state.duplicates, other))
        case ConsolidatedInto(lead_case=lead, because=because):
            closed = Closed(because=ClosedBecause.CONSOLIDATED, why=because, goes_on_in=lead)
            bare = no_longer_owe(replace(state, closed=closed), set(PaperKind))
            return owe(bare, PaperKind.CONSOLIDATION, at)
        case CaseTakenIn():
            return owe(_with_disputes(state, event), PaperKind.CONSOLIDATION, at)
        case _:
            return state


def _with_disputes(state: CaseState, event: CaseTakenIn) -> CaseState:
    first = len(state.case.dispute) + 1
    taken = tuple(event.other.dispute[n - 1] for n in event.disputes)
    number = event.other.case.number
    standings = tuple(
        DisputeStanding(number=n, status=DisputeStatus.ELIGIBLE, from_case=number)
        for n in range(first, first + len(taken))
    )
    return replace(
        state,
        case=replace(state.case, dispute=state.case.dispute + taken),
        standings=state.standings + standings,
        taken_in=(*state.taken_in, number),
    )


def _restated(state: CaseState, case: Case) -> CaseState:
    """Return a case whose application says something else now: it is screened anew."""
    standings = tuple(
        _standing(state, number, dispute.request) for number, dispute in enumerate(case.dispute, 1)
    )
    return replace(state, case=case, standings=standings, screening=None, eligibility_decided_at=None)


def _standing(state: CaseState, number: int, request: str) -> DisputeStanding:
    """Return where a dispute stands: what had ended stays ended, all else is open again."""
    if number <= len(state.standings) and state.case.dispute[number - 1].request == request:
        before = state.standings[number - 1]
        if before.status in _ENDED:
            return before
    return DisputeStanding(number=number)
