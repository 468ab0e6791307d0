"""What goes wrong between people and machines: two at once, twice, killed, stopped, and fifty together."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from desk.conftest import user_of
from desk.test_intake import whole
from desk.test_jobs import SILENCE, WORKER, send, stop, wait_for, worker
from desk.test_review import case_at, decision, draft_in, open_draft, version_of
from desk.test_running import folder as folder  # a fixture
from desk.test_store import together
from desk.walking import client_of
from openimr.casework.commands import TakeOverCase
from openimr.casework.eligibility import screening
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import drafts, filing, job_plan, store
from openimr.desk.audit import verify
from openimr.desk.clock import today
from openimr.desk.demo_steps import SOFTWARE
from openimr.desk.job_plan import JobState, Kind
from openimr.desk.models import ApplicationDraft, Case, CaseEvent, Reading, StoredDraw, User
from openimr.desk.postgres import Server

PATIENCE = 60
USERS = 50
SECONDS = 4.0
# A worker in which every step but the reading stops before it stores anything, until it is killed.
STUCK = """
import sys, time
from openimr.desk import running
with running.desk():
    jobs = running.module("jobs")
    def stuck(name):
        def step(*given, **named):
            # in one piece: steps run beside each other, and parts of their lines would mix
            sys.stdout.write(f"in {name}\\n")
            sys.stdout.flush()
            time.sleep(600)
        return step
    jobs.readings.save_facts = stuck("extract_facts")
    jobs.store.act = stuck("prepare_draft")
    jobs.drawing.draw = stuck("propose_assignment")
    jobs.run_worker(queues=(), at_once=6, until_empty=False, silence=float(sys.argv[1]))
