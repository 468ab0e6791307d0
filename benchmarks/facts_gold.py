"""How well medications and diagnoses are read, against facts keyed twice by hand and reconciled.

    benchmarks/facts_gold.py [--quick] [--json] [--part development|held_out]

The values are cut from the sources at run time; the keyed file holds places
only. Of the part held out, totals are printed and never a place.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.letters.read import LetterReader
from openimr.terms.facts import Assertion, Fact, FactKind

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.casefiles.measures import Counts, f1, together  # noqa: E402  # path set above
from benchmarks.gold.keys import KINDS, PARTS, SOURCES, Keyed, is_unchanged, read_keyed  # noqa: E402
from benchmarks.gold.scoring import (  # noqa: E402
    Mention,
    Pairing,
    bootstrap,
    class_counts,
    mention_counts,
    paired,
    share,
    tuple_counts,
    wilson,
)
from benchmarks.gold.spans import SHARED, Sources  # noqa: E402
from benchmarks.gold.values import ingredients_named, ingredients_of, medication_values  # noqa: E402

GOLD = ROOT / "benchmarks" / "gold" / "gold.csv"
QUICK = 10  # texts of each sort and part, the first by name
QUICK_SAMPLES, FULL_SAMPLES = 200, 2_000
# measure: the least that is wanted
TARGETS = {"medication tuples F1": 0.94, "diagnosis mentions F1": 0.90, "assertion precision": 0.95}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure with its 95 % interval, and over how many it was counted."""

    value: float
    low: float
    high: float
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was keyed and what was found in one text."""

    source: str
    ref: str
    part: str
    medications: Pairing
    diagnoses: Pairing

    @property
    def pairings(self) -> tuple[Pairing, Pairing]:
        """Both kinds of mentions."""
        return self.medications, self.diagnoses


def keyed_mention(row: Keyed, text: str) -> Mention:
    """Return a keyed mention with its values cut from the text."""
    values: tuple[object, ...] = ()
    if row.kind == FactKind.MEDICATION:
        printed = [(a.name, text[a.start : a.end]) for a in row.attributes]
        values = medication_values(ingredients_named(text[row.start : row.end]), printed)
    return Mention(kind=row.kind, start=row.start, end=row.end, assertion=row.assertion, values=values)


def found_mention(fact: Fact) -> Mention:
    """Return a fact that was read as a mention with comparable values."""
    values: tuple[object, ...] = ()
    if fact.kind is FactKind.MEDICATION:
        values = medication_values(ingredients_of(fact.name), fact.detail)
    return Mention(
        kind=fact.kind.value,
        start=fact.seen_at.start,
        end=fact.seen_at.end,
        assertion=fact.assertion.value,
        values=values,
    )


def compared(rows: Sequence[Keyed], text: str) -> Compared:
    """Return what was keyed in one text beside what is read from it."""
    keyed = [keyed_mention(row, text) for row in rows if row.kind in KINDS]
    found = [found_mention(f) for f in extract_facts(pages_of_summary(text)).facts if f.kind.value in KINDS]
    medications, diagnoses = (
        paired([k for k in keyed if k.kind == kind], [f for f in found if f.kind == kind]) for kind in KINDS
    )
    first = rows[0]
    return Compared(
        source=first.source,
        ref=first.ref,
        part=first.part or "",
        medications=medications,
        diagnoses=diagnoses,
    )


def keyed_texts(parts: Sequence[str], *, quick: bool) -> tuple[list[tuple[list[Keyed], str]], list[str]]:
    """Return the rows and the text of every source of the parts, and the names of those that have changed."""
    by_source: dict[tuple[str, str, str], list[Keyed]] = {}
    for row in read_keyed(GOLD):
        if row.part in parts:
            by_source.setdefault((row.part or "", row.source, row.ref), []).append(row)
    taken = [
        rows
        for part in parts
        for source in SOURCES
        for rows in [by_source[key] for key in sorted(by_source) if key[:2] == (part, source)][
            : QUICK if quick else None
        ]
    ]
    texts: list[tuple[list[Keyed], str]] = []
    changed: list[str] = []
    with LetterReader() as reader:
        sources = Sources(reader, SHARED / "letters" / "published", SHARED / "records" / "transcripts.jsonl")
        for rows in taken:
            _, text = sources.text(rows[0].ref)
            if is_unchanged(rows[0], text):
                texts.append((rows, text))
            else:
                changed.append(rows[0].ref)
    return texts, changed


def compare_all(parts: Sequence[str], *, quick: bool) -> tuple[list[Compared], list[str]]:
    """Return every text of the parts compared, and the names of sources that have changed since."""
    texts, changed = keyed_texts(parts, quick=quick)
    return [compared(rows, text) for rows, text in texts], changed


def over_documents(counts: Sequence[Counts], *, samples: int) -> Figure:
    """Return an F1 with its interval over documents."""
    total = together(counts)
    low, high = bootstrap(counts, f1, samples=samples)
    return Figure(value=f1(total), low=low, high=high, counted=total.right + total.missed)


def of_all(part: int, whole: int) -> Figure:
    """Return a share with its interval after Wilson."""
    low, high = wilson(part, whole)
    return Figure(value=share(part, whole), low=low, high=high, counted=whole)


def assertion_figures(said: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of the classes of mentions that were found, keyed and found class side by side."""
    yield "assertion precision", of_all(sum(k == f for k, f in said), len(said))
    for name in Assertion:
        counts = class_counts(said, name.value)
        if any(counts):
            yield f"{name.value}: precision", of_all(counts.right, counts.right + counts.wrong)
            yield f"{name.value}: recall", of_all(counts.right, counts.right + counts.missed)


