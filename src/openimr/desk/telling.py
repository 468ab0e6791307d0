"""Events in words: what happened as one sentence, what more there is to say, and who may know."""

from __future__ import annotations

import inspect
from dataclasses import fields
from functools import cache

from openimr.casework.events import (
    Event,
)
from openimr.casework.events_afterwards import (
    AppealDecided,
    AppealFiled,
    CorrectionReleased,
    Implemented,
    Released,
    Remanded,
    SentElsewhere,
    Served,
)
from openimr.casework.events_application import (
    ApplicationFiled,
    ApplicationFiledAgain,
    ConvertedToExpedited,
    DisputeEnded,
    DuplicateLinked,
    EligibilityDecided,
    EligibilityDecidedAnew,
    InformationReceived,
    InformationRequested,
    LiabilityResolved,
    Terminated,
)
from openimr.casework.events_review import (
    RecordsCompleted,
    RecordsReceived,
)

# What the parties and the Administrative Director may know. What is not named stays inside: who the reviewer
# is, notes, drafts, what was read and by whom.
FOR_OUTSIDERS = (
    AppealDecided
    | AppealFiled
    | ApplicationFiled
    | ApplicationFiledAgain
    | ConvertedToExpedited
    | CorrectionReleased
    | DisputeEnded
    | DuplicateLinked
    | EligibilityDecided
    | EligibilityDecidedAnew
    | Implemented
    | InformationReceived
    | InformationRequested
    | LiabilityResolved
    | RecordsCompleted
    | RecordsReceived
    | Released
    | Remanded
    | SentElsewhere
    | Served
    | Terminated
)
# fields that are worth a line of their own where an event has them: text and numbers that people wrote
TOLD = (
    "why",
    "text",
    "note",
    "says",
    "of_case",
    "other_case",
    "lead_case",
    "because",
    "found",
    "document",
    "what",
)
# of these, what somebody from outside sees
TOLD_OUTSIDE = ("of_case", "lead_case", "what")


def is_for_outsiders(event: Event) -> bool:
    """Return whether somebody who does not belong to the organization may know of an event."""
    return isinstance(event, FOR_OUTSIDERS)


def sentence(event: Event) -> str:
    """Return what happened as one sentence.

    Example:
        >>> from openimr.casework.events import CaseTaken
        >>> sentence(CaseTaken())
        'Somebody took the case in hand.'
    """
    return _first_line(type(event).__name__, inspect.getdoc(type(event)) or "")


@cache
def _first_line(name: str, about: str) -> str:
    """Return the first sentence of what an event says of itself: it is written for people."""
    return about.split("\n")[0].split("``")[0].strip() or name


def details(event: Event, *, is_staff: bool) -> tuple[str, ...]:
    """Return what more an event says, in the words of those who wrote it."""
    names = {field.name for field in fields(event)}
    found = []
    for name in TOLD if is_staff else TOLD_OUTSIDE:
        value = getattr(event, name) if name in names else None
        if isinstance(value, tuple):
            value = "; ".join(str(v) for v in value if isinstance(v, str))
        if isinstance(value, str | int) and value:  # what is put together has pages of its own
            found.append(f"{name.replace('_', ' ').capitalize()}: {value}")
    return tuple(found)
