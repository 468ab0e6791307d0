"""The label that a text before a date ends in."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from openimr.records.labels import labels, plain_date_labels
from openimr.terms.records import ExhibitType
from openimr.vocabulary.text import lowered

# What may stand between a label and its date.
_JOINT = re.compile(r"[\s:.#_|()-]*(?:\b(?:is|was|on|at|of)\b)?[\s:._|(-]*$", re.IGNORECASE)
# The day of the week before a date.
WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*$", re.IGNORECASE
)
_MARKS = "|;,.:()[]-"
# A label in small letters names the day that it is of; "visit of 3/14" at the start of a line is prose.
_NAMES_A_DAY = re.compile(r"\b(?:date|dates|day|dt|dos|time)\b|/")
_MARK_BEFORE_DAY = re.compile(r"[:.#_|(=-]\s*$")
# No label is longer.
_LONGEST_LABEL = 80


# Every sign that has to do with a date asks for its label.
@lru_cache(maxsize=4096)
def date_label(lead: str) -> str | None:
    """Return the label that a text ends in, the longest known one; None where it ends otherwise.

    In the middle of a line a label has a capital or stands behind a mark:
    "the scan dated" is prose.
    """
    printed = " ".join(_JOINT.sub("", WEEKDAY.sub("", lead)).split())[-_LONGEST_LABEL:]
    text, known = lowered(printed), _all_labels()
    for start in range(len(text)):
        if text[start - 1 : start].isalnum() or text[start:] not in known:
            continue
        before = printed[:start].rstrip()
        is_label = printed[start].isupper() or (before and before[-1] in _MARKS)
        if not before and not is_label:
            is_label = bool(
                _NAMES_A_DAY.search(text) or _MARK_BEFORE_DAY.search(lead) or lead.rstrip() == printed
            )
        return text[start:] if is_label else None
    return None


@cache
def _all_labels() -> frozenset[str]:
    """Return every label of a date, those of other dates included."""
    found = {*labels("other_date"), *labels("report_date"), *plain_date_labels()}
    for kind in ExhibitType:
        found.update(labels("service_date", kind))
    return frozenset(found)
