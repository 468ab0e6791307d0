"""The one way in which cases are written, and the way in which they are read.

``act`` does everything in one transaction: the row of the case is locked, its
log is read forward to a state, casework decides, the events are appended to
the chain, and the columns of the row are computed anew. Somebody who acted on
what is no longer so gets ``Stale``; what casework refuses comes back with its
reasons. Looking at a case is an event of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from openimr.casework.case_state import CaseState
from openimr.casework.commands import Command, FileApplication, ReadCase, ReadDocument, SaveDraft
from openimr.casework.decide import Refused, decide
from openimr.casework.events import Event, Recorded, read_event, write_event
from openimr.casework.roles import Actor, Role
from openimr.casework.state import apply, fold
from openimr.desk.afterlists import keep_lists
from openimr.desk.chain import BEGINNING, Link
from openimr.desk.clock import now
from openimr.desk.columns import columns_of
from openimr.desk.holders import keep_holders
from openimr.desk.models import Case, CaseEvent
from openimr.desk.people import keep_members
from openimr.terms.errors import CaseError

# a transaction that lost against another one is tried so often
TRIES = 4
# the codes of PostgreSQL for that: serialization failure, deadlock
LOST = frozenset({"40001", "40P01"})

T = TypeVar("T")


class CaseMissing(CaseError):
    """There is no case of this number."""

    code = "case_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was stored: the row of the case, its state, and the new events."""

    case: Case
    state: CaseState
    events: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """Somebody else was faster: the case is not what the person who acts was looking at.

    ``since`` are the events that came in between.
    """

    expected: int
    found: int
    since: tuple[Recorded, ...]


Outcome = Done | Refused | Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case as somebody looks at it."""

    case: Case
    state: CaseState
    log: tuple[Recorded, ...]


def act(
    number: str, command: Command, *, by: Actor, expected: int | None, at: datetime | None = None
) -> Outcome:
    """Return what became of a command: done, refused with its reasons, or stale.

    Args:
        number: The number of the case.
        expected: The version that whoever acts was looking at; None for software that looks itself.
        at: The moment that it happens; now, where nobody says.

    Raises:
        CaseMissing: There is no such case.
    """
    return _trying(lambda: _act(number, command, by, expected, at))


def open_case(
    command: FileApplication | SaveDraft, *, by: Actor, at: datetime | None = None
) -> Done | Refused:
    """Return a new case. Without a number of its own it gets the next one."""
    return _trying(lambda: _open(command, by, at))


def look(number: str, what: str, *, by: Actor) -> Opened:
    """Return a case for somebody to look at, with the look in its log.

    Raises:
        CaseMissing: There is no such case.
    """
    return _trying(lambda: _look(number, what, by))


def note_read(number: str, document: str, *, by: Actor, pages: tuple[int, ...] = ()) -> Outcome:
    """Record that somebody reads a document of a case; ``Refused`` where that role may not."""
    return act(number, ReadDocument(document=document, pages=pages), by=by, expected=None)


def log_of(case: Case) -> tuple[Recorded, ...]:
    """Return the log of a case, as casework reads it."""
    rows = CaseEvent.objects.filter(case=case).order_by("number")
    return tuple(
        Recorded(number=n, at=at, by=Actor(id=actor, role=Role(role)), event=read_event(kind, body))
        for n, at, actor, role, kind, body in rows.values_list(
            "number", "at", "actor", "role", "kind", "body"
        )
    )


def state_of(case: Case) -> CaseState:
    """Return a case from its log; nobody looks."""
    return fold(log_of(case))


def new_number(at: datetime) -> str:
    """Return the next case number: its year, and a number that no other case ever had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('desk_case_number')")
        return f"CM{at:%y}-{cursor.fetchone()[0]:07d}"


def _act(number: str, command: Command, by: Actor, expected: int | None, at: datetime | None) -> Outcome:
    with transaction.atomic():
        row = _locked(number)
        log = log_of(row)
        state = fold(log)
        if expected is not None and expected != state.version:
            since = tuple(one for one in log if one.number > expected)
            return Stale(expected=expected, found=state.version, since=since)
        moment = max(at or now(), log[-1].at)
        decided = decide(state, command, actor=by, at=moment)
        return decided if isinstance(decided, Refused) else _append(row, state, decided, by, moment)


def _open(command: FileApplication | SaveDraft, by: Actor, at: datetime | None) -> Done | Refused:
    with transaction.atomic():
        moment = at or now()
        if not command.case.case.number:
            head = replace(command.case.case, number=new_number(moment))
            command = replace(command, case=replace(command.case, case=head))
        decided = decide(None, command, actor=by, at=moment)
        if isinstance(decided, Refused):
            return decided
        row = Case(number=command.case.case.number, events=0, head=BEGINNING, filed_at=moment)
        return _append(row, None, decided, by, moment)


def _look(number: str, what: str, by: Actor) -> Opened:
    with transaction.atomic():
        row = _locked(number)
        log = log_of(row)
        state = fold(log)
        moment = max(now(), log[-1].at)
        decided = decide(state, ReadCase(what=what), actor=by, at=moment)
        if isinstance(decided, Refused):
            return Opened(case=row, state=state, log=log)
        done = _append(row, state, decided, by, moment)
        return Opened(case=row, state=done.state, log=(*log, *done.events))


def _locked(number: str) -> Case:
    row = Case.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise CaseMissing(
            asked=f"Open case {number}", found="there is no such case.", remedy="Check the number."
        )
    return row


def _append(row: Case, before: CaseState | None, events: Sequence[Event], by: Actor, at: datetime) -> Done:
    """Store events at the end of a log, and what follows from them."""
    state, recorded, links = before, [], []
    for event in events:
        one = Recorded(number=row.events + 1, at=at, by=by, event=event)
        state = apply(state, one)
        link = Link(
            case=row.number,
            number=one.number,
            at=at,
            actor=by.id,
            role=by.role.value,
            kind=one.kind,
            body=write_event(event).decode("utf-8"),
            previous=row.head,
        )
        row.events, row.head = one.number, link.hash()
        recorded.append(one)
        links.append((link, row.head))
    assert state is not None, "casework decides on at least one event"
    for column, value in columns_of(state).items():
        setattr(row, column, value)
    row.changed_at = at
    row.save()
    CaseEvent.objects.bulk_create(_event(row, link, hashed) for link, hashed in links)
    keep_members(row, before, state, recorded)
    keep_lists(row, before, state, recorded)
    keep_holders(row, state)
    return Done(case=row, state=state, events=tuple(recorded))


def _event(row: Case, link: Link, hashed: str) -> CaseEvent:
    return CaseEvent(
        case=row,
        number=link.number,
        at=link.at,
        actor=link.actor,
        role=link.role,
        kind=link.kind,
        body=link.body,
        previous=link.previous,
        hash=hashed,
    )


def _trying(transact: Callable[[], T]) -> T:
    """Return what a transaction returns; one that lost against another one is tried again."""
    for attempt in range(1, TRIES + 1):
        try:
            return transact()
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlstate", None)
            if code not in LOST or attempt == TRIES or connection.in_atomic_block:
                raise
            time.sleep(0.02 * 2**attempt)
    raise AssertionError("a loop that ends before it returns or raises")
