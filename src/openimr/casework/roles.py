"""Who acts on a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """In which capacity somebody acts."""

    APPLICANT = "applicant"
    """The employee, or who acts for the employee."""
    PAYER = "payer"
    INTAKE = "intake"
    CASE_MANAGER = "case_manager"
    MEDICAL_DIRECTOR = "medical_director"
    REVIEWER = "reviewer"
    """A physician of the panel; the identifier of the actor is that of the panel."""
    QUALITY = "quality"
    ADMINISTRATIVE_DIRECTOR = "administrative_director"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    """Keeps accounts; has no part in cases."""
    SYSTEM = "system"
    """Software that acts by itself: reads records, drafts, proposes, chases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: one person, in one role. The same person keeps the same ``id`` in every role."""

    id: str
    role: Role
