"""Which room may import which, and which libraries each may use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.source_code import ROOT, package_modules, rooms

# A room that is not named here uses the standard library and the rooms below it.
LIBRARIES = {
    "formats": {"msgspec"},
    "pdf": {"msgspec", "pypdfium2"},
    "vocabulary": {"ahocorasick", "rapidfuzz", "re2"},
    "letters": {"jinja2", "msgspec", "pikepdf", "pypdfium2", "rapidfuzz", "tesserocr", "typst"},
    "records": {
        "PIL",
        "ahocorasick",
        "jinja2",
        "msgspec",
        "numpy",
        "pikepdf",
        "pypdfium2",
        "rapidfuzz",
        "ray",
        "re2",
        "tesserocr",
    },
    "facts": {"ahocorasick", "jinja2", "rapidfuzz", "re2"},
    "panel": {"numpy", "ortools", "rapidfuzz"},
    "corpus": {"msgspec", "numpy", "pyarrow", "tantivy"},
    "determination": {"jinja2", "markupsafe"},
    "cli": {"click", "rich"},
}
PARTS_OF_A_README = {
    "what comes in": r"(?:^\W*|\*\*)(?:what )?(?:comes? )?in\b|\bcomes? in\b",
    "what goes out": r"(?:^\W*|\*\*)(?:what )?(?:goes? )?out\b|\b(?:goes?|comes?) out\b",
    "one drawing": r"^```",
    "what is absent on purpose": r"\babsent\b",
}
# the only room that may use what it needs: it knows HTTP, SQL and users
FREE_ROOMS = {"desk"}
NETWORK = {"asyncio", "ftplib", "http", "smtplib", "socket", "socketserver", "ssl", "urllib", "xmlrpc"}
# writes and reads addresses as text, and opens nothing
NO_NETWORK = {"urllib.parse"}


def imported_modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their room in full"
            yield node.module or ""


def imported_tops(tree: ast.Module) -> Iterator[str]:
    return (name.split(".")[0] for name in imported_modules(tree))


def test_a_room_imports_only_rooms_below_it() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_room_uses_only_the_libraries_it_may() -> None:
    wrong = [
        f"{module.name} imports {top}"
        for module in package_modules()
        if module.room not in FREE_ROOMS
        for top in imported_tops(module.tree)
        if top not in sys.stdlib_module_names | {"openimr"} | LIBRARIES.get(module.room, set())
    ]
    assert not wrong


def test_only_the_desk_knows_the_network() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in package_modules()
        if module.room not in FREE_ROOMS
        for name in imported_modules(module.tree)
        if name.split(".")[0] in NETWORK and name not in NO_NETWORK
    ]
    assert not wrong


def test_terms_use_the_standard_library_only() -> None:
    tops = {top for m in package_modules() if m.room == "terms" for top in imported_tops(m.tree)}
    assert tops <= sys.stdlib_module_names | {"openimr"}


def test_help_loads_no_room() -> None:
    code = (
        "import sys; from openimr.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print('LOADED', *sorted(m for m in sys.modules if m.startswith('openimr.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[1] for name in done.stdout.split("LOADED")[1].split()}
    assert loaded == {"cli", "terms"}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_has_a_readme_of_at_most_forty_lines(room: Path) -> None:
    readme = room / "README.md"
    assert readme.is_file(), f"{room.name} has no README.md"
    text = readme.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    for part, pattern in PARTS_OF_A_README.items():
        assert re.search(pattern, text, re.IGNORECASE | re.MULTILINE), (
            f"the README of {room.name} lacks {part}"
        )
