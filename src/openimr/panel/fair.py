"""Max-min fairness: no case is served much worse so that the others are served a little better.

Source:
    Threshold search over flows, exact where every case wants one reviewer. With several, the
    limit is on the sum of a case and a flow cannot carry it: pairs that can never keep the
    limit are barred, and cases over it are made dearer until they keep it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from openimr.panel.flow import Instance, Ints, Mask, is_small_enough
from openimr.panel.solve import Solution, case_costs, flow, served_cases, solution

# Flows for one limit, and limits tried between the best found and the bound.
_ROUNDS, _LIMITS = 60, 8
# How much dearer a case over its limit becomes in one round. Steps of half and more overshoot:
# other cases then lose, and the rounds go in circles.
_DEARER = 1.2


def solve_fair(instance: Instance) -> Solution:
    """Return the assignment whose worst case is as good as possible, and then the cheapest.

    The most urgent cases are served, as in ``solve``; fairness never leaves one
    waiting. ``bound`` tells how good the worst case could be at best. Reviewers
    who may not share a case are not looked at here: use ``solve`` for them.
    """
    served, least, best = served_cases(instance)
    bound = _bound(instance, served)
    low, high = bound, _worst(instance, best)
    for _ in range(64 if _is_single(instance) else _LIMITS):
        if low >= high:
            break
        # the bound itself is reached more often than not
        limit = bound if low == bound else (low + high) // 2
        found = _within(instance, served, least, limit)
        if found is None:
            low = limit + 1
        else:
            best, high = found, _worst(instance, found)
    return solution(instance, served, least, best, min(low, high) if _is_single(instance) else bound)


def _is_single(instance: Instance) -> bool:
    return bool(instance.demand.max(initial=1) <= 1)


def _worst(instance: Instance, taken: Ints) -> int:
    return int(case_costs(instance, taken).max(initial=0))


def _bound(instance: Instance, served: Mask) -> int:
    """Return what the worst case costs if every case has its cheapest reviewers."""
    return int(_cheapest(instance, 0)[served].max(initial=0))


def _cheapest(instance: Instance, fewer: int) -> Ints:
    """Return the sum of the lowest costs of each case, for ``fewer`` reviewers than wanted."""
    order = np.lexsort((instance.cost, instance.case))
    case, cost = instance.case[order], instance.cost[order]
    rank = np.arange(len(case)) - np.searchsorted(case, case)
    is_counted = rank < instance.demand[case] - fewer
    sums = np.zeros(instance.cases, dtype=np.int64)
    np.add.at(sums, case[is_counted], cost[is_counted])
    return sums


def _within(instance: Instance, served: Mask, least: Ints, limit: int) -> Ints | None:
    """Return the cheapest assignment found in which no case costs more than the limit."""
    barred = instance.cost + _cheapest(instance, 1)[instance.case] > limit
    weight = np.ones(instance.cases)
    for _ in range(1 if _is_single(instance) else _ROUNDS):
        cost = np.rint(instance.cost * weight[instance.case]).astype(np.int64)
        dearer = replace(instance, cost=cost)
        if not is_small_enough(dearer):
            return None
        taken = flow(dearer, served, least, barred=barred)
        if taken is None:
            return None
        over = case_costs(instance, taken) > limit
        if not over.any():
            return taken
        weight[over] *= _DEARER
    return None
