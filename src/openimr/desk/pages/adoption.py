"""The place where a physician decides: the draft with its pages, the criteria, the form of the adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.case_state import CaseState
from openimr.casework.commands import AdoptDetermination
from openimr.casework.conditions import seat_may_adopt
from openimr.casework.events import Recorded
from openimr.casework.parts import Enclosure
from openimr.casework.roles import Role
from openimr.casework.seats import Seat, Version, View
from openimr.casework.state import fold
from openimr.desk import composing, review_shown, signing, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.clock import now, today
from openimr.desk.models import ReviewText
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.reviews import REVIEWER, seat_of, sent_version
from openimr.desk.review_forms import AdoptionForm, criteria_of, entered_before, kept_fields
from openimr.desk.review_shown import Answer, Pages, Shown, Topic
from openimr.determination.adopt import adopt
from openimr.determination.draft import with_confirmed
from openimr.formats import to_json_line
from openimr.terms.determination import Adoption, Draft
from openimr.terms.errors import CaseError, OpenIMRError


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One dispute on the page: what the draft says, what the physician thought before, the fields."""

    shown: Shown
    view: View | None
    outcome: BoundField
    necessary: BoundField
    rationale: BoundField
    citations: BoundField
    topics: tuple[tuple[Topic, tuple[tuple[Answer, tuple[BoundField, ...]], ...]], ...]
    printed: tuple[str, ...]


@page(REVIEWER)
def decide(request: CaseRequest, number: str) -> HttpResponse:
    """Return the draft and the form of the adoption, or adopt. Nothing of it is shown before the view."""
    log = store.log_of(request.case)
    state = fold(log)
    seat = seat_of(request, state)
    if seat is None or seat.attestation is None:
        messages.warning(request, "Attest first: the file opens after the attestation.")
        return redirect("case-attest", number=number)
    draft = review_shown.draft_in(log, state)
    if draft is None or seat.draft_opened_at is None or not state.has_view(seat):
        name = "case-open-draft" if state.has_view(seat) and seat.views else "case-record-view"
        return redirect(name, number=number)
    if not seat_may_adopt(state, seat):
        return redirect("case-versions", number=number)
    is_sent = request.method == "POST"
    form = AdoptionForm(
        request.POST if is_sent else None,
        draft=draft,
        initial=None if is_sent else begun(request, state, draft),
    )
    if is_sent and form.is_valid():
        answer = _adopt(request, state, form)
        if answer is not None:
            return answer
    return _page(request, state, seat, form, log)


def begun(request: CaseRequest, state: CaseState, draft: Draft) -> dict[str, object]:
    """Return what was written so far, else what came back for a rewrite, else nothing."""
    text = ReviewText.objects.filter(
        case=request.case, reviewer=request.user.reviewer, round=state.round
    ).first()
    if text is not None and text.entered:
        return dict(text.entered)
    came_back = last_returned(state, request.user.reviewer)
    return entered_before(came_back.adoption, draft) if came_back is not None else {}


def last_returned(state: CaseState, reviewer: str) -> Version | None:
    """Return the version of a reviewer that came back last in this round, if no later one stands."""
    mine = [v for v in state.versions if v.adoption.reviewer == reviewer and v.round == state.round]
    return mine[-1] if mine and mine[-1].returned is not None else None


def _adopt(request: CaseRequest, state: CaseState, form: AdoptionForm) -> HttpResponse | None:
    """Adopt, and return the way on; None where what was decided contradicts the draft: the form says so."""
    actor, case = request.user.actor, request.case
    adoption = form.adoption(reviewer=actor.id, on=today())
    try:
        text = determined(form.draft, state, adoption, assigned_to=actor.id)
    except CaseError as error:
        form.add_error(None, f"{error.found} {error.remedy}")
        return None
    command = AdoptDetermination(
        adoption=adoption,
        determination=Enclosure(kind="determination", sha256=sha256(text.encode()).hexdigest(), json=text),
        signature=signing.sign(text),
    )
    outcome = store.act(case.number, command, by=actor, expected=sent_version(request))
    tell(request, outcome)
    if not isinstance(outcome, store.Done):
        return redirect("case-adopt-determination", number=case.number)
    ReviewText.objects.filter(case=case, reviewer=actor.id, round=state.round).delete()
    compose_by_itself(request, outcome)
    return redirect("case-versions", number=case.number)


