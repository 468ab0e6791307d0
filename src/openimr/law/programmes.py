"""What a programme is called, which labels its times have, and what is not encoded of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

from openimr.law.figures import Item
from openimr.terms.places import Verification, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A label for a time of the law, both days inclusive. No rule is chosen by it."""

    label: str
    title: str
    begins: date
    ends: date | None
    changed: str
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What stands beside the rules of a programme."""

    title: str
    calendars: str
    regimes: tuple[Regime, ...]
    not_encoded: tuple[Item, ...]


def read_programme(folder: Traversable) -> Programme:
    """Return what a programme says of itself.

    Source:
        ``programme.toml`` and ``regimes.toml`` of the programme.
    """
    about = _table(folder, "programme.toml")
    regimes = _table(folder, "regimes.toml")
    return Programme(
        title=about["title"],
        calendars=about["calendars"],
        regimes=tuple(_regime(row) for row in regimes.get("regime", [])),
        not_encoded=tuple(Item(row["id"], row["text"]) for row in about.get("not_encoded", [])),
    )


def _table(folder: Traversable, name: str) -> dict[str, Any]:
    return tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))


def _regime(row: dict[str, Any]) -> Regime:
    verified = row["verified"]
    return Regime(
        label=row["label"],
        title=row["title"],
        begins=row["begins"],
        ends=row.get("ends"),
        changed=row["changed"],
        verified=Verified(how=Verification(verified["how"]), source=verified["source"], on=verified["on"]),
    )
