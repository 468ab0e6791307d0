"""Reading a panel, and the panels of the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from openimr.formats import read_toml_file
from openimr.law.qualifications import reviewer_rules
from openimr.panel.read import check_panel, read_panel
from openimr.panel.select import select_reviewer
from openimr.terms.case import Case
from openimr.terms.errors import AssignmentError, FormatInvalid
from openimr.terms.reviewer import Assignment, Board, Panel
from openimr.vocabulary.requests import parse_request
from panel.invented import licence, reviewer


def test_two_of_one_id_nobody_and_an_unknown_key_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "panel.toml"
    path.write_text('schema = 1\n[[reviewer]]\nid = "a"\n[[reviewer]]\nid = "a"\n', encoding="utf-8")
    with pytest.raises(AssignmentError, match="the id a"):
        read_panel(path)
    path.write_text("schema = 1\n", encoding="utf-8")
    with pytest.raises(AssignmentError, match="no reviewers"):
        read_panel(path)
    path.write_text('schema = 1\n[[reviewer]]\nid = "a"\nlicenses = []\n', encoding="utf-8")
    with pytest.raises(FormatInvalid, match="licences"):
        read_panel(path)


def test_unknown_specialties_and_states_and_no_capacity_are_told() -> None:
    panel = Panel(
        schema=1,
        reviewer=(
            reviewer("a", boards=(Board(name="Occupational Health"),)),
            reviewer("b", licences=(licence("Ontario"),), capacity=0),
            reviewer("c", licences=(), taxonomy=("2081",)),
            reviewer("d"),
        ),
    )
    found = {p.code: p for p in check_panel(panel)}
    assert set(found) == {
        "panel.specialty_unknown",
        "panel.state_unknown",
        "panel.no_capacity",
        "panel.no_licence",
        "panel.taxonomy_unknown",
    }
    assert all("d." not in p.field for p in found.values())
    assert "Occupational Medicine" in found["panel.specialty_unknown"].remedy


@pytest.mark.parametrize("name", ["baclofen-spasm", "three-disputes"])
def test_the_reviewer_who_adopts_an_example_is_the_one_selected(root: Path, name: str) -> None:
    folder = root / "examples" / name
    case = read_toml_file(folder / "case.toml", Case)
    assert case.dates.assigned is not None
    on = case.dates.assigned.on
    found = select_reviewer(
        case,
        tuple(parse_request(d.request) for d in case.disputes),
        read_panel(folder / "panel.toml"),
        rules=reviewer_rules(case.case.programme, on),
        on=on,
        seed=1,
    )
    assert isinstance(found, Assignment)
    assert f'reviewer = "{found.reviewer}"' in (folder / "adoption.toml").read_text(encoding="utf-8")
