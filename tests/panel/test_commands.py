"""``openimr panel check`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import main


def run(root: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return exit status, output and errors of a check of the example."""
    folder = root / "examples" / "baclofen-spasm"
    with pytest.raises(SystemExit) as ended:
        main(["panel", "check", str(folder / "panel.toml"), "--case", str(folder / "case.toml"), *more])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_check_lists_every_reviewer_with_every_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(root, ["--on", "2015-02-24", "--json"], capsys)
    assert (status, err) == (0, "")
    checks = json.loads(out)
    assert len(checks) == 6
    assert sum(c["is_assignable"] for c in checks) == 1
    codes = {e["code"] for c in checks for e in c["exclusions"]}
    assert codes == {"LICENCE", "CONFLICT", "SPECIALTY", "QME"}


def test_on_another_day_the_answer_is_another(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Years later every licence has expired; the table for people says so."""
    status, out, _ = run(root, ["--on", "2030-01-01"], capsys)
    assert status == 0
    assert "expired" in out
    assert "ask a person" not in out


def test_a_panel_of_nobody_ends_with_status_five(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "panel.toml"
    path.write_text("schema = 1\n", encoding="utf-8")
    case = str(root / "examples" / "baclofen-spasm" / "case.toml")
    with pytest.raises(SystemExit) as ended:
        main(["panel", "check", str(path), "--case", case])
    assert ended.value.code == 5
    assert "no reviewers" in capsys.readouterr().err
