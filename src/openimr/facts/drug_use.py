"""How long each drug was used, as far as dated mentions show it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from openimr.facts.medication_events import is_stop
from openimr.terms.facts import Assertion, DrugUse, Fact, FactKind


def drug_use_of(facts: Iterable[Fact]) -> tuple[DrugUse, ...]:
    """Return the use of each drug, in the order of first mention.

    Only mentions that say the patient takes it count, with their own day and
    the day since which they say it is taken. The days are the least that the
    record shows. What only a paper of the dispute reports does not count.
    """
    by_drug: dict[str, list[Fact]] = {}
    stops: dict[str, set[date]] = {}
    for fact in facts:
        if fact.kind is not FactKind.MEDICATION or fact.is_reported:
            continue
        if fact.assertion is Assertion.PRESENT:
            by_drug.setdefault(fact.name, []).append(fact)
        elif is_stop(fact) and fact.dated:
            stops.setdefault(fact.name, set()).add(fact.dated)
    return tuple(_use(drug, mentions, stops.get(drug, set())) for drug, mentions in by_drug.items())


def _use(drug: str, mentions: list[Fact], stops: set[date]) -> DrugUse:
    courses = courses_told(mentions, stops)
    last = max((end for _, end in courses), default=None)
    return DrugUse(
        drug=drug,
        drug_class=dict(mentions[0].detail)["drug_class"],
        first_seen=courses[0][0] if courses else None,
        last_seen=last,
        days=(last - courses[-1][0]).days if last else None,
        mentions=tuple(m.seen_at for m in mentions),
        stopped=_ends(mentions, stops),
        resumed=courses[-1][0] if len(courses) > 1 else None,
    )


def courses_told(mentions: Sequence[Fact], stops: Collection[date]) -> tuple[tuple[date, date], ...]:
    """Return the courses of a drug, each from the first to the last day told, parted by its stops.

    Args:
        mentions: What says that the patient takes the drug.
        stops: The days on which it is told as stopped.
    """
    ends = _ends(mentions, stops)
    groups: list[list[tuple[date, ...]]] = [[] for _ in range(len(ends) + 1)]
    for mention in mentions:
        if days := _days_of(mention):
            groups[bisect_left(ends, days[-1])].append(days)
    return tuple((min(d[0] for d in group), max(d[-1] for d in group)) for group in groups if group)


def _ends(mentions: Sequence[Fact], stops: Collection[date]) -> tuple[date, ...]:
    """Return the stops behind which the drug is told as taken again.

    A later mention that reaches back beyond a stop says that there was none.
    """
    told = [days for m in mentions if (days := _days_of(m))]
    firsts, lasts = sorted(days[0] for days in told), sorted(days[-1] for days in told)
    found = []
    for stop in sorted(stops):
        begun, ended = bisect_right(firsts, stop), bisect_right(lasts, stop)
        if begun == ended and 0 < ended < len(told):
            found.append(stop)
    return tuple(found)


def _days_of(mention: Fact) -> tuple[date, ...]:
    """Return the days that a mention tells of, the first and the last."""
    days = [date.fromisoformat(value) for key, value in mention.detail if key == "since"]
    days += [mention.dated] if mention.dated else []
    return tuple(sorted(days))
