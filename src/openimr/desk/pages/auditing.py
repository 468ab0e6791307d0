"""The audit: the log over all cases, the log of one case against its hashes, one case explained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openimr.casework.events import EVENTS, READS, Recorded, read_event
from openimr.casework.roles import Role
from openimr.casework.stages import stage_of
from openimr.casework.steps import steps
from openimr.desk import explaining, store
from openimr.desk.access import ON_THE_CASE, CaseRequest, UserRequest, only, page
from openimr.desk.chain import breaks
from openimr.desk.models import PEOPLE, CaseEvent, User
from openimr.desk.pages.case import timeline
from openimr.desk.pages.printing import read_place
from openimr.desk.people import users_of
from openimr.desk.telling import details, is_for_outsiders, sentence

ROWS = 50
MOST = 1000
LOOKS = tuple(kind.__name__ for kind in READS)
INSIDE = (Role.INTAKE, Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.QUALITY, Role.AUDITOR)


def kind_words(kind: str) -> str:
    """Return the name of an event in words.

    Example:
        >>> kind_words("ReviewerProposed")
        'Reviewer proposed'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).capitalize()


class Filters(forms.Form):
    """Which events are asked for."""

    is_filter = True

    case = forms.CharField(label="Case number", required=False, max_length=40)
    who = forms.CharField(label="Who (user name)", required=False, max_length=150)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *PEOPLE])
    kind = forms.ChoiceField(
        label="What",
        required=False,
        choices=[("", "Anything"), *((k, kind_words(k)) for k in sorted(EVENTS))],
    )
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    after = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event of the log: when, in which case, who, what."""

    at: datetime
    case: str
    number: int
    who: str
    role: str
    what: str
    hash: str


@page(only(Role.AUDITOR))
@require_GET
def log(request: UserRequest) -> HttpResponse:
    """Return the log over all cases, the last event first."""
    filters = Filters(request.GET)
    filters.is_valid()
    asked = filters.cleaned_data
    rows = list(_events(asked)[: ROWS + 1])
    people = users_of(row.actor for row in rows)
    further = ""
    if len(rows) > ROWS:
        place = f"{rows[ROWS - 1].at.isoformat()}~{rows[ROWS - 1].pk}"
        kept = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in asked.items() if v}
        further = urlencode({**kept, "after": place})
    lines = [_line(row, people) for row in rows[:ROWS]]
    return render(request, "desk/auditing/log.html", {"filters": filters, "lines": lines, "further": further})


def _events(asked: dict[str, object]) -> QuerySet[CaseEvent]:
    """Return the events that are asked for, by time."""
    found = CaseEvent.objects.select_related("case").defer("body").order_by("-at", "-id")
    if number := str(asked.get("case") or "").strip():
        found = found.filter(case__number=number.upper())
    if who := str(asked.get("who") or "").strip():
        user = User.objects.filter(username__iexact=who).first()
        found = found.filter(actor=user.actor.id if user else "nobody")
    for column in ("role", "kind"):
        if asked.get(column):
            found = found.filter(**{column: asked[column]})
    if first := asked.get("first"):
        found = found.filter(at__gte=_midnight(first))
    if last := asked.get("last"):
        found = found.filter(at__lt=_midnight(last) + timedelta(days=1))
    since, key = read_place(str(asked.get("after") or ""))
    if since is not None:
        found = found.filter(Q(at__lt=since) | Q(at=since, id__lt=key), at__lte=since)
    return found


def _midnight(day: object) -> datetime:
    assert hasattr(day, "toordinal"), "a field of a day holds one"
    return timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type]  # a date


def _line(row: CaseEvent, people: Mapping[str, User]) -> Line:
    return Line(
        at=row.at,
        case=row.case.number,
        number=row.number,
        who=str(people.get(row.actor) or row.actor),
        role=row.role,
        what=kind_words(row.kind),
        hash=row.hash[:12],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of the log of a case, with its hash and whether that is the one it must have."""

    number: int
    at: datetime
    who: str
    role: str
    what: str
    details: tuple[str, ...]
    hash: str
    is_whole: bool


@page(only(*INSIDE, case=True))
@require_GET
def case_log(request: CaseRequest, number: str) -> HttpResponse:
    """Return the whole log of a case, each event against its hash; looks only where they are asked for."""
    store.look(number, "log", by=request.user.actor)
    rows = explaining.stored_links(request.case)
    links = [(explaining.link_of(row, number), row.hash) for row in rows]
    looks = request.GET.get("looks") == "1"
    wanted = [row for row in rows if looks or row.kind not in LOOKS]
    people = users_of(row.actor for row in wanted)
    whole = {row.number: link.hash() == stored for row, (link, stored) in zip(rows, links, strict=True)}
    entries = [_entry(row, people, is_whole=whole[row.number]) for row in wanted[-MOST:]]
    context = {
        "case": request.case,
        "entries": entries,
        "findings": breaks(links),
        "events": len(rows),
        "head": rows[-1].hash,
        "looks": looks,
        "left_out": len(wanted) - len(entries),
    }
    return render(request, "desk/auditing/case_log.html", context)


def _entry(row: CaseEvent, people: Mapping[str, User], *, is_whole: bool) -> Entry:
    event = read_event(row.kind, row.body)
    return Entry(
        number=row.number,
        at=row.at,
        who=str(people.get(row.actor) or row.actor),
        role=row.role,
        what=sentence(event),
        details=details(event, is_staff=True),
        hash=row.hash,
        is_whole=is_whole,
    )


@page(ON_THE_CASE)
@require_GET
def explain(request: CaseRequest, number: str) -> HttpResponse:
    """Return a case explained: rules for everybody on it; persons and versions inside the organization."""
    opened = store.look(number, "explanation", by=request.user.actor)
    state, log_of_case = opened.state, opened.log
    acts = tuple(one for one in log_of_case if not isinstance(one.event, READS))
    context: dict[str, object] = {
        "case": opened.case,
        "state": state,
        "stage": stage_of(state),
        "steps": steps(state) if request.user.is_staff else (),
        "rules": explaining.rules_applied(state),
        "grounds": state.screening.grounds if state.screening else (),
        "acts": timeline(_told(acts, request.user), is_staff=request.user.is_staff),
        "inside": request.user.acts_as in INSIDE,
    }
    if request.user.acts_as in INSIDE:
        named = explaining.reviewers_named(state, log_of_case) | {one.by.id for one in log_of_case}
        people = users_of(named)
        context |= {
            "versions": explaining.versions_told(state, people),
            "choices": explaining.choices_told(log_of_case, people),
            "openings": explaining.openings(state, log_of_case, people),
        }
    return render(request, "desk/auditing/explain.html", context)


def _told(acts: tuple[Recorded, ...], user: User) -> tuple[Recorded, ...]:
    """Return what of a log somebody may know: a reviewer what the parties know, and one's own acts."""
    if user.acts_as is not Role.REVIEWER:
        return acts
    return tuple(one for one in acts if one.by.id == user.actor.id or is_for_outsiders(one.event))
