"""A case as ``case.toml`` states it. Absent means unknown, never a default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.letter import Priority, Sex
from openimr.terms.period import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """Which programme, which number, which clock."""

    programme: str
    number: str
    priority: Priority
    formulary_dispute: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Whose care the case is about."""

    id: str | None = None
    name: str | None = None
    sex: Sex | None = None
    born_on: date | None = None
    represented: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or an organization of the case, with its identifier and group."""

    name: str
    id: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Everyone on the case beside the patient and the requesting physician."""

    employer: Party | None = None
    payer: Party | None = None
    insurer: Party | None = None
    ur_organization: Party | None = None
    ur_reviewer: Party | None = None
    attorney: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The physician who requested the disputed treatment."""

    name: str | None = None
    npi: str | None = None
    specialty: str | None = None
    group: str | None = None
    facility: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDates:
    """The dated steps of a case, each a day or a moment with its offset."""

    of_injury: date | None = None
    rfa: Moment | None = None
    rfa_received: Moment | None = None
    ur_decision: Moment | None = None
    ur_served: Moment | None = None
    imr_form_provided: Moment | None = None
    liability_resolved: Moment | None = None
    submitted: Moment | None = None
    application_received: Moment | None = None
    eligible: Moment | None = None
    assigned: Moment | None = None
    noarfi_sent: Moment | None = None
    noarfi_received: Moment | None = None
    records_complete: Moment | None = None
    expedited_certified: Moment | None = None
    determination_issued: Moment | None = None
    determination_served: Moment | None = None
    implemented: Moment | None = None


class ServiceMethod(StrEnum):
    """How a paper was served; the method lengthens or does not lengthen a period."""

    MAIL_CA = "mail_ca"
    MAIL_US = "mail_us"
    MAIL_ABROAD = "mail_abroad"
    MAIL_CONFIDENTIAL = "mail_confidential"
    OVERNIGHT = "overnight"
    FAX = "fax"
    ELECTRONIC = "electronic"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseService:
    """How the papers of the case were served."""

    ur: ServiceMethod | None = None
    noarfi: ServiceMethod | None = None
    determination: ServiceMethod | None = None


class SignedBy(StrEnum):
    """Who signed the application."""

    EMPLOYEE = "employee"
    ATTORNEY = "attorney"
    REPRESENTATIVE = "representative"
    PROVIDER = "provider"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What the application for review holds."""

    signed: bool | None = None
    signed_by: SignedBy | None = None
    representative_designated_on: date | None = None
    ur_decision_attached: bool | None = None
    liability_disputed: bool | None = None
    payer_agrees_to_review: bool | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnoses:
    """The diagnoses under which the treatment was requested."""

    codes: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


class UrAction(StrEnum):
    """What utilization review did with the request."""

    DENY = "deny"
    MODIFY = "modify"
    DELAY = "delay"
    CONDITIONAL = "conditional"
    DEFER = "defer"
    RETROSPECTIVE_DENY = "retrospective_deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDispute:
    """One disputed treatment: the request as printed and what was done with it.

    ``requested``, ``authorized`` and ``remaining`` are quantities in words,
    as the papers print them ("#90", "12 sessions").
    """

    request: str
    ur_action: UrAction | None = None
    ur_reason: str | None = None
    requested: str | None = None
    authorized: str | None = None
    remaining: str | None = None
    date_of_service: date | None = None
    authorized_since: date | None = None
    prior_determination_on: date | None = None
    facility: str | None = None
    maker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReviewers:
    """How many reviewers a case has, and who reviewed it before it came back.

    ``chosen_before`` have it already, declined it, or were taken off it.
    """

    count: int | None = None
    earlier: tuple[str, ...] = ()
    chosen_before: tuple[str, ...] = ()


class ClosingStage(StrEnum):
    """How far a case had come when it closed; fees depend on it."""

    BEFORE_REVIEWER = "before_reviewer"
    AFTER_REVIEWER = "after_reviewer"
    DETERMINED = "determined"


class ReviewerClass(StrEnum):
    """The class of licence that fees distinguish."""

    MD_DO = "md_do"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How the case closed, for fees."""

    stage: ClosingStage | None = None
    reviewer_class: ReviewerClass | None = None
    reviewers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The whole of ``case.toml``."""

    schema: int
    case: CaseHead
    patient: Patient = Patient()
    parties: Parties = Parties()
    provider: Provider = Provider()
    dates: CaseDates = CaseDates()
    service: CaseService = CaseService()
    application: Application = Application()
    diagnoses: Diagnoses = Diagnoses()
    dispute: tuple[CaseDispute, ...] = ()
    reviewers: CaseReviewers = CaseReviewers()
    closing: Closing = Closing()

    @property
    def disputes(self) -> tuple[CaseDispute, ...]:
        """The disputed treatments, in the order of the file."""
        return self.dispute
