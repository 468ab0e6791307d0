"""Every trigger of the table does what its example sentence says."""

from __future__ import annotations

import re

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.facts.triggers import Says
from openimr.vocabulary.tables import read_table

ROWS = read_table("openimr.facts", "data/triggers.csv")
DECIDING = [row for row in ROWS if row["says"] not in (Says.END, Says.REASON, Says.NONE)]
ASKED = {"denied": "requested", "modified": "requested", "authorized": "requested"}
MARK = re.compile(r"\{([^}]*)\}")


def unmarked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence without its braces, and where the marked words stand in it."""
    spans, shift = [], 0
    for match in MARK.finditer(example):
        spans.append((match.start() - shift, match.end() - shift - 2))
        shift += 2
    return MARK.sub(r"\1", example), spans


@pytest.mark.parametrize(
    "row", DECIDING, ids=lambda row: f"{row['trigger']}-{row['about']}-{row['direction']}"
)
def test_the_example_of_a_trigger_is_read_as_the_trigger_says(row: dict[str, str]) -> None:
    text, spans = unmarked(row["example"])
    assert row["trigger"] in text.lower()
    assert spans
    facts = extract_facts(pages_of_summary(text)).facts
    expected = ASKED.get(row["says"], row["says"])
    if expected == "not_documented":
        expected = "hypothetical"
    for start, end in spans:
        said = {
            f.assertion.value
            for f in facts
            if f.seen_at.start < end and f.seen_at.end > start and f.kind.value not in ("request", "denial")
        }
        assert expected in said, (text[start:end], said)


def test_the_words_of_a_trigger_stand_once_for_each_kind_of_mention() -> None:
    keys = [(row["trigger"], row["says"], row["about"], row["direction"]) for row in ROWS]
    assert len(keys) == len(set(keys))
    assert all(row["trigger"] == row["trigger"].lower() for row in ROWS)
