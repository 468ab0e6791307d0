"""A check that was not done, or is only planned, is no check."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.answer import Asked
from openimr.guidelines.questions import ask
from openimr.terms.facts import Assertion
from openimr.vocabulary.requests import parse_request

# What a note says, the check, what is said of it, and whether a criterion on it is answered yes, no or not.
CHECKED = [
    ("A urine drug screen was done.", "urine drug test", Assertion.PRESENT, True),
    ("Urine drug screen of 08/18/2014 was consistent.", "urine drug test", Assertion.PRESENT, True),
    ("No urine drug screen has been done.", "urine drug test", Assertion.ABSENT, False),
    ("A urine drug screen was not done.", "urine drug test", Assertion.ABSENT, False),
    ("There is no urine drug screen on file.", "urine drug test", Assertion.HYPOTHETICAL, None),
    ("No documentation of a urine drug screen.", "urine drug test", Assertion.HYPOTHETICAL, None),
    ("A urine drug screen was not submitted.", "urine drug test", Assertion.HYPOTHETICAL, None),
    ("A urine drug screen should be obtained.", "urine drug test", Assertion.REQUESTED, None),
    ("Urine drug screen will be performed.", "urine drug test", Assertion.REQUESTED, None),
    ("We recommend a random urine drug screen.", "urine drug test", Assertion.REQUESTED, None),
    ("Urine drug screen ordered today.", "urine drug test", Assertion.REQUESTED, None),
    ("Urine drug screen ordered today was consistent.", "urine drug test", Assertion.PRESENT, True),
    ("CURES report was not reviewed.", "CURES report", Assertion.ABSENT, False),
    ("CURES report was reviewed.", "CURES report", Assertion.PRESENT, True),
    ("An opioid agreement was not signed.", "opioid agreement", Assertion.ABSENT, False),
    ("There is no opioid agreement.", "opioid agreement", Assertion.ABSENT, False),
    ("An opioid agreement was signed.", "opioid agreement", Assertion.PRESENT, True),
]
QUESTIONS = {
    "urine drug test": "doc.uds_done",
    "CURES report": "doc.cures_checked",
    "opioid agreement": "doc.pain_agreement",
}


@pytest.mark.parametrize(("text", "check", "says", "answer"), CHECKED)
def test_a_check_counts_where_it_was_done(
    text: str, check: str, says: Assertion, answer: bool | None
) -> None:
    """What is planned is requested, what is not on file is silence, what was not done is denied."""
    facts = extract_facts(pages_of_summary(text))
    found = [f for f in facts.facts if f.name == check]
    assert {f.assertion for f in found} == {says}
    asked = Asked(facts=facts, treatment=parse_request("Norco 10/325 mg #60"), on=date(2014, 9, 1))
    assert ask(QUESTIONS[check], asked).value is answer
    assessed = ask("doc.aberrant_behaviour_assessed", asked).value
    assert assessed is (True if answer else None)
