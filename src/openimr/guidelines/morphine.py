"""Daily doses of opioids in oral morphine equivalents.

Source:
    ``morphine.toml``; each table of factors carries its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from openimr.facts.daily_dose import drug_named, mme_per_day
from openimr.facts.morphine import InMorphine, in_morphine
from openimr.formats import read_toml_file
from openimr.guidelines.about_drugs import daily_doses, others_in_use
from openimr.guidelines.answer import Answer, Asked, silent
from openimr.guidelines.members import drug_of
from openimr.terms.chronology import MorphineFactors
from openimr.terms.facts import Fact
from openimr.terms.places import Verification, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorSet:
    """The factors of one table, by ingredient; ``documents`` are the guidelines that use it.

    ``in_use_from`` is the first day on which requests are counted by the
    table, where there is one; ``for_others`` names the table that is asked for
    a drug that this one leaves out.
    """

    id: str
    title: str
    documents: tuple[str, ...]
    verified: Verified
    factors: dict[str, float]
    in_use_from: date | None = None
    in_use_from_verified: Verified | None = None
    for_others: str | None = None


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
    """Return the table by which requests of a day are counted: the latest in use, else the earliest.

    Source:
        ``in_use_from`` of each table, after the rows of ``in_force.toml`` for opioids.
    """
    dated = sorted((s for s in factor_sets() if s.in_use_from), key=lambda s: s.in_use_from or date.max)
    in_use = [s for s in dated if on and s.in_use_from and s.in_use_from <= on]
    return (in_use or dated[:1])[-1]


@cache
def _tables(on: date | None) -> tuple[FactorSet, ...]:
    """Return the table of a day, and behind it the one for the drugs that it leaves out."""
    first = factors_on(on)
    return (first, *(s for s in factor_sets() if s.id == first.for_others))


def morphine_factors(on: date | None) -> MorphineFactors:
    """Return every factor of a day in one table, the first table before the one for other drugs.

    Source:
        The tables of ``morphine.toml``.
    """
    tables = _tables(on)
    merged: dict[str, float] = {}
    for table in reversed(tables):
        merged |= table.factors
    if any(name.startswith("methadone_") for name in tables[0].factors):
        # the bands of the first table hold, not the one factor of the other
        merged.pop("methadone", None)
    return MorphineFactors(
        title="; for drugs it leaves out: ".join(table.title for table in tables),
        factors=merged,
        is_seen=all(table.verified.how is Verification.SEEN for table in tables),
    )


def _table_of(found: InMorphine, on: date | None) -> FactorSet:
    return next(table for table in _tables(on) if found.key in table.factors)


def daily_mme(asked: Asked) -> Answer:
    """Return the morphine equivalents a day of the opioid asked for, with those of the others in use.

    They are the least, unless the record shows other medications in use and each
    opioid among them is told with its dose. A drug whose factor is not in the
    tables of the day gives silence.

    Source:
        The tables of ``morphine.toml`` for the day that is judged.
    """
    drug, day = drug_of(asked.treatment), asked.judged_on
    doses, places = daily_doses(asked)
    if drug is None or not drug.is_opioid:
        return silent("which opioid is asked for")
    if not any(drug.ingredients[0] in name for table in _tables(day) for name in table.factors):
        because = f"{factors_on(day).title} gives no factor for {drug.ingredients[0]}."
        return Answer(value=None, because=because)
    factors = morphine_factors(day)
    found = in_morphine(drug, asked.treatment.strengths, doses, factors.factors)
    if found is None:
        return silent("how much of the opioid is taken in a day, in a form that has a factor")
    table = _table_of(found, day)
    because = (
        f"The request, {found.amount:g} {found.unit} of {found.ingredient}"
        f"{'' if drug.route == 'transdermal' else ' a day'}, times {found.factor:g} ({_named(table)}), is "
        f"{found.mg_per_day:g} mg."
    )
    answer = Answer(
        value=found.mg_per_day, because=because, places=places, verified=_unless_seen(table.verified)
    )
    return _with_others(answer, found.mg_per_day, asked)


def _named(table: FactorSet) -> str:
    """Return the title of a table, with what of it is not seen in its source."""
    words = table.title
    if table.verified.how is not Verification.SEEN:
        words += f", {table.verified.how.value.replace('_', ' ')} only"
    since = table.in_use_from_verified
    if since is not None and since.how is not Verification.SEEN:
        words += f", in use since {table.in_use_from}, a day that is {since.how.value.replace('_', ' ')} only"
    return words


def _unless_seen(verified: Verified) -> Verified | None:
    return None if verified.how is Verification.SEEN else verified


def _with_others(answer: Answer, own: float, asked: Asked) -> Answer:
    """Return the answer with the other opioids that the record shows in use, each by its latest dose."""
    known = others_in_use(asked)
    if not known:
        because = f"{answer.because} The record shows no other medication in use, so this is the least."
        return replace(answer, because=because, is_least=True)
    others = list(_other_doses(known))
    if not others:
        return answer
    because = answer.because
    for fact, mg in others:
        named = fact.name.replace("_", "/")
        dose = f"{mg:g} mg" if mg is not None else "whose dose it does not tell"
        because += f" Beside it the record shows {named}, {dose}."
    return replace(
        answer,
        value=own + sum(mg for _, mg in others if mg is not None),
        because=because,
        places=tuple(dict.fromkeys((*answer.places, *(fact.seen_at for fact, _ in others)))),
        is_least=any(mg is None for _, mg in others),
    )


def _other_doses(known: Iterable[Fact]) -> Iterable[tuple[Fact, float | None]]:
    """Yield each other opioid by its latest mention that tells a dose, with that dose in morphine."""
    by_drug: dict[str, list[Fact]] = {}
    for fact in known:
        drug = drug_named(fact.name)
        if drug is not None and drug.is_opioid:
            by_drug.setdefault(fact.name, []).append(fact)
    for facts in by_drug.values():
        told = [(f, mme_per_day(f, morphine_factors)) for f in facts]
        yield max(told, key=lambda row: (row[1] is not None, row[0].dated or date.min))
