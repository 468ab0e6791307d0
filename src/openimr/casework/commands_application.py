"""What can be asked for about an application and its eligibility."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from openimr.casework.action_names import Action
from openimr.casework.parts import CaseParty, DisputeStatus, Exemption, FiledBy
from openimr.terms.case import Case, Parties
from openimr.terms.eligibility import Consolidation, Eligibility
from openimr.terms.period import Moment
from openimr.terms.treatment import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft:
    """Keep what was entered so far. ``step`` is where in the form its author is."""

    action: ClassVar[Action] = Action.SAVE_DRAFT
    case: Case
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplication:
    """File an application. On paper, the case states when it was submitted and received."""

    action: ClassVar[Action] = Action.FILE_APPLICATION
    case: Case
    filed_by: FiledBy


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectApplication:
    """Correct what was entered against the papers of the application."""

    action: ClassVar[Action] = Action.CORRECT_APPLICATION
    case: Case
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAgain:
    """File again to cure grounds, named by their codes.

    On paper, the case states the new day of receipt; else it is filed now.
    """

    action: ClassVar[Action] = Action.FILE_AGAIN
    case: Case
    cures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParties:
    """State the parties anew: another claims administrator, an attorney."""

    action: ClassVar[Action] = Action.CHANGE_PARTIES
    parties: Parties
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDuplicate:
    """Close the application as a duplicate of another case."""

    action: ClassVar[Action] = Action.LINK_DUPLICATE
    of_case: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkDuplicate:
    """Let an application go on that was taken for a duplicate."""

    action: ClassVar[Action] = Action.UNLINK_DUPLICATE
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDuplicate:
    """Note in a case that another application is a duplicate of it."""

    action: ClassVar[Action] = Action.NOTE_DUPLICATE
    other_case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidate:
    """Review this application in the first case of a group; asked of every other case of it."""

    action: ClassVar[Action] = Action.CONSOLIDATE
    found: Consolidation


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInCase:
    """Review the eligible disputes of another case here; asked of the first case of a group.

    ``disputes`` are the numbers, in the other case, of what is eligible there.
    """

    action: ClassVar[Action] = Action.TAKE_IN_CASE
    found: Consolidation
    other: Case
    disputes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPayer:
    """Say which organization the payer of the case is: ``identifier`` is the organization's own."""

    action: ClassVar[Action] = Action.LINK_PAYER
    identifier: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCase:
    """Come to the case as the applicant side, by an invitation; ``invitation`` is its number."""

    action: ClassVar[Action] = Action.JOIN_CASE
    invitation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCase:
    """Take the case in hand, where one's role has something to do in it."""

    action: ClassVar[Action] = Action.TAKE_CASE
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverCase:
    """Take the case over from a colleague, or come to one that waits for another role; with the reason."""

    action: ClassVar[Action] = Action.TAKE_OVER_CASE
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write a note that stays inside the organization."""

    action: ClassVar[Action] = Action.ADD_NOTE
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOffice:
    """Ask the Administrative Director's office for what it alone can grant: more time, more reviewers."""

    action: ClassVar[Action] = Action.ASK_OFFICE
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenApplication:
    """Record all grounds that were found; ``screening`` makes this command."""

    action: ClassVar[Action] = Action.SCREEN_APPLICATION
    found: Eligibility
    compared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAboutEligibility:
    """Ask a party for what is needed to decide on eligibility."""

    action: ClassVar[Action] = Action.ASK_ABOUT_ELIGIBILITY
    of: CaseParty
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInformation:
    """Answer a request for information, with the hashes of documents."""

    action: ClassVar[Action] = Action.ANSWER_INFORMATION
    number: int
    says: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseInformation:
    """Go on without an answer."""

    action: ClassVar[Action] = Action.CLOSE_INFORMATION
    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeDecision:
    """What is decided on one dispute (numbered from 1): eligible, ineligible or deferred."""

    dispute: int
    status: DisputeStatus
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideEligibility:
    """Decide every dispute at once. A ground that shall not count is exempted, with the reason."""

    action: ClassVar[Action] = Action.DECIDE_ELIGIBILITY
    decisions: tuple[DisputeDecision, ...]
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideEligibilityAnew:
    """Decide again, also after the assignment. Disputes that are not named stay as they are."""

    action: ClassVar[Action] = Action.DECIDE_ELIGIBILITY_ANEW
    decisions: tuple[DisputeDecision, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveLiability:
    """Record that the dispute over liability ended, as of the service of the notice that shows it."""

    action: ClassVar[Action] = Action.RESOLVE_LIABILITY
    resolved: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDispute:
    """End one dispute: withdrawn, authorized or settled. The others go on."""

    action: ClassVar[Action] = Action.END_DISPUTE
    dispute: int
    status: DisputeStatus
    on: date
    told_by: CaseParty
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizeInPart:
    """Record that a part was authorized; ``requested`` is asked for where the case does not state it."""

    action: ClassVar[Action] = Action.AUTHORIZE_IN_PART
    dispute: int
    authorized: Quantity
    on: date
    requested: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate:
    """End the review without a determination."""

    action: ClassVar[Action] = Action.TERMINATE
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertToExpedited:
    """Record a written certification of a threat; ``document`` is its hash."""

    action: ClassVar[Action] = Action.CONVERT_TO_EXPEDITED
    certified: Moment
    certified_by: str
    document: str
