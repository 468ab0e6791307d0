"""The work list: the cases that somebody is on, those that wait for somebody, by the day something is due.

It is read page by page from where the last one ended (``after``), by indexes:
the hundredth page costs what the first one does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk.access import SIGNED_IN, UserRequest, page
from openimr.desk.clock import today
from openimr.desk.models import PEOPLE, Case, CaseMember, User
from openimr.desk.store import TAKERS

ROWS = 50
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
    return render(request, "desk/worklist/list.html", context)


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
    cases = _visible(user, asked.get("which") or MINE)
    cases = cases.filter(is_open=not asked.get("done"))
    for column in ("stage", "holder"):
        if asked.get(column):
            cases = cases.filter(**{column: asked[column]})
    cases = _due(cases, asked.get("due") or "", day)
    if text := (asked.get("text") or "").strip():
        cases = cases.filter(Q(number__startswith=text.upper()) | Q(patient__istartswith=text))
    rows = list(_from(cases, asked.get("after") or ""))
    further = None
    if len(rows) > ROWS:
        last = rows[ROWS - 1]
        place = f"{last.due_on or ''}~{last.pk}"
        further = urlencode({k: v for k, v in {**asked, "after": place}.items() if v})
    return Page(cases=tuple(rows[:ROWS]), further=further)


def _visible(user: User, which: str) -> QuerySet[Case]:
    """Return the cases that somebody may see in a list."""
    if user.acts_as is Role.AUDITOR:
        return Case.objects.all()
    if which == WAITING and user.acts_as in TAKERS:
        return Case.objects.filter(holder=user.role, waits=True, is_open=True)
    mine = CaseMember.objects.filter(case=OuterRef("pk"), user=user)
    return Case.objects.filter(Exists(mine))


def _due(cases: QuerySet[Case], which: str, day: date) -> QuerySet[Case]:
    if which == "late":
        return cases.filter(due_on__lt=day)
    if which == "week":
        return cases.filter(due_on__gte=day, due_on__lte=date.fromordinal(day.toordinal() + 7))
    return cases.filter(due_on=None) if which == "none" else cases


def _from(cases: QuerySet[Case], after: str) -> Iterator[Case]:
    """Yield one page and one case more, from behind a place: first those with a day, then those without."""
    due, _, key = after.partition("~")
    left = ROWS + 1
    if due or not key:
        dated = cases.filter(due_on__isnull=False)
        if key:
            dated = dated.filter(Q(due_on__gt=due) | Q(due_on=due, id__gt=key), due_on__gte=due)
        for case in dated.order_by("due_on", "id")[:left]:
            left -= 1
            yield case
    undated = cases.filter(due_on=None)
    if key and not due:
        undated = undated.filter(id__gt=key)
    if left:
        yield from undated.order_by(F("due_on").asc(nulls_last=True), "id")[:left]
