"""What tools/setup says and does when something is missing, with fakes in place of the machine."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("cat", "chmod", "dirname", "env", "grep", "head", "id", "rm", "sh")


@pytest.fixture
def checkout(tmp_path: Path, root: Path) -> Path:
    """Return a checkout with the setup script alone, and a PATH without Python, Tesseract and apt-get."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(root / "tools" / "setup", tmp_path / "tools" / "setup")
    (tmp_path / "requirements.txt").write_text("nothing==1 --hash=sha256:0\n", encoding="utf-8")
    for name in TOOLS:
        found = shutil.which(name)
        assert found, f"this machine has no {name}"
        (tmp_path / "bin" / name).symlink_to(found)
    return tmp_path


def write_command(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def with_environment(checkout: Path) -> None:
    """Add a virtual environment that looks complete; its Python is the one that runs this test."""
    answers = f'*sysconfig*) echo "{checkout}/.venv";; *pip*) ;; *) exec "{sys.executable}" "$@"'
    write_command(checkout / ".venv" / "bin" / "python", f'case "$*" in {answers};; esac')
    lock = (checkout / "requirements.txt").read_bytes()
    (checkout / ".venv" / "installed-requirements.txt").write_text(hashlib.sha256(lock).hexdigest(), "utf-8")


def run(checkout: Path, *, ci: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(checkout / "bin"), "CI": ci}
    return subprocess.run(
        [checkout / "tools" / "setup"], env=environment, capture_output=True, text=True, check=False
    )


def test_without_python_one_line_says_what_is_missing(checkout: Path) -> None:
    done = run(checkout)
    assert done.returncode == 1
    assert "there is no Python 3.11 or newer" in done.stderr


def test_an_old_python_is_not_taken(checkout: Path) -> None:
    write_command(checkout / "bin" / "python3", "exit 1  # it is asked whether it is new enough")
    done = run(checkout)
    assert done.returncode == 1
    assert "there is no Python 3.11 or newer" in done.stderr


def test_a_python_that_makes_no_environment_is_named_with_the_remedy(checkout: Path) -> None:
    write_command(
        checkout / "bin" / "python3", 'case "$*" in *"-m "*) exit 1;; *) echo "Python 3.12.9";; esac'
    )
    done = run(checkout)
    assert done.returncode == 1
    assert "can make no virtual environment" in done.stderr
    assert "python3-venv" in done.stderr
    assert not (checkout / ".venv").exists()


def test_without_tesseract_the_cost_is_said(checkout: Path) -> None:
    with_environment(checkout)
    done = run(checkout)
    assert done.returncode == 0, done.stderr
    assert "scanned pages are listed as unread" in done.stdout
    assert "no tesseract" in done.stdout


def test_without_tesseract_ci_fails(checkout: Path) -> None:
    with_environment(checkout)
    done = run(checkout, ci="true")
    assert done.returncode == 1
    assert "Tesseract with its English language data is missing" in done.stderr


def test_tesseract_without_english_is_no_tesseract(checkout: Path) -> None:
    with_environment(checkout)
    write_command(checkout / "bin" / "tesseract", "echo osd")
    assert run(checkout, ci="true").returncode == 1


def test_a_complete_checkout_is_left_as_it_is(checkout: Path) -> None:
    with_environment(checkout)
    write_command(checkout / "bin" / "tesseract", "echo eng")
    done = run(checkout, ci="true")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("setup: ready: Python 3")
    assert (checkout / ".venv" / "openimr.pth").read_text("utf-8") == f"{checkout}/src\n"
