"""What is printed with a drug: strength, amount, form, how often, since when."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import re2

from openimr.facts.concepts import Mention
from openimr.facts.dose_units import UNITS_PER_DAY, units_by_part, units_in_a_day, unnamed_units_at_once
from openimr.facts.dose_words import grams_in_words, plain_frequency, plain_quantity
from openimr.facts.reading import PageReading
from openimr.terms.records import ExhibitType
from openimr.vocabulary.requests.amounts import StrengthFound, find_strengths, read_form, read_quantity
from openimr.vocabulary.requests.schedule import read_frequency
from openimr.vocabulary.text import has_digit

# How far behind, and before, its name the strength of a drug stands.
_STRENGTH_REACH = 30
_BEFORE_REACH = 44
# What kind of a drug, between its strength or amount and its name.
_KIND = r"plain|preservative[- ]free|iv|intravenous|sterile|generic|oral|buffered|the|injectable|topical"
# How far behind the name of a compound the share of its last part ends.
_LAST_SHARE = 8
# A new clause ends the particulars of a drug.
_NEW_CLAUSE = re2.compile(
    r"\s(?:until|which|because|as (?:the|he|she|his|her)|was|were|has|had|and (?:was|is|he|she)|along with)\b"
)
# No patient of these records took a drug before it.
_FIRST_YEAR = 1950
_ANY_DIGIT = re2.compile(r"\d")
_HOW_OFTEN = re2.compile(
    r"\b(?:daily|nightly|bedtime|qhs|bid|tid|qid|qd|b\.i\.d|t\.i\.d|q\.i\.d|once|twice|three times"
    r"|four times"
    r"|every|per day|a day|q\.?\s*\d+(?:\s?-\s?\d+)?\s?(?:h|hours|hrs)?|q\.\s?h\.?\s?s|q\.?\s?day"
    r"|q\.\s?(?:o\.?)?d|qod|hs|h\.s|\d\s?x\s?/"
    r"|q\.?[ap]\.?m|at night|(?:each|in the) (?:night|morning|afternoon|evening)|weekly|monthly"
    r"|as (?:needed|necessary|required)"
    r"|prn|p\.r\.n)\b"
)
# A line of a pharmacy: "BACLOFEN 10 MG TAB 90 30", how many and for how many days.
_DISPENSED = re2.compile(
    r"\b(?:tabs?|tablets?|caps?|capsules?|gel|patch(?:es)?|cream)\s+(\d{1,4})\s+(\d{1,3})\b"
)
_AS_NEEDED = re2.compile(r"\b(?:as needed|as necessary|as required|prn|p\.r\.n)\b")
# The form right behind a name: "Pennsaid solution", "Solu-Cortef injection".
_FORM_BEHIND = re2.compile(
    r"^\s(?:dose ?pac?k|gel|cream|ointment|lotion|patch(?:es)?|spray|injections?|suppositor(?:y|ies)"
    r"|tablets?|capsules?|solution|syrup|elixir|suspension|drops|inhaler|nasal spray|lozenges?|foam)\b"
)
_DOSE_PACK_WORDS = re2.compile(r"\bdose ?pac?k\b")
# The amount before a name: "8 ml of ropivacaine", "2 cc 1% lidocaine", "1 tube of Voltaren gel".
_AMOUNT_BEFORE = re2.compile(
    r"(\d*\.?\d+)\s?(cc|mls?|containers?|tubes?|bottles?|boxes|box|months? supply)(?: of)?"
    rf"(?: (?:{_KIND}))*\s*$"
)
# "lidocaine plain with 0.5% " before the name of the next drug
_NEXT_DRUG = re2.compile(r",|\b(?:with|plus|and)\b|[+&]")
# "40-mg of Kenalog" is written like "40 mg".
_HYPHEN = re2.compile(r"(\d)-(mg|mcg|ml|cc|gm|g)\b")
# A strength without its unit: "Lortab 7.5, Soma"; less than three is a number of tablets.
_BARE_NUMBER = re2.compile(
    r"^ ((?:[3-9]|\d{2,3})(?:\.\d+)?)(?:[,;)]|\.?$|\. "
    r"| (?:and|as|was|p\.?o|q|b\.?i|t\.?i|daily|once|twice|every|at)\b)"
)
# "0.5 Marcaine plain": an anaesthetic without its sign of per cent.
_BARE_SHARE = re2.compile(r"(?:^|[^\d.-])(0?\.\d+)(?: plain)? $")
# "one gram of Ancef", "Ancef one gram"
_GRAMS_BEFORE = re2.compile(r"\b(?:one|two) grams?(?: of)?(?: iv| intravenous)? $")
_GRAMS_BEHIND = re2.compile(r"^,? (?:one|two) grams?\b")
# "#30 1-2 p.o. q.4h."
_NUMBER_BEFORE_DOSE = re2.compile(r"#\s?(\d{1,3}),? \d(?:\s?-\s?\d)? (?:p\.?o|tab|cap|q|every|by mouth)")
_RIGHT_BEFORE = re2.compile(rf"(?: of)?(?: (?:{_KIND}))*\s*")
# "a prescription for 12 Vicodin", "#20 Percocet"
_COUNT_BEFORE = re2.compile(r"(?:prescription for|dispensed|given|#)\s?(\d{1,3}) $")
# A combination whose strength is printed without its unit: "Norco 10/325".
_BARE_STRENGTH = re2.compile(r"^\s(?:\([a-z-]+ )?(\d+(?:\.\d+)?/\d+(?:\.\d+)?)\b")
# The amount behind a name, with its share before it or not: "Xylocaine 1% 5 cc".
_AMOUNT_BEHIND = re2.compile(
    r"^[\s,]*(?:\d*\.?\d+\s?%,?\s)?(?:of |plain,?\s)?(\d*\.?\d+)\s?(cc|mls?)(?:[^\w/ ]| [^o]| o[^f]| $|$)"
)

# "Reduces the pain by 40%", "80% pain relief", "50% of the time": no strength of a drug.
_WORKS_BEFORE = re2.compile(
    r"\b(?:provid|giv|gave|help|reliev|reduc|decreas|lower|improv|allow|bring|brought|result|lessen|control)"
)
_WORKS_BEHIND = re2.compile(
    r"^ (?:or more |more |or better )?(?:(?:of|in) (?:his|her|the|their|pain|symptom)"
    r"|(?:[a-z]+ )?(?:relief|reli\w+|improve\w*|reduc\w*|decreas\w*|better|benefit\w*|effective|helpful"
    r"|help|less|function\w*)\b)"
)
_YEAR_SINCE = re2.compile(r"\bsince (?:at least )?(\d{4})\b")
_MONTH_SINCE = re2.compile(r"\bsince (?:at least )?(\d{1,2})/(\d{4})\b")
_LAST_PARTICULAR = re2.compile(
    r"#\s?\d+|\b(?:mg|mcg|ml|%|tablets?|capsules?|patch(?:es)?|tabs?|caps?|daily|nightly|bedtime|qhs"
    r"|bid|tid|qid|qd|qod|hs|h\.s\.?|[btq]\.i\.d\.?|q\.\s?h\.?\s?s\.?|q\.?[ap]\.?m\.?|q\.?\s?day|q\.\s?(?:o\.?)?d\.?"
    r"|q\.?\s*\d+(?:\s?-\s?\d+)?\s?(?:hours|hrs|h)\.?|a day|per day|each day|every day|(?:other|second) day"
    r"|times|hours|needed|as (?:necessary|required)|prn|p\.r\.n\.?|gel|cream|ointment"
    r"|weekly|monthly|a week|per week"
    r"|(?:in the|each|every|at) (?:morning|afternoon|evening|noon|night)|[ap]\.m\.?)\b|%"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is printed with a drug, and the span of its name with it."""

    start: int
    end: int
    value: float | None
    unit: str | None
    detail: tuple[tuple[str, str], ...]


