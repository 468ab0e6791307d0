"""Broken letters: refused with a reason, or read with a problem at the broken place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from openimr.letters.read import LetterReader
from openimr.terms.errors import InputError

BAD = Path(__file__).parent / "bad"
LETTERS = sorted(path for path in BAD.iterdir() if not path.name.endswith(".expected.txt"))


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as open_reader:
        yield open_reader


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_broken_letter_says_what_is_broken(path: Path, reader: LetterReader) -> None:
    expected = path.with_suffix(".expected.txt").read_text(encoding="utf-8").splitlines()[0]
    kind, _, rest = expected.partition(": ")
    if kind == "error":
        with pytest.raises(InputError) as raised:
            reader.parse(path)
        assert rest.lower() in str(raised.value).lower()
        return
    assert kind == "problem"
    field, _, words = rest.partition(" ")
    parsed, _ = reader.parse(path)
    messages = [problem.message for problem in parsed.letter.problems if problem.field == field]
    assert messages, f"no problem at {field}; there are {[p.field for p in parsed.letter.problems]}"
    assert any(words.lower() in message.lower() for message in messages)


@pytest.mark.parametrize(
    "name", ["outcome_missing", "outcome_misspelt", "two_outcome_words", "second_heading_without_outcome"]
)
def test_an_outcome_that_is_not_printed_is_never_guessed(name: str, reader: LetterReader) -> None:
    disputes = reader.parse(BAD / f"{name}.txt")[0].letter.disputes
    assert disputes[-1].outcome is None
