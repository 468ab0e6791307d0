"""Pain scores: "8/10", "5-7/10", "8 out of 10", "6-8 on a 10-point scale"."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from openimr.facts.reading import PageReading
from openimr.terms.facts import Assertion, Fact, FactKind

_N = r"(\d{1,2}(?:\.\d)?)"
_RANGE = rf"{_N}(?:\s?(?:-|–|to)\s?{_N})?"
_OUT_OF_TEN = re2.compile(
    rf"\b{_RANGE}(?: intensity)?\s?(?:/|out of|over|on a scale of(?: 0 ?(?:to|-)| 1 ?(?:to|-))?|on a"
    rf"|on the)\s?10\b"
)
_LABELLED = re2.compile(
    rf"\b(?:vas|visual analog(?:ue)? scale|pain (?:level|score|scale)|rat(?:ed|es"
    rf"|ing))[^.\d]{{0,40}}?\s{_RANGE}\b"
)
# What a "/10" behind these, or another number behind it, is: a date, an angle, a size.
_NO_SCORE_BEHIND = re2.compile(
    r"^(?:\s?[-/]\s?\d|\d|\.\d|\s?(?:degrees|°|mg|%|percent|lbs?|pounds|cm|mm|minutes|weeks|sessions"
    r"|visits))"
)
_NO_SCORE_BEFORE = re2.compile(r"(?:\d\s?[-/.]\s?|\d)$")
_WITHOUT = re2.compile(r"without (?:\w+ )?(?:medications?|meds)|off (?:of )?(?:medications?|meds)")
_WITH = re2.compile(r"with (?:\w+ )?(?:medications?|meds|drugs)|on medications?")
_EXTREME = re2.compile(r"\b(?:at (?:its )?(?:worst|best)|at rest|on average|average)\b")
_AROUND = 34


def pain_scores(reading: PageReading) -> Iterator[Fact]:
    """Yield the pain scores of a page; ``value`` is the highest number of a range."""
    lower = reading.lower
    for match in _scores(lower):
        start, end = match.start(1), match.end()
        if _NO_SCORE_BEHIND.search(lower[end : end + 12]) or _NO_SCORE_BEFORE.search(
            lower[max(0, start - 3) : start]
        ):
            continue
        first, last = match.group(1), match.group(2)
        least, most = float(first), float(last or first)
        if most > 10 or least > most or (last and least == 0 and most == 10):
            # "a scale from 0 to 10" is no score
            continue
        number = reading.number_at(start)
        detail = [("least", f"{least:g}")] if last else []
        detail += _taken_when(reading, number, start, end)
        site = reading.body.site_of(start, end, reading.sentences[number], reaches_far=True)
        if site:
            detail.append(("body_part", site.part))
        assertion = Assertion.GUIDELINE if reading.is_guideline[number] else Assertion.PRESENT
        yield reading.fact(
            FactKind.PAIN_SCORE,
            "pain score",
            start,
            end,
            assertion=assertion,
            value=most,
            unit="of 10",
            detail=tuple(detail),
        )


def _scores(lower: str) -> list[re2._Match]:
    """Return the scores "out of ten", and the numbers behind a label that are not among them."""
    found = list(_OUT_OF_TEN.finditer(lower))
    taken = {m.start(1) for m in found}
    found += [m for m in _LABELLED.finditer(lower) if m.start(1) not in taken]
    return sorted(found, key=lambda m: m.start(1))


def _taken_when(reading: PageReading, number: int, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield whether a score is with or without medication, at worst or at best.

    The words right behind a score count first: "6/10 with medication and
    8/10 without". A bare "without" behind a score takes up the medication.
    """
    sentence = reading.sentences[number]
    behind = reading.lower[end : min(sentence.end, end + _AROUND)].split(",")[0].split(" and ")[0]
    before = reading.lower[max(sentence.start, start - _AROUND) : start].rpartition(" and ")[2]
    for words in (behind, before):
        if _WITHOUT.search(words) or (words is behind and words.lstrip().startswith("without")):
            yield ("medication", "without")
            break
        if _WITH.search(words):
            yield ("medication", "with")
            break
    extreme = _EXTREME.search(behind) or _EXTREME.search(before)
    if extreme:
        yield ("when", extreme.group())
