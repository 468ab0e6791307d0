"""Any sequence of acts: what is offered is accepted, nothing forbidden is reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from casework.invented import (
    CaseLog,
    first,
    invented_case,
    liability_disputed,
    person,
    proper,
    some_command,
    unsigned,
)
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.actions import TABLE, available_actions
from openimr.casework.decide import Refused, decide
from openimr.casework.events import Recorded, read_event, read_recorded, write_event, write_recorded
from openimr.casework.events_afterwards import (
    CorrectionPrepared,
    CorrectionReleased,
    LetterComposed,
    Released,
    Remanded,
    Served,
)
from openimr.casework.events_application import PartiesChanged
from openimr.casework.events_review import (
    Attested,
    ConflictFound,
    Declined,
    DeterminationAdopted,
    DocumentRead,
    DraftOpened,
    DraftPrepared,
    ReviewerProposed,
    ReviewerReplaced,
    ViewRecorded,
)
from openimr.casework.parts import DETERMINATIONS, CaseParty, FiledBy
from openimr.casework.roles import Actor, Role
from openimr.casework.state import Stage, fold, read_state, stage_of, write_state
from openimr.casework.steps import steps

# What ends a case or throws it back: drawn less often, so that long lives are seen as well.
ENDINGS = {
    Action.TERMINATE,
    Action.LINK_DUPLICATE,
    Action.CONSOLIDATE,
    Action.END_DISPUTE,
    Action.REPLACE_REVIEWER,
    Action.REPORT_CONFLICT,
    Action.DECLINE,
    Action.LAPSE_OFFER,
    Action.FIND_UNDECIDABLE,
    Action.CORRECT_APPLICATION,
    Action.DECIDE_ELIGIBILITY_ANEW,
    Action.RETURN_FOR_REWRITE,
    Action.CHANGE_PARTIES,
}


class LifeOfACase(RuleBasedStateMachine):
    """Acts in any order, drawn from what is offered, and attempts at what is not."""

    def __init__(self) -> None:
        super().__init__()
        self.log = CaseLog()

    def offered(self) -> list[tuple[Role, Action]]:
        return [(role, action) for role in Role for action in available_actions(self.log.state, role)]

    def do(self, role: Role, action: Action, data: st.DataObject) -> None:
        before = self.log.state
        self.log.act(action, role, lambda choices: data.draw(st.sampled_from(list(choices))))
        assert self.log.known.number > (before.number if before is not None else 0)

    @rule(data=st.data())
    def what_is_offered_is_accepted(self, data: st.DataObject) -> None:
        offered = [pair for pair in self.offered() if pair[1] not in ENDINGS]
        role, action = data.draw(st.sampled_from(offered or self.offered()))
        self.do(role, action, data)

    @rule(data=st.data())
    def an_ending_that_is_offered_is_accepted(self, data: st.DataObject) -> None:
        offered = [pair for pair in self.offered() if pair[1] in ENDINGS]
        if offered:
            role, action = data.draw(st.sampled_from(offered))
            self.do(role, action, data)

    @precondition(lambda self: self.log.state is not None and steps(self.log.state))
    @rule(data=st.data(), hours=st.integers(0, 200))
    def the_next_step_is_taken(self, data: st.DataObject, hours: int) -> None:
        self.log.wait(hours=hours)
        for _ in range(4):
            waiting = steps(self.log.known)
            if not waiting:
                return
            self.do(waiting[0].role, waiting[0].action, data)

    @rule(role=st.sampled_from(list(Role)), action=st.sampled_from(list(Action)))
    def what_is_not_offered_is_refused(self, role: Role, action: Action) -> None:
        if action in available_actions(self.log.state, role):
            return
        found = decide(self.log.state, some_command(action), actor=person(role), at=self.log.at)
        assert isinstance(found, Refused)
        assert found.reasons
        for reason in found.reasons:
            assert reason.asked and reason.found and reason.remedy

    @invariant()
    def folding_the_log_gives_the_state(self) -> None:
        if self.log.state is not None:
            assert fold(self.log.recorded) == self.log.state
            assert read_state(write_state(self.log.state)) == self.log.state

    @invariant()
    def every_event_goes_to_json_and_back(self) -> None:
        for one in self.log.recorded[-4:]:
            assert read_recorded(write_recorded(one)) == one
            assert read_event(one.kind, write_event(one.event)) == one.event

    @invariant()
    def every_step_is_an_action_that_is_offered(self) -> None:
        if self.log.state is not None:
            for step in steps(self.log.state):
                assert step.action in available_actions(self.log.state, step.role), step

    @invariant()
    def nothing_forbidden_was_reached(self) -> None:
        assert not list(forbidden(self.log.recorded))


def forbidden(log: tuple[Recorded, ...]) -> Iterator[str]:
    """Yield what must never be in a log: read from the events alone, without state or table."""
    attested: set[str] = set()
    viewed: set[str] = set()
    opened: set[str] = set()
    adopters: set[str] = set()
    authors: set[str] = set()
    correctors: set[str] = set()
    drafts: set[str] = set()
    released = False
    for one in log:
        event, by = one.event, one.by
        match event:
            case ReviewerProposed(assignment=chosen):
                attested.discard(chosen.reviewer)
                viewed.discard(chosen.reviewer)
                opened.discard(chosen.reviewer)
            case Attested():
                if by.id != event.attestation.reviewer:
                    yield "attested by another"
                attested.add(by.id)
            case PartiesChanged():
                attested.clear()
            case Declined() | ConflictFound() | ReviewerReplaced():
                attested.discard(event.reviewer)
            case DocumentRead(document=document) if by.role is Role.REVIEWER:
                if by.id not in attested:
                    yield "a document read before the attestation"
                if document in drafts and by.id not in opened:
                    yield "the draft read as a document before it was opened"
            case ViewRecorded():
                if by.id not in attested or by.id in opened:
                    yield "a view without attestation, or after the draft"
                viewed.add(by.id)
            case DraftPrepared():
                drafts.add(event.draft.sha256)
                opened.clear()
                authors.add(by.id if by.role is not Role.SYSTEM else "")
            case DraftOpened():
                if by.id not in viewed or by.id not in attested:
                    yield "the draft seen before the view"
                opened.add(by.id)
            case DeterminationAdopted():
                if not {by.id} <= attested & viewed & opened:
                    yield "a determination without attestation, view or opened draft"
                adopters.add(by.id)
            case LetterComposed():
                authors.add(by.id if by.role is not Role.SYSTEM else "")
            case Released():
                if by.id in adopters | authors:
                    yield "released by its adopter or author"
                released = True
            case CorrectionPrepared():
                correctors = {by.id}
            case CorrectionReleased() if by.id in correctors | adopters:
                yield "a correction released by who prepared it"
            case Remanded():
                adopters, authors, released = set(), set(), False
            case Served(paper=paper):
                kind = paper.rpartition("-")[0]
                if kind in {k.value for k in DETERMINATIONS} and not released:
                    yield "a determination served before its release"
            case _:
                continue


SEEDS = range(80)
# among so many lives also what is rare is seen: nobody can decide the case on what is there
MANY = range(200)


@dataclass(frozen=True)
class Life:
    """One case as chance led it: its log, and the stages that it came to."""

    log: CaseLog
    stages: frozenset[Stage]


@cache
def life(seed: int) -> Life:
    """Return a long life: mostly the next step, often something else, now and then an ending."""
    chance, log = Random(seed), CaseLog()
    stages = set()
    for _ in range(100):
        role, action = _chosen(chance, log)
        log.wait(hours=chance.randrange(60))
        if chance.random() < 0.4:
            _wrong_person_tries(chance, log, role, action)
            continue
        log.act(action, role, chance.choice)
        stages.add(stage_of(log.known))
        for step in steps(log.known):
            assert step.action in available_actions(log.known, step.role), step
    return Life(log, frozenset(stages))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_life_reaches_nothing_forbidden(seed: int) -> None:
    log = life(seed).log
    assert not list(forbidden(log.recorded))
    assert fold(log.recorded) == log.state
    assert tuple(read_recorded(write_recorded(one)) for one in log.recorded) == log.recorded


def test_the_long_lives_reach_every_stage() -> None:
    """A walk that stays at the beginning would prove nothing."""
    assert frozenset().union(*(life(seed).stages for seed in MANY)) == set(Stage)


# What has to be done first, where the next step never comes to an action by itself.
FIRST = {
    Action.UNLINK_DUPLICATE: (Action.LINK_DUPLICATE,),
    Action.ANSWER_INFORMATION: (Action.ASK_ABOUT_ELIGIBILITY,),
    Action.CLOSE_INFORMATION: (Action.ASK_ABOUT_ELIGIBILITY,),
    Action.RELEASE_CORRECTION: (Action.PREPARE_CORRECTION,),
    Action.RECORD_APPEAL_DECISION: (Action.RECORD_APPEAL,),
    Action.REMAND: (Action.RECORD_APPEAL, Action.RECORD_APPEAL_DECISION),
    Action.RECORD_PAYMENT: (Action.SEND_INVOICE,),
    Action.CANCEL_INVOICE: (Action.SEND_INVOICE,),
}
STARTS = {Action.FILE_AGAIN: unsigned, Action.RESOLVE_LIABILITY: liability_disputed}
WHO_MAY = sorted({(row.action, role) for row in TABLE for role in row.by})


@pytest.mark.parametrize(("action", "role"), WHO_MAY, ids=lambda value: value.value)
def test_whoever_may_do_something_comes_to_do_it(action: Action, role: Role) -> None:
    """No row of the table is dead: each role that it names is offered the action in some case."""
    log, first_of_all = CaseLog(), list(FIRST.get(action, ()))
    for _ in range(80):
        if action in available_actions(log.state, role):
            log.act(action, role)
            return
        if log.state is None:
            case = STARTS.get(action, lambda plain: plain)(invented_case())
            filed = ask.FileApplication(case=case, filed_by=FiledBy.WEB)
            assert log.ask(filed, person(Role.INTAKE)) is None
            continue
        ahead = [r for r in Role if first_of_all and first_of_all[0] in available_actions(log.state, r)]
        if ahead:
            pick = _the_payer_or_first if role is Role.PAYER else first
            log.act(first_of_all.pop(0), ahead[-1], pick)
        else:
            log.act(steps(log.state)[0].action, steps(log.state)[0].role)
    raise AssertionError(f"{role} never comes to {action}")


def _the_payer_or_first(choices: Sequence[object]) -> object:
    return CaseParty.PAYER if CaseParty.PAYER in choices else choices[0]


def _wrong_person_tries(chance: Random, log: CaseLog, role: Role, action: Action) -> None:
    """Ask for what is offered as somebody else of the case, or for a paper that may be closed.

    It may be accepted, where that person may do it; it must never lead to what is forbidden.
    """
    if log.state is None:
        return
    command, _ = proper(log.state, action, role, log.at, chance.choice)
    people = sorted({one.by.id for one in log.recorded})
    papers = [*log.state.drafts, *log.state.letters, *(v.determination for v in log.state.versions)]
    if papers and chance.random() < 0.5:
        command, role = ask.ReadDocument(document=chance.choice(papers)), Role.REVIEWER
    log.ask(command, Actor(id=chance.choice(people), role=role))


def _chosen(chance: Random, log: CaseLog) -> tuple[Role, Action]:
    offered = [(role, action) for role in Role for action in available_actions(log.state, role)]
    mild = [pair for pair in offered if pair[1] not in ENDINGS]
    waiting = steps(log.state) if log.state is not None else ()
    drawn = chance.random()
    if waiting and drawn < 0.55:
        return waiting[0].role, waiting[0].action
    return chance.choice(mild if mild and drawn < 0.82 else offered)


TestLifeOfACase = LifeOfACase.TestCase
TestLifeOfACase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
