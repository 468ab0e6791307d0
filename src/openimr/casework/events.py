"""Everything that can happen to a case, and how an event is written and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from openimr.casework.events_afterwards import (
    AppealDecided,
    AppealFiled,
    CorrectionPrepared,
    CorrectionReleased,
    Implemented,
    InvoiceCancelled,
    Invoiced,
    InvoicePaid,
    LetterComposed,
    PublicationApproved,
    Released,
    Remanded,
    SentElsewhere,
    Served,
)
from openimr.casework.events_application import (
    ApplicationCorrected,
    ApplicationFiled,
    ApplicationFiledAgain,
    ApplicationSaved,
    ApplicationScreened,
    AuthorizedInPart,
    CaseTaken,
    CaseTakenIn,
    CaseTakenOver,
    ConsolidatedInto,
    ConvertedToExpedited,
    DisputeEnded,
    DuplicateLinked,
    DuplicateNoted,
    DuplicateUnlinked,
    EligibilityDecided,
    EligibilityDecidedAnew,
    InformationClosed,
    InformationReceived,
    InformationRequested,
    LiabilityResolved,
    NoteAdded,
    OfficeAsked,
    PartiesChanged,
    PayerLinked,
    PersonJoined,
    Terminated,
)
from openimr.casework.events_review import (
    Attested,
    CaseRead,
    ConflictFound,
    Declined,
    DeterminationAdopted,
    DocumentRead,
    DraftOpened,
    DraftPrepared,
    ExtensionApproved,
    FileRefused,
    FoundUndecidable,
    NobodyFound,
    NoticeReceived,
    OfferLapsed,
    RecordsChased,
    RecordsCompleted,
    RecordsReceived,
    ReturnedForRewrite,
    ReviewerProposed,
    ReviewerReplaced,
    ReviewersApproved,
    ViewRecorded,
)
from openimr.casework.roles import Actor
from openimr.formats import from_json, to_json_line
from openimr.terms.errors import FormatInvalid

ApplicationEvent = (
    ApplicationSaved
    | ApplicationFiled
    | ApplicationCorrected
    | ApplicationFiledAgain
    | PartiesChanged
    | PayerLinked
    | PersonJoined
    | DuplicateLinked
    | DuplicateUnlinked
    | DuplicateNoted
    | ConsolidatedInto
    | CaseTakenIn
    | CaseTaken
    | CaseTakenOver
    | NoteAdded
    | OfficeAsked
)
EligibilityEvent = (
    ApplicationScreened
    | InformationRequested
    | InformationReceived
    | InformationClosed
    | EligibilityDecided
    | EligibilityDecidedAnew
    | LiabilityResolved
    | DisputeEnded
    | AuthorizedInPart
    | Terminated
    | ConvertedToExpedited
)
RecordsEvent = (
    RecordsReceived
    | FileRefused
    | RecordsChased
    | RecordsCompleted
    | FoundUndecidable
    | DocumentRead
    | CaseRead
)
ReviewEvent = (
    ReviewersApproved
    | ReviewerProposed
    | NobodyFound
    | Attested
    | Declined
    | ConflictFound
    | ReviewerReplaced
    | OfferLapsed
    | ViewRecorded
    | DraftPrepared
    | DraftOpened
    | DeterminationAdopted
    | ReturnedForRewrite
    | ExtensionApproved
)
LetterEvent = (
    LetterComposed
    | Released
    | Served
    | NoticeReceived
    | CorrectionPrepared
    | CorrectionReleased
    | AppealFiled
    | AppealDecided
    | Remanded
    | SentElsewhere
    | Implemented
    | PublicationApproved
    | Invoiced
    | InvoicePaid
    | InvoiceCancelled
)
Event = ApplicationEvent | EligibilityEvent | RecordsEvent | ReviewEvent | LetterEvent

READS = (DocumentRead, CaseRead)
"""The events that change nothing: somebody looked."""

EVENTS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
"""Every event by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the log of a case holds it. ``number`` counts from 1 in the case."""

    number: int
    at: datetime
    by: Actor
    event: Event

    @property
    def kind(self) -> str:
        """The name of the event."""
        return type(self.event).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    number: int
    at: datetime
    by: Actor
    kind: str
    event: str


def write_event(event: Event) -> bytes:
    """Return an event as JSON, without its name."""
    return to_json_line(event)


def read_event(kind: str, text: str | bytes) -> Event:
    """Return an event from its name and its JSON.

    Raises:
        FormatInvalid: No event has that name, or the JSON is not that of such an event.
        FileUnreadable: The text is not JSON.
    """
    known = EVENTS.get(kind)
    if known is None:
        raise FormatInvalid(
            asked="Read an event of a case",
            found=f"{kind!r} is the name of no event.",
            remedy=f"Known events are: {', '.join(EVENTS)}.",
        )
    return from_json(text, known, name=f"the event {kind}")


def write_recorded(recorded: Recorded) -> bytes:
    """Return a recorded event as one line of JSON; the event stands in it as a text of its own."""
    return to_json_line(
        _Head(
            number=recorded.number,
            at=recorded.at,
            by=recorded.by,
            kind=recorded.kind,
            event=write_event(recorded.event).decode(),
        )
    )


def read_recorded(text: str | bytes) -> Recorded:
    """Return a recorded event from its line; errors as ``read_event``."""
    head = from_json(text, _Head, name="a recorded event")
    return Recorded(number=head.number, at=head.at, by=head.by, event=read_event(head.kind, head.event))
