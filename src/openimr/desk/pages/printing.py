"""What is owed over all one's cases, and the batches in which papers are printed and mailed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods

from openimr.casework.parts import CaseParty, PaperKind
from openimr.casework.roles import Role
from openimr.desk import serving
from openimr.desk.access import UserRequest, only, page
from openimr.desk.clock import today
from openimr.desk.files import open_file
from openimr.desk.models import OwedPaper, PrintBatch, Sending, User
from openimr.desk.notices.frame import PARTY_WORDS
from openimr.desk.papers import PAPER_WORDS
from openimr.desk.service_forms import MailedForm

ROWS = 50
KINDS = [(kind.value, PAPER_WORDS[kind]) for kind in PaperKind]
PARTIES = [(party.value, PARTY_WORDS[party]) for party in CaseParty]
SENDERS = (Role.INTAKE, Role.CASE_MANAGER)


class OwedFilters(forms.Form):
    """What of the owed papers is asked for."""

    is_filter = True

    kind = forms.ChoiceField(
        label="Paper",
        required=False,
        choices=[("", "Any paper"), *((k.value, PAPER_WORDS[k]) for k in PaperKind)],
    )
    party = forms.ChoiceField(
        label="Party",
        required=False,
        choices=[("", "Anybody"), *((p.value, PARTY_WORDS[p]) for p in CaseParty)],
    )
    after = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One line of the list: the case, the paper in words, the party in words."""

    row: OwedPaper
    words: str
    party: str
    waits: bool


@page(only(*SENDERS, Role.AUDITOR))
@require_GET
def owed(request: UserRequest) -> HttpResponse:
    """Return the papers that are owed in the cases that somebody is on, the longest owed first."""
    filters = OwedFilters(request.GET)
    filters.is_valid()
    rows = list(_owed_rows(request.user, filters.cleaned_data)[: ROWS + 1])
    waiting = {
        (s.case_id, s.paper, s.party)
        for s in Sending.objects.filter(case__in=[r.case_id for r in rows], state=serving.WAITING)
    }
    shown = [
        Owed(
            row=row,
            words=PAPER_WORDS[PaperKind(row.kind)],
            party=PARTY_WORDS[CaseParty(row.party)],
            waits=(row.case_id, row.paper, row.party) in waiting,
        )
        for row in rows[:ROWS]
    ]
    further = f"{rows[ROWS - 1].owed_since.isoformat()}~{rows[ROWS - 1].pk}" if len(rows) > ROWS else ""
    context = {
        "filters": filters,
        "owed": shown,
        "further": further,
        "sends": request.user.acts_as in SENDERS,
    }
    return render(request, "desk/papers/owed.html", context)


def _owed_rows(user: User, asked: dict[str, str]) -> QuerySet[OwedPaper]:
    rows = OwedPaper.objects.select_related("case").order_by("owed_since", "id")
    if user.acts_as is not Role.AUDITOR:
        rows = rows.filter(case__members__user=user)
    for column in ("kind", "party"):
        if asked.get(column):
            rows = rows.filter(**{column: asked[column]})
    since, key = read_place(asked.get("after") or "")
    if since is not None:
        rows = rows.filter(Q(owed_since__gt=since) | Q(owed_since=since, id__gt=key))
    return rows


def read_place(text: str) -> tuple[datetime | None, int]:
    """Return where a page of a list goes on: a moment and a key, or nothing."""
    moment, _, key = text.partition("~")
    try:
        return (parse_datetime(moment.replace(" ", "+")), int(key)) if key.isdecimal() else (None, 0)
    except ValueError:
        return None, 0


@page(only(*SENDERS))
@require_http_methods(["GET", "POST"])
def batches(request: UserRequest) -> HttpResponse:
    """Return one's print batches and what waits; a POST makes a batch of what waits."""
    if request.method == "POST":
        made = serving.make_batch(request.user)
        if made is None:
            messages.warning(request, "Nothing waits to be printed.")
            return redirect("print-batches")
        return redirect("print-batch", batch=made.pk)
    waiting = Sending.objects.filter(by=request.user, state=serving.WAITING, batch=None)
    context = {
        "waiting": list(waiting.select_related("case").order_by("id")[:200]),
        "batches": list(PrintBatch.objects.filter(by=request.user).order_by("-id")[:ROWS]),
    }
    return render(request, "desk/papers/batches.html", context)


@page(only(*SENDERS))
@require_http_methods(["GET", "POST"])
def batch(request: UserRequest, batch: int) -> HttpResponse:
    """Return a batch with its papers; a POST declares that it was mailed."""
    found = _own(request.user, batch)
    form = MailedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and found.mailed_on is None:
        on = form.cleaned_data["on"]
        if on > today():
            form.add_error("on", "That day has not come yet.")
        else:
            _tell_mailing(request, serving.declare_mailed(found, on, request.user))
            return redirect("print-batch", batch=found.pk)
    sendings = found.sendings.select_related("case").order_by("id")
    context = {"batch": found, "sendings": list(sendings), "form": form}
    return render(request, "desk/papers/batch.html", context, status=400 if form.errors else 200)


def _tell_mailing(request: UserRequest, mailing: serving.Mailing) -> None:
    messages.success(request, f"{len(mailing.served)} papers are served.")
    for words in mailing.refused:
        messages.error(request, words)


@page(only(*SENDERS))
@require_GET
def batch_pdf(request: UserRequest, batch: int) -> HttpResponseBase:
    """Return a batch as one PDF to print on both sides."""
    found = _own(request.user, batch)
    name = f"batch-{found.pk}.pdf"
    return FileResponse(open_file(found.file_id), filename=name, content_type=serving.PDF)


def _own(user: User, batch: int) -> PrintBatch:
    found = PrintBatch.objects.filter(pk=batch, by=user).first()
    if found is None:
        raise Http404
    return found
