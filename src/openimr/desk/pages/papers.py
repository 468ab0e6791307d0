"""The papers of a case: what is owed, how it was served, each paper to read; service and receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openimr.casework.case_state import CaseState
from openimr.casework.commands import ConfirmReceipt
from openimr.casework.papers import paper_of, parties_of
from openimr.casework.parts import DETERMINATIONS, CaseParty, Channel, Paper, PaperKind, ServedOn
from openimr.casework.roles import Role
from openimr.casework.work import appeal_clock
from openimr.desk import papers, serving, store
from openimr.desk.access import ON_THE_CASE, CaseRequest, Rule, only, page
from openimr.desk.clock import now, today
from openimr.desk.files import open_file
from openimr.desk.mailing import MailState
from openimr.desk.models import PartyAddress, Sending, User
from openimr.desk.notices.frame import PARTY_WORDS, due_words, name_of
from openimr.desk.pages.outcomes import tell
from openimr.desk.papers import Sent
from openimr.desk.service_forms import BETWEEN, AddressForm, ReceiptForm, ServeForm, pairs, read_pair
from openimr.law.calendars import local_day
from openimr.law.rulebook import load_rulebook
from openimr.law.wording import METHOD_WORDS
from openimr.letters.blocks import Composed
from openimr.terms.errors import OpenIMRError
from openimr.terms.period import Moment

WHO_READS = Rule(roles=ON_THE_CASE.roles and ON_THE_CASE.roles - {Role.REVIEWER}, case=True)
SENDERS = (Role.INTAKE, Role.CASE_MANAGER)
# what is told of a sending that is not served yet
WAITS: Mapping[str, str] = {
    serving.WAITING: "It waits in your next print batch; it is served once mailed.",
    MailState.DELAYED.value: "The mail server does not take it now. It is tried again by itself.",
    MailState.SENDING.value: (
        "It is not known whether the mail server took it. Look there, and serve it by hand with proof."
    ),
}
# the same in the list of papers
WAITS_WORDS: Mapping[str, str] = {
    serving.WAITING: "Waits in a print batch; not served yet.",
    MailState.DELAYED.value: "The mail server does not take it now; it is tried again. Not served yet.",
    MailState.SENDING.value: "An e-mail went out; it is not known whether the server took it. Look there.",
    MailState.REFUSED.value: "The mail server refused it when tried again. Not served: send it otherwise.",
    MailState.NOT_OWED.value: "An e-mail went out, and the paper was not owed any more: it serves nobody.",
    MailState.TAKEN.value: "The mail server took it; that it is served is being recorded.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One party of a paper: whether and how it was served, what waits, until when it may appeal."""

    party: str
    words: str
    name: str
    service: ServedOn | None
    sent_on: date | None
    received_on: date | None
    waiting: str
    method: str
    appeal: str
    pdf: str
    serve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One paper with its lines."""

    id: str
    words: str
    owed_since: datetime
    lines: tuple[Line, ...]
    read: str
    proof: str


@page(WHO_READS)
@require_GET
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return the papers of a case; outside, those that were served on the reader's own side."""
    opened = store.look(number, "papers", by=request.user.actor)
    sendings = {(s.paper, s.party): s for s in opened.case.sendings.all()}
    visible = [p for p in opened.state.papers if papers.may_see(p, request.user)]
    return render(
        request,
        "desk/papers/list.html",
        {
            "case": opened.case,
            "papers": [shown(opened.state, paper, request.user, sendings) for paper in reversed(visible)],
            "addresses": opened.case.addresses.order_by("party") if request.user.acts_as in SENDERS else (),
            "sends": request.user.acts_as in SENDERS,
        },
    )


