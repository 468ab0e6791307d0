"""A page with one form that does one thing to a case: shown, checked, acted, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions, rows_of
from openimr.casework.case_state import CaseState
from openimr.casework.commands import Command
from openimr.casework.roles import Role
from openimr.desk import job_plan, store
from openimr.desk.access import CaseRequest, Rule, only
from openimr.desk.pages.outcomes import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a page of this kind says: its heading, its sentences, the word on its button.

    ``back`` is the name of the page that one comes back to; ``shows`` is what
    stands above the form beside the sentences.
    """

    action: Action
    heading: str
    says: tuple[str, ...]
    button: str
    back: str = "case-records"
    shows: tuple[tuple[str, tuple[str, ...]], ...] = ()


def by_table(action: Action) -> Rule:
    """Return the rule that the people of a case may whose role the table of actions names."""
    roles = {role for row in rows_of(action) for role in row.by if role is not Role.SYSTEM}
    return only(*sorted(roles), case=True)


def act_page(
    request: CaseRequest,
    about: Act,
    state: CaseState,
    form: forms.Form,
    command: Callable[[], Command],
) -> HttpResponse:
    """Return the page of a form, or what follows from it once it was sent.

    Args:
        command: Makes the command from the form, which is valid then.
    """
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        outcome = store.act(
            request.case.number,
            command(),
            by=request.user.actor,
            expected=int(version) if version.isdecimal() else None,
        )
        if isinstance(outcome, store.Done):
            job_plan.start(outcome.case, outcome.state)
        tell(request, outcome)
        return redirect(about.back, number=request.case.number)
    context = {
        "case": request.case,
        "state": state,
        "about": about,
        "form": form,
        "back": about.back,
        "is_possible": about.action in available_actions(state, request.user.acts_as),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/records/act.html", context, status=status)
