"""Requests for information, and disputes that end, shrink or become urgent."""

from __future__ import annotations

from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.commands_application import (
    AnswerInformation,
    AskAboutEligibility,
    AuthorizeInPart,
    CloseInformation,
    ConvertToExpedited,
    EndDispute,
    ResolveLiability,
    Terminate,
)
from openimr.casework.commands_review import RequestInformation
from openimr.casework.conditions import answers_for
from openimr.casework.events import Event
from openimr.casework.events_application import (
    AuthorizedInPart,
    ConvertedToExpedited,
    DisputeEnded,
    InformationClosed,
    InformationReceived,
    InformationRequested,
    LiabilityResolved,
    Terminated,
)
from openimr.casework.papers import parties_of
from openimr.casework.parts import About, CaseParty, DisputeStatus, InformationRequest
from openimr.casework.quantities import quantity_words, read_quantity, remainder
from openimr.casework.refusals import Answer, Objection, answer, in_future, unless, unsaid
from openimr.casework.roles import Actor, Role
from openimr.terms.period import Moment
from openimr.terms.treatment import Quantity

_ENDINGS = {
    Role.APPLICANT: (DisputeStatus.WITHDRAWN,),
    Role.PAYER: (DisputeStatus.AUTHORIZED, DisputeStatus.SETTLED),
}
_ALL_ENDINGS = (DisputeStatus.WITHDRAWN, DisputeStatus.AUTHORIZED, DisputeStatus.SETTLED)


def ask_about_eligibility(state: CaseState, command: AskAboutEligibility) -> Answer:
    """Return that a party was asked for what eligibility depends on.

    Source:
        8 CCR 9792.10.3(b).
    """
    return _asked(state, About.ELIGIBILITY, command.of, command.what, ())


def request_information(state: CaseState, command: RequestInformation, by: Actor) -> Answer:
    """Return that a party was asked for what the review needs; every party has a copy.

    Source:
        Lab. Code 4610.6(b); 8 CCR 9792.10.5(c).
    """
    copies = tuple(p for p in parties_of(state.case) if p is not command.of)
    stranger = not_of_the_case(state, by) if by.role is Role.REVIEWER else None
    return _asked(state, About.REVIEW, command.of, command.what, copies, stranger)


def not_of_the_case(state: CaseState, by: Actor) -> Objection | None:
    """Return an objection where a reviewer is not on the case, or has not attested."""
    seat = state.seat_of(by.id)
    return unless(
        seat is not None and seat.attestation is not None,
        "this reviewer is not on the case, or has not attested.",
        "The file is open to the reviewers of the case who have attested.",
    )


def _asked(
    state: CaseState,
    about: About,
    of: CaseParty,
    what: tuple[str, ...],
    copies: tuple[CaseParty, ...],
    stranger: Objection | None = None,
) -> Answer:
    number = len(state.requests) + 1
    return answer(
        (
            stranger,
            unsaid(what, "what is asked for"),
            unless(of in parties_of(state.case), f"the case names no {of.value}.", "Ask another party."),
        ),
        lambda: (InformationRequested(number=number, about=about, of=of, what=what, copies_to=copies),),
    )


def answer_information(state: CaseState, command: AnswerInformation, by: Actor) -> Answer:
    """Return that an answer came in."""
    request = _open_request(state, command.number)
    of = request.of if request is not None else None
    copies: tuple[CaseParty, ...] = ()
    if request is not None and request.about is About.REVIEW:
        copies = tuple(p for p in parties_of(state.case) if p is not of)
    return answer(
        (
            _not_open(state, request, command.number),
            unless(
                of is None or of in answers_for(by.role),
                f"request {command.number} was put to another party.",
                "The party that was asked answers.",
            ),
            unsaid(command.says, "the answer"),
        ),
        lambda: (
            InformationReceived(
                number=command.number,
                says=command.says,
                documents=command.documents,
                copies_to=copies,
            ),
        ),
    )


def close_information(state: CaseState, command: CloseInformation) -> Answer:
    """Return that the case goes on without an answer.

    Source:
        8 CCR 9792.10.3(c): it is then decided on what there is.
    """
    return answer(
        (
            _not_open(state, _open_request(state, command.number), command.number),
            unsaid(command.why, "the reason"),
        ),
        lambda: (InformationClosed(number=command.number, why=command.why),),
    )


def _open_request(state: CaseState, number: int) -> InformationRequest | None:
    return next((r for r in state.open_requests if r.number == number), None)


