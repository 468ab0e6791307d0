"""Panels as tables: what goes out comes in again, and what cannot be read says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.formats import read_toml_file
from openimr.panel.read import read_panel
from openimr.panel.spreadsheet import panel_from_csv, panel_to_csv
from openimr.panel.toml import panel_to_toml
from openimr.terms.errors import FormatInvalid
from openimr.terms.reviewer import Panel, Reviewer

WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters=";|"), min_size=1).map(
    str.strip
)
PANELS = st.lists(
    st.builds(
        Reviewer,
        id=WORDS.filter(bool),
        name=st.none() | st.sampled_from(["Rosalind O'Hara", 'Ann "Nan" Roth', "Núñez, José"]),
        hours_per_week=st.none() | st.integers(1, 60).map(float),
        discipline=st.sampled_from([None, (), ("Fined, 2001",)]),
        qme=st.sampled_from([None, True, False]),
        capacity=st.none() | st.integers(0, 9),
        turnaround_days=st.none() | st.sampled_from([2.5, 7.0]),
    ),
    min_size=1,
    max_size=3,
).map(lambda reviewers: Panel(schema=1, reviewer=tuple(reviewers)))


@given(PANELS)
def test_what_goes_out_comes_in_again(panel: Panel) -> None:
    again = panel_from_csv(panel_to_csv(panel), name="panel.csv")
    assert again == panel


@given(PANELS)
def test_a_panel_written_as_toml_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, panel: Panel
) -> None:
    path = tmp_path_factory.mktemp("toml") / "panel.toml"
    path.write_text(panel_to_toml(panel), encoding="utf-8")
    assert read_toml_file(path, Panel) == panel


@pytest.mark.parametrize("name", ["baclofen-spasm", "three-disputes"])
def test_the_panels_of_the_examples_come_through_whole(root: Path, tmp_path: Path, name: str) -> None:
    panel = read_panel(root / "examples" / name / "panel.toml")
    assert panel_from_csv(panel_to_csv(panel), name="panel.csv") == panel
    path = tmp_path / "panel.toml"
    path.write_text(panel_to_toml(panel), encoding="utf-8")
    assert read_panel(path) == panel


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,colour\na,red\n", "unknown column 'colour'"),
        ("", "no header"),
        ("id,capacity\na,many\n", "line 2: capacity holds 'many'"),
        ("id,qme\na,perhaps\n", "qme holds 'perhaps'"),
        ("id,boards\na,Neurology;2020-01-01;x\n", "an entry of boards has 3 fields"),
        ("id,licences\na,CA;1;asleep\n", "licences.1.status"),
        ("id,name\na,b,c\n", "more cells than the header"),
        ("id,practice_since\na,tomorrow\n", "practice_since"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(text: str, words: str) -> None:
    with pytest.raises(FormatInvalid, match=r"panel\.csv") as refused:
        panel_from_csv(text, name="panel.csv")
    assert words in str(refused.value)


def test_a_sign_that_parts_entries_is_refused_on_the_way_out() -> None:
    with pytest.raises(FormatInvalid, match="parts entries"):
        panel_to_csv(Panel(schema=1, reviewer=(Reviewer(id="a", education=("one; two",)),)))
