"""After the release: appeal, order, remand, implementation, corrected letter, publication, invoice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from openimr.casework import commands as do
from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions, rows_of
from openimr.casework.afterwards import charge_of
from openimr.casework.case_state import CaseState
from openimr.casework.roles import Role
from openimr.desk import afterwards_forms as ask
from openimr.desk import papers, store
from openimr.desk.access import CaseRequest, Rule, only, page
from openimr.desk.afterwards_forms import Ask, AskForm, Situation
from openimr.desk.corrections import corrected
from openimr.desk.determination_letter import enclosed, record_in
from openimr.desk.models import SourceFile
from openimr.desk.pages.outcomes import tell
from openimr.desk.sheets import clean_paper_of
from openimr.letters.publish import publish
from openimr.terms.errors import OpenIMRError
from openimr.terms.letter_record import LetterRecord

READERS = (
    Role.CASE_MANAGER,
    Role.MEDICAL_DIRECTOR,
    Role.QUALITY,
    Role.AUDITOR,
    Role.ADMINISTRATIVE_DIRECTOR,
)


def who_may(action: Action) -> Rule:
    """Return the rule that those on the case may whose role the table of actions names."""
    roles = dict.fromkeys(role for row in rows_of(action) for role in row.by)
    return only(*(role for role in roles if role is not Role.SYSTEM), case=True)


def asked(request: CaseRequest, about: Ask, shows: tuple[tuple[str, str], ...] = ()) -> HttpResponse:
    """Return the page of one thing that can be asked for, or what became of it.

    Args:
        request: The request, with its case.
        about: What is asked for.
        shows: What stands above the form: labels with their values.
    """
    state = store.state_of(request.case)
    form = _form(request, about, state)
    if request.method == "POST" and form.is_valid():
        try:
            told = _with_file(request, form.cleaned_data)
            command = about.command(state, told)
        except OpenIMRError as error:
            form.add_error(None, str(error))
        else:
            outcome = store.act(
                request.case.number, command, by=request.user.actor, expected=_version(request)
            )
            tell(request, outcome)
            return redirect("case", number=request.case.number)
    context = {
        "case": request.case,
        "state": state,
        "about": about,
        "form": form,
        "shows": shows,
        "can": about.action in available_actions(state, request.user.acts_as),
    }
    return render(request, "desk/afterwards/ask.html", context, status=400 if form.errors else 200)


def _form(request: CaseRequest, about: Ask, state: CaseState) -> AskForm:
    is_sent = request.method == "POST"
    situation = Situation(state=state, role=request.user.acts_as)
    form = about.form(request.POST if is_sent else None, request.FILES if is_sent else None, situation)
    if isinstance(form, ask.InvoiceForm):
        charge = charge_of(state)
        if charge is None or charge.amount_usd is None:
            form.needs_amount()
    return form


def _with_file(request: CaseRequest, told: dict[str, Any]) -> dict[str, Any]:
    """Return what was entered, with the hash of a file that came along; the file is kept with the case.

    Raises:
        PaperRefused: It is no paper that can be read, a virus was found in it, or the scanner is away.
    """
    sent = told.get("file")
    if sent is None:
        return told
    paper = clean_paper_of(sent, "order")
    SourceFile.objects.get_or_create(
        case=request.case, file_id=paper.sha256, name=paper.name, submitter="", defaults={"by": request.user}
    )
    return {**told, "order": paper.sha256}


def _version(request: HttpRequest) -> int:
    """Return the version of the case that the form was made from; -1, which is none, where it is missing."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else -1


def _view(about: Ask) -> Callable[[CaseRequest, str], HttpResponse]:
    """Return the view of one thing that can be asked for."""

    @page(who_may(about.action))
    @require_http_methods(["GET", "POST"])
    def view(request: CaseRequest, number: str) -> HttpResponse:
        """Return the page of it."""
        return asked(request, about)

    return view


record_appeal = _view(ask.RECORD_APPEAL)
record_order = _view(ask.RECORD_ORDER)
remand = _view(ask.REMAND)
record_implementation = _view(ask.RECORD_IMPLEMENTATION)


