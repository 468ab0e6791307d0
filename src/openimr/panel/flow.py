"""One exact minimum-cost flow over arrays: case, allowed reviewer, place of the reviewer, drain.

Places of one reviewer cost more and more, which makes a convex load cost. Nothing here
knows what a case or a reviewer is.

Source:
    OR-Tools SimpleMinCostFlow (cost scaling), which is exact for whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# Ties are numbers below this; the sum of all ties stays below one unit of cost.
TIES = 1 << 16
# The flow multiplies costs by its number of nodes in 64 bits.
_LARGEST = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """What is to be assigned, in arrays. Only allowed pairs are listed.

    Shapes:
        case, reviewer, cost, tie: (pairs,); ties lie in [0, TIES)
        demand, urgency: (cases,); how many reviewers, and what waiting costs, above 0
        place_reviewer, place_cost: (places,); costs of one reviewer do not fall
        least: (reviewers,); places that are to be filled, if they can be
        apart: (n, 2); reviewers who may not share a case
    """

    case: Ints
    reviewer: Ints
    cost: Ints
    tie: Ints
    demand: Ints
    urgency: Ints
    place_reviewer: Ints
    place_cost: Ints
    least: Ints
    apart: Ints

    @property
    def cases(self) -> int:
        """The number of cases."""
        return len(self.demand)

    @property
    def reviewers(self) -> int:
        """The number of reviewers."""
        return len(self.least)


def rank_of(owner: Ints) -> Ints:
    """Return for every place the how-manieth of its reviewer it is, from 0."""
    order = np.argsort(owner, kind="stable")
    ordered = owner[order]
    rank = np.empty(len(owner), dtype=np.int64)
    rank[order] = np.arange(len(owner)) - np.searchsorted(ordered, ordered)
    return rank


def flow_over(instance: Instance, pairs: Ints, served: Mask, least: Ints) -> Ints | None:
    """Return which of some pairs serve all of ``served`` at the lowest cost, or None if they cannot.

    Args:
        instance: What is to be assigned.
        pairs: The pairs that may be taken, all of served cases.
        served: The cases that all have to be served.
        least: Places of each reviewer that have to be filled.
    """
    if not is_small_enough(instance):
        raise OverflowError("costs are too high for so many cases: lower the weights")
    demand = np.where(served, instance.demand, 0)
    if not demand.sum():
        return None if least.any() else np.zeros(0, dtype=np.int64)
    scale = scale_of(instance)
    graph = SimpleMinCostFlow()
    arcs = _add_pairs(graph, instance, pairs, instance.cost[pairs] * scale + instance.tie[pairs])
    free = np.flatnonzero(rank_of(instance.place_reviewer) >= least[instance.place_reviewer])
    _add_places(graph, instance, free, instance.place_cost[free] * scale)
    _set_supplies(graph, demand, least)
    if graph.solve() != graph.OPTIMAL:
        return None
    taken: Ints = pairs[graph.flows(arcs) > 0]
    return taken


def unserved_of(instance: Instance, pairs: Ints, served: Mask) -> tuple[Ints, Ints]:
    """Return how many reviewers each case lacks where as little urgency as possible waits.

    Beside it the pairs that serve the others; costs are not looked at.
    """
    demand = np.where(served, instance.demand, 0)
    cases = np.arange(instance.cases)
    graph = SimpleMinCostFlow()
    arcs = _add_pairs(graph, instance, pairs, np.zeros_like(pairs))
    _add_places(graph, instance, np.arange(len(instance.place_cost)), np.zeros_like(instance.place_cost))
    drain = instance.cases + instance.reviewers
    skipped = graph.add_arcs_with_capacity_and_unit_cost(
        cases, np.full(len(cases), drain), demand, instance.urgency
    )
    _set_supplies(graph, demand, np.zeros_like(instance.least))
    status = graph.solve()
    assert status == graph.OPTIMAL, "everybody may wait, so that there is always a flow"
    lacking: Ints = np.asarray(graph.flows(skipped), dtype=np.int64)
    return lacking, pairs[graph.flows(arcs) > 0]


def _add_pairs(graph: SimpleMinCostFlow, instance: Instance, pairs: Ints, cost: Ints) -> Ints:
    arcs: Ints = graph.add_arcs_with_capacity_and_unit_cost(
        instance.case[pairs],
        instance.cases + instance.reviewer[pairs],
        np.ones(len(pairs), dtype=np.int64),
        cost,
    )
    return arcs


def _add_places(graph: SimpleMinCostFlow, instance: Instance, places: Ints, cost: Ints) -> None:
    drain = instance.cases + instance.reviewers
    graph.add_arcs_with_capacity_and_unit_cost(
        instance.cases + instance.place_reviewer[places],
        np.full(len(places), drain),
        np.ones(len(places), dtype=np.int64),
        cost,
    )


def _set_supplies(graph: SimpleMinCostFlow, demand: Ints, least: Ints) -> None:
    """Cases give, the drain takes; a minimum load is taken at the reviewer itself."""
    supply = np.concatenate([demand, -least, [least.sum() - demand.sum()]])
    graph.set_nodes_supplies(np.arange(len(supply)), supply)


def is_small_enough(instance: Instance) -> bool:
    """Return whether the costs fit the 64 bits of the flow."""
    highest = max(int(instance.cost.max(initial=0)), int(instance.place_cost.max(initial=0)))
    nodes = instance.cases + instance.reviewers + 2
    return (highest + 1) * scale_of(instance) * nodes < _LARGEST


def scale_of(instance: Instance) -> int:
    """Return what one unit of cost is multiplied by, so that no sum of ties reaches it."""
    return TIES * (int(instance.demand.sum()) + 1)
