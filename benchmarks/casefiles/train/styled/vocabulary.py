"""The words of ``words.toml``, dealt out to dialects."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random

DIALECTS = 4


@cache
def _tables() -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def kinds() -> tuple[str, ...]:
    """Return the kinds of papers that there are words for."""
    return tuple(name for name in _tables() if name != "shared")


def setting(kind: str, name: str) -> str:
    """Return a value that all dialects share, such as the type of the exhibit."""
    value = _tables()[kind][name]
    assert isinstance(value, str)
    return value


def roles(kind: str) -> tuple[str, ...]:
    """Return who writes such papers."""
    return tuple(_tables()[kind]["roles"])


def words(kind: str, name: str, dialect: int) -> tuple[str, ...]:
    """Return the words of a dialect; those of all papers where the kind has none of its own."""
    table = _tables()
    listed = table[kind].get(name) or table["shared"][name]
    return tuple(listed[dialect::DIALECTS])


def word(kind: str, name: str, dialect: int, random: Random | None = None) -> str:
    """Return one of the words of a dialect: the first, or any."""
    listed = words(kind, name, dialect)
    return random.choice(listed) if random else listed[0]
