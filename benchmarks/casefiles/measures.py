"""How well a bundle was taken apart: each measure is one small function on plain values.

A segmentation is a sequence of segments in the order of their first pages, each
a sequence of page numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

Segments = Sequence[Sequence[int]]


class Counts(NamedTuple):
    """What was found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How often an answer was exact, wrong, abstained from, or its document was not found at all."""

    exact: int = 0
    wrong: int = 0
    abstained: int = 0
    not_found: int = 0


def precision(counts: Counts) -> float:
    """Return the share of what was found that is right; 1 when nothing was found.

    Example:
        >>> precision(Counts(3, 1, 2))
        0.75
    """
    found = counts.right + counts.wrong
    return counts.right / found if found else 1.0


def recall(counts: Counts) -> float:
    """Return the share of what is there that was found; 1 when nothing is there.

    Example:
        >>> recall(Counts(3, 1, 3))
        0.5
    """
    there = counts.right + counts.missed
    return counts.right / there if there else 1.0


def f1(counts: Counts) -> float:
    """Return the harmonic mean of precision and recall.

    Example:
        >>> f1(Counts(3, 1, 1))
        0.75
    """
    doubled = 2 * counts.right
    total = doubled + counts.wrong + counts.missed
    return doubled / total if total else 1.0


def together(counts: Iterable[Counts]) -> Counts:
    """Return the sums.

    Example:
        >>> together([Counts(1, 0, 2), Counts(3, 1, 0)])
        Counts(right=4, wrong=1, missed=2)
    """
    rights, wrongs, missed = zip(*counts, strict=True)
    return Counts(sum(rights), sum(wrongs), sum(missed))


def boundaries(truth: Segments, found: Segments) -> Counts:
    """Return how many first pages were found. Page 1 always is one and is not counted.

    Example:
        >>> boundaries([[1, 2], [3], [4, 5]], [[1, 2], [3, 4], [5]])
        Counts(right=1, wrong=1, missed=1)
    """
    there = {segment[0] for segment in truth} - {1}
    said = {segment[0] for segment in found} - {1}
    return Counts(len(there & said), len(said - there), len(there - said))


def overlap(one: Collection[int], other: Collection[int]) -> float:
    """Return the pages that both have as a share of those that either has.

    Example:
        >>> overlap([1, 2, 3], [2, 3, 4])
        0.5
    """
    return len(set(one) & set(other)) / len(set(one) | set(other))


def matched(truth: Segments, found: Segments) -> dict[int, int]:
    """Return for each true segment, by index, the found one that shares more than half of their pages.

    Example:
        >>> matched([[1, 2], [3], [4, 5]], [[1, 2], [3, 4], [5]])
        {0: 0}
    """
    owner = {page: at for at, segment in enumerate(found) for page in segment}
    pairs = {}
    for at, segment in enumerate(truth):
        for candidate in {owner[page] for page in segment if page in owner}:
            if overlap(segment, found[candidate]) > 0.5:
                pairs[at] = candidate
    return pairs


def weighted_panoptic_quality(truth: Segments, found: Segments) -> float:
    """Return the panoptic quality of documents: how well the matched ones overlap, times how many match.

    A match is an overlap of more than half of the pages of either. OpenPSS
    calls it weighted, as each match weighs its overlap.

    Source:
        Kirillov et al. 2019 (SQ x RQ), over documents as in OpenPSS, metricutils ("Weighted PQ F1").

    Example:
        >>> round(weighted_panoptic_quality([[1, 2], [3], [4, 5]], [[1, 2], [3, 4], [5]]), 3)
        0.333
    """
    pairs = matched(truth, found)
    quality = sum(overlap(truth[at], found[other]) for at, other in pairs.items())
    return quality / ((len(truth) + len(found)) / 2)


def page_weighted_panoptic_quality(truth: Segments, found: Segments) -> float:
    """Return the panoptic quality with each document weighing as much as it has pages.

    Long documents weigh more than single pages; OpenPSS has no such figure.

    Example:
        >>> round(page_weighted_panoptic_quality([[1, 2], [3], [4, 5]], [[1, 2], [3, 4], [5]]), 3)
        0.4
    """
    pairs = matched(truth, found)
    taken = set(pairs.values())
    quality = sum(len(truth[at]) * overlap(truth[at], found[other]) for at, other in pairs.items())
    hits = sum(len(truth[at]) for at in pairs)
    missed = sum(len(segment) for at, segment in enumerate(truth) if at not in pairs)
    wrong = sum(len(segment) for at, segment in enumerate(found) if at not in taken)
    return quality / (hits + (missed + wrong) / 2)


def moves(truth: Segments, found: Segments) -> int:
    """Return the least number of pages to drag from one document to another until all is right (MNDD).

    Each found document keeps the name of the true one with which it shares
    most, each true one being given once, the largest shares first.

    Source:
        TABME: minimum number of drag and drops, here with greedy giving.

    Example:
        >>> moves([[1, 2], [3], [4, 5]], [[1, 2], [3, 4], [5]])
        1
    """
    at = {page: index for index, segment in enumerate(truth) for page in segment}
    shares = Counter(
        (index, at[page]) for index, segment in enumerate(found) for page in segment if page in at
    )
    kept, given, named = 0, set(), set()
    for (index, name), count in sorted(shares.items(), key=lambda share: (-share[1], share[0])):
        if index not in named and name not in given:
            named.add(index)
            given.add(name)
            kept += count
    return sum(len(segment) for segment in truth) - kept


def is_perfect(truth: Segments, found: Segments) -> bool:
    """Return whether every boundary is right and none is too much.

    Example:
        >>> is_perfect([[1, 2], [3]], [[1, 2], [3]])
        True
    """
    return {tuple(segment) for segment in truth} == {tuple(segment) for segment in found}


def copies(same_as: Mapping[int, int], folded: Iterable[tuple[Collection[int], int]]) -> Counts:
    """Return how many of the pages that repeat another were folded onto one that they repeat.

    Args:
        same_as: For each page that repeats one, the first page with its words.
        folded: Pages of a document, and a page that was said to repeat one of them.

    Example:
        >>> copies({4: 1, 5: 2}, [([1, 2], 4), ([1, 2], 3)])
        Counts(right=1, wrong=1, missed=1)
    """
    right = wrong = 0
    for pages, copy in folded:
        name = same_as.get(copy, copy)
        if any(same_as.get(page, page) == name for page in pages if page != copy):
            right += 1
        else:
            wrong += 1
    return Counts(right, wrong, max(0, len(same_as) - right))


def answers(pairs: Iterable[tuple[Hashable | None, Hashable | None, bool]]) -> Answers:
    """Return how truths were answered; truths that are None are left out.

    Args:
        pairs: What is true, what was said, and whether the document was found.

    Example:
        >>> answers([("a", "a", True), ("a", "b", True), ("a", None, True), ("a", None, False)])
        Answers(exact=1, wrong=1, abstained=1, not_found=1)
    """
    asked = [(truth, said, found) for truth, said, found in pairs if truth is not None]
    return Answers(
        exact=sum(found and said == truth for truth, said, found in asked),
        wrong=sum(found and said is not None and said != truth for truth, said, found in asked),
        abstained=sum(found and said is None for _, said, found in asked),
        not_found=sum(not found for _, _, found in asked),
    )


def share(part: int, counted: Answers) -> float:
    """Return the part as a share of all that was asked.

    Example:
        >>> share(3, Answers(exact=3, wrong=1))
        0.75
    """
    total = counted.exact + counted.wrong + counted.abstained + counted.not_found
    return part / total if total else 1.0


def character_errors(truth: str, read: str) -> tuple[int, int]:
    """Return edits from what was read to what stands there, and the characters that stand there.

    White space counts as one space, as recognition sets lines apart in its own way.

    Example:
        >>> character_errors("no  pain", "na pain")
        (1, 7)
    """
    stands, said = " ".join(truth.split()), " ".join(read.split())
    return Levenshtein.distance(stands, said), len(stands)


def words_missed(truth: str, read: str) -> tuple[int, int]:
    """Return how many words of the page were not read, wherever they stand, and how many there are.

    Example:
        >>> words_missed("left knee left", "knee left")
        (1, 3)
    """
    stands, said = Counter(truth.split()), Counter(read.split())
    return sum((stands - said).values()), sum(stands.values())