def particulars_of(reading: PageReading, mention: Mention, number: int, limit: int) -> Particulars:
    """Return what is printed with a drug: behind its name, or a strength and an amount before it.

    Args:
        reading: The page.
        mention: The drug.
        number: The number of its sentence.
        limit: Where its particulars end at the latest.
    """
    floor = reading.sentences[number].start
    length, value, unit, detail = _behind(reading, mention, limit)
    start = named_at = mention.start
    before = None if value else _strength_before(reading, mention.start, floor)
    if before:
        value, unit = before.amounts[0].amount, before.amounts[0].unit
        start = named_at = before.start
        detail.insert(0, ("strength", before.text))
    elif not value:
        detail += _bare_before(reading, mention, floor)
    detail[:0] = _amount_before(reading, named_at, floor)
    return Particulars(start=start, end=mention.start + length, value=value, unit=unit, detail=tuple(detail))


def _behind(
    reading: PageReading, mention: Mention, limit: int
) -> tuple[int, float | None, str | None, list[tuple[str, str]]]:
    """Return the length of a drug with its particulars, the strength, and the details."""
    new_clause = _NEW_CLAUSE.search(reading.lower[mention.end : limit])
    words = _unhyphened(
        reading.text[mention.start : mention.end + new_clause.start() if new_clause else limit]
    )
    lower = words.lower()
    name = mention.end - mention.start
    form_behind = _FORM_BEHIND.search(lower[name:])
    # "Voltaren 1% gel": the strength can stand inside the name.
    from_here = 0 if "%" in lower[:name] else name
    if not _ANY_DIGIT.search(lower, from_here) and not _HOW_OFTEN.search(lower, name):
        length = name + (form_behind.end() if form_behind else 0)
        return length, None, None, [*_parts(mention, words), *_form(words[:length])]
    detail: list[tuple[str, str]] = [*_parts(mention, words)]
    value, unit, length = None, None, name
    detail += _amount_behind(mention, lower[name:])
    strength = _strength(words, name)
    is_amount = strength is not None and strength.amounts[0].unit == "ml"
    if strength and not is_amount and not any(key == "strength" for key, _ in detail):
        value, unit = strength.amounts[0].amount, strength.amounts[0].unit
        length = strength.end
        detail.append(("strength", strength.text))
    detail += _quantity(words, name, in_units=strength is not None and strength.amounts[0].unit == "units")
    detail += _frequency(words, strength.end if strength else None)
    if _AS_NEEDED.search(lower):
        detail.append(("as_needed", "yes"))
    detail += _form(words) or _form(words[: name + form_behind.end()] if form_behind else "")
    for match in _LAST_PARTICULAR.finditer(lower):
        length = max(length, match.end())
    if reading.exhibit and reading.exhibit.type is ExhibitType.PHARMACY:
        detail += _dispensed(lower, detail)
    return length, value, unit, detail


