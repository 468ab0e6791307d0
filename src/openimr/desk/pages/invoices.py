"""Invoices over many cases: by payer and month, paid and unpaid, as a page and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO
from urllib.parse import urlencode

from django import forms
from django.core.cache import cache
from django.db.models import Case as When
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models import When as If
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openimr.casework.roles import Role
from openimr.desk.access import UserRequest, only, page
from openimr.desk.clock import today
from openimr.desk.models import StoredInvoice, User

ROWS = 50
MOST_IN_FILE = 20_000
WHO = only(Role.CASE_MANAGER, Role.PAYER, Role.AUDITOR)
# months of sums that a page shows
MONTHS = 24
SECONDS = 60
STATES = (("", "Any"), ("unpaid", "Unpaid"), ("paid", "Paid"), ("cancelled", "Cancelled"))
# the beginnings of cells that a spreadsheet would compute
FORMULAS = frozenset("=+-@\t\r")


class Filters(forms.Form):
    """Which invoices are asked for."""

    is_filter = True

    payer = forms.CharField(label="Claims administrator", required=False, max_length=200)
    month = forms.RegexField(
        label="Month (like 2026-03)", regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$", required=False
    )
    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    after = forms.RegexField(regex=r"^[0-9-]{10}~[0-9]+$", required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What one payer was billed in one month: how many invoices, how much, how much of it unpaid."""

    payer: str
    month: date
    count: int
    billed_usd: int
    unpaid_usd: int


@page(WHO)
@require_GET
def show(request: UserRequest) -> HttpResponse:
    """Return the invoices that somebody may see, the last first, and the sums of each payer and month."""
    filters = Filters(request.GET)
    filters.is_valid()
    asked = filters.cleaned_data
    found = _asked_for(_visible(request.user), asked)
    rows = list(_from(found, asked.get("after") or "")[: ROWS + 1])
    further = ""
    if len(rows) > ROWS:
        place = f"{rows[ROWS - 1].sent_on}~{rows[ROWS - 1].pk}"
        further = urlencode({k: v for k, v in {**asked, "after": place}.items() if v})
    query = urlencode({k: v for k, v in asked.items() if v and k != "after"})
    context = {
        "filters": filters,
        "invoices": rows[:ROWS],
        "totals": _totals(request.user, found, query),
        "further": further,
        "query": query,
    }
    return render(request, "desk/money/invoices.html", context)


@page(WHO)
@require_GET
def as_csv(request: UserRequest) -> HttpResponse:
    """Return the invoices that are asked for as CSV."""
    filters = Filters(request.GET)
    filters.is_valid()
    found = _asked_for(_visible(request.user), filters.cleaned_data).select_related(None)
    # rows as tuples: twenty thousand of them as objects would keep the page waiting
    columns = ("number", "case__number", "payer", "amount_usd", "sent_on", "paid_on", "is_cancelled")
    rows = (
        (
            *told,
            sent_on.isoformat(),
            paid_on.isoformat() if paid_on else "",
            "cancelled" if is_cancelled else "paid" if paid_on else "unpaid",
        )
        for *told, sent_on, paid_on, is_cancelled in found.values_list(*columns)[:MOST_IN_FILE]
    )
    head = ("invoice", "case", "claims_administrator", "amount_usd", "sent_on", "paid_on", "state")
    return csv_answer("invoices.csv", head, rows)


def csv_answer(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a table as a CSV file; no cell of it is a formula to a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(map(_safe, row) for row in rows)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULAS else cell


def _visible(user: User) -> QuerySet[StoredInvoice]:
    """Return the invoices of the cases that somebody is on; of all, for the auditor."""
    found = StoredInvoice.objects.select_related("case").order_by("-sent_on", "-id")
    return found if user.acts_as is Role.AUDITOR else found.filter(case__members__user=user)


def _asked_for(found: QuerySet[StoredInvoice], asked: dict[str, str]) -> QuerySet[StoredInvoice]:
    if payer := (asked.get("payer") or "").strip():
        found = found.filter(payer__istartswith=payer)
    if month := asked.get("month"):
        first = date.fromisoformat(f"{month}-01")
        found = found.filter(sent_on__gte=first, sent_on__lt=(first + timedelta(days=32)).replace(day=1))
    match asked.get("state"):
        case "unpaid":
            return found.filter(is_cancelled=False, paid_on=None)
        case "paid":
            return found.filter(is_cancelled=False, paid_on__isnull=False)
        case "cancelled":
            return found.filter(is_cancelled=True)
        case _:
            return found


def _from(found: QuerySet[StoredInvoice], after: str) -> QuerySet[StoredInvoice]:
    day, _, key = after.partition("~")
    if not key:
        return found
    return found.filter(Q(sent_on__lt=day) | Q(sent_on=day, id__lt=key), sent_on__lte=day)


def _totals(user: User, found: QuerySet[StoredInvoice], query: str) -> tuple[Total, ...]:
    """Return the sums; over all cases, which the auditor sees, they are counted once a minute."""
    if user.acts_as is not Role.AUDITOR:
        return totals(found, today())
    key = f"invoice-totals-{sha256(query.encode()).hexdigest()[:32]}"
    kept: tuple[Total, ...] | None = cache.get(key)
    if kept is None:
        kept = totals(found, today())
        cache.set(key, kept, SECONDS)
    return kept


def totals(found: QuerySet[StoredInvoice], day: date) -> tuple[Total, ...]:
    """Return the sums of each payer and month of two years, cancelled invoices left out."""
    since = day.replace(day=1) - timedelta(days=31 * MONTHS)
    sums = (
        found.filter(is_cancelled=False, sent_on__gte=since)
        .order_by()
        .annotate(month=TruncMonth("sent_on"))
        .values("payer", "month")
        .annotate(
            count=Count("id"),
            billed=Sum("amount_usd"),
            unpaid=Sum(When(If(paid_on=None, then=F("amount_usd")), default=0)),
        )
        .order_by("-month", "payer")[:200]
    )
    return tuple(
        Total(
            payer=s["payer"],
            month=s["month"],
            count=s["count"],
            billed_usd=s["billed"],
            unpaid_usd=s["unpaid"],
        )
        for s in sums
    )