def figures_of(texts: Sequence[Compared], *, samples: int) -> dict[str, Figure]:
    """Return the figures of some texts."""
    medications = [text.medications for text in texts]
    diagnoses = [text.diagnoses for text in texts]
    said = [
        (k.assertion, f.assertion) for text in texts for pairing in text.pairings for k, f in pairing.pairs
    ]
    return {
        "medication mentions F1": over_documents([mention_counts(p) for p in medications], samples=samples),
        "medication tuples F1": over_documents([tuple_counts(p) for p in medications], samples=samples),
        "diagnosis mentions F1": over_documents([mention_counts(p) for p in diagnoses], samples=samples),
        **dict(assertion_figures(said)),
    }


def measure(
    texts: Iterable[Compared], parts: Sequence[str], *, samples: int
) -> dict[tuple[str, str], dict[str, Figure]]:
    """Return the figures of each part: of letters, of transcripts, of both."""
    every = list(texts)
    return {
        (part, words): figures_of(
            [t for t in every if t.part == part and t.source in sources], samples=samples
        )
        for part in parts
        for words, sources in (("letters", SOURCES[:1]), ("transcripts", SOURCES[1:]), ("both", SOURCES))
    }


def print_tables(figures: dict[tuple[str, str], dict[str, Figure]]) -> None:
    """Print one table a part."""
    console = Console(width=None if sys.stdout.isatty() else 150)
    for part in sorted({part for part, _ in figures}):
        table = Table(title=f"Facts against the keyed ones: {part.replace('_', ' ')}", title_justify="left")
        columns = [words for at, words in figures if at == part]
        for column in ("figure", *columns, "target"):
            table.add_column(column)
        for name in figures[part, "both"]:
            cells = [printed(figures[part, words].get(name)) for words in columns]
            table.add_row(name, *cells, f"\u2265 {TARGETS[name]:.2f}" if name in TARGETS else "")
        console.print(table)


def printed(figure: Figure | None) -> str:
    """Return a figure with its interval and its count.

    Example:
        >>> printed(Figure(value=0.9, low=0.85, high=0.94, counted=120))
        '0.900 (0.850 to 0.940) of 120'
        >>> printed(None), printed(Figure(value=1.0, low=0.0, high=1.0, counted=0))
        ('', 'none')
    """
    if figure is None:
        return ""
    if not figure.counted:
        return "none"
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f}) of {figure.counted}"


def as_numbers(figures: dict[tuple[str, str], dict[str, Figure]]) -> dict[str, float]:
    """Return the figures under flat names; a share of nothing is left out.

    Example:
        >>> half = Figure(value=0.5, low=0, high=1, counted=2)
        >>> as_numbers({("held_out", "both"): {"absent: recall": half}})
        {'facts_gold.held_out.both.absent_recall': 0.5}
    """
    return {
        f"facts_gold.{part}.{words}.{name.replace(':', '').replace(' ', '_').lower()}": round(figure.value, 4)
        for (part, words), some in figures.items()
        for name, figure in some.items()
        if figure.counted
    }


def main() -> int:
    """Measure, and print tables or one JSON object; return 1 where a source has changed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer texts, fewer drawings of the bootstrap")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    parser.add_argument("--part", choices=PARTS, help="one part only; both without it")
    arguments = parser.parse_args()
    parts = [arguments.part] if arguments.part else list(PARTS)
    texts, changed = compare_all(parts, quick=arguments.quick)
    figures = measure(texts, parts, samples=QUICK_SAMPLES if arguments.quick else FULL_SAMPLES)
    if arguments.json:
        print(json.dumps(as_numbers(figures)))
    else:
        print_tables(figures)
    for ref in changed:
        print(f"{ref}: the text is not the one that was keyed; its rows were left out.", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
