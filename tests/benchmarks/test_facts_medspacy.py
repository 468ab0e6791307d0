"""medSpaCy beside our reading of facts: its classes, what both find, and a tool that is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks.facts_gold import Figure
from benchmarks.facts_medspacy import OURS, PEER, Read, ToolMissing, class_of, figures, python_of, targets
from benchmarks.gold.keys import Keyed
from benchmarks.gold.scoring import Mention

from benchmarks import facts_medspacy

TEXT = "He denies strain. She takes naproxen."


def keyed(kind: str, word: str, assertion: str) -> Keyed:
    start = TEXT.index(word)
    return Keyed(
        source="letter",
        ref="invented",
        sha256="",
        kind=kind,
        start=start,
        end=start + len(word),
        assertion=assertion,
        attributes=(),
        part="development",
    )


def found(kind: str, word: str, assertion: str) -> Mention:
    start = TEXT.index(word)
    return Mention(kind=kind, start=start, end=start + len(word), assertion=assertion)


def environment(folder: Path, script: str) -> Path:
    """Return an environment whose Python is a script."""
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "present"),
        (["is_negated"], "absent"),
        (["is_historical"], "historical"),
        (["is_uncertain"], "hypothetical"),
        (["is_negated", "is_hypothetical"], "hypothetical"),
        (["is_historical", "is_family"], "family"),
    ],
)
def test_the_flags_of_context_are_our_classes(flags: list[str], said: str) -> None:
    assert class_of(flags) == said


def test_what_both_find_is_compared_and_what_one_misses_is_counted() -> None:
    rows = [keyed("diagnosis", "strain", "absent"), keyed("medication", "naproxen", "present")]
    ours = [found("diagnosis", "strain", "absent"), found("medication", "naproxen", "present")]
    reads = {
        OURS: Read(mentions=[ours], seconds=1.0, version=""),
        PEER: Read(mentions=[[found("diagnosis", "strain", "present")]], seconds=2.0, version=""),
    }
    table = figures([(rows, TEXT)], reads)
    right = {reader: table[reader]["assertion right, mentions both find"] for reader in (OURS, PEER)}
    assert all(isinstance(figure, Figure) and figure.counted == 1 for figure in right.values())
    assert [figure.value for figure in right.values() if isinstance(figure, Figure)] == [1.0, 0.0]
    assert table[PEER]["medication mentions F1"] == 0.0
    assert table[OURS]["texts a second"] == 2 * float(str(table[PEER]["texts a second"]))


def test_it_looks_for_our_names_of_disorders_and_drugs() -> None:
    names = dict(targets())
    assert names["radiculopathy"] == "diagnosis"
    assert names["naproxen"] == "medication"


def test_an_environment_that_cannot_load_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="cannot load medspacy"):
        python_of(environment(tmp_path / "env", "exit 1"))


@pytest.mark.parametrize(
    "script", ['[ "$1" = -c ] && exit 0; echo boom >&2; exit 3', '[ "$1" = -c ] && exit 0; kill $$']
)
def test_a_run_without_it_says_so_and_fails(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = environment(tmp_path / "env", script)
    rows = [keyed("diagnosis", "strain", "absent")]
    monkeypatch.setattr(facts_medspacy, "keyed_texts", lambda parts, quick: ([(rows, TEXT)], []))
    monkeypatch.setattr("sys.argv", ["facts_medspacy.py", "--quick", "--env", str(folder)])
    assert facts_medspacy.main() == 1
    out, err = capsys.readouterr()
    assert "medSpaCy is not there" in out
    assert "medSpaCy was not measured: it ended with status" in err


def test_every_requirement_is_pinned() -> None:
    lines = facts_medspacy.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert any(line.startswith("medspacy==") for line in wanted)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in wanted)
