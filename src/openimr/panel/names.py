"""Names of people and organizations, compared in spite of their spelling."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import cache

from rapidfuzz import fuzz

from openimr.vocabulary.tables import read_table

_SEPARATOR = re.compile(r"[^a-z0-9]+")
# Periods and apostrophes inside a word do not part it: "M.D.", "O'Hara".
_INSIDE = re.compile(r"(?<=\w)['’.](?=\w)|(?<=\w)\.(?=\s|$|,)")
# Similarity from which two names go to a person, of 100. Low on purpose: a name
# too many costs a look, a name too few costs the determination.
_POSSIBLE = 85


class NameMatch(Enum):
    """How two names relate."""

    SAME = "same"
    POSSIBLE = "possible"
    NO = "no"


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["stands_for"] for row in read_table("openimr.panel", "data/name_words.csv")}


@cache
def name_key(name: str) -> tuple[str, ...]:
    """Return the words of a name in one spelling and order, without titles and legal forms.

    Source:
        ``name_words.csv``: titles and legal forms fall away, abbreviations are written out.

    Example:
        >>> name_key("Marsh Gate Med. Ctr., Inc.") == name_key("Medical Center Marsh Gate")
        True
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [w for w in _SEPARATOR.split(_INSIDE.sub("", plain)) if w]
    written = [_words().get(word, word) for word in words]
    kept = [word for word in written if word]
    return tuple(sorted(kept or words))


def compare_names(one: str, two: str) -> NameMatch:
    """Return whether two names are the same, may be the same, or are not.

    Source:
        Our rule: equal keys are the same; a shared surname with a fitting
        initial, one name inside the other, or close spelling goes to a person.

    Example:
        >>> compare_names("Ambergate, Rosalind MD", "Dr. Rosalind Ambergate").value
        'same'
        >>> compare_names("R. Ambergate", "Rosalind Ambergate").value
        'possible'
    """
    first, second = name_key(one), name_key(two)
    if not first or not second:
        return NameMatch.NO
    if first == second:
        return NameMatch.SAME
    if _fits_initials(first, second) or _is_inside(first, second):
        return NameMatch.POSSIBLE
    close = max(fuzz.ratio(" ".join(first), " ".join(second)), fuzz.ratio("".join(first), "".join(second)))
    return NameMatch.POSSIBLE if close >= _POSSIBLE else NameMatch.NO


def _fits_initials(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the names share a full word and the rest differs by initials or middle names only."""
    shared = {w for w in set(first) & set(second) if len(w) > 1}
    if not shared:
        return False
    rest_one, rest_two = (sorted(set(n) - shared) for n in (first, second))
    short = [w for w in (*rest_one, *rest_two) if len(w) == 1]
    if not short:
        return False
    return any(
        one[0] == two[0] and (len(one) == 1 or len(two) == 1) for one in rest_one for two in rest_two
    ) or not (rest_one and rest_two)


def _is_inside(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether all words of one name, two at least, stand in the other."""
    less, more = sorted((set(first), set(second)), key=len)
    return len(less) >= 2 and less <= more
