"""Is a reviewer tied to anybody in a case: found ties, and possible ones for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openimr.law.qualifications import ReviewerRules
from openimr.panel.names import NameMatch, compare_names
from openimr.terms.case import Case
from openimr.terms.reviewer import Exclusion, Interest, InterestKind, Reviewer

_BY_SHARE = (InterestKind.FINANCIAL, InterestKind.OWNERSHIP)
# Money from one firm and a seat on one panel say little about the group behind them.
_DIRECT_ONLY = (InterestKind.FINANCIAL, InterestKind.PANEL)
CERTAIN, POSSIBLE = "CONFLICT", "POSSIBLE_CONFLICT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Whom a reviewer is (no ``interest``) or is tied to; ``is_step`` is through a group."""

    reviewer: str
    name: str | None
    ids: tuple[str, ...]
    interest: Interest | None = None
    is_step: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """Somebody whom a case is about: the part played, the name, the identifier."""

    role: str
    name: str | None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """What ties a reviewer to a case; ``possible`` ones go to a person."""

    certain: tuple[Exclusion, ...]
    possible: tuple[Exclusion, ...]


def involved_in(case: Case) -> tuple[Involved, ...]:
    """Return everybody of a case to whom a reviewer must not be tied, groups included.

    Source:
        Lab. Code 139.5(c)(2) and (d)(5), the union of both lists.
    """
    parties, provider = case.parties, case.provider
    found: list[tuple[str, str | None, str | None]] = []
    for role, party in (
        ("employer", parties.employer),
        ("claims administrator", parties.payer),
        ("insurer", parties.insurer),
        ("utilization review organization", parties.ur_organization),
        ("utilization reviewer", parties.ur_reviewer),
        ("attorney of the employee", parties.attorney),
    ):
        if party is not None:
            found.append((role, party.name, party.id))
            if party.group:
                found.append((f"group of the {role}", party.group, None))
    found.append(("requesting physician", provider.name, provider.npi))
    found.append(("group of the requesting physician", provider.group, None))
    found.append(("facility of the requesting physician", provider.facility, None))
    found.append(("employee", case.patient.name, case.patient.id))
    for number, dispute in enumerate(case.disputes, 1):
        found.append((f"facility of item {number}", dispute.facility, None))
        found.append((f"maker of item {number}", dispute.maker, None))
    return tuple(Involved(role=r, name=n, id=i) for r, n, i in dict.fromkeys(found) if n or i)


def ties_of(reviewer: Reviewer) -> tuple[Tie, ...]:
    """Return whom a reviewer is or is tied to, directly and by one step.

    Source:
        Lab. Code 139.5(d)(6): a tie through a group, a practice or the family counts.
    """
    own = tuple(i for i in (reviewer.id, reviewer.npi) if i)
    found = [Tie(reviewer=reviewer.id, name=reviewer.name, ids=own)]
    for interest in reviewer.interests or ():
        ids = (interest.id,) if interest.id else ()
        found.append(Tie(reviewer=reviewer.id, name=interest.name, ids=ids, interest=interest))
        if interest.group:
            found.append(
                Tie(reviewer=reviewer.id, name=interest.group, ids=(), interest=interest, is_step=True)
            )
    return tuple(found)


def find_conflicts(reviewer: Reviewer, case: Case, rules: ReviewerRules, on: date) -> Conflicts:
    """Return the ties of a reviewer to a case on a day, found and possible.

    A match by identifier or by name in one spelling is a conflict. A similar
    name, a tie of the past or the future, an income share that is not
    material, a relative whom the law does not name, and equal names with
    different identifiers are possible conflicts: they go to a person, never
    silently either way. Interests that were never asked for count as a conflict.

    Source:
        Lab. Code 139.5(c)(2), (d)(5)-(6).
    """
    if reviewer.interests is None:
        return Conflicts(certain=(unstated(reviewer, rules),), possible=())
    ties = ties_of(reviewer)
    found = (judge_tie(tie, involved, rules, on) for involved in involved_in(case) for tie in ties)
    return sort_conflicts(e for e in found if e is not None)


