"""The same exact flow over few pairs, proved for all of them by prices of reviewers.

Of a case that 300 reviewers may have, the flow needs to see the few cheapest. The answer over
those gives every reviewer a price: what one more place there would cost the others. A pair that
was left out and would be cheaper at these prices is added, and the flow runs again; where there
is none, the answer is the best over all pairs.

Source:
    Column generation; prices are shortest distances in the residual network (reduced cost
    optimality of minimum-cost flow).
"""

from __future__ import annotations

import numpy as np

from openimr.panel.flow import TIES, Instance, Ints, Mask, flow_over, rank_of, scale_of, unserved_of

# Pairs of each case in the first round: the cheapest, and some drawn by their ties, which
# keeps the few pairs feasible where the cheapest reviewers are few.
_CHEAPEST, _DRAWN = 16, 8
# Pairs that come along, for each case, where a round finds a better one.
_MORE = 8
# With fewer pairs a case than this the whole flow is faster than the rounds.
_WORTH = 64
# Prices are found over a table of reviewers by reviewers; pairs are sorted in a table too.
_MOST_REVIEWERS, _MOST_CELLS = 2_000, 20_000_000
_MOST_ROUNDS = 12
_FAR = np.int64(1) << 61


def is_worth_pricing(instance: Instance, pairs: Ints) -> bool:
    """Return whether so many pairs are solved faster by few pairs and prices."""
    return (
        len(pairs) > _WORTH * max(1, instance.cases)
        and instance.reviewers <= _MOST_REVIEWERS
        and instance.reviewers * instance.cases <= _MOST_CELLS
    )


def priced_flow(instance: Instance, pairs: Ints, served: Mask, least: Ints, known: Ints) -> Ints | None:
    """Return the pairs of lowest cost that serve all of ``served``; None where few pairs do not suffice.

    None says nothing about all pairs together. Arguments as ``flow_over``;
    ``known`` are pairs among which some serve all cases, with the cheapest of each.
    """
    cost = instance.cost[pairs] * scale_of(instance) + instance.tie[pairs]
    case, reviewer = instance.case[pairs], instance.reviewer[pairs]
    is_seen = _marked(instance, known)[pairs] if len(known) else _first(instance, pairs, cost)
    for _ in range(_MOST_ROUNDS):
        taken = flow_over(instance, pairs[is_seen], served, least)
        if taken is None:
            return None
        prices = _prices(instance, pairs[is_seen], cost[is_seen], taken, least)
        if prices is None:
            return None
        net = cost - prices[reviewer]
        saved = _paid(instance, pairs, net, taken)[case] - net
        saved[is_seen] = -_FAR
        if saved.max() <= 0:
            return taken
        # those that almost pay come along: prices move, and a round costs more than they do
        is_seen |= saved > min(0, _nth_highest(saved, _MORE * instance.cases))
    return None


def _nth_highest(numbers: Ints, count: int) -> int:
    place = max(0, len(numbers) - max(1, count))
    return int(np.partition(numbers, place)[place])


def unserved(instance: Instance, served: Mask) -> tuple[Ints, Ints]:
    """Return how many reviewers each case lacks, and pairs among which some serve the others.

    As ``unserved_of`` says for all pairs, but by way of few where that is faster.

    Whatever an unserved case could change is reached from it: its reviewers,
    their cases, the reviewers of those. Once all pairs of the reached cases
    have been seen, no other pair matters.
    """
    pairs = np.flatnonzero(served[instance.case])
    if not is_worth_pricing(instance, pairs):
        return unserved_of(instance, pairs, served)[0], pairs[:0]
    cost = instance.cost[pairs] * scale_of(instance) + instance.tie[pairs]
    is_seen = _first(instance, pairs, cost)
    while True:
        lacking, taken = unserved_of(instance, pairs[is_seen], served)
        is_missing = _reached(instance, pairs, lacking > 0, taken)[instance.case[pairs]] & ~is_seen
        if not is_missing.any():
            return lacking, pairs[is_seen]
        is_seen |= is_missing


