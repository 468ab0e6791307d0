"""What a drug test found, and what relatives take, is not what the patient takes."""

from __future__ import annotations

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import FactKind

# What a note says, the drugs and results of tests, the drugs in use.
NOTES = [
    ("The urine drug screen was negative for oxycodone.", {("oxycodone", "negative")}, set()),
    (
        "Urine drug screen of 08/18/2014 was inconsistent: negative for oxycodone, positive for alprazolam.",
        {("oxycodone", "negative"), ("alprazolam", "positive")},
        set(),
    ),
    ("UDS was positive for morphine, which was not prescribed.", {("morphine", "positive")}, set()),
    (
        "Urine toxicology was consistent with the prescribed tramadol.",
        {("tramadol", "consistent")},
        set(),
    ),
    ("Urine drug screen was consistent and he takes tramadol 50 mg.", set(), {"tramadol"}),
    ("He takes tramadol 50 mg. A urine drug screen was done.", set(), {"tramadol"}),
    ("He takes tramadol 50 mg; the urine drug screen was negative.", set(), {"tramadol"}),
    ("Continue tramadol. Urine drug screen for compliance with tramadol.", set(), {"tramadol"}),
]


@pytest.mark.parametrize(("text", "tested", "taken"), NOTES)
def test_a_drug_of_a_test_is_no_drug_in_use(text: str, tested: set[tuple[str, str]], taken: set[str]) -> None:
    """A result names its drug; use comes from what says that it is taken."""
    facts = extract_facts(pages_of_summary(text))
    details = [dict(f.detail) for f in facts.facts if f.name == "urine drug test"]
    assert {(d["drug"], d.get("result", "")) for d in details if "drug" in d} == tested
    assert {use.drug for use in facts.drug_use} == taken


@pytest.mark.parametrize(
    ("text", "is_patients"),
    [
        ("His brother takes warfarin.", False),
        ("Her mother was treated with warfarin for years.", False),
        ("Family history: father on warfarin.", False),
        ("Her mother says that she takes warfarin.", True),
        ("The patient takes warfarin. His father had a stroke.", True),
    ],
)
def test_what_a_relative_takes_is_of_the_family(text: str, is_patients: bool) -> None:
    """No use of a drug comes from a relative."""
    facts = extract_facts(pages_of_summary(text))
    assert bool(facts.drug_use) is is_patients
    drugs = [f for f in facts.facts if f.kind is FactKind.MEDICATION]
    assert all((f.assertion.value != "family") is is_patients for f in drugs)


@pytest.mark.parametrize(
    ("text", "results"),
    [
        (
            "Urine drug screen was inconsistent: positive for methamphetamine and cocaine.",
            {("methamphetamine", "positive"), ("cocaine", "positive")},
        ),
        ("Urine drug screen was negative for cocaine.", {("cocaine", "negative")}),
        (
            "Methamphetamine      POSITIVE\nHeroin      NOT DETECTED\n",
            {("methamphetamine", "positive"), ("heroin", "not detected")},
        ),
        # no test and no result
        ("He denies use of cocaine.", set()),
        ("Urine drug screen is ordered to look for cocaine.", set()),
    ],
)
def test_the_result_of_an_illicit_drug_is_told(text: str, results: set[tuple[str, str]]) -> None:
    """It stands with its drug and its result, and is not judged."""
    details = [dict(f.detail) for f in extract_facts(pages_of_summary(text)).facts]
    found = {(d["drug"], d["result"]) for d in details if d.get("prescribed") == "never"}
    assert found == results
