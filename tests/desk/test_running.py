"""The desk as it is run: its server, its commands, its backup, with processes that are killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from openimr.desk.environment import SettingInvalid, database_settings, make_data_folder, read_environment
from openimr.desk.postgres import Server

PATIENCE = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that another system user can reach, as the database of root needs."""
    made = Path(tempfile.mkdtemp(prefix="openimr-"))
    made.chmod(0o711)
    yield made
    Server(folder=made / "postgres").stop()
    shutil.rmtree(made)


def openimr(folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Return what a command answers with a data folder of its own."""
    command = [sys.executable, "-m", "openimr.cli.main", *words]
    environment = {**os.environ, "OPENIMR_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    del environment["OPENIMR_SECRET_KEY"], environment["OPENIMR_ADDRESS"]
    return subprocess.run(
        command, env=environment, input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_a_server_that_was_killed_starts_again_with_what_was_stored(folder: Path) -> None:
    server = Server(folder=folder / "postgres")
    with server.in_use():
        with psycopg.connect(server.url()) as line:
            line.execute("CREATE TABLE kept (word text)")
            line.execute("INSERT INTO kept VALUES ('still here')")
        process = int((server.cluster / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while server.is_running() and time.monotonic() < deadline:
            time.sleep(0.1)
        server.start()
        with psycopg.connect(server.url()) as line:
            assert line.execute("SELECT word FROM kept").fetchone() == ("still here",)
    assert not server.is_running()


def test_the_last_one_that_uses_the_server_stops_it(folder: Path) -> None:
    first, second = (Server(folder=folder / "postgres") for _ in range(2))
    with first.in_use():
        with second.in_use():
            assert first.is_running()
        assert first.is_running()
    assert not first.is_running()


def test_nobody_else_can_reach_the_database(folder: Path) -> None:
    server = Server(folder=folder / "postgres")
    with server.in_use():
        for path in (server.cluster, server.sockets):
            assert path.stat().st_mode & 0o077 == 0
        with psycopg.connect(server.url()) as line:
            assert line.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_life_of_a_desk_by_commands(folder: Path, tmp_path: Path) -> None:
    """Filled, audited, backed up, restored, audited again; and what is refused on the way."""
    filled = openimr(folder, "desk", "demo", "--cases", "4", "--json")
    assert filled.returncode == 0, filled.stderr
    accounts = [json.loads(line) for line in filled.stdout.splitlines()]
    assert {account["role"] for account in accounts} >= {"intake", "reviewer", "auditor", "payer"}
    assert openimr(folder, "desk", "demo").returncode == 2
    heads = tmp_path / "heads.json"
    assert openimr(folder, "desk", "audit", "heads", "--out", str(heads)).returncode == 0
    backup = tmp_path / "desk.tar"
    assert openimr(folder, "desk", "backup", str(backup)).returncode == 0
    assert backup.stat().st_mode & 0o077 == 0
    assert openimr(folder, "desk", "restore", str(backup)).returncode == 2
    other = folder / "other"
    restored = openimr(other, "desk", "restore", str(backup), "--json")
    assert restored.returncode == 0, restored.stderr
    audited = openimr(other, "desk", "audit", "verify", "--heads", str(heads), "--json")
    assert audited.returncode == 0, audited.stdout
    assert json.loads(audited.stdout)["events"] > 10
    # the fourth case is adopted, and so signed with the key of the organization
    for name in ("secret.key", "signing.key"):
        assert (other / name).read_bytes() == (folder / name).read_bytes()
        assert (other / name).stat().st_mode & 0o077 == 0
    pack = "guidelines/demo-invented/documents.toml"
    assert (other / pack).read_bytes() == (folder / pack).read_bytes()


def test_an_account_needs_a_long_password(folder: Path) -> None:
    short = openimr(folder, "desk", "createsuperuser", "ada", "--password-stdin", stdin="short\n")
    assert short.returncode == 2
    assert "at least 15 characters" in short.stderr
    done = openimr(
        folder, "desk", "createsuperuser", "ada", "--password-stdin", stdin="long enough to keep\n"
    )
    assert done.returncode == 0, done.stderr
    again = openimr(
        folder, "desk", "createsuperuser", "Ada", "--password-stdin", stdin="long enough to keep\n"
    )
    assert "there is one already" in again.stderr


def test_the_desk_serves_and_stops_cleanly(folder: Path) -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    environment = {**os.environ, "OPENIMR_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    del environment["OPENIMR_ADDRESS"]
    environment.pop("OPENIMR_CLAMD", None)
    command = [sys.executable, "-m", "openimr.cli.main", "desk", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert _answer(f"http://127.0.0.1:{port}/healthy/") == "healthy\n"
            page = _answer(f"http://127.0.0.1:{port}/status/")
            style = page.split('rel="stylesheet" href="')[1].split('"')[0]
            assert "usa-button" in _answer(f"http://127.0.0.1:{port}{style}")
        finally:
            serving.terminate()
            said, _ = serving.communicate(timeout=PATIENCE)
    assert "No virus scanner is configured" in said
    assert not Server(folder=folder / "postgres").is_running()


def _answer(address: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_the_secret_key_is_made_once_and_is_readable_by_its_owner_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENIMR_SECRET_KEY")
    environment = read_environment({"OPENIMR_DATA": str(folder / "data")})
    make_data_folder(environment)
    first = environment.secret_key()
    make_data_folder(environment)
    assert environment.secret_key() == first
    assert len(first) > 60
    assert (folder / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value"), [("OPENIMR_ADDRESS", "imr.example.org"), ("OPENIMR_BEHIND_PROXY", "perhaps")]
)
def test_a_variable_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingInvalid, match=name):
        read_environment({name: value})


def test_another_database_is_refused() -> None:
    with pytest.raises(SettingInvalid, match="DATABASE_URL"):
        database_settings("mysql://host/name")
