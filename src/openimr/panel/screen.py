"""Screen many cases against a whole panel: the same ties as ``find_conflicts``, by index.

Source:
    Lab. Code 139.5(c)(2), (d)(5)-(6). The index leaves out only pairs of names that
    ``compare_names`` calls different; what it leaves in is judged as for a single case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from openimr.law.qualifications import ReviewerRules
from openimr.panel.conflicts import Involved, Tie, involved_in, judge_tie, ties_of
from openimr.panel.name_parts import Name, errors_between, full_forms, most_errors, read_name, runs_of, shape
from openimr.panel.names import MOST_ERRORS, NameMatch, compare_read, misspelt_of
from openimr.terms.case import Case
from openimr.terms.reviewer import Exclusion, InterestKind, Reviewer

# Where the bits of second letters begin, behind those of the 26 first ones.
_TWICE = np.uint64(32)
# Words that are compared with the index at once: what that takes stays within a few megabytes.
_AT_ONCE = 256
# Ties that two reviewers of one case may not have in common.
_SHARED = (
    InterestKind.EMPLOYMENT,
    InterestKind.GROUP,
    InterestKind.OWNERSHIP,
    InterestKind.PARTNER,
    InterestKind.FAMILY,
)


class NameIndex:
    """Finds which of many names may match a name, without comparing all of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._read = tuple(read_name(name) for name in self._names)
        self._whole: dict[object, list[int]] = defaultdict(list)
        self._pairs: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._alone: dict[str, list[int]] = defaultdict(list)
        self._any: dict[str, list[int]] = defaultdict(list)
        self._forms: dict[str, list[str]] = defaultdict(list)
        self._written_as: dict[str, list[int]] = defaultdict(list)
        self._runs: dict[str, list[int]] = defaultdict(list)
        self._shapes: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, tuple[tuple[str, NameMatch], ...]] = {}
        for number, name in enumerate(self._read):
            self._add(number, name)
        for word in self._any:
            for form in full_forms(word):
                self._forms[form].append(word)
            self._shapes[shape(word)].append(word)
        # words that can be misspelt, by length, with their letters
        self._written = _by_length(self._any)
        self._letters = {length: _letters(words) for length, words in self._written.items()}

    def _add(self, number: int, name: Name) -> None:
        for key in (name.key, name.joined, *(("initials", letters) for letters in name.initials)):
            self._whole[key].append(number)
        for word in name.words:
            self._written_as[word].append(number)
        for run, _, _ in runs_of(name):
            self._runs[run].append(number)
        for word in name.distinctive:
            self._any[word].append(number)
        if len(name.distinctive) == 1:
            self._alone[name.distinctive[0]].append(number)
        for word, letters in _words_and_letters(name):
            for letter in letters:
                self._pairs[word][letter].append(number)

    def matches(self, name: str) -> tuple[tuple[str, NameMatch], ...]:
        """Return the names that are the same as a name or may be, in the order they were given."""
        found = self._found.get(name)
        if found is None:
            read = read_name(name)
            judged = ((n, compare_read(self._read[n], read)) for n in sorted(self._candidates(read)))
            found = tuple((self._names[n], match) for n, match in judged if match is not NameMatch.NO)
            self._found[name] = found
        return found

    def expect(self, names: Iterable[str]) -> None:
        """Look up the words of many names at once, which is faster than one by one."""
        self._learn(word for name in names for word in read_name(name).distinctive)

    def _candidates(self, name: Name) -> set[int]:
        found: set[int] = set()
        for key in (name.key, name.joined, ("initials", name.joined)):
            found.update(self._whole.get(key, ()))
        for letters in name.initials:
            found.update(n for n in self._whole.get(letters, ()) if len(self._read[n].words) == 1)
        for run, _, _ in runs_of(name):
            if run in self._written_as:
                found.update(self._written_as[run])
        for word in name.words:
            if word in self._runs:
                found.update(self._runs[word])
        self._learn(name.distinctive)
        alone = self._any if len(name.distinctive) == 1 else self._alone
        for word, beside in _words_and_letters(name):
            for near in self._near[word]:
                if near in alone:
                    found.update(alone[near])
                if near in self._pairs:
                    pairs = self._pairs[near]
                    for letter in beside:
                        if letter in pairs:
                            found.update(pairs[letter])
        return found

    def _learn(self, words: Iterable[str]) -> None:
        """Find the words of the index that are a word, its short or full form, or its misspelling."""
        fresh = [word for word in dict.fromkeys(words) if word not in self._near]
        misspelt = self._misspelt(fresh) if fresh else {}
        for word in fresh:
            same = [other for form in full_forms(word) for other in self._forms.get(form, ())]
            alike = self._shapes.get(shape(word), ())
            self._near[word] = tuple(dict.fromkeys((*same, *alike, *misspelt.get(word, ()))))

    def _misspelt(self, words: Sequence[str]) -> dict[str, list[str]]:
        """Return for each word those of the index that may be misspelt for it, or it for them."""
        found: dict[str, list[str]] = defaultdict(list)
        for length, of_length in _by_length(words).items():
            for other in self._written.keys() & range(length - MOST_ERRORS, length + MOST_ERRORS + 1):
                errors = errors_between(length, other)
                if abs(length - other) <= errors:
                    for at in range(0, len(of_length), _AT_ONCE):
                        for word, near in self._slips(of_length[at : at + _AT_ONCE], other, errors):
                            found[word].append(near)
        return found

    def _slips(self, words: Sequence[str], length: int, errors: int) -> Iterator[tuple[str, str]]:
        """Yield words of one length with those of another length that may be misspelt for them."""
        written = self._written[length]
        changed = np.bitwise_count(_letters(words)[:, None] ^ self._letters[length])
        # a letter too many changes one bit at most, a wrong one two
        is_near = changed <= 2 * errors - abs(length - len(words[0]))
        rows, columns = np.divmod(np.flatnonzero(is_near), len(written))
        return misspelt_of(
            [words[row] for row in rows.tolist()], [written[column] for column in columns.tolist()], errors
        )


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """Return by length those of some words that can be misspelt."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in words:
        if most_errors(word):
            found[len(word)].append(word)
    return found


def _letters(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Return for words of one length a bit for each letter, and another for one that stands there twice."""
    once = np.zeros(len(words), dtype=np.uint64)
    twice = np.zeros_like(once)
    letters = np.frombuffer("".join(words).encode("ascii"), dtype=np.uint8).reshape(len(words), -1)
    for letter in letters.T.astype(np.uint64):
        bit = np.uint64(1) << (letter - np.uint64(ord("a")))
        twice |= once & bit
        once |= bit
    return once | twice << _TWICE


