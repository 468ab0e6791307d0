"""The letter as software puts it together by itself, once every reviewer has adopted."""

from __future__ import annotations

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.commands import ComposeLetter
from openimr.casework.roles import Actor, Role
from openimr.desk import store
from openimr.desk.determination_letter import enclosed, letter_of
from openimr.desk.models import Case
from openimr.desk.papers import sources_of
from openimr.letters.render import compose_version
from openimr.terms.letter_record import LetterRecord

SOFTWARE = Actor(id="desk", role=Role.SYSTEM)


def composed_record(case: Case, state: CaseState) -> LetterRecord:
    """Return the letter of what is adopted now, after making sure that it can be printed and read back.

    Raises:
        CaseError: Not every reviewer has adopted.
        LetterNotRenderable: Something in it cannot be printed.
    """
    record = letter_of(state, sources_of(case, state, store.log_of(case)))
    compose_version(record, record.issuance)
    return record


def compose(
    case: Case, state: CaseState, *, by: Actor = SOFTWARE, expected: int | None = None
) -> store.Outcome:
    """Return what became of putting the letter of a case together.

    Raises:
        CaseError: Not every reviewer has adopted.
        LetterNotRenderable: Something in it cannot be printed.
    """
    command = ComposeLetter(letter=enclosed(composed_record(case, state)))
    return store.act(case.number, command, by=by, expected=expected)


def may_compose(state: CaseState) -> bool:
    """Return whether software has a letter to put together now."""
    return state.letter is None and Action.COMPOSE_LETTER in available_actions(state, Role.SYSTEM)
