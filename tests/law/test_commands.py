"""``openimr law due`` and ``openimr law eligible`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import main


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return exit status, output and errors of a command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def example(root: Path) -> str:
    """Return the path of an example case."""
    return str(root / "examples" / "baclofen-spasm" / "case.toml")


def test_due_prints_a_list_of_clocks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(["law", "due", example(root), "--on", "2015-04-01", "--json"], capsys)
    assert (status, err) == (0, "")
    clocks = {c["ref"]: c for c in json.loads(out)}
    assert clocks["V1"]["due"] == "2015-04-09"
    assert clocks["V1"]["days_left"] == 8
    assert clocks["V1"]["starts"] == "2015-03-10"
    assert clocks["V1"]["verified"]["how"] == "seen"
    wanted = "rule ref who starts due days_left force citation verified explanation"
    assert all(set(c) == set(wanted.split()) for c in clocks.values())


def test_due_prints_a_table_for_people(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(["law", "due", example(root)], capsys)
    assert status == 0
    assert "9 April 2015" in out


def test_eligible_prints_one_object_or_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["law", "eligible", example(root), "--json"], capsys)
    assert json.loads(out)["eligible"] == [1]
    _, out, _ = run(["law", "eligible", example(root)], capsys)
    assert "1 of 1 disputed items go on" in out


def test_impossible_dates_are_told_and_the_clocks_printed_all_the_same(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(example(root)).read_text(encoding="utf-8")
    assert "ur_decision = 2015-01-20" in text
    path = tmp_path / "case.toml"
    path.write_text(text.replace("ur_decision = 2015-01-20", "ur_decision = 1999-01-20"), encoding="utf-8")
    status, out, err = run(["law", "due", str(path), "--json"], capsys)
    assert status == 0
    assert json.loads(out)
    assert "dates.ur_decision" in err


def test_a_programme_that_is_not_encoded_ends_with_status_four(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(example(root)).read_text(encoding="utf-8")
    path = tmp_path / "case.toml"
    path.write_text(text.replace('"us_ca_wc"', '"us_tx_iro"'), encoding="utf-8")
    for command in ("due", "eligible"):
        status, _, err = run(["law", command, str(path)], capsys)
        assert status == 4
        assert "us_ca_wc" in err


def test_an_unknown_key_ends_with_status_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.toml"
    path.write_text('schema = 1\n[case]\nprogram = "us_ca_wc"\n', encoding="utf-8")
    status, _, err = run(["law", "due", str(path)], capsys)
    assert status == 2
    assert "programme" in err
