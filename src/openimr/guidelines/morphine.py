"""Daily doses of opioids in oral morphine equivalents.

Source:
    ``morphine.toml``; each table of factors carries its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.guidelines.about_drugs import daily_doses, others_in_use
from openimr.guidelines.answer import Answer, Asked, class_of, silent
from openimr.terms.places import Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorSet:
    """The factors of one table, by ingredient; ``documents`` are the guidelines that use it."""

    id: str
    title: str
    documents: tuple[str, ...]
    verified: Verified
    factors: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    set: tuple[FactorSet, ...]


@cache
def factor_sets() -> tuple[FactorSet, ...]:
    """Return the tables of conversion factors.

    Source:
        ``morphine.toml``; each table carries its own.
    """
    return read_toml_file(Path(str(files("openimr.guidelines"))) / "morphine.toml", _Sets).set


def factors_on(on: date | None) -> FactorSet:
    """Return the table that belongs to the opioid guideline of a day: 2009, and 2016 from 29 July 2016.

    Source:
        The rows of ``in_force.toml`` for opioids.
    """
    wanted = "mtus_2009" if on is None or on < date(2016, 7, 29) else "cdc_2016_clinical"
    return next(s for s in factor_sets() if s.id == wanted)


def daily_mme(asked: Asked) -> Answer:
    """Return the morphine equivalents a day of the opioid asked for.

    They are the least, unless the record names the other medications and none
    of them is an opioid.

    A drug whose factor is not in the table of the day (tramadol, tapentadol)
    gives silence, and so does methadone, whose factor depends on the dose.
    """
    treatment = asked.treatment
    table = factors_on(asked.judged_on)
    doses, places = daily_doses(asked)
    pairs = zip(treatment.ingredients, treatment.strengths, strict=False)
    known = [(name, amount, table.factors[name]) for name, amount in pairs if name in table.factors]
    if not known or not doses or known[0][1].unit != "mg":
        return silent("how many milligrams of the opioid are taken in a day")
    name, amount, factor = known[0]
    total = amount.amount * doses * factor
    because = (
        f"The request, {amount.amount:g} mg of {name} {doses:g} a day, times {factor:g} ({table.title}), "
        f"is {total:g} mg."
    )
    known_others = others_in_use(asked)
    others = [f for f in known_others if "opioid" in class_of(f.name)]
    if others:
        because += f" Beside it the record shows {others[0].name.replace('_', '/')}."
    return Answer(value=total, because=because, places=places, is_least=bool(others) or not known_others)
