"""What must not stand in any file: addresses of package indexes, paths of one machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BINARY = {".pdf", ".png", ".jpg", ".ttf", ".otf"}


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """Return every text file that git tracks, by name."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    names = [name for name in done.stdout.split("\0") if name and Path(name).suffix not in BINARY]
    present = [name for name in names if (root / name).is_file()]
    assert present
    return {name: (root / name).read_text(encoding="utf-8", errors="replace") for name in present}


def index_hosts() -> set[str]:
    """Return the hosts of package indexes that this machine is set up with."""
    pip = [sys.executable, "-m", "pip", "config", "list"]
    stated = subprocess.run(pip, capture_output=True, text=True, check=False).stdout
    stated += "\n".join(v for k, v in os.environ.items() if re.search("index|registry", k, re.IGNORECASE))
    for path in (Path("/etc/apt/sources.list"), *Path("/etc/apt").glob("sources.list.d/*")):
        if path.is_file():
            stated += path.read_text(encoding="utf-8", errors="replace")
    hosts = re.findall(r"://(?:[^/@\s]*@)?([^/:\s'\"]+)", stated)
    return {host for host in hosts if "." in host and not re.fullmatch(r"[\d.]+", host)}


def test_no_file_names_a_host_of_a_package_index(texts: dict[str, str]) -> None:
    hosts = index_hosts()
    found = [f"{name} names {host}" for name, text in texts.items() for host in hosts if host in text]
    assert not found


def test_a_lock_has_a_hash_for_everything_and_no_address(texts: dict[str, str]) -> None:
    locks = {name: text for name, text in texts.items() if re.fullmatch(r"requirements.*\.txt", name)}
    assert {"requirements.txt", "requirements-dev.txt"} <= locks.keys()
    for name, text in locks.items():
        assert "://" not in text, name
        assert not re.search(r"--(?:extra-)?index-url|--find-links|--trusted-host", text), name
        pinned = re.findall(r"^[a-z0-9._-]+==.*(?:\\\n.*)+", text, re.MULTILINE)
        assert len(pinned) == len(re.findall("==", re.sub(r";.*", "", text))), name
        assert all("--hash=sha256:" in pin for pin in pinned), name


@pytest.mark.parametrize("part", ["", "-cluster", "-dev", "-venv", "-node"])
def test_everything_asked_for_is_locked(part: str, texts: dict[str, str]) -> None:
    name = f"requirements{part}"
    asked = re.findall(r"^([A-Za-z0-9._-]+)", texts[f"{name}.in"], re.MULTILINE)
    missing = [
        package
        for package in asked
        if not package.startswith("-")
        and not re.search(rf"^{re.escape(package.lower())}==", texts[f"{name}.txt"], re.MULTILINE)
    ]
    assert not missing


def test_no_file_holds_a_path_of_one_machine(texts: dict[str, str], root: Path) -> None:
    places = [f"{root.parent}/", "/" + "root/", "/" + "home/"]
    found = [f"{name} holds {place}" for name, text in texts.items() for place in places if place in text]
    assert not found


@pytest.mark.parametrize("name", ["demo", "check", ".ci/run", "openimr", "tools/setup", "tools/lock"])
def test_a_command_of_the_checkout_can_be_run(name: str, root: Path) -> None:
    assert os.access(root / name, os.X_OK)
