"""The columns of the row of a case: what lists need, computed from its state."""

from __future__ import annotations

from openimr.casework.case_state import CaseState
from openimr.casework.stages import is_closed, stage_of
from openimr.casework.work import due, holder
from openimr.law.rulebook import load_rulebook
from openimr.law.traits import is_expedited
from openimr.terms.letter import Priority


def columns_of(state: CaseState) -> dict[str, object]:
    """Return every column of the row of a case but where its log ends."""
    stage = stage_of(state)
    held = holder(state)
    until = due(state, load_rulebook(state.case.case.programme))
    payer = state.case.parties.payer
    return {
        "programme": state.case.case.programme,
        "stage": stage.value,
        # the clocks that run, which a certification makes short, not the box that was ticked
        "priority": (Priority.EXPEDITED if is_expedited(state.case) else Priority.REGULAR).value,
        "holder": held.role.value if held else "",
        "is_open": not is_closed(stage),
        "due_on": until.on if until else None,
        "clock": until.clock.ref if until else "",
        "filed_at": state.filed_at or state.opened_at,
        "patient": state.case.patient.name or "",
        "payer": payer.name if payer else "",
        "version": state.version,
    }
