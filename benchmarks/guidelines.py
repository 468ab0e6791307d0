"""How often our first topic is the one a reviewer cited, how fast criteria are asked, what they tell."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from openimr.facts.extract import extract_facts
from openimr.guidelines.cited import Resolution, Resolved, resolve_all
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.letters.read import LetterReader
from openimr.review import review_letter
from openimr.terms.citation import CitationKind
from openimr.terms.determination import DraftDispute
from openimr.terms.findings import Role, Status
from openimr.terms.letter import LetterDispute, Outcome
from openimr.terms.records import Page, ReadBy
from openimr.vocabulary.requests import parse_request

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# A page of a typed report: the transcripts have no pages, so they are cut into these.
_LETTERS_A_PAGE = 2_500
_NOTHING_CITED = (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS)
_REQUESTS = (
    "Baclofen 10 mg #90",
    "Norco 10/325 mg #60",
    "MRI of the lumbar spine",
    "Physical therapy 12 sessions for the neck",
    "Transforaminal epidural steroid injection L4-L5",
    "Voltaren gel 1% #1",
)
_ASKED = (Role.REQUIRE, Role.REQUIRE_ANY, Role.LIMIT)


def disputes() -> Iterator[tuple[LetterDispute, DraftDispute]]:
    """Yield each disputed item of the real letters, once, with what we find on it."""
    paths = [*(SHARED / "letters" / "published").glob("*.pdf"), *(SHARED / "letters" / "seeds").glob("*.txt")]
    with LetterReader() as reader:
        for path in sorted(paths):
            letter = reader.parse(path)[0].letter
            readable = [d for d in letter.disputes if d.request]
            yield from zip(readable, review_letter(letter).draft.disputes, strict=True)


def matching(found: Sequence[tuple[LetterDispute, DraftDispute]]) -> dict[str, float]:
    """Return how many reviewers' lines lead to our first topic, and how many would by chance.

    By chance: the line of every other item is held against our topic.
    """
    library = load_library()
    firsts: list[str | None] = []
    lines: list[tuple[Resolved, ...]] = []
    for dispute, ours in found:
        basis = dispute.reviewer_basis or ()
        if any(c.kind not in _NOTHING_CITED for c in basis):
            firsts.append(next((e.topic for e in ours.evaluations if e.topic), None))
            lines.append(resolve_all(basis, library, treatment=parse_request(dispute.request or "")))
    total = len(lines)
    named = sum(_leads(line, first, Resolution.NAMED) for line, first in zip(lines, firsts, strict=True))
    matched = sum(_leads(line, first) for line, first in zip(lines, firsts, strict=True))
    by_chance = sum(_leads(line, first) for line in lines for first in firsts) - matched
    return {
        "guidelines.items_with_a_citation": total,
        "guidelines.first_topic_cited_pct": round(100 * matched / total, 1),
        "guidelines.first_topic_named_there_pct": round(100 * named / total, 1),
        "guidelines.by_chance_pct": round(100 * by_chance / (total * (total - 1)), 1),
    }


def _leads(line: Sequence[Resolved], topic: str | None, by: Resolution | None = None) -> bool:
    return any(topic in r.topics and by in (None, r.resolution) for r in line)


def unmet_share(ours: DraftDispute) -> float | None:
    """Return the share of requirements and limits that are not met or not documented, or None."""
    answered = [
        f
        for e in ours.evaluations
        for f in e.findings
        if f.role in _ASKED and f.status is not Status.NOT_APPLICABLE
    ]
    if not answered:
        return None
    return sum(f.status is not Status.MET for f in answered) / len(answered)


def auc(upheld: Sequence[float], overturned: Sequence[float]) -> float:
    """Return how often an upheld item has more unmet than an overturned one; a tie counts half."""
    wins = sum((u > o) + 0.5 * (u == o) for u in upheld for o in overturned)
    return wins / (len(upheld) * len(overturned))


def telling_apart(found: Sequence[tuple[LetterDispute, DraftDispute]], *, rounds: int) -> dict[str, float]:
    """Return the AUC of unmet criteria, upheld against overturned, with the middle 95 % of resamples."""
    scored = [(d.outcome, share) for d, ours in found if (share := unmet_share(ours)) is not None]
    upheld = [share for outcome, share in scored if outcome is Outcome.UPHELD]
    overturned = [share for outcome, share in scored if outcome not in (Outcome.UPHELD, None)]
    draw = Random(1)
    again = sorted(
        auc(draw.choices(upheld, k=len(upheld)), draw.choices(overturned, k=len(overturned)))
        for _ in range(rounds)
    )
    return {
        "guidelines.upheld_items": len(upheld),
        "guidelines.overturned_items": len(overturned),
        "guidelines.auc_of_unmet": round(auc(upheld, overturned), 3),
        "guidelines.auc_low": round(again[int(0.025 * rounds)], 3),
        "guidelines.auc_high": round(again[int(0.975 * rounds)], 3),
    }


def pages_of_transcripts(count: int) -> tuple[Page, ...]:
    """Return the real transcripts as one file of so many pages."""
    lines = (SHARED / "records" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n".join(json.loads(line)["transcription"] for line in lines)
    cut = [text[i : i + _LETTERS_A_PAGE] for i in range(0, len(text), _LETTERS_A_PAGE)]
    pages = [cut[n % len(cut)] for n in range(count)]
    return tuple(
        Page(document="0" * 64, number=n, bundle_page=n, text=text, read_by=ReadBy.TEXT_LAYER)
        for n, text in enumerate(pages, start=1)
    )


def speed(*, count: int) -> dict[str, float]:
    """Return the seconds for a file of so many pages: its facts, and six requests asked of them."""
    pages = pages_of_transcripts(count)
    began = time.process_time()
    facts = extract_facts(pages)
    read = time.process_time()
    findings = 0
    for number, request in enumerate(_REQUESTS, start=1):
        treatment = parse_request(request)
        found = evaluate(number, treatment, facts, on=date(2014, 12, 14), library=load_library())
        findings += sum(len(e.findings) for e in found)
    done = time.process_time()
    return {
        "guidelines.pages": count,
        "guidelines.facts": len(facts.facts),
        "guidelines.findings": findings,
        "guidelines.seconds_for_facts": round(read - began, 2),
        "guidelines.seconds_for_criteria": round(done - read, 2),
        "guidelines.seconds_for_1000_pages": round((done - began) / count * 1000, 2),
    }


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer pages and resamples")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    arguments = parser.parse_args()
    found = list(disputes())
    figures = {
        **matching(found),
        **telling_apart(found, rounds=200 if arguments.quick else 2_000),
        **speed(count=250 if arguments.quick else 1_000),
    }
    if arguments.json:
        print(json.dumps(figures))
        return
    targets = {
        "guidelines.first_topic_cited_pct": "≥ 85",
        "guidelines.seconds_for_1000_pages": "< 60",
        "guidelines.auc_of_unmet": "to learn from",
    }
    table = Table(title="Guidelines", title_justify="left")
    for column in ("figure", "ours", "target"):
        table.add_column(column)
    for name, value in figures.items():
        table.add_row(name, f"{value:,}", targets.get(name, ""))
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
