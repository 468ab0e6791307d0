"""Medical specialties as boards and letters name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

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

    A typing error is forgiven where it leaves no doubt: one wrong letter in
    a short name, two in a long one, and no other specialty as near.

    Example:
        >>> specialty_named("orthopaedic surgery").name
        'Orthopedic Surgery'
        >>> specialty_named("Sports Medicinea").name
        'Sports Medicine'
        >>> specialty_named("Nurology") is None  # neurology or urology?
        True
    """
    key = " ".join(name.lower().split())
    return _by_name().get(key) or _nearest(key)


# A shorter name is no safe ground for a guess; from the second length on two letters may be wrong.
_SHORTEST, _LONG = 7, 12


@lru_cache(maxsize=1024)
def _nearest(key: str) -> Specialty | None:
    """Return the specialty that is nearest in spelling, or None where two are or none is."""
    if len(key) < _SHORTEST:
        return None
    limit = 2 if len(key) >= _LONG else 1
    found = process.extract(
        key, list(_by_name()), scorer=DamerauLevenshtein.distance, score_cutoff=limit + 1, limit=None
    )
    nearest: dict[str, int] = {}
    for known, distance, _ in found:
        name = _by_name()[known].name
        nearest[name] = min(distance, nearest.get(name, distance))
    if not nearest or min(nearest.values()) > limit:
        return None
    best = min(nearest, key=lambda name: nearest[name])
    others = [distance for name, distance in nearest.items() if name != best]
    # a second error could as well have made another specialty of it
    is_clear = not others or min(others) > nearest[best] + (nearest[best] > 1)
    return _by_name()[best.lower()] if is_clear else None


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
