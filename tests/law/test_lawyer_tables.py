"""Tables that a lawyer can read: one row, one point of law, with the section that it comes from.

Each file of ``tables/`` has a ``[base]`` case and rows that change it. A row
says what the law gives: ``due`` (row of the deadline table = day or moment),
``unknown`` (clocks that cannot be computed), ``absent`` (clocks that do not
run), ``grounds`` (all codes against the application and its items), ``eligible``
(numbers of the items that go on) and ``alerts``. ``why`` names the section.
"""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from law.oracle import due_dates
from openimr.formats import read_toml_file
from openimr.law.deadlines import deadlines
from openimr.law.eligibility import check_eligibility
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case
from openimr.terms.period import Moment

TABLES = Path(__file__).parent / "tables"
ANSWERS = {"why", "due", "unknown", "absent", "grounds", "eligible", "alerts"}
FEWEST_ROWS = 120


def rows() -> list[Any]:
    """Return every row of every table with its base, named by file and number."""
    found = []
    for path in sorted(TABLES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, row in enumerate(table["row"], start=1):
            found.append(pytest.param(table["base"], row, id=f"{path.stem}-{number}"))
    return found


def merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Return the base with the changes of a row; the word "none" takes a key away."""
    whole = deepcopy(base)
    for key, value in change.items():
        if value == "none":
            whole.pop(key, None)
        elif isinstance(value, dict) and isinstance(whole.get(key), dict):
            whole[key] = merged(whole[key], value)
        else:
            whole[key] = value
    return whole


def toml_of(data: dict[str, Any]) -> str:
    """Return the case as the file a user would write."""
    lines = [
        f"{key} = {value_of(value)}" for key, value in data.items() if not isinstance(value, dict | list)
    ]
    for key, value in data.items():
        if isinstance(value, dict):
            lines += [f"[{key}]", *(f"{name} = {value_of(one)}" for name, one in value.items())]
        elif isinstance(value, list):
            for item in value:
                lines += [f"[[{key}]]", *(f"{name} = {value_of(one)}" for name, one in item.items())]
    return "\n".join(lines) + "\n"


def value_of(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return value.isoformat() if isinstance(value, date) else str(value)


def case_of(base: dict[str, Any], row: dict[str, Any], folder: Path) -> Case:
    """Return the case of a row, read as any case file is read."""
    path = folder / "case.toml"
    change = {key: value for key, value in row.items() if key not in ANSWERS}
    path.write_text(toml_of(merged(base, change)), encoding="utf-8")
    return read_toml_file(path, Case)


def is_due(found: Moment | None, expected: date | datetime) -> bool:
    if found is None:
        return False
    return found.at == expected if isinstance(expected, datetime) else found.on == expected


def test_the_tables_are_there_and_every_row_names_its_section() -> None:
    whole = [param.values[1] for param in rows()]
    assert len(whole) >= FEWEST_ROWS
    marks = ("LC ", "CCP ", "CCR ", "Gov. Code", "Rule ", "9792")
    assert [row for row in whole if not any(mark in row["why"] for mark in marks)] == []
    assert [row["why"] for row in whole if not set(row) & (ANSWERS - {"why"})] == []


@pytest.mark.parametrize(("base", "row"), rows())
def test_the_law_gives_what_the_row_says(base: dict[str, Any], row: dict[str, Any], tmp_path: Path) -> None:
    case = case_of(base, row, tmp_path)
    found = {one.ref: one.due for one in deadlines(case, load_rulebook())}
    wrong = [f"{ref}: {found.get(ref)}, not {due}" for ref, due in row.get("due", {}).items()
             if not is_due(found.get(ref), due)]  # fmt: skip
    wrong += [f"{ref}: {found.get(ref, 'no row')}" for ref in row.get("unknown", [])
              if found.get(ref, "no row") is not None]  # fmt: skip
    wrong += [f"{ref} runs" for ref in row.get("absent", []) if ref in found]
    assert wrong == [], row["why"]


@pytest.mark.parametrize(("base", "row"), rows())
def test_the_grounds_are_those_of_the_row(base: dict[str, Any], row: dict[str, Any], tmp_path: Path) -> None:
    answer = check_eligibility(case_of(base, row, tmp_path), load_rulebook())
    if "grounds" in row:
        assert sorted({ground.code for ground in answer.grounds}) == sorted(row["grounds"]), row["why"]
    if "eligible" in row:
        assert list(answer.eligible) == row["eligible"], row["why"]
    if "alerts" in row:
        assert sorted({alert.code for alert in answer.alerts}) == sorted(row["alerts"]), row["why"]


@pytest.mark.parametrize(("base", "row"), rows())
def test_the_second_reading_agrees_with_the_row(
    base: dict[str, Any], row: dict[str, Any], tmp_path: Path
) -> None:
    """A row that the slow reading of the law refuses is a mistake in the row or in that reading."""
    known = due_dates(case_of(base, row, tmp_path))
    wrong = [f"{ref}: {sorted(map(str, known[ref].dates))}" for ref, due in row.get("due", {}).items()
             if ref not in known or due not in known[ref].dates]  # fmt: skip
    assert wrong == [], row["why"]
