"""The patient's age and sex, and the injury with its date and mechanism."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import re2

from openimr.facts.dating import SENTENCE, Day
from openimr.facts.reading import PageReading
from openimr.terms.facts import Fact, FactKind

_AGE = re2.compile(
    r"\b(\d{1,3})(?:\s?-?\s?(?:years?|yrs?|y)[ -]{0,3}(?:old|/?o)\b|\s?y/o\b)|\b(?:aged"
    r"|age:)\s(\d{1,3})\b"
)
_SEX = re2.compile(r"\b(female|male|woman|man|gentleman|lady|girl|boy)\b")
_TITLE = re2.compile(r"\b(?:(Mr)|(Mrs|Ms))\.? [A-Z*_]")
_HE = re2.compile(r"\b(?:he|his|himself)\b")
_SHE = re2.compile(r"\b(?:she|hers|herself|her)\b")
_FEMALE = frozenset({"female", "woman", "lady", "girl"})
# The name of a form, not the injury: "first report of occupational injury".
_REPORT_OF = ("report of ", "report of an ")
# A pronoun after one of these may mean that person: it says nothing sure of the patient.
_OTHER_PERSON = re2.compile(
    r"\b(?:dr|drs|doctors?|physicians?|providers?|surgeons?|therapists?|psychologists?|chiropractors?"
    r"|attorneys?"
    r"|supervisors?|employers?|co-?workers?|husband|wife|son|daughter|friend|examiner|reviewer|m\.?d)\b"
)
_OTHER_REACH = 140
_RELATIVE = re2.compile(
    r"\b(?:son|sons|daughters?|child|children|brother|sister|mother|father|wife|husband)\b"
)
_RELATIVE_REACH = 25
# How close to an age a word for the sex stands, in characters.
_SEX_REACH = 40
_OLDEST = 115
# How far behind "injured his" the part is named.
_PART_REACH = 30

_INJURY = re2.compile(
    r"\b(?:date of (?:industrial )?injury|doi|industrial injury date|(?:industrial|work[- ]related"
    r"|occupational|work)"
    r" (?:injury|accident|claim)|sustained an? (?:\w+ )?injur(?:y|ies)|(?:was |were )?(?:injured"
    r"|hurt) (?:on|in"
    r"|at|while|when|his|her|the|during))\b"
)
_MECHANISM = re2.compile(
    r"(?:mechanism of (?:the )?injury (?:is|was) (?:(?:detailed|described"
    r"|reported) as )?(?:occurring (?:when |while )?)?"
    r"|mechanism of injury(?: occurred|:) (?:when |while )?"
    r"|injury (?:\w+ ){0,6}?occurred (?:when|while) )([^.;]{3,120})"
)
_WHEN = re2.compile(
    r"\b(?:when|while|after|as a result of|due to|from) ((?:he|she|the|a|an|lifting|falling"
    r"|slipping)\b[^.;]{3,120})"
)
_NOTHING_SAID = re2.compile(
    r"\b(?:not|no|none|unspecified|unknown|unclear)\b|^(?:mentioned|documented|stated|specified|given"
    r"|provided|noted)"
)


@dataclass(frozen=True, slots=True)
class _Mechanism:
    """How an injury happened: where its mention and its own words begin, and where both end."""

    start: int
    words: int
    end: int


def _told(match: re2._Match | None, offset: int = 0) -> _Mechanism | None:
    """Return the mechanism of a match whose text begins at an offset of the page."""
    if match is None:
        return None
    return _Mechanism(offset + match.start(), offset + match.start(1), offset + match.end(1))


def person_facts(reading: PageReading) -> Iterator[Fact]:
    """Yield age, sex and injury as a page states them."""
    yield from _ages(reading)
    yield from _sexes(reading)
    yield from _injuries(reading)


def _is_of_family(reading: PageReading, number: int) -> bool:
    return any(s.trigger.says.value == "family" for s in reading.scopes[number])


def _ages(reading: PageReading) -> Iterator[Fact]:
    for match in _AGE.finditer(reading.lower):
        years = int(match.group(1) or match.group(2))
        number = reading.number_at(match.start())
        behind_it = reading.lower[match.end() : match.end() + _RELATIVE_REACH]
        if years > _OLDEST or _is_of_family(reading, number) or _RELATIVE.search(behind_it):
            continue
        yield reading.fact(
            FactKind.AGE, "age", match.start(), match.end(), value=float(years), unit="years", of_visit=True
        )
        near = reading.lower[max(0, match.start() - _SEX_REACH) : match.end() + _SEX_REACH]
        offset = max(0, match.start() - _SEX_REACH)
        behind = _SEX.search(near, match.end() - offset) or _SEX.search(near)
        if behind:
            yield _sex(
                reading, behind.group(1) in _FEMALE, offset + behind.start(1), offset + behind.end(1), "word"
            )


def _sexes(reading: PageReading) -> Iterator[Fact]:
    """Yield the first title and the first pronoun of each sex; what is said of relatives does not count."""
    seen: set[tuple[str, bool]] = set()
    for match in _TITLE.finditer(reading.text):
        is_female = match.group(1) is None
        if ("title", is_female) not in seen:
            seen.add(("title", is_female))
            yield _sex(reading, is_female, match.start(), match.end() - 2, "title")
    for pattern, is_female in ((_HE, False), (_SHE, True)):
        for match in pattern.finditer(reading.lower):
            number = reading.number_at(match.start())
            before = reading.lower[max(0, match.start() - _OTHER_REACH) : match.start()]
            of_another = before.endswith("/") or _OTHER_PERSON.search(before)
            if not of_another and not _is_of_family(reading, number) and not reading.is_guideline[number]:
                yield _sex(reading, is_female, match.start(), match.end(), "pronoun")
                break


def _sex(reading: PageReading, is_female: bool, start: int, end: int, by: str) -> Fact:
    name = "female" if is_female else "male"
    return reading.fact(FactKind.SEX, name, start, end, detail=(("stated_by", by),), of_visit=True)


def _injuries(reading: PageReading) -> Iterator[Fact]:
    """Yield the injury of every sentence that gives its date or how it happened."""
    named = _by_sentence(reading, _INJURY)
    told = _by_sentence(reading, _MECHANISM)
    for number in sorted(named.keys() | told.keys()):
        sentence = reading.sentences[number]
        words, mechanism = named.get(number), _told(told.get(number))
        if words and reading.lower[sentence.start : words.start()].endswith(_REPORT_OF):
            words = None
        if mechanism is None and words:
            mechanism = _told(_WHEN.search(reading.lower[words.end() : sentence.end]), words.end())
        if mechanism and _NOTHING_SAID.search(reading.lower[mechanism.words : mechanism.end][:30]):
            mechanism = None
        days = reading.calendar.in_sentence(number) if words else ()
        day = next((d for d in days if d.role == "injury"), None)
        if mechanism or day:
            yield _injury(reading, words, mechanism, day)


def _by_sentence(reading: PageReading, pattern: re2._Regexp) -> dict[int, re2._Match]:
    """Return the first match of each sentence that has one."""
    found: dict[int, re2._Match] = {}
    for match in pattern.finditer(reading.lower):
        number = reading.number_at(match.start())
        if match.end() <= reading.sentences[number].end:
            found.setdefault(number, match)
    return found


def _injury(
    reading: PageReading, words: re2._Match | None, mechanism: _Mechanism | None, day: Day | None
) -> Fact:
    """Return the injury of a sentence: quoted from its first word to date and mechanism."""
    found = [words.span()] if words else []
    found += [(part.start, part.end) for part in (mechanism, day) if part]
    start, end = min(s for s, _ in found), max(e for _, e in found)
    detail: tuple[tuple[str, str], ...] = ()
    if mechanism:
        detail = (("mechanism", reading.text[mechanism.words : mechanism.end].strip()),)
    if words:
        detail += tuple(_injured_part(reading, words))
    fact = reading.fact(FactKind.INJURY, "injury", start, end, detail=detail, dated=False)
    return replace(fact, dated=day.on, dated_by=SENTENCE) if day else fact


def _injured_part(reading: PageReading, words: re2._Match) -> Iterator[tuple[str, str]]:
    """Yield the part that is said to be injured, with its side: "injured his left knee"."""
    sentence = reading.sentences[reading.number_at(words.start())]
    end = min(words.end() + _PART_REACH, sentence.end)
    site = reading.body.site_of(words.end(), end, sentence, reaches_far=False)
    if site and site.start >= words.end():
        yield ("body_part", site.part)
        if site.side:
            yield ("side", site.side)
