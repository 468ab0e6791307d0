"""The page of one case: where it stands, its clocks, parties, what can be done, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from openimr.casework.action_names import Action
from openimr.casework.actions import actions_of, available_actions, rows_of
from openimr.casework.case_state import CaseState
from openimr.casework.commands import TakeCase, TakeOverCase
from openimr.casework.events import Recorded
from openimr.casework.roles import Role
from openimr.casework.stages import stage_of
from openimr.casework.steps import Step, steps
from openimr.casework.work import clocks, information_clocks
from openimr.desk import store
from openimr.desk.access import ON_THE_CASE, CaseRequest, UserRequest, only, page
from openimr.desk.acts import BUTTON_WORDS, SEE_GROUNDS
from openimr.desk.clock import today
from openimr.desk.holders import TAKERS
from openimr.desk.models import ROLE_WORDS, Case, User
from openimr.desk.pages.outcomes import tell
from openimr.desk.people import users_of
from openimr.desk.telling import details, is_for_outsiders, sentence
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import RuleBook, load_rulebook
from openimr.terms.eligibility import Deadline

# who can take a case over from a colleague, or come to one that waits for another role
OVERTAKERS = tuple(dict.fromkeys(role for row in rows_of(Action.TAKE_OVER_CASE) for role in row.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the timeline."""

    number: int
    at: datetime
    who: str
    what: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClock:
    """One legal clock: its day, whether it has passed, and the sentence that explains it."""

    rule: str
    who: str
    due: date | None
    late: bool
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One thing that can be done now, and the page for it."""

    words: str
    href: str


@page(ON_THE_CASE)
@require_GET
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page of a case; that it was opened is recorded."""
    opened = store.look(number, "case", by=request.user.actor)
    is_staff = request.user.is_staff
    context = {
        "case": opened.case,
        "state": opened.state,
        "stage": stage_of(opened.state),
        "application": opened.state.case,
        "steps": steps_for(opened.state, request.user),
        "running": shown(running_clocks(opened.state), today()),
        "clocks": shown(deadlines(opened.state.case, rulebook_of(opened.state)), today()),
        "disputes": list(zip(opened.state.standings, opened.state.case.dispute, strict=False)),
        "timeline": timeline(opened.log, is_staff=is_staff),
        "members": opened.case.members.select_related("user").order_by("role", "id") if is_staff else (),
        "buttons": buttons(actions_of(opened.state, request.user.actor), opened.case),
        "is_staff": is_staff,
        "holders": opened.case.held_by.all() if is_staff else (),
        "sees_grounds": request.user.acts_as in SEE_GROUNDS,
        "today": today(),
    }
    return render(request, "desk/case/show.html", context)


def steps_for(state: CaseState, user: User) -> tuple[Step, ...]:
    """Return what has to be done as somebody sees it: a reviewer not what colleagues have to do.

    The Administrative Director's office sees what waits for itself; the parties are told by their papers.
    """
    own = user.actor
    if not user.is_staff:
        office = Role.ADMINISTRATIVE_DIRECTOR
        return tuple(step for step in steps(state) if step.role is own.role is office)
    return tuple(
        step
        for step in steps(state)
        if own.role is not Role.REVIEWER or step.role is not Role.REVIEWER or step.person == own.id
    )


@page(only(*TAKERS, form=True))
def take(request: UserRequest, number: str) -> HttpResponse:
    """Take a case in hand in which this role has a step to do, or that one is on already."""
    user = request.user
    case = Case.objects.filter(number=number).first()
    if case is None or not (can_take(case, user) or case.members.filter(user=user).exists()):
        raise Http404
    done = store.act(number, TakeCase(), by=user.actor, expected=None)
    if isinstance(done, store.Done):
        messages.success(request, f"You are on case {number}.")
        return redirect("case", number=number)
    tell(request, done)
    return redirect("work")


def can_take(case: Case, user: User) -> bool:
    """Return whether somebody may take a case without a reason: a step of their role waits in it."""
    return Action.TAKE_CASE in available_actions(store.state_of(case), user.acts_as)


class TakeOverForm(forms.Form):
    """Which case is taken over, and why."""

    number = forms.CharField(label="Case number", max_length=40)
    why = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept in the log of the case, with your name.",
    )


@page(only(*OVERTAKERS))
def take_over(request: UserRequest) -> HttpResponse:
    """Return the form by which a case of a colleague, or of another role, is taken over, or take it over."""
    form = TakeOverForm(request.POST or None, initial={"number": request.GET.get("case", "")})
    if request.method == "POST" and form.is_valid():
        case = Case.objects.filter(number=form.cleaned_data["number"].strip().upper()).first()
        if case is None:
            form.add_error("number", "There is no case of this number.")
        else:
            command = TakeOverCase(why=form.cleaned_data["why"])
            done = store.act(case.number, command, by=request.user.actor, expected=None)
            tell(request, done)
            if isinstance(done, store.Done):
                return redirect("case", number=case.number)
    status = 422 if form.is_bound else 200
    return render(request, "desk/case/take_over.html", {"form": form}, status=status)


def timeline(log: tuple[Recorded, ...], *, is_staff: bool) -> tuple[Happening, ...]:
    """Return what happened, the last first: for somebody from outside without names and inner steps."""
    people = users_of(one.by.id for one in log) if is_staff else {}
    shown = [one for one in log if is_staff or is_for_outsiders(one.event)]
    return tuple(
        Happening(
            number=one.number,
            at=one.at,
            who=_who(one, people),
            what=sentence(one.event),
            details=details(one.event, is_staff=is_staff),
        )
        for one in reversed(shown)
    )


def _who(one: Recorded, people: Mapping[str, User]) -> str:
    if one.by.role is Role.SYSTEM:
        return "the desk itself"
    user = people.get(one.by.id)
    role = ROLE_WORDS[one.by.role].lower()
    return f"{user}, {role}" if user else role


def rulebook_of(state: CaseState) -> RuleBook:
    """Return the rule book of the programme of a case."""
    return load_rulebook(state.case.case.programme)


def running_clocks(state: CaseState) -> tuple[Deadline, ...]:
    """Return the clocks that the case waits under now: those of its stage, those of open requests."""
    rulebook = rulebook_of(state)
    found = (*clocks(state, rulebook), *information_clocks(state, rulebook))
    return tuple({(clock.ref, clock.due): clock for clock in found}.values())


def shown(found: tuple[Deadline, ...], day: date) -> tuple[ShownClock, ...]:
    """Return legal clocks as the page shows them: soonest first, then those without a day."""
    rows = [
        ShownClock(
            rule=clock.rule,
            who=clock.who.replace("_", " "),
            due=clock.due.on if clock.due else None,
            late=clock.due is not None and clock.due.on < day,
            explanation=clock.explanation,
        )
        for clock in found
    ]
    return tuple(sorted(rows, key=lambda c: (c.due is None, c.due or day)))


def buttons(actions: tuple[Action, ...], case: Case) -> tuple[Button, ...]:
    """Return a button for each action that has a page: its address is named ``case-`` and the action."""
    found = []
    for action in actions:
        try:
            href = reverse(f"case-{action.value.replace('_', '-')}", args=[case.number])
        except NoReverseMatch:
            continue  # done from another page, or by software
        words = BUTTON_WORDS.get(action) or action.value.replace("_", " ").capitalize()
        found.append(Button(words=words, href=href))
    return tuple(found)
