"""Assign all waiting cases at once, and say for each why.

Source:
    Lab. Code 139.5(d)(3) (fair and impartial selection), (d)(4)(B) (preference of the
    State), (d)(5)-(6) (no ties). Hard rules are never weighed; the weights of preferences
    are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.law.qualifications import ReviewerRules
from openimr.panel.encode import Draw, Encoded, Load, Waiting, Weights, encode
from openimr.panel.fair import solve_fair
from openimr.panel.flow import Instance, is_small_enough
from openimr.panel.solve import Solution, solve
from openimr.terms.case import Case
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Exclusion, Panel
from openimr.vocabulary.requests import parse_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A case and its reviewers, in the order of ids; one but where several were asked for."""

    case: str
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A minimum load that the waiting cases could not fill."""

    reviewer: str
    minimum: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a draw came to.

    Attributes:
        assigned: In the order of case numbers.
        waiting: Cases that nobody could take beside the others.
        shortfalls: Minimum loads that could not be filled.
        cost: All pairs and places together, in the units of the weights.
        worst: The highest cost of the pairs of one case.
        worst_bound: No assignment has a lower ``worst``; only with fairness.
    """

    assigned: tuple[Assigned, ...]
    waiting: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    cost: int
    worst: int
    worst_bound: int | None = None

    def reviewers_of(self, case: str) -> tuple[str, ...]:
        """Return the reviewers of a case, none where it waits."""
        return next((a.reviewers for a in self.assigned if a.case == case), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """A draw with its arrays and its result, from which it is explained."""

    encoded: Encoded
    instance: Instance
    result: Result

    @property
    def draw(self) -> Draw:
        """What was drawn from, in the order of numbers and ids."""
        return self.encoded.draw


def waiting_case(case: Case, due_on: date | None = None) -> Waiting:
    """Return a case as it waits: its requests read, and the day on which it is due."""
    return Waiting(
        case=case, treatments=tuple(parse_request(d.request) for d in case.disputes), due_on=due_on
    )


def assign_cases(
    waiting: Sequence[Waiting],
    panel: Panel,
    *,
    rules: ReviewerRules,
    on: date,
    seed: int,
    loads: Mapping[str, Load] | None = None,
    cleared: Collection[Exclusion] = (),
    weights: Weights | None = None,
    is_fair: bool = False,
) -> Assigning:
    """Return who reviews each of the waiting cases, together at the lowest cost.

    No rule and no tie is ever broken. As many cases as possible are served,
    the urgent and the late ones first. Another case that comes in changes an
    assignment only along one chain of reviewers, each of whom hands over one case.

    Args:
        waiting: The cases, all of the programme of ``rules``.
        panel: The reviewers.
        rules: What the law asks of a reviewer on the day.
        on: The day of the assignment.
        seed: Repeats the draw between equals; the caller draws and stores it.
        loads: What reviewers have already, by id; nothing where absent.
        cleared: Possible conflicts that a person found to be none.
        weights: What preferences cost.
        is_fair: Serve the worst case as well as possible before all others.

    Raises:
        AssignmentError: A number or an id stands twice, a case has no disputes or is
            of another programme, or the panel is empty.
    """
    draw = Draw(
        waiting=tuple(waiting),
        reviewers=panel.reviewer,
        rules=rules,
        on=on,
        seed=seed,
        loads=dict(loads or {}),
        cleared=frozenset(cleared),
        weights=weights or Weights(),
    )
    return assign_draw(draw, is_fair=is_fair)


def assign_draw(draw: Draw, *, is_fair: bool = False) -> Assigning:
    """Return the result of a draw; see ``assign_cases``.

    Raises:
        AssignmentError: As ``assign_cases``.
    """
    _check(draw)
    encoded, instance = encode(draw)
    if not is_small_enough(instance):
        raise AssignmentError(
            asked=f"Assign {len(draw.waiting)} cases",
            found="the costs of so many cases together are too high to be added exactly.",
            remedy="Lower the weights, or assign the cases in parts.",
        )
    if is_fair and len(instance.apart):
        raise AssignmentError(
            asked="Assign with fairness",
            found="a case wants several independent reviewers, which fairness does not look at.",
            remedy="Assign without fairness, or that case by itself.",
        )
    found = solve_fair(instance) if is_fair else solve(instance)
    return Assigning(encoded=encoded, instance=instance, result=_result(encoded.draw, instance, found))


def _result(draw: Draw, instance: Instance, found: Solution) -> Result:
    given: dict[int, list[str]] = {}
    for case, reviewer in zip(
        instance.case[found.taken].tolist(), instance.reviewer[found.taken].tolist(), strict=True
    ):
        given.setdefault(case, []).append(draw.reviewers[reviewer].id)
    wanted, reached = instance.least.tolist(), found.least.tolist()
    return Result(
        assigned=tuple(
            Assigned(case=draw.waiting[case].number, reviewers=tuple(sorted(names)))
            for case, names in sorted(given.items())
        ),
        waiting=tuple(draw.waiting[case].number for case in found.waiting.tolist()),
        shortfalls=tuple(
            Shortfall(reviewer=draw.reviewers[n].id, minimum=wanted[n], given=reached[n])
            for n in range(len(wanted))
            if reached[n] < wanted[n]
        ),
        cost=found.cost,
        worst=found.worst,
        worst_bound=found.bound,
    )


def _check(draw: Draw) -> None:
    """Refuse a draw whose answer would mean nothing."""
    asked = f"Assign {len(draw.waiting)} cases"
    if not draw.reviewers:
        raise AssignmentError(
            asked=asked, found="the panel lists no reviewers.", remedy="Add reviewers to the panel."
        )
    names = [w.number for w in draw.waiting], [r.id for r in draw.reviewers]
    for words, found in zip(("cases have the number", "reviewers have the id"), names, strict=True):
        twice = sorted(name for name, count in Counter(found).items() if count > 1)
        if twice:
            raise AssignmentError(
                asked=asked,
                found=f"several {words} {', '.join(twice)}.",
                remedy="Give each one of its own.",
            )
    for waiting in draw.waiting:
        if (waiting.case.reviewers.count or 1) < 1:
            raise AssignmentError(
                asked=asked,
                found=f"{waiting.number} wants {waiting.case.reviewers.count} reviewers.",
                remedy="State one or more, or leave [reviewers] count out.",
            )
        if not waiting.treatments:
            raise AssignmentError(
                asked=asked,
                found=f"{waiting.number} has no disputed treatment that a specialty could fit.",
                remedy="Add the [[dispute]] tables of the case.",
            )
        if waiting.case.case.programme != draw.rules.programme:
            raise AssignmentError(
                asked=asked,
                found=f"{waiting.number} is of {waiting.case.case.programme}, not {draw.rules.programme}.",
                remedy="Assign the cases of each programme by themselves.",
            )