def _reached(instance: Instance, pairs: Ints, cases: Mask, taken: Ints) -> Mask:
    """Return the cases that could hand over a reviewer to some cases, and those cases."""
    reached = cases
    while True:
        reviewers = np.zeros(instance.reviewers, dtype=np.bool_)
        reviewers[instance.reviewer[pairs[reached[instance.case[pairs]]]]] = True
        more = reached.copy()
        more[instance.case[taken[reviewers[instance.reviewer[taken]]]]] = True
        if (more == reached).all():
            return reached
        reached = more


def _first(instance: Instance, pairs: Ints, cost: Ints) -> Mask:
    """Return the pairs of the first round: the cheapest of each case, and some drawn."""
    case = instance.case[pairs]
    drawn: Mask = instance.tie[pairs] < TIES * _DRAWN * instance.cases / len(pairs)
    count = _CHEAPEST + int(instance.demand.max(initial=0))
    if count >= instance.reviewers:
        return np.ones(len(pairs), dtype=np.bool_)
    table = np.full((instance.cases, instance.reviewers), _FAR, dtype=np.int64)
    table[case, instance.reviewer[pairs]] = cost
    table.partition(count, axis=1)
    return drawn | (cost <= table[:, count][case])


def _marked(instance: Instance, some: Ints) -> Mask:
    """Return which of all pairs are some pairs."""
    marked = np.zeros(len(instance.case), dtype=np.bool_)
    marked[some] = True
    return marked


def _paid(instance: Instance, pairs: Ints, net: Ints, taken: Ints) -> Ints:
    """Return what the dearest taken pair of each case costs beyond its price."""
    is_taken = _marked(instance, taken)[pairs]
    paid = np.full(instance.cases, -_FAR, dtype=np.int64)
    np.maximum.at(paid, instance.case[pairs[is_taken]], net[is_taken])
    return paid


def _prices(instance: Instance, pairs: Ints, cost: Ints, taken: Ints, least: Ints) -> Ints | None:
    """Return the distance of every reviewer in the residual network over the pairs.

    An edge from one reviewer to another is a case that would move; the last
    node is the drain, reached through free places and left through filled ones.
    """
    count = instance.reviewers
    edges = np.full((count + 1, count + 1), _FAR, dtype=np.int64)
    is_taken = _marked(instance, taken)[pairs]
    for place in range(int(instance.demand.max(initial=0))):
        of_case, paid = _nth_taken(instance, pairs[is_taken], cost[is_taken], place)
        start = of_case[instance.case[pairs]]
        usable = (start >= 0) & ~is_taken
        move = cost[usable] - paid[instance.case[pairs[usable]]]
        np.minimum.at(edges, (start[usable], instance.reviewer[pairs[usable]]), move)
    _add_drain(edges, instance, np.bincount(instance.reviewer[taken], minlength=count), least)
    distance = np.zeros(count + 1, dtype=np.int64)
    for _ in range(count + 2):
        nearer = np.minimum(distance, (distance[:, None] + edges).min(axis=0))
        if (nearer == distance).all():
            return distance[:count]
        distance = nearer
    return None


def _nth_taken(instance: Instance, pairs: Ints, cost: Ints, place: int) -> tuple[Ints, Ints]:
    """Return the reviewer and the cost of the n-th taken pair of each case; -1 where there is none."""
    is_nth = rank_of(instance.case[pairs]) == place
    reviewer = np.full(instance.cases, -1, dtype=np.int64)
    paid = np.zeros(instance.cases, dtype=np.int64)
    reviewer[instance.case[pairs[is_nth]]] = instance.reviewer[pairs[is_nth]]
    paid[instance.case[pairs[is_nth]]] = cost[is_nth]
    return reviewer, paid


def _add_drain(edges: Ints, instance: Instance, load: Ints, least: Ints) -> None:
    owner, rank = instance.place_reviewer, rank_of(instance.place_reviewer)
    place = instance.place_cost * scale_of(instance)
    is_next = rank == load[owner]
    edges[owner[is_next], -1] = place[is_next]
    is_last = (rank == load[owner] - 1) & (load[owner] > least[owner])
    edges[-1, owner[is_last]] = -place[is_last]
