"""Pictures of pages: drawn once, kept by hash for the owner alone, bounded, and gone when they shall be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.conf import settings

from openimr.desk import jobs, pictures, sheets, store
from openimr.desk.demo_records import records_of
from openimr.desk.environment import SettingInvalid, read_environment
from openimr.desk.files import path_of, store_file
from openimr.desk.models import Case, StoredFile
from openimr.terms.errors import InputError

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def paper() -> StoredFile:
    """Return a stored PDF whose pictures were removed."""
    case = Case.objects.filter(stage="view").order_by("pk")[0]
    pictures.clear()
    return store_file([records_of(store.state_of(case).case)], media_type="application/pdf")


def kept() -> list[Path]:
    return sorted(pictures.folder().rglob("*.png"))


def test_a_page_is_drawn_once_and_shown_from_then_on(
    paper: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sheets.drawn(paper.sha256, 1)
    assert first.startswith(b"\x89PNG")
    (file,) = kept()
    assert file.name.startswith(f"{paper.sha256}-1-") and file.parent.name == paper.sha256[:2]

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("it was drawn again")

    monkeypatch.setattr(pictures, "page_png", never)
    assert sheets.drawn(paper.sha256, 1) == first


def test_pictures_are_readable_by_the_owner_of_the_desk_alone(paper: StoredFile) -> None:
    sheets.drawn(paper.sha256, 1)
    for path in (pictures.folder(), *pictures.folder().rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_no_picture_outlives_its_file(paper: StoredFile) -> None:
    sheets.drawn(paper.sha256, 1)
    path_of(paper.sha256).unlink()
    with pytest.raises(InputError):
        sheets.drawn(paper.sha256, 1)


def test_of_too_many_pictures_those_go_that_nobody_looked_at_for_longest(paper: StoredFile) -> None:
    root = pictures.folder() / "00"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for n in range(10):
        (root / f"{'0' * 64}-{n}-110.png").write_bytes(b"x" * 100)
        os.utime(root / f"{'0' * 64}-{n}-110.png", (1000 + n, 1000 + n))
    assert pictures.trim(1000) == 0
    assert pictures.trim(600) == 5, "down to nine tenths of the room"
    assert [int(path.name.split("-")[1]) for path in kept()] == [5, 6, 7, 8, 9]
    assert pictures.clear() == 5 and kept() == []


def test_a_full_disk_takes_a_picture_from_nobody(paper: StoredFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pictures.tempfile, "NamedTemporaryFile", full)
    assert sheets.drawn(paper.sha256, 1).startswith(b"\x89PNG")
    assert kept() == []


def test_what_a_killed_drawing_left_is_removed_after_a_day(paper: StoredFile) -> None:
    root = pictures.folder() / "aa"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, age in ((".part-old", 10.0), (".part-new", None)):
        (root / name).write_bytes(b"half")
        if age is not None:
            os.utime(root / name, (age, age))
    jobs.tidy()
    assert [path.name for path in root.glob(".part-*")] == [".part-new"]
    pictures.clear()


def test_the_room_and_the_days_are_told_by_the_environment() -> None:
    told = read_environment({"OPENIMR_PICTURES_MB": "10", "OPENIMR_DAYS_TO_ANSWER": "5"})
    assert (told.pictures_mb, told.days_to_answer, told.days_to_answer_expedited) == (10, 5, 1)
    for name in ("OPENIMR_PICTURES_MB", "OPENIMR_DAYS_TO_ANSWER"):
        with pytest.raises(SettingInvalid, match=f"Read {name}"):
            read_environment({name: "many"})
    assert settings.ENVIRONMENT.pictures_mb > 0
