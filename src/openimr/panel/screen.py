"""Screen many cases against a whole panel: the same ties as ``find_conflicts``, by index.

Source:
    Lab. Code 139.5(c)(2), (d)(5)-(6). The index leaves out only pairs of names that
    ``compare_names`` calls different; what it leaves in is judged as for a single case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from openimr.law.qualifications import ReviewerRules
from openimr.panel.conflicts import Involved, Tie, involved_in, judge_tie, ties_of
from openimr.panel.name_parts import Name, full_forms, most_errors, read_name, runs_of, shape
from openimr.panel.names import NameMatch, compare_read, misspelt_among
from openimr.terms.case import Case
from openimr.terms.reviewer import Exclusion, InterestKind, Reviewer

# Where the bits of second letters begin, behind those of the 26 first ones.
_TWICE = 32
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
        self._pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
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
        # words that can be misspelt, with their letters and lengths
        self._written = [word for word in self._any if most_errors(word)]
        self._letters = np.array([_letters(word) for word in self._written], dtype=np.uint64)
        self._lengths = np.array([len(word) for word in self._written], dtype=np.int64)
        self._errors = np.array([most_errors(word) for word in self._written], dtype=np.int64)

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
        for word, letter in _words_and_letters(name):
            self._pairs[word, letter].append(number)

    def matches(self, name: str) -> tuple[tuple[str, NameMatch], ...]:
        """Return the names that are the same as a name or may be, in the order they were given."""
        found = self._found.get(name)
        if found is None:
            read = read_name(name)
            judged = ((n, compare_read(self._read[n], read)) for n in sorted(self._candidates(read)))
            found = tuple((self._names[n], match) for n, match in judged if match is not NameMatch.NO)
            self._found[name] = found
        return found

    def _candidates(self, name: Name) -> set[int]:
        found: set[int] = set()
        for key in (name.key, name.joined, ("initials", name.joined)):
            found.update(self._whole.get(key, ()))
        for letters in name.initials:
            found.update(n for n in self._whole.get(letters, ()) if len(self._read[n].words) == 1)
        for run, _, _ in runs_of(name):
            found.update(self._written_as.get(run, ()))
        for word in name.words:
            found.update(self._runs.get(word, ()))
        for word in set(name.distinctive):
            for near in self._near_words(word):
                found.update((self._any if len(name.distinctive) == 1 else self._alone).get(near, ()))
        for word, letter in set(_words_and_letters(name)):
            for near in self._near_words(word):
                found.update(self._pairs.get((near, letter), ()))
        return found

    def _near_words(self, word: str) -> tuple[str, ...]:
        """Return the words of the index that are a word, its short or full form, or its misspelling."""
        near = self._near.get(word)
        if near is None:
            same = [other for form in full_forms(word) for other in self._forms.get(form, ())]
            alike = self._shapes.get(shape(word), ())
            near = tuple(dict.fromkeys((*same, *alike, *self._misspelt(word))))
            self._near[word] = near
        return near

    def _misspelt(self, word: str) -> tuple[str, ...]:
        """Return the words that may be misspelt for each other; one error changes two letters at most."""
        if not most_errors(word):
            return ()
        errors = np.minimum(self._errors, most_errors(word))
        changed = np.bitwise_count(self._letters ^ np.uint64(_letters(word)))
        is_near = (changed <= 2 * errors) & (abs(self._lengths - len(word)) <= errors)
        return misspelt_among(word, [self._written[place] for place in np.flatnonzero(is_near)])


def _letters(word: str) -> int:
    """Return a bit for each letter of a word, and another for a letter that stands in it twice."""
    bits = 0
    for letter in word:
        bit = 1 << (ord(letter) - ord("a"))
        bits |= bit << _TWICE if bits & bit else bit
    return bits


def _words_and_letters(name: Name) -> Iterator[tuple[str, str]]:
    """Yield each whole word with the first letter of each other word, in both forms."""
    for one, word in enumerate(name.distinctive):
        if len(word) > 1:
            for two, other in enumerate(name.distinctive):
                if one != two:
                    for letter in {form[0] for form in full_forms(other)}:
                        yield word, letter


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
    for reviewer in reviewers:
        for tie in ties_of(reviewer):
            if tie.interest is not None and tie.interest.kind not in _SHARED:
                continue
            identifier = next(iter(tie.ids[-1:]), None)
            for other in index.ties_to(Involved(role="other reviewer", name=tie.name, id=identifier)):
                if other.interest is None or other.interest.kind in _SHARED:
                    found.add((reviewer.id, other.reviewer))
    return frozenset((a, b) if a < b else (b, a) for a, b in found if a != b)


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
    for case in cases:
        found = (e for involved in involved_in(case) for e in index.conflicts_with(involved))
        yield tuple(dict.fromkeys(found))
