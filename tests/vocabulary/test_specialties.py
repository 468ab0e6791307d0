"""Specialties as boards and letters name them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.vocabulary.specialties import all_specialties, specialty_named, split_specialties


def test_every_specialty_that_a_published_letter_prints_is_known(shared: Path) -> None:
    letters = json.loads((shared / "letters/published/expected.json").read_text(encoding="utf-8"))
    printed = {s for letter in letters for s in split_specialties(letter["specialty"], at_and=False)}
    assert len(printed) > 10
    assert {name for name in printed if specialty_named(name) is None} == set()


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Sports Medicinea", "Sports Medicine"),
        ("Orthopedic Surgry", "Orthopedic Surgery"),
        ("Physical Medicine & Rehabiltation", "Physical Medicine & Rehabilitation"),
        ("Ophthamology", "Ophthalmology"),
        ("internal  medcine", "Internal Medicine"),
        ("Preventative Medicine", "Preventive Medicine"),
    ],
)
def test_a_typing_error_is_forgiven(printed: str, meant: str) -> None:
    found = specialty_named(printed)
    assert found is not None and found.name == meant


@pytest.mark.parametrize("printed", ["Nurology", "ENG", "", "Medicine", "Surgeon General", "Hand Medicine"])
def test_a_name_in_doubt_is_no_specialty(printed: str) -> None:
    assert specialty_named(printed) is None


def test_the_printed_text_is_kept() -> None:
    assert split_specialties("Physical Medicine & Rehabilitation,Sports Medicinea") == (
        "Physical Medicine & Rehabilitation",
        "Sports Medicinea",
    )


def test_names_and_aliases_are_of_one_specialty_only() -> None:
    names = [n.lower() for s in all_specialties() for n in (s.name, *s.aliases)]
    assert len(names) == len(set(names))


@given(st.sampled_from(all_specialties()), st.data())
def test_a_known_name_is_itself_whatever_its_case(specialty: object, data: st.DataObject) -> None:
    assert hasattr(specialty, "aliases") and hasattr(specialty, "name")
    name = data.draw(st.sampled_from((specialty.name, *specialty.aliases)))
    assert specialty_named(f" {name.upper()} ") == specialty


@given(st.text(max_size=40))
def test_splitting_never_invents_text(text: str) -> None:
    for part in split_specialties(text):
        assert part in text
