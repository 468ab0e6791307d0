"""How many tablets are taken: at once, in a whole day, at each part of the day."""

from __future__ import annotations

import re2

from openimr.vocabulary.text import with_digits

UNITS_PER_DAY = "units_per_day"
"""The detail that says how many tablets a day are taken, where the record tells not only how often."""

_UNIT = r"(?:tablets?|tabs?|capsules?|caps?|pills?)"
# "1 1/2 tablets", "one and a half tablets"
_AND_HALF = re2.compile(r"\b(\d)(?:\s?½| 1/2\b| and (?:a |1 |1-)?(?:1/2|half)\b)(?: of)?(?: an?)?")
# "half a tablet", "one-half to one tablet"
_HALF = re2.compile(rf"(?:(?:\b1|\ba)[ -])?(?:\b1/2|½|\bhalf)(?: of)?(?: an?)?( {_UNIT}\b|\s?(?:-|to)\s?\d)")
# "2 tablets", "1-2 tabs", "1 to 2 capsules": the most of a range, as with the frequency. Not "#60 tablets".
_AT_ONCE = re2.compile(rf"(?:^|[^\w#./-])(?:\d(?:\.\d)?\s?(?:-|to|or)\s?)?(\d(?:\.\d)?) {_UNIT}\b")
# "1-2 p.o. q.4h.", "two b.i.d.": behind a strength, without a word for what is counted.
_UNNAMED = re2.compile(
    r"(?:^|[\s,;(])(?:\d\s?(?:-|to|or)\s?)?([1-9](?:\.5)?) (?:(?:p\.?\s?o\b\.?|by mouth|orally),? ?)?"
    r"(?:[btq]\.?\s?i\.?\s?d\b|q\.?\s?(?:\d|[ap]\.?m\b|h\.?\s?s\b|day\b|d\b)|every\b|each\b|daily\b|once\b"
    r"|twice\b|at (?:bedtime|night)\b|nightly\b|h\.?s\b|\d times\b|as needed\b|prn\b|p\.r\.n\b)"
)
# "6 tablets daily", "up to four tablets per day"
_IN_A_DAY = re2.compile(
    rf"(?:^|[^\w#./-])(?:\d{{1,2}}(?:\.\d)?\s?(?:-|to)\s?)?(\d{{1,2}}(?:\.\d)?) {_UNIT}"
    r"(?: p\.?o\.?| by mouth)? (?:a day|per day|each day|every day|daily)\b"
)
_EACH = (
    r"(?:each|every) (?:morning|afternoon|evening|night)|nightly"
    r"|q\.?\s?[ap]\.?\s?m\b\.?|q\.?\s?h\.?\s?s\b\.?"
)
_WHEN = (
    rf"{_EACH}|in (?:the )?(?:morning|afternoon|evening|[ap]\.?m\b\.?)|at (?:noon|night|bedtime)|h\.?s\b\.?"
)
_COUNT, _BETWEEN = r"\d(?:\.\d)?", rf"(?:{_UNIT} |p\.?o\.? |by mouth )*"
_RANGE = rf"(?:{_COUNT}\s?(?:-|to|or)\s?)?"
_PART = rf"(?:{_RANGE}{_COUNT} )?{_BETWEEN}(?:{_WHEN})"
_MORE = rf"(?:(?:,? and |, |; | then ){_PART})+"
_COUNTED = rf"(?:{_RANGE}({_COUNT}) )?{_BETWEEN}"
_ONE_PART = re2.compile(rf"{_COUNTED}({_WHEN})")
# Right behind a dose, or with "each" or "every": "for pain in the morning and at night" tells of the pain.
_PARTS = re2.compile(
    rf"(?:\b(?:mg|mcg|ml|takes?|taking|{_UNIT})\b\.?|[,:(%\d])\s?({_PART}{_MORE})|\b((?:{_EACH}){_MORE})"
)
# "One t.i.d. and two at bedtime"
_AND_AT_NIGHT = re2.compile(
    rf"{_COUNTED}([btq])\.?\s?i\.?\s?d\b\.?(?:,? and |, |; | plus ){_COUNTED}"
    r"(?:at (?:bedtime|night)|nightly|q\.?\s?h\.?\s?s\b|h\.?s\b|every night)"
)
# One of these stands in every part of a day: without them a search is spared.
_PART_HINTS = ("ning", "noon", "night", "bed", "hs", "h.s", "h. s", "am", "a.m", "a. m", "pm", "p.m", "p. m")
_TIMES = {"b": 2, "t": 3, "q": 4}
_PARTS_OF_DAY = (
    ("morning", ("morning", "qam", "inam", "intheam")),
    ("afternoon", ("afternoon",)),
    ("noon", ("noon",)),
    ("evening", ("evening", "qpm", "inpm", "inthepm")),
)


