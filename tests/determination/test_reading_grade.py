"""The school grade of a text: plain words low, long words and sentences high."""

from __future__ import annotations

import pytest

from openimr.determination.reading_grade import reading_grade

# the grade of the formula, with syllables counted by hand
GRADES = [
    ("The dog ran.", -2.6),  # 3 words, 1 sentence, 3 syllables
    ("She walks to the store.", -1.8),  # 5 words, 5 syllables
    ("Medication reduces pain.", 17.0),  # 3 words, 8 syllables, spoken: med-i-ca-tion re-duc-es pain
]


@pytest.mark.parametrize(("text", "grade"), GRADES)
def test_the_grade_is_that_of_the_formula(text: str, grade: float) -> None:
    assert reading_grade(text) == pytest.approx(grade, abs=0.05)


def test_longer_sentences_ask_more_of_their_reader() -> None:
    short = reading_grade("He was hurt. He had pain. He was treated.")
    long = reading_grade("He was hurt and he had pain and he was treated.")
    assert short is not None and long is not None and short < long


@pytest.mark.parametrize("text", ["", "#90", "10 mg x 3"[:2]])
def test_a_text_without_words_has_no_grade(text: str) -> None:
    assert reading_grade(text) is None
