"""For somebody who applies without a lawyer: one question a screen, and their own cases in plain words."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.roles import Role
from openimr.desk import drafts, filing, store
from openimr.desk.access import CaseRequest, UserRequest, only, page
from openimr.desk.application_forms import wrong
from openimr.desk.clock import today
from openimr.desk.models import ApplicationDraft, Case
from openimr.desk.pages.intake import shown_papers
from openimr.desk.paper_forms import OnePaperForm, SignForm
from openimr.desk.plain import DOINGS, letters_of, lines_of, missing_of, short_of, standing_of
from openimr.desk.questions import Question, answer_to, form_for, questions_of, with_answer
from openimr.desk.sheets import PaperRefused, paper_of
from openimr.desk.worker_summary import answers_of

ROWS = 50


@page(only(Role.APPLICANT))
@require_GET
def listed(request: UserRequest) -> HttpResponse:
    """Return somebody's own cases and what they began, in plain words."""
    mine: QuerySet[Case] = Case.objects.filter(members__user=request.user)
    cases = [(case, short_of(case.stage)) for case in mine.order_by("-filed_at")[:ROWS]]
    begun = drafts.visible(request.user).filter(filed_as=None).order_by("-saved_at")[:ROWS]
    return render(request, "desk/worker/list.html", {"cases": cases, "begun": begun})


@page(only(Role.APPLICANT, case=True))
@require_GET
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return where somebody's own case stands, what comes next and what they can do."""
    opened = store.look(number, "own case", by=request.user.actor)
    doings = _doings(opened)
    context = {
        "case": opened.case,
        "standing": standing_of(opened.state),
        "lines": list(lines_of(opened.state)),
        "letters": list(letters_of(opened.state)),
        "asked": [r for r in opened.state.open_requests if r.of.value in ("employee", "attorney")],
        "missing": list(missing_of(opened.state)) if DOINGS[Action.FILE_AGAIN] in dict(doings) else (),
        "doings": doings,
        "same": Case.objects.filter(number__in=opened.state.duplicates, members__user=request.user),
    }
    return render(request, "desk/worker/case.html", context)


def _doings(opened: store.Opened) -> list[tuple[str, str]]:
    """Return what somebody can do with their own case: words and addresses."""
    found = []
    for action in available_actions(opened.state, Role.APPLICANT):
        try:
            href = reverse(f"case-{action.value.replace('_', '-')}", args=[opened.case.number])
        except NoReverseMatch:
            continue  # it has no page of its own
        if action in DOINGS:
            found.append((DOINGS[action], href))
    return found


@page(only(Role.APPLICANT, form=True))
def begin(request: UserRequest) -> HttpResponse:
    """Begin an application, and go to its first question."""
    draft = drafts.begin(request.user, {"patient_name": request.user.name, "filed_by": "web"})
    return redirect("apply-question", draft=draft.key, question=questions_of(draft.entered)[0].name)


@page(only(Role.APPLICANT))
@require_GET
def resume(request: UserRequest, draft: str) -> HttpResponse:
    """Go on where somebody stopped: at the question after the last one that was answered."""
    found = drafts.draft_for(request.user, draft)
    if found.filed_as is not None:
        return redirect("my-case", number=found.filed_as.number)
    seen = found.entered.get("seen", ())
    further = [q.name for q in questions_of(found.entered) if q.name not in seen]
    if not further:
        return redirect("apply-check", draft=found.key)
    return redirect("apply-question", draft=found.key, question=further[0])


@page(only(Role.APPLICANT))
def question(request: UserRequest, draft: str, question: str) -> HttpResponse:
    """Return one question; the answer is kept, and the next question comes."""
    found = drafts.draft_for(request.user, draft)
    if found.filed_as is not None:
        return redirect("my-case", number=found.filed_as.number)
    asked = _question(found, question)
    if asked.kind == "paper":
        return _paper(request, found, asked)
    form = form_for(asked, None, found.entered)
    if request.method == "POST":
        if "unknown" in request.POST and not asked.must:
            return _go_on(_keep(found, asked, "", unknown=True), asked)
        sent = request.POST.get("answer", "").strip()
        found = _keep(found, asked, sent)
        form = form_for(asked, {"answer": sent}, found.entered)
        if form.is_valid():
            return _go_on(found, asked)
    status = 422 if form.errors else 200
    return render(request, "desk/worker/question.html", _around(found, asked, form=form), status=status)


@page(only(Role.APPLICANT, form=True))
def save(request: UserRequest, draft: str, question: str) -> HttpResponse:
    """Keep an answer while somebody writes it, and say so."""
    found = drafts.draft_for(request.user, draft)
    asked = _question(found, question)
    if "answer" in request.POST and asked.kind != "paper":
        found = _keep(found, asked, request.POST["answer"].strip())
    return render(request, "desk/intake/saved.html", {"draft": found})