"""


def on_case(case: Case, role: Role) -> User:
    """Return somebody of a role who is on a case, from now on if nobody was."""
    found = case.members.filter(user__role=role).order_by("pk").first()
    if found is not None:
        return found.user
    store.act(case.number, TakeOverCase(why="to act in it"), by=user_of(role).actor, expected=None)
    case.refresh_from_db()
    return user_of(role)


@pytest.mark.usefixtures("own_database")
def test_of_two_people_who_decide_at_once_the_second_keeps_what_was_typed() -> None:
    case = case_at(Stage.SCREENING)
    people = [on_case(case, role) for role in (Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR)]
    store.act(case.number, screening(store.state_of(case).case), by=SOFTWARE, expected=None)
    state = store.state_of(case)
    before = CaseEvent.objects.filter(case=case, kind="EligibilityDecided").count()
    sent = {f"status-{n}": "eligible" for n in state.unended}
    sent |= {f"why-{n}": "Written by hand." for n in state.unended}
    clients = [client_of(user) for user in people]
    path = f"/cases/{case.number}/eligibility/decide/"
    answers = together(*(lambda c=c: c.post(path, {**sent, "version": state.version}) for c in clients))
    won, lost = sorted(answers, key=lambda a: a.status_code)
    assert (won.status_code, lost.status_code // 100) == (302, 4)
    told = lost.content.decode()
    assert "Written by hand." in told
    assert "changed" in told
    assert CaseEvent.objects.filter(case=case, kind="EligibilityDecided").count() == before + 1
    assert verify().is_sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """A form that somebody sends twice, and the event that it makes."""

    stage: Stage
    role: Role
    path: str
    kind: str
    fields: Callable[[Case], dict[str, str]]


def _owed(case: Case) -> dict[str, str]:
    paper = store.state_of(case).owed_papers[0]
    fax = {"channel": "fax", "method": "fax", "kind": "transmission_report", "reference": "report 7"}
    return {"what": f"{paper.id}~{paper.owed[0].value}", "on": today().isoformat(), **fax}


def _views(case: Case) -> dict[str, str]:
    live = store.state_of(case).live
    return {f"leans-{n}": "upheld" for n in live} | {f"because-{n}": "Shown." for n in live}


def _decision(case: Case) -> dict[str, str]:
    draft = draft_in(store.log_of(case), store.state_of(case))
    assert draft is not None
    return decision(case, draft)


def _letter(case: Case) -> dict[str, str]:
    letter = store.state_of(case).letter
    assert letter is not None
    return {"letter": letter.sha256}


def _invoice(case: Case) -> dict[str, str]:
    return {"number": f"{case.number}-9", "amount_usd": "345", "agreed_in": "the contract"}


FORMS = (
    Twice(
        stage=Stage.NOTICE,
        role=Role.CASE_MANAGER,
        path="serve-paper/",
        kind="Served",
        fields=_owed,
    ),
    Twice(
        stage=Stage.RECORDS,
        role=Role.CASE_MANAGER,
        path="records/chase/",
        kind="RecordsChased",
        fields=lambda _: {"lines": "The request for authorization"},
    ),
    Twice(
        stage=Stage.ATTESTATION,
        role=Role.REVIEWER,
        path="review/attest/",
        kind="Attested",
        fields=lambda _: {"no_conflict": "on", "qualified": "on"},
    ),
    Twice(stage=Stage.VIEW, role=Role.REVIEWER, path="review/view/", kind="ViewRecorded", fields=_views),
    Twice(
        stage=Stage.REVIEW,
        role=Role.REVIEWER,
        path="review/",
        kind="DeterminationAdopted",
        fields=_decision,
    ),
    Twice(stage=Stage.QUALITY, role=Role.QUALITY, path="release/", kind="Released", fields=_letter),
    Twice(
        stage=Stage.APPEAL,
        role=Role.CASE_MANAGER,
        path="add-note/",
        kind="NoteAdded",
        fields=lambda _: {"text": "Once."},
    ),
)


@pytest.mark.usefixtures("own_database")
def test_every_form_that_is_sent_twice_at_once_is_stored_once() -> None:
    for form in FORMS:
        case = case_at(form.stage)
        user = on_case(case, form.role)
        if form.role is Role.REVIEWER:
            user = User.objects.get(reviewer=store.state_of(case).seats[0].reviewer)
        if form.stage is Stage.REVIEW:
            open_draft(case, client_of(user))
        sent = {**form.fields(case), "version": version_of(case)}
        before = CaseEvent.objects.filter(case=case, kind=form.kind).count()
        clients = [client_of(user) for _ in range(2)]
        path = f"/cases/{case.number}/{form.path}"
        answers = together(*(lambda c=c, p=path, s=sent: c.post(p, s) for c in clients))
        made = CaseEvent.objects.filter(case=case, kind=form.kind).count() - before
        assert made == 1, (form.path, made, [a.status_code for a in answers])
        assert all(a.status_code < 500 for a in answers), form.path
    assert verify().is_sound


@pytest.mark.usefixtures("own_database")
def test_an_application_that_is_signed_twice_at_once_is_one_case() -> None:
    applicant = user_of(Role.APPLICANT)
    draft = drafts.begin(applicant, whole())
    clients = [client_of(applicant) for _ in range(2)]
    sent = {"agree": "on", "signature": "Sabine Ferrow"}
    before = Case.objects.count()
    answers = together(*(lambda c=c: c.post(f"/apply/{draft.key}/sign/", sent) for c in clients))
    assert all(a.status_code == 302 for a in answers)
    assert Case.objects.count() == before + 1
    assert ApplicationDraft.objects.get(pk=draft.pk).filed_as is not None


@pytest.mark.usefixtures("own_database")
def test_a_worker_that_is_killed_in_three_jobs_at_once_leaves_them_to_another(
    server: Server, own_database: str
) -> None:
    """Reading is killed in the tests of jobs; here facts, draft and draw are, each before it is stored."""
    reads, waits = case_at(Stage.RECORDS), case_at(Stage.ASSIGNMENT)
    send(reads, "more.pdf", "Pain 5/10.")
    StoredDraw.objects.all().delete()
    job_plan.start(waits, store.state_of(waits))
    draws = CaseEvent.objects.filter(kind="ReviewerProposed").count()
    stuck = worker(server, own_database, STUCK)
    late = threading.Timer(PATIENCE, stuck.kill)
    late.start()
    wanted = {f"in {kind.value}" for kind in Kind if kind is not Kind.READ_RECORDS}
    said: list[str] = []
    try:
        assert stuck.stdout is not None
        for line in stuck.stdout:
            said.append(line.strip())
            if wanted <= set(said):
                break
        stuck.send_signal(signal.SIGKILL)
        stuck.wait(30)
        assert wanted <= set(said), said
        other = worker(server, own_database, WORKER)
        done = [wait_for(reads, Kind.EXTRACT_FACTS), wait_for(waits, Kind.PREPARE_DRAFT)]
        done.append(wait_for(waits, Kind.PROPOSE_ASSIGNMENT))
        time.sleep(SILENCE)
        told = stop(other)
    finally:
        late.cancel()
        stuck.kill()
    assert [job.state for job in done] == [JobState.DONE] * 3, ([job.why for job in done], told)
    assert Reading.objects.filter(case=reads).latest("pk").facts is not None
    assert CaseEvent.objects.filter(case=waits, kind="DraftPrepared").count() == 1
    assert StoredDraw.objects.count() == 1, "a draw that waits is not drawn again and again"
    assert CaseEvent.objects.filter(kind="ReviewerProposed").count() == draws, "a person confirms a draw"
    assert verify().is_sound


@contextmanager
def serving(folder: Path | None, database: str | None) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    """Run the desk in processes of its own: its port, the process, and what it prints."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = int(line.getsockname()[1])
    given = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    del given["OPENIMR_ADDRESS"]
    data = folder or settings.ENVIRONMENT.data
    given["OPENIMR_DATA"] = str(data)
    if database is not None:
        given["DATABASE_URL"] = database
    printed = data / f"printed-{port}.txt"
    command = [sys.executable, "-m", "openimr.cli.main", "desk", "serve", "--port", str(port)]
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, env=given, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        until_healthy(port)
        yield port, process, printed
    finally:
        kill(process, signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            kill(process, signal.SIGKILL)
            process.wait(PATIENCE)


def kill(process: subprocess.Popen[bytes], with_signal: int) -> None:
    """Send a signal to a desk and to every process that it started."""
    try:
        os.killpg(process.pid, with_signal)
    except ProcessLookupError:
        return


def until_healthy(port: int) -> None:
    """Wait until the desk answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if Visitor(port, "").get("/healthy/")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("the desk does not answer")


@dataclass
class Visitor:
    """Somebody with a session, who opens pages over one connection after the other."""

    port: int
    cookie: str
    csrf: str = field(default="")

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page; the token of its form is kept."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, object]) -> tuple[int, str]:
        """Return the status and the text of the answer to a form, or where it leads."""
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self.csrf}))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            cookies = f"{settings.SESSION_COOKIE_NAME}={self.cookie}; csrf={self.csrf[:32]}"
            headers = {"Cookie": cookies, "Host": f"127.0.0.1:{self.port}"}
            if body is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded"}
                headers |= {"Origin": f"http://127.0.0.1:{self.port}"}
            line.request(method, path, body=body, headers=headers)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            if set_cookie := re.search(r"csrf=(\w+)", answer.headers.get("Set-Cookie", "")):
                self.csrf = set_cookie[1]
            return answer.status, answer.headers.get("Location") or text
        finally:
            line.close()


def visitor(port: int, user: User) -> Visitor:
    """Return somebody who is signed in at a desk that shares the database of the test."""
    return Visitor(port, client_of(user).cookies[settings.SESSION_COOKIE_NAME].value)


def test_the_desk_killed_in_the_middle_of_requests_has_written_nothing_by_half(
    server: Server, own_database: str
) -> None:
    cases = list(Case.objects.filter(members__user=user_of(Role.CASE_MANAGER), is_open=True)[:4])
    answered: list[tuple[str, str]] = []
    counted = threading.Lock()

    def write(one: Visitor, case: Case) -> None:
        path = f"/cases/{case.number}/add-note/"
        for n in range(500):
            try:
                version = re.findall(r'name="version" value="(\d+)"', one.get(path)[1])[-1]
                text = f"Note {case.number} {n}."
                status, where = one.post(path, {"text": text, "version": version})
            except (OSError, http.client.HTTPException):
                return
            if status == 302 and case.number in where:
                with counted:
                    answered.append((case.number, text))

    with (
        serving(None, server.url(own_database)) as (port, process, _),
        ThreadPoolExecutor(len(cases)) as pool,
    ):
        visitors = [visitor(port, user_of(Role.CASE_MANAGER)) for _ in cases]
        writing = [pool.submit(write, one, case) for one, case in zip(visitors, cases, strict=True)]
        deadline = time.monotonic() + PATIENCE
        while len(answered) < 12 and time.monotonic() < deadline:
            time.sleep(0.02)
        kill(process, signal.SIGKILL)
        for one in writing:
            one.result(PATIENCE)
    assert len(answered) >= 12
    bodies = list(CaseEvent.objects.filter(kind="NoteAdded").values_list("case__number", "body"))
    for number, text in answered:
        assert sum(number == n and text in body for n, body in bodies) == 1, text
    audit = verify()
    assert audit.is_sound
    with serving(None, server.url(own_database)) as (port, _, _):
        status, page = visitor(port, user_of(Role.CASE_MANAGER)).get(f"/cases/{cases[0].number}/")
        assert status == 200 and cases[0].number in page


def test_a_database_that_was_stopped_is_told_of_plainly_and_the_next_request_works(folder: Path) -> None:
    server = Server(folder=folder / "postgres")
    with serving(folder, None) as (port, _, _):
        somebody = Visitor(port, "")
        assert somebody.get("/status/?number=CM26-0000001")[0] == 404
        server.stop()
        assert not server.is_running()
        status, page = somebody.get("/status/?number=CM26-0000001")
        assert status == 500
        assert "<h1" in page and "Traceback" not in page and "psycopg" not in page
        assert "again" in page, "what to do is said"
        server.start()
        assert somebody.get("/status/?number=CM26-0000001")[0] == 404


def test_fifty_people_at_once_see_each_their_own_cases_and_nothing_fails(
    server: Server, own_database: str
) -> None:
    day = today()
    people: list[tuple[User, Case]] = []
    for n in range(USERS):
        user = User.objects.create_user(f"alone{n}", None, role=Role.APPLICANT, name=f"Alone {n}")
        name = f"Patient-{n:02}-Ember"
        entered = whole(patient_name=name, born_on=(day - timedelta(days=9000 + n)).isoformat())
        filed = filing.file_draft(drafts.begin(user, entered), user)
        assert isinstance(filed, filing.Filed)
        people.append((user, filed.case))
    wrong: list[str] = []
    times: list[float] = []

    def visit(one: Visitor, n: int) -> int:
        case = people[n][1]
        foreign = people[(n + 1) % USERS][1]
        own, seen = f"Patient-{n:02}-Ember", 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            for path, expected in (
                ("/my-cases/", 200),
                (f"/my-cases/{case.number}/", 200),
                (f"/my-cases/{foreign.number}/", 404),
                (f"/status/{foreign.number}/", 200),
            ):
                began = time.monotonic()
                status, text = one.get(path)
                times.append(time.monotonic() - began)
                others = set(re.findall(r"Patient-\d\d-Ember", text)) - {own}
                is_right = status == expected and not others
                if path == "/my-cases/":
                    is_right = is_right and case.number in text and foreign.number not in text
                if not is_right:
                    wrong.append(f"{path}: {status} {sorted(others)}")
                seen += 1
        return seen

    with serving(None, server.url(own_database)) as (port, _, printed):
        visitors = [visitor(port, user) for user, _ in people]
        with ThreadPoolExecutor(USERS) as pool:
            counts = [one.result(120) for one in [pool.submit(visit, v, n) for n, v in enumerate(visitors)]]
        said = printed.read_text()
    assert wrong == []
    assert min(counts) >= 4, "everybody was served"
    assert "Ember" not in said and "Traceback" not in said
    assert verify().is_sound
