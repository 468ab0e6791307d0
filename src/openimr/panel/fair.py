"""Max-min fairness: no case is served much worse so that the others are served a little better.

Source:
    Threshold search over flows, exact where every case wants one reviewer. With several, the
    limit is on the sum of a case and a flow cannot carry it, but it can while one seat of each
    case is given anew and the others stay: from the cheapest assignment on, one exact flow after
    another first lowers the worst case and then the cost.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from openimr.panel.flow import Instance, Ints, Mask, rank_of
from openimr.panel.solve import Solution, case_costs, exact_cost, flow, served_cases, solution

# Flows in vain after which the worst case stays as it is: every one halves the step, and a step
# from any cost to a single unit takes about twenty.
_VAIN = 30
_MOST_ROUNDS = 1_000


def solve_fair(instance: Instance) -> Solution:
    """Return the assignment whose worst case is as good as possible, and then the cheapest.

    The most urgent cases are served, as in ``solve``; fairness never leaves one
    waiting. ``bound`` tells how good the worst case could be at best; where a case
    wants several reviewers the answer may stay above it. Reviewers who may not
    share a case are not looked at here: use ``solve`` for them.
    """
    served, least, best = served_cases(instance)
    bound = _bound(instance, served)
    if bool(instance.demand.max(initial=1) <= 1):
        best = _fairest(instance, served, least, best, bound)
        return solution(instance, served, least, best, _worst(instance, best))
    best = _lowered(instance, served, least, best, bound)
    return solution(instance, served, least, _cheaper(instance, served, least, best), bound)


def _fairest(instance: Instance, served: Mask, least: Ints, best: Ints, bound: int) -> Ints:
    """Return the cheapest assignment of the best worst case, where each case wants one reviewer."""
    low, high = bound, _worst(instance, best)
    while low < high:
        # the bound itself is reached more often than not
        limit = bound if low == bound else (low + high) // 2
        found = flow(instance, served, least, barred=instance.cost > limit)
        if found is None:
            low = limit + 1
        else:
            best, high = found, _worst(instance, found)
    return best


def _worst(instance: Instance, taken: Ints) -> int:
    return int(case_costs(instance, taken).max(initial=0))


def _bound(instance: Instance, served: Mask) -> int:
    """Return what the worst case costs if every case has its cheapest reviewers."""
    order = np.lexsort((instance.cost, instance.case))
    case, cost = instance.case[order], instance.cost[order]
    is_counted = rank_of(case) < instance.demand[case]
    sums = np.zeros(instance.cases, dtype=np.int64)
    np.add.at(sums, case[is_counted], cost[is_counted])
    return int(sums[served].max(initial=0))


def _lowered(instance: Instance, served: Mask, least: Ints, taken: Ints, bound: int) -> Ints:
    """Return an assignment whose worst case is as low as giving seats anew makes it."""
    vain = 0
    for number in range(_MOST_ROUNDS):
        worst = _worst(instance, taken)
        if worst <= bound or vain == _VAIN:
            break
        # half the way to the bound, and nearer after each flow in vain
        limit = worst - 1 - ((worst - 1 - bound) >> (vain + 1))
        found = _reseated(instance, served, least, taken, limit, number)
        taken, vain = (taken, vain + 1) if found is None else (found, 0)
    return taken


def _cheaper(instance: Instance, served: Mask, least: Ints, taken: Ints) -> Ints:
    """Return an assignment whose worst case is no higher, as cheap as giving seats anew makes it."""
    limit, vain = _worst(instance, taken), 0
    # each seat once, in both orders
    most = 2 * int(instance.demand.max(initial=1))
    for number in range(_MOST_ROUNDS):
        if vain == most:
            break
        found = _reseated(instance, served, least, taken, limit, number)
        assert found is not None, "the seats may stay as they are"
        is_cheaper = exact_cost(instance, found) < exact_cost(instance, taken)
        taken, vain = (found, 0) if is_cheaper else (taken, vain + 1)
    return taken


def _reseated(
    instance: Instance, served: Mask, least: Ints, taken: Ints, limit: int, number: int
) -> Ints | None:
    """Return the cheapest assignment that gives one seat of each case anew; None if none keeps the limit."""
    is_freed = _freed(instance, taken, number)
    kept = taken[~is_freed]
    load = np.bincount(instance.reviewer[kept], minlength=instance.reviewers)
    is_left = rank_of(instance.place_reviewer) >= load[instance.place_reviewer]
    rest = replace(
        instance,
        demand=instance.demand - np.bincount(instance.case[kept], minlength=instance.cases),
        place_reviewer=instance.place_reviewer[is_left],
        place_cost=instance.place_cost[is_left],
    )
    barred = case_costs(instance, kept)[instance.case] + instance.cost > limit
    barred[kept] = True
    found = flow(rest, served, np.maximum(least - load, 0), barred=barred)
    return None if found is None else np.sort(np.concatenate([kept, found]))


def _freed(instance: Instance, taken: Ints, number: int) -> Mask:
    """Return which taken pairs are freed in a round, one of each case.

    Rounds alternate between the order of reviewers and that of cost. After every
    seat had its turn, neighbouring cases free different ones.
    """
    case = instance.case[taken]
    order = np.lexsort((instance.cost[taken], case)) if number % 2 else np.arange(len(taken))
    rank = np.empty(len(taken), dtype=np.int64)
    rank[order] = rank_of(case[order])
    most = int(instance.demand.max(initial=1))
    is_freed: Mask = rank == (number // 2 + case * (number // (2 * most))) % instance.demand[case]
    return is_freed
