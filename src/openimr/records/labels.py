"""The labels that stand before dates, names and places in medical papers."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from openimr.terms.records import ExhibitType


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = files("openimr.records").joinpath("data/labels.toml").read_text(encoding="utf-8")
    return {name: table for name, table in tomllib.loads(text).items() if name != "schema"}


@cache
def labels(table: str, kind: ExhibitType | None = None) -> tuple[str, ...]:
    """Return the labels of a table for a kind of document, its own first.

    Example:
        >>> labels("author", ExhibitType.IMAGING)[0]
        'radiologist'
    """
    found = _tables()[table]
    own = found.get(kind.value, []) if kind is not None else []
    return (*own, *found["any"])


@cache
def service_nouns(kind: ExhibitType) -> frozenset[str]:
    """Return the words for a service that labels of its day are put together of."""
    return frozenset(labels("service_nouns", kind))


@cache
def date_words() -> dict[str, str]:
    """Return words that stand near dates, with what each says of them: ``visit``, ``paper`` or ``other``."""
    return {word: meaning for meaning, words in _tables()["date_words"].items() for word in words}


@cache
def plain_date_labels() -> tuple[str, ...]:
    """Return the labels that say of a date no more than that it is one."""
    return tuple(_tables()["report_date"]["plain"])
