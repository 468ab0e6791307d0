"""How the desk is started: its data folder, its database, its tables, its processes.

Django is made ready here and not where modules are imported: the commands can
be listed without a data folder, and the database runs before anybody asks it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType

import django
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from openimr import __version__
from openimr.casework.roles import Role
from openimr.desk.environment import Environment, SettingInvalid, make_data_folder, read_environment
from openimr.desk.postgres import Server
from openimr.terms.errors import InputError

SETTINGS = "openimr.desk.settings"
# what a page is made of; without it no page can be shown
NEEDED_PARTS = ("@uswds/uswds/dist/css/uswds.min.css", "htmx.org/dist/htmx.min.js")

Say = Callable[[str], None]


class PagePartsMissing(InputError):
    """The styles and scripts of the pages are not installed."""

    code = "page_parts_missing"


def configure() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


@contextmanager
def database(environment: Environment, options: Mapping[str, str] | None = None) -> Iterator[str]:
    """Keep the database within reach for a block: yours, or the one in the data folder, which is started."""
    make_data_folder(environment)
    with ExitStack() as stack:
        if environment.database_url is None:
            server = Server(folder=environment.data / "postgres")
            stack.enter_context(server.in_use(options))
            yield f"embedded PostgreSQL in {server.folder}"
        else:
            yield "the PostgreSQL server of DATABASE_URL"


@contextmanager
def desk(say: Say = lambda _: None, *, migrate: bool = False) -> Iterator[Environment]:
    """Make everything ready for a block: data folder, database, Django, and with ``migrate`` the tables."""
    environment = read_environment()
    with database(environment) as where:
        say(f"Data folder: {environment.data}")
        say(f"Database: {where}")
        configure()
        if migrate:
            make_tables()
        yield environment


def module(name: str) -> ModuleType:
    """Return a module of the desk that needs Django to be ready."""
    return import_module(f"openimr.desk.{name}")


def make_tables() -> None:
    """Bring the tables to what this version needs, and make the table of lock-outs."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def collect_page_parts(environment: Environment) -> None:
    """Collect styles and scripts into the data folder, named by their content; a second run only looks.

    Raises:
        PagePartsMissing: They are not installed.
    """
    missing = [part for part in NEEDED_PARTS if not (environment.page_parts / part).is_file()]
    if missing:
        raise PagePartsMissing(
            asked="Serve the pages",
            found=f"there is no {missing[0]} in {environment.page_parts}.",
            remedy="Run tools/setup, or name the folder that npm installed into in OPENIMR_PAGE_PARTS.",
        )
    stamp = environment.data / "static.stamp"
    wanted = _stamp_of_parts(environment)
    if stamp.is_file() and stamp.read_text("ascii") == wanted and environment.static.is_dir():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted, "ascii")


def _stamp_of_parts(environment: Environment) -> str:
    """Return what tells whether the collected styles and scripts are those of this version."""
    about = [__version__]
    own = sorted((Path(__file__).parent / "static").rglob("*"))
    for path in (*(environment.page_parts / part for part in NEEDED_PARTS), *own):
        if path.is_file():
            about.append(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return hashlib.sha256("\n".join(about).encode()).hexdigest()


def serve(
    say: Say, *, host: str, port: int, processes: int, threads: int, on_ready: Callable[[], None]
) -> None:
    """Serve the pages until somebody stops it.

    Args:
        on_ready: Called when everything is ready but the port.
    """
    os.environ.setdefault("OPENIMR_ADDRESS", f"http://{host}:{port}")
    with desk(say, migrate=True) as environment:
        collect_page_parts(environment)
        call_command("check", deploy=environment.is_https, fail_level="ERROR", stdout=StringIO())
        module("figures").recount()  # so that the first page that shows them does not count
        on_ready()
        if environment.clamd is None:
            say(module("scanning").NO_SCANNER)
        say(f"The desk is at {environment.address}")
        _close_connections()
        Granian(
            "openimr.desk.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=threads,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()


def work(say: Say, *, queues: tuple[str, ...], at_once: int, until_empty: bool) -> None:
    """Do the work that waits in the background until somebody stops it, or until none is left."""
    with desk(say, migrate=True):
        say("Working on what waits." if until_empty else "Waiting for work; stop it with Ctrl-C.")
        module("jobs").run_worker(queues=queues, at_once=at_once, until_empty=until_empty)


def make_account(username: str, password: str, *, role: str, **about: str) -> str:
    """Return the name of a new account, with a password as long as it has to be.

    Raises:
        SettingInvalid: The name is taken, or the password may not be used.
    """
    users = module("models").User.objects
    if users.filter(username__iexact=username).exists():
        raise SettingInvalid(
            asked=f"Make the account {username}", found="there is one already.", remedy="Take another name."
        )
    try:
        validate_password(password)
    except ValidationError as error:
        raise SettingInvalid(
            asked=f"Make the account {username}",
            found=" ".join(error.messages),
            remedy="Take another password.",
        ) from error
    return str(users.create_user(username, password, role=Role(role), **about).username)


def moment() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def _close_connections() -> None:
    """Close what this process has of the database: the serving processes make their own."""
    for connection in connections.all():
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
