"""What papers of different days, or different papers of one day, say differently of the same thing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from openimr.facts.medication_events import is_stop
from openimr.terms.facts import Assertion, Conflict, Fact, FactKind
from openimr.terms.places import Place

_HAD = frozenset({Assertion.PRESENT, Assertion.HISTORICAL})
_LEFT_OR_RIGHT = frozenset({"left", "right"})
# What day a drug was begun is told from memory: so many days apart is the same.
_SAME_START_DAYS = 31


def find_conflicts_over_time(facts: Sequence[Fact]) -> tuple[Conflict, ...]:
    """Return the disagreements on sides, counts of sessions, starts and strengths of drugs.

    Each is a question for a reader, not an error: a second knee may hurt, a
    second course may have been given. So nothing is taken back, and what one
    paper says of both is no conflict.
    """
    return (
        *_sides(facts, FactKind.INJURY),
        *_sides(facts, FactKind.DIAGNOSIS),
        *_sessions(facts),
        *_starts(facts),
        *_strengths(facts),
    )


def _detail(fact: Fact, key: str) -> str | None:
    return next((value for name, value in fact.detail if name == key), None)


def _paper(fact: Fact) -> tuple[str, int | None]:
    return fact.seen_at.document, fact.seen_at.exhibit


def _told(fact: Fact) -> str:
    on = f" on {fact.dated}" if fact.dated else ""
    return f"(“{' '.join(fact.quote.split())}”{on})"


def _conflict(about: str, values: Sequence[str], facts: Sequence[Fact]) -> Conflict:
    says = " and ".join(f"{value} {_told(fact)}" for value, fact in zip(values, facts, strict=True))
    places: tuple[Place, ...] = tuple(fact.seen_at for fact in facts)
    return Conflict(about=about, says=says, places=places)


def _sides(facts: Sequence[Fact], kind: FactKind) -> Iterator[Conflict]:
    """Yield a diagnosis, or the part injured, that one paper gives to the left and another to the right.

    Not where any paper speaks of both sides, and not where both are told of
    one day: that is found by day.
    """
    groups: dict[tuple[str, str | None], list[Fact]] = {}
    for fact in facts:
        if fact.kind is kind and fact.assertion in _HAD and _detail(fact, "side"):
            groups.setdefault((fact.name, _detail(fact, "body_part")), []).append(fact)
    for (name, part), found in groups.items():
        of_paper: dict[tuple[str, int | None], set[str | None]] = {}
        first: dict[str | None, Fact] = {}
        for fact in found:
            side = _detail(fact, "side")
            of_paper.setdefault(_paper(fact), set()).add(side)
            first.setdefault(side, fact)
        if first.keys() != _LEFT_OR_RIGHT or any(len(sides) > 1 for sides in of_paper.values()):
            continue
        one, other = first.values()
        if kind is FactKind.DIAGNOSIS and one.dated is not None and one.dated == other.dated:
            continue
        about = f"side of {name}" if kind is FactKind.DIAGNOSIS else f"side of the injured {part}"
        yield _conflict(about, [_detail(f, "side") or "" for f in (one, other)], (one, other))


def _sessions(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield the visits of one therapy in one month, or told by two papers of one day, with two counts."""
    seen: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.kind is not FactKind.TREATMENT or fact.unit != "sessions" or fact.assertion not in _HAD:
            continue
        if _detail(fact, "planned"):
            continue
        when = _detail(fact, "month") or (fact.dated.isoformat() if fact.dated else None)
        if when:
            seen.setdefault((fact.name, when), []).append(fact)
    for (name, _), found in seen.items():
        other = next((f for f in found[1:] if _counts_otherwise(found[0], f)), None)
        if other:
            both = (found[0], other)
            yield _conflict(f"number of sessions of {name}", [f"{f.value:g}" for f in both], both)


def _counts_otherwise(one: Fact, other: Fact) -> bool:
    same_place = all(
        a is None or b is None or a == b
        for a, b in ((_detail(one, key), _detail(other, key)) for key in ("body_part", "side"))
    )
    return same_place and one.value != other.value and _paper(one) != _paper(other)


def _starts(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield two days since which a drug is said to be taken, with no stop between them."""
    since: dict[str, dict[date, Fact]] = {}
    stops: dict[str, list[date]] = {}
    for fact in _medications(facts):
        began = _detail(fact, "since")
        if began and fact.assertion is Assertion.PRESENT:
            since.setdefault(fact.name, {}).setdefault(date.fromisoformat(began), fact)
        elif is_stop(fact) and fact.dated:
            stops.setdefault(fact.name, []).append(fact.dated)
    for name, days in since.items():
        ended = sorted(stops.get(name, ()))
        for one, other in pairwise(sorted(days)):
            apart = (other - one).days > _SAME_START_DAYS
            if apart and not _is_any_between(ended, one, other):
                about = f"start of {name.replace('_', '/')}"
                yield _conflict(about, [one.isoformat(), other.isoformat()], (days[one], days[other]))


def _is_any_between(days: Sequence[date], first: date, last: date) -> bool:
    """Return whether one of the days, given in order, is not before the first nor behind the last."""
    at = bisect_left(days, first)
    return at < len(days) and days[at] <= last


def _strengths(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield the strength of a drug that two papers of one day print differently.

    Not where one paper lists two: then both are taken.
    """
    seen: dict[tuple[str, date], dict[tuple[str, int | None], dict[tuple[float, str | None], Fact]]] = {}
    for fact in _medications(facts):
        if fact.assertion is Assertion.PRESENT and fact.dated and fact.value is not None:
            of_day = seen.setdefault((fact.name, fact.dated), {})
            of_day.setdefault(_paper(fact), {}).setdefault((fact.value, fact.unit), fact)
    for (name, _), papers in seen.items():
        told = {strength: fact for found in papers.values() for strength, fact in found.items()}
        if len(told) == 2 and all(len(found) == 1 for found in papers.values()):
            words = [f"{value:g} {unit or ''}".strip() for value, unit in told]
            yield _conflict(f"strength of {name.replace('_', '/')}", words, tuple(told.values()))


def _medications(facts: Iterable[Fact]) -> Iterator[Fact]:
    return (f for f in facts if f.kind is FactKind.MEDICATION and not f.is_reported)
