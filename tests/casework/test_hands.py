"""Who takes a case in hand, whose offer lapses, and what each reviewer has to do."""

from __future__ import annotations

import pytest

from casework.invented import CaseLog, assignment, person, reviewer
from casework.test_applications import told
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.actions import actions_of, available_actions, rows_of
from openimr.casework.events import CaseTakenOver
from openimr.casework.moments import day_of
from openimr.casework.parts import CaseParty
from openimr.casework.reviewer_work import TO_DO, ReviewerWork, work_of_reviewers
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import LeftBecause
from openimr.casework.state import Stage, stage_of
from openimr.casework.steps import steps
from openimr.casework.work import holder

MANAGER = person(Role.CASE_MANAGER)
SOFTWARE = Actor(id="desk", role=Role.SYSTEM)


@pytest.mark.parametrize(
    ("stage", "role"),
    [
        (Stage.SCREENING, Role.INTAKE),
        (Stage.NOTICE, Role.CASE_MANAGER),
        (Stage.ASSIGNMENT, Role.CASE_MANAGER),
        (Stage.REMAND, Role.ADMINISTRATIVE_DIRECTOR),
    ],
)
def test_whoever_of_a_role_that_has_the_next_step_takes_the_case(stage: Stage, role: Role) -> None:
    log = CaseLog()
    if stage is Stage.REMAND:
        log.until(Stage.SERVED)
        log.act(Action.RECORD_APPEAL, Role.INTAKE)
        log.act(Action.RECORD_APPEAL_DECISION, Role.INTAKE)
    log.until(stage)
    assert role in {step.role for step in steps(log.known)}
    assert log.ask(ask.TakeCase(), person(role, 4)) is None
    found = holder(log.known)
    assert found is not None and (found.role, found.person) == (role, f"{role.value}-4")


def test_a_case_that_waits_for_another_role_is_taken_over_with_a_reason_only() -> None:
    """Records are awaited from the claims administrator; intake has them on the telephone."""
    log = CaseLog().until(Stage.RECORDS)
    intake = person(Role.INTAKE, 2)
    assert Action.TAKE_CASE not in available_actions(log.known, Role.INTAKE)
    assert "nothing waits for the role intake" in told(log.ask(ask.TakeCase(), intake))
    assert "reason" in told(log.ask(ask.TakeOverCase(why=" "), intake))
    assert log.ask(ask.TakeOverCase(why="The claims administrator is on the telephone."), intake) is None
    assert [(h.role, h.id) for h in log.known.in_hand] == [(Role.INTAKE, "intake-2")]


def test_a_colleague_takes_over_with_a_reason_and_the_log_says_from_whom() -> None:
    log = CaseLog().until(Stage.ASSIGNMENT)
    first, second = person(Role.CASE_MANAGER, 1), person(Role.CASE_MANAGER, 2)
    assert log.ask(ask.TakeCase(), first) is None
    assert log.ask(ask.TakeCase(), first) is None, "one's own case is taken again"
    assert "has it in hand" in told(log.ask(ask.TakeCase(), second))
    assert log.ask(ask.TakeOverCase(why="The colleague is ill."), second) is None
    event = log.recorded[-1].event
    assert isinstance(event, CaseTakenOver) and event.of == first.id
    found = holder(log.known)
    assert found is not None and found.person == second.id


def test_people_from_outside_and_reviewers_take_no_case() -> None:
    inside = {role for row in rows_of(Action.TAKE_OVER_CASE) for role in row.by}
    assert not inside & {Role.APPLICANT, Role.PAYER, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR}
    assert {role for row in rows_of(Action.TAKE_CASE) for role in row.by} < inside


def _offered() -> tuple[CaseLog, str]:
    log = CaseLog().until(Stage.ATTESTATION)
    return log, log.known.seats[0].reviewer


def test_an_offer_lapses_after_its_last_day_and_not_on_it() -> None:
    log, name = _offered()
    last = log.known.seats[0].answer_by
    assert last is not None
    while day_of(log.at) < last:
        log.wait(days=1)
    assert day_of(log.at) == last
    assert "open until" in told(log.ask(ask.LapseOffer(reviewer=name), SOFTWARE))
    log.wait(days=1)
    assert log.ask(ask.LapseOffer(reviewer=name), SOFTWARE) is None
    assert stage_of(log.known) is Stage.ASSIGNMENT and not log.known.seats
    assert [(f.reviewer, f.left) for f in log.known.former] == [(name, LeftBecause.LAPSED)]
    again = ask.ProposeReviewer(assignment=assignment(name), answer_by=day_of(log.at))
    assert "lapsed" in told(log.ask(again, MANAGER))
    log.until(Stage.VIEW)


def test_who_has_attested_or_was_given_no_day_does_not_lapse() -> None:
    log, name = _offered()
    log.act(Action.ATTEST, Role.REVIEWER)
    log.wait(days=30)
    assert told(log.ask(ask.LapseOffer(reviewer=name), SOFTWARE))
    other = CaseLog().until(Stage.ASSIGNMENT)
    assert other.ask(ask.ProposeReviewer(assignment=assignment("r-9")), MANAGER) is None
    other.wait(days=30)
    assert Action.LAPSE_OFFER not in available_actions(other.known, Role.SYSTEM)


def test_new_parties_give_a_reviewer_who_attested_no_day_that_is_over() -> None:
    log, _ = _offered()
    log.act(Action.ATTEST, Role.REVIEWER)
    log.wait(days=9)
    log.act(Action.CHANGE_PARTIES, Role.CASE_MANAGER)
    assert log.known.seats[0].attestation is None
    assert Action.LAPSE_OFFER not in available_actions(log.known, Role.SYSTEM)


