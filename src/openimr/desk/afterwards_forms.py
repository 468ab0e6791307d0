"""What is asked for after the release: correction, appeal, remand, publication, invoice; a form for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from openimr.casework import commands as do
from openimr.casework.action_names import Action
from openimr.casework.case_state import CaseState
from openimr.casework.conditions import answers_for
from openimr.casework.papers import parties_of
from openimr.casework.parts import AppealGround, AppealOutcome, CaseParty
from openimr.casework.roles import Role
from openimr.desk.notices.frame import PARTY_WORDS
from openimr.desk.service_forms import day_box

GROUND_WORDS = {
    AppealGround.BEYOND_POWERS: "Acted without or beyond its powers",
    AppealGround.FRAUD: "Procured by fraud",
    AppealGround.CONFLICT: "A material conflict of interest of the reviewer",
    AppealGround.BIAS: "Bias",
    AppealGround.ERROR_OF_FACT: "A plainly erroneous finding of fact",
}
OUTCOME_WORDS = {
    AppealOutcome.AFFIRMED: "Affirmed: the determination stands",
    AppealOutcome.DISMISSED: "Dismissed",
    AppealOutcome.REVERSED: "Reversed and remanded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The case as it stands, and in which role somebody asks."""

    state: CaseState
    role: Role


class AskForm(forms.Form):
    """A form that knows the case and who asks."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, UploadedFile[Any]] | None,
        situation: Situation,
    ) -> None:
        super().__init__(data, files)
        self.build(situation)

    def build(self, situation: Situation) -> None:
        """Fill what depends on the case."""


def lines_box(label: str, hint: str, *, required: bool = True) -> forms.CharField:
    """Return a field for several lines, one thing each."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write it here: it is kept with the case."},
    )


def lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class AppealForm(AskForm):
    """Who appealed, and when."""

    filed_on = day_box("Filed on")
    by = forms.ChoiceField(label="Appealed by")

    def build(self, situation: Situation) -> None:
        """Offer the parties that this role answers for."""
        by = self.fields["by"]
        assert isinstance(by, forms.ChoiceField)
        side = answers_for(situation.role)
        by.choices = [(p.value, PARTY_WORDS[p]) for p in parties_of(situation.state.case) if p in side]


class OrderForm(AskForm):
    """What the appeals board ordered."""

    outcome = forms.ChoiceField(label="Outcome", choices=[(o.value, OUTCOME_WORDS[o]) for o in AppealOutcome])
    on = day_box("Date of the order")
    ground = forms.ChoiceField(
        label="Ground of the statute",
        required=False,
        help_text="A reversal names it, and nothing else does.",
        choices=[("", "None"), *((g.value, GROUND_WORDS[g]) for g in AppealGround)],
    )
    facts = lines_box("Facts that were wrong", "One a line, as the order names them.", required=False)
    file = forms.FileField(
        label="The order",
        help_text="A PDF or a picture of it; it is kept with the case.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
        error_messages={"required": "Add the order itself."},
    )


class RemandForm(AskForm):
    """Who reviews anew."""

    why = forms.CharField(
        label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="It is kept."
    )
    available = lines_box(
        "Other review organizations that are available",
        "One a line; leave it empty where there is none.",
        required=False,
    )
    to = forms.CharField(
        label="Send it to",
        required=False,
        max_length=200,
        help_text="One of them; empty: another reviewer here.",
    )


class DayForm(AskForm):
    """A day."""

    on = day_box("Carried out on")


