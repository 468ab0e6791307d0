"""How far two keys of the same texts agree: places, classes and attributes. It reads no text.

python benchmarks/gold/agreement.py [ONE.csv OTHER.csv]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

GOLD = Path(__file__).resolve().parent
sys.path.insert(0, str(GOLD.parents[1]))
from benchmarks.casefiles.measures import Counts, f1, together  # noqa: E402  # path set above
from benchmarks.gold.keys import KINDS, SOURCES, Attribute, Keyed, read_keyed  # noqa: E402
from benchmarks.gold.scoring import (  # noqa: E402
    Mention,
    Pairing,
    bootstrap,
    kappa,
    mention_counts,
    paired,
)


def mentions(rows: Sequence[Keyed], ref: str, kind: str) -> list[Mention]:
    """Return the mentions of one kind in one text; the values are the places of the attributes."""
    return [
        Mention(
            kind=kind,
            start=row.start,
            end=row.end,
            assertion=row.assertion,
            values=row.attributes,
        )
        for row in rows
        if row.ref == ref and row.kind == kind
    ]


def attribute_counts(one: Sequence[object], other: Sequence[object]) -> Counts:
    """Return how many attributes two keys of a mention share: the same name at places that overlap.

    Example:
        >>> side, part = Attribute(name="side", start=0, end=4), Attribute(name="body_part", start=5, end=9)
        >>> attribute_counts([side, part], [Attribute(name="body_part", start=5, end=14)])
        Counts(right=1, wrong=0, missed=1)
    """
    left = [o for o in other if isinstance(o, Attribute)]
    right = 0
    for mine in one:
        assert isinstance(mine, Attribute)
        like = [o for o in left if o.name == mine.name and o.start < mine.end and mine.start < o.end]
        if like:
            left.remove(like[0])
            right += 1
    return Counts(right, len(left), len(one) - right)


def pairings(one: Sequence[Keyed], other: Sequence[Keyed], source: str, kind: str) -> Iterator[Pairing]:
    """Yield what belongs together in each text of one sort."""
    for ref in sorted({row.ref for row in (*one, *other) if row.source == source}):
        yield paired(mentions(one, ref, kind), mentions(other, ref, kind))


def agreement(one: Sequence[Keyed], other: Sequence[Keyed], source: str, kind: str) -> list[str]:
    """Return one line of the table."""
    texts = list(pairings(one, other, source, kind))
    counts = [mention_counts(text) for text in texts]
    pairs = [pair for text in texts for pair in text.pairs]
    low, high = bootstrap(counts, f1)
    total = together(counts)
    attributes = together(attribute_counts(a.values, b.values) for a, b in pairs)
    return [
        kind,
        f"{source}s",
        f"{total.right}",
        f"{total.missed} / {total.wrong}",
        f"{f1(total):.3f} ({low:.3f} to {high:.3f})",
        f"{sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)}",
        f"{kappa((a.assertion, b.assertion) for a, b in pairs):.3f}",
        f"{f1(attributes):.3f}",
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keys", type=Path, nargs="*", default=[GOLD / "key_a.csv", GOLD / "key_b.csv"])
    one, other = (read_keyed(path) for path in parser.parse_args().keys)
    table = Table(title="Agreement of two keys", title_justify="left")
    for column in (
        "kind", "texts", "both", "one alone / other alone", "F1 of places (overlap)", "places equal",
        "kappa of assertions", "F1 of attributes",
    ):  # fmt: skip
        table.add_column(column)
    for kind in KINDS:
        for source in SOURCES:
            table.add_row(*agreement(one, other, source, kind))
    Console(width=None if sys.stdout.isatty() else 150).print(table)


if __name__ == "__main__":
    main()
