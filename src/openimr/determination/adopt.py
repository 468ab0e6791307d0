"""From a draft and a physician's decisions to a determination. Nothing else makes one."""

from __future__ import annotations

from datetime import date

from openimr.determination.reading_grade import reading_grade
from openimr.terms.determination import (
    Adoption,
    Decision,
    Determination,
    DeterminedDispute,
    Draft,
    DraftDispute,
)
from openimr.terms.errors import CaseError
from openimr.terms.letter import Outcome

REQUIRED_ATTESTS = ("no_conflict", "qualified", "read_the_file")


def adopt(
    draft: Draft, adoption: Adoption, *, assigned_to: str, assigned_on: date | None = None
) -> Determination:
    """Return the determination that a physician adopted.

    Outcomes and reasons are the physician's; what software had drafted is
    kept beside them.

    Args:
        draft: What software prepared.
        adoption: The physician's decisions.
        assigned_to: The reviewer to whom the case was assigned.
        assigned_on: The day of the assignment, before which nobody can adopt; None where it is not known.

    Raises:
        CaseError: Another reviewer adopts, or before the assignment, an
            attestation is missing, a dispute is undecided, decided twice or
            unknown, a rationale is empty, what is necessary is not stated
            where the denial falls in part or stated where it does not, a
            changed finding names no criterion of the draft, what is confirmed
            was not to be confirmed, or a criterion that is only recalled is
            answered otherwise without having been confirmed.
    """
    _check_reviewer(draft, adoption, assigned_to)
    _check_day(draft, adoption, assigned_on)
    _check_confirmed(draft, adoption)
    decisions = _by_dispute(draft, adoption)
    text = adoption.summary.text
    drafted = " ".join(s.text for s in draft.summary)
    return Determination(
        case_number=draft.case_number,
        reviewer=adoption.reviewer,
        adopted_on=adoption.adopted_on,
        summary=text if text is not None else drafted,
        summary_changed=text is not None and text != drafted,
        disputes=tuple(_decided(dispute, decisions[dispute.number]) for dispute in draft.disputes),
        drafted=draft,
        confirmed=adoption.confirmed,
    )


def _check_confirmed(draft: Draft, adoption: Adoption) -> None:
    unknown = sorted(set(adoption.confirmed) - set(draft.to_confirm))
    if unknown:
        raise CaseError(
            asked=f"Confirm what the library only recalls, in case {draft.case_number}",
            found=f"the draft uses no recalled criterion or topic named {', '.join(unknown)}.",
            remedy=f"To be confirmed are: {', '.join(draft.to_confirm) or 'none'}.",
        )
    changed = {c.criterion for d in adoption.decision for c in d.findings_changed}
    unconfirmed = sorted(changed & set(draft.to_confirm) - set(adoption.confirmed))
    if unconfirmed:
        raise CaseError(
            asked=f"Change the answer to {', '.join(unconfirmed)}",
            found="the library only recalls it, and it was not confirmed at its source.",
            remedy='Read it in the guideline, then name it in adoption.toml under confirmed = ["..."].',
        )


def _check_reviewer(draft: Draft, adoption: Adoption, assigned_to: str) -> None:
    if adoption.reviewer != assigned_to:
        raise CaseError(
            asked=f"Adopt the determination of case {draft.case_number}",
            found=f"reviewer {adoption.reviewer} adopts, but the case was assigned to {assigned_to}.",
            remedy="Only the assigned reviewer may adopt; correct adoption.toml or assign the case anew.",
        )
    missing = [a for a in REQUIRED_ATTESTS if a not in adoption.attests]
    if missing:
        raise CaseError(
            asked=f"Adopt the determination of case {draft.case_number}",
            found=f"the reviewer does not attest {', '.join(missing)}.",
            remedy="A determination needs all of: " + ", ".join(REQUIRED_ATTESTS) + ".",
        )


def _check_day(draft: Draft, adoption: Adoption, assigned_on: date | None) -> None:
    if assigned_on is not None and adoption.adopted_on < assigned_on:
        raise CaseError(
            asked=f"Adopt the determination of case {draft.case_number}",
            found=f"it is adopted on {adoption.adopted_on}, before the assignment of {assigned_on}.",
            remedy="Correct adopted_on in adoption.toml, or the dates of the case.",
        )


def _by_dispute(draft: Draft, adoption: Adoption) -> dict[int, Decision]:
    known = {d.number for d in draft.disputes}
    decisions: dict[int, Decision] = {}
    for decision in adoption.decision:
        if decision.dispute not in known:
            raise _undecided(draft, f"it decides dispute {decision.dispute}, which the case does not have.")
        if decision.dispute in decisions:
            raise _undecided(draft, f"it decides dispute {decision.dispute} twice.")
        if not decision.rationale.strip():
            raise _undecided(draft, f"the rationale of dispute {decision.dispute} is empty.")
        decisions[decision.dispute] = decision
    undecided = sorted(known - set(decisions))
    if undecided:
        raise _undecided(draft, f"it does not decide dispute {', '.join(map(str, undecided))}.")
    return decisions


def _undecided(draft: Draft, found: str) -> CaseError:
    return CaseError(
        asked=f"Read the adoption of case {draft.case_number}",
        found=found,
        remedy="adoption.toml needs one [[decision]] with a rationale for each dispute of the case.",
    )


def _decided(drafted: DraftDispute, decision: Decision) -> DeterminedDispute:
    if decision.necessary is not None and decision.outcome is not Outcome.OVERTURNED_IN_PART:
        raise CaseError(
            asked=f"Decide dispute {drafted.number}",
            found=f"it states what is necessary in part, and the denial is {decision.outcome.value}.",
            remedy="State a quantity only where the denial is overturned in part.",
        )
    if decision.outcome is Outcome.OVERTURNED_IN_PART and not (decision.necessary or "").strip():
        raise CaseError(
            asked=f"Decide dispute {drafted.number}",
            found="the denial is overturned in part, and it does not state which part is necessary.",
            remedy='State it in adoption.toml: necessary = "30 tablets".',
        )
    asked = {f.criterion for e in drafted.evaluations for f in e.findings}
    for change in decision.findings_changed:
        if change.criterion not in asked:
            raise CaseError(
                asked=f"Change a finding of dispute {drafted.number}",
                found=f"the draft has no criterion {change.criterion!r}.",
                remedy=f"Its criteria are: {', '.join(sorted(asked)) or 'none'}.",
            )
    return DeterminedDispute(
        number=drafted.number,
        request=drafted.request,
        outcome=decision.outcome,
        rationale=decision.rationale,
        citations=decision.citations,
        drafted=drafted,
        findings_changed=decision.findings_changed,
        reading_grade=reading_grade(decision.rationale),
        necessary=decision.necessary,
    )
