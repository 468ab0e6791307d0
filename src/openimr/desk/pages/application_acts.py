"""What is asked for in a case about its application and eligibility: one page for each action.

Nothing that was typed is lost: a refusal and a case that changed meanwhile
are told on the same page, above what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.commands import Command, LinkDuplicate, NoteDuplicate
from openimr.casework.decide import Refused
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import job_plan, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.act_forms import Situation
from openimr.desk.acts import ACTS, SEE_GROUNDS, Act, who_may
from openimr.desk.incoming import receive
from openimr.desk.models import Case, StoredFile, User
from openimr.desk.pages.outcomes import tell
from openimr.desk.sheets import PaperRefused, paper_of

View = Callable[..., HttpResponseBase]


def _view(act: Act) -> View:
    @page(only(*who_may(act.action), case=True))
    def view(request: CaseRequest, number: str) -> HttpResponse:
        return _page(request, act)

    view.__name__ = act.action.value
    view.__doc__ = f"{act.title}."
    return view


# one view for each action, by the action
VIEWS = {act.action: _view(act) for act in ACTS}


def _page(request: CaseRequest, act: Act) -> HttpResponse:
    """Return the form of an act, or what became of it."""
    state = looked_at(request, act.title)
    situation = Situation(state=state, user=request.user)
    if act.action not in available_actions(state, situation.role):
        return closed(request, act.title)
    form = act.form(request.POST or None, request.FILES or None, situation)
    refused: tuple[object, ...] = ()
    expected = sent_version(request)
    if request.method == "POST" and form.is_valid():
        expected = take_file(request, form, expected, CaseParty.PROVIDER, "certification")
    if request.method == "POST" and form.is_valid():  # the file that came with it may be none
        outcome = perform(request, act.command(situation, form.cleaned_data), expected)
        if isinstance(outcome, store.Done):
            return done(request, outcome)
        refused = outcome.reasons if isinstance(outcome, Refused) else ()
    context = {"act": act, "form": form, "refused": refused, **around(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/acts/form.html", context, status=status)


def looked_at(request: CaseRequest, what: str) -> CaseState:
    """Return a case as it stands; that a page of it was opened is recorded, a form that is sent is an act."""
    if request.method == "POST":
        return store.state_of(request.case)
    return store.look(request.case.number, what, by=request.user.actor).state


def sent_version(request: CaseRequest) -> int:
    """Return the version of the case that a form was made from; without one nothing is accepted."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else -1


def perform(request: CaseRequest, command: Command, expected: int | None = None) -> store.Outcome:
    """Return what became of a command; a case that changed meanwhile is told."""
    expected = sent_version(request) if expected is None else expected
    with transaction.atomic():
        outcome = store.act(request.case.number, command, by=request.user.actor, expected=expected)
        if isinstance(outcome, store.Done) and isinstance(command, LinkDuplicate):
            _note_there(command, request.case.number, request.user)
    if isinstance(outcome, store.Stale):
        tell(request, outcome)
    return outcome


def _note_there(command: LinkDuplicate, number: str, by: User) -> None:
    """Note a duplicate in the case that it is one of, where there is one here."""
    if Case.objects.filter(number=command.of_case).exists():
        store.act(command.of_case, NoteDuplicate(other_case=number), by=by.actor, expected=None)


def take_file(request: CaseRequest, form: Form, expected: int, sender: CaseParty, kind: str) -> int:
    """Receive the file that came with a form, name it in the form, and return the version to expect then."""
    told: dict[str, Any] = form.cleaned_data
    if not told.get("file"):
        return expected
    try:
        paper = paper_of(told["file"], kind)
    except PaperRefused as error:
        form.add_error("file", f"{error.found} {error.remedy}")
        return expected
    told["document"] = paper.sha256
    before = store.state_of(request.case).version
    stored = StoredFile.objects.get(pk=paper.sha256)
    received = receive(request.case, request.user, stored, name=paper.name, submitter=sender, on=None)
    # the case with this file is still what was looked at
    if before == expected and isinstance(received, store.Done):
        return received.state.version
    return expected


def done(request: CaseRequest, outcome: store.Done) -> HttpResponse:
    """Tell what was done, start what software does next, and go back to the case."""
    tell(request, outcome)
    job_plan.start(outcome.case, outcome.state)
    return redirect(home_of(request.user), number=request.case.number)


def closed(request: CaseRequest, title: str) -> HttpResponse:
    """Return the page that says that something cannot be done with the case as it stands.

    What was typed in a form that somebody else was faster than stands there, to be copied.
    """
    hidden = ("csrfmiddlewaretoken", "version")
    sent = [str(words).strip() for name, words in request.POST.items() if name not in hidden]
    typed = [words for words in sent if " " in words]
    context = {"title": title, "typed": typed, **around(request)}
    return render(request, "desk/acts/closed.html", context, status=409)


def around(request: CaseRequest) -> dict[str, object]:
    """Return what stands around a form: the case as it is now, and where one comes back to."""
    case = Case.objects.get(pk=request.case.pk)
    return {"case": case, "home": home_of(request.user), "plain": request.user.acts_as is Role.APPLICANT}


def home_of(user: User) -> str:
    """Return the name of the page that somebody comes back to."""
    if user.acts_as is Role.APPLICANT:
        return "my-case"
    return "case-eligibility" if user.acts_as in SEE_GROUNDS else "case"
