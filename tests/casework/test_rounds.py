"""One invoice for each round of review: a remand begins a round that is billed anew, and none twice."""

from __future__ import annotations

from casework.invented import CaseLog, person
from casework.test_applications import told
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.afterwards import charge_of
from openimr.casework.events import read_event
from openimr.casework.events_afterwards import Invoiced
from openimr.casework.moments import day_of
from openimr.casework.parts import PaperKind
from openimr.casework.roles import Role
from openimr.casework.state import Stage
from openimr.casework.steps import steps
from openimr.terms.case import ClosingStage
from openimr.terms.eligibility import ChargeKind

MANAGER = person(Role.CASE_MANAGER)


def remanded(*, billed: bool) -> CaseLog:
    """Return a case whose first determination was reversed, and that another physician reviews anew."""
    log = CaseLog().until(Stage.SERVED)
    if billed:
        assert log.ask(ask.SendInvoice(number="I-1"), MANAGER) is None
    log.act(Action.RECORD_APPEAL, Role.PAYER)
    log.act(Action.RECORD_APPEAL_DECISION, Role.INTAKE)
    log.act(Action.REMAND, Role.ADMINISTRATIVE_DIRECTOR)
    assert log.known.round == 2
    return log


def rounds(log: CaseLog) -> list[tuple[str, int]]:
    return [(invoice.number, invoice.round) for invoice in log.known.invoices if invoice.is_live]


def test_the_second_round_is_billed_anew_and_no_round_twice() -> None:
    log = remanded(billed=True)
    assert "is billed when it is over" in told(log.ask(ask.SendInvoice(number="I-2"), MANAGER))
    log.until(Stage.SERVED)
    assert any(step.action is Action.SEND_INVOICE and "round 2" in step.words for step in steps(log.known))
    charge = charge_of(log.known)
    assert charge is not None and charge.kind is ChargeKind.REVIEW_FEE
    assert log.ask(ask.SendInvoice(number="I-2"), MANAGER) is None
    assert "for every round" in told(log.ask(ask.SendInvoice(number="I-3"), MANAGER))
    assert rounds(log) == [("I-1", 1), ("I-2", 2)]
    assert log.known.invoices[1].basis.startswith("round 2 of the review: ")
    assert not any(step.action is Action.SEND_INVOICE for step in steps(log.known))


def test_a_first_round_that_nobody_billed_is_billed_while_the_second_goes_on() -> None:
    log = remanded(billed=False)
    assert Action.SEND_INVOICE in available_actions(log.known, Role.CASE_MANAGER)
    assert any(step.action is Action.SEND_INVOICE and "round 1" in step.words for step in steps(log.known))
    assert log.known.case.closing.stage is None and log.known.closings[0].stage is ClosingStage.DETERMINED
    charge = charge_of(log.known)
    assert charge is not None and charge.amount_usd is not None, "by how the first round ended"
    assert log.ask(ask.SendInvoice(number="I-1"), MANAGER) is None
    assert rounds(log) == [("I-1", 1)]
    assert Action.SEND_INVOICE not in available_actions(log.known, Role.CASE_MANAGER)


def test_a_second_round_that_ends_before_its_reviewer_is_billed_as_such() -> None:
    log = remanded(billed=True)
    log.act(Action.TERMINATE, Role.CASE_MANAGER)
    assert log.known.case.closing.stage is ClosingStage.BEFORE_REVIEWER
    charge = charge_of(log.known)
    assert charge is not None and charge.kind is ChargeKind.TERMINATION_FEE


def test_invoices_of_two_rounds_are_paid_and_cancelled_each_for_itself() -> None:
    log = remanded(billed=False).until(Stage.SERVED)
    assert log.ask(ask.SendInvoice(number="I-1"), MANAGER) is None
    assert log.ask(ask.SendInvoice(number="I-2"), MANAGER) is None
    assert [i.number for i in log.known.unpaid] == ["I-1", "I-2"]
    assert log.ask(ask.CancelInvoice(number="I-2", why="wrong claim number"), MANAGER) is None
    owed = [p.id for p in log.known.owed_papers if p.kind is PaperKind.INVOICE]
    assert owed == [log.known.invoices[0].paper], "the cancelled one alone is owed no more"
    assert log.ask(ask.RecordPayment(number="I-1", on=day_of(log.at)), MANAGER) is None
    assert "no invoice waits" in told(log.ask(ask.RecordPayment(number="I-1", on=day_of(log.at)), MANAGER))
    assert log.ask(ask.SendInvoice(number="I-3"), MANAGER) is None
    assert rounds(log) == [("I-1", 1), ("I-3", 2)]


def test_an_invoice_of_a_log_that_names_no_round_is_for_the_one_it_was_sent_in() -> None:
    """Logs from before rounds were billed each for itself are read as they are."""
    told_before = '{"number":"I-1","amount_usd":390,"basis":"the fee table"}'
    assert read_event("Invoiced", told_before) == Invoiced(
        number="I-1", amount_usd=390, basis="the fee table"
    )
