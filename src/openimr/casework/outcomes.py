"""What several reviewers come to: the majority, and what the law says of an even split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from openimr.casework.case_state import CaseState
from openimr.casework.figures import even_split_is_for_treatment
from openimr.casework.moments import day_of
from openimr.terms.letter import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOutcome:
    """What one dispute (numbered from 1) came to, and how the reviewers voted.

    ``because`` says how it was reached where they differ; each analysis is
    then disclosed.
    """

    dispute: int
    outcome: Outcome
    votes: tuple[Outcome, ...]
    because: str | None = None


def outcomes(state: CaseState) -> tuple[DisputeOutcome, ...]:
    """Return what each live dispute came to; nothing before every reviewer has adopted.

    Raises:
        LawError: The reviewers differ, and the programme has no rule for it.

    Source:
        Lab. Code 4610.6(e)-(f); 8 CCR 9792.10.6(c).
    """
    if not state.is_adopted:
        return ()
    adopted = [v for s in state.seats if (v := state.version_of(s.reviewer)) is not None]
    on = day_of(max(v.adopted_at for v in adopted))
    found = []
    for number in state.live:
        votes = tuple(d.outcome for v in adopted for d in v.adoption.decision if d.dispute == number)
        differ = len(set(votes)) > 1
        for_treatment = even_split_is_for_treatment(state.case, on) if differ else True
        outcome = combined(votes, even_split_for_treatment=for_treatment)
        told = _told(votes, outcome) if differ else None
        found.append(DisputeOutcome(dispute=number, outcome=outcome, votes=votes, because=told))
    return tuple(found)


def combined(votes: Sequence[Outcome], *, even_split_for_treatment: bool) -> Outcome:
    """Return what the votes of several reviewers come to.

    A vote for a part supports that part, a vote for the whole supports part
    and rest. Each is provided where more than half support it, or exactly
    half and an even split is for the treatment. So two against one for a part
    gives the part, and no vote is lost.

    Example:
        >>> combined([Outcome.UPHELD, Outcome.OVERTURNED], even_split_for_treatment=True).value
        'overturned'
        >>> combined(
        ...     [Outcome.UPHELD, Outcome.OVERTURNED, Outcome.OVERTURNED_IN_PART],
        ...     even_split_for_treatment=True,
        ... ).value
        'overturned_in_part'
    """
    whole = sum(v is Outcome.OVERTURNED for v in votes)
    part = sum(v is not Outcome.UPHELD for v in votes)

    def provided(support: int) -> bool:
        share = Fraction(support, len(votes))
        return share > Fraction(1, 2) or (share == Fraction(1, 2) and even_split_for_treatment)

    if provided(whole):
        return Outcome.OVERTURNED
    return Outcome.OVERTURNED_IN_PART if provided(part) else Outcome.UPHELD


def _told(votes: Sequence[Outcome], outcome: Outcome) -> str:
    counts = ", ".join(f"{votes.count(o)} {o.value.replace('_', ' ')}" for o in Outcome if votes.count(o))
    return f"The reviewers differ ({counts}): {outcome.value.replace('_', ' ')} by majority or even split."
