"""Medical specialties as boards and letters name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class Specialty:
    """A specialty under the name that this vocabulary uses for it."""

    name: str
    aliases: tuple[str, ...]
    is_subspecialty: bool


@cache
def all_specialties() -> tuple[Specialty, ...]:
    """Return every specialty of the vocabulary."""
    return tuple(
        Specialty(
            row["name"],
            tuple(a for a in row["aliases"].split("|") if a),
            row["is_subspecialty"] == "yes",
        )
        for row in read_table("openimr.vocabulary", "data/specialties.csv")
    )


@cache
def _by_name() -> dict[str, Specialty]:
    return {
        name.lower(): specialty
        for specialty in all_specialties()
        for name in (specialty.name, *specialty.aliases)
    }


@cache
def _matcher() -> PhraseMatcher[Specialty]:
    return PhraseMatcher(_by_name().items())


def specialty_named(name: str) -> Specialty | None:
    """Return the specialty of that name or alias, or None.

    Example:
        >>> specialty_named("orthopaedic surgery").name
        'Orthopedic Surgery'
    """
    return _by_name().get(name.strip().lower())


_COMMA = re.compile(r"\s*[,;]\s*")
_COMMA_OR_AND = re.compile(r",\s*and\s+|\s*[,;]\s*|\s+and\s+")


def split_specialties(text: str, *, at_and: bool = True) -> tuple[str, ...]:
    """Return the single specialties of a printed list, as printed.

    Commas part the list, and "and" where ``at_and`` is set, but neither does
    inside the name of a specialty.

    Example:
        >>> split_specialties("Physical Medicine and Rehabilitation and Pain Management")
        ('Physical Medicine and Rehabilitation', 'Pain Management')
    """
    known = [(m.start, m.end) for m in _matcher().find(text)]
    parts: list[str] = []
    begin = 0
    for joint in (_COMMA_OR_AND if at_and else _COMMA).finditer(text):
        if any(start < joint.start() and joint.end() < end for start, end in known):
            continue
        parts.append(text[begin : joint.start()])
        begin = joint.end()
    parts.append(text[begin:])
    return tuple(part.strip() for part in parts if part.strip())
