"""Our own letters read back: what is cut or altered is told, never guessed."""

from __future__ import annotations

from dataclasses import fields

import pytest

from invented_letters import ISSUANCE, LETTER
from openimr.letters.parse import ParsedLetter, parse_letter
from openimr.letters.render import render
from openimr.letters.render.renderable import NOT_PRINTED, first_difference
from openimr.letters.source import letter_text
from openimr.terms.errors import NotALetter
from openimr.terms.letter import Layout, Letter

TEXT = render(LETTER, ISSUANCE, to="txt").decode()


def read(text: str) -> ParsedLetter:
    return parse_letter(letter_text(text))


def test_every_value_has_its_place_in_the_text() -> None:
    source = letter_text(TEXT)
    parsed = parse_letter(source)
    assert parsed.letter.layout is Layout.OPENIMR
    for path, value in (
        ("case_number", LETTER.case_number),
        ("clinical_summary", LETTER.clinical_summary),
        ("disputes.1.request", LETTER.disputes[1].request),
        ("disputes.1.rationale", LETTER.disputes[1].rationale),
        ("patient.age", "47"),
        ("decision_date", "04/21/2015"),
    ):
        assert source.folded(parsed.spans[path]) == value
    for number, citation in enumerate(LETTER.disputes[1].reviewer_basis or ()):
        assert source.folded(parsed.spans[f"disputes.1.reviewer_basis.{number}"]) == citation.printed


@pytest.mark.parametrize("share", range(2, 100, 3))
def test_a_letter_that_is_cut_says_which_field_it_may_have_lost(share: int) -> None:
    try:
        letter = read(TEXT[: len(TEXT) * share // 100]).letter
    except NotALetter:
        return
    told = {problem.field.split(".")[0] for problem in letter.problems}
    for field in fields(Letter):
        name = field.name
        if name not in NOT_PRINTED and getattr(letter, name) != getattr(LETTER, name):
            assert name in told or "header" in told, name


@pytest.mark.parametrize(
    ("words", "instead", "field"),
    [
        ("Case Number:", "Case No:", "header"),
        ("Decision: Upheld. The denial stands", "Decision: Upheld in full. It stands", "disputes.0.outcome"),
        ("Expert Reviewer guideline:", "Guideline:", "disputes.0.reviewer_basis"),
        ("Standard", "Hurried", "priority"),
        ("47 years old", "about 47", "patient"),
        ("Disputed item 2 of 2:", "Item 2:", "disputes"),
        ("Report date: 02/17/2015", "Report date: 02/30/2015", "documents_reviewed.0"),
        ("CLINICAL CASE SUMMARY", "CLINICAL CASE SUMMARY OF THE FILE", None),
        ("LIST OF DOCUMENTS REVIEWED", "DOCUMENTS", "documents_reviewed"),
    ],
)
def test_what_was_altered_is_told(words: str, instead: str, field: str | None) -> None:
    letter = read(TEXT.replace(words, instead, 1)).letter
    if field is None:
        assert first_difference(LETTER, letter) is None
    else:
        assert field in {problem.field for problem in letter.problems}


def test_lines_may_end_anywhere() -> None:
    """A mail program or a PDF may set the same words in other lines."""
    for text in (" ".join(TEXT.split()), "\n".join(TEXT.split()), TEXT.replace("\n", "\r\n")):
        assert first_difference(LETTER, read(text).letter) is None
