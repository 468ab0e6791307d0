"""Appeal, remand, implementation, publication; invoices and their payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.commands_afterwards import (
    ApprovePublication,
    CancelInvoice,
    RecordAppeal,
    RecordAppealDecision,
    RecordImplementation,
    RecordPayment,
    Remand,
    SendInvoice,
)
from openimr.casework.conditions import answers_for
from openimr.casework.events_afterwards import (
    AppealDecided,
    AppealFiled,
    Implemented,
    InvoiceCancelled,
    Invoiced,
    InvoicePaid,
    PublicationApproved,
    Remanded,
    SentElsewhere,
)
from openimr.casework.papers import parties_of
from openimr.casework.parts import AppealGround, AppealOutcome
from openimr.casework.refusals import Answer, Objection, answer, in_future, tampered, unless, unsaid
from openimr.casework.roles import Actor
from openimr.law.fees import fees
from openimr.law.rulebook import load_rulebook
from openimr.terms.eligibility import Charge, ChargeKind
from openimr.terms.period import Moment

_OWED = (ChargeKind.REVIEW_FEE, ChargeKind.TERMINATION_FEE)


def record_appeal(state: CaseState, command: RecordAppeal, by: Actor, at: datetime) -> Answer:
    """Return that a party appealed.

    Source:
        Lab. Code 4610.6(h).
    """
    return answer(
        (
            in_future(Moment(command.filed_on), at, "the day of the appeal"),
            unless(
                command.by in answers_for(by.role) and command.by in parties_of(state.case),
                f"it is told for the {command.by.value}.",
                "Name a party of the case; a party tells its own appeal.",
            ),
        ),
        lambda: (AppealFiled(filed_on=command.filed_on, by=command.by),),
    )


def record_appeal_decision(command: RecordAppealDecision, at: datetime) -> Answer:
    """Return what the appeals board did; a reversal names its ground and the facts that were wrong.

    Source:
        Lab. Code 4610.6(h)-(i): a bare stipulation for a second review does not do.
    """
    reversed_ = command.outcome is AppealOutcome.REVERSED
    needs_facts = reversed_ and command.ground is AppealGround.ERROR_OF_FACT
    return answer(
        (
            in_future(Moment(command.on), at, "the day of the order"),
            unsaid(command.order, "the order"),
            unless(
                reversed_ == (command.ground is not None),
                "a reversal names its ground, and nothing else does.",
                "Name the ground of the statute, or return the order to the board.",
            ),
            unsaid(command.facts, "which facts are wrong") if needs_facts else None,
        ),
        lambda: (
            AppealDecided(
                outcome=command.outcome,
                on=command.on,
                ground=command.ground,
                facts=command.facts,
                order=command.order,
            ),
        ),
    )


def remand(command: Remand) -> Answer:
    """Return to whom a reversed case goes: another organization where there is one.

    Source:
        Lab. Code 4610.6(i).
    """
    chosen = command.to is not None or not command.available
    return answer(
        (
            unsaid(command.why, "the reason"),
            unless(
                chosen,
                f"another organization is available: {', '.join(command.available)}.",
                "Send the case there; another reviewer here is for when there is none.",
            ),
            unless(
                command.to is None or command.to in command.available,
                f"{command.to} is not among the organizations that are available.",
                f"Available are: {', '.join(command.available) or 'none'}.",
            ),
        ),
        lambda: (
            (Remanded(why=command.why),)
            if command.to is None
            else (SentElsewhere(organization=command.to, why=command.why),)
        ),
    )


def record_implementation(command: RecordImplementation, at: datetime) -> Answer:
    """Return that the determination was carried out."""
    return answer((in_future(Moment(command.on), at, "the day"),), lambda: (Implemented(on=command.on),))


def approve_publication(command: ApprovePublication) -> Answer:
    """Return that the letter without names may be published.

    Source:
        Lab. Code 4610.6(m).
    """
    return answer((tampered(command.letter),), lambda: (PublicationApproved(letter=command.letter),))


def charge_of(state: CaseState) -> Charge | None:
    """Return what the fee table says that the payer owes; None where the programme has no table.

    It is that of the round of review that is billed next: each round is a
    review of its own, by another physician, and billed by how it ended.

    Source:
        8 CCR 9792.10.8, as the room of law has it.
    """
    rulebook = load_rulebook(state.case.case.programme)
    if not rulebook.has_table("fees.csv"):
        return None
    of_round, case = state.unbilled_round or state.round, state.case
    if of_round < state.round:
        case = replace(case, closing=state.closings[of_round - 1])
    return next((c for c in fees(case, rulebook) if c.kind in _OWED), None)


def send_invoice(state: CaseState, command: SendInvoice) -> Answer:
    """Return that an invoice was sent: over the amount of the fee table, or the one agreed elsewhere.

    It is for the first round that was not billed; the table of actions lets
    nobody send a second one for a round.
    """
    charge = charge_of(state)
    by_law = charge.amount_usd if charge is not None else None
    used = {i.number for i in state.invoices}
    amount = by_law if by_law is not None else command.amount_usd
    agreed = f"agreed in {command.agreed_in}"
    basis = charge.explanation if charge is not None and by_law is not None else agreed
    of_round = state.unbilled_round or state.round
    if state.round > 1:
        basis = f"round {of_round} of the review: {basis}"
    return answer(
        (
            unsaid(command.number, "the number of the invoice"),
            unless(command.number not in used, "that number was used.", "Take the next one."),
            _wrong_amount(command, by_law, charge),
        ),
        lambda: (Invoiced(number=command.number, amount_usd=amount or 0, basis=basis, round=of_round),),
    )


def _wrong_amount(command: SendInvoice, by_law: int | None, charge: Charge | None) -> Objection | None:
    if by_law is not None:
        return unless(
            command.amount_usd in (None, by_law),
            f"the fee table says ${by_law:,}.",
            "Leave the amount out.",
        )
    told = charge.explanation if charge is not None else "the programme has no fee table here"
    return unless(
        command.amount_usd is not None and command.amount_usd > 0 and bool(command.agreed_in),
        f"the amount is not known: {told}.",
        "State the amount, and where it was agreed.",
    )


def record_payment(state: CaseState, command: RecordPayment, at: datetime) -> Answer:
    """Return that an invoice was paid."""
    return answer(
        (_not_waiting(state, command.number), in_future(Moment(command.on), at, "the day of payment")),
        lambda: (InvoicePaid(number=command.number, on=command.on),),
    )


def cancel_invoice(state: CaseState, command: CancelInvoice) -> Answer:
    """Return that an invoice was cancelled."""
    return answer(
        (_not_waiting(state, command.number), unsaid(command.why, "the reason")),
        lambda: (InvoiceCancelled(number=command.number, why=command.why),),
    )


def _not_waiting(state: CaseState, number: str) -> Objection | None:
    waiting = [invoice.number for invoice in state.unpaid]
    return unless(
        number in waiting,
        f"invoice {number} does not wait for its payment.",
        f"Waiting are: {', '.join(waiting)}.",
    )
