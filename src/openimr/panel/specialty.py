"""Does a reviewer evaluate or treat the condition and every disputed treatment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from openimr.panel.credentials import valid_specialties
from openimr.terms.case import Case
from openimr.terms.places import Verification
from openimr.terms.reviewer import Reviewer, SpecialtyFit
from openimr.terms.treatment import Treatment
from openimr.vocabulary.anatomy import find_parts, region_of
from openimr.vocabulary.tables import read_table

_ORDER = {SpecialtyFit.SAME: 0, SpecialtyFit.SIMILAR: 1, SpecialtyFit.NO: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a reviewer's specialties relate to a treatment, and why."""

    fit: SpecialtyFit
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRow:
    """One row of the table: what a specialty evaluates or treats, where, how well it fits."""

    specialty: str
    kinds: frozenset[str]
    systems: frozenset[str]
    fit: SpecialtyFit
    how: Verification
    source: str
    reason: str


@cache
def fit_rows() -> tuple[FitRow, ...]:
    """Return the table of specialties, treatments and body systems.

    Source:
        ``specialty_fit.csv``, each row with how it was verified.
    """
    return tuple(
        FitRow(
            specialty=row["specialty"],
            kinds=frozenset(row["kinds"].split("|")),
            systems=frozenset(row["systems"].split("|")),
            fit=SpecialtyFit(row["fit"]),
            how=Verification(row["how"]),
            source=row["source"],
            reason=row["reason"],
        )
        for row in read_table("openimr.panel", "data/specialty_fit.csv")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """Who certifies a specialty, and its taxonomy codes."""

    specialty: str
    board: str
    taxonomy: tuple[str, ...]
    how: Verification


@cache
def certifications() -> tuple[Certification, ...]:
    """Return the boards and taxonomy codes of the specialties.

    Source:
        ``taxonomy.csv``: member boards of ABMS and AOA, codes of the NUCC provider
        taxonomy; recalled, row by row.
    """
    return tuple(
        Certification(
            specialty=row["specialty"],
            board=row["board"],
            taxonomy=tuple(row["taxonomy"].split("|")),
            how=Verification(row["how"]),
        )
        for row in read_table("openimr.panel", "data/taxonomy.csv")
    )


def specialties_of_code(code: str) -> tuple[str, ...]:
    """Return the specialties that a taxonomy code stands for, none where it is not in the table.

    Source:
        As ``certifications``.

    Example:
        >>> specialties_of_code("208100000X")
        ('Physical Medicine & Rehabilitation',)
    """
    return tuple(c.specialty for c in certifications() if code in c.taxonomy)


def body_systems(treatment: Treatment, case: Case) -> tuple[str, ...]:
    """Return the body systems that a treatment concerns.

    What the request names goes first; where it names nothing, the diagnoses
    of the case do.

    Source:
        The regions of the body-part vocabulary; ``condition_words.csv``.
    """
    named = [region_of(part.part) for part in treatment.body_parts]
    words = " ".join((treatment.name or "", *treatment.qualifiers, *treatment.levels))
    found = [*filter(None, named), *_systems_in(words)]
    if treatment.levels:
        found.append("spine")
    if not found:
        found = [system for text in case.diagnoses.text for system in _systems_in(text)]
    return tuple(dict.fromkeys(found))


def treatment_fit(reviewer: Reviewer, treatment: Treatment, case: Case, on: date) -> Fit:
    """Return how well a reviewer fits one treatment: the best of the specialties in force.

    Source:
        Lab. Code 139.5(d)(4)(A); the promise of the letters: same or similar
        specialties that evaluate or treat the condition and the disputed items.
    """
    systems = body_systems(treatment, case)
    specialties = valid_specialties(reviewer, on)
    what = " and ".join(treatment.ingredients) or treatment.name or treatment.kind.value
    best = best_row(specialties, treatment.kind.value, systems)
    if best is None:
        told = ", ".join(specialties) or "no specialty in force"
        where = f" ({', '.join(systems)})" if systems else ""
        return Fit(fit=SpecialtyFit.NO, reason=f"{what}{where}: {told} is not known to evaluate or treat it.")
    shown = "" if best.how is Verification.SEEN else f" ({best.how.value})"
    return Fit(fit=best.fit, reason=f"{what}: {best.specialty} {best.reason}{shown}.")


@lru_cache(maxsize=65_536)
def best_row(specialties: tuple[str, ...], kind: str, systems: tuple[str, ...]) -> FitRow | None:
    """Return the row by which specialties fit a kind of treatment best, or None.

    Source:
        ``specialty_fit.csv``.
    """
    matching = [row for row in fit_rows() if row.specialty in specialties and _covers(row, kind, systems)]
    return min(matching, key=lambda row: (_ORDER[row.fit], row.specialty), default=None)


def specialties_for(demands: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the specialties that fit every one of several kinds of treatment, the same first.

    Args:
        demands: Each the kind of a treatment and its body systems.

    Source:
        ``specialty_fit.csv``.
    """
    found: dict[str, int] = {}
    for name in sorted({row.specialty for row in fit_rows()}):
        rows = [best_row((name,), kind, systems) for kind, systems in demands]
        if rows and all(row is not None for row in rows):
            found[name] = max(_ORDER[row.fit] for row in rows if row is not None)
    return tuple(sorted(found, key=lambda name: (found[name], name)))


def specialty_fit(
    reviewer: Reviewer, treatments: Sequence[Treatment], case: Case, on: date
) -> tuple[SpecialtyFit, tuple[Fit, ...]]:
    """Return how well a reviewer fits a case: the worst of all disputes, and each with its reason.

    Source:
        House rule: each dispute counts; a reviewer must fit all.
    """
    fits = tuple(treatment_fit(reviewer, treatment, case, on) for treatment in treatments)
    worst = max((f.fit for f in fits), key=lambda fit: _ORDER[fit], default=SpecialtyFit.NO)
    return worst, fits


def rank(fit: SpecialtyFit) -> int:
    """Return the place of a fit, 0 for the best.

    Source:
        The words of the letters: same before similar.
    """
    return _ORDER[fit]


def _covers(row: FitRow, kind: str, systems: Sequence[str]) -> bool:
    """Whether a row is about a treatment; without a known system the kind alone decides."""
    if kind not in row.kinds:
        return False
    return not systems or not row.systems.isdisjoint(systems)


@cache
def _condition_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b{re.escape(row['word'])}\b", re.IGNORECASE), row["system"])
        for row in read_table("openimr.panel", "data/condition_words.csv")
    )


@lru_cache(maxsize=65_536)
def _systems_in(text: str) -> tuple[str, ...]:
    found = [match.value.region for match in find_parts(text) if match.value.region]
    found += [system for pattern, system in _condition_words() if pattern.search(text)]
    return tuple(dict.fromkeys(found))
