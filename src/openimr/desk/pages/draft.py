"""The draft as the desk prepares it: by software as soon as the file is read, or asked for by a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.commands import ApproveExtension, PrepareDraft
from openimr.casework.roles import Role
from openimr.desk import readings, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.composing import SOFTWARE
from openimr.desk.drafting import drafted, enclosed_draft
from openimr.desk.pages.candidates import WhyForm
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.reviews import sent_version
from openimr.terms.errors import OpenIMRError


@page(only(Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, case=True))
def prepare(request: CaseRequest, number: str) -> HttpResponse:
    """Return how far the draft is, or prepare it now from the file that was closed for review."""
    state = store.state_of(request.case)
    closed = readings.sealed(request.case, state)
    facts = readings.facts_of(closed) if closed is not None else None
    if request.method == "POST":
        if closed is None or facts is None:
            messages.error(request, "Nothing was prepared: the closed file was not read yet.")
            return redirect("case-prepare-draft", number=number)
        try:
            command = PrepareDraft(draft=enclosed_draft(drafted(state, facts)), seal=closed.seal)
        except OpenIMRError as error:
            messages.error(request, str(error))
            return redirect("case-prepare-draft", number=number)
        by = SOFTWARE if request.POST.get("by") == "software" else request.user.actor
        tell(request, store.act(number, command, by=by, expected=sent_version(request)))
        return redirect("case", number=number)
    context = {
        "case": request.case,
        "state": state,
        "is_read": facts is not None,
        "can": Action.PREPARE_DRAFT in available_actions(state, request.user.acts_as),
        "is_open": any(seat.draft_opened_at for seat in state.seats),
    }
    return render(request, "desk/review/prepare.html", context)


@page(only(Role.ADMINISTRATIVE_DIRECTOR, case=True))
def extend(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form by which more time is approved, or approve it."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        command = ApproveExtension(why=form.cleaned_data["why"])
        tell(request, store.act(number, command, by=request.user.actor, expected=sent_version(request)))
        return redirect("case", number=number)
    context = {
        "case": request.case,
        "form": form,
        "heading": "Approve more time",
        "lead": "For good cause, once in a case. The reason is kept with it.",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/assignment/form.html", context, status=status)
