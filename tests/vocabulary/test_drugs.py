"""Drugs: the published vocabulary carried over, every name found, no name twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from openimr.vocabulary.drugs import all_drugs, find_drugs, nearest_drug_names

# One row of the reference stands here for several products with routes of their own.
OWN_ROUTES = {"testosterone", "androgel", "depo-testosterone", "sprix"}


def reference(shared: Path) -> list[dict[str, Any]]:
    text = (shared / "reference" / "guidelines.yaml").read_text(encoding="utf-8")
    drugs: list[dict[str, Any]] = yaml.safe_load(text)["drugs"]
    return drugs


def names_of(row: dict[str, Any]) -> list[str]:
    """Return the ingredient and the brands of a reference row, remarks in brackets cut off."""
    names = [row["ingredient"], *(row["brands"] or [])]
    plain = [re.sub(r"\s*\([^)]*\)", "", name).removeprefix("compound: ") for name in names]
    return [name.split("/")[0] if "low-dose" in name else name for name in plain]


def test_every_ingredient_and_brand_of_the_reference_is_found(shared: Path) -> None:
    missing = [name for row in reference(shared) for name in names_of(row) if not find_drugs(name)]
    assert missing == []


def test_class_schedule_and_route_carry_over(shared: Path) -> None:
    different = []
    for row in reference(shared):
        if row["ingredient"].startswith("compound"):
            continue  # a compound is no product of its own here; its ingredients are
        for name in names_of(row):
            drug = find_drugs(name)[0].value
            schedule = None if row["schedule"] in (None, "none") else row["schedule"]
            route = drug.route if name.lower() in OWN_ROUTES else row["route"]
            if (drug.drug_class, drug.schedule, drug.route) != (row["cls"], schedule, route):
                different.append((name, drug.id))
    assert different == []


def test_a_compound_of_the_reference_has_a_topical_product_for_its_first_ingredient(shared: Path) -> None:
    topical = {d.ingredients[0] for d in all_drugs() if d.route == "topical"}
    compounds = [r["ingredient"] for r in reference(shared) if r["ingredient"].startswith("compound")]
    firsts = {re.split(r"[/ ]", name.removeprefix("compound: "))[0] for name in compounds}
    assert firsts <= topical


def test_no_name_stands_for_two_drugs() -> None:
    counts = Counter(n.lower() for d in all_drugs() for n in (*d.names, *d.brands))
    assert [name for name, count in counts.items() if count > 1] == []


def test_drugs_are_sorted_and_each_has_a_name_and_an_ingredient() -> None:
    ids = [drug.id for drug in all_drugs()]
    assert ids == sorted(set(ids))
    assert all(drug.ingredients and (drug.names or drug.brands) for drug in all_drugs())


@pytest.mark.parametrize("drug", all_drugs(), ids=lambda drug: drug.id)
def test_every_name_of_a_drug_finds_that_drug_whole(drug: Any) -> None:
    for name in (*drug.names, *drug.brands):
        (match,) = find_drugs(f"the {name.upper()}, continued")
        assert match.value is drug
        assert (match.start, match.end) == (4, 4 + len(name))


@pytest.mark.parametrize(
    ("name", "is_opioid"),
    [
        ("Norco", True),
        ("tramadol", True),
        ("butorphanol", True),
        ("Suboxone", True),
        ("Narcan", False),
        ("Movantik", False),
        ("Soma", False),
    ],
)
def test_opioids_are_told_from_their_antagonists(name: str, is_opioid: bool) -> None:
    assert find_drugs(name)[0].value.is_opioid is is_opioid


def test_a_drug_inside_a_longer_word_is_not_found() -> None:
    assert find_drugs("somatic complaints, normalcy and mobicity") == []


def test_the_longest_name_counts() -> None:
    assert [m.value.id for m in find_drugs("Voltaren gel, Voltaren, Opana ER, Opana")] == [
        "diclofenac_gel",
        "diclofenac",
        "oxymorphone_er",
        "oxymorphone",
    ]


def test_menthol_alone_is_not_the_salve_with_methyl_salicylate() -> None:
    assert find_drugs("menthol 5%")[0].value.ingredients == ("menthol",)


@pytest.mark.parametrize(
    ("typed", "meant"), [("Baclofin", "baclofen"), ("gabapentn", "gabapentin"), ("oxycodne", "oxycodone")]
)
def test_a_misspelled_drug_has_its_name_among_the_nearest(typed: str, meant: str) -> None:
    assert meant in nearest_drug_names(typed)


@given(
    st.lists(st.sampled_from([n for d in all_drugs() for n in d.names]) | st.text(max_size=20), max_size=6)
)
def test_drugs_found_stand_where_they_say(words: list[str]) -> None:
    text = " ".join(words)
    reached = 0
    for match in find_drugs(text):
        assert reached <= match.start < match.end
        names = {n.lower() for n in (*match.value.names, *match.value.brands)}
        assert text[match.start : match.end].lower() in names
        reached = match.end
