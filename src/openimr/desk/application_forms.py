"""The steps of an application as forms: every field in the words of the papers, nothing assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openimr.casework.parts import FiledBy
from openimr.casework.quantities import read_quantity
from openimr.desk.clock import today
from openimr.desk.entered import Entered, remaining_words
from openimr.law.rulebook import programmes
from openimr.terms.case import ServiceMethod, SignedBy, UrAction
from openimr.terms.letter import Priority, Sex

YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not stated"))
PRIORITY_WORDS = (("regular", "Regular"), ("expedited", "Expedited: a physician certified a threat"))
SERVICE_WORDS = {
    ServiceMethod.MAIL_CA: "Mail, within California",
    ServiceMethod.MAIL_US: "Mail, to or from another state",
    ServiceMethod.MAIL_ABROAD: "Mail, to or from abroad",
    ServiceMethod.MAIL_CONFIDENTIAL: "Mail, to a confidential address",
    ServiceMethod.OVERNIGHT: "Overnight delivery",
    ServiceMethod.FAX: "Fax",
    ServiceMethod.ELECTRONIC: "E-mail or download",
    ServiceMethod.PERSONAL: "Handed over",
}
ACTION_WORDS = {
    UrAction.DENY: "Denied",
    UrAction.MODIFY: "Modified: a part was allowed",
    UrAction.DELAY: "Delayed",
    UrAction.CONDITIONAL: "Denied because requested information did not come",
    UrAction.DEFER: "Deferred: liability is disputed",
    UrAction.RETROSPECTIVE_DENY: "Denied after it was given",
}
SIGNER_WORDS = {
    SignedBy.EMPLOYEE: "The employee",
    SignedBy.ATTORNEY: "The attorney of the employee",
    SignedBy.REPRESENTATIVE: "A designated representative",
    SignedBy.PROVIDER: "A provider of emergency treatment",
    SignedBy.OTHER: "Somebody else",
}
WAYS = (
    ("", "Not stated"),
    (FiledBy.MAIL.value, "By mail"),
    (FiledBy.FAX.value, "By fax"),
    (FiledBy.WEB.value, "In person or by phone, entered here"),
)
MOST_DISPUTES = 40


def choices(words: Mapping[Any, str], empty: str = "Not stated") -> list[tuple[str, str]]:
    """Return the choices of a code, with one for what is not stated."""
    return [("", empty), *((str(code), said) for code, said in words.items())]


def not_to_come(day: date) -> None:
    """Refuse a day that has not come."""
    if day > today():
        raise ValidationError("This day has not come yet. Check the year.")


def day_field(label: str, hint: str = "") -> forms.DateField:
    """Return a field for a day in the past that need not be stated."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        validators=[not_to_come],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is not a day. Write it like 2026-03-09, or pick it."},
    )


def text_field(label: str, hint: str = "", *, required: bool = False, most: int = 200) -> forms.CharField:
    """Return a field for a line of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        error_messages={"required": f"{label} is missing.", "max_length": f"At most {most} characters."},
    )


def lines_field(label: str, hint: str) -> forms.CharField:
    """Return a field for several lines of text."""
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def yes_no_field(label: str, hint: str = "") -> forms.ChoiceField:
    """Return a question that is answered with yes, no, or not stated."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=YES_NO, required=False, widget=forms.RadioSelect
    )


def choice_field(label: str, words: Mapping[Any, str], hint: str = "") -> forms.ChoiceField:
    """Return a choice among codes, or not stated."""
    return forms.ChoiceField(label=label, help_text=hint, choices=choices(words), required=False)


class StepForm(forms.Form):
    """A step: what no paper states stays empty, and that is said once for all of its fields."""

    is_filter = True


class PersonForm(StepForm):
    """Whose care it is about."""

    programme = forms.ChoiceField(label="Programme", choices=[])
    patient_name = text_field("Full name of the employee", required=True)
    born_on = day_field("Date of birth")
    sex = choice_field("Sex", {sex: sex.value.capitalize() for sex in Sex}, "As the record states it.")
    patient_id = text_field("Number of the employee", "From WCIS or EAMS, if a paper states it.", most=60)
    represented = yes_no_field("Is the employee represented by an attorney?")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, PROGRAMME_WORDS.get(name, name)) for name in programmes()]


