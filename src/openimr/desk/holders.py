"""For which roles a case waits: every role with a step, not the first alone, kept so that lists are fast."""

from __future__ import annotations

from collections.abc import Container, Iterator

from openimr.casework.action_names import Action
from openimr.casework.actions import rows_of
from openimr.casework.case_state import CaseState
from openimr.casework.roles import Role
from openimr.casework.steps import steps
from openimr.desk.models import Case, CaseHolder

# who can take a case in hand that nobody of their role is on
TAKERS = frozenset(role for row in rows_of(Action.TAKE_CASE) for role in row.by)


def keep_holders(row: Case, state: CaseState) -> None:
    """Bring the roles that a case waits for, and whether anybody of them is on it, to what its steps say."""
    on = set(row.members.values_list("role", flat=True))
    wanted = {one.role: one for one in _holders(row, state, on)}
    kept = {one.role: one for one in row.held_by.all()}
    gone = [one.pk for role, one in kept.items() if role not in wanted]
    changed = [one for role, one in wanted.items() if role not in kept or _told(kept[role]) != _told(one)]
    if gone:
        CaseHolder.objects.filter(pk__in=gone).delete()
    if changed:
        CaseHolder.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["case", "role"],
            update_fields=["place", "waits", "is_open", "due_on"],
        )
    waits = row.is_open and any(one.waits for one in wanted.values() if one.role == row.holder)
    payer_is_on = Role.PAYER.value in on
    if (waits, payer_is_on) != (row.waits, row.payer_is_on):
        Case.objects.filter(pk=row.pk).update(waits=waits, payer_is_on=payer_is_on)
        row.waits, row.payer_is_on = waits, payer_is_on


def _holders(row: Case, state: CaseState, on: Container[str]) -> Iterator[CaseHolder]:
    """Yield the roles with a step in a case, in the order of their steps; ``on`` are those on the case."""
    for place, role in enumerate(dict.fromkeys(step.role for step in steps(state))):
        yield CaseHolder(
            case=row,
            role=role.value,
            place=place,
            waits=role in TAKERS and role.value not in on,
            is_open=row.is_open,
            due_on=row.due_on,
        )


def _told(one: CaseHolder) -> tuple[object, ...]:
    return (one.place, one.waits, one.is_open, one.due_on)
