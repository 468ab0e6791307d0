"""What the events of eligibility leave behind."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.events import EligibilityEvent, Recorded
from openimr.casework.events_application import (
    ApplicationScreened,
    AuthorizedInPart,
    ConvertedToExpedited,
    DisputeEnded,
    EligibilityDecided,
    EligibilityDecidedAnew,
    InformationClosed,
    InformationReceived,
    InformationRequested,
    LiabilityResolved,
    Terminated,
)
from openimr.casework.moments import moment_of
from openimr.casework.papers import no_longer_owe, owe
from openimr.casework.parts import (
    Closed,
    ClosedBecause,
    DisputeStanding,
    DisputeStatus,
    InformationRequest,
    PaperKind,
)
from openimr.casework.quantities import quantity_words
from openimr.terms.case import Closing, ClosingStage


def applied(state: CaseState, event: EligibilityEvent, recorded: Recorded) -> CaseState:
    """Return the case after an event of its eligibility."""
    match event:
        case ApplicationScreened(found=found, compared_with=others):
            return replace(state, screening=found, compared_with=others)
        case EligibilityDecided(standings=standings, exemptions=exemptions):
            decided = replace(state, exemptions=state.exemptions + exemptions)
            return _decided(decided, standings, recorded.at)
        case EligibilityDecidedAnew(standings=standings):
            return _decided(replace(state, letter=None), standings, recorded.at)
        case LiabilityResolved(resolved=resolved):
            case = replace(state.case, dates=replace(state.case.dates, liability_resolved=resolved))
            opened = tuple(
                DisputeStanding(number=s.number) if s.status is DisputeStatus.DEFERRED else s
                for s in state.standings
            )
            bare = no_longer_owe(state, {PaperKind.DEFERRAL})
            return replace(bare, case=case, standings=opened, screening=None, eligibility_decided_at=None)
        case InformationRequested() | InformationReceived() | InformationClosed():
            return _asked(state, event, recorded.at)
        case _:
            return _ended(state, event, recorded.at)


def _decided(state: CaseState, standings: tuple[DisputeStanding, ...], at: datetime) -> CaseState:
    """Return the case with new standings, and with the papers that tell them."""
    had_live = bool(state.live)
    by_number = {s.number: s for s in standings}
    merged = tuple(by_number.get(s.number, s) for s in state.standings)
    after = replace(state, standings=merged, eligibility_decided_at=at)
    if after.live and not had_live:
        if state.notice_sent_at is None:
            dates = replace(state.case.dates, eligible=moment_of(at))
            after = replace(after, case=replace(state.case, dates=dates))
        after = owe(after, PaperKind.ASSIGNMENT, at)
    if not after.live:
        after = no_longer_owe(after, {PaperKind.ASSIGNMENT})
    assigned = after.notice_sent_at is not None
    closing = _closing(after) if assigned and not after.live else Closing()
    after = replace(after, case=replace(after.case, closing=closing))
    statuses = {s.status for s in standings}
    if DisputeStatus.INELIGIBLE in statuses:
        after = owe(after, PaperKind.INELIGIBILITY, at)
    if DisputeStatus.DEFERRED in statuses:
        after = owe(after, PaperKind.DEFERRAL, at)
    return after


def _asked(
    state: CaseState, event: InformationRequested | InformationReceived | InformationClosed, at: datetime
) -> CaseState:
    if isinstance(event, InformationRequested):
        request = InformationRequest(
            number=event.number, about=event.about, of=event.of, what=event.what, asked=moment_of(at)
        )
        asked = replace(state, requests=(*state.requests, request))
        return owe(asked, PaperKind.INFORMATION_REQUEST, at, (event.of, *event.copies_to))
    if isinstance(event, InformationReceived):
        return _with_request(state, event.number, lambda r: replace(r, answered=moment_of(at)))
    return _with_request(state, event.number, lambda r: replace(r, closed_because=event.why))


def _with_request(
    state: CaseState, number: int, changed: Callable[[InformationRequest], InformationRequest]
) -> CaseState:
    requests = tuple(changed(r) if r.number == number else r for r in state.requests)
    return replace(state, requests=requests)


def _ended(state: CaseState, event: EligibilityEvent, at: datetime) -> CaseState:
    """Return the case after something ended, shrank, or became urgent."""
    match event:
        case DisputeEnded():
            return _without_dispute(state, event)
        case AuthorizedInPart():
            return _in_part(state, event)
        case Terminated(why=why):
            closed = Closed(because=ClosedBecause.TERMINATED, why=why)
            case = replace(state.case, closing=_closing(state))
            ended = no_longer_owe(replace(state, closed=closed, case=case), _BEFORE_THE_END)
            return owe(ended, PaperKind.TERMINATION, at)
        case ConvertedToExpedited(certified=certified):
            dates = replace(state.case.dates, expedited_certified=certified)
            return owe(replace(state, case=replace(state.case, dates=dates)), PaperKind.CONVERSION, at)
        case _:
            return state


_BEFORE_THE_END: Collection[PaperKind] = frozenset(PaperKind) - {PaperKind.INVOICE, PaperKind.TERMINATION}


def _without_dispute(state: CaseState, event: DisputeEnded) -> CaseState:
    standings = tuple(
        replace(s, status=event.status, since=event.on, why=event.why) if s.number == event.dispute else s
        for s in state.standings
    )
    disputes = state.case.dispute
    if event.status is DisputeStatus.AUTHORIZED:
        disputes = tuple(
            replace(d, authorized_since=event.on) if n == event.dispute else d
            for n, d in enumerate(disputes, 1)
        )
    return replace(state, standings=standings, case=replace(state.case, dispute=disputes), letter=None)


def _in_part(state: CaseState, event: AuthorizedInPart) -> CaseState:
    disputes = tuple(
        replace(
            d,
            requested=quantity_words(event.requested),
            authorized=quantity_words(event.authorized),
            remaining=quantity_words(event.remaining),
        )
        if n == event.dispute
        else d
        for n, d in enumerate(state.case.dispute, 1)
    )
    return replace(state, case=replace(state.case, dispute=disputes), letter=None)


def _closing(state: CaseState) -> Closing:
    """Return how far the case had come: it went to a reviewer when one attested and the file opened."""
    stage = ClosingStage.AFTER_REVIEWER if state.went_to_reviewer else ClosingStage.BEFORE_REVIEWER
    return Closing(stage=stage)
