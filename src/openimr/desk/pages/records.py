"""The records of a case: what came, what must come, what software makes of it, and the files themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty
from openimr.casework.receiving import records_clock, records_penalty
from openimr.casework.roles import Role
from openimr.desk import incoming, job_plan, readings, scanning, store
from openimr.desk.access import EVERYBODY, ON_THE_CASE, CaseRequest, only, page
from openimr.desk.clock import now, today
from openimr.desk.files import open_file
from openimr.desk.models import Case, HeldFile, Reading, SourceFile
from openimr.desk.pages import record_rows as rows
from openimr.desk.pages.outcomes import tell
from openimr.records.checklist import Certificate, certificate_of
from openimr.terms.records import CaseFile

# Who sees what was read of the records: the parties have them from each other, not from here.
READERS = EVERYBODY - {Role.APPLICANT, Role.PAYER, Role.ADMINISTRATOR}
READ_BY = only(*sorted(READERS), case=True)
WORKERS_RESTART = only(Role.INTAKE, Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, case=True, form=True)
_ACTS = (
    (Action.RECEIVE_RECORDS, "case-receive-records", "Add files"),
    (Action.CHASE_RECORDS, "case-chase-records", "Remind the claims administrator"),
    (Action.COMPLETE_RECORDS, "case-complete-records", "Close the file for review"),
    (Action.FIND_UNDECIDABLE, "case-find-undecidable", "Cannot be decided"),
    (Action.REQUEST_INFORMATION, "case-request-information", "Ask for more information"),
)


@page(ON_THE_CASE)
@require_GET
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page of the records; that it was opened is recorded."""
    opened = store.look(number, "records", by=request.user.actor)
    state, role = opened.state, request.user.acts_as
    sees_reading = role in READERS and (role is not Role.REVIEWER or _has_attested(state, request))
    reading = readings.shown(opened.case, state) if sees_reading else None
    sources = rows.sources_by(number)
    may, work = available_actions(state, role), rows.job_rows(job_plan.jobs_of(opened.case))
    context = {
        "case": opened.case,
        "state": state,
        "today": today(),
        "files": rows.files(state, sources, role),
        "orders": rows.orders(sources, role),
        "infected": scanning.infected_of(sources) if request.user.is_staff else (),
        "checklist": rows.checklist(state, readings.exhibits_of(reading)) if reading else (),
        "certificate": certificate(state, reading) if reading else None,
        "problems": readings.problems_of(reading) if reading else (),
        "reading": reading,
        "is_current": reading is not None and reading.input == job_plan.known_of(opened.case, state).input,
        "jobs": work if sees_reading else (),
        "running": any(row.is_running for row in work),
        "clock": records_clock(state),
        "penalty": records_penalty(state, now()) if state.records_completed_at is None else None,
        "requests": rows.requests(state, role),
        "unfinished": incoming.unfinished(opened.case, request.user),
        "acts": [(name, words) for action, name, words in _ACTS if action in may],
        "may_answer": Action.ANSWER_INFORMATION in may,
        "may_close": Action.CLOSE_INFORMATION in may,
        "sees_reading": sees_reading,
        "may_restart": role in (WORKERS_RESTART.roles or ()),
        "is_staff": request.user.is_staff,
        "held": _held(opened.case, role),
        "no_scanner": "" if scanning.is_configured() else scanning.NO_SCANNER,
    }
    return render(request, "desk/records/show.html", context)


def _held(case: Case, role: Role) -> list[HeldFile]:
    """Return the files that wait for the scanner; somebody from outside sees their own alone."""
    found = case.held.order_by("pk")
    return [one for one in found if role in READERS or rows.is_own(role, CaseParty(one.submitter))]


def _has_attested(state: CaseState, request: CaseRequest) -> bool:
    seat = state.seat_of(request.user.actor.id)
    return seat is not None and seat.attestation is not None


def certificate(state: CaseState, reading: Reading) -> Certificate:
    """Return what would be certified of a reading."""
    case_file = CaseFile(
        manifest=readings.manifest_of(reading), pages=(), exhibits=readings.exhibits_of(reading)
    )
    return certificate_of(state.case, case_file)


@page(READ_BY)
@require_GET
def jobs(request: CaseRequest, number: str) -> HttpResponse:
    """Return how far software is with a case; the page of the records asks for it again and again."""
    found = rows.job_rows(job_plan.jobs_of(request.case))
    context = {
        "case": request.case,
        "jobs": found,
        "running": any(row.is_running for row in found),
        "may_restart": request.user.acts_as in (WORKERS_RESTART.roles or ()),
    }
    return render(request, "desk/records/jobs.html", context)


@page(WORKERS_RESTART)
def start_again(request: CaseRequest, number: str) -> HttpResponse:
    """Start a job again that failed."""
    kind = request.POST.get("kind", "")
    failed = request.case.jobs.filter(kind=kind, state=job_plan.JobState.FAILED).order_by("-pk").first()
    if failed is None:
        messages.error(request, "Nothing was started: that work did not fail, or was done since.")
    else:
        one = job_plan.Wanted(kind=job_plan.Kind(failed.kind), input=failed.input)
        job_plan.ask(request.case, one, again=True)
        messages.success(request, f"{rows.JOB_WORDS[kind]}: started again.")
    return redirect("case-records", number=number)


@page(ON_THE_CASE)
@require_GET
def file(request: CaseRequest, number: str, sha256: str) -> HttpResponseBase:
    """Return a file as it was sent; that it was read is recorded."""
    role = request.user.acts_as
    found = [
        source
        for source in SourceFile.objects.filter(case=request.case, file_id=sha256).select_related("file")
        if rows.may_have(role, source)
    ]
    if not found:
        messages.error(request, "There is no such file that you may open.")
        return redirect("case-records", number=number)
    if not scanning.may_open(sha256):
        messages.error(request, "A virus was found in that file, or it was not checked: it cannot be opened.")
        return redirect("case-records", number=number)
    outcome = store.note_read(number, sha256, by=request.user.actor)
    if not isinstance(outcome, store.Done):
        tell(request, outcome)
        return redirect("case-records", number=number)
    return FileResponse(
        open_file(sha256),
        as_attachment=True,
        filename=found[0].name,
        content_type=found[0].file.media_type or "application/octet-stream",
    )
