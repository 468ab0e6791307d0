"""Records to arrays, and back: the only place that knows both.

Source:
    Hard rules as ``check_reviewer``; the weights are ours and stand in every record of a draw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from math import ceil

import numpy as np
import numpy.typing as npt

from openimr.law.qualifications import ReviewerRules
from openimr.panel.conflicts import CERTAIN, Involved, involved_in
from openimr.panel.credentials import (
    availability_exclusions,
    credential_exclusions,
    is_licensed_in,
    places,
    valid_specialties,
)
from openimr.panel.flow import TIES, Instance, Ints, Mask
from openimr.panel.screen import PanelIndex, dependent_reviewers
from openimr.panel.specialty import best_row, body_systems, rank
from openimr.terms.case import Case
from openimr.terms.letter import Priority
from openimr.terms.reviewer import Exclusion, Reviewer, SpecialtyFit
from openimr.terms.treatment import Treatment

Demands = tuple[tuple[str, tuple[str, ...]], ...]

# A case may be this late, or have this many days, before more makes no difference.
_MOST_DAYS = 400
# What an urgent case weighs beside one that is as late as can be.
_URGENT = 10 * _MOST_DAYS
_NO_FIT = rank(SpecialtyFit.NO)
# A seed has as many bits as a hash.
_SEED_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case that waits for a reviewer: its treatments as read, and when it is due."""

    case: Case
    treatments: tuple[Treatment, ...]
    due_on: date | None = None

    @property
    def number(self) -> str:
        """The number of the case."""
        return self.case.case.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a reviewer has already."""

    open_cases: int = 0
    this_week: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What preferences cost, in whole units; hard rules have no price.

    Attributes:
        other_state: No licence of the State that the law prefers.
        similar: A similar specialty instead of the same.
        late_day: Each day by which the usual time of the reviewer passes the due day.
        turnaround_day: Each day of the usual time of the reviewer.
        full: The last free place of a reviewer; earlier ones cost their share of it.
    """

    other_state: int = 400
    similar: int = 100
    late_day: int = 50
    turnaround_day: int = 1
    full: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Everything that a draw is made from, before any array.

    Attributes:
        waiting: The cases, all of one programme, each number once.
        reviewers: The panel, each id once.
        rules: What the law asks of a reviewer on the day.
        seed: Makes ties; drawn by the caller, and stored.
        loads: What reviewers have already, by id; nothing where absent.
        cleared: Possible conflicts that a person found to be none.
    """

    waiting: tuple[Waiting, ...]
    reviewers: tuple[Reviewer, ...]
    rules: ReviewerRules
    on: date
    seed: int
    loads: Mapping[str, Load]
    cleared: frozenset[Exclusion]
    weights: Weights

    def load_of(self, reviewer: str) -> Load:
        """What a reviewer has already."""
        return self.loads.get(reviewer, Load())


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Cases and reviewers by number, in the order of numbers and ids, and their arrays.

    Shapes:
        ties: the index of the panel's ties
        is_barred, fit: (cases, reviewers); fit is 0 same, 1 similar, 2 no
        days_left: (cases,); ``_MOST_DAYS`` where unknown, negative where late
        is_away, days_needed: (reviewers,); no licence of the preferred State; usual days
    """

    draw: Draw
    ties: PanelIndex
    is_barred: Mask
    fit: npt.NDArray[np.uint8]
    days_left: Ints
    is_away: Mask
    days_needed: Ints


def encode(draw: Draw) -> tuple[Encoded, Instance]:
    """Return the arrays of a draw, for explanation and for the solver.

    The order of cases and reviewers does not matter: both are sorted.
    """
    draw = replace(
        draw,
        waiting=tuple(sorted(draw.waiting, key=lambda w: w.number)),
        reviewers=tuple(sorted(draw.reviewers, key=lambda r: r.id)),
    )
    fit = _fits(draw)
    index = PanelIndex(draw.reviewers, draw.rules, draw.on)
    state = draw.rules.preferred_state
    encoded = Encoded(
        draw=draw,
        ties=index,
        is_barred=_barred(draw, index) | (fit == _NO_FIT),
        fit=fit,
        days_left=_days_left(draw),
        is_away=np.array([not is_licensed_in(r, state, draw.on) for r in draw.reviewers], dtype=np.bool_),
        days_needed=_days_needed(draw.reviewers),
    )
    return encoded, _instance(encoded)


