"""Kept pages: nothing finished is lost when the process is killed, and purge leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.formats import OutputFolder
from openimr.records.cache import PageCache, default_folder, purge
from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from records import paper

TEXTS = (paper.PROGRESS, paper.IMAGING, paper.DECISION, paper.LATER)
SECONDS = 90


def kept_pages(folder: Path) -> set[Path]:
    return set(folder.glob("??/*.json"))


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    scans = [paper.scanned(paper.picture_of(text)) for text in TEXTS]
    (folder / "a.pdf").write_bytes(paper.joined(*scans))
    return folder


def test_a_killed_run_loses_no_finished_page(records: Path, tmp_path: Path) -> None:
    cache, out = tmp_path / "cache", tmp_path / "out"
    command = [sys.executable, "-m", "openimr.cli.main", "records", "read", str(records)]
    process = subprocess.Popen(
        [*command, "--out", str(out), "--cache", str(cache)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + SECONDS
    while not kept_pages(cache) and time.monotonic() < until and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it was killed at work, and not done before"
    finished = kept_pages(cache)
    assert finished, "a page was finished"
    assert not out.exists(), "no half of a result is shown"
    with OcrPool(cache=PageCache(cache)) as ocr:
        case_file, _ = read_case_file(records, ocr=ocr)
        assert ocr.recognized == len(TEXTS) - len(finished)
    with OcrPool() as fresh:
        assert read_case_file(records, ocr=fresh)[0] == case_file


def test_ten_new_pages_cost_ten_pages(records: Path, tmp_path: Path) -> None:
    with OcrPool(cache=PageCache(tmp_path / "cache")) as ocr:
        read_case_file(records, ocr=ocr)
    more = paper.scanned(paper.picture_of(paper.PROGRESS.replace("03/14", "05/27")))
    (records / "a.pdf").write_bytes(paper.joined((records / "a.pdf").read_bytes(), more))
    with OcrPool(cache=PageCache(tmp_path / "cache")) as ocr:
        case_file, _ = read_case_file(records, ocr=ocr)
        assert (len(case_file.pages), ocr.recognized) == (len(TEXTS) + 1, 1)


def test_purge_removes_what_was_kept_and_nothing_else(tmp_path: Path) -> None:
    records, folder = tmp_path / "records", tmp_path / "cache"
    records.mkdir()
    (records / "a.pdf").write_bytes(paper.printed([paper.PROGRESS]))
    with OcrPool(cache=PageCache(folder)) as ocr:
        read_case_file(records, ocr=ocr)
    assert list(folder.rglob("*.layers"))
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / ".part.half").write_text("half of a page")
    (folder / "mine.txt").write_text("not of the cache")
    assert purge(folder) == 1
    assert [path.name for path in folder.rglob("*")] == ["mine.txt"]


def test_the_command_empties_the_one_named_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (tmp_path / "a.pdf").write_bytes(paper.printed([paper.PROGRESS]))
    for arguments in (["read", str(tmp_path / "a.pdf"), "--out", str(tmp_path / "out")], ["purge"]):
        with pytest.raises(SystemExit) as done:
            main(["records", *arguments])
        assert done.value.code == 0
        if arguments[0] == "read":
            spilled = default_folder().parent / "ray" / "session_1" / "ray_spilled_objects_ab" / "cd"
            spilled.parent.mkdir(parents=True)
            spilled.write_text("half of a page")
            kept = [path for path in default_folder().rglob("*") if path.is_file()]
            assert kept and default_folder().is_relative_to(tmp_path)
            assert all(path.stat().st_mode & 0o077 == 0 for path in (default_folder(), *kept))
    assert "2 kept results removed" in capsys.readouterr().out
    assert not [path for path in default_folder().parent.rglob("*") if path.is_file()]


def test_what_a_killed_run_left_beside_its_results_goes_with_the_next(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, at_work = tmp_path / f".out.{ended.pid}-abc", tmp_path / f".out.{os.getpid()}-abc"
    for folder in (left, at_work):
        folder.mkdir()
        (folder / "pages.ndjson").write_text("half of a case file")
    with OutputFolder(tmp_path / "out") as out:
        out.write("a.txt", b"text")
    assert sorted(path.name for path in tmp_path.iterdir()) == [at_work.name, "out"]
