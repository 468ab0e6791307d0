"""Requests and guideline lines that nobody has seen: which topics we answer, and what the lines lead to."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openimr.guidelines.cited import resolve_all
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.letters.citations import cite
from openimr.terms.facts import Facts
from openimr.vocabulary.requests import parse_request

TABLE = Path(__file__).resolve().parent / "disputes" / "disputes.csv"
# Stands in a key where the library has no topic, and among our answers where we know none.
NONE = "none"
# the fixed words and titles of letters, by the names that stand for them in the lines of the table
FORMS = {
    "based": "Decision based on MTUS",
    "based_non": "Decision based on Non-MTUS Citation",
    "odg": "Official Disability Guidelines (ODG)",
    "chronic": "Chronic Pain Treatment Guidelines",
    "chronic_2009": "Chronic Pain Medical Treatment 2009, Section(s):",
    "chronic_2016": "Chronic Pain Medical Treatment 2016, Section(s):",
    "opioid_2016": "Opioid Treatment 2016, Section(s):",
    "acute": "1.4 Opioids for Acute Pain: Opioids for",
}
# Which half the table by class is made of; of the other the totals alone are told.
DEVELOPMENT, HELD_BACK = "development", "held_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A dispute of the table, with the topics we answer and those that its line leads to."""

    about: str
    request: str
    guideline: str
    key: frozenset[str]
    ours: tuple[str, ...]
    line: tuple[str, ...]

    @property
    def first(self) -> str:
        """Return our first topic, or that we know none."""
        return self.ours[0] if self.ours else NONE


def rows(half: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one half of the table, lines whole; a hash of request and line tells which."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            row["guideline"] = row["guideline"].format_map(FORMS)
            digest = sha256(f"{row['request']}|{row['guideline']}".encode()).digest()
            if half == (DEVELOPMENT if digest[0] % 2 == 0 else HELD_BACK):
                yield row


def answers(half: str) -> list[Answer]:
    """Return each row of a half with what we answer."""
    library, nothing = load_library(), Facts(facts=(), conflicts=(), drug_use=())
    found = []
    for row in rows(half):
        treatment = parse_request(row["request"])
        ours = evaluate(1, treatment, nothing, on=date.fromisoformat(row["on"]), library=library)
        line = resolve_all(cite(row["guideline"]), library, treatment=treatment)
        found.append(
            Answer(
                about=row["class"],
                request=row["request"],
                guideline=row["guideline"],
                key=frozenset(row["key"].split()),
                ours=tuple(dict.fromkeys(e.topic for e in ours if e.topic)),
                line=tuple(dict.fromkeys(topic for r in line for topic in r.topics)),
            )
        )
    return found


def figures(found: Sequence[Answer]) -> dict[str, float]:
    """Return the figures of some rows, each a share in per cent of the rows it can be asked of."""
    has_topic = [a for a in found if a.key != {NONE}]
    return {
        "rows": len(found),
        "first_topic_in_key_pct": _pct(a.first in a.key for a in found),
        "key_in_first_three_pct": _pct(bool(set(a.ours[:3] or (NONE,)) & a.key) for a in found),
        "first_topic_led_to_by_line_pct": _pct(a.first in a.line for a in found),
        "first_topic_led_to_where_library_has_one_pct": _pct(a.first in a.line for a in has_topic),
        "line_leads_to_key_pct": _pct(bool(set(a.line) & a.key) for a in has_topic),
        "line_unresolved_pct": _pct(not a.line for a in found),
    }


def _pct(hits: Iterable[bool]) -> float:
    told = list(hits)
    return round(100 * sum(told) / len(told), 1) if told else 0.0


def _print_table(found: Sequence[Answer], console: Console) -> None:
    by_class: dict[str, list[Answer]] = defaultdict(list)
    for answer in found:
        by_class[answer.about].append(answer)
    table = Table(title="Disputes, development half, by class", title_justify="left")
    told = "rows|first in key|in first three|led to|led to, has topic|line to key|unresolved"
    for column in ("class", *told.split("|")):
        table.add_column(column)
    for about, some in [*sorted(by_class.items()), ("all", list(found))]:
        table.add_row(about, *(f"{value:g}" for value in figures(some).values()))
    console.print(table)


def _show(found: Sequence[Answer], console: Console) -> None:
    for a in found:
        is_right = a.first in a.key and (a.first in a.line or NONE in a.key) and (set(a.line) & a.key)
        if not is_right and not (a.key == {NONE} and a.first == NONE):
            console.print(f"{a.about}: {a.request}\n  {a.guideline}", markup=False, highlight=False)
            console.print(f"  key {sorted(a.key)}\n  ours {a.ours[:4]}\n  line {a.line[:8]}", markup=False)


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same: all of it takes seconds")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    parser.add_argument("--show", action="store_true", help="the rows of the development half that are wrong")
    parser.add_argument("--held-back", action="store_true", help="the totals of the held-back half too")
    arguments = parser.parse_args()
    development = answers(DEVELOPMENT)
    halves = {DEVELOPMENT: development}
    if arguments.held_back:
        halves[HELD_BACK] = answers(HELD_BACK)
    told = {
        f"guidelines.disputes_{half}_{name}": value
        for half, found in halves.items()
        for name, value in figures(found).items()
    }
    if arguments.json:
        print(json.dumps(told))
        return
    console = Console(file=sys.stdout, width=140)
    if arguments.show:
        _show(development, console)
    _print_table(development, console)
    for name, value in told.items():
        if HELD_BACK in name:
            console.print(f"{name} {value:g}")


if __name__ == "__main__":
    main()
