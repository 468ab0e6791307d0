"""The reviewers for one case: who may have it and why, who may not and why; ties that a person judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.commands import ApproveReviewers, ReplaceReviewer, ReportNobody
from openimr.casework.roles import Role
from openimr.casework.stages import REVIEWING, Stage, stage_of
from openimr.desk import drawing, reviewers, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.clock import now, today
from openimr.desk.models import JudgedTie
from openimr.desk.pages import assignment
from openimr.desk.pages.outcomes import tell
from openimr.law.qualifications import reviewer_rules
from openimr.panel.encode import Load
from openimr.panel.offers import OfferState
from openimr.panel.select import ReviewerCheck, check_reviewer
from openimr.panel.specialty import rank
from openimr.terms.errors import OpenIMRError
from openimr.terms.reviewer import Exclusion, Reviewer

DECIDING = only(Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, case=True)
SENDING = only(Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, case=True, form=True)
# the judgement of a tie stands for the assignments to come
JUDGING = (*REVIEWING, Stage.NOTICE, Stage.RECORDS, Stage.UNDECIDABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One reviewer for one case; ``ties`` are possible conflicts with what a person found of them."""

    name: str
    check: ReviewerCheck
    ties: tuple[tuple[Exclusion, JudgedTie | None], ...]
    capacity: int | None

    @property
    def may(self) -> bool:
        """Return whether nothing stands against the reviewer."""
        return self.check.is_assignable


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SeveralForm(WhyForm):
    """How many reviewers decide, and why one is not enough."""

    count = forms.IntegerField(label="How many reviewers decide", min_value=2, max_value=9)
    field_order = ("count", "why")