@page(who_may(Action.SEND_INVOICE))
@require_http_methods(["GET", "POST"])
def send_invoice(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page by which an invoice is written: for which round, and what the fee table says."""
    state = store.state_of(request.case)
    charge = charge_of(state)
    words = charge.explanation if charge is not None else "The programme has no fee table here."
    rounds = (("Round of the review", str(state.unbilled_round)),) if state.round > 1 else ()
    return asked(request, ask.SEND_INVOICE, (*rounds, ("The fee table", words)))


@page(who_may(Action.RECORD_PAYMENT))
@require_http_methods(["GET", "POST"])
def record_payment(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page by which a payment is recorded."""
    return asked(request, ask.RECORD_PAYMENT, _waiting_invoice(request))


@page(who_may(Action.CANCEL_INVOICE))
@require_http_methods(["GET", "POST"])
def cancel_invoice(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page by which an invoice is cancelled."""
    return asked(request, ask.CANCEL_INVOICE, _waiting_invoice(request))


def _waiting_invoice(request: CaseRequest) -> tuple[tuple[str, str], ...]:
    invoice = store.state_of(request.case).invoice
    return (("Invoice", f"{invoice.number}, ${invoice.amount_usd:,}"),) if invoice else ()


def _released(request: CaseRequest) -> LetterRecord | None:
    """Return the letter of a case that was released last."""
    log = store.log_of(request.case)
    released = store.state_of(request.case).released
    return record_in(log, released.letter) if released is not None else None


@page(who_may(Action.PREPARE_CORRECTION))
@require_http_methods(["GET", "POST"])
def prepare_correction(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page by which a corrected letter is prepared; a second person releases it."""
    record = _released(request)

    def command(_: CaseState, told: ask.Told) -> do.Command:
        assert record is not None, "casework refuses before, where nothing was released"
        letter = corrected(record, told["find"], told["put"])
        return do.PrepareCorrection(letter=enclosed(letter), corrections=ask.lines_in(told["corrections"]))

    about = Ask(
        action=Action.PREPARE_CORRECTION,
        title="Prepare a corrected letter",
        lead="Words of the released letter are replaced; no decision changes. A second person releases it.",
        button="Prepare the corrected letter",
        form=ask.CorrectionForm,
        command=command if record is not None else _nothing_released,
    )
    return asked(request, about)


def _nothing_released(state: CaseState, _: ask.Told) -> do.Command:
    raise papers.PaperMissing(
        asked=f"Correct the letter of case {state.case_number}",
        found="no letter was released.",
        remedy="Release it first.",
    )


@page(who_may(Action.RELEASE_CORRECTION))
@require_http_methods(["GET", "POST"])
def release_correction(request: CaseRequest, number: str) -> HttpResponse:
    """Return the corrected letter to check, and the button that lets it out."""
    state = store.state_of(request.case)
    waiting = state.correction
    if request.method == "POST" and waiting is not None:
        command = do.ReleaseCorrection(letter=request.POST.get("letter", ""))
        tell(request, store.act(number, command, by=request.user.actor, expected=_version(request)))
        return redirect("case", number=number)
    record = record_in(store.log_of(request.case), waiting.sha256) if waiting else None
    letter = papers.page_of_paper(papers.compose_letter(record, corrects=state.corrections)) if record else ""
    context = {
        "case": request.case,
        "state": state,
        "letter": letter,
        "hash": waiting.sha256 if waiting else "",
    }
    return render(request, "desk/afterwards/release_correction.html", context)


@page(who_may(Action.APPROVE_PUBLICATION))
@require_http_methods(["GET", "POST"])
def approve_publication(request: CaseRequest, number: str) -> HttpResponse:
    """Return the letter without names as it would be published, and the button that approves it."""
    record, state = _released(request), store.state_of(request.case)
    if request.method == "POST" and record is not None:
        redacted, _ = publish(record, record.issuance)
        command = do.ApprovePublication(letter=enclosed(redacted))
        tell(request, store.act(number, command, by=request.user.actor, expected=_version(request)))
        return redirect("case-published", number=number)
    letter = papers.page_of_paper(papers.compose_published(record)) if record else ""
    can = Action.APPROVE_PUBLICATION in available_actions(state, request.user.acts_as)
    context = {"case": request.case, "state": state, "letter": letter, "can": can}
    return render(request, "desk/afterwards/publish.html", context)


@page(only(*READERS, case=True))
@require_GET
def published(request: CaseRequest, number: str) -> HttpResponse:
    """Return the letter of a case as it is published: it names nobody. With ``?as=pdf`` as a PDF."""
    opened = store.look(number, "published letter", by=request.user.actor)
    record = _released(request) if opened.state.published else None
    composed = papers.compose_published(record) if record else None
    if composed is not None and request.GET.get("as") == "pdf":
        answer = HttpResponse(papers.pdf_of_paper(composed), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{number}-published.pdf"'
        return answer
    letter = papers.page_of_paper(composed) if composed else ""
    return render(request, "desk/afterwards/published.html", {"case": request.case, "letter": letter})
