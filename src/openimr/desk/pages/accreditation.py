"""Reports for accreditation: drawn in one click, kept, shown, and exported as PDF, CSV and JSON."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from openimr.casework.roles import Role
from openimr.desk import accreditation as reports
from openimr.desk.access import UserRequest, only, page
from openimr.desk.accreditation_tables import compose_report
from openimr.desk.clock import now, today
from openimr.desk.models import AccreditorReport
from openimr.desk.pages.invoices import csv_answer
from openimr.desk.papers import page_of_paper, pdf_of_paper
from openimr.desk.service_forms import day_box

MAKERS = (Role.QUALITY, Role.MEDICAL_DIRECTOR)
WHO = only(*MAKERS, Role.AUDITOR)
YEAR = timedelta(days=365)


class DrawForm(forms.Form):
    """Over which period files are drawn, how many, and by which seed."""

    first = day_box("Filed from")
    last = day_box("Filed until")
    size = forms.IntegerField(label="Files", min_value=1, max_value=200, initial=reports.SIZE)
    seed = forms.IntegerField(
        label="Seed",
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="Leave it empty to draw a new one; a known seed repeats a draw.",
    )

    def clean(self) -> dict[str, object]:
        """Return what was entered, the first day not after the last."""
        told = super().clean() or {}
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("last", "The period ends before it begins.")
        return told


@page(WHO)
@require_http_methods(["GET", "POST"])
def show(request: UserRequest) -> HttpResponse:
    """Return the reports that were made, and the form that makes one; a POST makes it."""
    begins = {"first": today() - YEAR, "last": today(), "size": reports.SIZE}
    form = DrawForm(request.POST if request.method == "POST" else None, initial=begins)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        seed = told["seed"] if told["seed"] is not None else secrets.randbelow(2**31)
        made = reports.make_report(
            first=told["first"], last=told["last"], seed=seed, by=request.user, at=now(), size=told["size"]
        )
        return redirect("accreditation-report", report=made.pk)
    context = {
        "form": form,
        "reports": AccreditorReport.objects.select_related("by").defer("document").order_by("-id")[:50],
        "makes": request.user.acts_as in MAKERS,
    }
    return render(request, "desk/auditing/reports.html", context, status=400 if form.errors else 200)


@page(WHO)
@require_GET
def report(request: UserRequest, report: int) -> HttpResponse:
    """Return a report as a page."""
    row = _found(report)
    composed = compose_report(reports.read_report(row))
    context = {"row": row, "title": composed.title, "letter": page_of_paper(composed)}
    return render(request, "desk/auditing/report.html", context)


@page(WHO)
@require_GET
def report_pdf(request: UserRequest, report: int) -> HttpResponse:
    """Return a report as a PDF."""
    row = _found(report)
    data = pdf_of_paper(compose_report(reports.read_report(row)))
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="accreditation-{row.pk}.pdf"'
    return answer


@page(WHO)
@require_GET
def report_csv(request: UserRequest, report: int) -> HttpResponse:
    """Return the clocks of the drawn files as CSV."""
    found = reports.read_report(_found(report))
    rows = ((c.case, c.ref, c.citation, c.due_on, c.done_on or "", c.result) for c in found.clocks)
    head = ("case", "clock", "citation", "due_on", "done_on", "result")
    return csv_answer(f"accreditation-{report}.csv", head, rows)


@page(WHO)
@require_GET
def report_json(request: UserRequest, report: int) -> HttpResponse:
    """Return a report as it is kept: its bytes have the hash that the page names."""
    row = _found(report)
    answer = HttpResponse(row.document, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="accreditation-{row.pk}.json"'
    return answer


def _found(report: int) -> AccreditorReport:
    row = AccreditorReport.objects.filter(pk=report).first()
    if row is None:
        raise Http404
    return row
