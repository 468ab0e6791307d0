"""What two pages show of belonging together: signs between a page, the one before it and its document."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from openimr.records.look import goes_on_in_sentence, plain
from openimr.records.signs import PageSigns

# Lines that agree in so much are the same but for what a reader made of specks.
_SAME_LINE = 0.84
# A shorter line is a number or a mark, and alike by chance.
_LEAST_LINE = 3
_COUNTED_PAGES = 4


@dataclass(slots=True)
class Memory:
    """The pages of a bundle that were found to begin documents, and those that did not."""

    first: list[frozenset[str]] = field(default_factory=list)
    later: list[frozenset[str]] = field(default_factory=list)

    def keep(self, signs: PageSigns, *, begins: bool) -> None:
        """Remember a page."""
        (self.first if begins else self.later).append(signs.block)


def joint(
    document: Sequence[PageSigns],
    signs: PageSigns,
    after: PageSigns | None,
    memory: Memory,
    *,
    gap: bool,
) -> dict[str, float]:
    """Return the signs by name of whether a page goes on with the document before it.

    Args:
        document: The pages of the document so far, one at least.
        signs: The page.
        after: The page that follows, if one does.
        memory: The pages before.
        gap: Whether repeated pages lay between.
    """
    before, first = document[-1], document[0]
    found = {f"begins.{name}": value for name, value in signs.begins.items()}
    found |= {f"ended.{name}": value for name, value in before.ends.items()}
    found |= _numbers(document, signs, after)
    found |= _edges(before, first, signs, after)
    found |= _contents(document, signs)
    found |= _layouts(before, signs, document)
    found |= _remembered(signs, memory)
    # A head that runs on every page, and names another visit.
    found["days.other_in_head"] = found["days.other_service"] * found["top.line_before"]
    found["gap"] = float(gap)
    found["length"] = math.log(len(document))
    return found


def _numbers(document: Sequence[PageSigns], signs: PageSigns, after: PageSigns | None) -> dict[str, float]:
    before = document[-1]
    steps = [
        number - before.counters[form] for form, number in signs.counters.items() if form in before.counters
    ]
    restarts = [
        form for form, number in signs.counters.items() if number == 1 and before.counters.get(form, 0) > 1
    ]
    behind = [
        signs.counters[form] - page.counters[form] == distance
        for distance, page in enumerate(reversed(document[-_COUNTED_PAGES:]), 1)
        for form in signs.counters
        if form in page.counters
    ]
    number, of = before.look.number, before.look.of
    ours = signs.look.number
    one_more = ours is not None and number is not None and ours == number + 1
    told = after is not None and after.look.number == 2 and ours is None
    follows = after is not None and _follows(signs, after)
    return {
        "count.next": float(1 in steps),
        "count.in_step": float(any(behind)),
        "count.skips": float(any(step > 1 for step in steps) and 1 not in steps),
        "count.restarts": float(bool(restarts)),
        "count.same_total": float(of is not None and signs.look.of == of),
        "count.other_total": float(of is not None and signs.look.of is not None and signs.look.of != of),
        "count.one_more": float(one_more),
        "count.not_one_more": float(ours is not None and number is not None and not one_more),
        "count.lost": float(number is not None and ours is None),
        "count.appears": float(number is None and ours is not None and ours > 1),
        "count.two_appears": float(number is None and ours == 2 and len(document) == 1),
        "count.next_is_two": float(told),
        "count.goes_on_behind": float(follows and not any(behind)),
    }


def _follows(signs: PageSigns, after: PageSigns) -> bool:
    """Return whether the page behind is counted one more."""
    return any(
        number - signs.counters[form] == 1
        for form, number in after.counters.items()
        if form in signs.counters
    )


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    return Indel.normalized_similarity(one, other, score_cutoff=_SAME_LINE) > 0


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return the share of our lines that stand among theirs."""
    lines = [line for line in ours if len(line) >= _LEAST_LINE]
    return sum(any(_same(line, other) for other in theirs) for line in lines) / len(lines) if lines else 0.0


