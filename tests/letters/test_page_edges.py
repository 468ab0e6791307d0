"""What stands in the text of a letter and is none of its words: page numbers, marks that print nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from openimr.letters.page_numbers import without_page_numbers
from openimr.letters.parse import parse_letter
from openimr.letters.read import LetterReader
from openimr.letters.source import letter_text
from openimr.terms.errors import FileRefused

LETTER = (
    (Path(__file__).parent / "good" / "block_2015_header_label_wraps.txt")
    .read_text(encoding="utf-8")
    .replace("\f", "")
)
WHOLE = parse_letter(letter_text(LETTER)).letter
# The pages break inside the summary, inside a guideline line, and before the second item's rationale.
BREAKS = ("report dated 6-22-2015", "Disability Guidelines, Mental", "Decision rationale: The cited page")


def _paged(form: str, *, numbers: tuple[int, ...] = (1, 2, 3, 4), at_top: bool = False) -> str:
    rest, pages = LETTER, []
    for words in BREAKS:
        before, rest = rest.split(words)
        pages.append(before)
        rest = words + rest
    numbered = zip([*pages, rest], numbers, strict=True)
    if at_top:
        return "\f".join(f"{form.format(number)}\n\n{page}" for page, number in numbered)
    return "\f".join(f"{page}\n\n{form.format(number)}\n" for page, number in numbered)


@pytest.mark.parametrize("at_top", [False, True])
@pytest.mark.parametrize("form", ["{}", "   - {} -", "Page {}", "{} of 4", "{}/4"])
def test_numbers_of_pages_are_no_words_of_the_letter(form: str, at_top: bool) -> None:
    assert parse_letter(letter_text(_paged(form, at_top=at_top))).letter == WHOLE


def test_a_number_that_is_not_the_pages_own_stays() -> None:
    letter = parse_letter(letter_text(_paged("{}", numbers=(1, 2, 60, 4)))).letter
    assert letter.clinical_summary is not None
    assert "The 1 report dated" in letter.clinical_summary


def test_one_page_that_ends_in_its_number_proves_nothing() -> None:
    text = "A walker for the month of\n2\fweeks"
    assert without_page_numbers(text, (0, text.index("\f") + 1)) == text


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u200b", "\u00ad", "\u202c", "\ufeff"])
def test_marks_that_print_nothing_are_in_no_value(mark: str) -> None:
    text = LETTER.replace(":", f":{mark}").replace(" Six", f" {mark}Six").replace("Xanax", f"Xa{mark}nax")
    letter = parse_letter(letter_text(text)).letter
    assert letter == WHOLE


def test_a_mark_inside_a_deciding_word_leaves_the_outcome_open() -> None:
    parsed = parse_letter(letter_text(LETTER.replace("#60: Upheld", "#60: Up\u200bheld")))
    assert parsed.letter.disputes[1].outcome is None
    assert "disputes.1.outcome" in {problem.field for problem in parsed.letter.problems}


def test_a_wide_colon_is_a_colon() -> None:
    assert parse_letter(letter_text(LETTER.replace(":", "\uff1a"))).letter == WHOLE


def test_of_a_file_without_end_no_more_is_read_than_the_most() -> None:
    with LetterReader() as reader, pytest.raises(FileRefused, match="more than 1,000,000 bytes"):
        reader.parse(Path("/dev/zero"))
