"""Read the tables of cases that stand beside the tests, each row as a case."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path

from openimr.formats import from_json
from openimr.terms.case import Case

HERE = Path(__file__).parent
BARE: dict[str, object] = {
    "schema": 1,
    "case": {"programme": "us_ca_wc", "number": "CM14-0000001", "priority": "regular"},
}


def rows(table: str, key: str) -> list[dict[str, object]]:
    """Return the rows of a table."""
    return list(tomllib.loads((HERE / table).read_text(encoding="utf-8"))[key])


def case_of(given: dict[str, object], *, start: dict[str, object] = BARE) -> Case:
    """Return a case that starts from another and changes what is given; "" takes a key away."""
    return from_json(json.dumps(_merged(deepcopy(start), given), default=_text), Case, name="the table")


def _merged(into: dict[str, object], given: dict[str, object]) -> dict[str, object]:
    for key, value in given.items():
        below = into.get(key)
        if value == "":
            into.pop(key, None)
        elif isinstance(value, dict):
            into[key] = _merged(below if isinstance(below, dict) else {}, value)
        else:
            into[key] = value
    return into


def _text(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()
