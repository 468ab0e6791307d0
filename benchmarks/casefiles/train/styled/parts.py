"""What a paper consists of before a house prints it in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.terms.records import ExhibitType


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Labelled values, such as the name of the patient and the day of the visit."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Paragraphs under a heading; none where ``head`` is empty."""

    head: str
    texts: tuple[str, ...]
    on_new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table, its head first."""

    rows: tuple[tuple[str, ...], ...]


Part = Fields | Section | Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as its author thinks of it."""

    type: ExhibitType
    title: str
    parts: tuple[Part, ...]
    role: str
    service: date | None = None
    report: date | None = None
    signed_on: date | None = None
    is_letter: bool = False
    is_by_author: bool = True
