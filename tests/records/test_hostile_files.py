"""A hostile or broken file is contained: bounded time, a reason, and the rest of the case file goes on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from openimr.records.read import read_paths
from openimr.terms.errors import InputError
from openimr.terms.records import CaseFile, Page, ReadBy, SourceFile
from records.hostile import pdfs
from records.hostile.table import TABLE, Hostile, May

MARK = "wordsofthehostilefile"
GOOD = "Progress note of 03/05/2015\nThe patient walks without a limp\nQuietvalley Clinic"
# A file may take 30 seconds; twice that, as a machine may be busy.
SECONDS = 60
MUTATIONS = 60
MUTATIONS_A_FOLDER = 10


class NeverEnds(AssertionError):
    """The reader did not come back."""


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Fail a block that takes longer."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise NeverEnds(f"The reader did not come back within {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def files_of(case_file: CaseFile, name: str) -> list[SourceFile]:
    """Return the source file of that name, or those that came out of the archive of that name."""
    return [
        file for file in case_file.manifest.files if file.name == name or file.name.startswith(name + "/")
    ]


def pages_of(case_file: CaseFile, name: str) -> list[Page]:
    """Return the pages of a source file, or of those that came out of the archive of that name."""
    hashes = {file.sha256 for file in files_of(case_file, name)}
    return [page for page in case_file.pages if page.document in hashes]


def is_unread(case_file: CaseFile, name: str) -> bool:
    """Return whether the file is listed and nothing of it was read, each time with a reason."""
    files, pages = files_of(case_file, name), pages_of(case_file, name)
    if not pages:
        return bool(files) and all(file.unread_because for file in files)
    return all(page.read_by is ReadBy.UNREAD and page.unread_because for page in pages)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, deep enough to be climbed out of, with one good file; it is where the test stands."""
    inside = tmp_path / "one" / "two" / "case"
    inside.mkdir(parents=True)
    (inside / "a-good.pdf").write_bytes(pdfs.one_page(GOOD))
    monkeypatch.chdir(inside)
    return inside


@pytest.mark.parametrize("hostile", TABLE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_contained_and_the_good_one_read(hostile: Hostile, folder: Path) -> None:
    (folder / hostile.name).write_bytes(hostile.make(MARK))
    before = {path.name for path in folder.parents[1].rglob("*")}
    with bounded(SECONDS):
        case_file, _ = read_paths([folder])
    good = pages_of(case_file, "a-good.pdf")
    assert len(good) == 1 and "walks without a limp" in good[0].text
    assert hostile.name in {file.name for file in case_file.manifest.files}, (
        "the file is listed, whatever it is"
    )
    was_read = any(MARK in page.text for page in pages_of(case_file, hostile.name))
    if hostile.may is May.BE_READ:
        assert was_read
    elif hostile.may is May.NOT_BE_READ:
        assert is_unread(case_file, hostile.name)
    assert {path.name for path in folder.parents[1].rglob("*")} == before, "nothing is written beside it"
    assert "root:" not in "".join(page.text for page in case_file.pages), "no file of the machine is read"


@pytest.mark.parametrize("hostile", [one for one in TABLE if not one.slow], ids=lambda hostile: hostile.name)
def test_a_hostile_file_alone_is_an_input_error_or_is_listed(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make(MARK))
    with bounded(SECONDS):
        try:
            case_file, _ = read_paths([path])
        except InputError as error:
            assert MARK not in str(error) and error.remedy
            return
    assert files_of(case_file, hostile.name)


def test_every_page_that_was_not_read_has_its_reason(folder: Path) -> None:
    for hostile in TABLE:
        if hostile.may is May.NOT_BE_READ and not hostile.slow:
            (folder / hostile.name).write_bytes(hostile.make(MARK))
    with bounded(SECONDS):
        case_file, _ = read_paths([folder])
    unread = [page for page in case_file.pages if page.read_by is ReadBy.UNREAD]
    assert all(page.unread_because for page in unread)
    assert {page.bundle_page for page in unread} == set(case_file.manifest.unread_pages)


@pytest.mark.parametrize("start", range(0, MUTATIONS, MUTATIONS_A_FOLDER))
def test_mutated_files_never_stop_the_rest(start: int, folder: Path) -> None:
    """Bytes are changed by seed; which seed failed stands in the name of the file."""
    whole = pdfs.one_page(GOOD.replace("Quietvalley", MARK))
    for seed in range(start, start + MUTATIONS_A_FOLDER):
        random = Random(seed)
        changed = pdfs.mutated(whole, random, random.choice((1, 2, 5, 20, 80)))
        (folder / f"mutated-{seed}.pdf").write_bytes(changed)
    with bounded(SECONDS):
        case_file, _ = read_paths([folder])
    names = {file.name for file in case_file.manifest.files}
    assert names >= {f"mutated-{seed}.pdf" for seed in range(start, start + MUTATIONS_A_FOLDER)}
    assert any("walks without a limp" in page.text for page in pages_of(case_file, "a-good.pdf"))
    for file in case_file.manifest.files:
        assert file.pages or file.unread_because, f"{file.name} has neither pages nor a reason"
    named = {file.sha256: file.name for file in case_file.manifest.files}
    for page in case_file.pages:
        assert page.text.strip() or page.unread_because, f"{named[page.document]} lost page {page.number}"
