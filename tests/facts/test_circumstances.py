"""Sentences on goals, tapers, prescribers and lasting relief, in a table that a physician can read."""

from __future__ import annotations

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.vocabulary.tables import read_table

ROWS = read_table("openimr.facts", "data/circumstances.csv")
PRESENT, ABSENT, OPEN, GUIDELINE = (
    Assertion.PRESENT,
    Assertion.ABSENT,
    Assertion.HYPOTHETICAL,
    Assertion.GUIDELINE,
)


def told(text: str) -> list[Fact]:
    facts = extract_facts(pages_of_summary(text)).facts
    return [f for f in facts if f.kind is FactKind.CIRCUMSTANCE]


@pytest.mark.parametrize(
    ("sentence", "name", "assertion", "value"),
    [
        ("All opioids come from a single prescriber.", "one prescriber", PRESENT, None),
        ("He fills them at one pharmacy.", "one pharmacy", PRESENT, None),
        ("CURES shows multiple prescribers.", "several prescribers", PRESENT, None),
        ("CURES shows no multiple prescribers.", "several prescribers", ABSENT, None),
        ("Norco is kept at the lowest effective dose.", "lowest effective dose", PRESENT, None),
        ("MTUS recommends the lowest effective dose.", "lowest effective dose", GUIDELINE, None),
        ("Functional goals were set with her.", "goals of function", PRESENT, None),
        ("There is no documentation of functional goals.", "goals of function", OPEN, None),
        ("Short-term goals and long-term goals are listed.", "near goals", PRESENT, None),
        ("Short and long term goals are listed.", "near and far goals", PRESENT, None),
        ("The goal is to return to work in May.", "goal of work", PRESENT, None),
        ("A weaning schedule was handed out.", "schedule for a taper", PRESENT, None),
        ("The dose is tapered by 10% per week.", "rate of a taper", PRESENT, 10.0),
        ("We will wean 10-20 percent every two weeks.", "rate of a taper", PRESENT, 10.0),
        ("Reduce the dose by 20% each month.", "rate of a taper", PRESENT, 4.6),
        ("On 3/1/2016 we attempted to wean.", "attempt to taper", PRESENT, None),
        ("Norco was stopped abruptly.", "stop at once", PRESENT, None),
        ("She wishes to come off the tablets.", "wish to stop", PRESENT, None),
        ("The pain has resolved.", "pain resolved", PRESENT, None),
        ("He has not violated the opioid agreement.", "breach of the agreement", ABSENT, None),
        ("There was a violation of the pain contract.", "breach of the agreement", PRESENT, None),
        ("The block gave 70% relief for six weeks.", "how long relief lasted", PRESENT, 6.0),
        ("The relief lasted about two months.", "how long relief lasted", PRESENT, 8.7),
        ("There was no relief for 3 weeks.", "how long relief lasted", ABSENT, 3.0),
        ("Films show an effusion of 14 mm.", "effusion", PRESENT, 14.0),
        ("Referred to Dr. Marl for weakness of the leg.", "reason for a referral", PRESENT, None),
        ("Consultation to discuss a fusion.", "reason for a referral", PRESENT, None),
        ("Referred to a surgeon for a second opinion.", "reason for a referral", PRESENT, None),
        ("Follow-up visit for persistent neck pain.", "reason for a referral", PRESENT, None),
        ("He is not a surgical candidate.", "no candidate for surgery", PRESENT, None),
        ("She does not smoke.", "no smoking", PRESENT, None),
    ],
)
def test_a_sentence_tells_a_circumstance(
    sentence: str, name: str, assertion: Assertion, value: float | None
) -> None:
    found = {f.name: f for f in told(sentence)}
    assert name in found, found
    assert (found[name].assertion, found[name].value) == (assertion, value)


@pytest.mark.parametrize(
    "sentence",
    [
        "Referred for physical therapy.",
        "Follow up visit in six weeks.",
        "A fracture of the tibial plateau.",
        "He works in housekeeping.",
        "Referred to a pharmacy for electronic prescribing.",
        "He is limited in household chores.",
        "Acute on chronic slipped epiphysis.",
        "The surgeon did not feel that he was a surgical candidate.",
        "The effusion is small.",
        "Relief was good.",
        "The dose was reduced.",
    ],
)
def test_what_only_looks_like_a_circumstance_is_none(sentence: str) -> None:
    assert told(sentence) == []


def test_relief_belongs_to_the_treatment_it_is_told_of() -> None:
    texts = (
        "The epidural steroid injection gave relief for six weeks.",
        "There was relief for six weeks after the epidural steroid injection.",
        "An epidural steroid injection was done. She had relief for six weeks.",
    )
    for text in texts:
        (found,) = told(text)
        assert found.detail == (("of", "epidural steroid injection"),), text


def test_no_circumstance_takes_a_drug_or_a_diagnosis_away() -> None:
    text = "Norco was abruptly discontinued; the lowest effective dose of gabapentin treats neuropathy."
    names = {f.name for f in extract_facts(pages_of_summary(text)).facts}
    assert {"hydrocodone_acetaminophen", "gabapentin", "neuropathy", "stop at once"} <= names


def test_every_phrase_stands_once() -> None:
    phrases = [row["phrase"].lower() for row in ROWS]
    assert len(phrases) == len(set(phrases))
    assert all(row["name"] == row["name"].strip() and row["name"] for row in ROWS)
