"""A real PostgreSQL for the tests of the desk: one server for a run, one database for each process."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import psycopg
import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from openimr.casework.roles import Role
from openimr.desk import running
from openimr.desk.demo import fill
from openimr.desk.models import Case, User
from openimr.desk.postgres import Server

# what is lost when the machine stops does not matter to a test
IN_A_HURRY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
TEMPLATE = "filled"
# passwords of tests guard nothing, and a proper hash takes a third of a second of each sign-in
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process of the run in at a time."""
    path = settings.ENVIRONMENT.data / name
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def point_at(name: str) -> None:
    """Let Django use another database of the server."""
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name


def order(server: Server, words: str) -> None:
    """Tell the server to make or drop a database."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as line:
        line.execute(words)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return the embedded server of the run; the last process that leaves stops it."""
    environment = settings.ENVIRONMENT
    environment.data.mkdir(exist_ok=True)
    environment.data.chmod(0o711)
    found = Server(folder=environment.data / "postgres")
    with found.in_use(IN_A_HURRY):
        yield found
    if not found.is_running():
        shutil.rmtree(environment.data, ignore_errors=True)


@pytest.fixture(scope="session")
def database(server: Server, worker_id: str) -> Iterator[str]:
    """Return the database of this process: a copy of one that holds the invented cases."""
    with locked("template.lock"):
        with psycopg.connect(server.url("postgres")) as line:
            known = line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
        if known is None:
            order(server, f"CREATE DATABASE {TEMPLATE}_making")
            point_at(f"{TEMPLATE}_making")
            running.make_tables()
            fill()
            point_at("postgres")
            order(server, f"ALTER DATABASE {TEMPLATE}_making RENAME TO {TEMPLATE}")
            running.collect_page_parts(settings.ENVIRONMENT)
        name = f"of_{worker_id}"
        order(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    point_at(name)
    yield name
    point_at("postgres")


@pytest.fixture
def db(database: str) -> Iterator[None]:
    """Let a test write to the database; what it wrote is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def own_database(server: Server, database: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return a database of this test alone, for tests that must really commit."""
    name = f"{database}_{abs(hash(request.node.nodeid)) % 10**8}"
    point_at("postgres")
    order(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    point_at(name)
    yield name
    point_at(database)
    order(server, f"DROP DATABASE {name} WITH (FORCE)")


def user_of(role: Role) -> User:
    """Return the account of a role that the invented cases come with."""
    return User.objects.filter(role=role).order_by("pk")[0]


def sign_in(role: Role, *, second_factor: bool = True) -> Client:
    """Return a client that somebody of a role is signed in with."""
    client = Client()
    user = user_of(role)
    client.force_login(user)
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
    return client


def own_case(user: User) -> Case | None:
    """Return a case that somebody is on."""
    return Case.objects.filter(members__user=user).order_by("pk").first()


def foreign_case(user: User) -> Case:
    """Return a case that somebody is not on."""
    case = Case.objects.exclude(members__user=user).order_by("pk").first()
    assert case is not None, f"{user} is on every case"
    return case


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(database: str) -> Iterator[str]:
    """Return the address of the desk, served from the database of this process."""
    # made here, when the styles are there: the server looks for them once
    application = get_wsgi_application()
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium; without one the test fails."""
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
    assert found, "Chromium is missing: run tools/setup --dev"
    # playwright keeps a loop of events in this thread, which Django takes for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    switches += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=switches)
        yield opened
        opened.close()
