"""What a mention of a drug comes to in a day, and what an opioid is in morphine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import re2

from openimr.facts.dose_units import UNITS_PER_DAY, units_at_once
from openimr.facts.morphine import in_morphine
from openimr.terms.chronology import MorphineFactors
from openimr.terms.facts import Fact
from openimr.vocabulary.drugs import Drug, all_drugs
from openimr.vocabulary.requests.amounts import find_strengths

FactorsOn = Callable[[date | None], MorphineFactors]
"""Gives the table of factors that belongs to a day."""

_DAILY = re2.compile(r"(?:\d+(?:\.\d+)?-)?(\d+(?:\.\d+)?) per day")


@cache
def _drugs() -> dict[str, Drug]:
    return {drug.id: drug for drug in all_drugs()}


def drug_named(name: str) -> Drug | None:
    """Return the drug of the vocabulary with an id; None where it names no drug."""
    return _drugs().get(name)


def is_opioid(name: str) -> bool:
    """Return whether a drug of the vocabulary is an opioid, alone or in combination."""
    drug = _drugs().get(name)
    return drug is not None and drug.is_opioid


def units_per_day(fact: Fact) -> float | None:
    """Return how many tablets a day a mention allows at most; None where it does not say.

    Where no frequency is printed, what was dispensed counts over its days.
    """
    detail = dict(fact.detail)
    if UNITS_PER_DAY in detail:
        return float(detail[UNITS_PER_DAY])
    daily = _DAILY.fullmatch(detail.get("frequency", ""))
    if daily:
        return float(daily.group(1)) * (units_at_once(fact.quote) or 1.0)
    if "quantity" in detail and float(detail.get("days_supply", "0")) > 0:
        return float(detail["quantity"]) / float(detail["days_supply"])
    return None


def mme_per_day(fact: Fact, factors: FactorsOn) -> float | None:
    """Return the morphine milligram equivalents a day of one mention of an opioid.

    None for a drug that is no opioid, one whose factor is not in the table of
    the day, and one whose strength or frequency is not printed: nothing is
    supposed. A patch needs no frequency.

    Source:
        The table that ``factors`` gives for the day.
    """
    drug = drug_named(fact.name)
    strengths = find_strengths(dict(fact.detail).get("strength", ""))
    if drug is None or not drug.is_opioid or not strengths:
        return None
    found = in_morphine(drug, strengths[0].amounts, units_per_day(fact), factors(fact.dated).factors)
    return round(found.mg_per_day, 1) if found else None


def how_often(per_day: float) -> str:
    """Return a number a day in words; what is less than one a day by its hours.

    Example:
        >>> how_often(4), how_often(1 / 3), how_often(0.333333)
        ('4 a day', 'one every 72 hours', 'one every 72 hours')
    """
    hours = 24 / per_day if per_day else 0.0
    is_rare = 0 < per_day < 1 and abs(hours - round(hours)) < 0.01
    return f"one every {round(hours)} hours" if is_rare else f"{per_day:g} a day"


def dose_words(fact: Fact) -> str:
    """Return strength, frequency and quantity as a label: "10/325 mg, 2 at once, 4 a day, #120"."""
    detail = dict(fact.detail)
    words = [detail.get("strength", "")]
    if "frequency" in detail:
        at_once = units_at_once(fact.quote) if UNITS_PER_DAY not in detail else None
        words.append(f"{at_once:g} at once" if at_once not in (None, 1.0) else "")
        words.append(_frequency_words(detail["frequency"]))
    elif UNITS_PER_DAY in detail:
        words.append(f"{detail[UNITS_PER_DAY]} a day")
    if detail.get("as_needed"):
        words.append("as needed")
    if "quantity" in detail:
        words.append(f"#{detail['quantity']}")
    return ", ".join(word for word in words if word)


def _frequency_words(frequency: str) -> str:
    """Return a frequency as it is said: "2 a day", "1-2 a week", "every 48-72 hours"."""
    is_daily = _DAILY.fullmatch(frequency) is not None
    often = [how_often(float(n)) for n in frequency.split(" ")[0].split("-")] if is_daily else []
    if often and all(words.startswith("one every ") for words in often):
        return f"every {'-'.join(words.split()[2] for words in reversed(often))} hours"
    return frequency.replace("per", "a")
