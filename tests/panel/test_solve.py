"""The solver over arrays: best of all, whatever the order, and what it does when places are short."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.panel import price
from openimr.panel.fair import solve_fair
from openimr.panel.flow import TIES, Instance, flow_over
from openimr.panel.solve import case_costs, cost_of, solve

Costs = list[list[int | None]]


def instance(costs: Costs, places: list[list[int]], **changes: object) -> Instance:
    """Return an instance from a table of costs, None for what is not allowed, and costs of places."""
    pairs = [(c, r, cost) for c, row in enumerate(costs) for r, cost in enumerate(row) if cost is not None]
    whole: dict[str, object] = {
        "case": ints([p[0] for p in pairs]),
        "reviewer": ints([p[1] for p in pairs]),
        "cost": ints([p[2] for p in pairs]),
        "tie": ints([(7919 * c + 104729 * r) % TIES for c, r, _ in pairs]),
        "demand": ints([1] * len(costs)),
        "urgency": ints([1] * len(costs)),
        "place_reviewer": ints([r for r, row in enumerate(places) for _ in row]),
        "place_cost": ints([cost for row in places for cost in row]),
        "least": ints([0] * len(places)),
        "apart": np.zeros((0, 2), dtype=np.int64),
    }
    return Instance(**(whole | changes))


def ints(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def every_assignment(found: Instance):
    """Yield every way to serve all cases within the places, as pairs."""
    choices = [np.flatnonzero(found.case == case).tolist() for case in range(found.cases)]
    room = np.bincount(found.place_reviewer, minlength=found.reviewers)
    for pairs in product(*choices):
        if (np.bincount(found.reviewer[list(pairs)], minlength=found.reviewers) <= room).all():
            yield np.array(pairs, dtype=np.int64)


TABLES = st.integers(1, 4).flatmap(
    lambda reviewers: st.tuples(
        st.lists(
            st.lists(st.none() | st.integers(0, 9), min_size=reviewers, max_size=reviewers),
            min_size=1,
            max_size=4,
        ),
        st.lists(st.lists(st.integers(0, 5), max_size=3).map(sorted), min_size=reviewers, max_size=reviewers),
    )
)


@given(TABLES)
def test_the_optimum_is_the_one_that_trying_everything_finds(table) -> None:
    found = instance(*table)
    solved = solve(found)
    best = min((cost_of(found, pairs) for pairs in every_assignment(found)), default=None)
    if best is None:
        assert len(solved.waiting)
    else:
        assert (len(solved.waiting), solved.cost) == (0, best)


@given(TABLES, st.randoms(use_true_random=False))
def test_as_many_cases_as_can_be_are_served_the_urgent_first(table, draw) -> None:
    found = instance(*table)
    found = replace(found, urgency=ints([draw.choice([1, 100]) for _ in range(found.cases)]))
    solved = solve(found)
    lost = int(found.urgency[solved.waiting].sum())
    for kept in product([False, True], repeat=found.cases):
        served = np.array(kept)
        if flow_over(found, np.flatnonzero(served[found.case]), served, found.least) is not None:
            assert lost <= int(found.urgency[~served].sum())


@given(TABLES)
def test_fairness_finds_the_best_worst_case(table) -> None:
    found = instance(*table)
    solved = solve_fair(found)
    every = [int(case_costs(found, pairs).max()) for pairs in every_assignment(found)]
    if every:
        assert solved.worst == solved.bound == min(every)
    assert len(solved.waiting) == len(solve(found).waiting)


@given(TABLES, st.lists(st.integers(1, 3), min_size=4, max_size=4), st.sampled_from([0, 1]))
def test_fairness_among_several_reviewers_keeps_every_rule_and_never_makes_the_worst_case_worse(
    table, demand, least
) -> None:
    found = instance(*table)
    found = replace(found, demand=ints(demand[: found.cases]), least=found.least + least)
    plain, fair = solve(found), solve_fair(found)
    assert (fair.waiting.tolist(), fair.least.tolist()) == (plain.waiting.tolist(), plain.least.tolist())
    assert fair.bound is not None
    assert fair.bound <= fair.worst <= plain.worst
    assert fair.worst < plain.worst or fair.cost == plain.cost
    got = np.bincount(found.case[fair.taken], minlength=found.cases)
    served = np.setdiff1d(np.arange(found.cases), fair.waiting)
    assert (got[served] == found.demand[served]).all()
    assert len(set(fair.taken.tolist())) == len(fair.taken) == int(got[served].sum())
    load = np.bincount(found.reviewer[fair.taken], minlength=found.reviewers)
    assert (load <= np.bincount(found.place_reviewer, minlength=found.reviewers)).all()
    assert (load >= fair.least).all()


def test_the_worst_of_several_cases_with_two_reviewers_gives_up_no_more_than_it_must() -> None:
    # together cheapest leaves both dear reviewers to one case
    costs: Costs = [[1, 1, 4, 5], [0, 0, 4, 5]]
    found = instance(costs, [[0]] * 4, demand=ints([2, 2]))
    assert solve(found).worst == 9
    fair = solve_fair(found)
    assert (fair.worst, fair.cost) == (5, 10)


@given(TABLES, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_minimum_loads_are_filled_where_they_can_be(table, least) -> None:
    found = instance(*table)
    found = replace(found, least=ints(least[: found.reviewers]))
    solved = solve(found)
    load = np.bincount(found.reviewer[solved.taken], minlength=found.reviewers)
    assert (load >= solved.least).all()
    assert len(solved.waiting) == len(solve(instance(*table)).waiting)
    if not len(solved.waiting):
        reached = max(
            int(np.minimum(found.least, np.bincount(found.reviewer[p], minlength=found.reviewers)).sum())
            for p in every_assignment(found)
        )
        assert int(solved.least.sum()) == reached


def test_several_reviewers_of_a_case_are_different_and_independent() -> None:
    costs: Costs = [[1, 1, 5, 9]]
    places = [[0]] * 4
    two = ints([2])
    free = solve(instance(costs, places, demand=two))
    assert sorted(free.taken.tolist()) == [0, 1]
    apart = np.array([[0, 1]], dtype=np.int64)
    kept = solve(instance(costs, places, demand=two, apart=apart))
    assert (len(kept.taken), kept.cost) == (2, 6)
    every = np.array([[a, b] for a in range(4) for b in range(a)], dtype=np.int64)
    none = solve(instance(costs, places, demand=two, apart=every))
    assert (none.taken.tolist(), none.waiting.tolist()) == ([], [0])


def test_a_case_that_wants_more_reviewers_than_there_are_takes_no_place() -> None:
    found = solve(instance([[1, None], [1, 1]], [[0], [0]], demand=ints([2, 2])))
    assert (found.waiting.tolist(), len(found.taken)) == ([0], 2)


@pytest.mark.parametrize("seed", range(6))
def test_few_pairs_with_prices_give_the_same_answer_as_all_pairs(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = np.random.default_rng(seed)
    costs = [[int(c) if c < 70 else None for c in row] for row in draw.integers(0, 100, (60, 25))]
    places = [sorted(draw.integers(0, 20, draw.integers(1, 5)).tolist()) for _ in range(25)]
    found = instance(costs, places, tie=draw.integers(0, TIES, sum(c is not None for r in costs for c in r)))
    whole = solve(found)
    monkeypatch.setattr(price, "_WORTH", 1)
    monkeypatch.setattr(price, "_CHEAPEST", 1)
    monkeypatch.setattr(price, "_DRAWN", 1)
    priced = solve(found)
    assert priced.taken.tolist() == whole.taken.tolist()
    assert priced.waiting.tolist() == whole.waiting.tolist()


def test_costs_too_high_for_the_flow_are_refused() -> None:
    with pytest.raises(OverflowError, match="weights"):
        solve(instance([[1 << 60]], [[0]]))
