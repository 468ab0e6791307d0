"""What sounds past and goes on, or is over all the same, in a table that a physician can read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary

ROWS = list(csv.DictReader((Path(__file__).parent / "still_so.csv").read_text().splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}: {row['sentence'][:60]}")
def test_a_sentence_says_whether_it_is_still_so(row: dict[str, str]) -> None:
    facts = extract_facts(pages_of_summary(row["sentence"])).facts
    assert [f.assertion.value for f in facts if f.name == row["name"]] == [row["assertion"]]
