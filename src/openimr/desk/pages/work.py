"""The work list: the cases that somebody is on, those that wait for somebody, by the day something is due.

It is read page by page from where the last one ended (``after``), by indexes:
the hundredth page costs what the first one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk.access import SIGNED_IN, UserRequest, page
from openimr.desk.clock import today
from openimr.desk.holders import TAKERS
from openimr.desk.lapsing import UNANSWERED
from openimr.desk.models import PEOPLE, Case, CaseHolder, CaseMember, CaseOffer, User
from openimr.desk.pages.case import OVERTAKERS
from openimr.panel.offers import OfferState

ROWS = 50
# how many offers that lapsed the list names, and for how long
LAPSED, LAPSED_FOR = 20, timedelta(days=30)
CHOOSERS = frozenset({Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR})
MINE, WAITING, EVERYTHING = "mine", "waiting", "everything"
DUE = (("", "Any day"), ("late", "Overdue"), ("week", "Within a week"), ("none", "Nothing due"))
WORDS = {stage.value: stage.value.replace("_", " ").capitalize() for stage in Stage}


class Filters(forms.Form):
    """What of the work list is asked for."""

    # nothing of it has to be filled in, and nothing says so
    is_filter = True

    text = forms.CharField(label="Case number or patient", required=False, max_length=100)
    which = forms.ChoiceField(label="Cases", required=False)
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "Any stage"), *WORDS.items()])
    holder = forms.ChoiceField(label="Held by", required=False, choices=[("", "Anybody"), *PEOPLE])
    due = forms.ChoiceField(label="Due", required=False, choices=DUE)
    done = forms.BooleanField(label="Closed cases", required=False)
    after = forms.RegexField(regex=r"^[0-9-]*~[0-9]+$", required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the list, and the query that leads to the next one."""

    cases: tuple[Case, ...]
    further: str | None


@page(SIGNED_IN)
def work_list(request: UserRequest) -> HttpResponse:
    """Return the work list of whoever is signed in; somebody who applied sees their own cases plainly."""
    if request.user.acts_as is Role.APPLICANT:
        return redirect("my-cases")
    filters = filters_for(request.user, request.GET.dict())
    found = cases_of(request.user, filters, today())
    context: dict[str, object] = {"filters": filters, "page": found, "today": today()}
    context["waiting"] = filters.cleaned_data.get("which") == WAITING
    context["may_take_over"] = request.user.acts_as in OVERTAKERS
    context["lapsed"] = lapsed_offers(request.user, today())
    return render(request, "desk/worklist/list.html", context)


def lapsed_offers(user: User, day: date) -> Sequence[CaseOffer]:
    """Return the offers that lapsed of late in one's own cases, for who chooses reviewers.

    As long as another reviewer has not accepted; the last ones first.
    """
    if user.acts_as not in CHOOSERS:
        return ()
    found = CaseOffer.objects.filter(
        state=OfferState.LAPSED,
        closed_on__gt=day - LAPSED_FOR,
        case__members__user=user,
        case__stage__in=UNANSWERED,
    )
    return list(found.select_related("case").order_by("-closed_on", "-pk")[:LAPSED])


def filters_for(user: User, asked: dict[str, str]) -> Filters:
    """Return the filters, with what a role can ask for; what is not understood is left out."""
    choices = choices_for(user)
    filters = Filters({"which": choices[0][0], **{k: v for k, v in asked.items() if v}})
    which = filters.fields["which"]
    assert isinstance(which, forms.ChoiceField)
    which.choices = choices
    if len(choices) == 1:
        which.widget = forms.HiddenInput()
    filters.is_valid()
    return filters


def choices_for(user: User) -> list[tuple[str, str]]:
    """Return which cases somebody can list."""
    if user.acts_as is Role.AUDITOR:
        return [(EVERYTHING, "All cases")]
    if user.acts_as in TAKERS:
        return [(MINE, "Those I am on"), (WAITING, "Those that wait for somebody")]
    return [(MINE, "Those I am on")]


def cases_of(user: User, filters: Filters, day: date) -> Page:
    """Return the cases that the filters ask for, soonest due first."""
    asked = filters.cleaned_data
    holder = asked.get("holder") or ""
    found = _listed(user, asked.get("which") or MINE, holder)
    rows = found.rows.filter(is_open=not asked.get("done"))
    if asked.get("stage"):
        rows = rows.filter(**{f"{found.of_case}stage": asked["stage"]})
    if holder:
        held = CaseHolder.objects.filter(case=OuterRef(found.key), role=holder)
        rows = rows.filter(Exists(held))
    rows = _due(rows, asked.get("due") or "", day)
    if text := (asked.get("text") or "").strip():
        number = Q(**{f"{found.of_case}number__startswith": text.upper()})
        rows = rows.filter(number | Q(**{f"{found.of_case}patient__istartswith": text}))
    cases = list(_from(replace(found, rows=rows), asked.get("after") or ""))
    further = None
    if len(cases) > ROWS:
        last = cases[ROWS - 1]
        place = f"{last.due_on or ''}~{last.pk}"
        further = urlencode({k: v for k, v in {**asked, "after": place}.items() if v})
    prefetch_related_objects(cases, "held_by")
    return Page(cases=tuple(cases[:ROWS]), further=further)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Rows that a list is read from, which one index has in order: cases, memberships, holders of a role.

    Attributes:
        key: The column of the rows that holds the key of the case.
        of_case: What stands before the name of a column of the case.
    """

    rows: QuerySet[Any]
    key: str
    of_case: str


def _listed(user: User, which: str, holder: str) -> Listed:
    """Return the rows of the cases that somebody may see in a list."""
    if user.acts_as is Role.AUDITOR:
        if not holder:
            return Listed(rows=Case.objects.all(), key="id", of_case="")
        of_role = CaseHolder.objects.filter(role=holder).select_related("case")
        return Listed(rows=of_role, key="case_id", of_case="case__")
    if which == WAITING and user.acts_as in TAKERS:
        waiting = CaseHolder.objects.filter(role=user.role, waits=True).select_related("case")
        return Listed(rows=waiting, key="case_id", of_case="case__")
    mine = CaseMember.objects.filter(user=user).select_related("case")
    return Listed(rows=mine, key="case_id", of_case="case__")


def _due(rows: QuerySet[Any], which: str, day: date) -> QuerySet[Any]:
    if which == "late":
        return rows.filter(due_on__lt=day)
    if which == "week":
        return rows.filter(due_on__gte=day, due_on__lte=date.fromordinal(day.toordinal() + 7))
    return rows.filter(due_on=None) if which == "none" else rows


def _from(found: Listed, after: str) -> Iterator[Case]:
    """Yield one page and one case more, from behind a place: first those with a day, then those without."""
    due, _, key = after.partition("~")
    left = ROWS + 1
    behind = {f"{found.key}__gt": key}
    if due or not key:
        dated = found.rows.filter(due_on__isnull=False)
        if key:
            dated = dated.filter(Q(due_on__gt=due) | Q(due_on=due, **behind), due_on__gte=due)
        for row in dated.order_by("due_on", found.key)[:left]:
            left -= 1
            yield _case(row)
    undated = found.rows.filter(due_on=None)
    if key and not due:
        undated = undated.filter(**behind)
    if left:
        rows = undated.order_by(F("due_on").asc(nulls_last=True), found.key)[:left]
        yield from (_case(row) for row in rows)


def _case(row: Case | CaseMember | CaseHolder) -> Case:
    return row if isinstance(row, Case) else row.case