def _edges(
    before: PageSigns, first: PageSigns, signs: PageSigns, after: PageSigns | None
) -> dict[str, float]:
    top_before, top_first = _shared(signs.top[:3], before.top), _shared(signs.top[:3], first.top)
    line = signs.top[0] if signs.top else ""
    line_before = float(any(_same(line, other) for other in before.top[:2]))
    exact = set(signs.top_exact) & set(before.top_exact)
    return {
        "top.before": top_before,
        "top.first": top_first,
        "top.line_before": line_before,
        "top.line_first": float(any(_same(line, other) for other in first.top[:2])),
        "top.exact": len(exact) / max(1, len(signs.top_exact)),
        "top.figures_changed": float(
            line_before > 0 and bool(line) and signs.top_exact[0] not in before.top_exact
        ),
        "top.after": _shared(signs.top[:3], after.top) if after else 0.0,
        "foot.before": _shared(signs.foot[-2:], before.foot),
        "foot.exact": len(set(signs.foot_exact[-2:]) & set(before.foot_exact)) / 2,
        "foot.line": float(bool(signs.foot and before.foot) and _same(signs.foot[-1], before.foot[-1])),
        "foot.has": float(
            bool(signs.foot) and len(signs.foot[-1]) >= _LEAST_LINE and len(signs.foot[-1]) < 60
        ),
        "block.before": _jaccard(signs.block, before.block),
        "block.first": _jaccard(signs.block, first.block),
        "block.first_over_before": _jaccard(signs.block, first.block) - _jaccard(before.block, first.block),
    }


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def _contents(document: Sequence[PageSigns], signs: PageSigns) -> dict[str, float]:
    before, first = document[-1], document[0]
    known = first.days | before.days
    told = first.services | before.services
    titles = {plain(line.text) for page in (first, before) for line in page.look.head}
    repeated = bool(signs.headings) and all(plain(one.title) in titles for one in signs.headings)
    letterhead = signs.letterhead is not None
    heads = {plain(page.letterhead or "") for page in (first, before)}
    kinds = {one.type for one in first.headings[:2]}
    return {
        "days.new": float(min(3, len(signs.days - known))) if known else 0.0,
        "days.new_any": float(bool(signs.days - known)),
        "days.all_known": float(bool(signs.days) and signs.days <= known),
        "days.none_shared": float(bool(signs.days) and bool(known) and not signs.days & known),
        "days.other_service": float(bool(signs.services and told) and not signs.services & told),
        "days.same_service": float(bool(signs.services & told)),
        "heading.repeated": float(repeated),
        "heading.other_kind": float(bool(signs.headings) and signs.headings[0].type not in kinds),
        "letterhead.new": float(letterhead and plain(signs.letterhead or "") not in heads),
        "letterhead.same": float(letterhead and plain(signs.letterhead or "") in heads),
        "sentence": float(goes_on_in_sentence(before.look, signs.look)),
        "words.before": _jaccard(signs.words, before.words),
        "words.first": _jaccard(signs.words, first.words),
        "other_reading": float(signs.look.page.read_by is not before.look.page.read_by),
        "particulars.fewer": signs.begins["whose"] - before.begins["whose"],
        "particulars.first": signs.begins["whose"] - first.begins["whose"],
        "labelled.first": signs.begins["labelled"] - first.begins["labelled"],
        "heading.first": signs.begins["heading"] - first.begins["heading"],
    }


def _layouts(before: PageSigns, signs: PageSigns, document: Sequence[PageSigns]) -> dict[str, float]:
    fullest = max(page.ends["fill"] for page in document)
    found = {"room_left": 1.0 - before.ends["fill"], "less_full": fullest - before.ends["fill"]}
    ours, theirs = signs.layout, before.layout
    if ours is None or theirs is None:
        return found | {
            "layout.unknown": 1.0,
            "layout.left": 0.0,
            "layout.right": 0.0,
            "layout.size": 0.0,
            "layout.top": 0.0,
        }
    return found | {
        "layout.unknown": 0.0,
        "layout.left": abs(ours.left - theirs.left),
        "layout.right": abs(ours.right - theirs.right),
        "layout.size": abs(math.log(ours.size / theirs.size)) if ours.size > 0 and theirs.size > 0 else 0.0,
        "layout.top": ours.top - theirs.top,
    }


def _remembered(signs: PageSigns, memory: Memory) -> dict[str, float]:
    first = max((_jaccard(signs.block, other) for other in memory.first), default=0.0)
    later = max((_jaccard(signs.block, other) for other in memory.later), default=0.0)
    return {"like.first": first, "like.later": later, "like.more_first": first - later}
