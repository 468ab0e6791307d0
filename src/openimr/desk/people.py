"""Who is on a case: computed from its events, and kept as rows so that lists are fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from openimr.casework.case_state import CaseState
from openimr.casework.events import (
    Recorded,
)
from openimr.casework.events_application import (
    ApplicationCorrected,
    ApplicationFiled,
    ApplicationFiledAgain,
    ApplicationSaved,
    CaseTaken,
    CaseTakenOver,
    PartiesChanged,
    PayerLinked,
    PersonJoined,
)
from openimr.casework.reviewer_work import work_of_reviewers
from openimr.casework.roles import Role
from openimr.desk.models import Case, CaseMember, User
from openimr.desk.payers import confirmed_for

# whoever does this is on the case from then on
COMING = ApplicationSaved | ApplicationFiled | PersonJoined | CaseTaken | CaseTakenOver
# the party of a payer is stated, or stated anew
PARTIES = ApplicationFiled | ApplicationFiledAgain | ApplicationCorrected | PartiesChanged | PayerLinked


def users_of(actors: Iterable[str]) -> Mapping[str, User]:
    """Return the users behind the identifiers that a log names; software has none."""
    wanted = set(actors) - {""}
    keys = [int(a.removeprefix("user-")) for a in wanted if a.startswith("user-") and a[5:].isdigit()]
    found = User.objects.filter(Q(pk__in=keys) | Q(reviewer__in=wanted))
    return {user.actor.id: user for user in found if user.actor.id in wanted}


def keep_members(row: Case, before: CaseState | None, after: CaseState, recorded: Sequence[Recorded]) -> None:
    """Bring the people on a case to what new events of its log say."""
    last = recorded[-1].number
    coming = {one.by.id for one in recorded if isinstance(one.event, COMING)}
    if coming:
        _join(row, users_of(coming).values(), last)
    if any(isinstance(one.event, PARTIES) for one in recorded):
        _exchange(row, Role.PAYER, _users_of_payer(after), last)
    if (before.seats if before else ()) != after.seats:
        seats = [seat.reviewer for seat in after.seats]
        _exchange(row, Role.REVIEWER, User.objects.filter(reviewer__in=seats, is_active=True), last)
    _keep_columns(row, before, after)


def _keep_columns(row: Case, before: CaseState | None, after: CaseState) -> None:
    """Keep what lists read of a case beside its people: whether it is open, its day, a reviewer's work."""
    row.members.exclude(is_open=row.is_open, due_on=row.due_on).update(is_open=row.is_open, due_on=row.due_on)
    works = work_of_reviewers(after)
    if before is None or work_of_reviewers(before) != works:
        for reviewer, work in works.items():
            row.members.filter(user__reviewer=reviewer).update(work=work.value)


def _join(row: Case, users: Iterable[User], since: int) -> None:
    for user in users:
        defaults = {"role": user.role, "since": since, "is_open": row.is_open, "due_on": row.due_on}
        CaseMember.objects.get_or_create(case=row, user=user, defaults=defaults)


def _exchange(row: Case, role: Role, users: Iterable[User], since: int) -> None:
    """Let exactly these users of a role be on the case."""
    on = [user for user in users if user.acts_as is role]
    CaseMember.objects.filter(case=row, role=role).exclude(user__in=on).delete()
    _join(row, on, since)


def _users_of_payer(state: CaseState) -> Iterable[User]:
    """Return the accounts of the claims administrator: those that its identifier or its name stands at.

    A name that somebody confirmed for an organization stands for it; one that only looks alike does not.
    """
    payer = state.case.parties.payer
    names = [name for name in (payer.id, payer.name) if name] if payer else []
    if payer is not None and payer.id is None:
        names += confirmed_for(payer.name)
    return User.objects.filter(role=Role.PAYER, party__in=names, is_active=True)
