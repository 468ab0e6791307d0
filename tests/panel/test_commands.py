"""``openimr panel check`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.panel.read import read_panel


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


def openimr(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return exit status, output and errors of a command."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_assign_keeps_a_record_that_audit_repeats(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples, panel = str(root / "examples"), str(root / "examples" / "baclofen-spasm" / "panel.toml")
    record, key = tmp_path / "draw.json", tmp_path / "draw.key"
    key.write_text("an invented key of some length", encoding="utf-8")
    words = ["panel", "assign", "--cases", examples, "--reviewers", panel, "--on", "2015-02-24"]
    more = ["--record", str(record), "--key", str(key), "--json", "--explain", "CM15-9900101"]
    status, out, err = openimr([*words, *more], capsys)
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert {a["case"] for a in answer["assigned"]} == {"CM14-9900202", "CM15-9900101"}
    assert [c["reviewer"] for c in answer["explanation"]["chosen"]] == ["reviewer-thistledown"]
    again = openimr([*words, "--json", "--seed", str(answer["seed"])], capsys)[1]
    assert json.loads(again)["assigned"] == answer["assigned"]
    assert openimr(["panel", "audit", str(record), "--key", str(key)], capsys)[0] == 0
    record.write_text(record.read_text("utf-8").replace("reviewer-thistledown", "reviewer-lapwing"), "utf-8")
    status, out, _ = openimr(["panel", "audit", str(record), "--json"], capsys)
    assert (status, json.loads(out)["is_sound"]) == (5, False)


def test_assign_tells_people_why_a_case_waits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = root / "examples" / "baclofen-spasm"
    words = [
        "panel",
        "assign",
        "--cases",
        str(folder / "case.toml"),
        "--reviewers",
        str(folder / "panel.toml"),
    ]
    status, out, _ = openimr([*words, "--on", "2030-01-01", "--fair", "--explain", "CM15-9900101"], capsys)
    assert status == 0
    assert "In the way" in out
    assert "LICENCE" in out


def test_seeds_come_from_the_operating_system(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = root / "examples" / "baclofen-spasm"
    words = [
        "panel",
        "assign",
        "--cases",
        str(folder / "case.toml"),
        "--reviewers",
        str(folder / "panel.toml"),
    ]
    seeds = {json.loads(openimr([*words, "--json"], capsys)[1])["seed"] for _ in range(3)}
    assert len(seeds) == 3


def test_a_panel_goes_to_csv_and_comes_back(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = root / "examples" / "baclofen-spasm" / "panel.toml"
    table, back = tmp_path / "panel.csv", tmp_path / "panel.toml"
    assert openimr(["panel", "export", str(panel), "--out", str(table)], capsys)[0] == 0
    assert openimr(["panel", "import", str(table), "--out", str(back)], capsys)[0] == 0
    assert read_panel(back) == read_panel(panel)
    assert openimr(["panel", "import", str(tmp_path / "none.csv")], capsys)[0] == 2
    table.write_text("id\na\na\n", encoding="utf-8")
    assert openimr(["panel", "import", str(table)], capsys)[0] == 5


def test_gaps_are_printed_and_written_as_a_page(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    panel, page = root / "examples" / "baclofen-spasm" / "panel.toml", tmp_path / "gaps.html"
    words = [
        "panel",
        "gaps",
        "--cases",
        str(root / "examples"),
        "--reviewers",
        str(panel),
        "--on",
        "2015-02-24",
    ]
    status, out, _ = openimr([*words, "--out", str(page)], capsys)
    assert status == 0
    assert "2 of 2 cases have a reviewer" in out
    assert "<svg" in page.read_text("utf-8")
    assert json.loads(openimr([*words, "--json"], capsys)[1])["assigned"] == 2
    assert openimr(["panel", "gaps", "--cases", str(tmp_path), "--reviewers", str(panel)], capsys)[0] == 2


def test_what_reviewers_have_already_counts(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, loads = root / "examples" / "baclofen-spasm", tmp_path / "loads.csv"
    words = [
        "panel",
        "assign",
        "--cases",
        str(folder / "case.toml"),
        "--reviewers",
        str(folder / "panel.toml"),
    ]
    words += ["--on", "2015-02-24", "--json", "--loads", str(loads)]
    loads.write_text("reviewer,open_cases,this_week\nreviewer-thistledown,3,0\n", encoding="utf-8")
    answer = json.loads(openimr(words, capsys)[1])
    assert [w["in_the_way"] for w in answer["waiting"]] == [["CAPACITY"]]
    for text in ("reviewer,open_cases\n", "reviewer,open_cases,this_week\nnobody,1,1\n"):
        loads.write_text(text, encoding="utf-8")
        assert openimr(words, capsys)[0] == 2
