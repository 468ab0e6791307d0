"""What software has to do for a case by itself: computed from what is there, put into the queue once.

A job is named by its kind and the hash of its input. Whoever finds that it
is wanted asks for it; asked for twice, it waits once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, is_closed, stage_of
from openimr.desk import drawing, readings
from openimr.desk.clock import now
from openimr.desk.models import Case, CaseJob
from openimr.formats.writing import canonical


class Kind(StrEnum):
    """What software does by itself."""

    READ_RECORDS = "read_records"
    EXTRACT_FACTS = "extract_facts"
    PREPARE_DRAFT = "prepare_draft"
    PROPOSE_ASSIGNMENT = "propose_assignment"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    DOING = "doing"
    DONE = "done"
    FAILED = "failed"


QUEUE_OF = {
    Kind.READ_RECORDS: "records",
    Kind.EXTRACT_FACTS: "records",
    Kind.PREPARE_DRAFT: "review",
    Kind.PROPOSE_ASSIGNMENT: "review",
}
UNFINISHED = (JobState.WAITING, JobState.DOING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One job: its kind, and the hash of what it works on."""

    kind: Kind
    input: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is there of a case: the input as it is now and how far that is; the closed file likewise."""

    input: str
    is_read: bool
    has_facts: bool
    sealed: str | None = None
    sealed_has_facts: bool = False
    is_drawn: bool = False
    """Whether a draw of the case waits to be confirmed."""


def wanted(state: CaseState, known: Known) -> tuple[Wanted, ...]:
    """Return what software has to do in a case now; each only where what it needs is there."""
    if not state.records or state.filed_at is None or is_closed(stage_of(state)):
        return ()
    found = []
    if not known.is_read:
        found.append(Wanted(kind=Kind.READ_RECORDS, input=known.input))
    elif not known.has_facts:
        found.append(Wanted(kind=Kind.EXTRACT_FACTS, input=known.input))
    may_draft = Action.PREPARE_DRAFT in available_actions(state, Role.SYSTEM)
    if may_draft and state.draft is None and known.sealed is not None and known.sealed_has_facts:
        found.append(Wanted(kind=Kind.PREPARE_DRAFT, input=draft_input(state, known.sealed)))
    elif may_draft and state.draft is None and known.sealed is not None and known.sealed != known.input:
        found.append(Wanted(kind=Kind.EXTRACT_FACTS, input=known.sealed))
    if stage_of(state) is Stage.ASSIGNMENT and not known.is_drawn:
        found.append(Wanted(kind=Kind.PROPOSE_ASSIGNMENT, input=assignment_input(state)))
    return tuple(found)


def assignment_input(state: CaseState) -> str:
    """Return the hash of everything in a case that a draw depends on; the panel is looked at as it is."""
    told = {
        "case": state.case,
        "live": state.live,
        "wanted": state.reviewers_wanted,
        "seats": [seat.reviewer for seat in state.seats],
        "former": [former.reviewer for former in state.former],
        "round": state.round,
    }
    return sha256(canonical(told)).hexdigest()


def draft_input(state: CaseState, reading: str) -> str:
    """Return the hash of everything that a draft depends on: the reading and what is in dispute."""
    told = {"reading": reading, "case": state.case, "live": state.live, "round": state.round}
    return sha256(canonical(told)).hexdigest()


def known_of(case: Case, state: CaseState) -> Known:
    """Return what is there of a case."""
    reading, closed = readings.current(case, state), readings.sealed(case, state)
    return Known(
        input=readings.input_of(state, readings.boundaries_of(case)),
        is_read=reading is not None,
        has_facts=reading is not None and readings.has_facts(reading),
        sealed=closed.input if closed else None,
        sealed_has_facts=closed is not None and readings.has_facts(closed),
        is_drawn=stage_of(state) is Stage.ASSIGNMENT and drawing.is_proposed(case),
    )


def start(case: Case, state: CaseState) -> None:
    """Ask for everything that software has to do in a case now; within the transaction of what led to it."""
    for one in wanted(state, known_of(case, state)):
        ask(case, one)


def ask(case: Case, one: Wanted, *, again: bool = False) -> CaseJob:
    """Return a job that was put into the queue unless it was asked for before; ``again`` if it failed."""
    with transaction.atomic():
        row, is_new = CaseJob.objects.get_or_create(
            case=case, kind=one.kind.value, input=one.input, defaults={"state": JobState.WAITING}
        )
        # one that is done and wanted all the same was overtaken by a change that was taken back
        if is_new or row.state == JobState.DONE or (again and row.state == JobState.FAILED):
            row.state, row.why, row.done, row.of, row.asked_at = JobState.WAITING, "", 0, 0, now()
            row.save()
            put_into_queue(case.number, one)
    return row


def put_into_queue(number: str, one: Wanted) -> None:
    """Put a job into the queue, unless it waits there."""
    name = f"{one.kind.value} {number} {one.input}"
    deferrer = app.configure_task(
        one.kind.value, queue=QUEUE_OF[one.kind], lock=name, queueing_lock=name, allow_unknown=True
    )
    try:
        with transaction.atomic():
            deferrer.defer(number=number, wanted=one.input)
    except AlreadyEnqueued:
        pass


def jobs_of(case: Case) -> tuple[CaseJob, ...]:
    """Return what software does for a case: of each kind what was asked for last."""
    last: dict[str, CaseJob] = {}
    for job in CaseJob.objects.filter(case=case).order_by("pk"):
        last[job.kind] = job
    return tuple(last[kind.value] for kind in Kind if kind.value in last)
