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
_DRUGS = r"(?:the |his |her |pain |taking |use of |an? |any )*(?:medications?|medicines?|meds|drugs|opioids?)"
_WITHOUT = re2.compile(
    rf"(?:without|off(?: of)?|before|prior to) (?:\w+ )?{_DRUGS}\b|\bunmedicated\b|\bno medications?\b"
)
_WITH = re2.compile(rf"(?:with|after|on|while on|under) (?:\w+ )?{_DRUGS}\b")
# "8/10 without.", not "5/10 without leg symptoms".
_BARE_WITHOUT = re2.compile(r"\s*without(?: it| them)?\W*$")
_EXTREME = re2.compile(
    r"\b(?:at (?:its |the )?(?:worst|best)|at rest|on average|average|(?:worst|least|lowest|highest)"
    r"(?: reported)? pain)\b"
)
# "The medication brings the pain from 8/10 to 5/10": without it, and with it.
_LOWERS = re2.compile(
    r"\b(?:medications?|medicines?|meds|opioids?|drugs?|it|they|which)\b[^.;]*\b(?:reduc\w+|decreas\w+|lower\w*"
    r"|brings?|brought|improv\w+|goes|drops?|takes?)\b[^.;]*\bfrom (?:an? )?$"
)
_TO = re2.compile(r"^ (?:down )?to (?:an? )?$")
_AROUND = 34
# How far before a score "average" or "worst pain" stands in its clause.
_FAR = 60


def pain_scores(reading: PageReading) -> Iterator[Fact]:
    """Yield the pain scores of a page; ``value`` is the highest number of a range."""
    lower = reading.lower
    lowered_at: int | None = None
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
        taken = "with" if lowered_at is not None and _TO.search(lower[lowered_at:start]) else None
        lowered_at = None
        if _LOWERS.search(lower[reading.sentences[number].start : start]):
            taken, lowered_at = "without", end
        detail = [("least", f"{least:g}")] if last else []
        detail += [("medication", taken)] if taken else _taken_when(reading, number, start, end)
        yield _score(reading, number, start, end, most, detail)


def _score(
    reading: PageReading, number: int, start: int, end: int, most: float, detail: list[tuple[str, str]]
) -> Fact:
    site = reading.body.site_of(start, end, reading.sentences[number], reaches_far=True)
    where = [("body_part", site.part)] if site else []
    where += [("side", site.side)] if site and site.side else []
    return reading.fact(
        FactKind.PAIN_SCORE,
        "pain score",
        start,
        end,
        assertion=Assertion.GUIDELINE if reading.is_guideline[number] else Assertion.PRESENT,
        value=most,
        unit="of 10",
        detail=(*detail, *where),
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
        if _WITHOUT.search(words) or (words is behind and _BARE_WITHOUT.match(words)):
            yield ("medication", "without")
            break
        if _WITH.search(words):
            yield ("medication", "with")
            break
    clause = (
        reading.lower[max(sentence.start, start - _FAR) : start].rpartition(" and ")[2].rpartition(",")[2]
    )
    extreme = _EXTREME.search(behind) or _EXTREME.search(clause)
    if extreme:
        yield ("when", extreme.group())
