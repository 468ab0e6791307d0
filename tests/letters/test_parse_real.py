"""Real letters: every field against the values that were read by eye and script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from openimr.letters.parse import ParsedLetter
from openimr.letters.read import LetterReader
from openimr.letters.source import LetterText
from openimr.terms.citation import CitationKind
from openimr.terms.letter import Layout, Letter, Outcome
from openimr.terms.problem import Severity
from openimr.vocabulary.text import fold

_DATES = ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "application_received")
_PRIORITIES = {"Standard": "regular", "Expedited": "expedited"}


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as open_reader:
        yield open_reader


def _listed(printed: str) -> tuple[str, ...]:
    return tuple(re.split(r"\s*,\s*", fold(printed)))


def _differences(expected: dict[str, object], letter: Letter) -> list[str]:
    wanted: dict[str, object] = {"case_number": expected["case_number"]}
    for name in _DATES:
        wanted[name] = datetime.strptime(str(expected[name]), "%m/%d/%Y").date()
    wanted["priority"] = _PRIORITIES[str(expected["priority"])]
    found = {name: getattr(letter, name) for name in wanted}
    wanted["licensed_in"], found["licensed_in"] = (
        _listed(str(expected["licensure"])),
        letter.reviewer.licensed_in,
    )
    wanted["specialties"], found["specialties"] = (
        _listed(str(expected["specialty"])),
        letter.reviewer.specialties,
    )
    items = expected["items"]
    assert isinstance(items, list)
    wanted["disputes"] = [(fold(item["request"]), Outcome(item["decision"].lower())) for item in items]
    found["disputes"] = [(dispute.request, dispute.outcome) for dispute in letter.disputes]
    return [
        f"{name}: {found[name]} instead of {wanted[name]}" for name in wanted if found[name] != wanted[name]
    ]


@pytest.mark.parametrize("form", ["pdf", "txt"])
def test_every_field_of_every_published_letter_is_exact(
    form: str, shared: Path, reader: LetterReader
) -> None:
    published = shared / "letters" / "published"
    wrong = []
    letters = json.loads((published / "expected.json").read_text(encoding="utf-8"))
    for expected in letters:
        number = expected["case_number"]
        path = published / f"{number}.pdf" if form == "pdf" else published / "text" / f"{number}.txt"
        wrong += [f"{number}: {line}" for line in _differences(expected, reader.parse(path)[0].letter)]
    assert wrong == []
    assert len(letters) == 65


def test_a_published_letter_has_no_error_and_no_missing_part(shared: Path, reader: LetterReader) -> None:
    for path in sorted((shared / "letters" / "published").glob("*.pdf")):
        letter = reader.parse(path)[0].letter
        assert [p for p in letter.problems if p.severity is Severity.ERROR] == []
        assert letter.layout is Layout.BLOCK_2015
        assert letter.documents_reviewed is None
        for dispute in letter.disputes:
            assert dispute.payer_basis and dispute.reviewer_basis
            assert dispute.treatment is not None
            assert dispute.rationale is not None and dispute.rationale.endswith(".")


def test_the_seeds_say_what_a_reader_sees(shared: Path, reader: LetterReader) -> None:
    letters = [reader.parse(path)[0].letter for path in sorted((shared / "letters" / "seeds").iterdir())]
    assert [letter.layout for letter in letters] == [
        Layout.BLOCK_2015, Layout.PROSE_2014, Layout.BLOCK_2015, Layout.PROSE_2014, Layout.BLOCK_2015,
    ]  # fmt: skip
    assert [len(letter.disputes) for letter in letters] == [2, 1, 2, 2, 2]
    assert {dispute.outcome for letter in letters for dispute in letter.disputes} == {Outcome.UPHELD}
    assert letters[0].disputes[0].treatment is not None and letters[0].disputes[0].treatment.retrospective
    assert letters[1].case_number == "CM14-0106040"
    assert letters[1].reviewer.board_certified_in == (
        "Physical Medicine and Rehabilitation",
        "Pain Management",
    )
    assert letters[1].disputes[0].payer_basis is not None
    assert letters[1].disputes[0].payer_basis[0].kind is CitationKind.NOT_CITED
    for letter in (letters[0], *letters[2:]):
        assert letter.case_number is None
        assert any(problem.field == "header" for problem in letter.problems)


def test_the_beginning_of_a_notice_of_2013_is_read_as_far_as_it_goes(
    shared: Path, reader: LetterReader
) -> None:
    letter = reader.parse(shared / "letters" / "published" / "2013-layout-excerpt.txt")[0].letter
    assert letter.layout is Layout.NOTICE_2013
    assert [dispute.outcome for dispute in letter.disputes] == [Outcome.UPHELD, Outcome.UPHELD]
    assert str(letter.ur_denial_date) == "2013-08-30"
    assert (letter.patient.age, letter.patient.sex) == (44, "female")


def _values(parsed: ParsedLetter) -> Iterator[tuple[str, str]]:
    """Yield the path and the printed words of every value that is kept as printed."""
    letter = parsed.letter
    if letter.case_number:
        yield "case_number", letter.case_number
    if letter.clinical_summary:
        yield "clinical_summary", letter.clinical_summary
    for index, dispute in enumerate(letter.disputes):
        path = f"disputes.{index}"
        for name in ("request", "rationale"):
            value = getattr(dispute, name)
            if value is not None:
                yield f"{path}.{name}", value
        for side in ("payer_basis", "reviewer_basis"):
            for number, citation in enumerate(getattr(dispute, side) or ()):
                yield f"{path}.{side}.{number}", citation.printed.strip(" ,;:.-\u2013")


def check_spans(parsed: ParsedLetter, text: LetterText) -> int:
    """Check that the span of every printed value holds its words; return how many."""
    checked = 0
    for path, value in _values(parsed):
        span = parsed.spans[path]
        words = fold(text.text[span.start : span.end])
        assert words == value or words.strip(" ,;:.-\u2013") == value, path
        checked += 1
    return checked


def test_every_printed_value_stands_where_its_span_says(shared: Path, reader: LetterReader) -> None:
    letters = shared / "letters"
    paths = [*sorted((letters / "published").glob("*.pdf")), *sorted((letters / "seeds").iterdir())]
    assert sum(check_spans(*reader.parse(path)) for path in paths) > 900


def test_every_citation_names_a_document_or_says_that_it_does_not(shared: Path, reader: LetterReader) -> None:
    for path in sorted((shared / "letters" / "published" / "text").iterdir()):
        letter = reader.parse(path)[0].letter
        flagged = {p.field for p in letter.problems if p.code == "citation.unknown_document"}
        for index, dispute in enumerate(letter.disputes):
            for side in ("payer_basis", "reviewer_basis"):
                for citation in getattr(dispute, side):
                    if citation.kind in (CitationKind.MTUS, CitationKind.ACOEM) and citation.document is None:
                        assert f"disputes.{index}.{side}" in flagged


def test_every_value_has_a_span(shared: Path, reader: LetterReader) -> None:
    for path in sorted((shared / "letters" / "published").glob("*.pdf"))[::5]:
        parsed, text = reader.parse(path)
        letter = parsed.letter
        wanted = {"case_number", "priority", "clinical_summary", *_DATES}
        wanted |= {"reviewer.licensed_in", "reviewer.specialties"}
        wanted |= {f"patient.{name}" for name in ("age", "sex") if getattr(letter.patient, name) is not None}
        for index, dispute in enumerate(letter.disputes):
            wanted |= {
                f"disputes.{index}.{name}" for name in ("request", "treatment", "outcome", "rationale")
            }
            for side in ("payer_basis", "reviewer_basis"):
                wanted |= {f"disputes.{index}.{side}.{n}" for n in range(len(getattr(dispute, side)))}
        assert wanted <= set(parsed.spans)
        assert all(1 <= text.page_at(span.start) <= len(text.page_starts) for span in parsed.spans.values())
