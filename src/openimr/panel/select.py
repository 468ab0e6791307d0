"""Check every reviewer against a case, and select one: hard rules first, then preferences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from openimr.law.qualifications import ReviewerRules
from openimr.panel.conflicts import Conflicts, find_conflicts
from openimr.panel.credentials import availability_exclusions, credential_exclusions, is_licensed_in
from openimr.panel.specialty import Fit, rank, specialty_fit
from openimr.terms.case import Case
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Assignment, Exclusion, Panel, Reviewer, SpecialtyFit, Unassignable
from openimr.terms.treatment import Treatment

_REMAND = "Cal. Lab. Code § 4610.6(i)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerCheck:
    """What stands for and against one reviewer of one case.

    ``exclusions`` are hard; ``possible`` are ties that a person has to judge.
    """

    reviewer: str
    exclusions: tuple[Exclusion, ...]
    possible: tuple[Exclusion, ...]
    fit: SpecialtyFit
    fits: tuple[Fit, ...]
    is_preferred_state: bool
    open_cases: int

    @property
    def is_assignable(self) -> bool:
        """Whether nothing, certain or possible, stands against the reviewer."""
        return not self.exclusions and not self.possible


def check_reviewer(
    reviewer: Reviewer,
    case: Case,
    treatments: Sequence[Treatment],
    *,
    rules: ReviewerRules,
    on: date,
    open_cases: int = 0,
    this_week: int = 0,
    cleared: Collection[Exclusion] = (),
    conflicts: Conflicts | None = None,
) -> ReviewerCheck:
    """Return everything that stands for and against a reviewer of a case.

    Args:
        reviewer: The physician.
        case: The case.
        treatments: Its disputed treatments, read from their requests.
        rules: What the law asks of a reviewer on the day.
        on: The day of the assignment.
        open_cases: How many cases the reviewer has already.
        this_week: How many of them came this week.
        cleared: Possible conflicts that a person looked into and found to be none.
        conflicts: The ties of the reviewer to the case, if they were found already.

    Source:
        Lab. Code 139.5(c)(2), (d)(4)-(6); the promise of the letters.
    """
    if conflicts is None:
        conflicts = find_conflicts(reviewer, case, rules, on)
    fit, fits = specialty_fit(reviewer, treatments, case, on)
    unfit = tuple(
        Exclusion(reviewer=reviewer.id, code="SPECIALTY", reason=f.reason, citation=rules.practice_citation)
        for f in fits
        if f.fit is SpecialtyFit.NO
    )
    return ReviewerCheck(
        reviewer=reviewer.id,
        exclusions=(
            *credential_exclusions(reviewer, rules, on),
            *availability_exclusions(reviewer, on, open_cases=open_cases, this_week=this_week),
            *earlier_reviewers(case, reviewer.id),
            *conflicts.certain,
            *unfit,
        ),
        possible=tuple(p for p in conflicts.possible if p not in cleared),
        fit=fit,
        fits=fits,
        is_preferred_state=is_licensed_in(reviewer, rules.preferred_state, on),
        open_cases=open_cases,
    )


def earlier_reviewers(case: Case, reviewer: str) -> tuple[Exclusion, ...]:
    """Return the exclusion of one who reviewed the case before it was sent back, or had it before.

    Source:
        Lab. Code 4610.6(i): another reviewer reviews a case that comes back.
    """
    if reviewer not in case.reviewers.earlier:
        if reviewer not in case.reviewers.chosen_before:
            return ()
        reason = "Was chosen for the case before: has it, declined it, or was taken off it."
        return (Exclusion(reviewer=reviewer, code="CHOSEN_BEFORE", reason=reason),)
    reason = "Reviewed the case before it was sent back."
    return (Exclusion(reviewer=reviewer, code="REMAND", reason=reason, citation=_REMAND),)


def select_reviewer(
    case: Case,
    treatments: Sequence[Treatment],
    panel: Panel,
    *,
    rules: ReviewerRules,
    on: date,
    seed: int,
    open_cases: Mapping[str, int] | None = None,
    cleared: Collection[Exclusion] = (),
) -> Assignment | Unassignable:
    """Return who reviews a case and why, or why nobody may.

    Hard rules are never broken. Among those left the licence of the preferred
    State comes first, then the fit, then the share of capacity in use; equals
    are drawn with the seed. The order of the panel does not matter.

    Args:
        case: The case.
        treatments: Its disputed treatments, read from their requests.
        panel: The reviewers.
        rules: What the law asks of a reviewer on the day.
        on: The day of the assignment.
        seed: Repeats the draw between equals; the caller draws and stores it.
        open_cases: Cases that reviewers have already, by id; none where absent.
        cleared: Possible conflicts that a person found to be none.

    Raises:
        AssignmentError: The case has no disputed treatment.

    Source:
        Lab. Code 139.5(d)(3) (fair and impartial selection), (d)(4)(B)
        (California preference), (d)(5)-(6).
    """
    if not treatments:
        raise AssignmentError(
            asked=f"Select a reviewer for {case.case.number}",
            found="the case has no disputed treatment that a specialty could fit.",
            remedy="Add the [[dispute]] tables of the case.",
        )
    loads = open_cases or {}
    reviewers = {r.id: r for r in panel.reviewer}
    checks = [
        check_reviewer(
            reviewers[name],
            case,
            treatments,
            rules=rules,
            on=on,
            open_cases=loads.get(name, 0),
            cleared=cleared,
        )
        for name in sorted(reviewers)
    ]
    free = [c for c in checks if c.is_assignable]
    if not free:
        reasons = tuple(e for c in checks for e in (*c.exclusions, *c.possible))
        return Unassignable(case=case.case.number, reasons=reasons)
    return _assignment(checks, free, reviewers, rules, seed)


def _assignment(
    checks: Sequence[ReviewerCheck],
    free: Sequence[ReviewerCheck],
    reviewers: Mapping[str, Reviewer],
    rules: ReviewerRules,
    seed: int,
) -> Assignment:
    costs = {c.reviewer: _cost(c, reviewers[c.reviewer]) for c in free}
    lowest = min(costs.values())
    equals = [c for c in free if costs[c.reviewer] == lowest]
    chosen = Random(seed).choice(equals)
    others = sorted((c for c in free if c is not chosen), key=lambda c: (costs[c.reviewer], c.reviewer))
    return Assignment(
        reviewer=chosen.reviewer,
        fit=chosen.fit,
        because=(*_because(chosen, rules), *_drawn(equals, seed)),
        excluded=tuple(e for c in checks for e in c.exclusions),
        alternatives=tuple(c.reviewer for c in others),
        possible_conflicts=tuple(p for c in checks for p in c.possible),
        seed=seed,
    )


def _cost(check: ReviewerCheck, reviewer: Reviewer) -> tuple[int, int, float]:
    """Return what is compared, the lowest first: State, fit, share of capacity in use."""
    return (
        0 if check.is_preferred_state else 1,
        rank(check.fit),
        check.open_cases / (reviewer.capacity or 1),
    )


def _because(check: ReviewerCheck, rules: ReviewerRules) -> tuple[str, ...]:
    state = (
        f"Licensed in {rules.preferred_state}, which the law prefers ({rules.citation})."
        if check.is_preferred_state
        else f"Nobody left is licensed in {rules.preferred_state}, which the law prefers."
    )
    return (
        "Every credential is in force and no tie to anybody in the case was found.",
        state,
        *(f"{f.fit.value.capitalize()} specialty: {f.reason}" for f in check.fits),
        f"Open cases before this one: {check.open_cases}.",
    )


def _drawn(equals: Sequence[ReviewerCheck], seed: int) -> tuple[str, ...]:
    if len(equals) == 1:
        return ()
    return (f"Drawn with seed {seed} between equals: {', '.join(c.reviewer for c in equals)}.",)
