"""Assignment of all waiting cases: the draw, its result, its confirmation, its audit; offers that wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.roles import Role
from openimr.desk import drawing, lapsing, store
from openimr.desk.access import CaseRequest, UserRequest, only, page
from openimr.desk.clock import today
from openimr.desk.keys import draw_key
from openimr.desk.models import Case, CaseMember, CaseOffer, StoredDraw, StoredReviewer
from openimr.desk.pages.outcomes import tell
from openimr.panel.assign import Result
from openimr.panel.explain import explain_case
from openimr.panel.obstacles import unassignable
from openimr.panel.offers import OfferState
from openimr.panel.record import audit_record, repeat_draw
from openimr.terms.errors import OpenIMRError

SEEING = only(Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.AUDITOR)
ACTING = only(Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, form=True)
DRAWS = 20
OFFERS = 100


class ConfirmForm(forms.Form):
    """By when the drawn reviewers have to answer."""

    respond_by = forms.DateField(label="Answer by", widget=forms.DateInput(attrs={"type": "date"}))

    def clean_respond_by(self) -> date:
        """Return the day, which is not over."""
        day: date = self.cleaned_data["respond_by"]
        if not today() <= day <= today() + timedelta(days=30):
            raise forms.ValidationError("Name a day from today on, within 30 days.")
        return day


@page(SEEING)
def show(request: UserRequest) -> HttpResponse:
    """Return the cases that wait for a reviewer, the draws so far, and the offers that wait for an answer."""
    rows = drawing.waiting_rows()
    offers = CaseOffer.objects.filter(state=OfferState.OPEN).select_related("case")
    context = {
        "rows": rows,
        "mine": own_numbers(request, [row.number for row in rows]),
        "draws": StoredDraw.objects.defer("record").select_related("drawn_by").order_by("-drawn_at")[:DRAWS],
        "offers": offers.order_by("respond_by", "pk")[:OFFERS],
        "names": names_of_panel(),
        "today": today(),
        "may_act": request.user.acts_as is not Role.AUDITOR,
    }
    return render(request, "desk/assignment/list.html", context)


def own_numbers(request: UserRequest, numbers: list[str]) -> set[str]:
    """Return which of some cases whoever looks may open."""
    if request.user.acts_as is Role.AUDITOR:
        return set(numbers)
    mine = CaseMember.objects.filter(user=request.user, case__number__in=numbers)
    return set(mine.values_list("case__number", flat=True))


def names_of_panel(of: Iterable[str] | None = None) -> dict[str, str]:
    """Return the names of the reviewers of the panel by their identifiers; for people of the organization.

    Args:
        of: The identifiers that are asked for; all of them where None is given.
    """
    found = StoredReviewer.objects.all() if of is None else StoredReviewer.objects.filter(pk__in=of)
    return dict(found.values_list("reviewer", "name"))


@page(ACTING)
def draw(request: UserRequest) -> HttpResponse:
    """Draw reviewers for all cases that wait, and show what came of it."""
    rows = drawing.waiting_rows()
    if not rows:
        messages.warning(request, "No case waits for a reviewer.")
        return redirect("assignment")
    return drawn(request, list(rows))


def drawn(request: UserRequest | CaseRequest, rows: list[Case]) -> HttpResponse:
    """Return the way to the draw of some cases, or back with what stood against it."""
    try:
        done = drawing.draw(rows, by=request.user)
    except OpenIMRError as error:
        messages.error(request, str(error))
        return redirect("assignment")
    return redirect("draw", draw=done[0].sha256) if len(done) == 1 else redirect("assignment")


def _stored(sha: str) -> StoredDraw:
    found = StoredDraw.objects.select_related("drawn_by", "confirmed_by").filter(pk=sha).first()
    if found is None:
        raise Http404
    return found


@page(SEEING)
def show_draw(request: UserRequest, draw: str) -> HttpResponse:
    """Return what a draw came to, case by case, and why the others wait."""
    stored = _stored(draw)
    record = drawing.record_of(stored)
    numbers = [one.case.case.number for one in record.input.cases]
    mine = own_numbers(request, numbers)
    urgent = any(one.case.case.priority == "expedited" for one in record.input.cases)
    usual = today() + drawing.days_to_answer(is_expedited=urgent)
    context = {
        "stored": stored,
        "record": record,
        "seed": int(record.input.seed, 16) if record.input.seed else 0,
        "assigned": _assigned(stored, record.result, mine),
        "waiting": _waiting(stored, record.result, mine),
        "names": names_of_panel(),
        "form": ConfirmForm(initial={"respond_by": usual}),
        "may_act": request.user.acts_as is not Role.AUDITOR,
    }
    return render(request, "desk/assignment/draw.html", context)


def _assigned(stored: StoredDraw, result: Result, mine: set[str]) -> list[tuple[str, bool, object]]:
    """Return each case that was served: its number, whether it may be opened, why it has its reviewers."""
    if not result.assigned:
        return []
    again = repeat_draw(drawing.record_of(stored))
    return [(one.case, one.case in mine, explain_case(again, one.case)) for one in result.assigned]


def _waiting(stored: StoredDraw, result: Result, mine: set[str]) -> list[tuple[str, bool, object]]:
    if not result.waiting:
        return []
    again = repeat_draw(drawing.record_of(stored))
    return [(number, number in mine, unassignable(again, number)) for number in result.waiting]


@page(ACTING)
def confirm(request: UserRequest, draw: str) -> HttpResponse:
    """Put the drawn reviewers on their cases, and tell what became of each."""
    stored = _stored(draw)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("draw", draw=draw)
    done = drawing.confirm(stored.pk, by=request.user, respond_by=form.cleaned_data["respond_by"])
    if done is None:
        messages.warning(request, "This draw was confirmed before; nothing was done twice.")
        return redirect("draw", draw=draw)
    outcomes = [outcome for one in done for outcome in one.outcomes]
    good = sum(isinstance(outcome, store.Done) for outcome in outcomes)
    messages.success(request, f"{good} of {len(outcomes)} results of the draw were stored.")
    for one in done:
        for outcome in one.outcomes:
            if not isinstance(outcome, store.Done):
                reasons = getattr(outcome, "reasons", ("It changed meanwhile.",))
                messages.error(request, f"{one.case}: {' '.join(str(r) for r in reasons)}")
    return redirect("draw", draw=draw)


@page(SEEING)
def audit(request: UserRequest, draw: str) -> HttpResponse:
    """Return whether the record of a draw is whole, signed, and comes out the same when it is drawn again."""
    stored = _stored(draw)
    found = audit_record(drawing.record_of(stored), key=draw_key())
    return render(request, "desk/assignment/audit.html", {"stored": stored, "audit": found})


@page(SEEING)
def record(request: UserRequest, draw: str) -> HttpResponse:
    """Return the record of a draw as a file, for ``openimr panel audit``; it names the patients of all."""
    stored = _stored(draw)
    numbers = {one.case.case.number for one in drawing.record_of(stored).input.cases}
    if numbers - own_numbers(request, sorted(numbers)):
        messages.error(
            request,
            "The record names the parties of cases that you are not on. An auditor may download it; "
            "you can draw again and compare here.",
        )
        return redirect("draw", draw=draw)
    answer = HttpResponse(stored.record, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="draw-{stored.pk[:12]}.json"'
    return answer


@page(ACTING)
def let_pass(request: UserRequest, offer: int) -> HttpResponse:
    """Take a case back from a reviewer who did not answer in time, and ask the next one."""
    with transaction.atomic():
        live = CaseOffer.objects.select_related("case").filter(pk=offer).first()
        if live is None or live.state != OfferState.OPEN or live.respond_by >= today():
            messages.warning(request, "Nothing was done: the offer was answered, or its time has not passed.")
            return redirect("assignment")
        seat = store.state_of(live.case).seat_of(live.reviewer)
        has_day = seat is not None and seat.answer_by is not None
        act = lapsing.lapse if has_day else lapsing.take_back
        outcome = act(live, by=request.user.actor)
        tell(request, outcome)
        if isinstance(outcome, store.Done):
            ask_next(request, outcome)
    return redirect("assignment")


def ask_next(request: UserRequest | CaseRequest, left: store.Done) -> None:
    """Ask the next best reviewer of a case that has a free place, and tell what came of it."""
    try:
        with transaction.atomic():
            outcomes = drawing.offer_next(left.case, left.state)
    except OpenIMRError as error:  # nobody can be drawn: the case waits, and that is told
        messages.warning(request, str(error))
        return
    for outcome in outcomes:
        tell(request, outcome)
