"""Where a heading begins behind a rationale that does not end as sentences do."""

from __future__ import annotations

from pathlib import Path

import pytest

from openimr.letters.parse import parse_letter
from openimr.letters.source import letter_text
from openimr.terms.letter import Letter

LETTER = (
    (Path(__file__).parent / "good" / "block_2015_header_label_wraps.txt")
    .read_text(encoding="utf-8")
    .replace("\f", "")
)
REQUEST = "Xanax 0.5 mg #60"
END = "Six visits are within a first trial. The request is medically necessary."


def _ending(end: str, *, gap: str = "\n\n") -> Letter:
    assert END in LETTER
    return parse_letter(letter_text(LETTER.replace(f"{END}\n\n", f"{end}{gap}"))).letter


@pytest.mark.parametrize(
    "end",
    [
        "Six visits are within a first trial. As such, they would be supported (see above)",
        "Six visits are within a first trial. The request\nis medically\nnecessary",
        "Six visits are within a first trial, as two reviews have found (Marl, 2009; Odell, 2011)",
        "These six visits have their place here",
    ],
)
def test_behind_a_blank_line_prose_without_a_period_is_the_rationale(end: str) -> None:
    letter = _ending(end)
    assert letter.disputes[1].request == REQUEST
    assert letter.disputes[0].rationale is not None
    assert letter.disputes[0].rationale.endswith(" ".join(end.split()))


@pytest.mark.parametrize(
    "heading",
    [
        "Xanax 0.5 mg\n\nwafers #60",
        "Xanax 0.5 mg #60 was the original request. Xanax 0.5 mg #20 was authorized by\n\n"
        "Claims Administrator. The remaining IMR eligible portion, Xanax 0.5 mg #40 is",
    ],
)
def test_a_blank_line_inside_a_heading_never_cuts_it_unseen(heading: str) -> None:
    letter = parse_letter(letter_text(LETTER.replace(f"{REQUEST}: Upheld", f"{heading}: Upheld"))).letter
    request = letter.disputes[1].request
    assert request in (None, " ".join(heading.split()))
    if request is None:
        assert "disputes.1.request" in {problem.field for problem in letter.problems}


@pytest.mark.parametrize(
    "end",
    [
        # a paragraph of the rationale, and the heading runs on from it
        "Six visits are a trial.\n\nSteps: (a) meet (b) plan As such, they would be supported (see above)",
        "Six visits are a trial.\n\nCriteria: Daily Care. Steps Behind: This is the view of one study [12]",
        "Six visits are a trial.\n\nBetter sleep and mood. She has had none before. They were well planned.\n"
        "weekly",
    ],
)
def test_prose_before_a_heading_that_runs_on_is_never_part_of_it(end: str) -> None:
    letter = _ending(end, gap="\n")
    assert letter.disputes[1].request is None
    assert letter.disputes[0].rationale is None
    assert {"disputes.0.rationale", "disputes.1.request"} <= {problem.field for problem in letter.problems}


def test_prose_without_a_period_at_the_end_of_a_page_is_never_part_of_the_next_heading() -> None:
    letter = _ending("These six visits have their place here", gap="\n\f\n")
    assert letter.disputes[1].request is None
    assert letter.disputes[0].rationale is None
    assert "disputes.1.request" in {problem.field for problem in letter.problems}


def test_a_heading_goes_on_over_the_end_of_a_page() -> None:
    letter = _ending(f"{END}\n\nXanax 0.5 mg\n\fwafers or", gap=" ")
    assert letter.disputes[1].request == f"Xanax 0.5 mg wafers or {REQUEST}"
