"""One file that holds everything the desk keeps, and a desk made from it again.

The file is readable by its owner alone and is written whole or not at all. It
holds the database, the stored files, the guideline packs of the data folder,
the secret key and the heads of all logs, by which a restored desk is checked.
Pictures of pages are not in it: a restored desk draws them anew.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from openimr import __version__
from openimr.desk import pictures
from openimr.desk.audit import Heads, heads_of_all, verify
from openimr.desk.environment import KEY_FILE, Environment
from openimr.desk.keys import KEPT as KEYS
from openimr.desk.models import Case, User
from openimr.desk.packs import FOLDER as PACKS
from openimr.desk.postgres import Server
from openimr.formats import from_json, to_json
from openimr.terms.errors import FileUnreadable, InputError, OutputRefused

DUMP, HEADS, VERSION = "database.dump", "heads.json", "version"


class RestoreRefused(InputError):
    """A backup cannot be restored into this desk."""

    code = "restore_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a backup holds."""

    file: str
    cases: int
    files: int
    bytes: int


def back_up(environment: Environment, target: Path, at: datetime) -> Kept:
    """Return what was written to a new file.

    Raises:
        OutputRefused: The file is there already, or cannot be written.
    """
    if target.exists():
        raise OutputRefused(
            asked=f"Write {target}", found="there is such a file already.", remedy="Name a new file."
        )
    part = target.with_name(f".{target.name}.part")
    heads = heads_of_all(at)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            files = _write(environment, out, heads)
        os.replace(part, target)
    except OSError as error:
        raise OutputRefused(
            asked=f"Write {target}", found=f"{error.strerror or error}.", remedy="Name a folder with room."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return Kept(file=str(target), cases=len(heads.heads), files=files, bytes=target.stat().st_size)


def _write(environment: Environment, out: BinaryIO, heads: Heads) -> int:
    with tarfile.open(fileobj=out, mode="w") as tar:
        _add(tar, VERSION, __version__.encode())
        _add(tar, HEADS, to_json(heads))
        _add(tar, KEY_FILE, environment.secret_key().encode())
        for name in KEYS:
            if (environment.data / name).is_file():
                _add(tar, name, (environment.data / name).read_bytes())
        for path in sorted((environment.data / PACKS).glob("**/*.toml")):
            tar.add(path, str(path.relative_to(environment.data)), filter=_plain)
        with tempfile.TemporaryDirectory() as folder:
            # the files after the database: a file that came in between is one too many, never one too few
            dump = Path(folder) / DUMP
            _run(environment, "pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
            tar.add(dump, DUMP, filter=_plain)
        # what is still coming in, or being read, stands in hidden folders and may go at any moment
        found = sorted(environment.files.glob("[0-9a-f][0-9a-f]/*"))
        files = [p for p in found if p.is_file() and not p.name.startswith(".")]
        for path in files:
            tar.add(path, f"files/{path.name}", filter=_plain)
    return len(files)


def restore(environment: Environment, source: Path) -> Kept:
    """Return what was restored into an empty desk, after comparing it with its own heads and hashes.

    Raises:
        RestoreRefused: The desk holds something already, or what came out is not whole.
        FileUnreadable: The file is no backup.
    """
    if User.objects.exists() or Case.objects.exists():
        raise RestoreRefused(
            asked=f"Restore {source.name}",
            found="this desk holds accounts or cases already.",
            remedy="Name an empty data folder in OPENIMR_DATA, or an empty database in DATABASE_URL.",
        )
    heads, files = _unpack(environment, source)
    pictures.clear()  # drawn of what was here before, if anything was
    audit = verify(kept=heads)
    if not audit.is_sound:
        raise RestoreRefused(
            asked=f"Restore {source.name}", found=" ".join(audit.findings), remedy="Use another backup."
        )
    return Kept(file=str(source), cases=audit.cases, files=files, bytes=source.stat().st_size)


def _unpack(environment: Environment, source: Path) -> tuple[Heads, int]:
    """Return where the logs of a backup ended, and how many files came out of it, all of it in its place."""
    try:
        with tarfile.open(source) as tar, tempfile.TemporaryDirectory() as folder:
            heads = from_json(_read(tar, HEADS), Heads, name=HEADS)
            tar.extract(DUMP, folder, filter="data")
            _run(
                environment,
                *("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"),
                *("--exit-on-error", str(Path(folder) / DUMP)),
            )
            files = _restore_files(environment, tar)
            (environment.data / KEY_FILE).write_bytes(_read(tar, KEY_FILE))
            for name in set(KEYS) & set(tar.getnames()):
                (environment.data / name).touch(0o600)
                (environment.data / name).write_bytes(_read(tar, name))
            packs = [m for m in tar if m.isfile() and m.name.startswith(f"{PACKS}/")]
            tar.extractall(environment.data, packs, filter="data")
    except (tarfile.TarError, KeyError, FileNotFoundError) as error:
        raise FileUnreadable(
            asked=f"Restore {source.name}", found="it is no backup of a desk.", remedy="Name another file."
        ) from error
    return heads, files


def _restore_files(environment: Environment, tar: tarfile.TarFile) -> int:
    count = 0
    for member in tar:
        folder, _, sha = member.name.partition("/")
        if folder == "files" and len(sha) == 64 and sha.isalnum():
            target = environment.files / sha[:2] / sha
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = tar.extractfile(member)
            assert content is not None
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                while piece := content.read(2**20):
                    out.write(piece)
            count += 1
    return count


def _run(environment: Environment, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database of the desk, as whoever runs the desk."""
    server = Server(folder=environment.data / "postgres")
    address = environment.database_url or server.url()
    command = [str(server.program(program)), *arguments, f"--dbname={address}"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise RestoreRefused(
            asked=f"Run {program}", found=f"it said: {said}.", remedy="Look at the database server."
        )


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    content = tar.extractfile(name)
    assert content is not None, f"{name} is a file"
    return content.read()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), 0o600
    tar.addfile(about, BytesIO(content))


def _plain(about: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the entry of a file without the names of users of this machine."""
    about.uid = about.gid = 0
    about.uname = about.gname = ""
    about.mode = 0o600
    return about
