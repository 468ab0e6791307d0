"""How what was read compares with what was keyed: each measure is one small function on plain values.

Counts and their F1 are those of the case files.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from benchmarks.casefiles.measures import Counts, together

Z = 1.96  # standard deviations either side that hold 95 % of a normal distribution
SAMPLES = 2_000  # drawings of a bootstrap: the ends of an interval move by less than a hundredth


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention, keyed or found: offsets from 0, half-open; what it says; its values, comparable."""

    kind: str
    start: int
    end: int
    assertion: str
    values: tuple[object, ...] = ()


class Pairing(NamedTuple):
    """The mentions of one text that belong together, and those that stay alone."""

    pairs: tuple[tuple[Mention, Mention], ...]
    missed: tuple[Mention, ...]
    wrong: tuple[Mention, ...]


def shared_length(one: Mention, other: Mention) -> int:
    """Return how many characters two mentions share.

    Example:
        >>> a = Mention(kind="diagnosis", start=0, end=10, assertion="present")
        >>> shared_length(a, Mention(kind="diagnosis", start=6, end=12, assertion="present"))
        4
    """
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def paired(keyed: Sequence[Mention], found: Sequence[Mention]) -> Pairing:
    """Return the pairs of one kind of mention in one text: each at most once, most shared characters first.

    Of equals, the pair whose beginnings lie nearer: a quotation that holds two names belongs to the first.

    Example:
        >>> def at(start, end): return Mention(kind="medication", start=start, end=end, assertion="present")
        >>> found = paired([at(0, 5), at(9, 12)], [at(0, 12), at(20, 25)])
        >>> [(a.start, b.start) for a, b in found.pairs], len(found.missed), len(found.wrong)
        ([(0, 0)], 1, 1)
    """
    candidates = sorted(
        (-shared_length(k, f), abs(k.start - f.start), i, j)
        for i, k in enumerate(keyed)
        for j, f in enumerate(found)
        if shared_length(k, f)
    )
    taken: dict[int, int] = {}
    for _, _, i, j in candidates:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return Pairing(
        tuple((keyed[i], found[j]) for i, j in sorted(taken.items())),
        tuple(k for i, k in enumerate(keyed) if i not in taken),
        tuple(f for j, f in enumerate(found) if j not in taken.values()),
    )


def mention_counts(pairing: Pairing) -> Counts:
    """Return the counts of mentions: a pair is right.

    Example:
        >>> a = Mention(kind="diagnosis", start=0, end=10, assertion="present")
        >>> mention_counts(Pairing(((a, a),), (), (a, a)))
        Counts(right=1, wrong=2, missed=0)
    """
    return Counts(len(pairing.pairs), len(pairing.wrong), len(pairing.missed))


def tuple_counts(pairing: Pairing) -> Counts:
    """Return the counts of whole mentions: a pair with unlike values is both wrong and missed.

    Example:
        >>> a = Mention(kind="medication", start=0, end=4, assertion="present", values=("soma", "350mg"))
        >>> b = Mention(kind="medication", start=0, end=4, assertion="present", values=("soma", ""))
        >>> tuple_counts(Pairing(((a, a), (a, b)), (), (b,)))
        Counts(right=1, wrong=2, missed=1)
    """
    right = sum(k.values == f.values for k, f in pairing.pairs)
    unlike = len(pairing.pairs) - right
    return Counts(right, unlike + len(pairing.wrong), unlike + len(pairing.missed))


def class_counts(said: Iterable[tuple[str, str]], name: str) -> Counts:
    """Return the counts of one class over pairs of (keyed, found) classes.

    Example:
        >>> class_counts([("absent", "absent"), ("present", "absent"), ("absent", "family")], "absent")
        Counts(right=1, wrong=1, missed=1)
    """
    both = list(said)
    return Counts(
        sum(k == name == f for k, f in both),
        sum(k != name == f for k, f in both),
        sum(k == name != f for k, f in both),
    )


def share(part: int, whole: int) -> float:
    """Return a part of a whole; 1 of nothing, where nothing could be wrong.

    Example:
        >>> share(3, 4), share(0, 0)
        (0.75, 1.0)
    """
    return part / whole if whole else 1.0


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share after Wilson; from 0 to 1 where nothing was counted.

    Source:
        E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209.

    Example:
        >>> [round(end, 3) for end in wilson(9, 10)]
        [0.596, 0.982]
    """
    if not whole:
        return 0.0, 1.0
    centre = part / whole + Z * Z / (2 * whole)
    spread = Z * math.sqrt(part / whole * (1 - part / whole) / whole + Z * Z / (4 * whole * whole))
    scale = 1 + Z * Z / whole
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def bootstrap(
    documents: Sequence[Counts], measure: Callable[[Counts], float], *, samples: int = SAMPLES, seed: int = 1
) -> tuple[float, float]:
    """Return the 95 % interval of a measure over documents, drawn again with replacement.

    Documents, not mentions, are drawn: mentions of one text are right or wrong together.

    Example:
        >>> from benchmarks.casefiles.measures import f1
        >>> bootstrap([Counts(2, 0, 0), Counts(4, 0, 0)], f1, samples=50)
        (1.0, 1.0)
        >>> bootstrap([Counts(2, 0, 0), Counts(0, 2, 2)], f1, samples=200)
        (0.0, 1.0)
    """
    draw = Random(seed)
    values = sorted(measure(together(draw.choices(documents, k=len(documents)))) for _ in range(samples))
    return values[int(0.025 * samples)], values[min(samples - 1, int(0.975 * samples))]


def kappa(said: Iterable[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two readers over pairs of classes; 1 where only one class is ever said.

    Source:
        J. Cohen, Educational and Psychological Measurement 20 (1960), 37.

    Example:
        >>> kappa([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no")])
        0.5
    """
    both = list(said)
    count = len(both)
    agreed = share(sum(a == b for a, b in both), count)
    names = {name for pair in both for name in pair}
    chance = (
        sum(sum(a == n for a, _ in both) * sum(b == n for _, b in both) for n in names) / max(1, count) ** 2
    )
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0
