"""Why a case has its reviewer, what others would have cost, and who could not have it.

Source:
    Lab. Code 139.5(d)(3): a selection that is fair and impartial can be shown to be so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from openimr.panel.assign import Assigning
from openimr.panel.conflicts import involved_in, sort_conflicts
from openimr.panel.encode import PARTS, Draw, Waiting, cost_parts, place_cost
from openimr.panel.select import ReviewerCheck, check_reviewer
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Assignment, Exclusion, Reviewer, SpecialtyFit

_CLEAR = "Every credential is in force and no tie to anybody in the case was found."
_FITS = (SpecialtyFit.SAME, SpecialtyFit.SIMILAR, SpecialtyFit.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A reviewer who was taken, or could have been.

    Attributes:
        costs: The parts of the cost, those above 0, with ``share of capacity``.
        difference: What the case would cost more with this one and all others as they are.
        is_full: Other cases have all places: one of them would have to move.
        drawn: The number of the draw, the lowest among equals.
    """

    reviewer: str
    fit: SpecialtyFit
    costs: Mapping[str, int]
    difference: int
    is_full: bool
    drawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything about the choice for one case; ``chosen`` is empty where it waits.

    ``alternatives`` stand in the order of their differences; ``excluded`` and
    ``possible`` name every rule and tie against everybody else.
    """

    case: str
    chosen: tuple[Choice, ...]
    alternatives: tuple[Choice, ...]
    excluded: tuple[Exclusion, ...]
    possible: tuple[Exclusion, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What is seen of one case in a draw: who may have it, who was taken, every reviewer looked at."""

    assigning: Assigning
    taken: frozenset[str]
    choices: tuple[Choice, ...]
    checks: tuple[ReviewerCheck, ...]

    @property
    def equals(self) -> list[str]:
        """Return who would have been as good as those who were taken."""
        others = (c for c in self.choices if c.reviewer not in self.taken)
        return [c.reviewer for c in others if not c.is_full and not c.difference]


def _look(assigning: Assigning, number: str) -> _Looked:
    row = row_of(assigning, number)
    taken = frozenset(assigning.result.reviewers_of(number))
    choices, checks = _choices(assigning, row, taken), checks_of(assigning, row)
    return _Looked(assigning=assigning, taken=taken, choices=tuple(choices), checks=tuple(checks))


def explain_case(assigning: Assigning, number: str) -> Explanation:
    """Return why a case has its reviewers, or none.

    Raises:
        AssignmentError: The case was not in the draw.
    """
    return _explained(_look(assigning, number), number)


def _explained(looked: _Looked, number: str) -> Explanation:
    return Explanation(
        case=number,
        chosen=tuple(c for c in looked.choices if c.reviewer in looked.taken),
        alternatives=tuple(c for c in looked.choices if c.reviewer not in looked.taken),
        excluded=tuple(e for c in looked.checks for e in c.exclusions),
        possible=tuple(e for c in looked.checks for e in c.possible),
        because=tuple(_because(looked)),
    )


def assignment_of(assigning: Assigning, number: str) -> tuple[Assignment, ...]:
    """Return the assignment of a case in the form that stays with the case, one for each reviewer.

    Raises:
        AssignmentError: The case was not in the draw.
    """
    looked = _look(assigning, number)
    told = _explained(looked, number)
    return tuple(
        Assignment(
            reviewer=choice.reviewer,
            fit=choice.fit,
            because=_own_reasons(looked, choice.reviewer),
            excluded=told.excluded,
            alternatives=tuple(a.reviewer for a in told.alternatives),
            possible_conflicts=told.possible,
            seed=assigning.draw.seed,
        )
        for choice in told.chosen
    )


def row_of(assigning: Assigning, number: str) -> int:
    """Return the place of a case in the draw.

    Raises:
        AssignmentError: It was not in the draw.
    """
    for row, waiting in enumerate(assigning.draw.waiting):
        if waiting.number == number:
            return row
    raise AssignmentError(
        asked=f"Explain {number}",
        found="no such case waited in this draw.",
        remedy=f"It held {len(assigning.draw.waiting)} cases; name one of their numbers.",
    )


def checks_of(assigning: Assigning, row: int) -> tuple[ReviewerCheck, ...]:
    """Return what stands for and against every reviewer of one case."""
    draw, index = assigning.draw, assigning.encoded.ties
    waiting = draw.waiting[row]
    ties: dict[str, list[Exclusion]] = {}
    for involved in involved_in(waiting.case):
        for exclusion in index.conflicts_with(involved):
            ties.setdefault(exclusion.reviewer, []).append(exclusion)
    return tuple(_check(draw, reviewer, waiting, ties.get(reviewer.id, [])) for reviewer in draw.reviewers)


