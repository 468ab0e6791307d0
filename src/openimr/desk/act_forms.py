"""The forms by which somebody asks for something in a case: one for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from openimr.casework.case_state import CaseState
from openimr.casework.conditions import answers_for
from openimr.casework.papers import parties_of
from openimr.casework.parts import CaseParty, DisputeStatus
from openimr.casework.quantities import quantity_words, read_quantity, requested
from openimr.casework.roles import Role
from openimr.desk.application_forms import PartiesForm, day_field
from openimr.desk.models import User
from openimr.desk.plain import CURES, REASONS
from openimr.terms.treatment import Quantity

PARTY_WORDS = {
    CaseParty.EMPLOYEE: "The employee",
    CaseParty.ATTORNEY: "The attorney of the employee",
    CaseParty.PAYER: "The claims administrator",
    CaseParty.PROVIDER: "The requesting physician",
}
ENDING_WORDS = {
    DisputeStatus.WITHDRAWN: "The employee side took it back",
    DisputeStatus.AUTHORIZED: "The administrator authorized it",
    DisputeStatus.SETTLED: "The parties settled it",
}
_ENDINGS = {
    Role.APPLICANT: (DisputeStatus.WITHDRAWN,),
    Role.PAYER: (DisputeStatus.AUTHORIZED, DisputeStatus.SETTLED),
}
# ways in which a dispute can be decided
DECISION_WORDS = {
    DisputeStatus.ELIGIBLE: "Eligible for review",
    DisputeStatus.INELIGIBLE: "Ineligible",
    DisputeStatus.DEFERRED: "Deferred until liability is resolved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The case as it stands, and who asks."""

    state: CaseState
    user: User

    @property
    def role(self) -> Role:
        """Return the role of whoever asks."""
        return self.user.acts_as


def dispute_choices(state: CaseState) -> list[tuple[int, str]]:
    """Return the disputes that are still open, by number and words."""
    return [(n, f"{n}. {state.case.dispute[n - 1].request}") for n in state.unended]


def said_field(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    """Return a field for a text that has to be there."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Write it here: it is kept with the case."},
    )


def needed_day(label: str, hint: str = "") -> forms.DateField:
    """Return a field for a day that has to be stated and has come."""
    field = day_field(label, hint)
    field.required = True
    field.error_messages["required"] = "State the day."
    return field


def one_of(label: str, choices: list[tuple[Any, str]], hint: str = "") -> forms.TypedChoiceField:
    """Return a choice of one; where there is only one, it is made."""
    kind = type(choices[0][0]) if choices else str
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        coerce=lambda told: kind(told),
        initial=choices[0][0] if len(choices) == 1 else None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


class ActForm(forms.Form):
    """A form that knows the case and who asks."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, UploadedFile[Any]] | None,
        situation: Situation,
    ) -> None:
        super().__init__(data, files)
        self.situation = situation
        self.build(situation)

    def build(self, situation: Situation) -> None:
        """Make the fields that depend on the case."""


class WhyForm(ActForm):
    """A reason."""

    why = said_field("Reason", "It stays with the case, and stands in the notice.")


class NoteForm(ActForm):
    """A note."""

    text = said_field("Note", "Parties do not see it.")


class OfficeForm(ActForm):
    """What the Administrative Director's office is asked for."""

    what = said_field("What the office is asked for", "For example: more time, or two reviewers, and why.")


class LinkForm(ActForm):
    """Of which case an application is a duplicate, and why."""

    why = said_field("Reason", "For example: the same treatment under the same decision.")

    def build(self, situation: Situation) -> None:
        """Offer the cases that were compared; any other can be typed."""
        case = forms.CharField(
            label="Number of the other case",
            max_length=40,
            initial=next(iter(situation.state.compared_with), ""),
            help_text="Like CM26-0000012.",
            error_messages={"required": "State the number of the other case."},
        )
        self.fields = {"of_case": case, **self.fields}


class NoteOtherForm(ActForm):
    """Which other application asks for the same."""

    other_case = forms.CharField(
        label="Number of the other case",
        max_length=40,
        help_text="Like CM26-0000012.",
        error_messages={"required": "State the number of the other case."},
    )


class AskForm(ActForm):
    """What a party is asked for."""

    what = said_field("What is asked for", "One thing on a line.", rows=4)

    def build(self, situation: Situation) -> None:
        """Offer the parties of the case."""
        parties = [(p.value, PARTY_WORDS[p]) for p in parties_of(situation.state.case)]
        self.fields = {"of": one_of("Who is asked", parties), **self.fields}


class EndForm(ActForm):
    """Which dispute ended, how, and on which day."""

    def build(self, situation: Situation) -> None:
        """Offer what this person can tell."""
        state, role = situation.state, situation.role
        endings = [(s.value, ENDING_WORDS[s]) for s in _ENDINGS.get(role, tuple(ENDING_WORDS))]
        told_by = [(p.value, PARTY_WORDS[p]) for p in parties_of(state.case) if p in answers_for(role)]
        worker = role is Role.APPLICANT
        self.fields["dispute"] = one_of(
            "Which treatment" if worker else "Disputed treatment", dispute_choices(state)
        )
        if worker:
            endings = [(DisputeStatus.WITHDRAWN.value, "I take it back. It will not be reviewed.")]
        self.fields["status"] = one_of("What do you want" if worker else "What happened", endings)
        self.fields["on"] = needed_day("Since what day" if worker else "On which day")
        self.fields["told_by"] = one_of("Who says so", told_by)
        self.fields["why"] = said_field("Why" if worker else "Reason")


