"""Work in the background, with real workers: killed in a step, doubled, failed, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from desk.conftest import sign_in, user_of
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import incoming, job_plan, jobs, readings, store
from openimr.desk.demo_records import pdf
from openimr.desk.files import path_of
from openimr.desk.job_plan import JobState, Kind, Known, wanted
from openimr.desk.models import Case, CaseEvent, CaseJob, Reading, ReadPage
from openimr.desk.postgres import Server

PATIENCE = 120
# three signs of life are given in it: on a machine with much to do a living worker must not count as dead
SILENCE = 9
# A worker whose reading stops at its second page until it is killed.
SLOW = """
import sys, time
from openimr.desk import running
with running.desk():
    jobs = running.module("jobs")
    told = jobs._told
    def slowly(job, pages, of):
        for number, page in enumerate(told(job, pages, of), 1):
            yield page
            if number == 2:
                print("in the step", flush=True)
                time.sleep(600)
    jobs._told = slowly
    jobs.run_worker(queues=(), at_once=1, until_empty=False, silence=float(sys.argv[1]))
"""
WORKER = """
import sys
from openimr.desk import running
with running.desk():
    running.module("jobs").run_worker(queues=(), at_once=2, until_empty=False, silence=float(sys.argv[1]))
"""


def case_in(stage: Stage) -> Case:
    """Return a case that stands at a stage."""
    return Case.objects.filter(stage=stage.value).order_by("pk")[0]


def send(case: Case, name: str, lines: str) -> store.Outcome:
    """Let the claims administrator send a file of three pages that nobody sent before."""
    data = pdf([["PROGRESS REPORT", f"Date of service: 0{n}/03/2026", lines] for n in (1, 2, 3)])
    by = user_of(Role.INTAKE)
    party = CaseParty.PAYER
    return incoming.take_whole(case, by, (data,), name=name, size=len(data), submitter=party, on=None)


def worker(server: Server, database: str, program: str) -> subprocess.Popen[str]:
    """Return a worker process on a database of the test."""
    environment = {
        **os.environ,
        "DATABASE_URL": server.url(database),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, "-c", program, str(SILENCE)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(case: Case, kind: Kind) -> CaseJob:
    """Return the last job of a kind once it is done or failed."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        job = CaseJob.objects.filter(case=case, kind=kind.value).order_by("-pk").first()
        if job is not None and job.state in (JobState.DONE, JobState.FAILED):
            return job
        time.sleep(0.2)
    found = "nobody asked for it" if job is None else f"it is {job.state}, begun {job.times} times: {job.why}"
    raise AssertionError(f"{kind} did not end in {PATIENCE} seconds: {found}")


def stop(process: subprocess.Popen[str]) -> str:
    """Return what a worker printed, once it was told to stop."""
    process.terminate()
    try:
        return process.communicate(timeout=30)[0]
    finally:
        process.kill()


def test_what_software_does_follows_from_what_is_there(db: None) -> None:
    case = case_in(Stage.RECORDS)
    state = store.state_of(case)
    new = Known(input="a" * 64, is_read=False, has_facts=False)
    assert [one.kind for one in wanted(state, new)] == [Kind.READ_RECORDS]
    read = Known(input="a" * 64, is_read=True, has_facts=False)
    assert [one.kind for one in wanted(state, read)] == [Kind.EXTRACT_FACTS]
    assert wanted(state, Known(input="a" * 64, is_read=True, has_facts=True)) == ()
    closed = store.state_of(case_in(Stage.ASSIGNMENT))
    ready = Known(input="a" * 64, is_read=True, has_facts=True, sealed="a" * 64, sealed_has_facts=True)
    assert [one.kind for one in wanted(closed, ready)] == [Kind.PREPARE_DRAFT, Kind.PROPOSE_ASSIGNMENT]


def test_another_order_or_another_sender_is_another_input(db: None) -> None:
    case = case_in(Stage.RECORDS)
    before = readings.input_of(store.state_of(case), ())
    assert send(case, "more.pdf", "Pain 5/10.")
    assert readings.input_of(store.state_of(case), ()) != before


def test_a_file_that_comes_is_read_once_however_often_it_is_asked_for(db: None) -> None:
    case = case_in(Stage.RECORDS)
    send(case, "more.pdf", "Pain 5/10.")
    state = store.state_of(case)
    for _ in range(3):
        job_plan.start(case, state)
    job = CaseJob.objects.get(case=case, kind=Kind.READ_RECORDS.value)
    with connection.cursor() as cursor:
        name = f"read_records {case.number} {job.input}"
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queueing_lock = %s", [name])
        assert cursor.fetchone() == (1,)


