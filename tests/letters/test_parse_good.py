"""Letters of every layout, each read as a careful reader reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from openimr.letters.read import LetterReader
from openimr.terms.letter import UNVERIFIED_LAYOUTS, Layout, Letter
from openimr.vocabulary.text import fold

GOOD = Path(__file__).parent / "good"
LETTERS = sorted(path for path in GOOD.iterdir() if path.suffix in (".txt", ".md"))
_EXPLANATIONS = {"note", "also_acceptable", "null_because", "unverified_layout"}


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as open_reader:
        yield open_reader


def _plain(value: object) -> object:
    """Return a value of a letter as the expected files write it."""
    if value is None or isinstance(value, (int, list, dict)):
        return value
    if isinstance(value, tuple):
        return list(value)
    return str(value)


def _differences(
    expected: dict[str, object], letter: object, path: str, also: dict[str, object]
) -> list[str]:
    """Return where a letter says something else than expected."""
    found = []
    for key, wanted in expected.items():
        if key in _EXPLANATIONS:
            continue
        field = f"{path}{key}"
        if key in ("original", "authorized", "remaining"):
            portion = getattr(letter.treatment, key)  # type: ignore[attr-defined]  # a dispute
            said = fold(portion.text) if portion else None
            if said != wanted and (field not in also or said != also[field]):
                found.append(f"{field}: {said} instead of {wanted}")
            continue
        value = getattr(letter, key)
        if key == "documents_reviewed":
            titles = None if value is None else [document.title for document in value]
            if titles != wanted:
                found.append(f"{field}: {titles} instead of {wanted}")
        elif isinstance(wanted, dict):
            inner = wanted.get("also_acceptable", {})
            found += _differences(
                wanted, value, f"{field}.", {**also, **(inner if isinstance(inner, dict) else {})}
            )
        elif key == "disputes":
            assert isinstance(wanted, list)
            if len(value) != len(wanted):
                found.append(f"{field}: {len(value)} items instead of {len(wanted)}")
            for index, (item, dispute) in enumerate(zip(wanted, value, strict=False)):
                found += _differences(item, dispute, f"{field}.{index}.", also)
        elif _plain(value) != wanted and (field not in also or _plain(value) != also[field]):
            found.append(f"{field}: {_plain(value)!r} instead of {wanted!r}")
    return found


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_letter_says_what_a_careful_reader_takes_from_it(path: Path, reader: LetterReader) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    letter = reader.parse(path)[0].letter
    assert _differences(expected, letter, "", expected.get("also_acceptable", {})) == []


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_every_missing_value_that_the_layout_prints_has_a_problem(path: Path, reader: LetterReader) -> None:
    letter = reader.parse(path)[0].letter
    named = {problem.field for problem in letter.problems}
    for index, dispute in enumerate(letter.disputes):
        for key in ("request", "outcome"):
            if getattr(dispute, key) is None:
                assert f"disputes.{index}.{key}" in named


def test_every_layout_has_a_letter(reader: LetterReader) -> None:
    layouts = {reader.parse(path)[0].letter.layout for path in LETTERS}
    assert layouts == set(Layout) - {Layout.OPENIMR}


def test_layouts_without_an_original_are_marked_unverified(reader: LetterReader) -> None:
    for path in LETTERS:
        letter: Letter = reader.parse(path)[0].letter
        is_marked = any(problem.code == "layout.unverified" for problem in letter.problems)
        assert is_marked == (letter.layout in UNVERIFIED_LAYOUTS)


def test_a_reviewer_who_stands_on_what_the_payer_cited_cites_the_same(
    reader: LetterReader, tmp_path: Path
) -> None:
    """The notices of 2013 say so instead of printing the source again."""
    text = (GOOD / "notice_2013_two_items.txt").read_text(encoding="utf-8")
    before, relied, after = text.partition("The Expert Reviewer relied on")
    said = (
        "The Claims Administrator based its decision on the Chronic Pain Medical Treatment Guidelines "
        "(2009), Lidoderm, page 56, which is part of the MTUS. The Expert Reviewer found the guidelines "
        "used by the Claims Administrator relevant and appropriate.\n"
    )
    letter = tmp_path / "same.txt"
    _, mark, reasons = after.partition("Rationale for the Decision:")
    letter.write_text(before + said + mark + reasons, encoding="utf-8")
    dispute = reader.parse(letter)[0].letter.disputes[0]
    assert relied and dispute.reviewer_basis == dispute.payer_basis
    assert [(c.document, c.pages) for c in dispute.reviewer_basis or ()] == [("mtus-cp-2009", ((56, 56),))]
