"""The panel: reviewers with their credentials and load, one entry with its log, tables in and out."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.roles import Role
from openimr.desk import reviewers
from openimr.desk.access import UserRequest, only, page
from openimr.desk.clock import today
from openimr.desk.models import PanelChange, StoredReviewer
from openimr.desk.panel_forms import AwayForm, EntryForm, ImportForm
from openimr.desk.reviewers import ChangeKind, Expiry, Standing
from openimr.panel.encode import Load
from openimr.panel.read import check_panel
from openimr.panel.spreadsheet import panel_to_csv
from openimr.terms.errors import FormatInvalid
from openimr.terms.reviewer import Panel, Reviewer

SEEING = only(Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.QUALITY, Role.ADMINISTRATOR, Role.AUDITOR)
CHANGING = only(Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR)
SENDING = only(Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR, form=True)
ROWS = 100
CHANGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reviewer in the list."""

    row: StoredReviewer
    reviewer: Reviewer
    worst: Standing
    ends: tuple[Expiry, ...]
    load: Load
    is_away: bool

    @property
    def specialties(self) -> str:
        """Return the certifications by name."""
        return ", ".join(board.name for board in self.reviewer.boards)


class Filters(forms.Form):
    """What of the panel is asked for."""

    is_filter = True

    text = forms.CharField(label="Name or identifier", required=False, max_length=100)
    standing = forms.ChoiceField(
        label="Credentials",
        required=False,
        choices=[
            ("", "Any"),
            ("soon", "Ending within 60 days"),
            ("lapsed", "Lapsed"),
            ("unknown", "Not stated"),
        ],
    )
    left = forms.BooleanField(label="Those who left", required=False)
    after = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


@page(SEEING)
def show(request: UserRequest) -> HttpResponse:
    """Return the panel, by identifier."""
    filters = Filters(request.GET)
    filters.is_valid()
    asked = filters.cleaned_data
    found = StoredReviewer.objects.filter(
        is_active=not asked.get("left"), reviewer__gt=asked.get("after") or ""
    )
    if text := (asked.get("text") or "").strip():
        found = found.filter(Q(name__icontains=text) | Q(reviewer__icontains=text))
    stored = list(found.order_by("reviewer")[: ROWS + 1])
    rows = _rows(stored[:ROWS])
    if wanted := asked.get("standing"):
        rows = [row for row in rows if any(e.standing == wanted for e in row.ends)]
    context = {
        "filters": filters,
        "rows": rows,
        "further": stored[ROWS - 1].reviewer if len(stored) > ROWS else "",
        "without_account": reviewers.without_account(),
        "may_change": request.user.acts_as in (CHANGING.roles or ()),
    }
    return render(request, "desk/panel/list.html", context)


def _rows(stored: list[StoredReviewer]) -> list[Row]:
    day, loads = today(), reviewers.loads(today())
    found = []
    for row in stored:
        reviewer = reviewers.reviewer_of(row)
        ends = reviewers.expiries(reviewer, day)
        found.append(
            Row(
                row=row,
                reviewer=reviewer,
                worst=reviewers.worst(ends),
                ends=tuple(e for e in ends if e.standing is not Standing.GOOD),
                load=loads.get(row.reviewer, Load()),
                is_away=any(a.first <= day <= a.last for a in reviewer.absences),
            )
        )
    return found


def _stored(identifier: str) -> StoredReviewer:
    row = StoredReviewer.objects.filter(reviewer=identifier).first()
    if row is None:
        raise Http404
    return row


@page(SEEING)
def entry(request: UserRequest, reviewer: str) -> HttpResponse:
    """Return one entry: what it states, what ends, what a person should look at, and its changes."""
    row = _stored(reviewer)
    term = reviewers.reviewer_of(row)
    changes = PanelChange.objects.filter(reviewer=reviewer).select_related("by").order_by("-pk")[:CHANGES]
    context = {
        "row": row,
        "reviewer": term,
        "ends": reviewers.expiries(term, today()),
        "load": reviewers.loads(today()).get(reviewer, Load()),
        "problems": check_panel(Panel(schema=1, reviewer=(term,))),
        "changes": [(change, reviewers.differences(change)) for change in changes],
        "may_change": request.user.acts_as in (CHANGING.roles or ()),
    }
    return render(request, "desk/panel/entry.html", context)