PROGRAMME_WORDS = {
    "us_ca_wc": "California workers' compensation",
    "us_ca_dmhc": "California health plans",
}


class InjuryForm(StepForm):
    """What happened, and where."""

    of_injury = day_field("Date of injury", "Of several injuries that of the claim under review.")
    employer = text_field("Employer")
    diagnoses = lines_field("Diagnoses", "In the words of the request, one on a line.")
    diagnosis_codes = lines_field("Codes of the diagnoses", "ICD-10, one on a line, like M54.50.")


class PartiesForm(StepForm):
    """Who else is on the case, and the physician who asked for the treatment."""

    payer = text_field("Claims administrator", "Who denied. The name stands in the decision.")
    payer_id = text_field("Its account here", "Links the case to its accounts here.", most=60)
    insurer = text_field("Insurer")
    ur_organization = text_field("Utilization review organization")
    attorney = text_field("Attorney of the employee")
    provider = text_field("Requesting physician")
    provider_specialty = text_field("Specialty of the physician")
    provider_npi = forms.RegexField(
        regex=r"^\d{10}$",
        label="NPI of the physician",
        required=False,
        help_text="Ten digits.",
        error_messages={"invalid": "An NPI has ten digits."},
    )
    provider_group = text_field("Practice group")
    provider_facility = text_field("Facility")


class DenialForm(StepForm):
    """The decision that is disputed."""

    ur_decision = day_field("Date of the decision")
    ur_served = day_field("Date on which it was served", "As the proof of service states it.")
    ur_service = choice_field("How it was served", SERVICE_WORDS, "The way lengthens the time to apply.")
    imr_form_provided = day_field("Date on which the application form was provided")
    ur_decision_attached = yes_no_field("Is the decision attached to the application?")
    liability_disputed = yes_no_field(
        "Is liability disputed?", "The administrator says that it need not pay for the injury or body part."
    )
    payer_agrees_to_review = yes_no_field("Does the administrator agree to a review in spite of it?")
    formulary_dispute = yes_no_field("Is it a dispute under the drug formulary?")

    def clean(self) -> dict[str, Any]:
        """Return what was entered, with what contradicts itself told at the field."""
        told = super().clean() or {}
        decided, served = told.get("ur_decision"), told.get("ur_served")
        if decided and served and served < decided:
            self.add_error("ur_served", "It cannot have been served before it was made.")
        return told


