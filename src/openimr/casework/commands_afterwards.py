"""What can be asked for from the letter on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from openimr.casework.action_names import Action
from openimr.casework.parts import (
    AppealGround,
    AppealOutcome,
    CaseParty,
    Enclosure,
    ServedOn,
)
from openimr.terms.period import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeLetter:
    """Put the determination letter together from what was adopted."""

    action: ClassVar[Action] = Action.COMPOSE_LETTER
    letter: Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDetermination:
    """Let the letter with this hash out: asked by a second person."""

    action: ClassVar[Action] = Action.RELEASE_DETERMINATION
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServePaper:
    """Record that a paper was served on a party, with proof."""

    action: ClassVar[Action] = Action.SERVE_PAPER
    paper: str
    service: ServedOn


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmReceipt:
    """Record when a party received a paper that was served."""

    action: ClassVar[Action] = Action.CONFIRM_RECEIPT
    paper: str
    party: CaseParty
    received: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareCorrection:
    """Put a corrected letter together: what was wrong, one line each. No outcome changes."""

    action: ClassVar[Action] = Action.PREPARE_CORRECTION
    letter: Enclosure
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCorrection:
    """Let the corrected letter out: asked by a second person."""

    action: ClassVar[Action] = Action.RELEASE_CORRECTION
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAppeal:
    """Record that a party appealed."""

    action: ClassVar[Action] = Action.RECORD_APPEAL
    filed_on: date
    by: CaseParty


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAppealDecision:
    """Record the order of the appeals board; ``order`` is the hash of the document."""

    action: ClassVar[Action] = Action.RECORD_APPEAL_DECISION
    outcome: AppealOutcome
    on: date
    order: str
    ground: AppealGround | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remand:
    """Send a reversed case to another organization; where none is available, to another reviewer here.

    ``available`` are the other organizations, ``to`` the one that is chosen.
    """

    action: ClassVar[Action] = Action.REMAND
    why: str
    available: tuple[str, ...] = ()
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordImplementation:
    """Record that the payer carried the determination out."""

    action: ClassVar[Action] = Action.RECORD_IMPLEMENTATION
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePublication:
    """Approve the letter without names for publication."""

    action: ClassVar[Action] = Action.APPROVE_PUBLICATION
    letter: Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class SendInvoice:
    """Send an invoice. An amount is named only where the fee table has none, with where it was agreed."""

    action: ClassVar[Action] = Action.SEND_INVOICE
    number: str
    amount_usd: int | None = None
    agreed_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment:
    """Record that an invoice was paid."""

    action: ClassVar[Action] = Action.RECORD_PAYMENT
    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInvoice:
    """Cancel an invoice."""

    action: ClassVar[Action] = Action.CANCEL_INVOICE
    number: str
    why: str
