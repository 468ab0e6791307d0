"""What the events of letters, service, appeal and invoices leave behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from openimr.casework.case_state import CaseState
from openimr.casework.events import LetterEvent, Recorded
from openimr.casework.events_afterwards import (
    AppealDecided,
    AppealFiled,
    CorrectionPrepared,
    CorrectionReleased,
    Implemented,
    InvoiceCancelled,
    Invoiced,
    InvoicePaid,
    LetterComposed,
    PublicationApproved,
    Released,
    Remanded,
    SentElsewhere,
    Served,
)
from openimr.casework.events_review import NoticeReceived
from openimr.casework.fold_review import with_author
from openimr.casework.moments import moment_of
from openimr.casework.papers import no_longer_owe, owe, paper_of
from openimr.casework.parts import (
    DETERMINATIONS,
    Appeal,
    CaseParty,
    Closed,
    ClosedBecause,
    Invoice,
    Paper,
    PaperKind,
    ServedOn,
)
from openimr.casework.seats import FormerReviewer, LeftBecause, Prepared, Release
from openimr.terms.case import Case, Closing, ClosingStage, ReviewerClass
from openimr.terms.period import Moment


def applied(state: CaseState, event: LetterEvent, recorded: Recorded) -> CaseState:
    """Return the case after an event of its letters."""
    match event:
        case LetterComposed(letter=letter):
            composed = Prepared(sha256=letter.sha256, by=recorded.by.id, at=recorded.at)
            return replace(
                state,
                letter=composed,
                letters=(*state.letters, letter.sha256),
                authors=with_author(state.authors, recorded.by),
            )
        case Released(letter=letter):
            return _released(state, letter, recorded)
        case CorrectionPrepared(letter=letter, corrections=corrections):
            prepared = Prepared(sha256=letter.sha256, by=recorded.by.id, at=recorded.at)
            letters = (*state.letters, letter.sha256)
            return replace(state, correction=prepared, corrections=corrections, letters=letters)
        case CorrectionReleased(letter=letter):
            before = state.released
            release = Release(
                letter=letter,
                by=recorded.by.id,
                at=recorded.at,
                round=state.round,
                corrects=before.letter if before is not None else None,
            )
            corrected = replace(state, releases=(*state.releases, release), correction=None, corrections=())
            corrected = no_longer_owe(corrected, DETERMINATIONS)
            return owe(corrected, PaperKind.CORRECTED_DETERMINATION, recorded.at)
        case Served(paper=paper, service=service):
            return _served(state, paper, service, recorded.at)
        case NoticeReceived():
            return _received(state, event)
        case _:
            return _afterwards(state, event, recorded)


def _released(state: CaseState, letter: str, recorded: Recorded) -> CaseState:
    release = Release(letter=letter, by=recorded.by.id, at=recorded.at, round=state.round)
    classes = {s.reviewer_class for s in state.seats}
    case = replace(
        state.case,
        dates=replace(state.case.dates, determination_issued=moment_of(recorded.at)),
        closing=Closing(
            stage=ClosingStage.DETERMINED,
            reviewer_class=_class_of(classes),
            reviewers=len(state.seats),
        ),
    )
    released = replace(state, releases=(*state.releases, release), case=case)
    return owe(released, PaperKind.DETERMINATION, recorded.at)


def _class_of(classes: set[ReviewerClass | None]) -> ReviewerClass | None:
    return classes.pop() if len(classes) == 1 else None


def _with_paper(state: CaseState, paper: str, changed: Callable[[Paper], Paper]) -> CaseState:
    return replace(state, papers=tuple(changed(p) if p.id == paper else p for p in state.papers))


def _served(state: CaseState, paper_id: str, service: ServedOn, at: datetime) -> CaseState:
    paper = paper_of(state, paper_id)
    after = _with_paper(state, paper_id, lambda p: replace(p, served=(*p.served, service)))
    if paper is None:
        return after
    to_payer, first = service.party is CaseParty.PAYER, not paper.served
    case = after.case
    if paper.kind is PaperKind.ASSIGNMENT:
        if first:
            case = replace(case, dates=replace(case.dates, assigned=service.sent))
        if to_payer:
            # the period for records runs against the payer
            dates = replace(case.dates, noarfi_sent=service.sent, noarfi_received=service.received)
            case = replace(case, dates=dates, service=replace(case.service, noarfi=service.method))
            after = replace(after, notice_sent_at=at)
    elif paper.kind is PaperKind.DETERMINATION and (first or to_payer):
        dates = replace(case.dates, determination_served=service.sent)
        case = replace(case, dates=dates, service=replace(case.service, determination=service.method))
    return replace(after, case=case)


def _received(state: CaseState, event: NoticeReceived) -> CaseState:
    paper = paper_of(state, event.paper)
    after = _with_paper(
        state,
        event.paper,
        lambda p: replace(
            p,
            served=tuple(
                replace(s, received=event.received) if s.party is event.party else s for s in p.served
            ),
        ),
    )
    if paper is None:
        return after
    if paper.kind is PaperKind.ASSIGNMENT and event.party is CaseParty.PAYER:
        dates = replace(after.case.dates, noarfi_received=event.received)
        after = replace(after, case=replace(after.case, dates=dates))
    if paper.kind is PaperKind.INFORMATION_REQUEST:
        number = int(paper.id.rpartition("-")[2])
        after = replace(
            after,
            requests=tuple(
                replace(r, received=event.received) if r.number == number and r.of is event.party else r
                for r in after.requests
            ),
        )
    return after


def _afterwards(state: CaseState, event: LetterEvent, recorded: Recorded) -> CaseState:
    match event:
        case AppealFiled(filed_on=filed_on, by=by):
            appeal = Appeal(filed_on=filed_on, by=by, round=state.round)
            return replace(state, appeals=(*state.appeals, appeal))
        case AppealDecided() if state.appeals:
            decided = replace(
                state.appeals[-1],
                outcome=event.outcome,
                decided_on=event.on,
                ground=event.ground,
                facts=event.facts,
            )
            return replace(state, appeals=(*state.appeals[:-1], decided))
        case Remanded(why=why):
            return _remanded(state, why, recorded.at)
        case SentElsewhere(organization=organization, why=why):
            closed = Closed(because=ClosedBecause.SENT_ELSEWHERE, why=why, goes_on_in=organization)
            gone = no_longer_owe(replace(state, closed=closed), DETERMINATIONS)
            return owe(gone, PaperKind.REMAND, recorded.at)
        case Implemented(on=on):
            dates = replace(state.case.dates, implemented=_moment_on(on, recorded.at))
            return replace(state, implemented_on=on, case=replace(state.case, dates=dates))
        case PublicationApproved(letter=letter):
            return replace(state, published=letter.sha256)
        case _:
            return _billed(state, event, recorded.at)


def _moment_on(on: date, at: datetime) -> Moment:
    moment = moment_of(at)
    return moment if moment.on == on else Moment(on)


def _remanded(state: CaseState, why: str, at: datetime) -> CaseState:
    """Return the case for another reviewer: nothing that was written counts, everything is kept."""
    left = tuple(
        FormerReviewer(reviewer=s.reviewer, left=LeftBecause.REVERSED, why=why, at=at) for s in state.seats
    )
    versions = tuple(
        replace(v, superseded_because=LeftBecause.REVERSED.value) if v.counts else v for v in state.versions
    )
    anew = replace(
        state,
        round=state.round + 1,
        seats=(),
        former=state.former + left,
        versions=versions,
        draft=None,
        drafted_from=None,
        authors=(),
        letter=None,
        correction=None,
        corrections=(),
        published=None,
        implemented_on=None,
        went_to_reviewer=False,
        closings=(*state.closings, state.case.closing),
        case=_undetermined(state.case, tuple(f.reviewer for f in left)),
    )
    return owe(no_longer_owe(anew, DETERMINATIONS), PaperKind.REMAND, at)


def _undetermined(case: Case, earlier: tuple[str, ...]) -> Case:
    dates = replace(case.dates, determination_issued=None, determination_served=None, implemented=None)
    reviewers = replace(case.reviewers, earlier=case.reviewers.earlier + earlier)
    service = replace(case.service, determination=None)
    return replace(case, dates=dates, reviewers=reviewers, service=service, closing=Closing())


def _billed(state: CaseState, event: LetterEvent, at: datetime) -> CaseState:
    match event:
        case Invoiced(number=number, amount_usd=amount, basis=basis, round=of_round):
            owing = owe(state, PaperKind.INVOICE, at, (CaseParty.PAYER,))
            invoice = Invoice(
                number=number,
                amount_usd=amount,
                basis=basis,
                sent_at=at,
                paper=owing.papers[-1].id,
                round=of_round or state.round,
            )
            return replace(owing, invoices=(*state.invoices, invoice))
        case InvoicePaid(number=number, on=on):
            return _with_invoice(state, number, lambda i: replace(i, paid_on=on))
        case InvoiceCancelled(number=number, why=why):
            gone = {i.paper for i in state.invoices if i.number == number}
            bare = no_longer_owe(state, {PaperKind.INVOICE}, only=gone)
            return _with_invoice(bare, number, lambda i: replace(i, cancelled_because=why))
        case _:
            return state


def _with_invoice(state: CaseState, number: str, changed: Callable[[Invoice], Invoice]) -> CaseState:
    invoices = tuple(changed(i) if i.number == number else i for i in state.invoices)
    return replace(state, invoices=invoices)
