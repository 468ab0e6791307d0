"""Everything that happened to the panel, by whom and when: with filters, and as a table."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from openimr.desk.access import UserRequest, page
from openimr.desk.clock import now
from openimr.desk.pages.invoices import csv_answer
from openimr.desk.pages.panel import SEEING
from openimr.desk.panel_history import About, Asked, Happening, happenings

ROWS = 50
# as many rows as a table that is opened in a spreadsheet usefully has
MOST = 20_000
WORDS = {
    About.CREDENTIALS: "Credentials",
    About.ENDED: "Credentials that ended",
    About.CONFLICTS: "Conflicts and ties",
    About.ROOM: "Absence and room for cases",
    About.PANEL: "Came or left",
    About.OTHER: "Other",
}


class Filters(forms.Form):
    """What of the changes is asked for."""

    is_filter = True

    reviewer = forms.CharField(label="Reviewer", required=False, max_length=100)
    about = forms.ChoiceField(
        label="About", required=False, choices=[("", "Everything"), *((a.value, w) for a, w in WORDS.items())]
    )
    by = forms.CharField(label="By", required=False, max_length=100)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)


@page(SEEING)
@require_GET
def show(request: UserRequest) -> HttpResponse:
    """Return what happened to the panel, the last first."""
    filters = Filters(request.GET)
    filters.is_valid()
    found = happenings(asked_of(filters), ROWS + 1)
    rows = found[:ROWS]
    told = {
        name: str(value) for name, value in request.GET.items() if name in filters.fields and name != "before"
    }
    context = {
        "filters": filters,
        "rows": [(one, ", ".join(WORDS[about] for about in one.about)) for one in rows],
        "further": urlencode({**told, "before": _place(rows[-1])}) if len(found) > ROWS else "",
        "query": urlencode(told),
    }
    return render(request, "desk/panel/changes.html", context)


@page(SEEING)
@require_GET
def export(request: UserRequest) -> HttpResponse:
    """Return what is asked for as a table of CSV."""
    filters = Filters(request.GET)
    filters.is_valid()
    rows = (
        (
            timezone.localtime(one.at).isoformat(timespec="seconds"),
            one.reviewer,
            one.name,
            " ".join(one.about),
            "; ".join(one.lines),
            one.by,
            one.why,
        )
        for one in happenings(asked_of(filters), MOST)
    )
    head = ("at", "reviewer", "name", "about", "what", "by", "why")
    return csv_answer("panel-changes.csv", head, rows)


def asked_of(filters: Filters) -> Asked:
    """Return what the filters ask for; a day that cannot be read asks for nothing."""
    told = filters.cleaned_data
    moment, _, beyond = (told.get("before") or "").partition("|")
    before = _moment(moment) or now() + timedelta(seconds=1)
    if until := told.get("until"):
        end = _begin(until + timedelta(days=1))
        before, beyond = min((before, beyond), (end, ""))
    return Asked(
        before=before,
        beyond=beyond,
        since=_begin(told["since"]) if told.get("since") else None,
        reviewer=told.get("reviewer") or "",
        by=told.get("by") or "",
        about=About(told["about"]) if told.get("about") else None,
    )


def _place(one: Happening) -> str:
    return f"{one.at.isoformat()}|{one.key}"


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None