class CorrectionForm(AskForm):
    """What is wrong in the released letter, and how the corrected passages read."""

    corrections = lines_box(
        "What was wrong",
        "One a line: what stood there, and what is right. It stands in the corrected letter.",
    )

    def build(self, situation: Situation) -> None:
        """Offer the dates and names that a letter takes from the case, and each rationale."""
        self.fields["find"] = forms.CharField(
            label="Words of the letter to replace", max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["put"] = forms.CharField(
            label="What shall stand there",
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="No decision can be changed by a correction.",
        )


class InvoiceForm(AskForm):
    """The number of an invoice, and the amount where the fee table has none."""

    number = forms.CharField(label="Number of the invoice", max_length=60)

    def build(self, situation: Situation) -> None:
        """Ask for an amount only where the fee table does not know it."""
        count = len(situation.state.invoices) + 1
        self.fields["number"].initial = f"{situation.state.case_number}-{count}"

    def needs_amount(self) -> None:
        """Add the fields for an amount that was agreed elsewhere."""
        self.fields["amount_usd"] = forms.IntegerField(
            label="Amount in dollars", min_value=1, max_value=100_000
        )
        self.fields["agreed_in"] = forms.CharField(
            label="Where it was agreed", max_length=300, help_text="For example the contract and its section."
        )


class PaymentForm(AskForm):
    """When an invoice was paid."""

    on = day_box("Paid on")


class CancelForm(AskForm):
    """Why an invoice is cancelled."""

    why = forms.CharField(label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing that can be asked for: its heading, what it comes to, its form, its command."""

    action: Action
    title: str
    lead: str
    button: str
    form: type[AskForm]
    command: Callable[[CaseState, Told], do.Command]


def _order(_: CaseState, told: Told) -> do.Command:
    return do.RecordAppealDecision(
        outcome=AppealOutcome(told["outcome"]),
        on=told["on"],
        order=told["order"],
        ground=AppealGround(told["ground"]) if told["ground"] else None,
        facts=lines_in(told["facts"]),
    )


def _remand(_: CaseState, told: Told) -> do.Command:
    return do.Remand(why=told["why"], available=lines_in(told["available"]), to=told["to"].strip() or None)


def _invoice(_: CaseState, told: Told) -> do.Command:
    return do.SendInvoice(
        number=told["number"], amount_usd=told.get("amount_usd"), agreed_in=told.get("agreed_in")
    )


def _number(state: CaseState) -> str:
    return state.invoice.number if state.invoice is not None else ""


RECORD_APPEAL = Ask(
    action=Action.RECORD_APPEAL,
    title="Record an appeal",
    lead="The case waits for the appeals board; what was determined stays in force until it decides.",
    button="Record the appeal",
    form=AppealForm,
    command=lambda _, told: do.RecordAppeal(filed_on=told["filed_on"], by=CaseParty(told["by"])),
)
RECORD_ORDER = Ask(
    action=Action.RECORD_APPEAL_DECISION,
    title="Record the order of the appeals board",
    lead="A reversal sends the case to another review; it names its ground, and the facts that were wrong.",
    button="Record the order",
    form=OrderForm,
    command=_order,
)
REMAND = Ask(
    action=Action.REMAND,
    title="Say who reviews anew",
    lead="Another review organization where there is one; else another physician of this one. Nobody who "
    "made the earlier determination takes part.",
    button="Remand the case",
    form=RemandForm,
    command=_remand,
)
RECORD_IMPLEMENTATION = Ask(
    action=Action.RECORD_IMPLEMENTATION,
    title="Record that it was carried out",
    lead="The day on which the claims administrator did what the determination says.",
    button="Record it",
    form=DayForm,
    command=lambda _, told: do.RecordImplementation(on=told["on"]),
)
SEND_INVOICE = Ask(
    action=Action.SEND_INVOICE,
    title="Send an invoice",
    lead="The invoice is then owed to the claims administrator, and is served like any other paper.",
    button="Write the invoice",
    form=InvoiceForm,
    command=_invoice,
)
RECORD_PAYMENT = Ask(
    action=Action.RECORD_PAYMENT,
    title="Record a payment",
    lead="The invoice is then paid in full.",
    button="Record the payment",
    form=PaymentForm,
    command=lambda state, told: do.RecordPayment(number=_number(state), on=told["on"]),
)
CANCEL_INVOICE = Ask(
    action=Action.CANCEL_INVOICE,
    title="Cancel an invoice",
    lead="A cancelled invoice stays in the log; a new one may follow.",
    button="Cancel the invoice",
    form=CancelForm,
    command=lambda state, told: do.CancelInvoice(number=_number(state), why=told["why"]),
)
