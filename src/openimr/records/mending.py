"""Words of labels as they were printed, where recognition took one letter for another."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from openimr.records.labels import date_words, labels, service_nouns
from openimr.terms.records import ExhibitType

# Shorter words are too near to others.
_LEAST_LETTERS = 5
_WORD = re.compile(rf"[A-Za-z]{{{_LEAST_LETTERS},}}")
# A figure between letters is a letter.
_FIGURE = re.compile(r"(?<=[A-Za-z])[01](?=[A-Za-z])")
# The word "Date" with one letter wrong, where a day or what it is of follows.
_DATE_WORD = re.compile(r"\b(?:[A-Z]ate|D[a-z]te|Da[a-z]e|Dat[a-z])(?=\W{1,3}(?:of\b|\d))")
# Words of the tongue that are a letter away from one of a label.
_NOT_MISREAD = frozenset(
    "state stated states data gate dale dare rate rated late later plate rest tested report reports visits"
    " exams study studies stand lasts steady sunday monday friday seem seems serve serves served device forms"
    " signs".split()
)


@lru_cache(maxsize=4096)
def mended(text: str) -> str:
    """Return a recognized line with the words of labels as they were printed; as long as it was.

    Only one wrong letter in a word is mended, and only towards one word.

    Example:
        >>> mended("Aceident Date - 2011-03-15 Servjce Day: 04/22/2013")
        'Accident Date - 2011-03-15 Service Day: 04/22/2013'
    """
    lettered = _FIGURE.sub(lambda match: "o" if match.group() == "0" else "l", text)
    lettered = _DATE_WORD.sub(lambda match: _mended_date(match.group()), lettered)
    return _WORD.sub(lambda match: _mended_word(match.group()), lettered)


def _mended_word(word: str) -> str:
    lower = word.lower()
    if lower in _known() or lower in _NOT_MISREAD:
        return word
    found = {known for at in range(len(lower)) for known in _gapped().get(_gap(lower, at), ())}
    if len(found) != 1:
        return word
    right = found.pop()
    return right.upper() if word.isupper() else right.capitalize() if word[0].isupper() else right


def _mended_date(word: str) -> str:
    return word if word.lower() in _NOT_MISREAD else "Date"


def _gap(word: str, at: int) -> str:
    return f"{word[:at]}?{word[at + 1 :]}"


@cache
def _known() -> frozenset[str]:
    """Return the words that labels of days are made of."""
    tables = [labels("service_date", kind) for kind in ExhibitType]
    tables += [labels("report_date"), labels("other_date"), tuple(date_words())]
    tables += [tuple(service_nouns(kind)) for kind in ExhibitType]
    return frozenset(word.lower() for table in tables for label in table for word in _WORD.findall(label))


@cache
def _gapped() -> dict[str, tuple[str, ...]]:
    """Return the words of labels by their forms with one letter left open."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(_known()):
        for at in range(len(word)):
            found[_gap(word, at)].append(word)
    return {gap: tuple(words) for gap, words in found.items()}
