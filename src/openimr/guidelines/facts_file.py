"""A facts.json that somebody sends, read with the particulars that criteria count with."""

from __future__ import annotations

from datetime import date
from math import inf
from pathlib import Path

from openimr.facts.dose_units import UNITS_PER_DAY
from openimr.formats import read_json_file
from openimr.terms.errors import FormatInvalid
from openimr.terms.facts import Facts

# Particulars of a fact are text; criteria count with these as numbers, and with these as days.
_NUMBERS = frozenset({"response_percent", "days_supply", UNITS_PER_DAY})
_DAYS = frozenset({"since"})


def read_facts(path: Path) -> Facts:
    """Return the facts of a file, after checking the particulars that are counted with.

    Args:
        path: A facts.json.

    Raises:
        FileMissing: There is no such file.
        FileUnreadable: It is not UTF-8 or not JSON.
        FormatInvalid: A key is unknown, a value has the wrong type, a day is
            no day or a number no number; the message names the fact.

    Source:
        docs/schemas/facts.schema.json, and the particulars that the criteria ask for.
    """
    facts = read_json_file(path, Facts)
    for number, fact in enumerate(facts.facts, start=1):
        for key, value in fact.detail:
            if key in _DAYS and not _is_day(value):
                raise _refusal(path, number, key, value, "a date, as in 2015-03-09")
            if key in _NUMBERS and not _is_number(value):
                raise _refusal(path, number, key, value, "a number, as in 50")
    return facts


def _refusal(path: Path, number: int, key: str, value: str, wanted: str) -> FormatInvalid:
    return FormatInvalid(
        asked=f"Read {path.name}",
        found=f"facts.{number}.detail: {key} is {value!r}.",
        remedy=f"Write {wanted}.",
    )


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(value: str) -> bool:
    try:
        return 0 <= float(value) < inf
    except ValueError:
        return False