def determined(draft: Draft, state: CaseState, adoption: Adoption, *, assigned_to: str) -> str:
    """Return the determination as JSON: its bytes are what is hashed and signed.

    Raises:
        CaseError: What was decided contradicts the draft.
    """
    printed = with_confirmed(draft, state.case.dispute, adoption.confirmed)
    return to_json_line(adopt(printed, adoption, assigned_to=assigned_to)).decode("utf-8")


def compose_by_itself(request: CaseRequest, done: store.Done) -> None:
    """Let software put the letter together, once every reviewer has adopted."""
    if not composing.may_compose(done.state):
        return
    try:
        composing.compose(done.case, done.state)
    except (
        OpenIMRError
    ) as error:  # the letter waits for a person, who is told the same on the page of release
        messages.warning(request, f"The letter is not put together yet. {error.found} {error.remedy}")


def _page(
    request: CaseRequest, state: CaseState, seat: Seat, form: AdoptionForm, log: tuple[Recorded, ...]
) -> HttpResponse:
    pages = Pages(request.case, state)
    views = {v.dispute: v for v in seat.views}
    came_back = last_returned(state, request.user.reviewer)
    saved = ReviewText.objects.filter(
        case=request.case, reviewer=request.user.reviewer, round=state.round
    ).first()
    context = {
        "case": request.case,
        "state": state,
        "form": form,
        "draft": form.draft,
        "summary": pages.told(form.draft.summary),
        "desks": [_desk(form, review_shown.shown(d, pages), views) for d in form.draft.disputes],
        "confirm": [form[f"confirmed-{n}"] for n in range(len(form.draft.to_confirm))],
        "attests": [form[name] for name in form.fields if name.startswith("attests-")],
        "returned": came_back.returned if came_back else None,
        "returned_number": came_back.number if came_back else None,
        "is_read": pages.is_read,
        "saved": saved,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/review/adopt.html", context, status=status)


def _desk(form: AdoptionForm, shown: Shown, views: Mapping[int, View]) -> Desk:
    n = shown.dispute.number
    cited = [e.citation for e in shown.dispute.evaluations]
    cited += [f.citation for e in shown.dispute.evaluations for f in e.findings]
    return Desk(
        shown=shown,
        view=views.get(n),
        outcome=form[f"outcome-{n}"],
        necessary=form[f"necessary-{n}"],
        rationale=form[f"rationale-{n}"],
        citations=form[f"citations-{n}"],
        topics=tuple(_rows(form, shown)),
        printed=tuple(dict.fromkeys(c for c in cited if c)),
    )


def _rows(
    form: AdoptionForm, shown: Shown
) -> Iterator[tuple[Topic, tuple[tuple[Answer, tuple[BoundField, ...]], ...]]]:
    """Yield each topic with its criteria, and at the first place of a criterion the fields that change it."""
    n = shown.dispute.number
    left = set(criteria_of(shown.dispute))
    for topic in shown.topics:
        rows = []
        for answer in topic.answers:
            criterion = answer.finding.criterion
            names = (f"status-{n}-{criterion}", f"why-{n}-{criterion}") if criterion in left else ()
            left.discard(criterion)
            rows.append((answer, tuple(form[name] for name in names)))
        yield topic, tuple(rows)


@page(only(Role.REVIEWER, case=True, form=True))
def save(request: CaseRequest, number: str) -> HttpResponse:
    """Store what a reviewer has written so far, and return when: nothing of it counts before the adoption."""
    log = store.log_of(request.case)
    state = fold(log)
    seat, draft = seat_of(request, state), review_shown.draft_in(log, state)
    if seat is None or draft is None or not seat_may_adopt(state, seat):
        return HttpResponse("Nothing is being written.\n", content_type="text/plain", status=409)
    form = AdoptionForm(None, draft=draft)
    saved, _ = ReviewText.objects.update_or_create(
        case=request.case,
        reviewer=request.user.reviewer,
        round=state.round,
        defaults={"entered": kept_fields(request.POST.dict(), list(form.fields)), "saved_at": now()},
    )
    if request.headers.get("HX-Request"):
        return render(request, "desk/review/saved.html", {"saved": saved})
    messages.success(request, "What you have written was saved.")
    return redirect("case-adopt-determination", number=number)
