"""Pairs of names: the same for a seed, as many as promised, none of one and of two at once."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from benchmarks.names import organizations, people
from benchmarks.names.parts import parts_of
from benchmarks.names_pairs import EASY, FALSE_PAIRS, TRUE_PAIRS, Answered, Pair, figures_of, generate

from openimr.panel.names import NameMatch


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return list(generate(3))


def test_a_seed_gives_the_same_pairs_every_time(pairs: list[Pair]) -> None:
    assert list(islice(generate(3), 500)) == pairs[:500]
    assert list(islice(generate(4), 500)) != pairs[:500]


def test_there_are_as_many_as_promised_and_half_of_the_false_are_hard(pairs: list[Pair]) -> None:
    assert sum(pair.same for pair in pairs) == TRUE_PAIRS
    assert sum(not pair.same for pair in pairs) == FALSE_PAIRS
    assert sum(not pair.same and pair.why not in EASY for pair in pairs) == FALSE_PAIRS // 2


def test_every_kind_is_there(pairs: list[Pair]) -> None:
    made = {(pair.same, pair.why) for pair in pairs}
    assert made == {(True, why) for why in (*people.SAME, *organizations.SAME)} | {
        (False, why) for why in (*people.OTHER, *organizations.OTHER, *EASY)
    }


def test_no_pair_comes_twice_or_is_of_one_and_of_two(pairs: list[Pair]) -> None:
    times = Counter(frozenset((pair.one.casefold(), pair.two.casefold())) for pair in pairs)
    assert set(times.values()) == {1}
    assert all(pair.one != pair.two for pair in pairs)


def test_the_halves_of_the_parts_share_no_surname_no_given_name_and_no_distinctive_word() -> None:
    first, second = parts_of(0), parts_of(1)
    assert not {*first.surnames} & {*second.surnames}
    assert not {*first.given} & {*second.given}
    assert not {*first.distinct} & {*second.distinct}


def test_figures_count_what_no_person_would_see() -> None:
    true = Pair(one="A", two="B", same=True, why="nickname")
    false = Pair(one="A", two="C", same=False, why="father and son")
    answers = [
        (true, NameMatch.SAME),
        (true, NameMatch.POSSIBLE),
        (true, NameMatch.NO),
        (true, NameMatch.SAME),
    ]
    answers += [
        (false, NameMatch.SAME),
        (false, NameMatch.POSSIBLE),
        (false, NameMatch.NO),
        (false, NameMatch.NO),
    ]
    figures = figures_of([Answered(pair=pair, answer=answer) for pair, answer in answers], 1.0)
    assert figures["recall"] == 0.75
    assert figures["recall_certain"] == 0.5
    assert figures["precision_certain"] == pytest.approx(2 / 3)
    assert figures["precision_certain_or_possible"] == 0.6
    assert figures["to_a_person_of_true"] == figures["to_a_person_of_false"] == 0.25
