"""The forms of papers: how one is served, when it was received, where a party is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from openimr.casework.case_state import CaseState
from openimr.casework.papers import parties_of
from openimr.casework.parts import CaseParty, Channel, ProofKind, ProofOfService
from openimr.casework.release import METHODS
from openimr.desk.channels import ADAPTERS
from openimr.desk.clock import today
from openimr.desk.notices.frame import PARTY_WORDS
from openimr.desk.papers import words_of
from openimr.desk.serving import Order
from openimr.law.wording import METHOD_WORDS
from openimr.terms.case import ServiceMethod

CHANNEL_WORDS = {
    Channel.PRINT: "Print and mail (goes into your next batch)",
    Channel.EMAIL: "E-mail",
    Channel.PORTAL: "Download from the party's own page",
    Channel.FAX: "Fax (sent by hand)",
    Channel.IN_PERSON: "Handed over in person",
}
PROOFS = [(kind.value, kind.value.replace("_", " ").capitalize()) for kind in ProofKind]
BETWEEN = "~"


def day_box(label: str, hint: str = "") -> forms.DateField:
    """Return a field for a day that has to be stated; today where nobody says."""
    return forms.DateField(
        label=label,
        help_text=hint,
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "State the day.", "invalid": "Write the day like 2026-03-09."},
    )


def pairs(state: CaseState, *, owed: bool) -> list[tuple[str, str]]:
    """Return papers with parties as choices: those that are owed, or those whose receipt is not known."""
    found = []
    for paper in state.papers:
        unknown = tuple(s.party for s in paper.served if s.received is None)
        for party in paper.owed if owed else unknown:
            found.append((f"{paper.id}{BETWEEN}{party.value}", f"{words_of(paper)}: {PARTY_WORDS[party]}"))
    return found


def read_pair(text: str) -> tuple[str, CaseParty]:
    """Return the paper and the party of a choice."""
    paper, _, party = text.partition(BETWEEN)
    return paper, CaseParty(party)


class ServeForm(forms.Form):
    """Which paper is served on whom, how and when."""

    what = forms.ChoiceField(label="Paper and party")
    channel = forms.ChoiceField(
        label="Channel", choices=[(c.value, CHANNEL_WORDS[c]) for c in Channel], initial=Channel.PRINT.value
    )
    method = forms.ChoiceField(
        label="The law calls it",
        help_text="It decides by how much periods grow.",
        choices=[(m.value, METHOD_WORDS[m][:1].upper() + METHOD_WORDS[m][1:]) for m in ServiceMethod],
    )
    on = day_box("Day of sending", "For print: the day on which you expect to mail it.")
    kind = forms.ChoiceField(
        label="Proof, where you sent it by hand",
        required=False,
        choices=[("", "The desk sends it"), *PROOFS],
    )
    reference = forms.CharField(
        label="Number or words of that proof",
        required=False,
        max_length=500,
        help_text="For example the number of the transmission report.",
    )

    def __init__(self, data: Mapping[str, Any] | None, state: CaseState, asked: str = "") -> None:
        super().__init__(data, initial={"what": asked} if asked else None)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = pairs(state, owed=True)

    def clean(self) -> dict[str, Any]:
        """Return what was entered, where channel, method and proof fit together."""
        told = super().clean() or {}
        if not {"channel", "method"} <= told.keys():
            return told
        channel, method = Channel(told["channel"]), ServiceMethod(told["method"])
        if method not in METHODS[channel]:
            fitting = ", ".join(METHOD_WORDS[m] for m in METHODS[channel])
            self.add_error("method", f"By this channel the law calls it: {fitting}.")
        by_hand = channel not in ADAPTERS
        if by_hand and not (told.get("kind") and told.get("reference")):
            self.add_error("reference", "Say what shows that you sent it: the kind of proof and its number.")
        return told

    def order(self) -> Order:
        """Return what is asked for by a form that is valid."""
        told = self.cleaned_data
        paper, party = read_pair(told["what"])
        by_hand = Channel(told["channel"]) not in ADAPTERS
        proof = ProofOfService(kind=ProofKind(told["kind"]), reference=told["reference"]) if by_hand else None
        return Order(
            paper=paper,
            party=party,
            channel=Channel(told["channel"]),
            method=ServiceMethod(told["method"]),
            on=told["on"],
            proof=proof,
        )


class ReceiptForm(forms.Form):
    """When a party received a paper."""

    what = forms.ChoiceField(label="Paper and party")
    on = day_box("Received on")
    at = forms.TimeField(
        label="Hour",
        required=False,
        help_text="Where a period counts hours, such as in expedited reviews.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: Mapping[str, Any] | None, state: CaseState, asked: str = "") -> None:
        super().__init__(data, initial={"what": asked} if asked else None)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = pairs(state, owed=False)


class AddressForm(forms.Form):
    """Where a party is reached."""

    party = forms.ChoiceField(label="Party")
    lines = forms.CharField(
        label="Address",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="As it stands on an envelope, without the name.",
    )
    email = forms.EmailField(label="E-mail", required=False)

    def __init__(self, data: Mapping[str, Any] | None, state: CaseState) -> None:
        super().__init__(data)
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)
        party.choices = [(p.value, PARTY_WORDS[p]) for p in parties_of(state.case)]


class MailedForm(forms.Form):
    """The declaration that a batch was mailed."""

    on = day_box("Mailed on")
    declares = forms.BooleanField(
        label="I declare that I mailed every paper of this batch, with postage paid, on that day.",
        error_messages={"required": "Without the declaration nothing is served."},
    )
