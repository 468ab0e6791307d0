"""What a reviewer attests before the file opens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Assignment, Attestation

# Both are asked for before the file opens.
BEFORE_OPENING = ("no_conflict", "qualified")
# Can be true only after the file was open; it belongs to the adoption.
AFTER_READING = ("read_the_file",)


def attest(assignment: Assignment, attests: Collection[str], on: date) -> Attestation:
    """Return the attestation of an assigned reviewer, to be recorded before the file opens.

    Args:
        assignment: Who was assigned.
        attests: What the reviewer attests; what can be true only after reading is left out.
        on: The day.

    Raises:
        AssignmentError: No conflict or qualification is not attested, or a word is unknown.

    Source:
        Lab. Code 139.5(d)(4)-(6): the reviewer has no conflict and is qualified.

    Example:
        >>> from openimr.terms.reviewer import SpecialtyFit
        >>> chosen = Assignment(
        ...     reviewer="r-1", fit=SpecialtyFit.SAME, because=(), excluded=(),
        ...     alternatives=(), possible_conflicts=(), seed=1,
        ... )
        >>> attest(chosen, ["qualified", "no_conflict", "read_the_file"], date(2015, 3, 2)).attests
        ('no_conflict', 'qualified')
    """
    asked = f"Record the attestation of {assignment.reviewer}"
    known = (*BEFORE_OPENING, *AFTER_READING)
    unknown = sorted(set(attests) - set(known))
    if unknown:
        raise AssignmentError(
            asked=asked,
            found=f"{', '.join(unknown)} is nothing that a reviewer attests.",
            remedy=f"Known are: {', '.join(known)}.",
        )
    missing = [word for word in BEFORE_OPENING if word not in attests]
    if missing:
        raise AssignmentError(
            asked=asked,
            found=f"{' and '.join(missing)} is not attested.",
            remedy="Assign another reviewer; the file stays closed for this one.",
        )
    return Attestation(reviewer=assignment.reviewer, attested_on=on, attests=BEFORE_OPENING)
