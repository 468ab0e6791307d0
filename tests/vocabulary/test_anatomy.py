"""Body parts, sides and spinal levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.vocabulary.anatomy import find_parts, read_body_parts, read_levels, region_of
from openimr.vocabulary.tables import read_table


def places(text: str) -> list[str]:
    return [f"{p.side.value} {p.part}" if p.side else p.part for p in read_body_parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("right shoulder", ["right shoulder"]),
        ("left and right knee", ["bilateral knee"]),
        ("R shoulder and (L) knee", ["right shoulder", "left knee"]),
        ("B/L LE", ["bilateral lower extremity"]),
        ("BUE", ["bilateral upper extremity"]),
        ("Rt. wrist", ["right wrist"]),
        ("both hands", ["bilateral hand"]),
        ("knee, left", ["left knee"]),
        ("shoulder (right), neck", ["right shoulder", "neck"]),
        ("knees bilaterally", ["bilateral knee"]),
        ("hip, left knee", ["hip", "left knee"]),
        ("neck, right shoulder", ["neck", "right shoulder"]),
        ("left hip, lower leg, and knee", ["left hip", "left lower leg", "left knee"]),
        ("bilateral hands/wrists", ["bilateral hand", "bilateral wrist"]),
        ("left arm, neck and hand", ["left arm", "neck", "hand"]),
        ("thumb spica splint, right", ["right thumb"]),
        ("biceps tenodesis, left shoulder", ["left shoulder"]),
        ("cervical and lumbar spine", ["neck", "lumbar spine"]),
        ("spinal manipulation for the low back", ["lumbar spine"]),
        ("left trapezius and low back", ["left shoulder", "lumbar spine"]),
    ],
)
def test_parts_have_the_side_that_is_printed_for_them(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "face-to-face visit",
        "knee scooter",
        "spine surgeon",
        "hand specialist",
        "spinal cord stimulator",
        "right hand dominant",
        "nasal spray",
        "he came back with good eye contact",
        "walks 200 feet and is 5 foot 10",
        "on the other hand, a head-on collision",
    ],
)
def test_words_that_only_look_like_body_parts_are_none(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L4-5, L5-S1", ("L4-L5", "L5-S1")),
        ("C5-6 and C6/7", ("C5-C6", "C6-C7")),
        ("L4-L5-S1", ("L4-L5", "L5-S1")),
        ("L4-L5/L5-S1", ("L4-L5", "L5-S1")),
        ("L4 through S1", ("L4-S1",)),
        ("l3, l4 and l5", ("L3", "L4", "L5")),
        ("T12-L1", ("T12-L1",)),
        ("C7-T1", ("C7-T1",)),
        ("L5 to S1", ("L5-S1",)),
        ("C9-10", ()),
        ("E0730 and L0637", ()),
        ("10/325 mg #3", ()),
    ],
)
def test_levels_are_written_in_one_way(text: str, expected: tuple[str, ...]) -> None:
    assert read_levels(text) == expected


def test_a_part_has_one_region_and_is_paired_or_not() -> None:
    rows = read_table("openimr.vocabulary", "data/body_parts.csv")
    parts = {(row["part"], row["region"], row["paired"]) for row in rows}
    assert len(parts) == len({part for part, _, _ in parts})
    phrases = [row["phrase"] for row in rows]
    assert phrases == sorted(set(phrases))
    assert all(region_of(part) == region for part, region, _ in parts if part)


PHRASES = [row["phrase"] for row in read_table("openimr.vocabulary", "data/body_parts.csv")]
WORDS = st.sampled_from([*PHRASES, "left", "right", "bilateral", "and", ",", "(R)", "L4-5", "MRI"])


@given(st.lists(WORDS | st.text(max_size=8), max_size=8))
def test_parts_found_stand_where_they_say(words: list[str]) -> None:
    text = " ".join(words)
    for match in find_parts(text):
        assert text[match.start : match.end].lower() in PHRASES
    assert len(set(read_body_parts(text))) == len(read_body_parts(text))


@given(st.text(alphabet="CTLSctls0123456789-/, to", max_size=30))
def test_levels_are_levels_of_a_spine(text: str) -> None:
    highest = {"C": 8, "T": 12, "L": 6, "S": 5}
    for level in read_levels(text):
        for end in level.split("-"):
            assert 1 <= int(end[1:]) <= highest[end[0]]
