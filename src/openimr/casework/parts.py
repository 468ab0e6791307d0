"""What a case is made of beside its application: parties, papers, requests, records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openimr.terms.case import ServiceMethod
from openimr.terms.period import Moment


class CaseParty(StrEnum):
    """Whom the papers of a case are served on, and who sends records."""

    EMPLOYEE = "employee"
    ATTORNEY = "attorney"
    PAYER = "payer"
    PROVIDER = "provider"


class FiledBy(StrEnum):
    """The way by which an application came in."""

    WEB = "web"
    API = "api"
    MAIL = "mail"
    FAX = "fax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A result of another room: its kind, the hash of its bytes, and the JSON itself where it travels along.

    ``sha256`` is of the UTF-8 bytes of ``json``, or of the file that the store
    keeps under that hash where ``json`` is None.
    """

    kind: str
    sha256: str
    json: str | None = None


class DisputeStatus(StrEnum):
    """Where one disputed treatment stands."""

    OPEN = "open"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    AUTHORIZED = "authorized"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A ground that was found and does not count, with the reason, and who said so."""

    code: str
    dispute: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeStanding:
    """Where one disputed treatment stands, and why. ``number`` counts from 1.

    ``from_case`` is the case that it came from, where applications were
    consolidated.
    """

    number: int
    status: DisputeStatus = DisputeStatus.OPEN
    codes: tuple[str, ...] = ()
    why: str | None = None
    since: date | None = None
    from_case: str | None = None


class PaperKind(StrEnum):
    """What the programme sends to parties."""

    INFORMATION_REQUEST = "information_request"
    DUPLICATE = "duplicate"
    CONSOLIDATION = "consolidation"
    INELIGIBILITY = "ineligibility"
    DEFERRAL = "deferral"
    ASSIGNMENT = "assignment"
    """The notice of assignment, which also asks for the records."""
    RECORDS_CHASE = "records_chase"
    CONVERSION = "conversion"
    TERMINATION = "termination"
    DETERMINATION = "determination"
    CORRECTED_DETERMINATION = "corrected_determination"
    REMAND = "remand"
    INVOICE = "invoice"


DETERMINATIONS = frozenset({PaperKind.DETERMINATION, PaperKind.CORRECTED_DETERMINATION})
"""The papers that leave the organization only after a release."""


class Channel(StrEnum):
    """How a paper is sent."""

    PRINT = "print"
    EMAIL = "email"
    PORTAL = "portal"
    FAX = "fax"
    IN_PERSON = "in_person"


class ProofKind(StrEnum):
    """What shows that a paper was sent."""

    DECLARATION = "declaration"
    """Signed by the person who put it in the mail or handed it over."""
    POSTAL_RECEIPT = "postal_receipt"
    TRANSMISSION_REPORT = "transmission_report"
    DOWNLOAD = "download"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOfService:
    """What shows that a paper was sent: its kind, and a hash or number to find it by."""

    kind: ProofKind
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedOn:
    """One service of a paper on one party."""

    party: CaseParty
    channel: Channel
    method: ServiceMethod
    sent: Moment
    proof: ProofOfService
    received: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that is owed to parties, and on whom it was served.

    ``id`` is the kind with its number in the case: ``determination-1``.
    """

    id: str
    kind: PaperKind
    parties: tuple[CaseParty, ...]
    owed_since: datetime
    served: tuple[ServedOn, ...] = ()

    @property
    def owed(self) -> tuple[CaseParty, ...]:
        """The parties on whom it was not served yet."""
        done = {s.party for s in self.served}
        return tuple(p for p in self.parties if p not in done)


class About(StrEnum):
    """What a request for information is for."""

    ELIGIBILITY = "eligibility"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequest:
    """A request for information to a party, and its answer. ``number`` counts from 1 in the case."""

    number: int
    about: About
    of: CaseParty
    what: tuple[str, ...]
    asked: Moment
    received: Moment | None = None
    answered: Moment | None = None
    closed_because: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.answered is None and self.closed_because is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A file of records as it came in."""

    sha256: str
    name: str
    submitter: CaseParty
    pages: int
    received: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """A reminder that records are missing, with what the law says of the delay so far."""

    missing: tuple[str, ...]
    at: datetime
    explanation: str
    penalty_usd: int | None = None


class ClosedBecause(StrEnum):
    """Why a case is not reviewed here any more."""

    TERMINATED = "terminated"
    DUPLICATE = "duplicate"
    CONSOLIDATED = "consolidated"
    SENT_ELSEWHERE = "sent_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """That a case is closed without a determination, why, and where it goes on."""

    because: ClosedBecause
    why: str
    goes_on_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice to the payer for one round of review. ``basis`` says where the amount comes from."""

    number: str
    amount_usd: int
    basis: str
    sent_at: datetime
    paper: str
    round: int = 1
    paid_on: date | None = None
    cancelled_because: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether it was not cancelled."""
        return self.cancelled_because is None


class AppealGround(StrEnum):
    """On what a determination may be reversed."""

    BEYOND_POWERS = "beyond_powers"
    FRAUD = "fraud"
    CONFLICT = "conflict"
    BIAS = "bias"
    ERROR_OF_FACT = "error_of_fact"


class AppealOutcome(StrEnum):
    """What the appeals board did with an appeal."""

    AFFIRMED = "affirmed"
    DISMISSED = "dismissed"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """An appeal against the determination, and what became of it."""

    filed_on: date
    by: CaseParty
    round: int
    outcome: AppealOutcome | None = None
    decided_on: date | None = None
    ground: AppealGround | None = None
    facts: tuple[str, ...] = ()
