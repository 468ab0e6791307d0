"""New application: a guided form for intake beside its papers, kept as a draft at every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from openimr.casework.roles import Role
from openimr.desk import drafts, filing
from openimr.desk.access import UserRequest, only, page
from openimr.desk.application_forms import DISPUTES, STEP, STEPS, Step, disputes_of, form_of, rows_of, wrong
from openimr.desk.application_summary import parts_of
from openimr.desk.entered import Entered
from openimr.desk.models import ApplicationDraft, User
from openimr.desk.paper_forms import PaperForm
from openimr.desk.sheets import MOST_SHOWN, PaperRefused, drawn, paper_of
from openimr.terms.errors import InputError

ROWS = 50
REVIEW = "review"
# the questions that ask somebody who applies alone for a paper
PAPER_QUESTIONS = ("letter", "request-form", "certificate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One thing that is wrong, and the link to its field."""

    step: Step
    href: str
    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One step in the line of steps: whether it was filled in, and whether one is there."""

    title: str
    href: str
    done: bool
    current: bool


@page(only(Role.INTAKE))
@require_GET
def listed(request: UserRequest) -> HttpResponse:
    """Return the applications that were begun and not filed, the last saved first."""
    found = drafts.visible(request.user).filter(filed_as=None).select_related("owner")
    return render(request, "desk/intake/list.html", {"drafts": found.order_by("-saved_at")[:ROWS]})


@page(only(Role.INTAKE, form=True))
def new(request: UserRequest) -> HttpResponse:
    """Begin an application, and go to its first step."""
    draft = drafts.begin(request.user)
    return redirect("application-step", draft=draft.key, step=STEPS[0].name)


@page(only(Role.INTAKE))
def step(request: UserRequest, draft: str, step: str) -> HttpResponse:
    """Return a step of the form; what is sent is kept, whether it is right or not."""
    found, where = drafts.draft_for(request.user, draft), _step(step)
    if found.filed_as is not None:
        return redirect("case", number=found.filed_as.number)
    check, more = "check" in request.GET, 0
    if request.method == "POST":
        found = drafts.keep(found, where.name, told_of(where, request.POST.dict()))
        more = int("more" in request.POST)
        is_wrong = any(one.step is where for one in wrong(found.entered))
        if not is_wrong and not more:
            return redirect(_next(found, where))
        check = is_wrong and not more
    return render(
        request,
        "desk/intake/step.html",
        {
            **_around(found, where.name),
            "step": where,
            "form": None if where.name == DISPUTES else form_of(where, found.entered, check=check),
            "rows": disputes_of(found.entered, check=check, empty=more) if where.name == DISPUTES else None,
            "errors": [one for one in complaints(found) if one.step is where] if check else (),
            "before": _before(found, where),
        },
        status=422 if check and request.method == "POST" else 200,
    )


@page(only(Role.INTAKE, form=True))
def save(request: UserRequest, draft: str, step: str) -> HttpResponse:
    """Keep what is entered while somebody types, and say when."""
    found = drafts.draft_for(request.user, draft)
    where = _step(step)
    if request.POST.keys() - {"csrfmiddlewaretoken"}:
        found = drafts.keep(found, where.name, told_of(where, request.POST.dict()))
    return render(request, "desk/intake/saved.html", {"draft": found})


@page(only(Role.INTAKE))
def review(request: UserRequest, draft: str) -> HttpResponse:
    """Return everything that was entered, what is wrong with it, what is alike; sent, it is filed."""
    found = drafts.draft_for(request.user, draft)
    if found.filed_as is not None:
        return redirect("case", number=found.filed_as.number)
    errors = complaints(found)
    refused: tuple[object, ...] = ()
    if request.method == "POST" and not errors:
        answer = filing.file_draft(found, request.user)
        if isinstance(answer, filing.Filed):
            tell_filed(request, answer)
            return redirect("case-eligibility", number=answer.case.number)
        refused = answer.reasons
    context = {
        **_around(found, REVIEW),
        "errors": errors,
        "refused": refused,
        "alike": filing.alike(found),
        "parts": parts_of(found.entered, found.key),
    }
    failed = request.method == "POST"
    return render(request, "desk/intake/review.html", context, status=422 if failed else 200)


@page(only(Role.INTAKE, form=True))
def add_paper(request: UserRequest, draft: str) -> HttpResponse:
    """Store a paper that comes with an application, and go back to where one was."""
    found = drafts.draft_for(request.user, draft)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, " ".join(map(str, said)))
    else:
        try:
            paper = paper_of(form.cleaned_data["file"], form.cleaned_data["kind"])
        except PaperRefused as error:
            messages.error(request, f"{paper_name(error)} {error.remedy}")
        else:
            drafts.add_paper(found, paper.as_entered())
            messages.success(request, f"{paper.name} was added: {paper.pages} pages.")
    return redirect(_back(request, found))


@page(only(Role.INTAKE, Role.APPLICANT, form=True))
def remove_paper(request: UserRequest, draft: str, paper: int) -> HttpResponse:
    """Take a paper away from an application that is not filed; the file stays stored."""
    found = drafts.draft_for(request.user, draft)
    papers = found.entered.get("papers", ())
    if 1 <= paper <= len(papers):  # sent twice, it is gone already
        drafts.remove_paper(found, papers[paper - 1]["sha256"])
        messages.success(request, f"{papers[paper - 1]['name']} was taken away.")
    return redirect(_back(request, found))


@page(only(Role.INTAKE, Role.APPLICANT))
@require_GET
def sheet(request: UserRequest, draft: str, paper: int, sheet: int) -> HttpResponse:
    """Return one page of a paper as a picture."""
    found = drafts.draft_for(request.user, draft)
    papers = found.entered.get("papers", ())
    if not 1 <= paper <= len(papers):
        raise Http404
    try:
        picture = drawn(papers[paper - 1]["sha256"], sheet)
    except InputError as error:
        raise Http404 from error
    return HttpResponse(picture, content_type="image/png")


def complaints(draft: ApplicationDraft) -> list[Complaint]:
    """Return everything that is wrong with a draft, each with its link."""
    return [
        Complaint(
            step=one.step,
            href=reverse("application-step", args=[draft.key, one.step.name]) + "?check",
            field=one.field,
            words=one.words,
        )
        for one in wrong(draft.entered)
    ]


def told_of(where: Step, sent: Mapping[str, str]) -> dict[str, Any]:
    """Return what was sent of the fields of a step, as it was typed."""
    if where.name == DISPUTES:
        return {DISPUTES: rows_of(sent)}
    return {name: sent.get(name, "").strip() for name in where.fields}


def paper_name(error: PaperRefused) -> str:
    """Return which file was refused, and why."""
    return f"{error.asked}: {error.found}"


def tell_filed(request: HttpRequest, filed: filing.Filed) -> None:
    """Tell whoever filed what became of it, and of duplicates."""
    if filed.before:
        messages.info(request, f"The application was filed before, as case {filed.case.number}.")
        return
    messages.success(request, f"The application is filed as case {filed.case.number}.")
    for other in filed.duplicates:
        messages.warning(
            request, f"Case {other} asks for the same review. It is noted there too; see the eligibility."
        )


def _step(name: str) -> Step:
    if name not in STEP:
        raise Http404
    return STEP[name]


def _around(draft: ApplicationDraft, current: str) -> dict[str, object]:
    """Return what stands around every step: the draft, the line of steps, the papers."""
    seen = draft.entered.get("seen", ())
    places = [
        Place(
            title=one.title,
            href=reverse("application-step", args=[draft.key, one.name]),
            done=one.name in seen,
            current=one.name == current,
        )
        for one in STEPS
    ]
    href = reverse("application-review", args=[draft.key])
    places.append(Place(title="Review", href=href, done=False, current=current == REVIEW))
    return {
        "draft": draft,
        "places": places,
        "papers": shown_papers(draft.entered),
        "paper_form": PaperForm(),
        "number": next(n for n, place in enumerate(places, 1) if place.current),
    }


def shown_papers(entered: Entered) -> list[dict[str, Any]]:
    """Return the papers of an application with the numbers of the pages that are shown."""
    return [
        {**paper, "sheets": range(1, min(paper["pages"], MOST_SHOWN) + 1)}
        for paper in entered.get("papers", ())
    ]


def _next(draft: ApplicationDraft, where: Step) -> str:
    place = STEPS.index(where) + 1
    if place == len(STEPS):
        return reverse("application-review", args=[draft.key])
    return reverse("application-step", args=[draft.key, STEPS[place].name])


def _before(draft: ApplicationDraft, where: Step) -> str | None:
    place = STEPS.index(where)
    return reverse("application-step", args=[draft.key, STEPS[place - 1].name]) if place else None


def _back(request: UserRequest, draft: ApplicationDraft) -> str:
    """Return the page of the draft that somebody was on."""
    user: User = request.user
    at = request.POST.get("at", "")
    if user.acts_as is Role.APPLICANT:
        return reverse(
            "apply-question",
            args=[draft.key, at if at in ("letter", "request-form", "certificate") else "letter"],
        )
    if at in STEP:
        return reverse("application-step", args=[draft.key, at])
    return reverse("application-review", args=[draft.key])