@pytest.mark.usefixtures("own_database")
def test_a_worker_that_is_killed_in_a_step_loses_nothing_and_nothing_is_there_twice(
    server: Server, own_database: str
) -> None:
    case = case_in(Stage.RECORDS)
    pages_before = ReadPage.objects.filter(reading__case=case).count()
    send(case, "more.pdf", "Pain 5/10.")
    slow = worker(server, own_database, SLOW)
    try:
        assert slow.stdout is not None
        assert any("in the step" in line for line in slow.stdout)
        assert CaseJob.objects.get(case=case, kind=Kind.READ_RECORDS.value).state == JobState.DOING
        slow.send_signal(signal.SIGKILL)
        slow.wait(30)
        others = [worker(server, own_database, WORKER) for _ in range(2)]
        read, extracted = (wait_for(case, kind) for kind in (Kind.READ_RECORDS, Kind.EXTRACT_FACTS))
        said = [stop(other) for other in others]
    finally:
        slow.kill()
    assert (read.state, read.times) == (JobState.DONE, 2)
    assert extracted.state == JobState.DONE, extracted.why
    reading = readings.current(case, store.state_of(case))
    assert reading is not None
    files = store.state_of(case).records
    assert reading.pages.count() == sum(file.pages for file in files) == pages_before + 3
    assert Reading.objects.filter(case=case, input=reading.input).count() == 1
    assert readings.facts_of(reading)
    assert not any("Pain" in line or "PROGRESS" in line for line in said), "a log holds text of a record"


@pytest.mark.usefixtures("own_database")
def test_the_draft_is_prepared_once_by_two_workers(server: Server, own_database: str) -> None:
    case = case_in(Stage.ASSIGNMENT)
    workers = [worker(server, own_database, WORKER) for _ in range(2)]
    try:
        job = wait_for(case, Kind.PREPARE_DRAFT)
    finally:
        said = [stop(one) for one in workers]
    assert job.state == JobState.DONE, (job.why, said)
    assert CaseEvent.objects.filter(case=case, kind="DraftPrepared").count() == 1
    state = store.state_of(case)
    assert state.draft is not None
    assert state.drafted_from == state.seal


def test_a_job_that_fails_says_why_and_is_started_again(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_in(Stage.RECORDS)
    send(case, "more.pdf", "Pain 5/10.")
    job = CaseJob.objects.get(case=case, kind=Kind.READ_RECORDS.value)
    stored = path_of(store.state_of(case).records[-1].sha256)
    away = stored.with_suffix(".away")
    stored.rename(away)
    jobs.read_records(number=case.number, wanted=job.input)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "it is not there" in job.why
    client = sign_in(Role.CASE_MANAGER)
    page = client.get(f"/cases/{case.number}/jobs/").content.decode()
    assert "it is not there" in page
    assert "Start again" in page
    away.rename(stored)
    client.post(f"/cases/{case.number}/jobs/again/", {"kind": Kind.READ_RECORDS.value})
    jobs.read_records(number=case.number, wanted=job.input)
    job.refresh_from_db()
    assert (job.state, job.why) == (JobState.DONE, "")


def test_an_error_of_the_program_is_told_without_its_words(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_in(Stage.RECORDS)
    send(case, "more.pdf", "Pain 5/10.")
    job = CaseJob.objects.get(case=case, kind=Kind.READ_RECORDS.value)

    def broken(*_: object) -> None:
        raise ValueError("Pain 5/10")

    monkeypatch.setattr(readings, "read", broken)
    with pytest.raises(jobs.JobFailed) as caught:
        jobs.read_records(number=case.number, wanted=job.input)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "ValueError" in job.why
    assert "Pain" not in f"{job.why} {caught.value}"


def test_a_killed_reading_leaves_no_copies_for_ever(own_database: str) -> None:
    left: Path = settings.ENVIRONMENT.files / ".reading-killed"
    left.mkdir()
    os.utime(left, (0, 0))
    new: Path = settings.ENVIRONMENT.files / ".reading-now"
    new.mkdir()
    jobs.tidy()
    assert not left.exists()
    assert new.exists()
    new.rmdir()
