"""The keyed mentions as they stand in a file of spans, and the sources that they belong to."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PARTS = ("development", "held_out")
SOURCES = ("letter", "transcript")
KINDS = ("medication", "diagnosis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Where a printed particular of a mention stands: offsets from 0, half-open."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """One row of a file of spans: a mention, or ``none`` for a text without any."""

    source: str
    ref: str
    sha256: str
    kind: str
    start: int
    end: int
    assertion: str
    attributes: tuple[Attribute, ...]
    part: str | None = None


def read_attributes(cell: str) -> tuple[Attribute, ...]:
    """Return the attributes of a cell.

    Example:
        >>> [(a.name, a.start, a.end) for a in read_attributes("strength:4-8;quantity:9-12")]
        [('strength', 4, 8), ('quantity', 9, 12)]
    """
    found = []
    for entry in filter(None, cell.split(";")):
        name, _, places = entry.partition(":")
        start, _, end = places.partition("-")
        found.append(Attribute(name=name, start=int(start), end=int(end)))
    return tuple(found)


def keyed_row(row: Mapping[str, str]) -> Keyed:
    """Return a row of a file of spans."""
    return Keyed(
        source=row["source"],
        ref=row["ref"],
        sha256=row["sha256"],
        kind=row["kind"],
        start=int(row["start"] or 0),
        end=int(row["end"] or 0),
        assertion=row["assertion"],
        attributes=read_attributes(row["attributes"]),
        part=row.get("part"),
    )


def read_keyed(path: Path) -> tuple[Keyed, ...]:
    """Return the rows of a file of spans, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(keyed_row(row) for row in csv.DictReader(lines))


def part_of(ref: str, others: Iterable[str]) -> str:
    """Return the part of a source: the half of all of its sort whose hashes come first is for development.

    Example:
        >>> sorted((part_of(ref, ["1", "2", "3", "4"]), ref) for ref in "1234")
        [('development', '3'), ('development', '4'), ('held_out', '1'), ('held_out', '2')]
    """
    ranked = sorted(set(others), key=lambda one: hashlib.sha256(one.encode()).hexdigest())
    return PARTS[0] if ranked.index(ref) < len(ranked) // 2 else PARTS[1]


def is_unchanged(row: Keyed, text: str) -> bool:
    """Return whether a text is letter by letter the one that was keyed."""
    return hashlib.sha256(text.encode()).hexdigest() == row.sha256
