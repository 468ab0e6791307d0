"""``openimr facts extract``: a records folder in, facts and a chronology out, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.formats import OutputFolder, read_json_file
from openimr.records.folder import write_records
from openimr.records.read import read_paths
from openimr.terms.chronology import Entry
from openimr.terms.facts import Facts
from openimr.terms.records import CaseFile, Manifest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WRITTEN = ["chronology.csv", "chronology.html", "chronology.json", "facts.json"]


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in ("facts", "extract", *arguments)])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def write(folder: Path, case_file: CaseFile) -> Path:
    with OutputFolder(folder) as out:
        write_records(out, case_file)
    return folder


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case_file, _ = read_paths((EXAMPLES / "three-disputes" / "records",))
    return write(tmp_path_factory.mktemp("three") / "records", case_file)


def test_four_files_are_written_and_can_be_read_again(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts"
    assert status(records, "--out", out) == 0
    assert sorted(path.name for path in out.iterdir()) == WRITTEN
    entries = read_json_file(out / "chronology.json", tuple[Entry, ...])
    assert entries
    assert read_json_file(out / "facts.json", Facts).facts
    assert any(entry.mme_per_day == 40.0 for entry in entries)
    html = (out / "chronology.html").read_text("utf-8")
    assert "recalled, not verified" in html


def test_json_is_one_object(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(records, "--out", tmp_path / "facts", "--json") == 0
    assert set(json.loads(capsys.readouterr().out)) == {"facts", "chronology"}


def test_an_empty_record_gives_an_empty_chronology_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = Manifest(files=(), exhibits=0, pages=0, unread_pages=(), seal="0" * 64)
    folder = write(tmp_path / "records", CaseFile(manifest=manifest, pages=(), exhibits=()))
    assert status(folder, "--out", tmp_path / "facts") == 0
    assert "no entry" in capsys.readouterr().out
    assert json.loads((tmp_path / "facts" / "chronology.json").read_bytes()) == []
    assert "The record holds no entry" in (tmp_path / "facts" / "chronology.html").read_text("utf-8")


def test_a_folder_that_holds_no_record_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(tmp_path, "--out", tmp_path / "facts") == 2
    assert "manifest.json" in capsys.readouterr().err
    assert not (tmp_path / "facts").exists()
