"""What the documents promise is there, and what is there is in the documents."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from house.source_code import package_modules
from openimr.cli.commands import COMMANDS, Entry
from openimr.terms.errors import OpenIMRError, all_errors


def entries(root: Path) -> dict[str, str]:
    """Return the entries of docs/errors.md by code."""
    text = (root / "docs" / "errors.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].strip(): part for part in parts}


def every_error() -> list[type[OpenIMRError]]:
    """Return every error class, wherever in the package it is defined."""
    for module in package_modules():
        if module.path.stem != "__init__":
            import_module(module.dotted)
    return all_errors()


def test_every_error_has_its_entry_and_every_entry_its_error(root: Path) -> None:
    assert sorted(entries(root)) == sorted(error.code for error in every_error())


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in every_error()]
    assert len(set(codes)) == len(codes)


def test_an_entry_states_exit_status_cause_and_remedy(root: Path) -> None:
    written = entries(root)
    for error in every_error():
        entry = written.get(error.code, "")
        for part in (f"Exit status {error.exit_status}.", "**Cause:** ", "**Remedy:** "):
            assert part in entry, f"docs/errors.md: {error.code} lacks {part}"


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.path)
def test_a_command_is_documented_and_shows_an_example(entry: Entry, root: Path) -> None:
    assert f"## openimr {entry.path}\n" in (root / "docs" / "commands.md").read_text(encoding="utf-8")
    command = import_module(entry.module).command
    assert isinstance(command, click.Command)
    assert entry.line.endswith(".")
    assert f"openimr {entry.path}" in (command.epilog or ""), "a command's help ends with an example"


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.path)
def test_a_command_answers_machines_too(entry: Entry) -> None:
    command = import_module(entry.module).command
    assert any("--json" in parameter.opts for parameter in command.params)


def test_the_glossary_names_only_terms_that_there_are(root: Path) -> None:
    text = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z][a-z]\w*)(?:\.\w+)?`", text))
    defined = {
        node.name
        for module in package_modules()
        if module.room == "terms"
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    assert named
    assert named <= defined, f"no such terms: {sorted(named - defined)}"


def test_documents_link_only_to_files_that_are_there(root: Path) -> None:
    documents = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("src/openimr/*/README.md")]
    broken = [
        f"{document.relative_to(root)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not broken