def units_at_once(words: str) -> float | None:
    """Return how many tablets are taken at once, of a range the most; None where the words do not say.

    Example:
        >>> units_at_once("Norco 10/325 mg 1-2 tablets q.4h."), units_at_once("1 1/2 tablets daily")
        (2.0, 1.5)
        >>> units_at_once("half a tablet b.i.d."), units_at_once("1/2 to 1 tablet")
        (0.5, 1.0)
        >>> units_at_once("#60 tablets")
    """
    match = _AT_ONCE.search(_counted(words))
    return float(match.group(1)) if match else None


def unnamed_units_at_once(behind: str) -> float | None:
    """Return how many are taken at once where only a number stands before how often, of a range the most.

    Args:
        behind: The words behind the strength, which is a number too.

    Example:
        >>> unnamed_units_at_once(" 1-2 p.o. q.4h."), unnamed_units_at_once(" one or two b.i.d.")
        (2.0, 2.0)
        >>> unnamed_units_at_once(" #60 b.i.d. for 2 weeks")
    """
    match = _UNNAMED.search(_counted(behind))
    return float(match.group(1)) if match else None


def units_in_a_day(words: str) -> float | None:
    """Return how many tablets are taken in a whole day, of a range the most; None where that is not said.

    Example:
        >>> units_in_a_day("two tablets daily"), units_in_a_day("up to six tablets per day")
        (2.0, 6.0)
        >>> units_in_a_day("one tablet twice a day")
    """
    match = _IN_A_DAY.search(_counted(words))
    return float(match.group(1)) if match else None


def units_by_part(words: str) -> tuple[float, ...]:
    """Return how many are taken each time of the day, where two or more parts of it are named; nothing else.

    A part that is named twice, in other words perhaps ("every night, at
    bedtime"), tells nothing sure.

    Example:
        >>> units_by_part("300 mg one in the morning and two at night")
        (1.0, 2.0)
        >>> units_by_part("300 mg b.i.d. and two at bedtime")
        (1.0, 1.0, 2.0)
        >>> units_by_part("50 mg every night, at bedtime")
        ()
        >>> units_by_part("for pain in the morning and at night")
        ()
    """
    lower = words.lower()
    if not any(hint in lower for hint in _PART_HINTS):
        return ()
    counted = _counted(lower)
    if (latin := _AND_AT_NIGHT.search(counted)) is not None:
        by_day, times, at_night = latin.groups()
        return (float(by_day or 1),) * _TIMES[times] + (float(at_night or 1),)
    match = _PARTS.search(counted)
    if match is None:
        return ()
    parts = list(_ONE_PART.finditer(match.group(1) or match.group(2)))
    if len({_part_of_day(part.group(2)) for part in parts}) < len(parts):
        return ()
    return tuple(float(part.group(1) or 1) for part in parts)


def _part_of_day(words: str) -> str:
    plain = words.replace(".", "").replace(" ", "")
    return next((part for part, names in _PARTS_OF_DAY if any(name in plain for name in names)), "night")


def _counted(words: str) -> str:
    """Return the words in lower case, with figures for numbers and for halves."""
    counted: str = _AND_HALF.sub(r"\1.5", with_digits(words.lower()))
    counted = _HALF.sub(r"0.5\1", counted)
    return counted
