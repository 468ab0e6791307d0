"""Whatever stands in a text: it is read with true spans, or refused as no letter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.letters.citations import cite
from openimr.letters.parse import ParsedLetter, parse_letter
from openimr.letters.source import LetterText, letter_text
from openimr.terms.errors import NotALetter
from openimr.vocabulary.text import fold

# What letters are made of, so that a heap of it comes near to one.
_PIECES = st.sampled_from(
    (
        "Case Number: CM15-0000001", "Date of Injury: 01/31/2012", "Decision Date:", "Priority: Standard",
        "Application 02/30/2015", "Received:", "03/04/15",
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        "State(s) of Licensure: Ohio,Iowa", "Certification(s)/Specialty: Neurology",
        "CLINICAL CASE SUMMARY",
        "The injured worker is a 40 year old male.", "Board Certified in Neurology and is licensed.",
        "DOCUMENTS REVIEWED", "IMR ISSUES, DECISIONS AND RATIONALES", "IMR DECISION(S) AND RATIONALE(S)",
        "disputed items/services set forth below:", "Norco 10/325 mg #60: Upheld", "Knee MRI: Overturned",
        "Claims Administrator guideline:", "MAXIMUS guideline:", "Decision rationale:", ": Upheld", "Upheld",
        "Decision based on MTUS Knee Complaints 2004, Section(s): Summary.", "Pages 3, 5-7", "(ODG), Pain",
        "The request is not medically necessary.", "1) the request for a cane is notmedically necessary",
        "ISSUE AT DISPUTE", "CASE SUMMARY:", "MEDICAL PROFESSIONAL REVIEW", "Page 2 of 5", "**", "<b>", "|",
        "\u00a0", "\f", "\u0130", "\r", "(", ")", ".", "-", "#1",
    )
)  # fmt: skip
_GAPS = st.sampled_from((" ", "\n", "\n\n", "\n\n\n", ""))
_TEXTS = st.lists(st.tuples(st.one_of(_PIECES, st.text(max_size=12)), _GAPS), max_size=60).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


def _read(source: str) -> tuple[ParsedLetter, LetterText] | None:
    text = letter_text(source)
    try:
        return parse_letter(text), text
    except NotALetter:
        return None


@given(_TEXTS)
@settings(max_examples=300)
def test_a_text_is_read_or_refused_and_every_span_lies_in_it(source: str) -> None:
    read = _read(source)
    if read is None:
        return
    parsed, text = read
    assert len(text.text) == len(source)
    for path, span in parsed.spans.items():
        assert 0 <= span.start < span.end <= len(source), path
        assert not text.text[span.start].isspace() and not text.text[span.end - 1].isspace(), path


@given(_TEXTS)
@settings(max_examples=300)
def test_printed_values_are_the_words_at_their_spans(source: str) -> None:
    read = _read(source)
    if read is None:
        return
    parsed, text = read
    values = {"clinical_summary": parsed.letter.clinical_summary, "case_number": parsed.letter.case_number}
    for index, dispute in enumerate(parsed.letter.disputes):
        values[f"disputes.{index}.request"] = dispute.request
        values[f"disputes.{index}.rationale"] = dispute.rationale
    for path, value in values.items():
        if value is not None:
            span = parsed.spans[path]
            assert text.folded(span) == value


@given(_TEXTS)
@settings(max_examples=300)
def test_an_item_without_request_or_outcome_says_so(source: str) -> None:
    read = _read(source)
    if read is None:
        return
    named = {problem.field for problem in read[0].letter.problems}
    for index, dispute in enumerate(read[0].letter.disputes):
        for name in ("request", "outcome"):
            if getattr(dispute, name) is None:
                assert f"disputes.{index}.{name}" in named
    if not read[0].letter.disputes:
        assert "disputes" in named


@given(st.text(max_size=200))
def test_a_citation_quotes_the_line_it_was_read_from(line: str) -> None:
    for citation in cite(line):
        assert citation.printed in fold(line)
        assert citation.printed
