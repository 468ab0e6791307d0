"""What happens to an application until it is assigned, terminated or closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.casework.parts import (
    About,
    CaseParty,
    DisputeStanding,
    DisputeStatus,
    Exemption,
    FiledBy,
)
from openimr.terms.case import Case, Parties
from openimr.terms.eligibility import Eligibility
from openimr.terms.period import Moment
from openimr.terms.treatment import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSaved:
    """A draft of an application was saved; every earlier one is kept as well."""

    case: Case
    step: str | None = None
    """Where in the form its author was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFiled:
    """An application came in."""

    case: Case
    filed_by: FiledBy


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationCorrected:
    """What the application says was corrected against its papers."""

    case: Case
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFiledAgain:
    """An application was filed again to cure what was missing."""

    case: Case
    cures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesChanged:
    """A party of the case changed: attestations no longer cover the case."""

    parties: Parties
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateLinked:
    """The application was recognised as a duplicate of another case, and closed."""

    of_case: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateUnlinked:
    """The application turned out to be no duplicate, and goes on."""

    of_case: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateNoted:
    """Another application was recognised as a duplicate of this case."""

    other_case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationScreened:
    """All grounds against the application were looked for, also against the named other cases."""

    found: Eligibility
    compared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequested:
    """A party was asked for information."""

    number: int
    about: About
    of: CaseParty
    what: tuple[str, ...]
    copies_to: tuple[CaseParty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationReceived:
    """The answer to a request for information came in."""

    number: int
    says: str
    documents: tuple[str, ...]
    copies_to: tuple[CaseParty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationClosed:
    """A request for information was closed without an answer."""

    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityDecided:
    """Each disputed treatment was found eligible, ineligible or deferred, with every reason."""

    standings: tuple[DisputeStanding, ...]
    exemptions: tuple[Exemption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityDecidedAnew:
    """The administrative director decided again what is eligible."""

    standings: tuple[DisputeStanding, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityResolved:
    """The dispute over liability ended, and a notice showing it was served."""

    resolved: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEnded:
    """One disputed treatment needs no review any more; the others go on."""

    dispute: int
    status: DisputeStatus
    on: date
    told_by: CaseParty
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizedInPart:
    """A part of a disputed treatment was authorized: what was asked, what was allowed, what remains."""

    dispute: int
    requested: Quantity
    authorized: Quantity
    remaining: Quantity
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminated:
    """The review ended without a determination."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolidatedInto:
    """The application is reviewed together with an earlier one, in that case."""

    lead_case: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTakenIn:
    """The disputes of another application are reviewed in this case as well."""

    other: Case
    disputes: tuple[int, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedToExpedited:
    """A provider or the administrative director certified a threat: the short clocks run."""

    certified: Moment
    certified_by: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerLinked:
    """A person confirmed which organization the claims administrator is."""

    identifier: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined:
    """Somebody of the employee side came to the case by an invitation."""

    invitation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTaken:
    """Somebody took the case in hand."""

    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTakenOver:
    """Somebody took the case over, or came to it though it waits for others. ``of`` had it in hand before."""

    why: str
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAsked:
    """The Administrative Director's office was asked for something."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """Somebody of the organization wrote a note that stays inside."""

    text: str
