"""The case file as it was read: exhibits, pages beside their pictures, search, chronology."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from openimr.desk import readings, store
from openimr.desk.access import CaseRequest, page
from openimr.desk.models import Reading
from openimr.desk.pages.case_file_rows import (
    ENTRIES,
    days_of,
    flags,
    kind_words,
    shown_exhibits,
    timeline_of,
)
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.records import READ_BY
from openimr.desk.templatetags.desk import words
from openimr.records.search import PageIndex, SearchFilter, SearchHit
from openimr.records.timeline import ranges
from openimr.terms.chronology import EntryKind
from openimr.terms.errors import FormatInvalid
from openimr.terms.records import ExhibitType

_HITS = 200
# whole files that a process keeps ready for search
_KEPT = 4
_KINDS = [("", "All"), *((kind.value, kind_words(kind)) for kind in ExhibitType)]
_DAY = forms.DateInput(attrs={"type": "date"})


class ExhibitFilter(forms.Form):
    """Which exhibits are listed."""

    is_filter = True
    type = forms.ChoiceField(label="Kind", required=False, choices=_KINDS)
    flag = forms.ChoiceField(
        label="Only those that",
        required=False,
        choices=[
            ("", "All"),
            ("after_denial", "Came after the denial"),
            ("unread", "Have pages that could not be read"),
            ("copies", "Stand in the file more than once"),
            ("undated", "Have no date"),
        ],
    )


class SearchForm(forms.Form):
    """What is searched for, and in which exhibits."""

    is_filter = True
    q = forms.CharField(
        label="Words",
        max_length=400,
        required=False,
        help_text='All words are wanted; "in quotes" for a phrase; AND, OR, NOT, tend* work.',
    )
    type = forms.ChoiceField(label="Kind", required=False, choices=_KINDS)
    since = forms.DateField(label="From", required=False, widget=_DAY)
    until = forms.DateField(label="To", required=False, widget=_DAY)


class ChronologyFilter(forms.Form):
    """Which entries are shown."""

    is_filter = True
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "All"), *((kind.value, words(kind)) for kind in EntryKind)],
    )


@page(READ_BY)
@require_GET
def exhibits(request: CaseRequest, number: str) -> HttpResponse:
    """Return the list of exhibits with their timeline; that it was opened is recorded."""
    reading = open_reading(request)
    if isinstance(reading, HttpResponse):
        return reading
    found = readings.exhibits_of(reading)
    asked = ExhibitFilter(request.GET or None)
    told = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    shown = shown_exhibits(found, kind=told.get("type", ""), flag=told.get("flag", ""))
    context = {
        "case": request.case,
        "sees_reading": True,
        "reading": reading,
        "manifest": readings.manifest_of(reading),
        "filters": asked,
        "exhibits": [(e, flags(e), ranges(e.pages), kind_words(e.type)) for e in shown],
        "all": len(found),
        "timeline": timeline_of(readings.manifest_of(reading), shown),
    }
    return render(request, "desk/records/exhibits.html", context)


@page(READ_BY)
@require_GET
def search(request: CaseRequest, number: str) -> HttpResponse:
    """Return the pages on which something stands; that the file was searched is recorded."""
    reading = open_reading(request)
    if isinstance(reading, HttpResponse):
        return reading
    form = SearchForm(request.GET or None)
    hits: tuple[SearchHit, ...] = ()
    wrong = ""
    if form.is_bound and form.is_valid() and form.cleaned_data["q"]:
        told = form.cleaned_data
        only = SearchFilter(
            types=(ExhibitType(told["type"]),) if told["type"] else (),
            since=told["since"],
            until=told["until"],
        )
        try:
            hits = index_of(reading.pk).search(told["q"], only)
        except FormatInvalid as error:
            wrong = f"{error.found[:1].upper()}{error.found[1:]} {error.remedy}"
    context = {
        "case": request.case,
        "sees_reading": True,
        "form": form,
        "hits": hits[:_HITS],
        "all": len(hits),
        "wrong": wrong,
        "asked": bool(request.GET.get("q")),
    }
    return render(request, "desk/records/search.html", context)


@page(READ_BY)
@require_GET
def chronology(request: CaseRequest, number: str) -> HttpResponse:
    """Return the events of the record in the order of their days; that it was opened is recorded."""
    reading = open_reading(request)
    if isinstance(reading, HttpResponse):
        return reading
    made = readings.chronology_of(reading)
    form = ChronologyFilter(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_bound and form.is_valid() else ""
    wanted = [one for one in (made.entries if made else ()) if not kind or one.kind.value == kind]
    begin = int(request.GET["from"]) if request.GET.get("from", "").isdecimal() else 0
    further = begin + ENTRIES
    context = {
        "case": request.case,
        "sees_reading": True,
        "drugs": made.drugs if made else None,
        "pain": made.pain if made else None,
        "unread": readings.manifest_of(reading).unread_pages,
        "is_there": made is not None,
        "form": form,
        "days": days_of(wanted[begin:further]),
        "all": len(wanted),
        "further": urlencode({"kind": kind, "from": further}) if further < len(wanted) else "",
    }
    return render(request, "desk/records/chronology.html", context)


def open_reading(request: CaseRequest) -> Reading | HttpResponse:
    """Return what was read of a case, with the look in the log; the way back for whom it is not open to.

    A reviewer may only after attesting: casework says so.
    """
    reading = last_of(request)
    if reading is None:
        messages.warning(request, "Nothing of the records was read yet.")
        return redirect("case-records", number=request.case.number)
    outcome = store.note_read(request.case.number, reading.seal, by=request.user.actor)
    if not isinstance(outcome, store.Done):
        tell(request, outcome)
        return redirect("case", number=request.case.number)
    return reading


def last_of(request: CaseRequest) -> Reading | None:
    """Return what was read last of a case."""
    found = Reading.objects.filter(case=request.case).defer("facts", "chronology")
    return found.order_by("-pk").first()


@lru_cache(maxsize=_KEPT)
def index_of(reading: int) -> PageIndex:
    """Return where each word of a reading stands. A reading never changes."""
    return PageIndex(readings.case_file_of(Reading.objects.get(pk=reading)))
