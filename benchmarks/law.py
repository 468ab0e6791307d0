"""A year of applications through eligibility and every clock, and how long real stages took.

The cases are invented and arrive as applications arrived (``benchmarks/cases.py``):
twelve months from July 2013, in which every injury came in and volume rose fivefold.
There is no public peer; the second, slow reading of the law of the tests stands in for one.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openimr.law.deadlines import deadlines
from openimr.law.eligibility import check_eligibility
from openimr.law.rulebook import RuleBook, load_rulebook
from openimr.letters.read import LetterReader
from openimr.terms.case import Case

ROOT = Path(__file__).resolve().parents[1]
# this file is called like the folder of the tests of the law: its own folder must not come first
sys.path[:] = [str(ROOT), str(ROOT / "tests"), *(p for p in sys.path if p != str(ROOT / "benchmarks"))]
from benchmarks.cases import generate  # noqa: E402  # the path is set just above

from law.oracle import due_dates  # noqa: E402

PUBLISHED = ROOT.parent / "shared" / "letters" / "published"
SEED = 863
YEAR, QUICK_YEAR = 250_000, 25_000
CHUNK = 2_500
EMPTY_MEMORY = 2_000
SLOW = 300

# Published of 194 letters of the winter of 2016, all of regular reviews.
STAGES_OF_194 = {
    "denial to receipt": "median 15, nine in ten by 28, most 37; 9 beyond 30, 2 beyond 35",
    "receipt to assignment": "median 5, from 0 to 33",
    "assignment to decision": "median 27, mean 27.2, nine in ten by 33, most 39; 37 beyond 30",
}


@dataclass
class Year:
    """What came of the cases of a year."""

    cases: int = 0
    clocks: int = 0
    seconds: float = 0.0
    rates: list[float] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    not_going_on: Counter[str] = field(default_factory=Counter)


def chunks(count: int) -> Iterator[list[Case]]:
    """Yield the cases of a year, some thousands at a time, so that the year takes little memory."""
    held: list[Case] = []
    for case in generate(SEED, count):
        held.append(case)
        if len(held) == CHUNK:
            yield held
            held = []
    if held:
        yield held


def answer_all(
    cases: Sequence[Case], book: RuleBook
) -> tuple[float, list[tuple[int, bool, tuple[str, ...]]]]:
    """Return the seconds of a core that the cases took, and what came of each."""
    answers = []
    gc.collect()  # what making the cases left behind is not part of the work
    began = time.process_time()
    for case in cases:
        clocks = deadlines(case, book)
        answers.append((clocks, check_eligibility(case, book, clocks=clocks)))
    seconds = time.process_time() - began
    return seconds, [
        (len(clocks), bool(found.eligible), tuple({g.code for g in found.grounds}))
        for clocks, found in answers
    ]


def simulate(count: int) -> Year:
    """Return a year of cases, each through every clock and every ground."""
    book, year = load_rulebook(), Year()
    for cases in chunks(count):
        seconds, answers = answer_all(cases, book)
        year.seconds += seconds
        year.cases += len(cases)
        year.rates.append(len(cases) / seconds)
        for case, (clocks, goes_on, codes) in zip(cases, answers, strict=True):
            received = case.dates.application_received
            month = f"{received.on:%Y-%m}" if received else "unknown"
            year.clocks += clocks
            year.months[month] += 1
            year.not_going_on[month] += not goes_on
            year.found.update(codes)
    return year


def other_speeds() -> dict[str, float]:
    """Return the speeds beside the main one: nothing remembered, every sentence written, the slow reading."""
    cases = list(generate(SEED + 1, EMPTY_MEMORY))
    fresh = replace(load_rulebook())  # another rule book of the same rules: it remembers no answer
    seconds, _ = answer_all(cases, fresh)
    began = time.process_time()
    for case in cases:
        clocks = deadlines(case, fresh)
        check_eligibility(case, fresh, clocks=clocks)
        for clock in clocks:
            assert clock.explanation
    told = time.process_time() - began
    began = time.process_time()
    for case in cases[:SLOW]:
        due_dates(case)
    slow = time.process_time() - began
    return {
        "law.cases_a_second_nothing_remembered": round(len(cases) / seconds),
        "law.cases_a_second_with_every_sentence": round(len(cases) / told),
        "law.cases_a_second_slow_second_reading": round(SLOW / slow),
    }


def stage_days() -> dict[str, list[int]]:
    """Return the days of each stage of the published letters; empty without the letters."""
    stages: dict[str, list[int]] = {name: [] for name in STAGES_OF_194}
    with LetterReader() as reader:
        for path in sorted(PUBLISHED.glob("*.pdf")):
            letter = reader.parse(path)[0].letter
            steps = (
                letter.ur_denial_date,
                letter.application_received,
                letter.date_assigned,
                letter.decision_date,
            )
            for name, one, two in zip(stages, steps, steps[1:], strict=False):
                if one is not None and two is not None:
                    stages[name].append(_days(one, two))
    return stages


def _days(one: date, two: date) -> int:
    return (two - one).days


def words_of(days: Sequence[int]) -> str:
    """Return the distribution of days in words, as the public figures give it."""
    ordered = sorted(days)
    tenth = ordered[min(len(ordered) - 1, round(0.9 * len(ordered)))]
    middle = f"median {statistics.median(ordered):g}, mean {statistics.mean(ordered):.1f}"
    return (
        f"{middle}, nine in ten by {tenth}, "
        f"from {ordered[0]} to {ordered[-1]}; {sum(d > 30 for d in ordered)} beyond 30, "
        f"{sum(d > 35 for d in ordered)} beyond 35, of {len(ordered)}"
    )


def measure(*, quick: bool) -> tuple[dict[str, float], Year, dict[str, list[int]]]:
    """Return the figures, the year and the stages."""
    year = simulate(QUICK_YEAR if quick else YEAR)
    stages = stage_days()
    going = year.cases - sum(year.not_going_on.values())
    figures: dict[str, float] = {
        "law.cases": year.cases,
        "law.cases_a_second": round(statistics.median(year.rates)),
        "law.seconds_of_a_core_for_the_cases": round(year.seconds, 1),
        "law.clocks_a_case": round(year.clocks / year.cases, 1),
        "law.going_on_pct": round(100 * going / year.cases, 1),
        **other_speeds(),
    }
    for name, days in stages.items():
        if days:
            figures[f"law.days_{name.replace(' ', '_')}_median"] = statistics.median(days)
    return figures, year, stages


def main() -> None:
    """Measure, and print tables or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the year")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    arguments = parser.parse_args()
    figures, year, stages = measure(quick=arguments.quick)
    if arguments.json:
        print(json.dumps(figures))
        return
    console = Console(width=None if sys.stdout.isatty() else 130)
    _print(console, "A year of applications, one core", ("figure", "ours", "target"), _speed_rows(figures))
    months = ((m, n, year.not_going_on[m]) for m, n in sorted(year.months.items()))
    _print(console, "Months of receipt", ("month", "applications", "not going on"), months)
    _print(console, "Grounds found, cases", ("ground", "cases"), year.found.most_common())
    rows = ((n, words_of(d) if d else "no letters", STAGES_OF_194[n]) for n, d in stages.items())
    _print(console, "Days of each stage", ("stage", "65 published letters", "194 published letters"), rows)


def _speed_rows(figures: dict[str, float]) -> Iterator[tuple[object, ...]]:
    targets = {"law.cases_a_second": "\u2265 20,000"}
    for name, value in figures.items():
        yield name, f"{value:,g}", targets.get(name, "")


def _print(console: Console, title: str, columns: Sequence[str], rows: Iterator | Sequence) -> None:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*map(str, row))
    console.print(table)


if __name__ == "__main__":
    main()
