"""Assigning all waiting cases: no rule ever broken, best of all, repeatable, explained."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.panel.assign import assign_cases, waiting_case
from openimr.panel.encode import Load, Weights
from openimr.panel.explain import assignment_of, checks_of, explain_case
from openimr.panel.obstacles import unassignable
from openimr.panel.select import check_reviewer
from openimr.terms.case import CaseDispute, CaseReviewers
from openimr.terms.errors import AssignmentError
from openimr.terms.letter import Priority
from openimr.terms.reviewer import Absence, Board, InterestKind, Panel
from panel.invented import CASE, ON, RULES, licence, reviewer, tie

FAR = date(2020, 1, 1)
BOARDS = {
    "same": (Board(name="Physical Medicine & Rehabilitation", expires_on=FAR),),
    "similar": (Board(name="Family Practice", expires_on=FAR),),
    "no": (Board(name="Dermatology", expires_on=FAR),),
}
DAY = timedelta(days=1)


def case(number: str, *, requests=("Baclofen 10 mg #60",), due=None, urgent=False, **changes):
    """Return a waiting case with changes."""
    head = replace(CASE.case, number=number, priority=Priority.EXPEDITED if urgent else Priority.REGULAR)
    disputes = tuple(CaseDispute(request=r) for r in requests)
    return waiting_case(replace(CASE, case=head, dispute=disputes, **changes), due)


def assign(cases, reviewers, *, seed: int = 7, **more):
    """Return the assignment of cases to reviewers."""
    return assign_cases(
        cases, Panel(schema=1, reviewer=tuple(reviewers)), rules=RULES, on=ON, seed=seed, **more
    )


def given_to(found) -> dict[str, tuple[str, ...]]:
    return {a.case: a.reviewers for a in found.result.assigned}


TIED = st.builds(
    tie,
    st.sampled_from(["Gannet Claims Services", "M. Oakenshaw", "Estuary Med Ctr", "Somebody Else"]),
    st.sampled_from(list(InterestKind)),
)
REVIEWERS = st.lists(
    st.fixed_dictionaries(
        {
            "interests": st.none() | st.lists(TIED, max_size=1).map(tuple),
            "licences": st.sampled_from([(licence("CA"),), (licence("TX"),)]),
            "boards": st.sampled_from(list(BOARDS.values())),
            "capacity": st.integers(0, 3),
            "turnaround_days": st.none() | st.integers(1, 30).map(float),
            "qme": st.sampled_from([False, False, True]),
        }
    ),
    min_size=1,
    max_size=5,
)
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "requests": st.sampled_from(
                [
                    ("Baclofen 10 mg #60",),
                    ("Psychotherapy x 6",),
                    ("Baclofen 10 mg #60", "Left knee arthroscopy"),
                ]
            ),
            "due": st.none() | st.integers(-3, 20).map(lambda d: ON + d * DAY),
            "urgent": st.booleans(),
            "reviewers": st.builds(CaseReviewers, earlier=st.sampled_from([(), ("r0",), ("r1",)])),
        }
    ),
    min_size=1,
    max_size=5,
)


def built(cases, reviewers):
    return (
        [case(f"CM15-{n:07d}", **c) for n, c in enumerate(cases)],
        [reviewer(f"r{n}", **r) for n, r in enumerate(reviewers)],
    )


def checked(found, reviewer_id: str, waiting):
    """Return what the rules for one case say of one reviewer."""
    one = next(r for r in found.draw.reviewers if r.id == reviewer_id)
    return check_reviewer(one, waiting.case, waiting.treatments, rules=RULES, on=ON)


@settings(max_examples=60)
@given(CASES, REVIEWERS, st.integers(0, 2**200), st.randoms(use_true_random=False))
def test_no_rule_is_ever_broken_and_the_order_changes_nothing(cases, reviewers, seed, order) -> None:
    waiting, panel = built(cases, reviewers)
    found = assign(waiting, panel, seed=seed)
    for one in waiting:
        for name in found.result.reviewers_of(one.number):
            assert checked(found, name, one).is_assignable
    counts = Counter(name for names in given_to(found).values() for name in names)
    assert all(counts[r.id] <= (r.capacity or 0) for r in panel)
    order.shuffle(waiting)
    order.shuffle(panel)
    assert assign(waiting, panel, seed=seed).result == found.result


@settings(max_examples=60)
@given(CASES, REVIEWERS)
def test_the_arrays_bar_exactly_whom_the_check_of_one_case_bars(cases, reviewers) -> None:
    found = assign(*built(cases, reviewers))
    for row, waiting in enumerate(found.draw.waiting):
        for column, one in enumerate(found.draw.reviewers):
            check = checked(found, one.id, waiting)
            by_index = checks_of(found, row)[column]
            assert set(by_index.exclusions) == set(check.exclusions)
            assert set(by_index.possible) == set(check.possible)
            assert bool(found.encoded.is_barred[row, column]) == (not check.is_assignable)


@settings(max_examples=60)
@given(CASES, REVIEWERS)
def test_never_worse_than_greedy(cases, reviewers) -> None:
    found = assign(*built(cases, reviewers))
    table, room = found.instance, Counter(found.instance.place_reviewer.tolist())
    served, cost = 0, 0
    places = {
        r: iter(c for o, c in zip(table.place_reviewer, table.place_cost, strict=True) if o == r)
        for r in room
    }
    for row in range(table.cases):
        options = [
            (int(c), int(r))
            for k, r, c in zip(table.case, table.reviewer, table.cost, strict=True)
            if k == row and room[int(r)]
        ]
        if options:
            pair, chosen = min(options)
            room[chosen] -= 1
            served, cost = served + 1, cost + pair + int(next(places[chosen]))
    assert len(found.result.assigned) >= served
    if len(found.result.assigned) == served == table.cases:
        assert found.result.cost <= cost


@settings(max_examples=60)
@given(CASES, REVIEWERS)
def test_another_reviewer_never_makes_it_worse(cases, reviewers) -> None:
    waiting, panel = built(cases, reviewers)
    before = assign(waiting, panel).result
    # days not stated count as the slowest stated: the new one states as many
    slowest = max((r.turnaround_days or 0 for r in panel), default=0)
    after = assign(waiting, [*panel, reviewer("new", turnaround_days=slowest)]).result
    assert set(after.waiting) <= set(before.waiting)
    if not before.waiting:
        assert after.cost <= before.cost


@pytest.mark.parametrize("seed", range(8))
def test_another_case_moves_few_others(seed: int) -> None:
    """A chain of hand-overs: each reviewer on it gives up one case, and most of the cases stay."""
    panel = [reviewer(f"r{n}", capacity=4, turnaround_days=float(n % 5)) for n in range(8)]
    waiting = [case(f"CM15-{n:07d}", due=ON + (n % 9) * DAY) for n in range(25)]
    before = given_to(assign(waiting[:-1], panel, seed=seed))
    after = given_to(assign(waiting, panel, seed=seed))
    handed_over = Counter(names for number, names in before.items() if after[number] != names)
    assert all(count == 1 for count in handed_over.values())
    assert len(handed_over) < len(panel)


def test_urgent_cases_and_late_ones_come_first_where_places_are_short() -> None:
    cases = [
        case("late", due=ON - DAY),
        case("urgent", urgent=True, due=ON + 9 * DAY),
        case("easy", due=ON + 9 * DAY),
    ]
    assert assign(cases, [reviewer("a", capacity=1)]).result.waiting == ("easy", "late")
    assert assign(cases, [reviewer("a", capacity=2)]).result.waiting == ("easy",)


def test_loads_are_shared_and_what_is_open_counts() -> None:
    cases = [case(f"c{n}") for n in range(4)]
    panel = [reviewer("a", capacity=8), reviewer("b", capacity=8)]
    even = assign(cases, panel)
    assert Counter(n for names in given_to(even).values() for n in names) == {"a": 2, "b": 2}
    uneven = assign(cases, panel, loads={"a": Load(open_cases=6)})
    assert Counter(n for names in given_to(uneven).values() for n in names) == {"b": 4}
    weekly = assign(cases, [reviewer("a", capacity=8, weekly_load=3)], loads={"a": Load(this_week=1)})
    assert (len(weekly.result.assigned), len(weekly.result.waiting)) == (2, 2)


def test_who_is_fast_enough_gets_what_is_due_soon() -> None:
    cases = [case("soon", due=ON + 3 * DAY), case("later", due=ON + 30 * DAY)]
    panel = [
        reviewer("fast", capacity=1, turnaround_days=2.0),
        reviewer("slow", capacity=1, turnaround_days=20.0),
    ]
    assert given_to(assign(cases, panel)) == {"soon": ("fast",), "later": ("slow",)}


def test_minimum_loads_are_told_where_the_cases_do_not_suffice() -> None:
    panel = [reviewer("a", minimum_load=2), reviewer("b", boards=BOARDS["no"], minimum_load=1)]
    found = assign([case("c1"), case("c2")], panel).result
    assert given_to(assign([case("c1"), case("c2")], panel)) == {"c1": ("a",), "c2": ("a",)}
    assert [(s.reviewer, s.minimum, s.given) for s in found.shortfalls] == [("b", 1, 0)]


def test_several_reviewers_of_a_case_share_no_practice() -> None:
    group = (tie("Sandbar Practice", InterestKind.GROUP),)
    panel = [
        reviewer("a", interests=group),
        reviewer("b", interests=group),
        reviewer("c", licences=(licence("TX"),)),
    ]
    both = case("c1", reviewers=CaseReviewers(count=2))
    (names,) = given_to(assign([both], panel)).values()
    assert len(names) == 2
    assert "c" in names
    alone = assign([both], panel[:2])
    assert unassignable(alone, "c1").in_the_way == ("CAPACITY", "INDEPENDENCE")


def test_a_case_that_comes_back_goes_to_another() -> None:
    back = case("c1", reviewers=CaseReviewers(earlier=("a",)))
    assert given_to(assign([back], [reviewer("a"), reviewer("b")])) == {"c1": ("b",)}
    assert unassignable(assign([back], [reviewer("a")]), "c1").in_the_way == ("REMAND",)


def test_a_case_that_was_declined_goes_to_another() -> None:
    left = case("c1", reviewers=CaseReviewers(chosen_before=("a",)))
    assert given_to(assign([left], [reviewer("a"), reviewer("b")])) == {"c1": ("b",)}
    assert unassignable(assign([left], [reviewer("a")]), "c1").in_the_way == ("CHOSEN_BEFORE",)
    told = explain_case(assign([left], [reviewer("a"), reviewer("b")]), "c1")
    assert [e.code for e in told.excluded] == ["CHOSEN_BEFORE"]


def test_equals_are_drawn_and_the_seed_repeats_the_draw() -> None:
    panel = [reviewer(name) for name in "abcd"]
    drawn = {given_to(assign([case("c1")], panel, seed=seed))["c1"] for seed in range(40)}
    assert drawn == {("a",), ("b",), ("c",), ("d",)}
    told = explain_case(assign([case("c1")], panel, seed=3), "c1")
    assert any("seed 3" in words for words in told.because)


def test_whoever_is_offered_a_case_reads_why_without_the_names_of_others() -> None:
    panel = [reviewer(name) for name in ("wren", "lark", "ibis")]
    (told,) = assignment_of(assign([case("c1")], panel, seed=3), "c1")
    assert "Drawn by lot from 3 equals; the draw can be repeated." in told.because
    assert not any(one.id in words for one in panel for words in told.because)


def test_a_choice_is_explained_with_its_alternatives_and_everybody_excluded() -> None:
    panel = [
        reviewer("best"),
        reviewer("similar", boards=BOARDS["similar"]),
        reviewer("away", licences=(licence("TX"),)),
        reviewer("unfit", boards=BOARDS["no"]),
        reviewer("tied", interests=(tie("Gannet Claims Services"),)),
        reviewer("unsure", interests=(tie("M. Oakenshaw"),)),
    ]
    found = assign([case("c1")], panel)
    told = explain_case(found, "c1")
    assert [c.reviewer for c in told.chosen] == ["best"]
    assert [(c.reviewer, c.difference) for c in told.alternatives] == [
        ("similar", Weights().similar),
        ("away", Weights().other_state),
    ]
    assert {(e.reviewer, e.code) for e in told.excluded} == {("unfit", "SPECIALTY"), ("tied", "CONFLICT")}
    assert [e.reviewer for e in told.possible] == ["unsure"]
    (kept,) = assignment_of(found, "c1")
    assert (kept.reviewer, kept.alternatives) == ("best", ("similar", "away"))
    cleared = assign([case("c1")], [panel[-1]], cleared=told.possible)
    assert given_to(cleared) == {"c1": ("unsure",)}
    with pytest.raises(AssignmentError, match="no such case"):
        explain_case(found, "c9")


@settings(max_examples=40)
@given(CASES, REVIEWERS)
def test_nobody_with_room_would_have_been_cheaper(cases, reviewers) -> None:
    found = assign(*built(cases, reviewers))
    for one in found.result.assigned:
        told = explain_case(found, one.case)
        assert all(a.difference >= 0 for a in told.alternatives if not a.is_full)


@pytest.mark.parametrize(
    ("panel", "in_the_way", "words"),
    [
        ([reviewer("a", capacity=0)], ("CAPACITY",), "one more place for a"),
        ([reviewer("a", absences=(Absence(first=ON, last=ON + 3 * DAY),))], ("ABSENT",), "2015-03-06"),
        ([reviewer("a", boards=BOARDS["no"])], ("SPECIALTY",), "Physical Medicine & Rehabilitation"),
        (
            [reviewer("a", licences=()), reviewer("b", licences=(), qme=True)],
            ("LICENCE",),
            "licence in force",
        ),
        ([reviewer("a", interests=(tie("M. Oakenshaw"),))], ("POSSIBLE_CONFLICT",), "clears"),
        ([reviewer("a", interests=None)], ("INTERESTS",), "statement of interests by a"),
        (
            [reviewer("a", interests=(tie("Gannet Claims Services"),)), reviewer("b", boards=BOARDS["no"])],
            ("SPECIALTY",),
            "specialties",
        ),
    ],
)
def test_who_nobody_may_have_is_told_with_what_would_free_it(panel, in_the_way, words) -> None:
    found = unassignable(assign([case("c1")], panel), "c1")
    assert found.in_the_way == in_the_way
    assert words.lower() in " ".join(found.would_free).lower()
    assert found.reasons


def test_a_case_that_lost_its_places_to_others_says_so() -> None:
    found = assign([case("c1", urgent=True), case("c2")], [reviewer("a", capacity=1)])
    told = unassignable(found, "c2")
    assert (told.in_the_way, told.would_free) == (("CAPACITY",), ("One more place for any of a.",))


def test_a_case_that_nobody_fits_whole_is_proposed_for_splitting() -> None:
    psychiatry = (Board(name="Psychiatry", expires_on=FAR),)
    both = case("c1", requests=("Baclofen 10 mg #60", "Psychotherapy x 6", "MRI of the lumbar spine"))
    told = unassignable(assign([both], [reviewer("a"), reviewer("b", boards=psychiatry)]), "c1")
    assert told.split == ((1, 3), (2,))
    assert told.in_the_way == ("SPECIALTY",)


def test_bad_input_is_refused_with_a_remedy() -> None:
    one = case("c1")
    with pytest.raises(AssignmentError, match="lists no reviewers"):
        assign([one], [])
    with pytest.raises(AssignmentError, match="have the id a"):
        assign([one], [reviewer("a"), reviewer("a")])
    with pytest.raises(AssignmentError, match="have the number c1"):
        assign([one, one], [reviewer("a")])
    with pytest.raises(AssignmentError, match="no disputed treatment"):
        assign([case("c1", requests=())], [reviewer("a")])
    other = replace(one, case=replace(one.case, case=replace(one.case.case, programme="us_tx_iro")))
    with pytest.raises(AssignmentError, match="us_tx_iro"):
        assign([other], [reviewer("a")])
    with pytest.raises(AssignmentError, match="wants -1 reviewers"):
        assign([case("c1", reviewers=CaseReviewers(count=-1))], [reviewer("a")])
    with pytest.raises(AssignmentError, match="Lower the weights"):
        assign(
            [one], [reviewer("a", licences=(licence("TX"),))], weights=Weights(other_state=2**30, full=2**55)
        )
    assert assign([], [reviewer("a")]).result.assigned == ()
    bare = assign([one], [reviewer("a", licences=(), capacity=None)])
    assert bare.result.waiting == ("c1",)
