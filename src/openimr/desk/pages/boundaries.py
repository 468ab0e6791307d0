"""Where documents begin, set by a person: stored, noted in the log of the case, and read anew."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from openimr.casework.commands import AddNote
from openimr.casework.roles import Role
from openimr.desk import job_plan, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.clock import now
from openimr.desk.models import Boundary, ReadPage
from openimr.desk.pages.case_file import last_of
from openimr.desk.pages.outcomes import tell

SETTERS = only(Role.INTAKE, Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, case=True, form=True)


@page(SETTERS)
def set_boundary(request: CaseRequest, number: str, place: int) -> HttpResponse:
    """Store that a document begins on a page, or that it does not; the file is then read anew."""
    reading = last_of(request)
    row = reading.pages.filter(number=place).defer("text", "words").first() if reading is not None else None
    begins = request.POST.get("begins")
    if row is None or row.document_page == 1 or begins not in ("yes", "no"):
        messages.error(request, "A document can begin, or go on, on every page of a file but its first.")
        return redirect("case-records", number=number)
    if store.state_of(request.case).seal is not None:
        messages.error(request, "The file was closed for review: its exhibits keep their numbers.")
        return redirect("case-page", number=number, place=place)
    outcome = _store(request, row, begins=begins == "yes")
    if isinstance(outcome, store.Done):
        messages.success(request, "Stored. The file is read anew; the exhibits change when that is done.")
    else:
        tell(request, outcome)
    return redirect("case-records", number=number)


def _store(request: CaseRequest, row: ReadPage, *, begins: bool) -> store.Outcome:
    """Store a boundary with its note in the log; one does not stand without the other."""
    said = "a document begins here" if begins else "the document before goes on here"
    note = AddNote(text=f"Page {row.document_page} of the file {row.document[:16]}: {said}.")
    with transaction.atomic():
        outcome = store.act(request.case.number, note, by=request.user.actor, expected=None)
        if isinstance(outcome, store.Done):
            Boundary.objects.update_or_create(
                case=request.case,
                document=row.document,
                page=row.document_page,
                defaults={"begins": begins, "by": request.user, "at": now()},
            )
            job_plan.start(outcome.case, outcome.state)
    return outcome
