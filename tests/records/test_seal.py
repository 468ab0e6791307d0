"""The seal holds the files and the exhibit list; a results folder is whole or not there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.formats import OutputFolder
from openimr.records.folder import read_records, write_records
from openimr.records.read import read_case_file, read_paths
from openimr.records.seal import verify_seal
from openimr.records.timeline import build_timeline, render_timeline
from openimr.terms.errors import FormatInvalid
from openimr.terms.records import CaseFile
from records import paper

RFA = """Request for Authorization

Patient: Wendeline Achterberg
Date of request: 03/17/2016

Twelve more sessions of physical therapy are requested.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = tmp_path / "records"
    records.mkdir()
    (records / "a.txt").write_text(f"{paper.PROGRESS}\f{paper.IMAGING}", encoding="utf-8")
    (records / "b.txt").write_text(f"{paper.DECISION}\f{paper.LATER}", encoding="utf-8")
    return records


@pytest.fixture
def case_file(folder: Path) -> CaseFile:
    return read_case_file(folder)[0]


def codes(case_file: CaseFile, folder: Path | None = None) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in verify_seal(case_file, folder=folder)]


def test_what_was_sealed_verifies(case_file: CaseFile, folder: Path) -> None:
    assert codes(case_file, folder) == []
    assert len(case_file.manifest.seal) == 64


def test_a_changed_exhibit_breaks_the_seal(case_file: CaseFile) -> None:
    first, *others = case_file.exhibits
    changed = replace(case_file, exhibits=(replace(first, title="Another title"), *others))
    assert codes(changed) == [("records.seal_broken", "seal")]


def test_a_changed_missing_or_added_file_is_named(case_file: CaseFile, folder: Path) -> None:
    (folder / "a.txt").write_text("changed", encoding="utf-8")
    (folder / "b.txt").rename(folder / "c.txt")
    assert codes(case_file, folder) == [
        ("records.file_changed", "a.txt"),
        ("records.file_missing", "b.txt"),
        ("records.file_added", "c.txt"),
    ]


def test_a_second_run_elsewhere_has_the_same_seal(case_file: CaseFile, folder: Path) -> None:
    moved = folder.rename(folder.with_name("moved"))
    assert read_case_file(moved)[0].manifest.seal == case_file.manifest.seal


def test_the_sender_is_under_the_seal(case_file: CaseFile, folder: Path) -> None:
    told, _ = read_case_file(folder, submitted={"a.txt": ("Payer", None)})
    assert told.manifest.seal != case_file.manifest.seal


def test_what_is_written_is_read_back(case_file: CaseFile, tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out") as out:
        write_records(out, case_file)
    assert read_records(tmp_path / "out") == case_file


def test_the_timeline_is_in_order_and_names_gaps(case_file: CaseFile) -> None:
    timeline = build_timeline(case_file)
    assert [str(e.on) for e in timeline.entries] == ["2016-02-01", "2016-03-14", "2016-04-04", "2016-05-20"]
    assert [e.dated_by for e in timeline.entries][2] == "report_date"
    assert [gap.days for gap in timeline.gaps] == [67]
    page = render_timeline(timeline, case_file)
    assert "http" not in page and "<script" not in page
    assert all(f'id="exhibit-{e.id}"' in page for e in case_file.exhibits)


def test_text_of_a_record_is_no_markup_in_the_timeline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Progress Report <script>alert(1)</script>\n", encoding="utf-8")
    case_file, _ = read_case_file(tmp_path)
    assert "<script>" in case_file.exhibits[0].title
    assert "<script" not in render_timeline(build_timeline(case_file), case_file)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["records", "read", *arguments])
    return int(end.value.code or 0)


def test_the_command_writes_every_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(str(folder), "--out", str(out), "--ur-decided-on", "2016-04-04", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert [e["after_denial"] for e in printed["exhibits"]] == [False, False, False, True]
    assert sorted(p.name for p in out.iterdir()) == [
        "exhibits.json",
        "manifest.json",
        "pages.ndjson",
        "timeline.html",
        "timeline.json",
    ]
    assert json.loads((out / "exhibits.json").read_text())[0]["pages"] == [1]


def test_the_command_prints_the_exhibits_for_people(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(folder), "--out", str(tmp_path / "out")) == 0
    printed = capsys.readouterr().out
    assert "4 exhibits, 4 pages, 0 unread" in printed and "Orrin Castleby, MD" in printed


def test_a_run_that_fails_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "received.toml").write_text('[[file]]\nname = "nowhere.pdf"\n', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert run(str(folder), "--out", str(tmp_path / "out")) == 2
    assert sorted(tmp_path.iterdir()) == before


def test_what_comes_later_gets_a_further_seal_and_numbers_stay(folder: Path, case_file: CaseFile) -> None:
    (folder / "0-first-by-name.txt").write_text(f"{RFA}\f{paper.PROGRESS}", encoding="utf-8")
    later, _ = read_paths([folder], after=case_file.manifest)
    assert [f.name for f in later.manifest.files] == ["a.txt", "b.txt", "0-first-by-name.txt"]
    before = [replace(exhibit, also_at=()) for exhibit in later.exhibits[: len(case_file.exhibits)]]
    assert before == list(case_file.exhibits)
    assert later.exhibits[0].also_at == (6,)
    assert [then.seal for then in later.manifest.earlier] == [case_file.manifest.seal]
    assert later.manifest.seal != case_file.manifest.seal
    assert verify_seal(later, folder=folder) == ()
    changed = replace(later, exhibits=(replace(later.exhibits[0], title="Another"), *later.exhibits[1:]))
    assert {field for _, field in codes(changed)} == {"earlier.1", "seal"}


def test_a_sealed_file_cannot_be_replaced(folder: Path, case_file: CaseFile) -> None:
    (folder / "a.txt").write_text("something else", encoding="utf-8")
    with pytest.raises(FormatInvalid, match=r"a\.txt has other bytes"):
        read_paths([folder], after=case_file.manifest)
    (folder / "a.txt").unlink()
    with pytest.raises(FormatInvalid, match=r"a\.txt is missing"):
        read_paths([folder], after=case_file.manifest)


def test_the_picture_opens_at_the_page(case_file: CaseFile) -> None:
    page = render_timeline(build_timeline(case_file), case_file)
    targets = set(re.findall(r'id="(page-\d+)"', page))
    links = set(re.findall(r'<a href="#(page-\d+)"><circle', page))
    assert links == {f"page-{exhibit.pages[0]}" for exhibit in case_file.exhibits}
    assert links <= targets and len(targets) == len(case_file.pages)
    assert "rated 6/10" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page), "it needs nothing beside itself"
