"""The course of each drug: from when to when it is told as used, at which doses, in which morphine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.facts.chronology_words import plain
from openimr.facts.daily_dose import FactorsOn, dose_words, is_opioid, mme_per_day
from openimr.facts.dose_units import UNITS_PER_DAY
from openimr.facts.drug_use import courses_told
from openimr.facts.medication_events import is_stop
from openimr.terms.facts import Assertion, Fact, FactKind

_HOW_MUCH = ("frequency", UNITS_PER_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What one day says of a drug: its words, its morphine equivalents where they can be told, the page."""

    on: date
    page: int
    words: str
    mme_per_day: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One drug in use: the days it is told as taken, and the days it is told as stopped.

    ``spans`` go from the first to the last day told, a day since which it is
    taken among them; a stop with use behind it parts them.
    """

    name: str
    drug_class: str
    is_opioid: bool
    doses: tuple[Dose, ...]
    stopped: tuple[date, ...]
    spans: tuple[tuple[date, date], ...] = ()

    @property
    def changes(self) -> tuple[Dose, ...]:
        """The days on which another dose is printed than before, the first among them."""
        told = [dose for dose in self.doses if dose.words]
        return tuple(d for n, d in enumerate(told) if n == 0 or d.words != told[n - 1].words)

    @property
    def most_mme(self) -> float | None:
        """The highest morphine equivalents a day that the record prints."""
        return max((d.mme_per_day for d in self.doses if d.mme_per_day is not None), default=None)


Bundle = Mapping[tuple[str, int], int]
"""The page of the bundle for a document and a page of it."""


def drug_courses(facts: Sequence[Fact], bundle: Bundle, factors: FactorsOn | None) -> tuple[Course, ...]:
    """Return the course of each drug with a dated mention, opioids first, then by first day.

    What a paper of the dispute reports is left out, as for the use of drugs.
    """
    by_drug: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind is FactKind.MEDICATION and fact.dated and not fact.is_reported:
            by_drug.setdefault(fact.name, []).append(fact)
    courses = [_course(name, mentions, bundle, factors) for name, mentions in by_drug.items()]
    used = [course for course in courses if course.doses]
    return tuple(sorted(used, key=lambda c: (not c.is_opioid, c.doses[0].on, c.name)))


def _course(name: str, mentions: Sequence[Fact], bundle: Bundle, factors: FactorsOn | None) -> Course:
    by_day: dict[date, list[Fact]] = {}
    taken = [fact for fact in mentions if fact.assertion is Assertion.PRESENT]
    for fact in taken:
        if fact.dated:
            by_day.setdefault(fact.dated, []).append(fact)
    stopped = {fact.dated for fact in mentions if is_stop(fact) and fact.dated}
    return Course(
        name=plain(name),
        drug_class=dict(mentions[0].detail).get("drug_class", ""),
        is_opioid=is_opioid(name),
        doses=tuple(_dose(on, by_day[on], bundle, factors) for on in sorted(by_day)),
        stopped=tuple(sorted(stopped)),
        spans=courses_told(taken, stopped),
    )


def _dose(on: date, mentions: Sequence[Fact], bundle: Bundle, factors: FactorsOn | None) -> Dose:
    """Return the dose of a day: the fullest words, and the highest morphine equivalents of its mentions."""
    amounts = [mme for f in mentions if factors and (mme := mme_per_day(f, factors)) is not None]
    full = max(mentions, key=lambda f: sum(key in ("strength", *_HOW_MUCH) for key, _ in f.detail))
    told = {key for key, _ in full.detail}
    has_both = "strength" in told and not told.isdisjoint(_HOW_MUCH)
    return Dose(
        on=on,
        page=bundle[full.seen_at.document, full.seen_at.page],
        words=dose_words(full) if has_both else "",
        mme_per_day=max(amounts) if amounts else None,
    )


def mme_by_day(courses: Sequence[Course]) -> tuple[tuple[date, float, int], ...]:
    """Return the morphine equivalents a day of all opioids together, with a page, by day.

    It is the least: an opioid whose dose that day does not print adds nothing.
    """
    total: dict[date, tuple[float, int]] = {}
    for course in courses:
        for dose in course.doses:
            if dose.mme_per_day is not None:
                before = total.get(dose.on, (0.0, dose.page))
                total[dose.on] = (before[0] + dose.mme_per_day, before[1])
    return tuple((on, amount, page) for on, (amount, page) in sorted(total.items()))