def _instance(encoded: Encoded) -> Instance:
    draw = encoded.draw
    case, reviewer = (a.astype(np.int64) for a in np.nonzero(~encoded.is_barred))
    key_case = _keys(draw.seed, "case", [w.number for w in draw.waiting])
    key_reviewer = _keys(draw.seed, "reviewer", [r.id for r in draw.reviewers])
    wanted = np.array([w.case.reviewers.count or 1 for w in draw.waiting], dtype=np.int64)
    place_reviewer, place_costs = _places(draw, int(wanted.sum()))
    return Instance(
        case=case,
        reviewer=reviewer,
        cost=_costs(encoded)[case, reviewer].astype(np.int64),
        tie=ties(key_case[case], key_reviewer[reviewer]),
        demand=wanted,
        urgency=_urgency(encoded, key_case),
        place_reviewer=place_reviewer,
        place_cost=place_costs,
        least=np.array([r.minimum_load or 0 for r in draw.reviewers], dtype=np.int64),
        apart=_apart(draw),
    )


# The parts of a pair's cost, in the order of ``cost_parts``.
PARTS = ("other State", "similar specialty", "days late", "days needed")


def cost_parts(encoded: Encoded, rows: slice) -> tuple[npt.NDArray[np.int32], ...]:
    """Return the parts of the cost of some cases with every reviewer, each (cases, reviewers)."""
    weights = encoded.draw.weights
    shape = encoded.fit[rows].shape
    needed = encoded.days_needed.astype(np.int32)[None, :]
    left = encoded.days_left.astype(np.int32)[rows, None]
    return (
        np.broadcast_to(encoded.is_away[None, :] * np.int32(weights.other_state), shape),
        encoded.fit[rows] * np.int32(weights.similar),
        np.clip(needed - left, 0, _MOST_DAYS) * np.int32(weights.late_day),
        np.broadcast_to(needed * np.int32(weights.turnaround_day), shape),
    )


def _costs(encoded: Encoded) -> npt.NDArray[np.int32]:
    whole = np.zeros(encoded.fit.shape, dtype=np.int32)
    for part in cost_parts(encoded, slice(None)):
        whole += part
    return whole


def demands_of(waiting: Waiting) -> Demands:
    """Return what the disputes of a case ask of a specialty: kind and body systems of each."""
    return tuple((t.kind.value, body_systems(t, waiting.case)) for t in waiting.treatments)


def ties(case: npt.NDArray[np.uint64], reviewer: npt.NDArray[np.uint64]) -> Ints:
    """Return the drawn number of each pair, in [0, TIES); another case or reviewer changes none."""
    mixed = case ^ (reviewer * np.uint64(0x9E3779B97F4A7C15))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    drawn: Ints = (mixed >> np.uint64(48)).astype(np.int64)
    return drawn


