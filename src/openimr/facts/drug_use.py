"""How long each drug was used, as far as dated mentions show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openimr.terms.facts import Assertion, DrugUse, Fact, FactKind


def drug_use_of(facts: Iterable[Fact]) -> tuple[DrugUse, ...]:
    """Return the use of each drug, in the order of first mention.

    Only mentions that say the patient takes it count, with their own day and
    the day since which they say it is taken. The days are the least that the
    record shows. What only a paper of the dispute reports does not count.
    """
    by_drug: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind is FactKind.MEDICATION and fact.assertion is Assertion.PRESENT and not fact.is_reported:
            by_drug.setdefault(fact.name, []).append(fact)
    return tuple(_use(drug, mentions) for drug, mentions in by_drug.items())


def _use(drug: str, mentions: list[Fact]) -> DrugUse:
    days = [m.dated for m in mentions if m.dated is not None]
    days += [date.fromisoformat(value) for m in mentions for key, value in m.detail if key == "since"]
    first, last = (min(days), max(days)) if days else (None, None)
    return DrugUse(
        drug=drug,
        drug_class=dict(mentions[0].detail)["drug_class"],
        first_seen=first,
        last_seen=last,
        days=(last - first).days if first and last else None,
        mentions=tuple(m.seen_at for m in mentions),
    )
