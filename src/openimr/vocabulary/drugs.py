"""Drugs by generic and brand name: ingredients, class, schedule, route, form.

The vocabulary started from the drugs that published letters dispute; a name
that stands for several products of one ingredient keeps the broader one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz import process

from openimr.vocabulary.phrases import Match, PhraseMatcher
from openimr.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One product or group of products with the same ingredients and form."""

    id: str
    ingredients: tuple[str, ...]
    names: tuple[str, ...]
    brands: tuple[str, ...]
    drug_class: str
    schedule: str | None
    route: str | None
    form: str | None

    @property
    def is_opioid(self) -> bool:
        """Whether the drug belongs to the opioids, alone or in combination."""
        return "opioid" in self.drug_class and "opioid antagonist" not in self.drug_class


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def all_drugs() -> tuple[Drug, ...]:
    """Return every drug of the vocabulary, ordered by id."""
    return tuple(
        Drug(
            id=row["id"],
            ingredients=tuple(row["ingredients"].split("+")),
            names=_split(row["names"]),
            brands=_split(row["brands"]),
            drug_class=row["drug_class"],
            schedule=row["schedule"] or None,
            route=row["route"] or None,
            form=row["form"] or None,
        )
        for row in read_table("openimr.vocabulary", "data/drugs.csv")
    )


@cache
def _matcher() -> PhraseMatcher[Drug]:
    return PhraseMatcher((name, drug) for drug in all_drugs() for name in (*drug.names, *drug.brands))


def find_drugs(text: str) -> list[Match[Drug]]:
    """Return the drugs named in a text, in order, with their offsets.

    Example:
        >>> [m.value.id for m in find_drugs("Vicodin 7.5/325 mg and Soma")]
        ['hydrocodone_acetaminophen', 'carisoprodol']
    """
    return _matcher().find(text)


@cache
def _all_names() -> tuple[str, ...]:
    return tuple(sorted({name.lower() for drug in all_drugs() for name in (*drug.names, *drug.brands)}))


def nearest_drug_names(word: str, *, limit: int = 3) -> list[str]:
    """Return the known drug names that are spelled most like ``word``.

    Example:
        >>> nearest_drug_names("Baclofeen")[0]
        'baclofen'
    """
    found = process.extract(word.lower(), _all_names(), limit=limit, score_cutoff=60)
    return [name for name, _score, _index in found]
