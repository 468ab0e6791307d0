"""Work in the background: what reads records, extracts facts, drafts and proposes by itself.

A job names its input by hash and does nothing where its result is there
already: a worker that is killed in the middle loses nothing, and two workers
do nothing twice. How far a job is, and why it failed, stands in its row
(``CaseJob``); nothing of a record stands there, or in the log of a worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from openimr.casework.commands import PrepareDraft
from openimr.casework.reviewer_work import ReviewerWork, work_of_reviewers
from openimr.casework.roles import Actor, Role
from openimr.desk import (
    drawing,
    figures,
    incoming,
    job_plan,
    lapsing,
    mailing,
    pictures,
    readings,
    reviewers,
    scanning,
    store,
)
from openimr.desk.clock import now, today
from openimr.desk.drafting import drafted, enclosed_draft
from openimr.desk.holders import keep_holders
from openimr.desk.job_plan import JobState, Kind
from openimr.desk.models import Case, CaseHolder, CaseJob, CaseMember, Reading
from openimr.terms.errors import CaseError, OpenIMRError
from openimr.terms.records import Page

# A job that fails is tried again after 10 seconds, then each time 30 seconds later than before, for
# some ten minutes in all; then a person has to look.
RETRY = RetryStrategy(max_attempts=7, wait=10, linear_wait=30)
QUEUES = ("records", "review")
# a worker that gave no sign of life for so many seconds was killed: others take its jobs anew
SILENCE = 30.0
# how often the page is told how far a job is, in seconds
TELL_EVERY = 1.0
# cases that changed since are looked through once a minute for what software has to do
LOOK_BACK = timedelta(minutes=5)
LOOK_EVERY = 60.0
# so many logs are read at once for what lists keep of cases from before it was kept
UNTOLD = 200
# what a killed reading left in the folder of files is removed after a day
LEFT_OVER = timedelta(days=1)
SOFTWARE = Actor(id="desk", role=Role.SYSTEM)
LOG = logging.getLogger(__name__)


class JobFailed(Exception):
    """A job failed in a way that may pass. It carries the kind of the error and nothing that it said."""


@app.task(name=Kind.READ_RECORDS.value, queue="records", retry=RETRY)
def read_records(*, number: str, wanted: str) -> None:
    """Read the records of a case, every page."""
    _do(Kind.READ_RECORDS, number, wanted, _read)


@app.task(name=Kind.EXTRACT_FACTS.value, queue="records", retry=RETRY)
def extract(*, number: str, wanted: str) -> None:
    """Extract the facts of what was read, and put them in the order of their days."""
    _do(Kind.EXTRACT_FACTS, number, wanted, _extract)


@app.task(name=Kind.PREPARE_DRAFT.value, queue="review", retry=RETRY)
def prepare_draft(*, number: str, wanted: str) -> None:
    """Put a draft without outcomes beside the closed file."""
    _do(Kind.PREPARE_DRAFT, number, wanted, _draft)


@app.task(name=Kind.PROPOSE_ASSIGNMENT.value, queue="review", retry=RETRY)
def propose_assignment(*, number: str, wanted: str) -> None:
    """Draw for all waiting cases; a person confirms the draw."""
    _do(Kind.PROPOSE_ASSIGNMENT, number, wanted, propose)


def _do(kind: Kind, number: str, wanted: str, step: Callable[[Case, CaseJob], None]) -> None:
    """Do one job, keep its row, and ask for what can be done after it.

    Raises:
        JobFailed: It failed in a way that may pass; it is tried again.
    """
    job = CaseJob.objects.filter(case__number=number, kind=kind.value, input=wanted).first()
    if job is None or job.state == JobState.DONE:
        return
    case = job.case
    try:
        _change(job, state=JobState.DOING, began_at=now(), ended_at=None, why="", times=job.times + 1)
        step(case, job)
        with transaction.atomic():  # killed here, the job is done again, finds its result, and goes on
            _change(job, state=JobState.DONE, ended_at=now())
            job_plan.start(case, store.state_of(case))
    except OpenIMRError as error:  # what a person must change: trying again would not help
        _change(job, state=JobState.FAILED, ended_at=now(), why=f"{error.found} {error.remedy}")
    except Exception as error:
        kind_of_error = type(error).__name__
        with contextlib.suppress(Exception):  # the database itself may be what is gone
            _change(job, state=JobState.FAILED, ended_at=now(), why=_unexpected(kind_of_error))
        # neither its words nor its trace: both may hold text of the record
        raise JobFailed(f"{kind.value} of {number}: {kind_of_error}") from None
    finally:
        connection.close()


def _unexpected(kind_of_error: str) -> str:
    return (
        f"An error of the program ({kind_of_error}). It is tried again by itself a few times; "
        "if it stays, tell whoever runs the desk."
    )


def _change(job: CaseJob, **columns: object) -> None:
    for name, value in columns.items():
        setattr(job, name, value)
    job.save(update_fields=[*columns])


def _read(case: Case, job: CaseJob) -> None:
    state = store.state_of(case)
    if readings.input_of(state, readings.boundaries_of(case)) != job.input:
        return  # more came in the meantime: the reading of everything is asked for behind this one
    if Reading.objects.filter(case=case, input=job.input).exists():
        return
    case_file, problems = readings.read(case, state, lambda pages, of: _told(job, pages, of))
    readings.save(case, job.input, case_file, problems)


def _told(job: CaseJob, pages: Iterable[Page], of: int) -> Iterator[Page]:
    """Yield the pages as they come, and keep in the row of the job how many there were."""
    last = 0.0
    for done, page in enumerate(pages, 1):
        yield page
        if time.monotonic() - last >= TELL_EVERY:
            last = time.monotonic()
            CaseJob.objects.filter(pk=job.pk).update(done=done, of=of)
    CaseJob.objects.filter(pk=job.pk).update(done=of, of=of)


def _extract(case: Case, job: CaseJob) -> None:
    reading = Reading.objects.filter(case=case, input=job.input).first()
    if reading is not None and reading.facts is None:
        readings.extract(reading)


def _draft(case: Case, job: CaseJob) -> None:
    state, reading = store.state_of(case), None
    closed = readings.sealed(case, state)
    if closed is not None and job_plan.draft_input(state, closed.input) == job.input:
        reading = closed
    facts = readings.facts_of(reading) if reading is not None else None
    if reading is None or facts is None or state.draft is not None:
        return  # what it was asked for is no longer so, or it is there
    enclosure = enclosed_draft(drafted(state, facts))
    with transaction.atomic():
        # two workers stand in line here: the second one sees that the draft is there
        if store.state_of(Case.objects.select_for_update().get(pk=case.pk)).draft is not None:
            return
        command = PrepareDraft(draft=enclosure, seal=reading.seal)
        outcome = store.act(case.number, command, by=SOFTWARE, expected=None)
    if not isinstance(outcome, store.Done):
        raise CaseError(
            asked=f"Prepare the draft of {case.number}",
            found="it was refused.",
            remedy=" ".join(str(reason) for reason in getattr(outcome, "reasons", ())),
        )


def propose(case: Case, job: CaseJob) -> None:
    """Draw reviewers for all cases that wait, unless a draw that nobody confirmed yet has this one."""
    if job_plan.assignment_input(store.state_of(case)) != job.input:
        return  # somebody was chosen, or left, in the meantime
    with transaction.atomic():
        reviewers.one_at_a_time()  # the second worker finds the draw of the first
        if not drawing.is_proposed(case):
            drawing.draw(drawing.waiting_rows(), by=None)


def look_after(since: timedelta = LOOK_BACK) -> None:
    """Ask for what software has to do in the cases that changed of late; most was asked for when they did."""
    for case in Case.objects.filter(is_open=True, changed_at__gte=now() - since):
        with transaction.atomic():
            job_plan.start(case, store.state_of(case))


def tidy() -> None:
    """Remove what readings and drawings that were killed left in the folders of files and pictures."""
    root: Path = settings.ENVIRONMENT.files
    for part in pictures.folder().glob("[0-9a-f][0-9a-f]/.part-*"):
        if now() - datetime.fromtimestamp(part.stat().st_mtime, UTC) > LEFT_OVER:
            part.unlink(missing_ok=True)
    for folder in root.glob(".reading-*"):
        changed = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        if now() - changed > LEFT_OVER:
            shutil.rmtree(folder, ignore_errors=True)


def run_worker(*, queues: tuple[str, ...], at_once: int, until_empty: bool, silence: float = SILENCE) -> None:
    """Do what waits in the queues, several jobs at once, until there is nothing or somebody stops it.

    Args:
        silence: After so many seconds without a sign of life the jobs of a worker are taken anew.
    """
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    tidy()
    while True:
        try:
            with app.replace_connector(connector.get_worker_connector()) as worker:
                asyncio.run(_run(worker, queues, at_once, until_empty, silence))
            return
        except ConnectorException as error:
            if until_empty or not isinstance(error.__cause__, OperationalError):
                raise
            LOG.warning("The database cannot be reached. The worker goes on when it is back.")
            time.sleep(2)


async def _run(worker: App, queues: tuple[str, ...], at_once: int, until_empty: bool, silence: float) -> None:
    async with worker.open_async():
        await _take_over(worker, silence)
        keeper = asyncio.create_task(_keep(worker, silence))
        try:
            await worker.run_worker_async(
                queues=list(queues or QUEUES),
                concurrency=at_once,
                wait=not until_empty,
                update_heartbeat_interval=silence / 3,
                stalled_worker_timeout=silence,
            )
        finally:
            keeper.cancel()


async def _keep(worker: App, silence: float) -> None:
    """Take over what killed workers left, and look for what nobody asked for, again and again."""
    looked = time.monotonic()
    while True:
        await asyncio.sleep(silence / 2)
        with contextlib.suppress(ConnectorException):  # it comes back, and so does this
            await _take_over(worker, silence)
        if time.monotonic() - looked >= LOOK_EVERY:
            looked = time.monotonic()
            await asyncio.to_thread(_look_after)


def _look_after() -> None:
    """Do what is done once a minute, each for itself."""
    for do in EVERY_MINUTE:
        try:
            do()
        except Exception as error:
            # a worker does not end because one look failed; the next one is a minute later
            LOG.warning("What is done every minute failed: %s", type(error).__name__)
        finally:
            connection.close()


def _lapse() -> None:
    lapsing.lapse_all(today())


def tell_work() -> int:
    """Return how many seats of reviewers got their work told that were there before it was kept."""
    untold = CaseMember.objects.filter(role=Role.REVIEWER.value, is_open=True, work="")
    seats = list(untold.select_related("case", "user").order_by("pk")[:UNTOLD])
    states = drawing.states_of([seat.case for seat in seats])
    for seat in seats:
        works = work_of_reviewers(states[seat.case.number])
        # whoever has no seat any more has nothing to do in the case
        work = works.get(seat.user.reviewer, ReviewerWork.RELEASED)
        CaseMember.objects.filter(pk=seat.pk, work="").update(work=work.value)
    return len(seats)


def tell_holders() -> int:
    """Return how many cases got all their roles told of which only the first one had been kept."""
    untold = CaseHolder.objects.filter(place=None).order_by("pk").values_list("case", flat=True)
    keys = list(untold[:UNTOLD])
    for key in keys:
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=key)
            keep_holders(case, store.state_of(case))
    return len(keys)


# ask for work, let offers lapse, send mail again, scan what is held, count the figures, leave room for
# pictures, and last what may take long: scan what came in before there was a scanner
EVERY_MINUTE: tuple[Callable[[], object], ...] = (
    look_after,
    _lapse,
    tell_work,
    tell_holders,
    mailing.send_delayed,
    incoming.scan_held,
    figures.recount,
    pictures.trim,
    scanning.scan_unscanned,
)


async def _take_over(worker: App, silence: float) -> None:
    """Put the jobs of workers that were killed into the queue again."""
    manager = worker.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silence):
        await manager.retry_job(job)