def _not_open(state: CaseState, request: InformationRequest | None, number: int) -> Objection | None:
    known = ", ".join(str(r.number) for r in state.open_requests)
    return unless(request is not None, f"request {number} is not open.", f"Open requests are: {known}.")


def resolve_liability(state: CaseState, command: ResolveLiability, at: datetime) -> Answer:
    """Return that the dispute over liability ended, so that what was deferred is screened again.

    Source:
        Lab. Code 4610.5(h)(2), (k).
    """
    return answer(
        (in_future(command.resolved, at, "the notice that liability is resolved"),),
        lambda: (LiabilityResolved(resolved=command.resolved),),
    )


def end_dispute(state: CaseState, command: EndDispute, by: Actor, at: datetime) -> Answer:
    """Return that one dispute ended, and with the last one the review.

    Source:
        8 CCR 9792.10.6(a); Lab. Code 4610.5(g).
    """
    allowed = _ENDINGS.get(by.role, _ALL_ENDINGS)
    left = set(state.unended) - {command.dispute}
    return answer(
        (
            _no_such_dispute(state, command.dispute),
            unless(
                command.status in allowed,
                f"dispute {command.dispute} would be {command.status.value}.",
                f"You can say that it is: {', '.join(s.value for s in allowed)}.",
            ),
            unless(
                command.told_by in answers_for(by.role),
                f"it is told for the {command.told_by.value}.",
                "Tell it for the party that you act for.",
            ),
            in_future(Moment(command.on), at, "the day"),
            unsaid(command.why, "the reason"),
        ),
        lambda: _ended(command, left=bool(left)),
    )


def _ended(command: EndDispute, *, left: bool) -> tuple[Event, ...]:
    ended = DisputeEnded(
        dispute=command.dispute,
        status=command.status,
        on=command.on,
        told_by=command.told_by,
        why=command.why,
    )
    return (ended,) if left else (ended, Terminated(why="No disputed treatment is left to review."))


def authorize_in_part(state: CaseState, command: AuthorizeInPart, at: datetime) -> Answer:
    """Return what of a dispute was asked, allowed and remains; a whole authorization ends the dispute."""
    missing = _no_such_dispute(state, command.dispute)
    if missing is not None:
        return answer((missing,), lambda: ())
    dispute = state.case.dispute[command.dispute - 1]
    asked = read_quantity(dispute.requested) or command.requested
    open_now = read_quantity(dispute.remaining) or asked
    remaining = remainder(open_now, command.authorized) if open_now is not None else None
    return answer(
        (
            in_future(Moment(command.on), at, "the day"),
            unless(
                asked is not None,
                f"how much dispute {command.dispute} asks for is not known.",
                "State the quantity that was requested.",
            ),
            _not_a_part(open_now, command.authorized, remaining),
        ),
        lambda: _in_part(command, asked, remaining),
    )


def _not_a_part(asked: Quantity | None, allowed: Quantity, remaining: Quantity | None) -> Objection | None:
    if asked is None:
        return None
    return unless(
        remaining is not None,
        f"{quantity_words(allowed)} is no part of {quantity_words(asked)}.",
        "State a smaller quantity in the same unit; what was authorized wholly ends the dispute.",
    )


def _in_part(
    command: AuthorizeInPart, asked: Quantity | None, remaining: Quantity | None
) -> tuple[Event, ...]:
    assert asked is not None and remaining is not None
    allowed = Quantity(asked.count - remaining.count, asked.unit)
    return (
        AuthorizedInPart(
            dispute=command.dispute,
            requested=asked,
            authorized=allowed,
            remaining=remaining,
            on=command.on,
        ),
    )


def _no_such_dispute(state: CaseState, number: int) -> Objection | None:
    known = ", ".join(map(str, state.unended))
    return unless(
        number in state.unended, f"dispute {number} is not open here.", f"Open disputes are: {known}."
    )


def terminate(command: Terminate) -> Answer:
    """Return that the review ended without a determination."""
    return answer((unsaid(command.why, "the reason"),), lambda: (Terminated(why=command.why),))


def convert_to_expedited(command: ConvertToExpedited, at: datetime) -> Answer:
    """Return that a threat was certified and the short clocks run.

    Source:
        8 CCR 9792.10.4(c); Lab. Code 4610.6(d)(1)(C).
    """
    return answer(
        (
            in_future(command.certified, at, "the certification"),
            unsaid(command.certified_by, "who certified"),
            unsaid(command.document, "the written certification"),
        ),
        lambda: (
            ConvertedToExpedited(
                certified=command.certified,
                certified_by=command.certified_by,
                document=command.document,
            ),
        ),
    )
