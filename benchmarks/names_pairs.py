"""The name matcher of the panel against pairs of invented names of which it is known whether they are one."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from openimr.panel.names import NameMatch, compare_names

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.names import organizations, people  # noqa: E402  # path set above
from benchmarks.names.parts import Parts, parts_of  # noqa: E402

TRUE_PAIRS, FALSE_PAIRS = 2_000, 20_000
# What is not hard: two names drawn without regard to each other.
EASY = ("two people", "two organizations", "a person and an organization")
_PEOPLE_PCT = 60
_T = TypeVar("_T")
Figures = dict[str, float]
Drawn = tuple[str, str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two names, whether they are of one and the same, and why they look as they do."""

    one: str
    two: str
    same: bool
    why: str


def _weighed(draw: Random, kinds: Mapping[str, tuple[int, _T]]) -> tuple[str, _T]:
    why = draw.choices(list(kinds), [often for often, _ in kinds.values()])[0]
    return why, kinds[why][1]


def _of_people(draw: Random, parts: Parts, kinds: Mapping[str, tuple[int, people.Change]]) -> Drawn:
    why, change = _weighed(draw, kinds)
    made = change(draw, parts, people.person(draw, parts))
    if made is None:
        return None
    one, two = (people.dressed(draw, name).text() for name in made)
    return why, one, two


def _of_organizations(
    draw: Random, parts: Parts, kinds: Mapping[str, tuple[int, organizations.Change]]
) -> Drawn:
    why, change = _weighed(draw, kinds)
    made = change(draw, parts)
    if made is None:
        return None
    one, two = (organizations.dressed(draw, name) for name in made)
    return why, one, two


def _easy(draw: Random, parts: Parts) -> Drawn:
    someone, other = (people.dressed(draw, people.person(draw, parts)) for _ in range(2))
    firms = [organizations.organization(draw, parts) for _ in range(2)]
    firm, another = (organizations.dressed(draw, name) for name in firms)
    why = draw.choices(EASY, (50, 40, 10))[0]
    if why == "two people":
        same = (someone.first, someone.last) == (other.first, other.last)
        return None if same else (why, someone.text(), other.text())
    if why == "two organizations":
        return None if firms[0] == firms[1] else (why, firm, another)
    return why, someone.text(), firm


def _drawn(draw: Random, parts: Parts, *, same: bool, hard: bool) -> Drawn:
    if not same and not hard:
        return _easy(draw, parts)
    if draw.randrange(100) < _PEOPLE_PCT:
        return _of_people(draw, parts, people.SAME if same else people.OTHER)
    return _of_organizations(draw, parts, organizations.SAME if same else organizations.OTHER)


def generate(seed: int, *, half: int = 0, share: float = 1.0) -> Iterator[Pair]:
    """Return 2,000 pairs of one name and 20,000 of two, half of these hard, no pair twice.

    Args:
        half: The half of the parts of names that is used: 0, or 1 for the one held back.
        share: How much of it all, from 0 to 1.
    """
    draw, parts, seen = Random(seed), parts_of(half), set[frozenset[str]]()
    wanted = [(True, False)] * round(TRUE_PAIRS * share)
    for hard in (True, False):
        wanted += [(False, hard)] * round(FALSE_PAIRS * share / 2)
    for same, hard in wanted:
        while True:
            drawn = _drawn(draw, parts, same=same, hard=hard)
            key = frozenset(name.casefold() for name in drawn[1:]) if drawn else frozenset()
            if drawn and drawn[1] != drawn[2] and key not in seen and (same or len(key) == 2):
                break
        seen.add(key)
        names = drawn[1:] if draw.random() < 0.5 else drawn[:0:-1]
        yield Pair(one=names[0], two=names[1], same=same, why=drawn[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A pair and what the matcher answers."""

    pair: Pair
    answer: NameMatch

    def is_error(self) -> bool:
        """Return whether the answer is wrong and no person would see the pair."""
        return self.answer is (NameMatch.NO if self.pair.same else NameMatch.SAME)


def answer_all(pairs: list[Pair]) -> tuple[list[Answered], float]:
    """Return every answer, and the pairs a second of the processor."""
    began = time.process_time()
    answers = [compare_names(pair.one, pair.two) for pair in pairs]
    seconds = time.process_time() - began
    return [Answered(pair=p, answer=a) for p, a in zip(pairs, answers, strict=True)], len(pairs) / seconds


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def figures_of(answered: list[Answered], a_second: float) -> Figures:
    """Return recall, precision, what goes to a person, and speed."""
    counts = Counter((each.pair.same, each.answer) for each in answered)
    true = sum(counts[True, answer] for answer in NameMatch)
    false = sum(counts[False, answer] for answer in NameMatch)
    hard = [each for each in answered if not each.pair.same and each.pair.why not in EASY]
    kept = counts[True, NameMatch.SAME] + counts[True, NameMatch.POSSIBLE]
    taken = kept + counts[False, NameMatch.SAME] + counts[False, NameMatch.POSSIBLE]
    certain = counts[True, NameMatch.SAME]
    to_person = sum(each.answer is NameMatch.POSSIBLE for each in hard)
    return {
        "true_pairs": true,
        "false_pairs": false,
        "recall": _share(kept, true),
        "recall_certain": _share(certain, true),
        "precision_certain": _share(certain, certain + counts[False, NameMatch.SAME]),
        "precision_certain_or_possible": _share(kept, taken),
        "to_a_person_of_true": _share(counts[True, NameMatch.POSSIBLE], true),
        "to_a_person_of_false": _share(counts[False, NameMatch.POSSIBLE], false),
        "to_a_person_of_hard_false": _share(to_person, len(hard)),
        "pairs_a_second": a_second,
    }


def _print_table(answered: list[Answered], figures: Figures, console: Console) -> None:
    table = Table("figure", "ours")
    for name, figure in figures.items():
        table.add_row(name.replace("_", " "), f"{figure:,.0f}" if figure > 1 else f"{figure:.4f}")
    console.print(table)
    counts = Counter((each.pair.same, each.pair.why, each.answer) for each in answered)
    table = Table("pairs", "kind", "same", "possible", "no", "wrong and unseen, %")
    for same, why in sorted({(each.pair.same, each.pair.why) for each in answered}, reverse=True):
        row = [counts[same, why, answer] for answer in (NameMatch.SAME, NameMatch.POSSIBLE, NameMatch.NO)]
        wrong = _share(row[2] if same else row[0], sum(row))
        table.add_row("of one" if same else "of two", why, *map(str, row), f"{100 * wrong:.1f}")
    console.print(table)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the pairs")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong answers of each kind")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--half", type=int, choices=(0, 1), default=0, help="half of the parts of names")
    chosen = parser.parse_args()
    pairs = list(generate(chosen.seed, half=chosen.half, share=0.1 if chosen.quick else 1.0))
    answered, a_second = answer_all(pairs)
    figures = figures_of(answered, a_second)
    if chosen.json:
        print(json.dumps(figures))
        return
    console = Console()
    _print_table(answered, figures, console)
    shown = Counter[str]()
    for each in answered:
        shown[each.pair.why] += each.is_error()
        if each.is_error() and shown[each.pair.why] <= chosen.errors:
            console.print(
                f"{each.pair.why}: {each.pair.one} | {each.pair.two}", markup=False, highlight=False
            )


if __name__ == "__main__":
    main()
