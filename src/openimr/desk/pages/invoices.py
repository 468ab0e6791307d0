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
from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify
from django.db.models import Case as When
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models import When as If
from django.db.models.functions import Concat, TruncMonth
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
# the same as a class of characters of the database
FORMULA_CLASS = "=+@\t\r-"


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
    state = When(
        If(is_cancelled=True, then=Value("cancelled")),
        If(paid_on=None, then=Value("unpaid")),
        default=Value("paid"),
    )
    columns = (_safe_cell("number"), _safe_cell("case__number"), _safe_cell("payer"))
    told = found.values_list(*columns, "amount_usd", "sent_on", "paid_on", state)[:MOST_IN_FILE]
    head = ("invoice", "case", "claims_administrator", "amount_usd", "sent_on", "paid_on", "state")
    return _file("invoices.csv", f"{','.join(head)}\r\n".encode() + _copied(told))


def _safe_cell(column: str) -> When:
    """Return the text of a column as the database writes it: no cell is a formula to a spreadsheet."""
    begins = Q(**{f"{column}__regex": f"^[{FORMULA_CLASS}]"})
    return When(If(begins, then=Concat(Value("'"), F(column))), default=F(column))


def _copied(rows: QuerySet[StoredInvoice, tuple[object, ...]]) -> bytes:
    """Return the rows of a query as CSV of the database: written here they would keep the page waiting."""
    words = mogrify(*rows.query.sql_with_params(), connection)
    with connection.cursor() as cursor, cursor.copy(f"COPY ({words}) TO STDOUT (FORMAT csv)") as out:
        return b"".join(bytes(block) for block in out)


def csv_answer(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a table as a CSV file; no cell of it is a formula to a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(map(_safe, row) for row in rows)
    return _file(name, out.getvalue().encode())


def _file(name: str, table: bytes) -> HttpResponse:
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
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
