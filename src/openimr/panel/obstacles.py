"""Why nobody has a case: the fewest constraints in the way, and what would free it.

Source:
    House rule: every reason is told, and what would change the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from openimr.panel.assign import Assigning
from openimr.panel.encode import demands_of
from openimr.panel.explain import checks_of, row_of
from openimr.panel.select import ReviewerCheck
from openimr.panel.specialty import specialties_for
from openimr.terms.reviewer import Reviewer, SpecialtyFit, Unassignable

# Harder to remove further down; a tie and an earlier review cannot be removed.
_EASIEST_FIRST = (
    "CAPACITY",
    "WEEKLY_LOAD",
    "ABSENT",
    "POSSIBLE_CONFLICT",
    "INTERESTS",
    "HOURS",
    "YEARS",
    "BOARD",
    "LICENCE",
    "SPECIALTY",
    "DISCIPLINE",
    "QME",
    "CONFLICT",
    "CHOSEN_BEFORE",
    "REMAND",
)
_REMEDIES = {
    "CAPACITY": "one more place for {names}",
    "WEEKLY_LOAD": "one more case this week for {names}",
    "POSSIBLE_CONFLICT": "a person who clears the possible ties of {names}",
    "INTERESTS": "a statement of interests by {names}",
    "HOURS": "proof of the hours of practice of {names}",
    "YEARS": "proof of the years of practice of {names}",
    "BOARD": "a board certification in force, with its expiry, of {names}",
    "LICENCE": "an unrestricted licence in force, with its expiry, of {names}",
    "DISCIPLINE": "a check of discipline and exclusion lists of {names}",
    "QME": "a statement that {names} are no qualified medical evaluators",
    "CONFLICT": "reviewers without ties to the case beside {names}",
    "CHOSEN_BEFORE": "another reviewer than {names}, who were chosen for it before",
    "REMAND": "another reviewer than {names}, who reviewed it before",
}
_MOST_NAMES, _MOST_PARTS = 5, 3


def unassignable(assigning: Assigning, number: str) -> Unassignable:
    """Return why a case waits, with the smallest set of constraints in the way.

    Raises:
        AssignmentError: The case was not in the draw.
    """
    row = row_of(assigning, number)
    waiting = assigning.draw.waiting[row]
    checks = checks_of(assigning, row)
    reasons = tuple(e for c in checks for e in (*c.exclusions, *c.possible))
    free = [c.reviewer for c in checks if c.is_assignable]
    wanted = waiting.case.reviewers.count or 1
    if len(free) >= wanted:
        return Unassignable(
            case=number,
            reasons=reasons,
            in_the_way=("CAPACITY",) if wanted == 1 else ("CAPACITY", "INDEPENDENCE"),
            would_free=tuple(_places_needed(assigning, free, checks, wanted)),
        )
    smallest = min((_obstacles(c) for c in checks if not c.is_assignable), key=_order)
    near = [c for c in checks if _obstacles(c) == smallest]
    is_unfit = "SPECIALTY" in smallest
    return Unassignable(
        case=number,
        reasons=reasons,
        in_the_way=smallest,
        would_free=tuple(words for code in smallest for words in _remedies(code, near, assigning, row)),
        split=_split(checks) if is_unfit and len(waiting.treatments) > 1 else (),
    )


def _obstacles(check: ReviewerCheck) -> tuple[str, ...]:
    codes = {e.code for e in (*check.exclusions, *check.possible)}
    return tuple(sorted(codes, key=_EASIEST_FIRST.index))


def _order(codes: tuple[str, ...]) -> tuple[int, list[int]]:
    """Return how hard a set is to remove: fewest first, and of equals the easiest."""
    return len(codes), sorted((_EASIEST_FIRST.index(code) for code in codes), reverse=True)


def _places_needed(
    assigning: Assigning, free: Sequence[str], checks: Sequence[ReviewerCheck], wanted: int
) -> Iterator[str]:
    """Yield what makes room where all who may have the case have their places taken."""
    yield f"One more place for any of {_named(free)}."
    if wanted > 1:
        yield f"{wanted} reviewers who are independent of each other: {len(free)} may have the case."
    absent = [c.reviewer for c in checks if _obstacles(c) == ("ABSENT",)]
    yield from _returns(assigning, absent)


def _remedies(code: str, near: Sequence[ReviewerCheck], assigning: Assigning, row: int) -> Iterator[str]:
    names = [c.reviewer for c in near]
    if code == "ABSENT":
        yield from _returns(assigning, names)
    elif code == "SPECIALTY":
        fitting = specialties_for(demands_of(assigning.draw.waiting[row]))
        if fitting:
            yield f"A reviewer of one of these specialties: {', '.join(fitting)}."
        else:
            yield "No specialty of the table fits all disputes: split the case."
    else:
        words = _REMEDIES[code].format(names=_named(names))
        yield words[0].upper() + words[1:] + "."


def _returns(assigning: Assigning, names: Sequence[str]) -> Iterator[str]:
    """Yield the day from which the first of some absent reviewers is back."""
    reviewers = [r for r in assigning.draw.reviewers if r.id in set(names)]
    if reviewers:
        first = min(reviewers, key=lambda r: (_back(assigning, r), r.id))
        yield f"The return of {first.id} on {_back(assigning, first)}."


def _back(assigning: Assigning, reviewer: Reviewer) -> str:
    day = assigning.draw.on
    for absence in sorted(reviewer.absences, key=lambda a: a.first):
        if absence.first <= day <= absence.last:
            day = absence.last + timedelta(days=1)
    return str(day)


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {len(names) - _MOST_NAMES} others" if len(names) > _MOST_NAMES else shown


def _split(checks: Sequence[ReviewerCheck]) -> tuple[tuple[int, ...], ...]:
    """Return the fewest parts of a case, by dispute numbers, each of which somebody could have."""
    able = [c for c in checks if set(_obstacles(c)) <= {"SPECIALTY"}]
    fits = {frozenset(n for n, f in enumerate(c.fits, 1) if f.fit is not SpecialtyFit.NO) for c in able} - {
        frozenset()
    }
    whole = frozenset(range(1, len(checks[0].fits) + 1))
    ordered = sorted(fits, key=lambda part: (-len(part), sorted(part)))
    for count in range(2, _MOST_PARTS + 1):
        for parts in combinations(ordered, count):
            if frozenset().union(*parts) == whole:
                return _without_repeats(parts)
    return ()


def _without_repeats(parts: Sequence[frozenset[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the parts with each dispute in the first that holds it."""
    seen: set[int] = set()
    found = []
    for part in parts:
        found.append(tuple(sorted(part - seen)))
        seen |= part
    return tuple(p for p in found if p)
