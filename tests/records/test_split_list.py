"""What a person sets in splits.toml goes before what the reader finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openimr.records.read import read_case_file
from openimr.terms.errors import FormatInvalid
from openimr.terms.records import CaseFile, ExhibitType
from records import paper


def read(folder: Path, splits: str) -> CaseFile:
    (folder / "a.txt").write_text(f"{paper.PROGRESS}\f{paper.IMAGING}\f{paper.LATER}", encoding="utf-8")
    (folder / "splits.toml").write_text(splits, encoding="utf-8")
    return read_case_file(folder)[0]


def test_a_beginning_can_be_set_and_taken_away(tmp_path: Path) -> None:
    case_file = read(tmp_path, "[[split]]\npage = 2\nbegins = false\n")
    assert [e.pages for e in case_file.exhibits] == [(1, 2), (3,)]
    assert [file.name for file in case_file.manifest.files] == ["a.txt"]


def test_what_is_told_of_a_document_goes_before_what_was_found(tmp_path: Path) -> None:
    told = '[[split]]\nfile = "a.txt"\npage = 2\ntype = "consultation"\ntitle = "Second look"\n'
    exhibit = read(tmp_path, f'{told}author = "Ada Quill, MD"\ndate_of_service = 2016-02-02\n').exhibits[1]
    assert (exhibit.type, exhibit.title) == (ExhibitType.CONSULTATION, "Second look")
    assert (exhibit.author, exhibit.date_of_service) == ("Ada Quill, MD", date(2016, 2, 2))


@pytest.mark.parametrize(
    "splits",
    [
        "[[split]]\npage = 9\n",
        '[[split]]\nfile = "b.txt"\npage = 1\n',
        "[[split]]\npage = 2\n[[split]]\npage = 2\n",
        "[[split]]\npage = 2\nbegin = true\n",
    ],
    ids=["page", "file", "twice", "key"],
)
def test_a_page_that_is_not_there_is_an_error(tmp_path: Path, splits: str) -> None:
    with pytest.raises(FormatInvalid):
        read(tmp_path, splits)
