"""A fact in the few words of an entry: "muscle spasm, left cervical spine", "no muscle spasm"."""

from __future__ import annotations

from functools import cache

from openimr.facts.daily_dose import dose_words, drug_named
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.vocabulary.tables import read_table

TOLD = ", told on this day"
"""Ends the words of what a report of this day tells, and that was done on another."""


@cache
def _tests() -> frozenset[str]:
    """Return the findings that are positive or negative, not there or absent."""
    rows = read_table("openimr.facts", "data/concepts.csv")
    return frozenset(row["name"] for row in rows if row["read_by"] == "test")


def plain(name: str) -> str:
    """Return the name of the vocabulary as people write it.

    Example:
        >>> plain("hydrocodone_acetaminophen"), plain("diclofenac_gel")
        ('hydrocodone/acetaminophen', 'diclofenac gel')
    """
    drug = drug_named(name)
    return "/".join(drug.ingredients) if drug and len(drug.ingredients) > 1 else name.replace("_", " ")


def says_of(fact: Fact) -> str:
    """Return what a fact says, in a few words, with side, place, count and response."""
    detail = dict(fact.detail)
    if fact.kind is FactKind.PAIN_SCORE:
        return _score(fact, detail)
    parts = [_named(fact)]
    where = _where(detail, plain(fact.name))
    if where:
        parts.append(where)
    if fact.kind in (FactKind.REQUEST, FactKind.DENIAL):
        dose = dose_words(fact)
        parts += [dose] if dose else []
        parts.append(detail.get("action", ""))
    if fact.unit == "sessions" and fact.value is not None:
        of = f" of {detail['planned']}" if "planned" in detail else ""
        parts.append(f"{fact.value:g}{of} sessions")
    parts += [fold_words(detail[key]) for key in ("response", "shows", "result") if key in detail]
    if "drug" in detail:
        parts.append(plain(detail["drug"]))
    if fact.assertion is Assertion.HISTORICAL:
        parts.append("in the past")
    return ", ".join(part for part in parts if part)


def _named(fact: Fact) -> str:
    name = plain(fact.name)
    if name in _tests() and fact.assertion in (Assertion.PRESENT, Assertion.ABSENT):
        return f"{name} {'negative' if fact.assertion is Assertion.ABSENT else 'positive'}"
    return f"no {name}" if fact.assertion is Assertion.ABSENT else name


def _score(fact: Fact, detail: dict[str, str]) -> str:
    least = f"{detail['least']}-" if "least" in detail else ""
    words = [f"pain {least}{fact.value:g}/10"]
    if "body_part" in detail:
        words.append(_where(detail, ""))
    if "medication" in detail:
        words.append(f"{detail['medication']} medication")
    if "when" in detail:
        words.append(detail["when"])
    return ", ".join(words)


def _where(detail: dict[str, str], name: str) -> str:
    part = detail.get("body_part", "")
    side = detail.get("side", "")
    if not part or part in name:
        return side
    levels = f" {detail['levels']}" if "levels" in detail else ""
    return f"{side} {part}{levels}".strip()


def fold_words(text: str) -> str:
    """Return printed words on one line."""
    return " ".join(text.split())