class DisputeForm(StepForm):
    """One disputed treatment: what was asked, what was allowed, what remains."""

    request = text_field("Treatment", "As the decision names it.", most=500)
    ur_action = choice_field("What was decided", ACTION_WORDS)
    requested = text_field("Quantity requested", "Like 12 sessions, or #90.", most=60)
    authorized = text_field("Quantity authorized", "Empty where nothing was allowed.", most=60)
    remaining = text_field("Quantity remaining", "Computed where it can be counted.", most=60)
    date_of_service = day_field("Date of service", "Only where it was given already.")
    ur_reason = forms.CharField(
        label="Reason of the decision",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Return what was entered, with quantities that do not add up told at the field."""
        told = super().clean() or {}
        counted, stated = remaining_words(told), told.get("remaining")
        if counted and stated and read_quantity(stated) != read_quantity(counted):
            self.add_error(
                "remaining",
                f"{told['requested']} less {told['authorized']} leaves {counted}, and {stated} is entered.",
            )
        if any(told.values()) and not told.get("request"):
            self.add_error("request", "Name the treatment.")
        return told


class DatesForm(StepForm):
    """When the treatment was asked for, and when the application came."""

    rfa = day_field("Date of the request for authorization")
    rfa_received = day_field("Date on which the administrator received it")
    filed_by = forms.ChoiceField(label="How the application came", choices=WAYS, required=False)
    submitted = day_field("Date of submission", "The day it was mailed or faxed: it counts for the limit.")
    application_received = day_field("Date of receipt", "The day stamped on the paper.")
    priority = forms.ChoiceField(label="Kind of review", choices=PRIORITY_WORDS, required=False)
    expedited_certified = day_field("Date of the physician's certification", "For an expedited review.")
    liability_resolved = day_field("Date on which the dispute over liability was resolved")

    def clean(self) -> dict[str, Any]:
        """Return what was entered, with the days that paper needs told at the field."""
        told = super().clean() or {}
        sent, came = told.get("submitted"), told.get("application_received")
        on_paper = told.get("filed_by") in (FiledBy.MAIL, FiledBy.FAX)
        if on_paper and not came and "application_received" not in self.errors:
            self.add_error("application_received", "State the day stamped on the paper.")
        if sent and came and came < sent:
            self.add_error("application_received", "It cannot have come before it was sent.")
        if told.get("expedited_certified") and told.get("priority") != Priority.EXPEDITED:
            self.add_error("priority", "A certification is entered: the review is expedited.")
        return told


class SignatureForm(StepForm):
    """Who signed."""

    signed = yes_no_field("Is the application signed?")
    signed_by = choice_field("By whom", SIGNER_WORDS)
    representative_designated_on = day_field(
        "Date on which the representative was designated", "It counts only after the decision."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the form: its name in the address, its heading, its form."""

    name: str
    title: str
    form: type[forms.Form]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(self.form.base_fields)


DisputeForms = forms.formset_factory(DisputeForm, extra=0, max_num=MOST_DISPUTES, absolute_max=MOST_DISPUTES)
DISPUTES = "disputes"
# the names of the fields of a row begin with it and the number of the row
PREFIX = "dispute"
STEPS = (
    Step(name="person", title="Person", form=PersonForm),
    Step(name="injury", title="Injury", form=InjuryForm),
    Step(name="parties", title="Parties and physician", form=PartiesForm),
    Step(name="denial", title="Denial", form=DenialForm),
    Step(name=DISPUTES, title="Disputed treatments", form=DisputeForm),
    Step(name="dates", title="Dates", form=DatesForm),
    Step(name="signature", title="Signature", form=SignatureForm),
)
STEP = {step.name: step for step in STEPS}


def form_of(step: Step, entered: Entered, *, check: bool) -> forms.Form:
    """Return the form of a step with what was entered; ``check`` tells what is wrong with it."""
    told = {name: entered.get(name, "") for name in step.fields}
    if "programme" in told:
        told["programme"] = told["programme"] or "us_ca_wc"
    return step.form(told) if check else step.form(initial=told)


def disputes_of(entered: Entered, *, check: bool, empty: int = 0) -> forms.BaseFormSet[DisputeForm]:
    """Return the rows of disputed treatments, at least one, and some empty ones."""
    rows = list(entered.get(DISPUTES, ())) or [{}]
    rows += [{}] * empty
    if not check:
        return DisputeForms(initial=rows, prefix=PREFIX)
    data = {f"{PREFIX}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    counts = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": 0}
    return DisputeForms(data | {f"{PREFIX}-{k}": v for k, v in counts.items()}, prefix=PREFIX)


def rows_of(sent: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows of disputed treatments that were sent, without those that hold nothing."""
    rows = []
    for n in range(MOST_DISPUTES):
        row = {name: sent.get(f"{PREFIX}-{n}-{name}", "").strip() for name in STEP[DISPUTES].fields}
        if any(row.values()):
            rows.append(row)
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that is wrong with what was entered, and where."""

    step: Step
    field: str
    words: str


def wrong(entered: Entered) -> tuple[Wrong, ...]:
    """Return everything that is wrong with what was entered, in the order of the steps."""
    found = []
    for step in STEPS:
        if step.name == DISPUTES:
            found += _wrong_disputes(step, entered)
            continue
        form = form_of(step, entered, check=True)
        for name, said in form.errors.items():
            found.append(Wrong(step=step, field=f"id_{name}", words=" ".join(map(str, said))))
    return tuple(found)


def _wrong_disputes(step: Step, entered: Entered) -> list[Wrong]:
    if not entered.get(DISPUTES):
        return [Wrong(step=step, field=f"id_{PREFIX}-0-request", words="Name a disputed treatment.")]
    return [
        Wrong(
            step=step,
            field=f"id_{PREFIX}-{n}-{name}",
            words=f"Treatment {n + 1}: {' '.join(map(str, said))}",
        )
        for n, form in enumerate(disputes_of(entered, check=True).forms)
        for name, said in form.errors.items()
    ]