@page(DECIDING)
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return every reviewer of the panel for a case, with everything for and against each; or draw."""
    if request.method == "POST":
        if request.case.stage != Stage.ASSIGNMENT.value:
            messages.error(request, "The case does not wait for a reviewer now. Nothing was drawn.")
            return redirect("case-propose-reviewer", number=number)
        return assignment.drawn(request, [request.case])
    opened = store.look(number, "candidates", by=request.user.actor)
    found, trouble = candidates_or_reason(opened.state)
    context = {
        "case": opened.case,
        "state": opened.state,
        "may": [c for c in found if c.may],
        "open": [c for c in found if not c.check.exclusions and c.check.possible],
        "out": [c for c in found if c.check.exclusions],
        "trouble": trouble,
        "without_account": reviewers.without_account(),
        "offers": opened.case.offers.order_by("-pk"),
        "names": assignment.names_of_panel(),
        "can_draw": Action.PROPOSE_REVIEWER in available_actions(opened.state, request.user.acts_as),
        "can_judge": stage_of(opened.state) in JUDGING,
    }
    return render(request, "desk/assignment/candidates.html", context)


def candidates_or_reason(state: CaseState) -> tuple[list[Candidate], str]:
    """Return the candidates, or why none can be named."""
    try:
        return candidates(state), ""
    except OpenIMRError as error:
        return [], str(error)


def candidates(state: CaseState) -> list[Candidate]:
    """Return every reviewer who could be drawn, checked against a case: the best ones first.

    Raises:
        AssignmentError: The panel is empty.
        LawError: The programme has no rules for the day.
    """
    day = today()
    rules = reviewer_rules(state.case.case.programme, day)
    waiting = drawing.waiting_of(state)
    loads, judged = reviewers.loads(day), drawing.judged_ties([state.case_number])
    ties = judged.get(state.case_number, {})
    cleared = [tie for tie, row in ties.items() if not row.is_conflict]
    found = []
    for reviewer in reviewers.panel_now().reviewer:
        load = loads.get(reviewer.id, Load())
        check = check_reviewer(
            reviewer,
            waiting.case,
            waiting.treatments,
            rules=rules,
            on=day,
            open_cases=load.open_cases,
            this_week=load.this_week,
            cleared=cleared,
        )
        found.append(_candidate(reviewer, check, ties))
    return sorted(found, key=_order)


def _candidate(reviewer: Reviewer, check: ReviewerCheck, ties: Mapping[Exclusion, JudgedTie]) -> Candidate:
    cleared = tuple((t, row) for t, row in ties.items() if t.reviewer == reviewer.id and not row.is_conflict)
    return Candidate(
        name=reviewer.name or reviewer.id,
        check=check,
        ties=(*((tie, ties.get(tie)) for tie in check.possible), *cleared),
        capacity=reviewer.capacity,
    )


def _order(one: Candidate) -> tuple[bool, bool, bool, int, float, str]:
    check = one.check
    share = check.open_cases / (one.capacity or 1)
    return (
        bool(check.exclusions),
        bool(check.possible),
        not check.is_preferred_state,
        rank(check.fit),
        share,
        check.reviewer,
    )


@page(SENDING)
def judge(request: CaseRequest, number: str) -> HttpResponse:
    """Store what a person found of a possible tie: none, or a conflict; with the reason."""
    asked = request.POST
    why = asked.get("why", "").strip()
    state = store.state_of(request.case)
    found, _ = candidates_or_reason(state)
    tie = next(
        (
            t
            for c in found
            for t, _row in c.ties
            if c.check.reviewer == asked.get("reviewer") and t.reason == asked.get("reason")
        ),
        None,
    )
    if tie is None or not why or asked.get("found") not in ("none", "conflict"):
        messages.error(request, "Nothing was stored: say what you found, and why.")
    else:
        JudgedTie.objects.create(
            case=request.case,
            reviewer=tie.reviewer,
            code=tie.code,
            reason=tie.reason,
            citation=tie.citation or "",
            is_conflict=asked["found"] == "conflict",
            why=why[:2000],
            by=request.user,
            at=now(),
        )
        messages.success(request, "What you found was stored. The next draw goes by it.")
    return redirect("case-propose-reviewer", number=number)


@page(DECIDING)
def report_nobody(request: CaseRequest, number: str) -> HttpResponse:
    """Return what is in the way of a case that nobody may have, or record it."""
    state = store.state_of(request.case)
    nobody, trouble = None, ""
    try:
        nobody = drawing.nobody_for(state)
    except OpenIMRError as error:
        trouble = str(error)
    if request.method == "POST" and nobody is not None:
        version = request.POST.get("version", "")
        expected = int(version) if version.isdecimal() else None
        outcome = store.act(number, ReportNobody(found=nobody), by=request.user.actor, expected=expected)
        tell(request, outcome)
        return redirect("case", number=number)
    context = {
        "case": request.case,
        "nobody": nobody,
        "trouble": trouble,
        "names": assignment.names_of_panel(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/assignment/nobody.html", context, status=status)


@page(DECIDING)
def replace(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form that takes a reviewer off the case, or do it and ask the next best."""
    state = store.state_of(request.case)
    names = assignment.names_of_panel([seat.reviewer for seat in state.seats])
    form = WhyForm(request.POST if request.method == "POST" else None)
    form.fields["reviewer"] = forms.ChoiceField(
        label="Reviewer",
        choices=[(s.reviewer, names.get(s.reviewer, s.reviewer)) for s in state.seats],
    )
    form.order_fields(["reviewer", "why"])
    if request.method == "POST" and form.is_valid():
        chosen, why = form.cleaned_data["reviewer"], form.cleaned_data["why"]
        version = request.POST.get("version", "")
        with transaction.atomic():
            outcome = store.act(
                number,
                ReplaceReviewer(reviewer=chosen, why=why),
                by=request.user.actor,
                expected=int(version) if version.isdecimal() else None,
            )
            tell(request, outcome)
            if isinstance(outcome, store.Done):
                drawing.close_offer(request.case, chosen, OfferState.WITHDRAWN, why)
                if stage_of(outcome.state) is Stage.ASSIGNMENT:
                    assignment.ask_next(request, outcome)
        return redirect("case-propose-reviewer", number=number)
    return _form(
        request,
        form,
        "Replace a reviewer",
        "The reviewer is taken off the case, and what that reviewer did is kept. The next best one is asked.",
    )


@page(only(Role.ADMINISTRATIVE_DIRECTOR, case=True))
def approve(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form by which several reviewers are approved, or approve them."""
    form = SeveralForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        command = ApproveReviewers(count=form.cleaned_data["count"], why=form.cleaned_data["why"])
        expected = int(version) if version.isdecimal() else None
        tell(request, store.act(number, command, by=request.user.actor, expected=expected))
        return redirect("case", number=number)
    return _form(
        request,
        form,
        "Approve several reviewers",
        "The majority decides; an even split is for the treatment.",
    )


def _form(request: CaseRequest, form: forms.Form, heading: str, lead: str) -> HttpResponse:
    context = {"case": request.case, "form": form, "heading": heading, "lead": lead}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/assignment/form.html", context, status=status)
