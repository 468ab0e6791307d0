"""A determination letter as data, in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.citation import Citation
from openimr.terms.problem import Problem
from openimr.terms.treatment import Treatment


class Layout(StrEnum):
    """The layouts of letters, told from their content."""

    NOTICE_2013 = "notice_2013"
    DOCUMENTS_2014 = "documents_2014"
    PROFESSIONAL_REVIEW = "professional_review"
    PROSE_2014 = "prose_2014"
    BLOCK_2015 = "block_2015"
    OPENIMR = "openimr"


UNVERIFIED_LAYOUTS = frozenset({Layout.DOCUMENTS_2014, Layout.PROFESSIONAL_REVIEW})
"""No letter of these was at hand: what is read from them is marked unverified."""


class Outcome(StrEnum):
    """What was decided about the denial: upheld means that the denial stands."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    OVERTURNED_IN_PART = "overturned_in_part"


class Priority(StrEnum):
    """The clock of a case. Letters print REGULAR as "Standard"."""

    REGULAR = "regular"
    EXPEDITED = "expedited"


class Sex(StrEnum):
    """The patient's sex as the record states it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPatient:
    """The patient as the letter describes them. ``age`` is in years."""

    age: int | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The reviewer's qualifications as printed, without a name."""

    licensed_in: tuple[str, ...] | None = None
    specialties: tuple[str, ...] | None = None
    board_certified_in: tuple[str, ...] | None = None
    subspecialties: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReviewed:
    """One document of the list of documents reviewed. ``pages`` count from 1."""

    title: str
    exhibit: str | None = None
    type: str | None = None
    author: str | None = None
    date_of_service: date | None = None
    report_date: date | None = None
    pages: tuple[int, ...] = ()
    submitted_by: str | None = None
    received_on: date | None = None
    relied_on: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDispute:
    """One disputed item: the request, both sides' bases, rationale, outcome."""

    request: str | None
    treatment: Treatment | None = None
    outcome: Outcome | None = None
    payer_basis: tuple[Citation, ...] | None = None
    reviewer_basis: tuple[Citation, ...] | None = None
    rationale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A determination letter. None means that the letter does not say it."""

    source: str | None = None
    layout: Layout | None = None
    case_number: str | None = None
    date_assigned: date | None = None
    date_of_injury: date | None = None
    decision_date: date | None = None
    ur_denial_date: date | None = None
    application_received: date | None = None
    priority: Priority | None = None
    patient: LetterPatient = LetterPatient()
    reviewer: Credentials = Credentials()
    clinical_summary: str | None = None
    documents_reviewed: tuple[DocumentReviewed, ...] | None = None
    disputes: tuple[LetterDispute, ...] = ()
    problems: tuple[Problem, ...] = ()
