"""Statements of a record that disagree: both stay, and a conflict names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from openimr.facts.conflicts_over_time import find_conflicts_over_time
from openimr.facts.dating import EXHIBIT
from openimr.terms.facts import Assertion, Conflict, Fact, FactKind

_SAID = (Assertion.PRESENT, Assertion.ABSENT)
_EXAMINED = frozenset(
    {FactKind.FINDING, FactKind.SYMPTOM, FactKind.DIAGNOSIS, FactKind.ADVERSE_EFFECT, FactKind.FUNCTION}
)


# Pain is of one spot, and a body part has many; without a place these may be in one place and not in another.
_OF_SOME_PLACE = frozenset({"fracture", "dislocation", "contusion", "laceration", "tenderness", "effusion"})


def find_conflicts(facts: Sequence[Fact]) -> tuple[Conflict, ...]:
    """Return what disagrees: sex, age, date of injury, a finding there and not there, left and right.

    And over time: sides, counts of sessions, starts and strengths of drugs.
    """
    found = [*_sex(facts), *_injury(facts), *_age(facts), *_opposites(facts), *_sides(facts)]
    return (*found, *find_conflicts_over_time(facts))


def _of_kind(facts: Iterable[Fact], kind: FactKind) -> list[Fact]:
    return [f for f in facts if f.kind is kind]


def _sex(facts: Sequence[Fact]) -> Iterator[Conflict]:
    by_sex: dict[str, Fact] = {}
    for fact in _of_kind(facts, FactKind.SEX):
        if _detail(fact, "stated_by") == "title":
            # Adjusters and doctors have titles too.
            continue
        by_sex.setdefault(fact.name, fact)
    if len(by_sex) > 1:
        words = " and ".join(f"{name} (“{fact.quote}”)" for name, fact in by_sex.items())
        yield Conflict(about="sex", says=words, places=tuple(f.seen_at for f in by_sex.values()))


def _injury(facts: Sequence[Fact]) -> Iterator[Conflict]:
    by_day: dict[str, Fact] = {}
    for fact in _of_kind(facts, FactKind.INJURY):
        if fact.dated:
            by_day.setdefault(fact.dated.isoformat(), fact)
    if len(by_day) > 1:
        places = tuple(f.seen_at for f in by_day.values())
        yield Conflict(about="date of injury", says=" and ".join(by_day), places=places)


def _age(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield ages that the time between their statements does not explain.

    Two undated ages may differ by as much as one record spans; only dated
    ones are compared, a year either way for the birthday between them. On
    one page undated ages must be the same.
    """
    ages = _of_kind(facts, FactKind.AGE)
    for first, second in pairwise(ages):
        years = (second.value or 0) - (first.value or 0)
        if first.dated and second.dated:
            passed = (second.dated - first.dated).days / 365.25
            disagrees = not passed - 1 <= years <= passed + 1
        else:
            same_page = (
                first.seen_at.document == second.seen_at.document
                and first.seen_at.page == second.seen_at.page
            )
            disagrees = same_page and years != 0
        if disagrees:
            says = f"{first.value:g} and {second.value:g} years"
            yield Conflict(about="age", says=says, places=(first.seen_at, second.seen_at))


def _detail(fact: Fact, key: str) -> str | None:
    return next((value for name, value in fact.detail if name == key), None)


def _opposites(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield a finding said to be there and not there, of one site on one day."""
    seen: dict[tuple[object, ...], Fact] = {}
    told: set[tuple[object, ...]] = set()
    for fact in facts:
        if fact.kind not in _EXAMINED or fact.assertion not in _SAID or fact.dated is None:
            continue
        site = _detail(fact, "body_part")
        needs_place = fact.kind is FactKind.SYMPTOM or fact.name in _OF_SOME_PLACE
        if fact.name == "pain" or (site is None and needs_place):
            continue
        key = (fact.kind, fact.name, site, _detail(fact, "side"), fact.dated)
        other = seen.setdefault(key, fact)
        if other.assertion is not fact.assertion and key not in told:
            told.add(key)
            says = f"{other.assertion.value} (“{other.quote}”) and {fact.assertion.value} (“{fact.quote}”)"
            yield Conflict(about=fact.name, says=says, places=(other.seen_at, fact.seen_at))


def _sides(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield a diagnosis said to be on the left and on the right on one day.

    Tenderness or pain may well be on both sides; what two statements of one
    day say of one diagnosis should agree. A report that lists both sides as
    its own findings means both.
    """
    seen: dict[tuple[object, ...], Fact] = {}
    told: set[tuple[object, ...]] = set()
    for fact in facts:
        side = _detail(fact, "side")
        if (
            fact.kind is not FactKind.DIAGNOSIS
            or fact.assertion is not Assertion.PRESENT
            or fact.dated is None
        ):
            continue
        if side not in ("left", "right"):
            continue
        key = (fact.name, _detail(fact, "body_part"), fact.dated)
        other = seen.setdefault(key, fact)
        listed = fact.dated_by == EXHIBIT and other.seen_at.document == fact.seen_at.document
        if _detail(other, "side") != side and key not in told and not listed:
            told.add(key)
            says = f"{_detail(other, 'side')} (“{other.quote}”) and {side} (“{fact.quote}”)"
            yield Conflict(about=f"side of {fact.name}", says=says, places=(other.seen_at, fact.seen_at))