def _frequency(words: str, dosed_at: int | None) -> Iterator[tuple[str, str]]:
    """Yield how often a drug is taken, and how many a day where the words tell that.

    Args:
        words: The name of the drug and what stands behind it.
        dosed_at: Where its strength ends.
    """
    if parts := units_by_part(words):
        yield "frequency", f"{len(parts)} per day"
        yield UNITS_PER_DAY, f"{sum(parts):g}"
        return
    found = read_frequency(plain_frequency(words)) if _HOW_OFTEN.search(words.lower()) else None
    if found:
        times = f"{found.least:g}" + ("" if found.least == found.most else f"-{found.most:g}")
        yield "frequency", f"{times} per {found.per}"
        at_once = unnamed_units_at_once(words[dosed_at:]) if dosed_at else None
        if at_once not in (None, 1.0) and found.per == "day":
            yield UNITS_PER_DAY, f"{found.most * at_once:g}"
    elif (units := units_in_a_day(words)) is not None:
        yield UNITS_PER_DAY, f"{units:g}"


def _quantity(words: str, name: int, *, in_units: bool) -> Iterator[tuple[str, str]]:
    """Yield how much of a drug is given: of what is measured in units no number of pieces is told."""
    # The number of "Tylenol #3" is a part of its name.
    quantity = read_quantity(plain_quantity(words[name:] if "#" in words[:name] else words))
    if quantity and not in_units:
        yield "quantity", f"{quantity.count:g}"
    elif quantity is None and (behind := _NUMBER_BEFORE_DOSE.search(words.lower()[name:])):
        yield "quantity", behind.group(1)


def _parts(mention: Mention, words: str) -> Iterator[tuple[str, str]]:
    """Yield the strengths inside the name of a compound, and that of its last part right behind."""
    drug = mention.concept.drug
    if drug is None or "+" not in drug.id:
        return
    name = mention.end - mention.start
    for found in find_strengths(words[: name + _LAST_SHARE].replace("%-", "% ")):
        if found.start <= name + 1:
            yield ("strength", found.text)


def _amount_behind(mention: Mention, behind: str) -> Iterator[tuple[str, str]]:
    """Yield the amount right behind a name, and a strength of a combination without its unit."""
    amount = _AMOUNT_BEHIND.search(behind)
    if amount:
        yield ("quantity", f"{amount.group(1)} {amount.group(2)}")
    bare = _BARE_STRENGTH.search(behind)
    drug = mention.concept.drug
    if drug is None or find_strengths(behind[: _LAST_SHARE * 2]):
        return
    if bare and len(drug.ingredients) > 1:
        yield ("strength", bare.group(1))
    elif (match := _GRAMS_BEHIND.search(behind)) and (grams := grams_in_words(match.group(0))):
        yield ("strength", grams)
    elif number := _BARE_NUMBER.search(behind):
        yield ("strength", number.group(1))


def _form(words: str) -> list[tuple[str, str]]:
    """Return the form that the words name, as a detail, or nothing."""
    form = read_form(words)
    if form:
        return [("form", form)]
    pack = _DOSE_PACK_WORDS.search(words.lower())
    return [("form", pack.group(0))] if pack else []


