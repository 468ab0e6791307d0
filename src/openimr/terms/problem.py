"""Remarks on what could not be read, is missing, or contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from openimr.terms.places import Span


class Severity(StrEnum):
    """How much a problem matters to whoever reads the result."""

    ERROR = "error"
    """A value is missing or unusable because of it."""
    WARNING = "warning"
    """A value is there and should be looked at by a person."""
    NOTE = "note"
    """Worth knowing; nothing has to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing a person should know: the field, what was found, what to do."""

    code: str
    field: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    place: Span | None = None
