"""The desk under load: many cases in a real PostgreSQL, served on loopback, everybody asking at once.

The cases are led through their lives by the desk itself and then copied in the
database, row by row, until there are enough; only the hashes of copied logs are
not computed anew. Every page that can be opened by its address is asked for.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import resource
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

# Cases that are led through their lives before they are copied: each stage once.
_LED = 18
_RATE = 20.0
# of a desk with no more cases than this each page is asked for in fewer of them, so that a quick run is quick
_FEW = 1_000
_THREADS = 16
Figures = dict[str, float]
# so many of the slowest pages are named on the error output, also with --json
SLOWEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One page to ask for: its name, its path, and the cookie of somebody who may open it."""

    name: str
    path: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One page that was asked for: how it answered, after how many seconds."""

    name: str
    status: int
    seconds: float


def fill(cases: int) -> None:
    """Fill the desk with so many cases."""
    from django.db import connection

    from openimr.desk.demo import fill as lead
    from openimr.desk.models import (
        Case,
        CaseEvent,
        CaseHolder,
        CaseMember,
        ClockResult,
        DisputeResult,
        OwedPaper,
        StoredInvoice,
    )

    lists = (OwedPaper, StoredInvoice, DisputeResult, ClockResult)
    lead(cases=min(cases, _LED))
    copies = max(0, -(-cases // _LED) - 1)
    with connection.cursor() as cursor:
        for copy in range(1, copies + 1):
            _copy(cursor, copy, (Case, CaseEvent, CaseMember, CaseHolder, *lists))
        cursor.execute("ANALYZE")


def _copy(cursor: Any, copy: int, models: tuple[type[Any], ...]) -> None:
    """Copy every led case once more, with all that lists keep of it, under another number and other days."""
    case, event, *others = models
    names = {m: [f.column for f in m._meta.concrete_fields if not f.primary_key] for m in models}
    shift = f"interval '{copy % 700} days'"

    def columns(model: type[Any], **changed: str) -> tuple[str, str]:
        return ", ".join(names[model]), ", ".join(changed.get(c, f"t.{c}") for c in names[model])

    number = f"t.number || '-{copy}'"
    moved = {
        "number": number,
        "filed_at": f"t.filed_at - {shift}",
        "patient": f"t.patient || ' {copy % 9973}'",
        "due_on": f"(t.due_on + {shift} - interval '350 days')::date",
    }
    into, taken = columns(case, **moved)
    led = "t.number !~ '-.*-'"
    cursor.execute(f"INSERT INTO desk_case ({into}) SELECT {taken} FROM desk_case t WHERE {led}")
    same = (
        f"JOIN desk_case o ON o.id = t.case_id AND {led.replace('t.', 'o.')} "
        f"JOIN desk_case n ON n.number = o.number || '-{copy}'"
    )
    body = "replace(t.body, '\"' || o.number || '\"', '\"' || n.number || '\"')"
    into, taken = columns(event, case_id="n.id", body=body)
    cursor.execute(f"INSERT INTO desk_caseevent ({into}) SELECT {taken} FROM desk_caseevent t {same}")
    for model in others:
        table = model._meta.db_table
        into, taken = columns(model, case_id="n.id", **_days(names[model], shift))
        cursor.execute(f"INSERT INTO {table} ({into}) SELECT {taken} FROM {table} t {same}")


# the columns of lists that hold a day or a moment
_DAYS = {"sent_on", "paid_on", "released_on", "done_on", "owed_since", "due_on"}


def _days(columns: list[str], shift: str) -> dict[str, str]:
    """Return how the days of a copied row are moved: with those of its case."""
    moved = {c: f"(t.{c} - {shift})" + ("::date" if c != "owed_since" else "") for c in columns if c in _DAYS}
    if {"since", "place"} & set(columns):  # a membership, or what waits for a role, is due when its case is
        moved["due_on"] = "n.due_on"
    return moved


def asks(cases: int = 6) -> list[Ask]:
    """Return every page that can be opened by its address, asked for by somebody who may in some cases."""
    from django.conf import settings
    from django.urls import reverse

    from openimr.casework.roles import Role
    from openimr.desk.access import PUBLIC, addresses
    from openimr.desk.models import CaseMember, User

    found = []
    cookies = {user.pk: _session(user) for user in User.objects.all()}
    one_of = {role: list(User.objects.filter(role=role.value)) for role in Role}
    pick = random.Random(7)
    for address in addresses():
        rule = address.rule
        arguments = {
            part.split(":")[-1] for part in address.pattern.split("<")[1:] for part in [part.split(">")[0]]
        }
        if rule is None or rule.form or rule.token or rule is PUBLIC or arguments - {"number"}:
            continue
        roles = [role for role in rule.roles or () if one_of[role]]
        for role in sorted(roles)[:4]:
            user = one_of[role][0]
            if not rule.case:
                found.append(Ask(name=address.name, path=reverse(address.name), cookie=cookies[user.pk]))
                continue
            mine = CaseMember.objects.filter(user=user).values_list("case__number", flat=True)[:400]
            if role is Role.AUDITOR or not mine:
                continue
            for number in pick.sample(list(mine), min(cases, len(mine))):
                path = reverse(address.name, kwargs={"number": number})
                found.append(Ask(name=address.name, path=path, cookie=cookies[user.pk]))
    assert settings.SESSION_COOKIE_NAME == "session"
    return found


def _session(user: Any) -> str:
    """Return the key of a session that somebody is signed in with, second factor and all."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    store.create()
    return f"session={store.session_key}"


