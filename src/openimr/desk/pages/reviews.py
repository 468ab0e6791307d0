"""What a reviewer does before deciding: own cases, attesting or declining, the view, opening the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.commands import (
    Attest,
    Command,
    Decline,
    OpenDraft,
    RecordView,
    ReportConflict,
)
from openimr.casework.reviewer_work import TO_DO, work_of_reviewers
from openimr.casework.reviewer_work import ReviewerWork as Work
from openimr.casework.roles import Role
from openimr.casework.seats import Seat
from openimr.casework.stages import Stage, stage_of
from openimr.desk import drawing, lapsing, store
from openimr.desk.access import CaseRequest, UserRequest, only, page
from openimr.desk.clock import today
from openimr.desk.models import Case, CaseMember, CaseOffer, User
from openimr.desk.pages import assignment
from openimr.desk.pages.candidates import WhyForm
from openimr.desk.pages.outcomes import tell
from openimr.desk.review_forms import ATTESTS, ViewForm
from openimr.panel.conflicts import Involved, involved_in
from openimr.panel.offers import OfferState
from openimr.terms.reviewer import Attestation

REVIEWER = only(Role.REVIEWER, case=True)
# more cases than these stand in the work list alone, and the page says so
ROWS = 100
CLOSED = 50
BEFORE = ("no_conflict", "qualified")


class AttestForm(forms.Form):
    """What a reviewer attests before the file opens."""

    no_conflict = forms.BooleanField(
        label=ATTESTS[0][1], error_messages={"required": "If you have a tie, decline the case."}
    )
    qualified = forms.BooleanField(
        label=ATTESTS[1][1], error_messages={"required": "If you are not, decline the case."}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case of a reviewer: what is to be done next, or was done, and by when to answer an offer."""

    case: Case
    words: str
    href: str
    respond_by: date | None


# what a reviewer has to do, and the page for it; what waits for others has no page of its own
NEXT = {
    Work.OFFERED: ("Attest or decline", "case-attest"),
    Work.TO_VIEW: ("Read the file and record your view", "case-record-view"),
    Work.TO_OPEN: ("Open the draft", "case-open-draft"),
    Work.TO_DECIDE: ("Decide and adopt", "case-adopt-determination"),
    Work.RETURNED: ("Write it anew: it was returned", "case-adopt-determination"),
    Work.DRAFT_AWAITED: ("Your view is recorded; the draft is being prepared", "case"),
    Work.ADOPTED: ("You have adopted", "case"),
    Work.RELEASED: ("The determination is released", "case"),
}


@page(only(Role.REVIEWER))
def show(request: UserRequest) -> HttpResponse:
    """Return the cases of the reviewer who is signed in by the own work in them, what waits first."""
    seats = CaseMember.objects.filter(user=request.user, role=Role.REVIEWER.value).select_related("case")
    is_open = seats.filter(is_open=True).order_by("due_on", "case_id")
    waiting = list(is_open.filter(work__in=["", *TO_DO])[: ROWS + 1])
    others = list(is_open.exclude(work__in=["", *TO_DO])[: ROWS + 1])
    rows = _rows(request.user, [*waiting[:ROWS], *others[:ROWS]])
    context = {
        "waiting": [row for work, row in rows if work in TO_DO],
        "others": [row for work, row in rows if work not in TO_DO],
        "closed": [seat.case for seat in seats.filter(is_open=False).order_by("-case_id")[:CLOSED]],
        "today": today(),
        "more_wait": len(waiting) > ROWS,
        "more_others": len(others) > ROWS,
    }
    return render(request, "desk/review/list.html", context)


def _rows(user: User, seats: Sequence[CaseMember]) -> list[tuple[Work, Row]]:
    """Return what a reviewer has to do in some cases; of rows from before it was kept it is computed."""
    untold = drawing.states_of([seat.case for seat in seats if not seat.work])
    known = {number: work_of_reviewers(state) for number, state in untold.items()}
    offers = CaseOffer.objects.filter(
        reviewer=user.reviewer, state=OfferState.OPEN, case__in=[seat.case_id for seat in seats]
    )
    answer_by = dict(offers.values_list("case_id", "respond_by"))
    found = []
    for seat in seats:
        work = Work(seat.work) if seat.work else known[seat.case.number].get(user.reviewer, Work.OFFERED)
        words, href = NEXT[work]
        by = answer_by.get(seat.case_id)
        found.append((work, Row(case=seat.case, words=words, href=href, respond_by=by)))
    return found


def seat_of(request: CaseRequest, state: CaseState) -> Seat | None:
    """Return the place of whoever is signed in on a case."""
    return state.seat_of(request.user.actor.id)


