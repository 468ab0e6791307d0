"""What people do about records: remind, close the file, say that it tells too little, ask for more."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from openimr.casework import commands as do
from openimr.casework.action_names import Action
from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty
from openimr.casework.receiving import records_clock, records_penalty
from openimr.desk import readings, store
from openimr.desk.access import CaseRequest, page
from openimr.desk.clock import now
from openimr.desk.pages.act import Act, act_page, by_table
from openimr.desk.pages.record_rows import PARTY_WORDS, checklist, requests
from openimr.desk.pages.records import certificate
from openimr.records.checklist import Completeness, required_records
from openimr.terms.records import Exhibit

_LINES = forms.Textarea(attrs={"rows": 5})


class Lines(forms.Form):
    """One thing a line."""

    lines = forms.CharField(widget=_LINES, max_length=4000)

    def told(self) -> tuple[str, ...]:
        """Return the lines that say something."""
        return tuple(line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip())


class MissingForm(Lines):
    """What the claims administrator is reminded of."""

    lines = forms.CharField(label="What is missing, one thing a line", widget=_LINES, max_length=4000)


class CompleteForm(forms.Form):
    """Nothing has to be entered to close the file; what is missing is named in the certificate."""

    seen = forms.BooleanField(label="I compared the list with what came")


class UndecidableForm(forms.Form):
    """What is there, where it is too little."""

    found = forms.CharField(label="What the file holds", widget=_LINES, max_length=2000)


class AskForm(Lines):
    """What a party is asked for."""

    field_order = ("of", "lines")
    of = forms.ChoiceField(
        label="Whom", choices=[(party.value, words) for party, words in PARTY_WORDS.items()]
    )
    lines = forms.CharField(label="What is asked for, one thing a line", widget=_LINES, max_length=4000)


class AnswerForm(forms.Form):
    """An answer to a request. Documents are sent as records."""

    request = forms.TypedChoiceField(label="Which request", coerce=int)
    says = forms.CharField(
        label="The answer",
        help_text="Send documents as files of the records.",
        widget=_LINES,
        max_length=4000,
    )


class CloseForm(forms.Form):
    """That the case goes on without an answer."""

    request = forms.TypedChoiceField(label="Which request", coerce=int)
    why = forms.CharField(label="Why", widget=_LINES, max_length=2000)


@page(by_table(Action.CHASE_RECORDS))
def chase(request: CaseRequest, number: str) -> HttpResponse:
    """Remind the claims administrator of what is missing; the delay so far stands in the log."""
    state = store.state_of(request.case)
    reading = readings.current(request.case, state)
    exhibits = readings.exhibits_of(reading) if reading else ()
    form = MissingForm(request.POST or None, initial={"lines": "\n".join(missing_of(state, exhibits))})
    clock, penalty = records_clock(state), records_penalty(state, now())
    says = [
        "A reminder is owed to the claims administrator once this is stored; it goes out with the letters."
    ]
    says += [f"{clock.explanation}."] if clock else []
    says += [f"{penalty.explanation}."] if penalty else []
    about = Act(
        action=Action.CHASE_RECORDS,
        heading="Remind the claims administrator",
        says=tuple(says),
        button="Store the reminder",
    )
    return act_page(request, about, state, form, lambda: do.ChaseRecords(missing=form.told()))


def missing_of(state: CaseState, exhibits: tuple[Exhibit, ...]) -> tuple[str, ...]:
    """Return what the claims administrator has to send and what no exhibit shows."""
    payer = PARTY_WORDS[CaseParty.PAYER]
    return tuple(
        row.what
        for row in checklist(state, exhibits)
        if row.sender == payer and row.is_required and not row.exhibits
    )


@page(by_table(Action.COMPLETE_RECORDS))
def complete(request: CaseRequest, number: str) -> HttpResponse:
    """Close the file for review, with a certificate of what it holds and lacks."""
    state = store.state_of(request.case)
    reading = readings.current(request.case, state)
    if reading is None:
        messages.warning(request, "The file can be closed once every page was read.")
        return redirect("case-records", number=number)
    found = certificate(state, reading)
    shows = (
        ("Missing", tuple(problem.message for problem in found.missing)),
        ("To look at", tuple(problem.message for problem in found.to_check)),
    )
    says = {
        Completeness.COMPLETE: "Everything that has to be sent is there.",
        Completeness.INCOMPLETE: "Something is missing. The file may be closed all the same; "
        "the certificate names it, and the reviewer sees it.",
        Completeness.ONLY_UR_DECISION: "Cannot be decided: only the letter of utilization review is here.",
    }[found.state]
    about = Act(
        action=Action.COMPLETE_RECORDS,
        heading="Close the file for review",
        says=(says, f"Certified under {required_records().citation}, for the seal {found.seal[:16]}."),
        shows=tuple((words, lines) for words, lines in shows if lines),
        button="Certify and close",
    )
    form = CompleteForm(request.POST or None)
    return act_page(request, about, state, form, lambda: do.CompleteRecords(certificate=found))


@page(by_table(Action.FIND_UNDECIDABLE))
def undecidable(request: CaseRequest, number: str) -> HttpResponse:
    """Record that nothing is there to decide on but the decision under review."""
    state = store.state_of(request.case)
    about = Act(
        action=Action.FIND_UNDECIDABLE,
        heading="Cannot be decided",
        says=(
            "No determination rests on the decision of utilization review alone (8 CCR 9792.10.6(b)(2)).",
            "The case waits until records of the patient's care come in.",
        ),
        button="Record it",
    )
    form = UndecidableForm(
        request.POST or None, initial={"found": "Only the letter of utilization review is here."}
    )
    return act_page(request, about, state, form, lambda: do.FindUndecidable(found=form.cleaned_data["found"]))


@page(by_table(Action.REQUEST_INFORMATION))
def ask(request: CaseRequest, number: str) -> HttpResponse:
    """Ask a party for what the review needs; the clock of the determination goes on."""
    state = store.state_of(request.case)
    about = Act(
        action=Action.REQUEST_INFORMATION,
        heading="Ask for more information",
        says=(
            "Every party gets a copy. The clock of the determination goes on while the answer is waited for.",
        ),
        button="Ask",
    )
    form = AskForm(request.POST or None)
    return act_page(
        request,
        about,
        state,
        form,
        lambda: do.RequestInformation(of=CaseParty(form.cleaned_data["of"]), what=form.told()),
    )


@page(by_table(Action.ANSWER_INFORMATION))
def answer(request: CaseRequest, number: str) -> HttpResponse:
    """Answer a request for information."""
    state = store.state_of(request.case)
    about = Act(
        action=Action.ANSWER_INFORMATION,
        heading="Answer a request for information",
        says=("The answer and what was asked stand in the log of the case.",),
        button="Send the answer",
    )
    form = AnswerForm(request.POST or None)
    _offer(form, state, request)
    return act_page(
        request,
        about,
        state,
        form,
        lambda: do.AnswerInformation(
            number=form.cleaned_data["request"], says=form.cleaned_data["says"], documents=()
        ),
    )


@page(by_table(Action.CLOSE_INFORMATION))
def close(request: CaseRequest, number: str) -> HttpResponse:
    """Go on without an answer."""
    state = store.state_of(request.case)
    about = Act(
        action=Action.CLOSE_INFORMATION,
        heading="Go on without an answer",
        says=("The case is then decided on what there is.",),
        button="Close the request",
    )
    form = CloseForm(request.POST or None)
    _offer(form, state, request)
    return act_page(
        request,
        about,
        state,
        form,
        lambda: do.CloseInformation(number=form.cleaned_data["request"], why=form.cleaned_data["why"]),
    )


def _offer(form: forms.Form, state: CaseState, request: CaseRequest) -> None:
    """Let a form choose among the open requests that somebody may see."""
    field = form.fields["request"]
    assert isinstance(field, forms.TypedChoiceField)
    field.choices = [
        (row.request.number, f"{row.request.number}. {row.party}: {'; '.join(row.request.what)}")
        for row in requests(state, request.user.acts_as)
        if row.request.is_open
    ]