def _check(draw: Draw, reviewer: Reviewer, waiting: Waiting, ties: list[Exclusion]) -> ReviewerCheck:
    load = draw.load_of(reviewer.id)
    return check_reviewer(
        reviewer,
        waiting.case,
        waiting.treatments,
        rules=draw.rules,
        on=draw.on,
        open_cases=load.open_cases,
        this_week=load.this_week,
        cleared=draw.cleared,
        # who states no interests is not in the index: that is an exclusion of its own
        conflicts=None if reviewer.interests is None else sort_conflicts(ties),
    )


def given_of(assigning: Assigning) -> Counter[str]:
    """Return how many of the waiting cases each reviewer was given."""
    return Counter(name for a in assigning.result.assigned for name in a.reviewers)


def _choices(assigning: Assigning, row: int, taken: Collection[str]) -> list[Choice]:
    """Return everybody who may have the case, the least dear first."""
    instance, encoded = assigning.instance, assigning.encoded
    mine = np.flatnonzero(instance.case == row)
    parts = cost_parts(encoded, slice(row, row + 1))
    given = given_of(assigning)
    room = np.bincount(instance.place_reviewer, minlength=instance.reviewers)
    found = []
    for pair in mine.tolist():
        number = int(instance.reviewer[pair])
        reviewer = assigning.draw.reviewers[number]
        has, is_taken = given[reviewer.id], reviewer.id in taken
        before = assigning.draw.load_of(reviewer.id).open_cases + has - is_taken
        costs = {words: int(cost) for words, cost in zip(PARTS, (p[0, number] for p in parts), strict=True)}
        costs["share of capacity"] = place_cost(assigning.draw.weights, reviewer, before)
        choice = Choice(
            reviewer=reviewer.id,
            fit=_FITS[int(encoded.fit[row, number])],
            costs={words: cost for words, cost in costs.items() if cost},
            difference=0,
            is_full=not is_taken and has >= int(room[number]),
            drawn=int(instance.tie[pair]),
        )
        found.append((sum(costs.values()), choice))
    return _with_differences(found, taken)


def _with_differences(found: list[tuple[int, Choice]], taken: Collection[str]) -> list[Choice]:
    """Return the choices with their differences to the dearest taken one, in their order."""
    paid = max((cost for cost, c in found if c.reviewer in taken), default=0)
    told = [
        Choice(
            reviewer=c.reviewer,
            fit=c.fit,
            costs=c.costs,
            difference=0 if c.reviewer in taken else cost - paid,
            is_full=c.is_full,
            drawn=c.drawn,
        )
        for cost, c in found
    ]
    return sorted(told, key=lambda c: (c.is_full, c.difference, c.drawn, c.reviewer))


def _because(looked: _Looked) -> list[str]:
    if not looked.taken:
        return ["Nobody has the case."]
    words = [_CLEAR]
    for check in looked.checks:
        if check.reviewer in looked.taken:
            words += [f"{check.reviewer}: {line}" for line in _of_reviewer(looked, check)]
    words.append(_of_draw(looked))
    if looked.equals:
        names = ", ".join(sorted((*looked.taken, *looked.equals)))
        words.append(f"Drawn with seed {looked.assigning.draw.seed} from equals: {names}.")
    return words


def _own_reasons(looked: _Looked, reviewer: str) -> tuple[str, ...]:
    """Return why one reviewer has a case, in words that this reviewer may read: nobody else is named."""
    own = next(check for check in looked.checks if check.reviewer == reviewer)
    words = [_CLEAR, *_of_reviewer(looked, own), _of_draw(looked)]
    if looked.equals:
        equals = len(looked.taken) + len(looked.equals)
        words.append(f"Drawn by lot from {equals} equals; the draw can be repeated.")
    return tuple(words)


def _of_reviewer(looked: _Looked, check: ReviewerCheck) -> list[str]:
    rules = looked.assigning.draw.rules
    licensed = "Licensed" if check.is_preferred_state else "Not licensed"
    found = [f"{fit.fit.value.capitalize()} specialty: {fit.reason}" for fit in check.fits]
    return [f"{licensed} in {rules.preferred_state} ({rules.citation}).", *found]


def _of_draw(looked: _Looked) -> str:
    return (
        f"Of {len(looked.choices)} reviewers who may have it, this is part of the cheapest assignment of all "
        f"{len(looked.assigning.draw.waiting)} cases together."
    )