def shown(state: CaseState, paper: Paper, user: User, sendings: Mapping[tuple[str, str], Sending]) -> Shown:
    """Return a paper as the list shows it to somebody."""
    side = papers.served_on_side(paper, user)
    parties = paper.parties if user.is_staff else tuple(s.party for s in side)
    path = reverse("case-paper", args=[state.case_number, paper.id])
    return Shown(
        id=paper.id,
        words=papers.words_of(paper),
        owed_since=paper.owed_since,
        lines=tuple(_line(state, paper, party, sendings.get((paper.id, party.value))) for party in parties),
        read=path,
        proof=reverse("case-proof", args=[state.case_number, paper.id]),
    )


def _line(state: CaseState, paper: Paper, party: CaseParty, sending: Sending | None) -> Line:
    service = next((s for s in paper.served if s.party is party), None)
    appeal = ""
    if paper.kind is PaperKind.DETERMINATION and service is not None:
        rulebook = load_rulebook(state.case.case.programme)
        appeal = due_words(appeal_clock(state, rulebook, party))
    of_party = f"?party={party.value}"
    serve = reverse("case-serve-paper", args=[state.case_number])
    return Line(
        party=party.value,
        words=PARTY_WORDS[party],
        name=name_of(state.case, party) or "",
        service=service,
        sent_on=local_day(service.sent) if service else None,
        received_on=local_day(service.received) if service and service.received else None,
        waiting=WAITS_WORDS.get(sending.state, "") if sending is not None else "",
        method=METHOD_WORDS[service.method] if service else "",
        appeal=appeal,
        pdf=reverse("case-paper-pdf", args=[state.case_number, paper.id]) + of_party,
        serve=f"{serve}?what={paper.id}{BETWEEN}{party.value}",
    )


@page(WHO_READS)
@require_GET
def read(request: CaseRequest, number: str, notice: str) -> HttpResponse:
    """Return a paper as a page; that it was opened is recorded."""
    found = _found(request, notice)
    if found is None:
        return _not_there(request)
    state, one, party = found
    composed = _composed(request, one, party)
    if composed is None:
        return _not_there(request)
    _note(request, state, one)
    context = {
        "case": request.case,
        "paper": one,
        "words": papers.words_of(one),
        "title": composed.title,
        "letter": papers.page_of_paper(composed),
        "party": PARTY_WORDS[party],
        "pdf": reverse("case-paper-pdf", args=[number, one.id]) + f"?party={party.value}",
    }
    return render(request, "desk/papers/read.html", context)


@page(WHO_READS)
@require_GET
def pdf(request: CaseRequest, number: str, notice: str) -> HttpResponseBase:
    """Return a paper as a PDF: as it was sent, where it was; a download by a party is its receipt."""
    found = _found(request, notice)
    if found is None:
        return _not_there(request)
    state, one, party = found
    name = f"{number}-{one.id}.pdf"
    sending = request.case.sendings.filter(paper=one.id, party=party.value, state=serving.SENT).first()
    if sending is not None:
        _note(request, state, one)
        if sending.channel == Channel.PORTAL.value and not request.user.is_staff:
            serving.downloaded(sending)
        return FileResponse(open_file(sending.file_id), filename=name, content_type=serving.PDF)
    composed = _composed(request, one, party)
    if composed is None:
        return _not_there(request)
    _note(request, state, one)
    return _file(papers.pdf_of_paper(composed), name)


@page(WHO_READS)
@require_GET
def proof(request: CaseRequest, number: str, notice: str) -> HttpResponse:
    """Return the proof of service of a paper as a PDF."""
    found = _found(request, notice)
    if found is None:
        return _not_there(request)
    state, one, _party = found
    _note(request, state, one)
    pdf_bytes = papers.pdf_of_paper(papers.compose_proof(state, one, today()))
    return _file(pdf_bytes, f"{number}-{one.id}-proof.pdf")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=serving.PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _found(request: CaseRequest, paper_id: str) -> tuple[CaseState, Paper, CaseParty] | None:
    """Return a paper and the party that it is read as for, None where the reader may not see it."""
    state = store.state_of(request.case)
    paper = paper_of(state, paper_id)
    if paper is None or not papers.may_see(paper, request.user):
        return None
    side = [s.party for s in papers.served_on_side(paper, request.user)]
    allowed = paper.parties if request.user.is_staff else tuple(side)
    asked = request.GET.get("party", "")
    party = next((p for p in allowed if p.value == asked), allowed[0] if allowed else None)
    return None if party is None else (state, paper, party)


