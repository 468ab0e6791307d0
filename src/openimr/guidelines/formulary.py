"""The drug formulary: its rules in our words, and the versions of its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.terms.places import Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class FormularyRule:
    """One rule of the formulary."""

    id: str
    text: str
    citation: str
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class FormularyList:
    """One version of the drug list: since when, and how many drugs, where that was found."""

    version: str
    effective_from: date | None = None
    drugs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulary:
    """The formulary of the MTUS."""

    document: str
    effective_from: date
    rule: tuple[FormularyRule, ...]
    list: tuple[FormularyList, ...]

    def list_on(self, on: date) -> FormularyList | None:
        """Return the latest list whose first day is known and not after a day, or None before 2018.

        Source:
            The versions in ``formulary.toml``.
        """
        dated = [v for v in self.list if v.effective_from and v.effective_from <= on]
        return max(dated, key=lambda v: v.effective_from or date.min, default=None)


@cache
def formulary() -> Formulary:
    """Return the rules and versions of the drug formulary.

    Source:
        8 CCR 9792.27.1 to 9792.27.23; each rule carries how it was verified.
    """
    return read_toml_file(Path(str(files("openimr.guidelines"))) / "formulary.toml", Formulary)


def formulary_words(dispensed_on: date) -> str | None:
    """Return the sentence that points to the formulary for a drug dispensed on a day, or None before 2018.

    Source:
        8 CCR 9792.27.3.
    """
    listed = formulary().list_on(dispensed_on)
    if listed is None:
        return None
    return (
        f"Since {formulary().effective_from.isoformat()} the drug formulary (8 CCR 9792.27.1 to 9792.27.23) "
        f"governs drugs that are dispensed; version {listed.version} of its list is the latest known for "
        f"{dispensed_on.isoformat()}, and the status of single drugs is not in the library."
    )