def shown(pages: list[Ask]) -> tuple[list[Ask], dict[str, int]]:
    """Return the pages that are shown as the cases stand, and the most queries each asks the database.

    What may not be done now answers with a sentence that says so, and is left out.
    """
    from django.db import connection
    from django.test import Client

    most: dict[str, int] = {}
    found = []
    for ask in pages:
        client = Client(headers={"cookie": ask.cookie, "host": "127.0.0.1"})
        asked = 0

        def count(execute: Any, *given: Any) -> Any:
            nonlocal asked
            asked += 1
            return execute(*given)

        with connection.execute_wrapper(count):
            status = client.get(ask.path).status_code
        if status == 200:
            found.append(ask)
            most[ask.name] = max(most.get(ask.name, 0), asked)
    return found, most


@contextmanager
def served(port: int) -> Iterator[list[int]]:
    """Serve the desk in processes of its own; yields their numbers."""
    command = [sys.executable, "-m", "openimr.cli.main", "desk", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit("The desk did not answer within 30 seconds.")
        yield [process.pid, *_children(process.pid)]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [n for child in map(int, found) for n in (child, *_children(child))]


def load(port: int, pages: list[Ask], seconds: float, rate: float = _RATE) -> list[Timed]:
    """Return what became of a mixed load: pages in random order, at so many a second, each in its time."""
    drawn = random.Random(11).choices(pages, k=round(seconds * rate))
    begins = time.perf_counter() + 0.5
    waiting = iter(enumerate(drawn))
    lock, done = threading.Lock(), []

    def ask_on() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number, ask = next(waiting, (0, None))
            if ask is None:
                return
            time.sleep(max(0.0, begins + number / rate - time.perf_counter()))
            began = time.perf_counter()
            line.request("GET", ask.path, headers={"Cookie": ask.cookie})
            answer = line.getresponse()
            answer.read()
            done.append(Timed(name=ask.name, status=answer.status, seconds=time.perf_counter() - began))

    threads = [threading.Thread(target=ask_on) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def file_in_bulk(port: int, count: int) -> float:
    """Return the seconds in which so many applications were filed by one request of the API."""
    from datetime import date

    from openimr.casework.roles import Role
    from openimr.casework.stages import Stage
    from openimr.desk.api.tokens import Scope, make_token
    from openimr.desk.demo_case import application
    from openimr.desk.models import User
    from openimr.formats import to_json_line

    user = User.objects.filter(role=Role.INTAKE.value)[0]
    secret = make_token(user, name="bulk", scopes=frozenset(Scope), days=1)[1]
    bodies = []
    for n in range(count):
        body = json.loads(to_json_line(application(n, date(2026, 3, 2), stage=Stage.SCREENING)))
        body["patient"]["name"] = f"{body['patient']['name']} {secrets.token_hex(4)}"
        bodies.append(body)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    began = time.perf_counter()
    line.request("POST", "/api/v1/applications/bulk", json.dumps({"applications": bodies}), headers)
    said = json.loads(line.getresponse().read())
    if said.get("filed") != count:
        raise SystemExit(f"Of {count} applications {said.get('filed')} were filed: {str(said)[:500]}")
    return time.perf_counter() - began


def memory_mb(processes: list[int]) -> float:
    """Return the largest resident memory that one of some processes had."""
    lines = (Path(f"/proc/{p}/status").read_text() for p in processes if Path(f"/proc/{p}").exists())
    return max(int(text.split("VmHWM:")[1].split()[0]) / 1024 for text in lines)


def summed(done: list[Timed], asked: dict[str, int]) -> tuple[Figures, Table]:
    """Return the figures of a load, and the table of its pages, the slowest first."""
    table = Table("page", "asked", "median ms", "p95 ms", "most ms", "queries", title="Pages under load")
    p95s: dict[str, float] = {}
    by_name: dict[str, list[float]] = {}
    for one in done:
        by_name.setdefault(one.name, []).append(one.seconds * 1000)
    for name, times in by_name.items():
        p95s[name] = _p95(times)
    slowest = sorted(p95s, key=lambda n: -p95s[n])
    for name in slowest:
        times = by_name[name]
        row = (len(times), round(statistics.median(times)), round(p95s[name]), round(max(times)), asked[name])
        table.add_row(name, *map(str, row))
    wrong = sum(one.status >= 400 for one in done)
    figures = {
        "desk.pages": len(by_name),
        "desk.asked": len(done),
        "desk.failed": wrong,
        "desk.p95_ms": round(_p95([one.seconds * 1000 for one in done]), 1),
        "desk.slowest_page_p95_ms": round(max(p95s.values()), 1),
        "desk.work_list_p95_ms": round(p95s.get("work", 0.0), 1),
        "desk.most_queries": max(asked.values()),
    }
    told = "; ".join(f"{name} {p95s[name]:.0f} ms of {len(by_name[name])}" for name in slowest[:SLOWEST])
    print(f"Slowest pages by p95: {told}", file=sys.stderr)
    return figures, table


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def main() -> None:
    """Fill a desk, serve it, ask for its pages, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="540 cases, a short load, 50 applications")
    parser.add_argument("--json", action="store_true", help="print one object {figure: number}")
    given = parser.parse_args()
    cases, seconds, bulk = (540, 8.0, 50) if given.quick else (100_000, 120.0, 1_000)
    with tempfile.TemporaryDirectory(prefix="openimr-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        os.environ["OPENIMR_DATA"] = str(Path(folder) / "data")
        figures, table = measure(cases, seconds, bulk)
    if given.json:
        print(json.dumps(figures))
        return
    console = Console()
    console.print(table)
    for name, value in figures.items():
        console.print(f"{name:28} {value:,.1f}" if isinstance(value, float) else f"{name:28} {value:,}")


def measure(cases: int, seconds: float, bulk: int) -> tuple[Figures, Table]:
    """Return the figures of a desk with so many cases, and the table of its pages."""
    from openimr.desk import running

    with running.desk(migrate=True) as environment:
        running.collect_page_parts(environment)
        began = time.perf_counter()
        fill(cases)
        filled = time.perf_counter() - began
        pages, asked = shown(asks(6 if cases > _FEW else 1))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with served(port) as processes:
            load(port, pages, 3.0, rate=10.0)  # everything is loaded once before it is timed
            figures, table = summed(load(port, pages, seconds), asked)
            in_bulk = file_in_bulk(port, bulk)
            figures |= {
                "desk.cases": cases,
                "desk.filled_seconds": round(filled, 1),
                "desk.bulk_applications": bulk,
                "desk.bulk_seconds": round(in_bulk, 1),
                "desk.web_process_mb": round(memory_mb(processes), 1),
                "desk.own_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            }
    return figures, table


if __name__ == "__main__":
    main()
