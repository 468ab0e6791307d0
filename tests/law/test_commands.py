"""``openimr law due`` and ``openimr law eligible`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.guidelines.coverage import HEADING


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


def test_fees_prints_a_list_of_charges(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(["law", "fees", example(root), "--json"], capsys)
    assert (status, err) == (0, "")
    (fee,) = json.loads(out)
    wanted = "kind amount_usd owed_by citation verified explanation"
    assert set(fee) == set(wanted.split())
    assert fee["amount_usd"] is None
    assert "not found" in fee["explanation"]
    status, out, _ = run(["law", "fees", example(root)], capsys)
    assert (status, "review fee" in out) == (0, True)


def test_show_prints_the_versions_of_a_rule_or_the_one_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(["law", "show", "us_ca_wc.determination_deadline"], capsys)
    assert status == 0
    assert out.count("Cal. Lab. Code § 4610.6(d)") == 2
    _, out, _ = run(["law", "show", "determination_deadline", "--on", "2017-12-31", "--json"], capsys)
    shown = json.loads(out)
    assert [v["effective_from"] for v in shown["versions"]] == ["2013-01-01"]
    assert shown["versions"][0]["figures"]["regular"] == {"count": 30, "unit": "calendar_days"}
    assert shown["regimes"] == ["R1", "R1b"]
    _, out, _ = run(["law", "show", "evidence_hierarchy", "--on", "2017-01-01"], capsys)
    assert "(B) peer-reviewed" in out


def test_show_says_that_a_time_is_not_encoded(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(["law", "show", "ur_deferral", "--on", "2026-04-01"], capsys)
    assert status == 0
    assert "not encoded" in out
    assert "R3" in out


def test_show_lists_the_known_rules_and_programmes(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(["law", "show", "no_such_rule"], capsys)
    assert status == 4
    assert "us_ca_wc.filing_window" in err
    status, _, err = run(["law", "show", "us_zz.filing_window"], capsys)
    assert status == 4
    assert "us_ca_dmhc" in err


def test_coverage_prints_every_row_and_what_is_absent(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(["law", "coverage", "--json"], capsys)
    assert status == 0
    found = {(c["programme"], c["part"], c["code"]): c["cover"] for c in json.loads(out)}
    assert found["us_ca_wc", "row", "V2"] == "verified"
    assert found["us_ca_wc", "row", "F1"] == "gap"
    assert found["us_ca_wc", "ground", "NOTUR"] == "recalled"
    assert found["us_ca_dmhc", "absent", "fees"] == "absent"
    status, out, _ = run(["law", "coverage", "--programme", "us_ca_dmhc"], capsys)
    assert (status, "us_ca_wc" in out) == (0, False)


def test_the_written_coverage_is_up_to_date(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, _ = run(["law", "coverage", "--write", str(tmp_path / "coverage.toml")], capsys)
    assert status == 0
    written = (tmp_path / "coverage.toml").read_text(encoding="utf-8")
    kept = (root / "docs" / "coverage.toml").read_text(encoding="utf-8")
    assert kept.startswith(written), "run openimr law coverage --write docs/coverage.toml"
    both = f"{written}\n{HEADING}\n[guidelines]\n"
    (tmp_path / "coverage.toml").write_text(both, encoding="utf-8")
    run(["law", "coverage", "--write", str(tmp_path / "coverage.toml")], capsys)
    assert (tmp_path / "coverage.toml").read_text(encoding="utf-8") == both
