"""Physician reviewers as ``panel.toml`` lists them, and their selection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class LicenceStatus(StrEnum):
    """The state of a licence."""

    ACTIVE = "active"
    LAPSED = "lapsed"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence to practise in a State."""

    state: str
    number: str | None = None
    status: LicenceStatus | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board certification."""

    name: str
    expires_on: date | None = None


class InterestKind(StrEnum):
    """What ties a reviewer to somebody."""

    EMPLOYMENT = "employment"
    OWNERSHIP = "ownership"
    FINANCIAL = "financial"
    FAMILY = "family"
    PANEL = "panel"
    GROUP = "group"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A professional, familial or financial tie.

    ``group`` is whom that person or firm belongs to: the employer of a
    relative, the owner of a clinic. ``relation`` is a family tie in the words of
    the law ("spouse"). ``share_pct`` is of yearly income.
    """

    kind: InterestKind
    name: str
    id: str | None = None
    group: str | None = None
    relation: str | None = None
    share_pct: float | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days, both inclusive, on which a reviewer takes no case."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A physician of the panel. Absent means unknown, so unproven.

    ``capacity`` is of open cases; ``weekly_load`` and ``minimum_load`` are of
    cases a week; ``turnaround_days`` is what a review has taken so far.
    """

    id: str
    name: str | None = None
    npi: str | None = None
    licences: tuple[Licence, ...] = ()
    boards: tuple[Board, ...] = ()
    subspecialties: tuple[str, ...] = ()
    taxonomy: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    practice_since: date | None = None
    practice_proved_on: date | None = None
    hours_per_week: float | None = None
    hours_proved_on: date | None = None
    discipline: tuple[str, ...] | None = None
    discipline_checked_on: date | None = None
    exclusions_checked_on: date | None = None
    qme: bool | None = None
    languages: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()
    capacity: int | None = None
    weekly_load: int | None = None
    minimum_load: int | None = None
    turnaround_days: float | None = None
    interests: tuple[Interest, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The whole of ``panel.toml``."""

    schema: int
    reviewer: tuple[Reviewer, ...] = ()


class SpecialtyFit(StrEnum):
    """How a reviewer's specialty relates to condition and disputed treatment."""

    SAME = "same"
    SIMILAR = "similar"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Why a reviewer may not have a case: ``rule`` or conflict, in words."""

    reviewer: str
    code: str
    reason: str
    citation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What a reviewer attested, and when, before the file was opened."""

    reviewer: str
    attested_on: date
    attests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who reviews the case and why, and why nobody else was chosen.

    ``seed`` repeats the draw between equals.
    """

    reviewer: str
    fit: SpecialtyFit
    because: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    alternatives: tuple[str, ...]
    possible_conflicts: tuple[Exclusion, ...]
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassignable:
    """Nobody may have the case: every reviewer with the reasons.

    ``in_the_way`` is the smallest set of constraints without which somebody
    could have it, ``would_free`` says in words what would do so, and ``split``
    proposes parts, by numbers of disputes from 1, that somebody could have.
    """

    case: str
    reasons: tuple[Exclusion, ...] = field(default=())
    in_the_way: tuple[str, ...] = ()
    would_free: tuple[str, ...] = ()
    split: tuple[tuple[int, ...], ...] = ()
