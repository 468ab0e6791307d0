"""Names of people and organizations, compared in spite of their spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from openimr.vocabulary.tables import read_table

_SEPARATOR = re.compile(r"[^a-z0-9]+")
# Periods and apostrophes inside a word do not part it: "M.D.", "O'Hara".
_INSIDE = re.compile(r"(?<=\w)['’.](?=\w)|(?<=\w)\.(?=\s|$|,)")
# Wrong letters that one word may have, by the length of the shorter of two. A word of
# three letters with one wrong is another word; long ones often carry two errors.
_ONE_ERROR, _TWO_ERRORS = 4, 8
_MOST_ERRORS = 2
# A whole word and an initial, or two whole words, are a person; one alone must be this long.
_ALONE = 4
# Initials of three words or more: two letters are too many organizations.
_ACRONYM = 3


class NameMatch(Enum):
    """How two names relate."""

    SAME = "same"
    POSSIBLE = "possible"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts: its words in one spelling, in order.

    ``distinctive`` are the words that tell this name from others: all of a
    person's, and of an organization's those that do not say what it is.
    """

    words: tuple[str, ...]
    is_organization: bool
    key: tuple[str, ...] = field(default=())
    joined: str = ""
    distinctive: tuple[str, ...] = ()
    initials: str = ""


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["stands_for"] for row in read_table("openimr.panel", "data/name_words.csv")}


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("openimr.panel", f"data/{table}.csv"))


@cache
def _nicknames() -> dict[str, str]:
    return {row["word"]: row["stands_for"] for row in read_table("openimr.panel", "data/nicknames.csv")}


def full_form(word: str) -> str:
    """Return the given name that a word is short for, or the word.

    Source:
        ``nicknames.csv``, common short forms.
    """
    return _nicknames().get(word, word)


@lru_cache(maxsize=200_000)
def read_name(name: str) -> Name:
    """Return a name in parts, without titles and legal forms.

    Source:
        ``name_words.csv``: titles and legal forms fall away, abbreviations are
        written out; ``organization_words.csv``: what an organization is.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    raw = [w for w in _SEPARATOR.split(_INSIDE.sub("", plain)) if w]
    written = [word for word in (_words().get(w, w) for w in raw) if word]
    generic = _listed("organization_words")
    words = tuple(written or raw)
    if any(word in generic for word in words):
        words = tuple(_corrected(word) for word in words)
    kept = tuple(word for word in words if word not in generic)
    return Name(
        words=words,
        is_organization=len(kept) < len(words),
        key=tuple(sorted(words)),
        joined="".join(words),
        distinctive=kept or words,
        initials="".join(word[0] for word in words),
    )


@cache
def _kinds() -> dict[str, str]:
    """Return the longer words for kinds of organizations, with their one spelling."""
    generic = _listed("organization_words")
    spelled = {w: kind for w, kind in _words().items() if kind in generic}
    spelled |= {w: kind for w in generic if (kind := _words().get(w, w))}
    return {w: kind for w, kind in spelled.items() if len(w) > _ONE_ERROR}


@lru_cache(maxsize=200_000)
def _corrected(word: str) -> str:
    """Return the word for a kind of organization that a word may be misspelt for, or the word."""
    generic = _listed("organization_words")
    if word in generic or word in _listed("given_names") or most_errors(word) == 0:
        return word
    found = process.extract(word, _kinds().keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
    near = {_kinds()[w] for w, _, _ in found}
    return near.pop() if len(near) == 1 else word


def name_key(name: str) -> tuple[str, ...]:
    """Return the words of a name in one spelling and order, without titles and legal forms.

    Source:
        As ``read_name``.

    Example:
        >>> name_key("Marsh Gate Med. Ctr., Inc.") == name_key("Medical Center Marsh Gate")
        True
    """
    return read_name(name).key


def compare_names(one: str, two: str) -> NameMatch:
    """Return whether two names are the same, may be the same, or are not.

    Source:
        Our rule: equal words in any order are the same. A person may be the
        same where a whole word and an initial, or two words, agree but for
        spelling and short forms, and no word stands against another; an
        organization where its distinctive words do.

    Example:
        >>> compare_names("Ambergate, Rosalind MD", "Dr. Rosalind Ambergate").value
        'same'
        >>> compare_names("R. Ambergate", "Rosalind Ambergate").value
        'possible'
    """
    return compare_read(read_name(one), read_name(two))


def compare_read(first: Name, second: Name) -> NameMatch:
    """Return how two names that were read relate; see ``compare_names``.

    Source:
        As ``compare_names``.
    """
    if not first.words or not second.words:
        return NameMatch.NO
    if first.key == second.key:
        return NameMatch.SAME
    if first.joined == second.joined or _is_acronym(first, second) or _is_acronym(second, first):
        return NameMatch.POSSIBLE
    pairs = _Alignment(first, second)
    is_possible = pairs.may_be_organization() if pairs.is_organization else pairs.may_be_person()
    return NameMatch.POSSIBLE if is_possible else NameMatch.NO


def errors_allowed(one: str, two: str) -> int:
    """Return how many wrong letters two words may have and still be one.

    Source:
        Our rule; numbers and given names that are both known admit none.
    """
    shorter = min(len(one), len(two))
    if shorter < _ONE_ERROR or not (one.isalpha() and two.isalpha()):
        return 0
    given = _listed("given_names")
    if one in given and two in given:
        return 0
    return 2 if shorter >= _TWO_ERRORS else 1


def most_errors(word: str) -> int:
    """Return how many wrong letters a word may have beside any other.

    Source:
        As ``errors_allowed``.
    """
    if len(word) < _ONE_ERROR or not word.isalpha():
        return 0
    return 2 if len(word) >= _TWO_ERRORS else 1


def _is_acronym(short: Name, long: Name) -> bool:
    """Whether a name is written by the initials of the other."""
    return (
        len(short.words) == 1
        and len(long.words) >= _ACRONYM
        and short.words[0] == long.initials
        and long.is_organization
    )


def misspelt_among(word: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return those of some words that may be typing errors of a word, or it of them.

    Source:
        As ``is_misspelt``.
    """
    near = process.extract(word, others, scorer=OSA.distance, score_cutoff=_MOST_ERRORS, limit=None)
    return tuple(other for other, _, _ in near if is_misspelt(word, other))