def _amount_before(reading: PageReading, start: int, floor: int) -> Iterator[tuple[str, str]]:
    """Yield the amount right before a name or its strength: "8 ml of", "1 tube of"."""
    words = reading.lower[max(floor, start - _BEFORE_REACH) : start]
    if not has_digit(words):
        return
    if match := _AMOUNT_BEFORE.search(words):
        yield ("quantity", f"{match.group(1)} {match.group(2)}")
    elif count := _COUNT_BEFORE.search(words):
        yield ("quantity", count.group(1))


def _dispensed(tail: str, known: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield quantity and days of supply from a line of a pharmacy, where they are not known yet."""
    match = _DISPENSED.search(tail)
    if match and not any(key == "quantity" for key, _ in known):
        yield ("quantity", match.group(1))
        yield ("days_supply", match.group(2))


def _strength(words: str, name: int) -> StrengthFound | None:
    """Return the strength behind a name; that of a next drug ("and 80 mg of") is not its own."""
    found = [f for f in find_strengths(words) if not _is_effect(words, name, f)]
    if not found or found[0].start - name > _STRENGTH_REACH or " and " in words[name : found[0].start]:
        return None
    behind = words[found[0].end :].strip()
    is_last = not behind and words[found[0].end :] == " "
    is_next = is_last and _NEXT_DRUG.search(words[name : found[0].start]) is not None
    return None if behind == "of" or is_next else found[0]


def _is_effect(words: str, name: int, found: StrengthFound) -> bool:
    """Return whether a share tells how well a drug works: "provides 80% pain relief"."""
    if found.amounts[0].unit != "%" or found.start < name:
        return False
    between = words[name : found.start].lower()
    return (
        _WORKS_BEFORE.search(between) is not None
        or _WORKS_BEHIND.search(words[found.end :].lower()) is not None
    )


def _bare_before(reading: PageReading, mention: Mention, floor: int) -> Iterator[tuple[str, str]]:
    """Yield a strength before a name in words, or that of an anaesthetic without its sign."""
    words = reading.lower[max(floor, mention.start - _BEFORE_REACH) : mention.start]
    if (match := _GRAMS_BEFORE.search(words)) and (grams := grams_in_words(match.group(0))):
        yield ("strength", grams)
    elif "anesthetic" in mention.concept.group and (share := _BARE_SHARE.search(words)):
        yield ("strength", share.group(1))


def _unhyphened(words: str) -> str:
    """Return words with a blank for the hyphen between a number and its unit, every offset as it was."""
    return _HYPHEN.sub(r"\1 \2", words) if "-" in words else words


def _strength_before(reading: PageReading, start: int, floor: int) -> StrengthFound | None:
    """Return the strength right before a name: "1% lidocaine", "80 mg of Depo-Medrol"."""
    low = max(floor, start - _BEFORE_REACH)
    words = _unhyphened(reading.text[low:start])
    if not has_digit(words):
        return None
    found = find_strengths(words)
    if not found or not _RIGHT_BEFORE.fullmatch(words[found[-1].end :].lower()):
        return None
    last = found[-1]
    if last.amounts[0].unit == "ml":
        return None
    return replace(last, start=low + last.start, end=low + last.end)


def since_when(reading: PageReading, mention: Mention, number: int, limit: int) -> Iterator[tuple[str, str]]:
    """Yield since when the drug is used.

    Of a month or a year alone its last day counts, the least that is said, or
    the day of the statement where that comes first. What begins behind that
    day is an error of the paper, and nothing is yielded.
    """
    told = _told_since(reading, mention, number, limit)
    if told is None:
        return
    first, last = told
    said_on, _ = reading.calendar.day_of(number, mention.start, mention.end, of_visit=True)
    if said_on is None or first <= said_on:
        yield ("since", min(last, said_on or last).isoformat())


def _told_since(reading: PageReading, mention: Mention, number: int, limit: int) -> tuple[date, date] | None:
    """Return the first and the last day that the words behind a drug can mean."""
    for day in reading.calendar.in_sentence(number):
        if day.role == "since" and mention.end <= day.start < limit:
            return day.on, day.on
    words = reading.lower[mention.end : limit]
    match = _MONTH_SINCE.search(words)
    if match and 1 <= int(match.group(1)) <= 12 and int(match.group(2)) >= _FIRST_YEAR:
        month, year = int(match.group(1)), int(match.group(2))
        return date(year, month, 1), date(year, month, months.monthrange(year, month)[1])
    match = _YEAR_SINCE.search(words)
    if match and int(match.group(1)) >= _FIRST_YEAR:
        return date(int(match.group(1)), 1, 1), date(int(match.group(1)), 12, 31)
    return None
