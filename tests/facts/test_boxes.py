"""Forms with boxes: an unticked box says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.facts.boxes import only_ticked
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import Assertion

# A line of a form, what stays of it, and what does not.
LINES = [
    ("[X] Asthma   [ ] Stroke   [X] Diabetes", {"asthma", "diabetes mellitus"}, {"stroke"}),
    ("[ ] Spasm  [ ] Weakness  [ ] Numbness", set(), {"muscle spasm", "weakness", "numbness"}),
    ("( ) Asthma  (x) Diabetes", {"diabetes mellitus"}, {"asthma"}),
    ("☐ Asthma ☒ Diabetes ☑ Hypertension", {"diabetes mellitus", "hypertension"}, {"asthma"}),
    ("Asthma [ ] Yes [X] No   Diabetes [X] Yes [ ] No", {"diabetes mellitus"}, {"asthma"}),
    ("[ ] Yes [X] No Asthma   [X] Yes [ ] No Diabetes", {"diabetes mellitus"}, {"asthma"}),
    ("Asthma [ ]   Diabetes [X]   Hypertension [ ]", {"diabetes mellitus"}, {"asthma", "hypertension"}),
    ("Asthma [ ] Yes [ ] No", set(), {"asthma"}),
    ("[ ] Full duty   [X] Modified work", {"modified work"}, {"full duty"}),
]


@pytest.mark.parametrize(("line", "kept", "gone"), LINES)
def test_only_what_is_ticked_is_read(line: str, kept: set[str], gone: set[str]) -> None:
    """The ticked options are facts, the others are none, not even absent ones."""
    found = extract_facts(pages_of_summary(f"Examination form.\n{line}\nSigned by the physician."))
    names = {f.name for f in found.facts}
    assert kept <= names
    assert not gone & names
    assert all(f.assertion is Assertion.PRESENT for f in found.facts if f.name in kept)


def test_a_side_is_not_carried_from_one_box_to_the_next() -> None:
    """What stands behind one box is not said of the next."""
    text = "[X] Pain in the left leg   [X] Weakness"
    weakness = next(f for f in extract_facts(pages_of_summary(text)).facts if f.name == "weakness")
    assert "side" not in dict(weakness.detail)


def test_quotations_stand_in_the_page_as_it_was() -> None:
    """What is blanked is blanked for reading only."""
    text = "[X] Asthma   [ ] Stroke\n[ ] Neck pain [X] Low back pain with tenderness"
    for fact in extract_facts(pages_of_summary(text)).facts:
        assert text[fact.seen_at.start : fact.seen_at.end] == fact.quote


@given(st.text(alphabet="[]( )xX☐☒Yesno aB\n:.-", max_size=80))
def test_no_character_moves(text: str) -> None:
    """A page keeps its length, and every character that stays keeps its place."""
    kept = only_ticked(text)
    assert len(kept) == len(text)
    assert all(new == old or (new in " \n-" and old != "\n") for new, old in zip(kept, text, strict=True))
