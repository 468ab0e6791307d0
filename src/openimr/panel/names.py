"""Names of people and organizations, compared in spite of their spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from openimr.panel.name_parts import (
    ONE_ERROR,
    Name,
    errors_between,
    full_forms,
    listed,
    nicknames,
    read_name,
    runs_of,
    shape,
    with_run,
)

# Wrong letters that two words may have at most; see ``errors_allowed``.
MOST_ERRORS = 2
# A whole word and an initial, or two whole words, are a person; one alone must be this long.
_ALONE = 4
# Initials of three words or more: two letters are too many organizations.
_ACRONYM = 3


class NameMatch(Enum):
    """How two names relate."""

    SAME = "same"
    POSSIBLE = "possible"
    NO = "no"


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
        Our rule: equal words in one order are the same, the surname first where
        a comma says so; in another order they may be. Father and son are two,
        and may be one where one name leaves it open. A person may be the same where
        a whole word and an initial, or two words, agree but for spelling and short
        forms, and no word stands against another; an organization where its
        distinctive words do. Words may have been written as one.

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
    if _are_two_generations(first.generation, second.generation):
        return NameMatch.NO
    if first.key == second.key:
        is_same = first.ordered == second.ordered and first.generation == second.generation
        return NameMatch.SAME if is_same else NameMatch.POSSIBLE
    if first.joined == second.joined or _is_acronym(first, second) or _is_acronym(second, first):
        return NameMatch.POSSIBLE
    if _may_be(first, second) or _may_be_with_runs(first, second) or _may_be_with_runs(second, first):
        return NameMatch.POSSIBLE
    return NameMatch.NO


def _are_two_generations(one: str, two: str) -> bool:
    """Whether both are stated and differ; a second may be called Jr. or II."""
    return bool(one and two) and one != two and {one, two} != {"jr", "ii"}


def _may_be(first: Name, second: Name) -> bool:
    pairs = _Alignment(first, second)
    return pairs.may_be_organization() if pairs.is_organization else pairs.may_be_person()


def _may_be_with_runs(first: Name, second: Name) -> bool:
    """Whether a name may be the other when a word of the other is several of its words."""
    wanted = set(second.words).difference(first.words)
    runs = (run for run in runs_of(first) if run[0] in wanted)
    return any(_may_be(with_run(first, *run), second) for run in runs)


def errors_allowed(one: str, two: str) -> int:
    """Return how many wrong letters two words may have and still be one.

    Source:
        Our rule; numbers and given names that are both known admit none.
    """
    if not (one.isalpha() and two.isalpha()) or _are_given_names(one, two):
        return 0
    return errors_between(len(one), len(two))


def _are_given_names(one: str, two: str) -> bool:
    given = listed("given_names")
    return one in given and two in given


def _is_acronym(short: Name, long: Name) -> bool:
    """Whether a name is written by the initials of the other."""
    if len(short.words) != 1 or not long.is_organization:
        return False
    return len(short.words[0]) >= _ACRONYM and short.words[0] in long.initials


def misspelt_of(words: Sequence[str], others: Sequence[str], errors: int) -> Iterator[tuple[str, str]]:
    """Yield those pairs of a word and the other beside it of which one may be a typing error.

    Words that only look alike on a scan are found by their ``shape``, not here.

    Args:
        words: Words of letters alone, all of one length.
        others: As many, all of one length.
        errors: What ``errors_between`` says of the two lengths.

    Source:
        As ``is_misspelt``.
    """
    apart = process.cpdist(words, others, scorer=OSA.distance, score_cutoff=errors)
    for place in np.flatnonzero(apart <= errors).tolist():
        one, two = words[place], others[place]
        if _is_slip(one, two, int(apart[place])) and not _are_given_names(one, two):
            yield one, two


def is_misspelt(one: str, two: str) -> bool:
    """Return whether one word may be a typing error of the other.

    Source:
        As ``errors_allowed``; two letters that changed places are one error.
    """
    if is_misread(one, two):
        return True
    # most words are far apart, and the distance is cheaper than the rule
    distance = OSA.distance(one, two, score_cutoff=MOST_ERRORS)
    return distance <= MOST_ERRORS and distance <= errors_allowed(one, two) and _is_slip(one, two, distance)


def _is_slip(one: str, two: str, distance: int) -> bool:
    # "Richards" is no slip for "Richardson"
    return distance < MOST_ERRORS or not (one.startswith(two) or two.startswith(one))


def is_misread(one: str, two: str) -> bool:
    """Return whether two words look alike on a scan: "Theodorn" and "Theodom".

    Source:
        As ``shape``; short words and given names that are both known are what they say.
    """
    is_long = min(len(one), len(two)) >= ONE_ERROR
    return is_long and shape(one) == shape(two) and not _are_given_names(one, two)


# How two words relate, the surest first.
_FIRST, _SECOND = 0, 1
_EQUAL, _SHORT_FORM, _MISSPELT, _INITIAL, _APART = range(5)


def _relation(one: str, two: str) -> int:
    if one == two:
        return _EQUAL
    if len(one) == 1 or len(two) == 1:
        return _INITIAL if one[0] == two[0] and len(one) != len(two) else _APART
    short = nicknames()
    if (one in short or two in short) and set(full_forms(one)) & set(full_forms(two)):
        return _SHORT_FORM
    return _MISSPELT if is_misspelt(one, two) else _APART


class _Alignment:
    """The words of two names laid beside each other, the surest pairs first."""

    def __init__(self, first: Name, second: Name) -> None:
        self.is_organization = first.is_organization or second.is_organization
        self._shortest = min(len(first.words), len(second.words))
        self.whole: list[tuple[str, str]] = []
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
            self.whole.append((one, two))
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
        return self._shortest == 1 and max(map(len, self.whole[0])) >= _ALONE

    def may_be_organization(self) -> bool:
        """The distinctive words agree, and what both say beyond them is not different."""
        generic = listed("organization_words")
        strong = [words for words in self.whole if not generic.intersection(words)]
        if not strong or self.changed_beginnings > 1:
            return False
        against = [[w for w in side if w not in generic] for side in (self._first, self._second)]
        if all(against):
            return False
        return not (self._first and self._second)
