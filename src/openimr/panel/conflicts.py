"""Is a reviewer tied to anybody in a case: found ties, and possible ones for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openimr.law.qualifications import ReviewerRules
from openimr.panel.names import NameMatch, compare_names
from openimr.terms.case import Case, Party
from openimr.terms.reviewer import Exclusion, Interest, InterestKind, Reviewer

_BY_SHARE = (InterestKind.FINANCIAL, InterestKind.OWNERSHIP)


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
    parties = case.parties
    found: list[Involved] = []
    for role, party in (
        ("employer", parties.employer),
        ("claims administrator", parties.payer),
        ("insurer", parties.insurer),
        ("utilization review organization", parties.ur_organization),
        ("utilization reviewer", parties.ur_reviewer),
        ("attorney of the employee", parties.attorney),
    ):
        found.extend(_party(role, party))
    provider = case.provider
    found.append(Involved(role="requesting physician", name=provider.name, id=provider.npi))
    found.append(Involved(role="group of the requesting physician", name=provider.group))
    found.append(Involved(role="facility of the requesting physician", name=provider.facility))
    found.append(Involved(role="employee", name=case.patient.name, id=case.patient.id))
    for number, dispute in enumerate(case.disputes, 1):
        found.append(Involved(role=f"facility of item {number}", name=dispute.facility))
        found.append(Involved(role=f"maker of item {number}", name=dispute.maker))
    return tuple(dict.fromkeys(i for i in found if i.name or i.id))


def _party(role: str, party: Party | None) -> Iterator[Involved]:
    if party is not None:
        yield Involved(role=role, name=party.name, id=party.id)
        if party.group:
            yield Involved(role=f"group of the {role}", name=party.group)


def find_conflicts(reviewer: Reviewer, case: Case, rules: ReviewerRules, on: date) -> Conflicts:
    """Return the ties of a reviewer to a case on a day, found and possible.

    A match by identifier or by name in one spelling is a conflict. A similar
    name, a tie of the past or the future, an income share that is not
    material, and equal names with different
    identifiers are possible conflicts: they go to a person, never silently
    either way. Interests that were never asked for count as a conflict.

    Source:
        Lab. Code 139.5(c)(2), (d)(5)-(6).
    """
    if reviewer.interests is None:
        reason = "The interests of the reviewer are not stated."
        unknown = Exclusion(
            reviewer=reviewer.id, code="INTERESTS", reason=reason, citation=rules.conflict_citation
        )
        return Conflicts(certain=(unknown,), possible=())
    certain: list[Exclusion] = []
    possible: list[Exclusion] = []
    for involved in involved_in(case):
        match, words = _self_match(reviewer, involved)
        _sort(match, words, reviewer, rules, certain, possible)
        for interest in reviewer.interests:
            match, words = _interest_match(interest, involved, rules, on)
            _sort(match, words, reviewer, rules, certain, possible)
    return Conflicts(certain=tuple(dict.fromkeys(certain)), possible=tuple(dict.fromkeys(possible)))


def _sort(
    match: NameMatch,
    words: str,
    reviewer: Reviewer,
    rules: ReviewerRules,
    certain: list[Exclusion],
    possible: list[Exclusion],
) -> None:
    if match is NameMatch.NO:
        return
    is_certain = match is NameMatch.SAME
    (certain if is_certain else possible).append(
        Exclusion(
            reviewer=reviewer.id,
            code="CONFLICT" if is_certain else "POSSIBLE_CONFLICT",
            reason=words,
            citation=rules.conflict_citation,
        )
    )


def _self_match(reviewer: Reviewer, involved: Involved) -> tuple[NameMatch, str]:
    """Whether the reviewer is that person: the physician, the utilization reviewer, the employee."""
    words = f"The reviewer is the {involved.role}."
    if involved.id is not None and involved.id == reviewer.id:
        return NameMatch.SAME, words
    if reviewer.name is None or involved.name is None:
        return NameMatch.NO, ""
    match = compare_names(reviewer.name, involved.name)
    return (
        match,
        words if match is NameMatch.SAME else f"The reviewer may be the {involved.role}: similar names.",
    )


def _interest_match(
    interest: Interest, involved: Involved, rules: ReviewerRules, on: date
) -> tuple[NameMatch, str]:
    words = f"{interest.kind.value.capitalize()} tie to {interest.name}: the {involved.role}"
    match, why = _same(interest, involved)
    if match is NameMatch.NO:
        return match, ""
    weak = _weakness(interest, rules, on)
    if weak is not None and match is NameMatch.SAME:
        match, why = NameMatch.POSSIBLE, weak
    return match, f"{words} ({why})."


def _same(interest: Interest, involved: Involved) -> tuple[NameMatch, str]:
    both_ids = interest.id is not None and involved.id is not None
    if both_ids and interest.id == involved.id:
        return NameMatch.SAME, "same identifier"
    if involved.name is None:
        return NameMatch.NO, ""
    match = compare_names(interest.name, involved.name)
    if match is NameMatch.SAME:
        return (NameMatch.POSSIBLE, "same name, other identifier") if both_ids else (match, "same name")
    return match, "similar name"


def _weakness(interest: Interest, rules: ReviewerRules, on: date) -> str | None:
    """Why a tie may be none: its time, or its share of income."""
    if interest.until is not None and interest.until < on:
        return f"ended on {interest.until}"
    if interest.since is not None and interest.since > on:
        return f"begins on {interest.since}"
    share = interest.share_pct
    if interest.kind in _BY_SHARE and share is not None and share <= rules.material_income_pct:
        return f"{share:g} % of yearly income, not more than {rules.material_income_pct:g} %"
    return None
