"""Work lists: who holds a case, what comes next, by when, and why by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openimr.casework.case_state import CaseState
from openimr.casework.moments import day_of
from openimr.casework.parts import (
    DETERMINATIONS,
    About,
    CaseParty,
    InformationRequest,
    PaperKind,
    ServedOn,
)
from openimr.casework.roles import Role
from openimr.casework.stages import REVIEWING, Stage, stage_of
from openimr.casework.steps import Step, steps
from openimr.law.calendars import local_day
from openimr.law.deadlines import deadlines
from openimr.law.other_starts import deadline_from
from openimr.law.rulebook import RuleBook, load_rulebook
from openimr.law.traits import is_expedited
from openimr.terms.eligibility import Deadline

# The clocks of the deadline table that a stage waits under.
_CLOCKS: dict[Stage, tuple[str, ...]] = {
    Stage.SCREENING: ("E2",),
    Stage.NOTICE: ("S1",),
    Stage.RECORDS: ("D1", "D2", "D3"),
    Stage.UNDECIDABLE: ("D1", "D2", "D3"),
    Stage.SERVED: ("I1", "I2"),
    Stage.SERVICE: ("V1", "V2", "V3"),
    **dict.fromkeys(REVIEWING, ("V1", "V2", "V3")),
}
_EXTENSION = "V4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """In which role, and where known by whom, a case is held."""

    role: Role
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By when something has to be done: the clock that says so, and its day where it has one."""

    clock: Deadline
    on: date | None
    at: datetime | None

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the day, or the hour where the clock counts hours, has passed."""
        if self.at is not None:
            return now > self.at
        return self.on is not None and day_of(now) > self.on


def next_step(state: CaseState) -> Step | None:
    """Return what has to be done next, None where the case rests."""
    found = steps(state)
    return found[0] if found else None


def holder(state: CaseState) -> Holder | None:
    """Return who holds a case, None where it rests."""
    step = next_step(state)
    return None if step is None else Holder(role=step.role, person=step.person)


def due(state: CaseState, rulebook: RuleBook) -> Due | None:
    """Return by when the next step has to be done: the earliest clock of the stage.

    None where no clock of the law runs. A clock without a day is returned all
    the same, because its explanation says why it has none.
    """
    return _earliest(clocks(state, rulebook))


def clocks(state: CaseState, rulebook: RuleBook) -> tuple[Deadline, ...]:
    """Return the clocks that a case waits under at its stage."""
    stage = stage_of(state)
    if stage is Stage.INFORMATION:
        asked = (r for r in state.open_requests if r.about is About.ELIGIBILITY)
        return _of_requests(asked, state, rulebook)
    if stage is Stage.INELIGIBLE:
        return _against_ineligibility(state, rulebook)
    if state.round > 1 and stage in (*REVIEWING, Stage.SERVICE):
        last = _last_service(state)
        again = deadline_from(
            state.case,
            rulebook,
            ref="P2",
            start="determination_served",
            moment=last.sent if last is not None else None,
        )
        return (again,) if again is not None else ()
    wanted = _CLOCKS.get(stage, ())
    if state.extension is not None and stage in (*REVIEWING, Stage.SERVICE):
        wanted = (_EXTENSION,)
    return tuple(d for d in deadlines(state.case, rulebook) if d.ref in wanted)


def information_clocks(state: CaseState, rulebook: RuleBook) -> tuple[Deadline, ...]:
    """Return the clocks of the open requests for information, which run inside the clock of the case."""
    return _of_requests(state.open_requests, state, rulebook)


def appeal_clock(state: CaseState, rulebook: RuleBook, party: CaseParty) -> Deadline | None:
    """Return until when a party may appeal: each from the service on it, by its own way of service."""
    service = next(
        (
            s
            for p in reversed(state.papers)
            if p.kind is PaperKind.DETERMINATION
            for s in p.served
            if s.party is party
        ),
        None,
    )
    return deadline_from(
        state.case,
        rulebook,
        ref="P1",
        start="determination_served",
        moment=service.sent if service is not None else None,
        method=service.method if service is not None else None,
    )


def _of_requests(
    requests: Iterable[InformationRequest], state: CaseState, rulebook: RuleBook
) -> tuple[Deadline, ...]:
    """Return the clocks of requests for information: each runs from its receipt."""
    found = (
        deadline_from(
            state.case,
            rulebook,
            ref="E1" if request.about is About.ELIGIBILITY else "D7",
            start="information_asked_for",
            moment=request.received,
        )
        for request in requests
    )
    return tuple(d for d in found if d is not None)


def _against_ineligibility(state: CaseState, rulebook: RuleBook) -> tuple[Deadline, ...]:
    served = [s for p in state.papers if p.kind is PaperKind.INELIGIBILITY for s in p.served]
    last = served[-1] if served else None
    clock = deadline_from(
        state.case,
        rulebook,
        ref="E3",
        start="ineligibility_served",
        moment=last.sent if last is not None else None,
        method=last.method if last is not None else None,
    )
    return (clock,) if clock is not None else ()


def _last_service(state: CaseState) -> ServedOn | None:
    served = [s for p in state.papers if p.kind in DETERMINATIONS for s in p.served]
    return served[-1] if served else None


def _earliest(found: tuple[Deadline, ...]) -> Due | None:
    dated = [(d.due, d) for d in found if d.due is not None]
    if not dated:
        return Due(clock=found[0], on=None, at=None) if found else None
    moment, clock = min(dated, key=lambda pair: local_day(pair[0]))
    return Due(clock=clock, on=local_day(moment), at=moment.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One line of a work list."""

    case_number: str
    stage: Stage
    step: Step
    is_expedited: bool
    due_on: date | None
    due_at: datetime | None
    clock: str | None
    explanation: str


def work_list(
    states: Iterable[CaseState], *, role: Role | None = None, person: str | None = None
) -> tuple[WorkItem, ...]:
    """Return what has to be done over many cases, what is due first in front.

    What has no day stands last; of two of one day the expedited one is first.

    Args:
        states: The cases.
        role: Only what this role has to do; None for everything.
        person: Only what this person holds, and what nobody holds yet.
    """
    items = [item for state in states for item in _items(state, role, person)]
    return tuple(
        sorted(
            items,
            key=lambda i: (
                i.due_on or date.max,
                not i.is_expedited,
                i.due_at.isoformat() if i.due_at else "",
                i.case_number,
            ),
        )
    )


def _items(state: CaseState, role: Role | None, person: str | None) -> Iterable[WorkItem]:
    wanted = [
        step
        for step in steps(state)
        if (role is None or step.role is role) and (person is None or step.person in (None, person))
    ]
    if not wanted:
        return
    rulebook = load_rulebook(state.case.case.programme)
    until = due(state, rulebook)
    for step in wanted:
        by = _due_of(state, step, until, rulebook)
        yield WorkItem(
            case_number=state.case_number,
            stage=stage_of(state),
            step=step,
            is_expedited=is_expedited(state.case),
            due_on=by.on if by is not None else None,
            due_at=by.at if by is not None else None,
            clock=by.clock.ref if by is not None else None,
            explanation=by.clock.explanation if by is not None else _NO_CLOCK,
        )


_NO_CLOCK = "No period of the law runs for this step."


def _due_of(state: CaseState, step: Step, of_stage: Due | None, rulebook: RuleBook) -> Due | None:
    """Return the clock of a step: its own, that of the stage where the stage waits for it, or none."""
    if step.request is None:
        return of_stage if step.holds_up else None
    request = next((r for r in state.open_requests if r.number == step.request), None)
    if request is None:
        return None
    return _earliest(_of_requests((request,), state, rulebook))
