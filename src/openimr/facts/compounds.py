"""Drugs that make one medication together: a compound cream, an anaesthetic with epinephrine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import re2

from openimr.facts.concepts import Mention
from openimr.terms.facts import FactKind
from openimr.vocabulary.drugs import Drug

# "Ketoprofen 10%-", "Baclofen 2%, ": a share in per cent behind the name of a part, and the next name.
_SHARE = re2.compile(r"\s?\d*\.?\d+\s?%\s?[-/,+]\s?")
_WITH = re2.compile(r"(?:\s\d*\.?\d+\s?%)?(?: plain)?\s(?:with|and|w/)\s(?:1:\d{3},?000 )?")
_ADDED_TO_ANAESTHETICS = "epinephrine"


def with_compounds(mentions: list[Mention], text: str) -> list[Mention]:
    """Return the mentions with the parts of each compound as one.

    Args:
        mentions: What is named on a page, in order.
        text: The page, with a blank for every line end.
    """
    joins = [_belong_together(a, b, text) for a, b in pairwise(mentions)]
    if not any(joins):
        return mentions
    found: list[Mention] = []
    group = mentions[:1]
    for mention, joined in zip(mentions[1:], joins, strict=True):
        if joined:
            group.append(mention)
            continue
        found.append(_joined(group))
        group = [mention]
    found.append(_joined(group))
    return found


def _belong_together(one: Mention, other: Mention, text: str) -> bool:
    first, second = one.concept.drug, other.concept.drug
    if first is None or second is None:
        return False
    between = text[one.end : other.start]
    if second.id == _ADDED_TO_ANAESTHETICS:
        return _WITH.fullmatch(between) is not None
    return _SHARE.fullmatch(between) is not None


def _joined(group: Sequence[Mention]) -> Mention:
    """Return one mention for the parts of a compound, or the only one as it is."""
    drugs = [m.concept.drug for m in group if m.concept.drug is not None]
    if len(group) == 1 or not drugs:
        return group[0]
    drug = _compound(drugs)
    concept = replace(
        group[0].concept, kind=FactKind.MEDICATION, name=drug.id, group=drug.drug_class, drug=drug
    )
    return Mention(group[0].start, group[-1].end, concept)


def _compound(drugs: Sequence[Drug]) -> Drug:
    """Return a drug with the ingredients of all parts; its identifier joins theirs by "+"."""
    ingredients = tuple(dict.fromkeys(part for drug in drugs for part in drug.ingredients))
    is_local = drugs[-1].id == _ADDED_TO_ANAESTHETICS
    return Drug(
        id="+".join(ingredients),
        ingredients=ingredients,
        names=(),
        brands=(),
        drug_class="local anesthetic" if is_local else "topical compound",
        schedule=None,
        route=drugs[0].route if is_local else "topical",
        form=None,
    )