@page(CHANGING)
def add(request: UserRequest) -> HttpResponse:
    """Return the form of a new entry, or store it."""
    form = EntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if StoredReviewer.objects.filter(reviewer=form.reviewer.id).exists():
            form.add_error("id", "There is an entry of this identifier.")
        else:
            why = form.cleaned_data["why"]
            reviewers.keep(form.reviewer, by=request.user, kind=ChangeKind.ADDED, why=why)
            messages.success(request, f"{form.reviewer.name or form.reviewer.id} is on the panel.")
            return redirect("panel-reviewer", reviewer=form.reviewer.id)
    return render(request, "desk/panel/form.html", {"form": form, "heading": "Add a reviewer"})


@page(CHANGING)
def edit(request: UserRequest, reviewer: str) -> HttpResponse:
    """Return the form of an entry, or store what was changed."""
    row = _stored(reviewer)
    form = EntryForm(request.POST if request.method == "POST" else None, entry=reviewers.reviewer_of(row))
    if request.method == "POST" and request.POST.get("seen") != row.changed_at.isoformat():
        form.is_valid()
        form.add_error(None, "Somebody else changed the entry meanwhile. Open it again, and change it then.")
    elif request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        change = reviewers.keep(form.reviewer, by=request.user, kind=ChangeKind.CHANGED, why=why)
        messages.success(request, "The entry was changed." if change else "Nothing was changed.")
        return redirect("panel-reviewer", reviewer=reviewer)
    context = {"form": form, "heading": f"Change the entry of {row.name}", "seen": row.changed_at.isoformat()}
    return render(request, "desk/panel/form.html", context)


@page(SENDING)
def set_active(request: UserRequest, reviewer: str) -> HttpResponse:
    """Let a reviewer leave the panel, or come back; the entry is kept."""
    row = _stored(reviewer)
    why = request.POST.get("why", "").strip()
    if not why:
        messages.error(request, "Nothing was stored: say why.")
    else:
        active = request.POST.get("active") == "yes"
        changed = reviewers.set_active(row.reviewer, active=active, by=request.user, why=why[:500])
        told = "takes cases again" if active else "takes no cases any more"
        messages.success(request, f"{row.name} {told}." if changed else "Nothing was changed.")
    return redirect("panel-reviewer", reviewer=reviewer)


@page(SEEING)
def export(request: UserRequest) -> HttpResponse:
    """Return the panel as a table of CSV."""
    rows = StoredReviewer.objects.filter(is_active=True).order_by("reviewer")
    try:
        text = panel_to_csv(Panel(schema=1, reviewer=tuple(reviewers.reviewer_of(row) for row in rows)))
    except FormatInvalid as error:
        messages.error(request, str(error))
        return redirect("panel")
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="panel-{today()}.csv"'
    return answer


@page(CHANGING)
def bring_in(request: UserRequest) -> HttpResponse:
    """Return the form that takes a table, or store the entries of one."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if is_sent and form.is_valid():
        done = reviewers.import_panel(form.panel, by=request.user, why=form.cleaned_data["why"])
        count = len(form.panel.reviewer)
        messages.success(request, f"{count} entries were read, and {len(done)} of them were new or changed.")
        for problem in check_panel(form.panel)[:20]:
            messages.warning(request, f"{problem.field}: {problem.message} {problem.remedy}")
        return redirect("panel")
    return render(request, "desk/panel/import.html", {"form": form})


@page(only(Role.REVIEWER))
def availability(request: UserRequest) -> HttpResponse:
    """Return when the reviewer who is signed in takes no cases, and how many; or store it."""
    row = StoredReviewer.objects.filter(reviewer=request.user.reviewer).first()
    if row is None:
        raise Http404
    term = reviewers.reviewer_of(row)
    form = AwayForm(request.POST if request.method == "POST" else None, entry=term)
    if request.method == "POST" and form.is_valid():
        why = "Stated by the reviewer."
        reviewers.keep(form.changed(), by=request.user, kind=ChangeKind.CHANGED, why=why)
        messages.success(request, "Your absences and your room for cases were stored.")
        return redirect("reviews")
    load = reviewers.loads(today()).get(row.reviewer, Load())
    context = {"form": form, "load": load, "ends": reviewers.expiries(term, today())}
    return render(request, "desk/panel/availability.html", context)
