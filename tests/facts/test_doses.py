"""Doses as charts print them and what is read of them, in a table that a physician can read.

A cell that is empty says that nothing may be read: nothing is supposed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from openimr.facts.daily_dose import units_per_day
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import Fact, FactKind

ROWS = list(csv.DictReader((Path(__file__).parent / "doses.csv").read_text().splitlines()))
DETAILS = ("strength", "frequency", "quantity", "as_needed", "form")


def medication(sentence: str) -> Fact:
    facts = extract_facts(pages_of_summary(sentence)).facts
    (found,) = [f for f in facts if f.kind is FactKind.MEDICATION]
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sentence"][:70])
def test_a_dose_is_read_as_the_table_says(row: dict[str, str]) -> None:
    detail = dict(medication(row["sentence"]).detail)
    assert {key: detail.get(key, "") for key in DETAILS} == {key: row[key] for key in DETAILS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sentence"][:70])
def test_the_tablets_of_a_day_are_counted_as_the_table_says(row: dict[str, str]) -> None:
    assert units_per_day(medication(row["sentence"])) == (float(row["units_a_day"] or 0) or None)


def test_what_was_given_in_one_dose_is_past_whatever_side_its_amount_stands_on() -> None:
    for sentence in ("He was given two grams of Ancef.", "He was given Ancef 2 g."):
        assert medication(sentence).assertion.value == "historical"
    assert medication("He was given Norco for pain.").assertion.value == "present"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("He takes Norco 10/325 mg 1-2 p.o. q.4-6h. p.r.n.", "Norco 10/325 mg 1-2 p.o. q.4-6h. p.r.n"),
        ("She takes Ambien 10 mg q.h.s.", "Ambien 10 mg q.h.s"),
        ("He takes prednisone 5 mg every other day.", "prednisone 5 mg every other day"),
        ("He takes Norco 10/325 mg one in the morning and two at night.",
         "Norco 10/325 mg one in the morning and two at night"),
        ("He takes Motrin 400 mg q.i.d. as necessary.", "Motrin 400 mg q.i.d. as necessary"),
        ("Norco 10/325 mg is not medically necessary.", "Norco 10/325 mg"),
        ("He takes Norco 10/325 mg, and walks.", "Norco 10/325 mg"),
    ],
)  # fmt: skip
def test_the_quotation_holds_the_words_of_the_dose(sentence: str, quote: str) -> None:
    assert medication(sentence).quote == quote
