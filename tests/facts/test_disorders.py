"""Every word of the table of disorders does what its sentence says."""

from __future__ import annotations

import re

import pytest

from openimr.facts.disorders import How
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import FactKind
from openimr.vocabulary.tables import read_table

ROWS = read_table("openimr.facts", "data/disorder_words.csv")
MARK = re.compile(r"\{([^}]*)\}")
# A sentence each in which the name of a disorder says that nobody has it, or says nothing new.
NO_DISORDER = (
    "He came for an excision of a dorsal {wrist mass}.",
    "The plan was to correct the {claw deformity}.",
    "Open reduction of the {radius fracture} was done.",
    "The {fracture} line was crossed by two screws.",
    "PROCEDURE:  Removal of {ganglion cyst}, left wrist.",
    "ABDOMEN:  Soft, with a {mass} under the scar.",
)


def diagnoses(example: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the marked words stand in a sentence, and where a diagnosis is read in it."""
    text = MARK.sub(r"\1", example)
    marked = [(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(MARK.finditer(example))]
    facts = extract_facts(pages_of_summary(text)).facts
    return marked, [(f.seen_at.start, f.seen_at.end) for f in facts if f.kind is FactKind.DIAGNOSIS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["word"])
def test_a_word_tells_a_disorder_or_only_looks_like_one(row: dict[str, str]) -> None:
    marked, found = diagnoses(row["example"])
    assert row["word"] in row["example"].lower()
    for start, end in marked:
        is_read = any(a < end and start < b for a, b in found)
        assert is_read == (row["how"] != How.EXCEPT)


@pytest.mark.parametrize("example", NO_DISORDER)
def test_the_name_of_a_disorder_within_another_name_is_no_diagnosis(example: str) -> None:
    (marked,), found = diagnoses(example)
    assert not any(a < marked[1] and marked[0] < b for a, b in found)


def test_a_disorder_named_again_is_one_diagnosis() -> None:
    _, found = diagnoses("The film shows an ankle fracture. The {fracture} was set.")
    assert len(found) == 1


def test_a_title_of_the_classification_brings_its_code() -> None:
    (fact,) = extract_facts(pages_of_summary("Treated for toxoplasmosis.")).facts
    assert ("icd10", "B58") in fact.detail


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [
        ("DIAGNOSES:\n1. Status post left hip fusion.\n2. Gout.", True),
        ("PAST MEDICAL HISTORY:  Gout, asthma, s/p left hip fusion.", True),
        ("HISTORY:  She is status post left hip fusion.", False),
    ],
)
def test_an_operation_in_a_list_of_diagnoses_is_an_item_of_it(text: str, is_listed: bool) -> None:
    facts = extract_facts(pages_of_summary(text)).facts
    named = [f for f in facts if f.name == "status after an operation"]
    assert [f.assertion.value for f in named] == ["historical"] * is_listed