def _keys(seed: int, kind: str, names: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Return 64 bits of each name that nobody knows before the seed is drawn."""
    key = seed.to_bytes(_SEED_BYTES, "big")
    digests = (hashlib.blake2b(f"{kind} {name}".encode(), key=key, digest_size=8) for name in names)
    return np.array([int.from_bytes(d.digest(), "big") for d in digests], dtype=np.uint64)


def _fits(draw: Draw) -> npt.NDArray[np.uint8]:
    """Return the fit of every pair; equal demands and equal specialties are looked up once."""
    held = [valid_specialties(r, draw.on) for r in draw.reviewers]
    asked = [demands_of(w) for w in draw.waiting]
    kinds, sets = list(dict.fromkeys(asked)), list(dict.fromkeys(held))
    table = np.array([[_worst(h, a) for h in sets] for a in kinds], dtype=np.uint8)
    number_of_kind = {a: n for n, a in enumerate(kinds)}
    number_of_set = {h: n for n, h in enumerate(sets)}
    rows = np.array([number_of_kind[a] for a in asked], dtype=np.int64)
    columns = np.array([number_of_set[h] for h in held], dtype=np.int64)
    fit: npt.NDArray[np.uint8] = table.reshape(len(kinds), len(sets))[np.ix_(rows, columns)]
    return fit


def _worst(held: tuple[str, ...], demands: Demands) -> int:
    """Return the worst fit over all disputes; no dispute fits nobody."""
    rows = [best_row(held, kind, systems) for kind, systems in demands]
    return max((_NO_FIT if row is None else rank(row.fit) for row in rows), default=_NO_FIT)


def _barred(draw: Draw, index: PanelIndex) -> Mask:
    """Return the pairs that a rule, a tie, a remand or a full table of cases forbids."""
    out = np.array([_is_out(r, draw) for r in draw.reviewers], dtype=np.bool_)
    barred = np.repeat(out[None, :], len(draw.waiting), axis=0)
    numbers = {r.id: n for n, r in enumerate(draw.reviewers)}
    known: dict[Involved, int] = {}
    parts = [[known.setdefault(i, len(known)) for i in involved_in(w.case)] for w in draw.waiting]
    index.expect(involved.name for involved in known)
    tied = [
        [numbers[e.reviewer] for e in index.conflicts_with(i) if e.code == CERTAIN or e not in draw.cleared]
        for i in known
    ]
    for row, (waiting, part) in enumerate(zip(draw.waiting, parts, strict=True)):
        before = waiting.case.reviewers
        earlier = [numbers[name] for name in (*before.earlier, *before.chosen_before) if name in numbers]
        barred[row, [*earlier, *chain.from_iterable(tied[i] for i in part)]] = True
    return barred


def _is_out(reviewer: Reviewer, draw: Draw) -> bool:
    """Whether anything keeps a reviewer from every case of the day."""
    load = draw.load_of(reviewer.id)
    return reviewer.interests is None or bool(
        credential_exclusions(reviewer, draw.rules, draw.on)
        or availability_exclusions(reviewer, draw.on, open_cases=load.open_cases, this_week=load.this_week)
    )


def _days_left(draw: Draw) -> Ints:
    days = [_MOST_DAYS if w.due_on is None else (w.due_on - draw.on).days for w in draw.waiting]
    return np.array([max(-_MOST_DAYS, min(_MOST_DAYS, d)) for d in days], dtype=np.int64)


def _days_needed(panel: Sequence[Reviewer]) -> Ints:
    """Return the usual days of each; who states none counts as the slowest that is stated."""
    stated = [r.turnaround_days for r in panel if r.turnaround_days is not None]
    slowest = max(stated, default=0.0)
    days = [r.turnaround_days if r.turnaround_days is not None else slowest for r in panel]
    return np.array([max(0, min(_MOST_DAYS, ceil(d))) for d in days], dtype=np.int64)


def _urgency(encoded: Encoded, keys: npt.NDArray[np.uint64]) -> Ints:
    """Return what waiting costs: urgent ones first, then by days left, equals by the draw."""
    is_urgent = [w.case.case.priority is Priority.EXPEDITED for w in encoded.draw.waiting]
    days = 1 + _MOST_DAYS - encoded.days_left
    drawn = (keys >> np.uint64(48)).astype(np.int64)
    urgency: Ints = (np.array(is_urgent, dtype=np.int64) * _URGENT + days) * TIES + drawn
    return urgency


def _places(draw: Draw, most: int) -> tuple[Ints, Ints]:
    """Return every free place: its reviewer, and its cost by the share of capacity in use."""
    owners: list[int] = []
    costs: list[int] = []
    for number, reviewer in enumerate(draw.reviewers):
        load = draw.load_of(reviewer.id)
        free = min(most, places(reviewer, open_cases=load.open_cases, this_week=load.this_week))
        owners += [number] * free
        costs += [place_cost(draw.weights, reviewer, load.open_cases + n) for n in range(free)]
    return np.array(owners, dtype=np.int64), np.array(costs, dtype=np.int64)


def place_cost(weights: Weights, reviewer: Reviewer, before: int) -> int:
    """Return what one more case costs a reviewer who has ``before`` open ones."""
    return weights.full * (before + 1) // max(1, reviewer.capacity or 1)


def _apart(draw: Draw) -> Ints:
    """Return the pairs of reviewers who may not share a case, if any case has several."""
    if not any((w.case.reviewers.count or 1) > 1 for w in draw.waiting):
        return np.zeros((0, 2), dtype=np.int64)
    numbers = {r.id: n for n, r in enumerate(draw.reviewers)}
    pairs = sorted(
        (numbers[a], numbers[b]) for a, b in dependent_reviewers(draw.reviewers, draw.rules, draw.on)
    )
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
