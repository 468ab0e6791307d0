"""How many tablets a day a request asks for."""

from __future__ import annotations

import re

from openimr.terms.treatment import Frequency

_HALF = re.compile(r"(?:\b1[ -])?(?:\b1/2|½|\bhalf)(?: of)?(?: a)?(?= (?:tab|cap|pill))", re.IGNORECASE)
_AND_HALF = re.compile(r"\b(\d)(?: | and (?:a )?)(?:1/2|½|half)\b(?: of)?(?: an?)?", re.IGNORECASE)
_BY_MOUTH = r"(?:(?:p\.?o\.?|by mouth|orally)\s)?"
_WHEN = (
    r"(?:\d\s?(?:x|times)|[btq]\.?i\.?d|q\s?\d|q[ap]m|qhs|once|twice|every|each|in the|at (?:bed|night|noon))"
)
# "1-2 tabs", "2 tablets daily", "2 po bid"; not "#60 tablets"
_AT_ONCE = re.compile(
    r"(?<![\w#./%-])(?:\d(?:\.\d)?\s?(?:-|to|or)\s?)?(?P<most>\d(?:\.\d)?)\s?"
    r"(?:(?:tab(?:let)?s?|cap(?:sule)?s?|pills?)\b\.?\s?"
    rf"{_BY_MOUTH}(?P<a_day>daily|(?:a|per|every|each) day)?|(?<=\s){_BY_MOUTH}(?={_WHEN}\b))",
    re.IGNORECASE,
)


def read_units_per_day(text: str, frequency: Frequency | None) -> float | None:
    """Return how many tablets a day a request allows at most; None where its words leave a doubt.

    Where only a frequency is printed, one is taken at a time. Two
    counts, one for each part of the day perhaps, are a doubt.

    Args:
        text: The request with number words written as digits.
        frequency: How often the drug is taken.

    Example:
        >>> read_units_per_day("morphine 30 mg 2 tabs bid #120", Frequency(2, 2, "day"))
        4.0
        >>> read_units_per_day("2 tablets daily", None), read_units_per_day("#60 tablets", None)
        (2.0, None)
        >>> read_units_per_day("1 tab qam and 2 tabs qhs", Frequency(1, 1, "day"))
    """
    words = _HALF.sub("0.5", _AND_HALF.sub(r"\1.5", text))
    found = list(_AT_ONCE.finditer(words))
    if len(found) > 1:
        return None
    at_once = float(found[0]["most"]) if found else 1.0
    if found and found[0]["a_day"]:
        return at_once
    return frequency.most * at_once if frequency and frequency.per == "day" else None
