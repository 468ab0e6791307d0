"""Selection: hard rules never broken, preferences in their order, everything told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.panel.attest import attest
from openimr.panel.conflicts import find_conflicts, involved_in
from openimr.panel.select import check_reviewer, select_reviewer
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Assignment, Board, InterestKind, Panel, SpecialtyFit, Unassignable
from openimr.vocabulary.requests import parse_request
from panel.invented import CASE, ON, RULES, TREATMENTS, licence, reviewer, tie

FAR = date(2020, 1, 1)
SIMILAR = (Board(name="Family Practice", expires_on=FAR),)
NOT_FIT = (Board(name="Dermatology", expires_on=FAR),)


def select(*reviewers, seed: int = 7, case=CASE, treatments=TREATMENTS, **more):
    """Return who is selected among reviewers."""
    panel = Panel(schema=1, reviewer=reviewers)
    return select_reviewer(case, treatments, panel, rules=RULES, on=ON, seed=seed, **more)


def test_one_who_fits_is_assigned_with_the_reasons() -> None:
    found = select(reviewer("a"), reviewer("b", qme=True))
    assert isinstance(found, Assignment)
    assert (found.reviewer, found.fit, found.seed) == ("a", SpecialtyFit.SAME, 7)
    assert [(e.reviewer, e.code) for e in found.excluded] == [("b", "QME")]
    assert any("California" in words for words in found.because)


def test_california_comes_before_fit_and_fit_before_load() -> None:
    away = reviewer("away", licences=(licence("TX"),))
    similar = reviewer("similar", boards=SIMILAR)
    busy, idle = reviewer("busy"), reviewer("idle")
    assert select(away, similar).reviewer == "similar"
    assert select(similar, busy, open_cases={"busy": 4}).reviewer == "busy"
    assert select(busy, idle, open_cases={"busy": 1}).reviewer == "idle"
    found = select(away)
    assert found.reviewer == "away"
    assert any("Nobody left is licensed in California" in words for words in found.because)


def test_nobody_left_gives_everybody_with_every_reason() -> None:
    found = select(reviewer("a", boards=NOT_FIT), reviewer("b", licences=(), capacity=0))
    assert isinstance(found, Unassignable)
    assert found.case == CASE.case.number
    assert [(e.reviewer, e.code) for e in found.reasons] == [
        ("a", "SPECIALTY"),
        ("b", "LICENCE"),
        ("b", "CAPACITY"),
    ]


def test_a_reviewer_must_fit_every_dispute() -> None:
    treatments = (*TREATMENTS, parse_request("Psychotherapy x 6 sessions"))
    found = select(reviewer("a"), treatments=treatments)
    assert isinstance(found, Unassignable)
    assert [e.code for e in found.reasons] == ["SPECIALTY"]
    both = (
        Board(name="Physical Medicine & Rehabilitation", expires_on=FAR),
        Board(name="Psychiatry", expires_on=FAR),
    )
    assert isinstance(select(reviewer("a", boards=both), treatments=treatments), Assignment)


def test_a_possible_conflict_holds_back_until_a_person_clears_it() -> None:
    unsure = reviewer("unsure", interests=(tie("M. Oakenshaw"),))
    held = select(unsure)
    assert isinstance(held, Unassignable)
    assert [e.code for e in held.reasons] == ["POSSIBLE_CONFLICT"]
    beside = select(unsure, reviewer("sure"))
    assert (beside.reviewer, len(beside.possible_conflicts)) == ("sure", 1)
    assert select(unsure, cleared=held.reasons).reviewer == "unsure"


def test_equals_are_drawn_by_the_seed_and_the_draw_can_be_repeated() -> None:
    equals = [reviewer(name) for name in "abcdef"]
    drawn = {select(*equals, seed=seed).reviewer for seed in range(60)}
    assert drawn == set("abcdef")
    assert select(*equals, seed=3) == select(*reversed(equals), seed=3)


def test_a_case_without_disputes_is_refused() -> None:
    with pytest.raises(AssignmentError, match="no disputed treatment"):
        select(reviewer("a"), treatments=())


NAMES = [i.name for i in involved_in(CASE) if i.name]
TIES = st.builds(
    lambda name, kind, share, past: tie(
        name, kind, share_pct=share, until=ON - timedelta(days=30) if past else None
    ),
    st.sampled_from([*NAMES, "Somebody Else Entirely", "M. Oakenshaw", "Estuary Medical Ctr"]),
    st.sampled_from(list(InterestKind)),
    st.sampled_from([None, 1.0, 50.0]),
    st.booleans(),
)
REVIEWERS = st.builds(
    lambda ties, state, boards, qme, capacity: {
        "interests": None if ties is None else tuple(ties),
        "licences": (licence(state),),
        "boards": boards or reviewer().boards,
        "qme": qme,
        "capacity": capacity,
    },
    st.none() | st.lists(TIES, max_size=3),
    st.sampled_from(["CA", "TX"]),
    st.sampled_from([None, SIMILAR, NOT_FIT]),
    st.sampled_from([False, False, True, None]),
    st.integers(0, 3),
)


@given(
    changes=st.lists(REVIEWERS, min_size=1, max_size=6),
    seed=st.integers(0, 2**32),
    order=st.randoms(use_true_random=False),
)
def test_no_assignment_ever_has_a_conflict_or_breaks_a_rule(changes, seed, order) -> None:
    reviewers = [reviewer(f"r{n}", **c) for n, c in enumerate(changes)]
    found = select(*reviewers, seed=seed)
    checks = {r.id: check_reviewer(r, CASE, TREATMENTS, rules=RULES, on=ON) for r in reviewers}
    if isinstance(found, Unassignable):
        assert not any(c.is_assignable for c in checks.values())
        assert {e.reviewer for e in found.reasons} == set(checks)
    else:
        chosen = next(r for r in reviewers if r.id == found.reviewer)
        ties = find_conflicts(chosen, CASE, RULES, ON)
        assert (ties.certain, ties.possible) == ((), ())
        assert checks[chosen.id].is_assignable
        assert found.fit is not SpecialtyFit.NO
        assert chosen.qme is False
        assert chosen.interests is not None
        # nobody free is licensed in California unless the chosen one is
        free = [c for c in checks.values() if c.is_assignable]
        assert checks[chosen.id].is_preferred_state or not any(c.is_preferred_state for c in free)
    shuffled = list(reviewers)
    order.shuffle(shuffled)
    assert select(*shuffled, seed=seed) == found


def test_who_does_not_attest_cannot_go_on() -> None:
    chosen = select(reviewer("a"))
    done = attest(chosen, ["no_conflict", "qualified"], ON)
    assert (done.reviewer, done.attested_on) == ("a", ON)
    for words in ([], ["no_conflict"], ["qualified", "read_the_file"], ["no_conflict", "qualified", "paid"]):
        with pytest.raises(AssignmentError):
            attest(chosen, words, ON)
    with pytest.raises(AssignmentError, match="no_conflict"):
        attest(replace(chosen), ["qualified"], ON)