def test_no_offer_ends_before_it_is_made() -> None:
    log = CaseLog().until(Stage.ASSIGNMENT)
    over = day_of(log.at).replace(year=2023)
    offer = ask.ProposeReviewer(assignment=assignment("r-1"), answer_by=over)
    assert "which is over" in told(log.ask(offer, MANAGER))


def test_what_a_reviewer_has_to_do_goes_by_the_own_seat() -> None:
    log = CaseLog().until(Stage.ASSIGNMENT)
    log.act(Action.APPROVE_REVIEWERS, Role.ADMINISTRATIVE_DIRECTOR)
    log.until(Stage.ATTESTATION)
    first, second = (seat.reviewer for seat in log.known.seats)

    def works() -> tuple[ReviewerWork, ReviewerWork]:
        found = work_of_reviewers(log.known)
        return found[first], found[second]

    assert works() == (ReviewerWork.OFFERED, ReviewerWork.OFFERED)
    log.act(Action.ATTEST, Role.REVIEWER)
    assert works() == (ReviewerWork.TO_VIEW, ReviewerWork.OFFERED)
    log.act(Action.ATTEST, Role.REVIEWER)
    log.act(Action.RECORD_VIEW, Role.REVIEWER)
    assert works() == (ReviewerWork.DRAFT_AWAITED, ReviewerWork.TO_VIEW)
    log.act(Action.PREPARE_DRAFT, Role.SYSTEM)
    assert works() == (ReviewerWork.TO_OPEN, ReviewerWork.TO_VIEW)
    log.act(Action.OPEN_DRAFT, Role.REVIEWER)
    log.act(Action.ADOPT_DETERMINATION, Role.REVIEWER)
    assert works() == (ReviewerWork.ADOPTED, ReviewerWork.TO_VIEW)
    assert stage_of(log.known) is Stage.VIEW, "the case itself waits for the second reviewer"
    own = actions_of(log.known, reviewer(first))
    assert not {Action.RECORD_VIEW, Action.ADOPT_DETERMINATION, Action.ATTEST} & set(own)
    assert Action.RECORD_VIEW in actions_of(log.known, reviewer(second))
    log.act(Action.RECORD_VIEW, Role.REVIEWER)
    assert log.ask(ask.OpenDraft(), reviewer(second)) is None
    assert works() == (ReviewerWork.ADOPTED, ReviewerWork.TO_DECIDE)
    log.act(Action.ADOPT_DETERMINATION, Role.REVIEWER)
    assert works() == (ReviewerWork.ADOPTED, ReviewerWork.ADOPTED)
    log.act(Action.RETURN_FOR_REWRITE, Role.QUALITY)
    assert works() == (ReviewerWork.RETURNED, ReviewerWork.ADOPTED)
    assert {work for work in works() if work in TO_DO} == {ReviewerWork.RETURNED}
    log.until(Stage.SERVICE)
    assert works() == (ReviewerWork.RELEASED, ReviewerWork.RELEASED)


def test_nobody_without_a_seat_is_offered_what_reviewers_do() -> None:
    log = CaseLog().until(Stage.VIEW)
    assert Action.RECORD_VIEW in available_actions(log.known, Role.REVIEWER)
    assert actions_of(log.known, reviewer("r-99")) == ()
    assert actions_of(log.known, MANAGER) == available_actions(log.known, Role.CASE_MANAGER)


OFFICE = person(Role.ADMINISTRATIVE_DIRECTOR, 3)


@pytest.mark.parametrize("stage", [Stage.NOTICE, Stage.RECORDS, Stage.ASSIGNMENT, Stage.VIEW, Stage.QUALITY])
def test_the_office_comes_to_a_review_only_where_something_waits_for_it(stage: Stage) -> None:
    log = CaseLog().until(stage)
    assert Action.TAKE_OVER_CASE not in available_actions(log.known, OFFICE.role)
    assert "nothing in it waits for" in told(log.ask(ask.TakeOverCase(why="I want to look."), OFFICE))
    assert log.ask(ask.AskOffice(what="More time: the records came late."), person(Role.CASE_MANAGER)) is None
    found = holder(log.known)
    assert found is not None and found.role is not OFFICE.role, "the review itself goes on"
    assert "More time" in next(s for s in steps(log.known) if s.role is OFFICE.role).words
    assert log.ask(ask.TakeCase(), OFFICE) is None
    assert log.known.asked_of_office is not None, "coming to the case is no answer"
    assert log.ask(ask.AddNote(text="The reason is not enough."), OFFICE) is None
    assert OFFICE.role not in {step.role for step in steps(log.known)}
    assert Action.TAKE_OVER_CASE not in available_actions(log.known, OFFICE.role)


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.SERVED])
def test_the_office_comes_to_a_case_at_what_the_law_gives_it_a_say_in(stage: Stage) -> None:
    log = CaseLog().until(stage)
    assert log.ask(ask.TakeOverCase(why="A petition came in."), OFFICE) is None


def test_an_open_request_for_information_lets_the_office_come() -> None:
    log = CaseLog().until(Stage.RECORDS)
    asked = ask.RequestInformation(of=CaseParty.PAYER, what=("the last report",))
    assert log.ask(asked, person(Role.CASE_MANAGER)) is None
    assert log.ask(ask.TakeOverCase(why="The payer called."), OFFICE) is None