class AuthorizeForm(ActForm):
    """What part of a dispute was authorized."""

    def build(self, situation: Situation) -> None:
        """Offer the disputes with the quantity that is open, and ask for it where it is not known."""
        state = situation.state
        rows = []
        for number, words in dispute_choices(state):
            left = requested(state.case.dispute[number - 1])
            rows.append((number, f"{words} (open: {quantity_words(left) if left else 'not known'})"))
        self.fields["dispute"] = one_of("Disputed treatment", rows)
        self.fields["authorized"] = forms.CharField(
            label="Quantity authorized now",
            max_length=60,
            help_text="In the same unit, like 6 sessions or #30.",
            error_messages={"required": "State how much was authorized."},
        )
        self.fields["on"] = needed_day("On which day")
        self.fields["requested"] = forms.CharField(
            label="Quantity requested",
            max_length=60,
            required=False,
            help_text="Only where the application does not state it.",
        )

    def clean_authorized(self) -> Quantity:
        """Return the quantity that was authorized."""
        found = read_quantity(self.cleaned_data["authorized"])
        if found is None:
            raise forms.ValidationError("Write a count and a unit: 6 sessions, or #30.")
        return found

    def clean_requested(self) -> Quantity | None:
        """Return the quantity that was requested, None where nobody says."""
        words = self.cleaned_data["requested"]
        found = read_quantity(words)
        if words and found is None:
            raise forms.ValidationError("Write a count and a unit: 12 sessions, or #90.")
        return found


class ResolvedForm(ActForm):
    """When the notice was served that liability is resolved."""

    resolved = needed_day("Day on which the notice was served", "It shows the end of the dispute.")


class ExpediteForm(ActForm):
    """A physician's written certification of a threat."""

    certified = needed_day("Day of the certification")
    certified_by = forms.CharField(
        label="Physician who certified",
        max_length=200,
        error_messages={"required": "Name the physician who certified."},
    )
    file = forms.FileField(
        label="The written certification",
        required=False,
        help_text="A PDF, or a picture (PNG, JPEG, TIFF).",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
    )

    def build(self, situation: Situation) -> None:
        """Offer the files that came in already."""
        if files := [(f.sha256, f.name) for f in situation.state.records]:
            self.fields["document"] = forms.ChoiceField(
                label="Or a file that is here already", choices=[("", "None of them"), *files], required=False
            )

    def clean(self) -> dict[str, Any]:
        """Return what was entered; the certification has to be there."""
        told = super().clean() or {}
        if not told.get("file") and not told.get("document"):
            self.add_error("file", "Add the certification: without it the review cannot be expedited.")
        return told


class ChangePartiesForm(ActForm, PartiesForm):
    """The parties as they are now, and why."""

    def build(self, situation: Situation) -> None:
        """Leave out the physician, who is no party; ask for the reason."""
        for name in [n for n in self.fields if n.startswith("provider")]:
            del self.fields[name]
        for name, party in self._known(situation).items():
            self.fields[name].initial = party
        self.fields["why"] = said_field("Reason", "For example: the claim went to another administrator.")

    def _known(self, situation: Situation) -> dict[str, str]:
        parties = situation.state.case.parties
        known = {n: p.name for n in self.fields if (p := getattr(parties, n, None)) is not None}
        if parties.payer is not None and parties.payer.id:
            known["payer_id"] = parties.payer.id
        return known


class AnewForm(ActForm):
    """What the administrative director decides again."""

    def build(self, situation: Situation) -> None:
        """Offer each dispute that was decided; what is not chosen stays as it is."""
        for standing in situation.state.standings:
            if standing.status not in DECISION_WORDS:
                continue
            dispute = situation.state.case.dispute[standing.number - 1]
            self.fields[f"status-{standing.number}"] = forms.ChoiceField(
                label=f"{standing.number}. {dispute.request}",
                help_text=f"Now: {DECISION_WORDS[standing.status].lower()}.",
                choices=[("", "Stays as it is"), *((s.value, w) for s, w in DECISION_WORDS.items())],
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["why"] = said_field("Reason")


class CureField(forms.MultipleChoiceField):
    """Which grounds an application that is filed again cures."""

    def __init__(self, situation: Situation) -> None:
        found = situation.state.screening.grounds if situation.state.screening else ()
        plain = situation.role is Role.APPLICANT
        curable = [g for g in found if g.is_curable]
        words = {g.code: f"{g.code}: {g.found}" for g in curable}
        if plain:  # only what sending it again can cure, if anything
            again = [g for g in curable if g.code in CURES]
            words = {g.code: REASONS.get(g.code, g.found) for g in again or curable}
        super().__init__(
            label="What do you fix?" if plain else "Which grounds does it cure?",
            choices=list(words.items()),
            initial=list(words),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose what is fixed."},
        )
