"""A whole review: what each step of the programme answered."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.terms.case import Case
from openimr.terms.determination import Determination, Draft
from openimr.terms.eligibility import Deadline, Eligibility
from openimr.terms.facts import Facts
from openimr.terms.issuance import Proof
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile
from openimr.terms.reviewer import Assignment, Attestation, Reviewer, Unassignable


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What each step answered, in the order of the programme.

    A step that was not reached is None: an ineligible case has no reviewer,
    and a case that nobody adopted has no determination.
    """

    case: Case
    eligibility: Eligibility
    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]
    case_file: CaseFile | None = None
    assignment: Assignment | Unassignable | None = None
    reviewer: Reviewer | None = None
    attestation: Attestation | None = None
    proofs: tuple[Proof, ...] = ()
    facts: Facts | None = None
    draft: Draft | None = None
    determination: Determination | None = None
    appeal: Deadline | None = None
