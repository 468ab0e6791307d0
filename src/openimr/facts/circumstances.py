"""What criteria ask for beside the illness: goals, a schedule for a taper, one prescriber, lasting relief.

They are read beside the mentions of the page, from a list of their own, so
that no word of theirs takes a diagnosis or a drug away.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import re2

from openimr.facts.assertions import decide
from openimr.facts.concepts import Concept, Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says
from openimr.terms.facts import Fact, FactKind
from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.tables import read_table
from openimr.vocabulary.text import NUMBER_WORDS

_N = r"(\d{1,3}|" + "|".join(w for w in NUMBER_WORDS if w != "zero") + r")"
_ABOUT = r"(?:about |approximately |at least |more than |over |almost |nearly |the (?:past|last) )?"
_WEEKS_IN = {"day": 1 / 7, "week": 1.0, "month": 365.25 / 12 / 7}
# "taper by 10% per week", "wean 10-20 percent every two weeks"
_TAPER_RATE = re2.compile(
    r"\b(?:taper|wean|reduc|decreas)\w*[^.;]{0,60}?\b(?:\d{1,2}\s?%?\s?(?:-|–|to)\s?)?(\d{1,2})\s?(?:%|percent)"
    rf"(?: of [^.;,]{{1,30}}?)?\s?(?:per|a|an|each|every|/)\s?(?:{_N} )?(day|week|month)s?\b"
)
# "50% relief for six weeks", "relief that lasted two months", "six weeks of relief"
_RELIEF = re2.compile(
    rf"\b(?:relief|improvement|benefit)[^.;,]{{0,30}}?\b(?:for|lasted|lasting|of|over) {_ABOUT}{_N}"
    r"[ -](day|week|month)s?\b"
    rf"|\b{_N} (day|week|month)s? of (?:\w+ )?(?:relief|improvement|benefit)\b"
)
# "relief within two hours", "relief starts within 30 minutes"
_ONSET = re2.compile(rf"\brelief (?:\w+ ){{0,3}}?within {_ABOUT}{_N}[ -](minute|hour|day|week)s?\b")
_DAYS_IN = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}
_EFFUSION = re2.compile(
    rf"\beffusion (?:of |measuring |is |was )?{_ABOUT}(\d{{1,2}})\s?mm\b|\b(\d{{1,2}})\s?mm effusion\b"
)
# "referral to a spine surgeon for a second opinion", "consultation to discuss an injection"; not "for 6
# visits", and not "referred for physical therapy", which says where to and not why
_REFERRAL = re2.compile(
    r"\b(?:refer(?:red|ral)?|consult(?:ation)?|second opinion|re-?evaluation|office visit|follow[- ]up)"
    r"(?: (?:dr\.|[\w-]+)){0,6}? (?:for|to|regarding|because of|due to) "
)
_REASON = re2.compile(
    r"\b(?:evaluat|assess|manage(?:ment)? of|opinion|surgical|surgery|candidacy|consider|determin|discuss"
    r"|rule out|workup|work-up|injections?\b)"
)
_REASON_REACH = 45
# "did not feel that he was a surgical candidate": no trigger, and yet no yes
_NOT_BEFORE = re2.compile(r"\b(?:not|never|neither|nor|hardly)\b[^,;:]*$")
_NOT_REACH = 40
_HINTS = ("relief", "improvement", "benefit", "taper", "wean", "reduc", "decreas", "effusion")
_REFERRING = ("refer", "consult", "opinion", "evaluation", "visit", "follow")


@cache
def _matcher() -> PhraseMatcher[Concept]:
    return PhraseMatcher(
        (row["phrase"], Concept(FactKind.CIRCUMSTANCE, row["name"]))
        for row in read_table("openimr.facts", "data/circumstances.csv")
    )


def circumstances(reading: PageReading) -> Iterator[Fact]:
    """Yield the circumstances that a page tells, each with the words it was read from.

    Example:
        >>> from openimr.facts.extract import extract_facts, pages_of_summary
        >>> pages = pages_of_summary("The dose is to be tapered by 10% every two weeks.")
        >>> [(f.name, f.value, f.unit) for f in extract_facts(pages).facts]
        [('rate of a taper', 5.0, 'percent a week')]
    """
    for match in _matcher().find(reading.lower):
        yield from _fact(reading, Mention(match.start, match.end, match.value))
    lower = reading.lower
    if any(word in lower for word in _HINTS):
        yield from _rates(reading)
        yield from _reliefs(reading)
        yield from _onsets(reading)
        yield from _effusions(reading)
    if any(word in lower for word in _REFERRING):
        yield from _referrals(reading)


def _mention(name: str, start: int, end: int) -> Mention:
    return Mention(start, end, Concept(FactKind.CIRCUMSTANCE, name))


def _fact(
    reading: PageReading,
    mention: Mention,
    value: float | None = None,
    unit: str | None = None,
    detail: tuple[tuple[str, str], ...] = (),
) -> Iterator[Fact]:
    """Yield the fact of a mention as its sentence asserts it; nothing where the words leave it open."""
    decision = decide(reading, mention, reading.number_at(mention.start))
    if decision is None or (decision.scope is None and _is_doubtful(reading, mention)):
        return
    if decision.says is Says.NOT_DOCUMENTED:
        detail = (*detail, ("documentation", "not_documented"))
    yield reading.fact(
        FactKind.CIRCUMSTANCE,
        mention.concept.name,
        decision.start,
        decision.end,
        assertion=decision.assertion,
        value=value,
        unit=unit,
        detail=detail,
    )


def _is_doubtful(reading: PageReading, mention: Mention) -> bool:
    """Return whether a "not" stands before a mention that no trigger decides: then it is left open."""
    sentence = reading.sentences[reading.number_at(mention.start)]
    low = max(sentence.start, mention.start - _NOT_REACH)
    return _NOT_BEFORE.search(reading.lower[low : mention.start]) is not None


def _referrals(reading: PageReading) -> Iterator[Fact]:
    """Yield what says why somebody is referred: a complaint or disorder, or what is to be found out."""
    for match in _REFERRAL.finditer(reading.lower):
        sentence = reading.sentences[reading.number_at(match.start())]
        end = min(sentence.end, match.end() + _REASON_REACH)
        named = [m.end for m in reading.mentions_between(match.end(), end) if not m.concept.is_care]
        found = _REASON.search(reading.lower[match.end() : end])
        if named or found:
            at = min([*named, *([match.end() + found.end()] if found else [])])
            yield from _fact(reading, _mention("reason for a referral", match.start(), at))


def _number(printed: str) -> float:
    return float(printed) if printed.isdigit() else float(NUMBER_WORDS[printed])


def _rates(reading: PageReading) -> Iterator[Fact]:
    for match in _TAPER_RATE.finditer(reading.lower):
        every = _number(match.group(2)) if match.group(2) else 1.0
        weeks = every * _WEEKS_IN[match.group(3)]
        if weeks:
            rate = round(float(match.group(1)) / weeks, 1)
            mention = _mention("rate of a taper", match.start(), match.end())
            yield from _fact(reading, mention, rate, "percent a week")


def _reliefs(reading: PageReading) -> Iterator[Fact]:
    for match in _RELIEF.finditer(reading.lower):
        count, unit = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
        weeks = round(_number(count) * _WEEKS_IN[unit], 1)
        detail = tuple(("of", name) for name in _treatment_near(reading, match.start()))
        mention = _mention("how long relief lasted", match.start(), match.end())
        yield from _fact(reading, mention, weeks, "weeks", detail)


def _onsets(reading: PageReading) -> Iterator[Fact]:
    for match in _ONSET.finditer(reading.lower):
        days = round(_number(match.group(1)) * _DAYS_IN[match.group(2)], 2)
        detail = tuple(("of", name) for name in _treatment_near(reading, match.start()))
        mention = _mention("onset of relief", match.start(), match.end())
        yield from _fact(reading, mention, days, "days", detail)


def _treatment_near(reading: PageReading, at: int) -> Iterator[str]:
    """Yield what relief came from: the treatment before it, else behind it, else of the sentence before."""
    number = reading.number_at(at)
    sentence = reading.sentences[number]
    earlier = reading.sentences[number - 1].start if number else sentence.start
    care = [m for m in reading.mentions_between(earlier, sentence.end) if m.concept.is_care]
    same = [m for m in care if m.start >= sentence.start]
    before = [m for m in same if m.start < at]
    nearest = before[-1:] or same[:1] or care[-1:]
    yield from (m.concept.name for m in nearest)


def _effusions(reading: PageReading) -> Iterator[Fact]:
    for match in _EFFUSION.finditer(reading.lower):
        number = reading.number_at(match.start())
        sentence = reading.sentences[number]
        site = reading.body.site_of(match.start(), match.end(), sentence, reaches_far=True)
        detail = (("body_part", site.part),) if site else ()
        mention = _mention("effusion", match.start(), match.end())
        yield from _fact(reading, mention, float(match.group(1) or match.group(2)), "mm", detail)