def _words_and_letters(name: Name) -> Iterator[tuple[str, str]]:
    """Yield each word with the first letters of the other words, in both forms; none for an initial."""
    letters = [_first_letters(word) for word in name.distinctive]
    for one, word in enumerate(name.distinctive):
        yield word, "".join(letters[:one] + letters[one + 1 :]) if len(word) > 1 else ""


@lru_cache(maxsize=65_536)
def _first_letters(word: str) -> str:
    return "".join({form[0] for form in full_forms(word)})


class PanelIndex:
    """The ties of a panel on a day, found by name and by identifier."""

    def __init__(self, reviewers: Sequence[Reviewer], rules: ReviewerRules, on: date) -> None:
        self._rules, self._on = rules, on
        self._by_id: dict[str, list[Tie]] = defaultdict(list)
        self._by_name: dict[str, list[Tie]] = defaultdict(list)
        self._judged: dict[Involved, tuple[Exclusion, ...]] = {}
        for reviewer in reviewers:
            if reviewer.interests is not None:
                for tie in ties_of(reviewer):
                    self._add(tie)
        self._names = NameIndex(self._by_name)

    def _add(self, tie: Tie) -> None:
        for identifier in tie.ids:
            self._by_id[identifier].append(tie)
        if tie.name:
            self._by_name[tie.name].append(tie)

    def expect(self, names: Iterable[str | None]) -> None:
        """Look up many names at once, which is faster than one by one."""
        self._names.expect({name for name in names if name})

    def ties_to(self, involved: Involved) -> tuple[Tie, ...]:
        """Return every tie that may concern somebody in a case."""
        found = list(self._by_id.get(involved.id, ())) if involved.id else []
        if involved.name:
            for name, _ in self._names.matches(involved.name):
                found.extend(self._by_name[name])
        return tuple(found)

    def conflicts_with(self, involved: Involved) -> tuple[Exclusion, ...]:
        """Return the conflicts, certain and possible, of all reviewers with somebody in a case."""
        found = self._judged.get(involved)
        if found is None:
            judged = (judge_tie(tie, involved, self._rules, self._on) for tie in self.ties_to(involved))
            found = tuple(dict.fromkeys(e for e in judged if e is not None))
            self._judged[involved] = found
        return found


def dependent_reviewers(
    reviewers: Sequence[Reviewer], rules: ReviewerRules, on: date
) -> frozenset[tuple[str, str]]:
    """Return the pairs of reviewers, in the order of ids, who may not review one case together.

    A common practice or relative, or one who is or may be a tie of the other.
    Reviewers whose interests are not stated are assigned to nothing.
    """
    index = PanelIndex(reviewers, rules, on)
    found: set[tuple[str, str]] = set()
    ties = [tie for reviewer in reviewers for tie in ties_of(reviewer) if _is_shared(tie)]
    index.expect(tie.name for tie in ties)
    for tie in ties:
        identifier = next(iter(tie.ids[-1:]), None)
        for other in index.ties_to(Involved(role="other reviewer", name=tie.name, id=identifier)):
            if _is_shared(other):
                found.add((tie.reviewer, other.reviewer))
    return frozenset((a, b) if a < b else (b, a) for a, b in found if a != b)


def _is_shared(tie: Tie) -> bool:
    return tie.interest is None or tie.interest.kind in _SHARED


def screen(
    cases: Sequence[Case], reviewers: Sequence[Reviewer], rules: ReviewerRules, on: date
) -> Iterator[tuple[Exclusion, ...]]:
    """Yield for every case its conflicts with all reviewers, possible ones included.

    Args:
        cases: The cases.
        reviewers: The panel; whoever states no interests is not looked at.
        rules: The rules of the day.
        on: The day.
    """
    index = PanelIndex(reviewers, rules, on)
    parts = [involved_in(case) for case in cases]
    index.expect(involved.name for part in parts for involved in part)
    for part in parts:
        found = (e for involved in part for e in index.conflicts_with(involved))
        yield tuple(dict.fromkeys(found))