def sort_conflicts(found: Iterable[Exclusion]) -> Conflicts:
    """Return conflicts by whether they are certain, each once.

    Source:
        As ``find_conflicts``.
    """
    kept = tuple(dict.fromkeys(found))
    return Conflicts(
        certain=tuple(e for e in kept if e.code == CERTAIN),
        possible=tuple(e for e in kept if e.code == POSSIBLE),
    )


def unstated(reviewer: Reviewer, rules: ReviewerRules) -> Exclusion:
    """Return the exclusion of a reviewer who was never asked for interests.

    Source:
        Lab. Code 139.5(d)(5): the absence of ties must be known.
    """
    reason = "The interests of the reviewer are not stated."
    return Exclusion(reviewer=reviewer.id, code="INTERESTS", reason=reason, citation=rules.conflict_citation)


def judge_tie(tie: Tie, involved: Involved, rules: ReviewerRules, on: date) -> Exclusion | None:
    """Return the conflict, certain or possible, that a tie is with somebody in a case, or None.

    Source:
        Lab. Code 139.5(d)(5)-(6).
    """
    match, why = _same(tie, involved)
    if match is NameMatch.NO:
        return None
    if tie.interest is None:
        words = f"The reviewer is the {involved.role}."
        if match is NameMatch.POSSIBLE:
            words = f"The reviewer may be the {involved.role}: {why}."
    else:
        weak = _weakness(tie, rules, on)
        if weak is not None and match is NameMatch.SAME:
            match, why = NameMatch.POSSIBLE, weak
        through = f"{tie.interest.name} of {tie.name}" if tie.is_step else tie.interest.name
        words = f"{tie.interest.kind.value.capitalize()} tie to {through}: the {involved.role} ({why})."
    return Exclusion(
        reviewer=tie.reviewer,
        code=CERTAIN if match is NameMatch.SAME else POSSIBLE,
        reason=words,
        citation=rules.conflict_citation,
    )


def _same(tie: Tie, involved: Involved) -> tuple[NameMatch, str]:
    if involved.id is not None and involved.id in tie.ids:
        return NameMatch.SAME, "same identifier"
    if involved.name is None or tie.name is None:
        return NameMatch.NO, ""
    match = compare_names(tie.name, involved.name)
    if match is NameMatch.POSSIBLE:
        return match, "similar names" if tie.interest is None else "similar name"
    if match is NameMatch.SAME and _differ(tie, involved.id):
        return NameMatch.POSSIBLE, "same name, other identifier"
    return match, "same name"


def _differ(tie: Tie, other: str | None) -> bool:
    """Whether identifiers of one kind are known of both; a reviewer's own one here is no kind."""
    kinds = {is_npi(i) for i in tie.ids if tie.interest is not None or is_npi(i)}
    return other is not None and is_npi(other) in kinds


def is_npi(identifier: str) -> bool:
    """Return whether an identifier has the form of a national provider identifier: ten digits.

    Source:
        The National Provider Identifier of the Social Security Act, title XI.
    """
    return len(identifier) == 10 and identifier.isdigit()


def _weakness(tie: Tie, rules: ReviewerRules, on: date) -> str | None:
    """Why a tie may be none: its time, its share of income, how near the relative is."""
    interest = tie.interest
    if interest is None:
        return None
    if interest.until is not None and interest.until < on:
        return f"ended on {interest.until}"
    if interest.since is not None and interest.since > on:
        return f"begins on {interest.since}"
    share = interest.share_pct
    if interest.kind in _BY_SHARE and share is not None and share <= rules.material_income_pct:
        return f"{share:g} % of yearly income, not more than {rules.material_income_pct:g} %"
    relation = interest.relation
    if interest.kind is InterestKind.FAMILY and relation and relation not in rules.conflict_family:
        return f"{relation} is none of the relations that the law names"
    if tie.is_step and interest.kind in _DIRECT_ONLY:
        return "same group, one step away"
    return None
