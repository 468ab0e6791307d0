"""Eligibility: every ground at once with its source, and the pages on which it is decided."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.commands import CorrectApplication, FileAgain
from openimr.casework.decide import Refused
from openimr.casework.parts import About, CaseParty
from openimr.casework.roles import Role
from openimr.casework.stages import stage_of
from openimr.casework.work import information_clocks
from openimr.desk import filing, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.act_forms import PARTY_WORDS, Situation
from openimr.desk.acts import BUTTON_WORDS, SEE_GROUNDS, who_may
from openimr.desk.clock import today
from openimr.desk.eligibility_forms import DecideForm
from openimr.desk.grounds_shown import alerts, by_dispute, dates, filing_clocks, service_words, whole
from openimr.desk.pages.application_acts import (
    around,
    closed,
    done,
    looked_at,
    perform,
    sent_version,
    take_file,
)
from openimr.desk.pages.case import Button, rulebook_of, shown
from openimr.desk.whole_application import WholeForm

# what is done about the eligibility itself, in the order of the page, and what else can be done
FIRST = (
    Action.DECIDE_ELIGIBILITY,
    Action.DECIDE_ELIGIBILITY_ANEW,
    Action.SCREEN_APPLICATION,
    Action.ASK_ABOUT_ELIGIBILITY,
    Action.ANSWER_INFORMATION,
    Action.CLOSE_INFORMATION,
)
FURTHER = (
    ("Application", (Action.CORRECT_APPLICATION, Action.FILE_AGAIN, Action.CHANGE_PARTIES)),
    (
        "Other applications",
        (Action.TAKE_IN_CASE, Action.LINK_DUPLICATE, Action.UNLINK_DUPLICATE, Action.NOTE_DUPLICATE),
    ),
    ("Treatments", (Action.AUTHORIZE_IN_PART, Action.END_DISPUTE, Action.RESOLVE_LIABILITY)),
    ("Review", (Action.CONVERT_TO_EXPEDITED, Action.TERMINATE)),
)


@page(only(*SEE_GROUNDS, case=True))
@require_GET
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return everything that the eligibility of a case rests on, and what can be done about it."""
    opened = store.look(number, "eligibility", by=request.user.actor)
    state, day = opened.state, today()
    can = available_actions(state, request.user.acts_as)
    clocks = shown(filing_clocks(state), day)
    context = {
        "case": opened.case,
        "state": state,
        "stage": stage_of(state),
        "is_decided": state.eligibility_decided_at is not None,
        "whole": whole(state, day),
        "disputes": by_dispute(state, day),
        "alerts": alerts(state, day),
        "unknown": state.screening.unknown if state.screening else (),
        "dates": dates(state, opened.log),
        "service": service_words(state),
        "clocks": [clock for clock in clocks if clock.due],
        "clocks_without_day": [clock for clock in clocks if not clock.due],
        "asked": [r for r in state.requests if r.about is About.ELIGIBILITY],
        "asked_clocks": shown(information_clocks(state, rulebook_of(state)), day),
        "papers": state.owed_papers,
        "party_words": PARTY_WORDS,
        "first": _buttons([a for a in FIRST if a in can], number),
        "further": [
            (title, found)
            for title, group in FURTHER
            if (found := _buttons([a for a in group if a in can], number))
        ],
    }
    return render(request, "desk/eligibility/show.html", context)


def _buttons(actions: list[Action], number: str) -> list[Button]:
    found = []
    for action in actions:
        try:
            href = reverse(f"case-{action.value.replace('_', '-')}", args=[number])
        except NoReverseMatch:
            continue  # it has no page of its own
        found.append(Button(words=BUTTON_WORDS[action], href=href))
    return found


@page(only(*who_may(Action.DECIDE_ELIGIBILITY), case=True))
def decide(request: CaseRequest, number: str) -> HttpResponse:
    """Return the grounds with the form on which each dispute is decided."""
    state = looked_at(request, "Decide eligibility")
    if Action.DECIDE_ELIGIBILITY not in available_actions(state, request.user.acts_as):
        return closed(request, "Decide eligibility")
    form = DecideForm(request.POST if request.method == "POST" else None, state)
    refused: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        outcome = perform(request, form.command())
        if isinstance(outcome, store.Done):
            return done(request, outcome)
        refused = outcome.reasons if isinstance(outcome, Refused) else ()
    day = today()
    context = {
        "form": form,
        "refused": refused,
        "exemptions": [
            (ground, form[f"exempt-{n}"], form[f"reason-{n}"]) for n, ground in enumerate(form.grounds)
        ],
        "decisions": [
            (one, form[f"status-{one.number}"], form[f"why-{one.number}"])
            for one in by_dispute(state, day)
            if one.number in state.unended
        ],
        "whole": whole(state, day),
        "unknown": state.screening.unknown if state.screening else (),
        **around(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/eligibility/decide.html", context, status=status)


@page(only(*who_may(Action.SCREEN_APPLICATION), case=True))
def screen(request: CaseRequest, number: str) -> HttpResponse:
    """Look for every ground and every duplicate anew, as the application now stands."""
    state = looked_at(request, "Look for every ground")
    if Action.SCREEN_APPLICATION not in available_actions(state, request.user.acts_as):
        return closed(request, "Look for every ground")
    rows = filing.rows_of_patient(state.case)
    if request.method == "POST":
        outcome = perform(request, filing.screening_of(state.case))
        if isinstance(outcome, store.Done):
            filing.note_duplicates(outcome.state)
            return done(request, outcome)
    return render(request, "desk/eligibility/screen.html", {"others": rows, **around(request)})


@page(only(*who_may(Action.CORRECT_APPLICATION), case=True))
def correct(request: CaseRequest, number: str) -> HttpResponse:
    """Return the whole application to be corrected against its papers."""
    return _whole(request, Action.CORRECT_APPLICATION, "Correct the application")


@page(only(*who_may(Action.FILE_AGAIN), case=True))
def file_again(request: CaseRequest, number: str) -> HttpResponse:
    """Return the application to be filed again, with what was missing."""
    plain = request.user.acts_as is Role.APPLICANT
    return _whole(request, Action.FILE_AGAIN, "Fix it and send it again" if plain else "File again")


def _whole(request: CaseRequest, action: Action, title: str) -> HttpResponse:
    state = looked_at(request, title)
    if action not in available_actions(state, request.user.acts_as):
        return closed(request, title)
    situation = Situation(state=state, user=request.user)
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WholeForm(sent, files, situation, action)
    refused: tuple[object, ...] = ()
    expected = sent_version(request)
    if request.method == "POST" and form.is_valid():
        expected = take_file(request, form.own, expected, CaseParty.EMPLOYEE, "ur_decision")
    if request.method == "POST" and form.is_valid():  # the file that came with it may be none
        outcome = perform(request, _command(form, action), expected)
        if isinstance(outcome, store.Done):
            filing.look_over(request.case.number)  # what is corrected is screened as it now stands
            return done(request, outcome)
        refused = outcome.reasons if isinstance(outcome, Refused) else ()
    context = {
        "form": form,
        "title": title,
        "refused": refused,
        "errors": form.complaints(),
        **around(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/eligibility/whole.html", context, status=status)


def _command(form: WholeForm, action: Action) -> CorrectApplication | FileAgain:
    if action is Action.CORRECT_APPLICATION:
        return CorrectApplication(case=form.case(), why=form.own.cleaned_data["why"])
    return FileAgain(case=form.case(), cures=tuple(form.own.cleaned_data["cures"]))
