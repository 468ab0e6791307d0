"""What a panel lacks for the cases that arrive: specialties, places, licences of the State.

Source:
    Lab. Code 139.5(d)(2) (number and fields of reviewers), (d)(4)(B); ``specialty_fit.csv``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openimr.panel.assign import Assigned, Assigning
from openimr.panel.credentials import (
    availability_exclusions,
    credential_exclusions,
    is_licensed_in,
    places,
    valid_specialties,
)
from openimr.panel.encode import Draw, demands_of
from openimr.panel.obstacles import unassignable
from openimr.panel.specialty import specialties_for
from openimr.terms.reviewer import Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialtyGap:
    """One specialty beside the cases that it fits.

    Attributes:
        cases: Cases whose disputes it all fits.
        waiting: Those of them that nobody could take.
        reviewers: Reviewers who may be assigned on the day and have it.
        places: Cases that they have room for.
        in_preferred_state: How many of them are licensed where the law prefers it.
    """

    specialty: str
    cases: int
    waiting: int
    reviewers: int
    places: int
    in_preferred_state: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What a panel lacks.

    ``obstacles`` counts the waiting cases by the smallest set of constraints in
    the way; ``unfit`` are cases that no single specialty fits; ``states`` counts
    the licences in force; ``kept_out`` counts reviewers by what keeps them from
    every case.
    """

    cases: int
    assigned: int
    away: int
    preferred_state: str
    specialties: tuple[SpecialtyGap, ...]
    obstacles: tuple[tuple[str, int], ...]
    unfit: tuple[str, ...]
    states: tuple[tuple[str, int], ...]
    kept_out: tuple[tuple[str, int], ...]


def find_gaps(assigning: Assigning) -> Gaps:
    """Return what the panel of a draw lacks for its cases, the worst specialty first."""
    draw = assigning.draw
    waits = set(assigning.result.waiting)
    fitting = {w.number: specialties_for(demands_of(w)) for w in draw.waiting}
    able = [r for r in draw.reviewers if not _kept_out(r, draw)]
    wanted = Counter(name for names in fitting.values() for name in names)
    lacking = Counter(name for number in waits for name in fitting[number])
    rows = [_gap(name, wanted[name], lacking[name], able, draw) for name in wanted]
    met = Counter(" and ".join(unassignable(assigning, number).in_the_way) for number in sorted(waits))
    return Gaps(
        cases=len(draw.waiting),
        assigned=len(assigning.result.assigned),
        away=sum(_is_away(a, draw) for a in assigning.result.assigned),
        preferred_state=draw.rules.preferred_state,
        specialties=tuple(sorted(rows, key=lambda g: (-g.waiting, g.places - g.cases, g.specialty))),
        obstacles=_most_first(met),
        unfit=tuple(number for number, names in fitting.items() if not names),
        states=_most_first(Counter(state for r in able for state in _states(r, draw))),
        kept_out=_most_first(Counter(code for r in draw.reviewers for code in _kept_out(r, draw))),
    )


def _gap(name: str, cases: int, waiting: int, able: Sequence[Reviewer], draw: Draw) -> SpecialtyGap:
    holders = [r for r in able if name in valid_specialties(r, draw.on)]
    return SpecialtyGap(
        specialty=name,
        cases=cases,
        waiting=waiting,
        reviewers=len(holders),
        places=sum(_room(r, draw) for r in holders),
        in_preferred_state=sum(is_licensed_in(r, draw.rules.preferred_state, draw.on) for r in holders),
    )


def _room(reviewer: Reviewer, draw: Draw) -> int:
    load = draw.load_of(reviewer.id)
    return places(reviewer, open_cases=load.open_cases, this_week=load.this_week)


def _kept_out(reviewer: Reviewer, draw: Draw) -> tuple[str, ...]:
    """Return the codes that keep a reviewer from every case of the day."""
    load = draw.load_of(reviewer.id)
    found = (
        *credential_exclusions(reviewer, draw.rules, draw.on),
        *availability_exclusions(reviewer, draw.on, open_cases=load.open_cases, this_week=load.this_week),
    )
    codes = tuple(dict.fromkeys(e.code for e in found))
    return codes if reviewer.interests is not None else (*codes, "INTERESTS")


def _is_away(assigned: Assigned, draw: Draw) -> bool:
    """Whether no reviewer of a case is licensed where the law prefers it."""
    names = set(assigned.reviewers)
    state = draw.rules.preferred_state
    return not any(is_licensed_in(r, state, draw.on) for r in draw.reviewers if r.id in names)


def _states(reviewer: Reviewer, draw: Draw) -> Iterator[str]:
    for state in sorted({held.state for held in reviewer.licences}):
        if is_licensed_in(reviewer, state, draw.on):
            yield state


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