def _composed(request: CaseRequest, paper: Paper, party: CaseParty) -> Composed | None:
    service = next((s for s in paper.served if s.party is party), None)
    sent = Sent(
        on=local_day(service.sent) if service else None,
        method=service.method if service else None,
        lines=papers.lines_of(papers.address_of(request.case, party)),
    )
    try:
        return papers.compose_paper(store.log_of(request.case), paper.id, party, sent)
    except OpenIMRError as error:
        messages.error(request, str(error))
        return None


def _note(request: CaseRequest, state: CaseState, paper: Paper) -> None:
    """Record that a paper was read: a letter under its hash, a notice under its name."""
    if paper.kind in DETERMINATIONS:
        store.note_read(request.case.number, papers.letter_hash(state, paper), by=request.user.actor)
    else:
        store.look(request.case.number, paper.id, by=request.user.actor)


def _not_there(request: CaseRequest) -> HttpResponse:
    messages.warning(request, "The case has no such paper for you to read.")
    return redirect("case-papers", number=request.case.number)


@page(only(*SENDERS, case=True))
@require_http_methods(["GET", "POST"])
def serve(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form by which a paper is served, or what became of it."""
    state = store.state_of(request.case)
    asked = request.GET.get("what", "")
    form = ServeForm(request.POST if request.method == "POST" else None, state, asked)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = serving.serve(request.case, form.order(), by=request.user, expected=_version(request))
        except OpenIMRError as error:
            form.add_error(None, str(error))
        else:
            if isinstance(outcome, Sending):
                messages.success(request, WAITS[outcome.state])
            else:
                tell(request, outcome)
            return redirect("case-papers", number=number)
    context = {"case": request.case, "state": state, "form": form, "owed": state.owed_papers}
    return render(request, "desk/papers/serve.html", context, status=400 if form.errors else 200)


def _version(request: CaseRequest) -> int | None:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else None


@page(only(*SENDERS, case=True))
@require_http_methods(["GET", "POST"])
def receipt(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form that confirms a receipt, or what became of it."""
    state = store.state_of(request.case)
    form = ReceiptForm(request.POST if request.method == "POST" else None, state, request.GET.get("what", ""))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        paper, party = read_pair(told["what"])
        at = datetime.combine(told["on"], told["at"], tzinfo=now().tzinfo) if told["at"] else None
        command = ConfirmReceipt(paper=paper, party=party, received=Moment(told["on"], at))
        tell(request, store.act(number, command, by=request.user.actor, expected=_version(request)))
        return redirect("case-papers", number=number)
    context = {"case": request.case, "state": state, "form": form, "served": pairs(state, owed=False)}
    return render(request, "desk/papers/receipt.html", context, status=400 if form.errors else 200)


@page(only(*SENDERS, case=True))
@require_http_methods(["GET", "POST"])
def address(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form for where a party is reached, or the list of papers once it is stored."""
    state = store.state_of(request.case)
    form = AddressForm(request.POST if request.method == "POST" else None, state)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        PartyAddress.objects.update_or_create(
            case=request.case,
            party=told["party"],
            defaults={
                "lines": told["lines"],
                "email": told["email"],
                "changed_at": now(),
                "changed_by": request.user,
            },
        )
        messages.success(request, "The address is stored.")
        return redirect("case-papers", number=number)
    known = {a.party: a for a in request.case.addresses.all()}
    rows = [(PARTY_WORDS[p], known.get(p.value)) for p in parties_of(state.case)]
    context = {"case": request.case, "form": form, "rows": rows}
    return render(request, "desk/papers/address.html", context, status=400 if form.errors else 200)
