"""Where something stands, and how sure we are of where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Offsets into one text: from 0, half-open, so ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quotation stands in a case file: ``page.text[start:end] == quote``.

    ``document`` is the sha256 of the source file, ``page`` counts from 1 in
    that file, ``exhibit`` is the number on the exhibit list, where known.
    """

    document: str
    page: int
    start: int
    end: int
    exhibit: int | None = None


class Verification(StrEnum):
    """How a figure of law or guideline was checked against its source."""

    SEEN = "seen"
    SEEN_OTHER_EDITION = "seen_other_edition"
    SEEN_LABEL = "seen_label"
    DERIVED = "derived"
    CONFLICT = "conflict"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How, from which source and when a figure was checked.

    What is not ``seen`` is shown as such to every reader of a result that
    used it.
    """

    how: Verification
    source: str | None = None
    on: date | None = None
