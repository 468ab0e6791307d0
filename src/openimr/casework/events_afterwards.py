"""What happens from the letter on: release, service, correction, appeal, remand, invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.casework.parts import (
    AppealGround,
    AppealOutcome,
    CaseParty,
    Enclosure,
    ServedOn,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterComposed:
    """The determination letter was composed from the adopted versions."""

    letter: Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A second person let the letter out: not an adopter, not an author."""

    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A paper was served on a party, with proof."""

    paper: str
    service: ServedOn


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPrepared:
    """A corrected letter was prepared; no outcome changed."""

    letter: Enclosure
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReleased:
    """A second person let the corrected letter out."""

    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFiled:
    """A party appealed the determination."""

    filed_on: date
    by: CaseParty


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided:
    """The appeals board decided the appeal."""

    outcome: AppealOutcome
    on: date
    ground: AppealGround | None
    facts: tuple[str, ...]
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remanded:
    """The case goes to another reviewer of this organization; no other organization is available."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentElsewhere:
    """The case goes to another review organization."""

    organization: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Implemented:
    """The payer carried the determination out."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationApproved:
    """The administrative director approved the letter without names for publication."""

    letter: Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoiced:
    """An invoice was sent to the payer. Without a ``round`` it is for the one that the case was in."""

    number: str
    amount_usd: int
    basis: str
    round: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid:
    """An invoice was paid."""

    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCancelled:
    """An invoice was cancelled."""

    number: str
    why: str