def is_misspelt(one: str, two: str) -> bool:
    """Return whether one word may be a typing error of the other.

    Source:
        As ``errors_allowed``; two letters that changed places are one error.
    """
    # most words are far apart, and the distance is cheaper than the rule
    distance = OSA.distance(one, two, score_cutoff=_MOST_ERRORS)
    if distance > _MOST_ERRORS or distance > errors_allowed(one, two):
        return False
    # "Richards" is no slip for "Richardson"
    return distance < _MOST_ERRORS or not (one.startswith(two) or two.startswith(one))


# How two words relate, the surest first.
_FIRST, _SECOND = 0, 1
_EQUAL, _SHORT_FORM, _MISSPELT, _INITIAL, _APART = range(5)


def _relation(one: str, two: str) -> int:
    if one == two:
        return _EQUAL
    if len(one) == 1 or len(two) == 1:
        return _INITIAL if one[0] == two[0] and len(one) != len(two) else _APART
    short = _nicknames()
    if (one in short or two in short) and full_form(one) == full_form(two):
        return _SHORT_FORM
    return _MISSPELT if is_misspelt(one, two) else _APART


class _Alignment:
    """The words of two names laid beside each other, the surest pairs first."""

    def __init__(self, first: Name, second: Name) -> None:
        self.is_organization = first.is_organization or second.is_organization
        self._shortest = min(len(first.words), len(second.words))
        self.whole: list[str] = []
        self.initials = 0
        self.changed_beginnings = 0
        self._beside_initials: tuple[int, ...] = ()
        relations = [
            (relation, one, two)
            for one, word in enumerate(first.words)
            for two, other in enumerate(second.words)
            if (relation := _relation(word, other)) != _APART
        ]
        left, right = set(range(len(first.words))), set(range(len(second.words)))
        for relation, one, two in sorted(relations):
            if one in left and two in right:
                left.remove(one)
                right.remove(two)
                self._count(relation, first.words[one], second.words[two])
        self._first = [first.words[n] for n in left]
        self._second = [second.words[n] for n in right]

    def _count(self, relation: int, one: str, two: str) -> None:
        if relation == _INITIAL:
            self.initials += 1
            self._beside_initials += (_FIRST if len(one) == 1 else _SECOND,)
        elif len(one) == 1:
            self.initials += 1
        else:
            self.whole.append(one)
            self.changed_beginnings += relation == _MISSPELT and one[0] != two[0]

    def may_be_person(self) -> bool:
        """Two words agree, one of them whole, and none stands against another."""
        if (self._first and self._second) or self.changed_beginnings > 1 or not self.whole:
            return False
        # "Alan M. Roth" is not "Maud Roth": the name beside the initial stands against the other
        sides = (self._first, self._second)
        if any(len(word) > 1 for side in self._beside_initials for word in sides[side]):
            return False
        if len(self.whole) + self.initials >= 2:
            return True
        return self._shortest == 1 and len(self.whole[0]) >= _ALONE

    def may_be_organization(self) -> bool:
        """The distinctive words agree, and what both say beyond them is not different."""
        generic = _listed("organization_words")
        strong = [word for word in self.whole if word not in generic]
        if not strong or self.changed_beginnings > 1:
            return False
        against = [[w for w in side if w not in generic] for side in (self._first, self._second)]
        if all(against):
            return False
        return not (self._first and self._second)
