"""The state of a case, folded from its events; nothing else makes one.

``fold`` reads a whole log, ``apply`` one event more; both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from openimr.casework import fold_application, fold_eligibility, fold_letters, fold_review
from openimr.casework.case_state import CaseState, InHand
from openimr.casework.events import (
    READS,
    ApplicationEvent,
    EligibilityEvent,
    LetterEvent,
    Recorded,
    RecordsEvent,
    ReviewEvent,
)
from openimr.casework.events_application import ApplicationFiled, ApplicationSaved, CaseTaken, CaseTakenOver
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, stage_of
from openimr.formats import from_json, to_json_line
from openimr.terms.errors import CaseError

__all__ = ["CaseState", "InHand", "Stage", "apply", "fold", "read_state", "stage_of", "write_state"]

# by these the Administrative Director's office comes to a case and looks; by anything else it has answered
_COMES = (*READS, CaseTaken, CaseTakenOver)
_APPLICATION = get_args(ApplicationEvent)
_ELIGIBILITY = get_args(EligibilityEvent)
_RECORDS = get_args(RecordsEvent)
_REVIEW = get_args(ReviewEvent)
_LETTER = get_args(LetterEvent)


def fold(recorded: Iterable[Recorded]) -> CaseState:
    """Return a case from all its events, in their order.

    Raises:
        CaseError: There is no event, the first one opens no case, or the
            numbers do not follow each other.
    """
    state: CaseState | None = None
    for one in recorded:
        state = apply(state, one)
    if state is None:
        raise CaseError(
            asked="Read the log of a case",
            found="it holds no event.",
            remedy="Restore the log; a case begins with a draft or an application.",
        )
    return state


def apply(state: CaseState | None, recorded: Recorded) -> CaseState:
    """Return the case after one event more; errors as ``fold``."""
    event = recorded.event
    expected = 1 if state is None else state.number + 1
    if recorded.number != expected:
        raise CaseError(
            asked=f"Read event {recorded.number} of a case",
            found=f"event {expected} has to come next.",
            remedy="Restore the log: an event is missing or stands twice.",
        )
    if state is None:
        if not isinstance(event, ApplicationSaved | ApplicationFiled):
            raise CaseError(
                asked=f"Read event 1 of a case, {recorded.kind}",
                found="no case is open that it could belong to.",
                remedy="Restore the log; a case begins with a draft or an application.",
            )
        after = fold_application.opened(recorded, event)
    else:
        after = _applied(state, recorded)
        if recorded.by.role is Role.ADMINISTRATIVE_DIRECTOR and not isinstance(event, _COMES):
            after = replace(after, asked_of_office=None)
    looked = isinstance(event, READS) and state is not None
    return replace(after, number=recorded.number, version=after.version if looked else recorded.number)


def _applied(state: CaseState, recorded: Recorded) -> CaseState:
    event = recorded.event
    if isinstance(event, _APPLICATION):
        return fold_application.applied(state, event, recorded)
    if isinstance(event, _ELIGIBILITY):
        return fold_eligibility.applied(state, event, recorded)
    if isinstance(event, _RECORDS):
        return fold_review.records_applied(state, event, recorded)
    if isinstance(event, _REVIEW):
        return fold_review.review_applied(state, event, recorded)
    assert isinstance(event, _LETTER)
    return fold_letters.applied(state, event, recorded)


def write_state(state: CaseState) -> bytes:
    """Return a state as one line of JSON, to be kept beside its log and read back by ``read_state``."""
    return to_json_line(state)


def read_state(text: str | bytes) -> CaseState:
    """Return a state from its line.

    Raises:
        FormatInvalid: It was written by another version of the package: fold the log again.
        FileUnreadable: The text is not JSON.
    """
    return from_json(text, CaseState, name="the kept state of a case")
