"""Which clocks a programme has: the rows of its deadline table, read from ``clocks.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from importlib.resources import files
from operator import or_
from typing import Never

from openimr.law.figures import KNOWN_FIGURES
from openimr.law.starts import START_NAMES
from openimr.law.traits import Trait
from openimr.terms.case import Case, ServiceMethod
from openimr.terms.errors import LawError

CLOCK_KEYS = (
    "ref",
    "rule",
    "figure",
    "when",
    "unless",
    "gives_way",
    "missing",
    "not_before",
    "limit",
    "on_top_of",
    "beside",
    "served",
    "rolls",
    "note",
)
SERVICE: Mapping[str, Callable[[Case], ServiceMethod | None]] = {
    "service.ur": lambda c: c.service.ur,
    "service.noarfi": lambda c: c.service.noarfi,
    "service.determination": lambda c: c.service.determination,
}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Clock:
    """One row of the deadline table.

    Attributes:
        ref: The code of the row.
        rule: The rule, without the programme, and ``figure`` of it.
        when: The traits that a case must have, as bits; ``unless``, those it must not have.
        gives_way: A figure of the version that takes this clock's place for cases of a trait.
        asked: The traits that the answer depends on, beside whether the clock applies.
        missing: By trait, the key without which it cannot be told whether the clock runs.
        not_before: A date that moves the start on where it is later.
        limit: A figure and the date it runs from, which ends the period where it is earlier.
        on_top_of: A figure of the version that is counted first.
        beside: Other figures of the version that the sentence names, with its words.
        served: The key of the service that lengthens the period.
        rolls: Whether the last day moves on from a day of rest.
        note: What a reader should know about the start.
    """

    ref: str
    rule: str
    figure: str
    when: int
    unless: int
    gives_way: tuple[str, int] | None
    missing: tuple[tuple[int, str], ...]
    asked: int
    not_before: str | None
    limit: tuple[str, str] | None
    on_top_of: str | None
    beside: tuple[tuple[str, str], ...]
    served: str | None
    rolls: bool
    note: str

    def applies(self, traits: int) -> bool:
        """Return whether a case of these traits has the clock.

        Source:
            The row of ``clocks.toml``.
        """
        return traits & self.when == self.when and not traits & self.unless

    def missing_key(self, traits: int) -> str | None:
        """Return the key without which it cannot be told whether the clock runs, or None.

        Source:
            The row of ``clocks.toml``.
        """
        return next((key for trait, key in self.missing if not trait or traits & trait), None)


def read_clocks(programme: str) -> tuple[Clock, ...]:
    """Return the clocks of a programme in the order of its deadline table.

    Raises:
        LawError: The table is faulty; the message names the row.

    Source:
        ``clocks.toml`` of the programme.
    """
    name = f"{programme}/clocks.toml"
    data = tomllib.loads(files("openimr.law").joinpath(name).read_text(encoding="utf-8"))
    return tuple(_clock(row, name, n) for n, row in enumerate(data["clock"], 1))


def _clock(row: dict[str, object], name: str, number: int) -> Clock:
    place = f"{name}, row {number} ({row.get('ref')})"
    for key in row:
        _among(key, CLOCK_KEYS, place)
    limit = _texts(row.get("limit"))
    gives_way = _gives_way(_texts(row.get("gives_way")), place)
    missing = tuple((_bits([k], place) if k else 0, v) for k, v in _pairs(row.get("missing")))
    asked = reduce(or_, (trait for trait, _ in missing), gives_way[1] if gives_way else 0)
    if "figure" in row:
        _among(str(row["figure"]), tuple(KNOWN_FIGURES), place)
    return Clock(
        ref=str(row["ref"]),
        rule=str(row["rule"]),
        figure=str(row.get("figure", "without_days")),
        when=_bits(row.get("when"), place),
        unless=_bits(row.get("unless"), place),
        gives_way=gives_way,
        missing=missing,
        asked=asked,
        not_before=_start(row.get("not_before"), place),
        limit=(limit[0], str(_start(limit[1], place))) if limit else None,
        on_top_of=str(row["on_top_of"]) if "on_top_of" in row else None,
        beside=_pairs(row.get("beside")),
        served=str(row["served"]) if "served" in row else None,
        rolls=row.get("rolls", True) is True,
        note=str(row.get("note", "")),
    )


def _gives_way(pair: tuple[str, ...], place: str) -> tuple[str, int] | None:
    return (pair[0], _bits([pair[1]], place)) if pair else None


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), str(v)) for k, v in value.items()) if isinstance(value, Mapping) else ()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def _bits(names: object, place: str) -> int:
    bits = 0
    for name in _texts(names):
        _among(name, tuple(str(t.name).lower() for t in Trait), place)
        bits |= int(Trait[name.upper()])
    return bits


def _start(name: object, place: str) -> str | None:
    if name is not None:
        _among(str(name), START_NAMES, place)
    return None if name is None else str(name)


def _among(name: str, known: tuple[str, ...], place: str) -> None:
    if name not in known:
        _refuse(name, known, place)


def _refuse(name: str, known: tuple[str, ...], place: str) -> Never:
    raise LawError(
        asked=f"Load {place}",
        found=f"it names the unknown {name!r}.",
        remedy=f"Known are: {', '.join(known)}.",
    )
