"""Exact assignment over arrays; nothing here knows what a case or a reviewer is.

Source:
    Successive use of one exact minimum-cost flow. Sets of cases
    that can be served together are a matroid, so that the set of highest urgency is also a
    largest one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count

import numpy as np

from openimr.panel.flow import Instance, Ints, Mask, flow_over, rank_of, scale_of
from openimr.panel.price import is_worth_pricing, priced_flow, unserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Which pairs were taken, and which cases wait.

    Attributes:
        taken: Indices into the pairs, ascending.
        waiting: Cases that no set of places could serve beside the others, ascending.
        cost: Cost of pairs and places, without ties.
        least: Places that the minimum loads could have, for each reviewer.
        worst: Highest cost of the pairs of one case.
        bound: No assignment of the served cases has a lower ``worst``; None if not asked for.
    """

    taken: Ints
    waiting: Ints
    cost: int
    least: Ints
    worst: int
    bound: int | None = None


def solve(instance: Instance) -> Solution:
    """Return the assignment of lowest cost that serves the most urgent cases.

    A case that wants several reviewers gets all or none. If places are short
    such a case may wait although another selection could have served it.
    """
    served, least, taken = served_cases(instance)
    return solution(instance, served, least, taken)


def cost_of(instance: Instance, taken: Ints) -> int:
    """Return the cost of taken pairs and of the places that they fill."""
    load = np.bincount(instance.reviewer[taken], minlength=instance.reviewers)
    is_filled = rank_of(instance.place_reviewer) < load[instance.place_reviewer]
    return int(instance.cost[taken].sum() + instance.place_cost[is_filled].sum())


def case_costs(instance: Instance, taken: Ints) -> Ints:
    """Return what the taken pairs of each case cost together."""
    sums = np.zeros(instance.cases, dtype=np.int64)
    np.add.at(sums, instance.case[taken], instance.cost[taken])
    return sums


def solution(
    instance: Instance, served: Mask, least: Ints, taken: Ints, bound: int | None = None
) -> Solution:
    """Return what was taken, with its figures."""
    sums = case_costs(instance, taken)[served]
    return Solution(
        taken=taken,
        waiting=np.flatnonzero(~served),
        cost=cost_of(instance, taken),
        least=least,
        worst=int(sums.max()) if len(sums) else 0,
        bound=bound,
    )


def served_cases(instance: Instance) -> tuple[Mask, Ints, Ints]:
    """Return the cases to serve, the minimum loads that they allow, and a best assignment."""
    served = np.bincount(instance.case, minlength=instance.cases) >= instance.demand
    places = np.bincount(instance.place_reviewer, minlength=instance.reviewers)
    while True:
        least = np.minimum(instance.least, places)
        # mostly all can be served, which few pairs show at once
        taken = _quick(instance, served, least)
        if taken is None:
            served, known = _most_urgent(instance, served)
            taken = flow(instance, served, least, known=known)
        if taken is None:
            least = _reachable(instance, served, least)
            taken = flow(instance, served, least, known=known)
        assert taken is not None, "the served cases can be served together"
        apart = _kept_apart(instance, served, least, taken)
        if isinstance(apart, np.ndarray):
            return served, least, apart
        served = served.copy()
        served[apart] = False


def _quick(instance: Instance, served: Mask, least: Ints) -> Ints | None:
    """Return the best assignment where few pairs serve all cases; None says nothing."""
    pairs = np.flatnonzero(served[instance.case])
    if not is_worth_pricing(instance, pairs):
        return None
    return priced_flow(instance, pairs, served, least, pairs[:0])


def _most_urgent(instance: Instance, served: Mask) -> tuple[Mask, Ints]:
    """Return the most urgent of the cases that can be served together, and pairs that do so."""
    while True:
        left, known = unserved(instance, served)
        in_part = (left > 0) & (left < instance.demand)
        if not in_part.any():
            return served & (left == 0), known
        served = served & ~in_part


def _reachable(instance: Instance, served: Mask, least: Ints) -> Ints:
    """Return as much of the minimum loads as the served cases can fill."""
    wanted = replace(
        instance,
        cost=np.zeros_like(instance.cost),
        place_cost=np.where(rank_of(instance.place_reviewer) < least[instance.place_reviewer], 0, 1),
    )
    taken = flow(wanted, served, np.zeros_like(least))
    assert taken is not None, "the served cases can be served together"
    return np.minimum(least, np.bincount(instance.reviewer[taken], minlength=instance.reviewers))


def flow(
    instance: Instance,
    served: Mask,
    least: Ints,
    *,
    barred: Mask | None = None,
    known: Ints | None = None,
) -> Ints | None:
    """Return the pairs of lowest cost that serve all of ``served``, or None if nothing does.

    Args:
        instance: What is to be assigned.
        served: The cases that all have to be served.
        least: Places of each reviewer that have to be filled.
        barred: Pairs that may not be taken.
        known: Pairs among which some serve all cases, if such are known.
    """
    allowed = served[instance.case]
    pairs = np.flatnonzero(allowed if barred is None else allowed & ~barred)
    if is_worth_pricing(instance, pairs):
        found = priced_flow(instance, pairs, served, least, pairs[:0] if known is None else known)
        if found is not None:
            return found
    return flow_over(instance, pairs, served, least)


def _kept_apart(instance: Instance, served: Mask, least: Ints, taken: Ints) -> Ints | int:
    """Return the best assignment in which reviewers of one case are independent.

    A flow cannot carry "not both". A broken case is branched on: without the
    one, without the other. The cheapest branch goes first, so that the first
    one without a broken case is the best. Where no branch is left, the broken
    case is returned: nobody serves it beside the others.
    """
    if not len(instance.apart) or instance.demand.max(initial=0) < 2:
        return taken
    number = count()
    none = np.zeros(len(instance.case), dtype=np.bool_)
    branches = [(exact_cost(instance, taken), next(number), none, taken)]
    last_broken = -1
    while branches:
        _, _, barred, chosen = heappop(branches)
        broken = _broken(instance, chosen)
        if broken is None:
            return chosen
        last_broken = int(instance.case[broken[0]])
        for pair in broken:
            more = barred.copy()
            more[pair] = True
            found = flow(instance, served, least, barred=more)
            if found is not None:
                heappush(branches, (exact_cost(instance, found), next(number), more, found))
    return last_broken


def exact_cost(instance: Instance, taken: Ints) -> int:
    """Return the cost of taken pairs and of their places, ties behind it."""
    return cost_of(instance, taken) * scale_of(instance) + int(instance.tie[taken].sum())


def _broken(instance: Instance, taken: Ints) -> tuple[int, int] | None:
    """Return two taken pairs of one case whose reviewers may not share it, or None."""
    apart = {(int(a), int(b)) for a, b in instance.apart}
    of_case: dict[int, list[int]] = {}
    for pair in taken[instance.demand[instance.case[taken]] > 1].tolist():
        for other in of_case.setdefault(int(instance.case[pair]), []):
            two = int(instance.reviewer[other]), int(instance.reviewer[pair])
            if two in apart or two[::-1] in apart:
                return other, pair
        of_case[int(instance.case[pair])].append(pair)
    return None
