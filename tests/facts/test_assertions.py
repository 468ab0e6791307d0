"""Sentences of charts and what they say, in a table that a physician can read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary

ROWS = list(csv.DictReader((Path(__file__).parent / "assertions.csv").read_text().splitlines()))

SILENT = [
    "The straight leg raise was performed on both sides.",
    "Range of motion of the neck was examined.",
    "The gait and the reflexes were looked at.",
    "She came with her husband and sat in the waiting room.",
    "No mechanism of injury was mentioned.",
    "The pt came alone.\nInes Marl, PT",
    "HARBOR PAIN AND SPINE GROUP",
    "The bleeding was stopped and the wound closed.",
    "The transverse carpal tunnel ligament was cut.",
    "The fracture site was washed out.",
    "The abdomen is obese and soft.",
    "The note of 10/10/2014 has two pages and 8 lines.",
    "",
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}: {row['sentence'][:40]}")
def test_a_sentence_says_what_the_table_says(row: dict[str, str]) -> None:
    facts = extract_facts(pages_of_summary(row["sentence"])).facts
    named = [f for f in facts if f.kind.value == row["kind"] and f.name == row["name"]]
    assert row["assertion"] in [f.assertion.value for f in named]
    if row["value"]:
        assert float(row["value"]) in [f.value for f in named]
    if row["detail"]:
        key, _, value = row["detail"].partition("=")
        assert (key, value) in [item for f in named for item in f.detail]


@pytest.mark.parametrize("sentence", SILENT)
def test_silence_is_no_fact(sentence: str) -> None:
    facts = extract_facts(pages_of_summary(sentence)).facts
    assert [f for f in facts if f.kind.value != "sex"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The MRI didn't show disc herniation.",
        "The MRI failed to show disc herniation.",
        "The MRI never showed disc herniation.",
        "An MRI may show disc herniation.",
        "The MRI no longer shows disc herniation.",
    ],
)
def test_a_study_that_shows_nothing_has_not_shown_it(sentence: str) -> None:
    facts = extract_facts(pages_of_summary(sentence)).facts
    assert [f.name for f in facts if f.kind.value == "imaging"] == ["magnetic resonance imaging"]
    assert not [f for f in facts if "shows" in dict(f.detail)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Physical therapy has not failed.",
        "Physical therapy has never failed.",
        "She denies that physical therapy failed.",
        "Physical therapy was not only helpful but easy.",
        "Physical therapy might have helped.",
        "Since the physical therapy he has not worked.",
    ],
)
def test_what_has_not_failed_or_might_help_has_no_response(sentence: str) -> None:
    facts = extract_facts(pages_of_summary(sentence)).facts
    (therapy,) = [f for f in facts if f.name == "physical therapy"]
    assert "response" not in dict(therapy.detail)


def test_what_is_not_documented_is_never_absent() -> None:
    for row in ROWS:
        facts = extract_facts(pages_of_summary(row["sentence"])).facts
        silent = [f for f in facts if ("documentation", "not_documented") in f.detail]
        assert all(f.assertion.value == "hypothetical" for f in silent)


def test_guideline_speech_goes_on_until_the_patient_is_named() -> None:
    text = (
        "MTUS states that opioids need review. Constipation is frequent. "
        "The patient has constipation since June."
    )
    said = [
        f.assertion.value for f in extract_facts(pages_of_summary(text)).facts if f.name == "constipation"
    ]
    assert said == ["guideline", "present"]