def _paper(request: UserRequest, draft: ApplicationDraft, asked: Question) -> HttpResponse:
    """Return the question for a paper; a file that is sent is stored."""
    assert asked.paper is not None
    form = OnePaperForm()
    has_one = any(paper["kind"] == asked.paper for paper in draft.entered.get("papers", ()))
    if request.method == "POST":
        if "unknown" in request.POST:
            return _go_on(_keep(draft, asked, "no" if not has_one else "yes", unknown=not has_one), asked)
        if "add" not in request.POST and has_one and not request.FILES:
            return _go_on(_keep(draft, asked, "yes"), asked)
        form = OnePaperForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                paper = paper_of(form.cleaned_data["file"], asked.paper)
            except PaperRefused as error:
                form.add_error("file", f"We cannot use this file: {error.found} {error.remedy}")
            else:
                drafts.add_paper(draft, paper.as_entered())
                messages.success(request, f"We have {paper.name}. Add more pages, or go on.")
                return redirect("apply-question", draft=draft.key, question=asked.name)
    status = 422 if form.errors else 200
    return render(request, "desk/worker/paper.html", _around(draft, asked, form=form), status=status)


@page(only(Role.APPLICANT))
@require_GET
def check(request: UserRequest, draft: str) -> HttpResponse:
    """Return all answers to look over, each with a link to change it."""
    found = drafts.draft_for(request.user, draft)
    if found.filed_as is not None:
        return redirect("my-case", number=found.filed_as.number)
    context = {
        "draft": found,
        "parts": answers_of(found),
        "missing": _missing(found),
        "alike": filing.alike(found, owner=request.user),
        "last": questions_of(found.entered)[-1].name,
    }
    return render(request, "desk/worker/check.html", context)


@page(only(Role.APPLICANT))
def sign(request: UserRequest, draft: str) -> HttpResponse:
    """Return the page to sign on; signed, the application is filed."""
    found = drafts.draft_for(request.user, draft)
    if found.filed_as is not None:
        return redirect("my-case", number=found.filed_as.number)
    if _missing(found):
        return redirect("apply-check", draft=found.key)
    form = SignForm(request.POST if request.method == "POST" else None)
    refused: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        signature = {"signed": "yes", "signed_by": "employee", "signature": form.cleaned_data["signature"]}
        found = drafts.keep(found, "sign", {**signature, "signed_on": today().isoformat()})
        answer = filing.file_draft(found, request.user)
        if isinstance(answer, filing.Filed):
            messages.success(request, f"We have your form. Your case number is {answer.case.number}.")
            return redirect("my-case", number=answer.case.number)
        refused = answer.reasons
    status = 422 if form.errors or refused else 200
    return render(
        request, "desk/worker/sign.html", {"draft": found, "form": form, "refused": refused}, status=status
    )


def _missing(draft: ApplicationDraft) -> list[tuple[Question, str]]:
    """Return the questions that must have an answer, or whose answer cannot be right."""
    found = []
    bad = {one.field: one.words for one in wrong(draft.entered)}
    for asked in questions_of(draft.entered):
        row = f"dispute-{(asked.row or 1) - 1}-"
        key = f"id_{row if asked.row else ''}{asked.field}"
        if asked.must and not answer_to(asked, draft.entered):
            found.append((asked, asked.text))
        elif key in bad:
            found.append((asked, f"{asked.text} {bad[key]}"))
    return found


def _question(draft: ApplicationDraft, name: str) -> Question:
    asked = next((q for q in questions_of(draft.entered) if q.name == name), None)
    if asked is None:
        raise Http404
    return asked


def _keep(draft: ApplicationDraft, asked: Question, value: str, *, unknown: bool = False) -> ApplicationDraft:
    """Return the draft with an answer, or with the note that it is not known."""
    before = [name for name in draft.entered.get("unknown", ()) if name != asked.name]
    told = {"unknown": [*before, asked.name] if unknown else before}
    return drafts.keep(draft, asked.name, {**with_answer(asked, value, draft.entered), **told})


def _go_on(draft: ApplicationDraft, asked: Question) -> HttpResponse:
    """Go to the next question, after the last one to all answers."""
    names = [q.name for q in questions_of(draft.entered)]
    place = names.index(asked.name) + 1
    if place == len(names):
        return redirect("apply-check", draft=draft.key)
    return redirect("apply-question", draft=draft.key, question=names[place])


def _around(draft: ApplicationDraft, asked: Question, **more: object) -> dict[str, object]:
    """Return what stands around a question: how far one is, and where back leads."""
    asked_all = questions_of(draft.entered)
    place = asked_all.index(asked)
    return {
        "draft": draft,
        "question": asked,
        "place": place + 1,
        "of": len(asked_all),
        "before": asked_all[place - 1].name if place else None,
        "is_unknown": asked.name in draft.entered.get("unknown", ()),
        "papers": [
            (number, paper)
            for number, paper in enumerate(shown_papers(draft.entered), 1)
            if paper["kind"] == asked.paper
        ],
        **more,
    }