def sent_version(request: CaseRequest) -> int | None:
    """Return the version of the case that the form was made from; -1, which is none, where it is missing."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else -1


@page(REVIEWER)
def attest(request: CaseRequest, number: str) -> HttpResponse:
    """Return who is involved in a case and the form of the attestation, or store it: the file opens."""
    state = store.state_of(request.case)
    form = AttestForm(request.POST if request.method == "POST" else None)
    actor = request.user.actor
    if request.method == "POST" and form.is_valid():
        attestation = Attestation(reviewer=actor.id, attested_on=today(), attests=BEFORE)
        with transaction.atomic():
            outcome = store.act(
                number, Attest(attestation=attestation), by=actor, expected=sent_version(request)
            )
            if isinstance(outcome, store.Done):
                _accept(request.case, actor.id)
        tell(request, outcome)
        return redirect("case-record-view" if isinstance(outcome, store.Done) else "case-attest", number)
    seat = seat_of(request, state)
    offer = CaseOffer.objects.filter(case=request.case, reviewer=actor.id, state=OfferState.OPEN).first()
    context = {
        "case": request.case,
        "state": state,
        "seat": seat,
        "form": form,
        "offer": offer,
        "involved": told_roles(state),
        "is_possible": seat is not None and seat.attestation is None,
        "today": today(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/review/attest.html", context, status=status)


def told_roles(state: CaseState) -> tuple[Involved, ...]:
    """Return everybody whom a case is about, as far as they have a name."""
    return tuple(one for one in involved_in(state.case) if one.name)


def _accept(case: Case, reviewer: str) -> None:
    CaseOffer.objects.filter(case=case, reviewer=reviewer, state=OfferState.OPEN).update(
        state=OfferState.ACCEPTED, closed_on=today()
    )


def _leave(request: CaseRequest, command: Command, state: OfferState, why: str) -> HttpResponse:
    """Return the way back after a reviewer left a case; the next best one was asked."""
    actor, number = request.user.actor, request.case.number
    with transaction.atomic():
        outcome = store.act(number, command, by=actor, expected=sent_version(request))
        if isinstance(outcome, store.Done):
            reviewer = command.reviewer if isinstance(command, ReportConflict) else actor.id
            drawing.close_offer(request.case, reviewer, state, why)
            messages.success(request, "It was recorded, and the file is closed for that reviewer.")
            if stage_of(outcome.state) is Stage.ASSIGNMENT:
                _ask_next(request, outcome)
        else:
            tell(request, outcome)
    still_on = request.case.members.filter(user=request.user).exists()
    if still_on:
        return redirect("case", number=number)
    return redirect("reviews")


def _ask_next(request: CaseRequest, outcome: store.Done) -> None:
    """Ask the next best; a reviewer is not told who that is."""
    if request.user.acts_as is not Role.REVIEWER:
        assignment.ask_next(request, outcome)
        return
    lapsing.ask_next_quietly(outcome)


@page(REVIEWER)
def decline(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form by which a reviewer declines a case, or decline it."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        return _leave(request, Decline(why=why), OfferState.DECLINED, why)
    context = {
        "case": request.case,
        "form": form,
        "heading": "Decline the case",
        "lead": "The case goes to another reviewer. The reason is kept with it.",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/assignment/form.html", context, status=status)


@page(only(Role.REVIEWER, Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, case=True))
def report_conflict(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form that reports a tie that came to light late, or report it: the file closes."""
    state = store.state_of(request.case)
    form = WhyForm(request.POST if request.method == "POST" else None)
    is_own = request.user.acts_as is Role.REVIEWER
    seats = [s for s in state.seats if s.attestation and (not is_own or s.reviewer == request.user.reviewer)]
    names = {} if is_own else assignment.names_of_panel()
    form.fields["reviewer"] = forms.ChoiceField(
        label="Reviewer",
        choices=[(s.reviewer, "I myself" if is_own else names.get(s.reviewer, s.reviewer)) for s in seats],
    )
    form.order_fields(["reviewer", "why"])
    if request.method == "POST" and form.is_valid():
        why, reviewer = form.cleaned_data["why"], form.cleaned_data["reviewer"]
        return _leave(request, ReportConflict(reviewer=reviewer, why=why), OfferState.WITHDRAWN, why)
    context = {
        "case": request.case,
        "form": form,
        "heading": "Report a conflict",
        "lead": (
            "For a tie that came to light after the attestation. The file closes for that reviewer at once, "
            "what was adopted does not count any more, and another reviewer is asked."
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/assignment/form.html", context, status=status)


@page(REVIEWER)
def record_view(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form of the view of each dispute, or store it. The draft stays closed until then."""
    state = store.state_of(request.case)
    seat = seat_of(request, state)
    if seat is None or seat.attestation is None:
        messages.warning(request, "Attest first: the file opens after the attestation.")
        return redirect("case-attest", number=number)
    form = ViewForm(request.POST if request.method == "POST" else None, state=state)
    if request.method == "POST" and form.is_valid():
        command = RecordView(views=form.views())
        outcome = store.act(number, command, by=request.user.actor, expected=sent_version(request))
        tell(request, outcome)
        is_done = isinstance(outcome, store.Done)
        return redirect("case-open-draft" if is_done else "case-record-view", number=number)
    context = {
        "case": request.case,
        "state": state,
        "seat": seat,
        "rows": [(n, state.case.dispute[n - 1], leans, because) for n, leans, because in form.rows()],
        "form": form,
        "has_view": state.has_view(seat) and bool(seat.views),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/review/view.html", context, status=status)


@page(REVIEWER)
def open_draft(request: CaseRequest, number: str) -> HttpResponse:
    """Return what the draft is and the button that opens it, or open it."""
    state = store.state_of(request.case)
    if request.method == "POST":
        outcome = store.act(number, OpenDraft(), by=request.user.actor, expected=sent_version(request))
        if isinstance(outcome, store.Done):
            return redirect("case-adopt-determination", number=number)
        tell(request, outcome)
        return redirect("case-open-draft", number=number)
    seat = seat_of(request, state)
    context = {
        "case": request.case,
        "state": state,
        "seat": seat,
        "has_view": seat is not None and state.has_view(seat) and bool(seat.views),
        "can_open": Action.OPEN_DRAFT in available_actions(state, Role.REVIEWER),
    }
    return render(request, "desk/review/open.html", context)
