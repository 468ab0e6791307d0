"""Release by a second person, service with proof, correction, appeal, remand, invoices, work lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.invented import (
    CaseLog,
    digest,
    invented_case,
    letter,
    person,
    proper,
    service,
)
from casework.test_applications import filed, told
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.actions import TABLE, available_actions
from openimr.casework.afterwards import charge_of
from openimr.casework.commands import DisputeDecision
from openimr.casework.events import read_event
from openimr.casework.moments import day_of, moment_of
from openimr.casework.papers import parties_of
from openimr.casework.parts import (
    AppealGround,
    AppealOutcome,
    CaseParty,
    Channel,
    DisputeStatus,
    PaperKind,
    ProofKind,
    ProofOfService,
    ServedOn,
)
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import LeftBecause
from openimr.casework.state import Stage, fold, stage_of
from openimr.casework.steps import steps
from openimr.casework.work import appeal_clock, clocks, due, holder, next_step, work_list
from openimr.law.calendars import local_day
from openimr.law.deciders import who_decides
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import ClosingStage, ReviewerClass, ServiceMethod
from openimr.terms.eligibility import ChargeKind, Decider
from openimr.terms.errors import CaseError, FormatInvalid
from openimr.terms.period import Moment

BOOK = load_rulebook("us_ca_wc")
QUALITY = person(Role.QUALITY)


def composed(by: Actor) -> CaseLog:
    log = CaseLog().until(Stage.QUALITY)
    assert log.ask(ask.ComposeLetter(letter=letter("final")), by) is None
    return log


def release(sha: str = "final") -> ask.ReleaseDetermination:
    return ask.ReleaseDetermination(letter=digest(sha))


def test_the_author_of_the_letter_does_not_release_it() -> None:
    log = composed(QUALITY)
    assert "you wrote the draft or the letter" in told(log.ask(release(), QUALITY))
    assert log.ask(release(), person(Role.QUALITY, 2)) is None
    assert stage_of(log.known) is Stage.SERVICE


def test_a_physician_who_adopted_does_not_release_in_another_role() -> None:
    log = composed(person(Role.SYSTEM))
    adopter = Actor(id=log.known.seats[0].reviewer, role=Role.MEDICAL_DIRECTOR)
    assert "you adopted the determination" in told(log.ask(release(), adopter))


def test_the_author_of_a_draft_does_not_release_in_another_role() -> None:
    log = CaseLog().until(Stage.VIEW)
    command, _ = proper(log.known, Action.PREPARE_DRAFT, Role.CASE_MANAGER, log.at)
    assert log.ask(command, Actor(id="quality-1", role=Role.CASE_MANAGER)) is None
    log.until(Stage.QUALITY)
    assert log.ask(ask.ComposeLetter(letter=letter("final")), person(Role.SYSTEM)) is None
    assert "you wrote the draft" in told(log.ask(release(), QUALITY))


def test_another_letter_than_the_one_composed_last_is_not_released() -> None:
    log = composed(person(Role.SYSTEM))
    assert "composed last" in told(log.ask(release("older"), QUALITY))
    log.act(Action.END_DISPUTE, Role.PAYER)
    assert "not composed from what is adopted now" in told(log.ask(release(), QUALITY))


def test_nothing_of_a_determination_is_served_before_its_release() -> None:
    log = composed(person(Role.SYSTEM))
    early = ask.ServePaper(paper="determination-1", service=service(CaseParty.PAYER, log.at))
    assert "determination-1 is not owed to the payer" in told(log.ask(early, person(Role.INTAKE)))


def test_service_is_by_party_and_channel_with_proof_and_a_day() -> None:
    log = CaseLog().until(Stage.SERVICE)
    proof = ProofOfService(kind=ProofKind.POSTAL_RECEIPT, reference=" ")
    wrong = ServedOn(
        party=CaseParty.PROVIDER,
        channel=Channel.FAX,
        method=ServiceMethod.MAIL_CA,
        sent=Moment(date(2024, 1, 2)),
        proof=proof,
    )
    words = told(log.ask(ask.ServePaper(paper="determination-1", service=wrong), person(Role.INTAKE)))
    for part in ("cannot be served as mail_ca", "before it was there", "proof of service is not stated"):
        assert part in words
    for party in parties_of(log.known.case):
        assert stage_of(log.known) is Stage.SERVICE
        right = ask.ServePaper(paper="determination-1", service=service(party, log.at))
        assert log.ask(right, person(Role.CASE_MANAGER)) is None
        if stage_of(log.known) is Stage.SERVICE:
            assert "not owed" in told(log.ask(right, person(Role.CASE_MANAGER)))
    assert stage_of(log.known) is Stage.SERVED


def test_each_party_appeals_from_the_service_on_it() -> None:
    log = CaseLog().until(Stage.SERVICE)
    mailed = ServedOn(
        party=CaseParty.EMPLOYEE,
        channel=Channel.PRINT,
        method=ServiceMethod.MAIL_CA,
        sent=moment_of(log.at),
        proof=ProofOfService(kind=ProofKind.DECLARATION, reference="declaration 12"),
    )
    by_hand = replace(mailed, party=CaseParty.PAYER, channel=Channel.IN_PERSON, method=ServiceMethod.PERSONAL)
    for one in (mailed, by_hand):
        assert log.ask(ask.ServePaper(paper="determination-1", service=one), person(Role.INTAKE)) is None
    employee = appeal_clock(log.known, BOOK, CaseParty.EMPLOYEE)
    payer = appeal_clock(log.known, BOOK, CaseParty.PAYER)
    provider = appeal_clock(log.known, BOOK, CaseParty.PROVIDER)
    assert employee is not None and payer is not None and provider is not None
    assert employee.due is not None and payer.due is not None and provider.due is None
    assert local_day(employee.due) > local_day(payer.due)


def test_a_correction_is_released_by_a_second_person_and_served_anew() -> None:
    log = CaseLog().until(Stage.SERVED)
    correction = ask.PrepareCorrection(letter=letter("corrected"), corrections=("the date of injury",))
    assert log.ask(correction, QUALITY) is None
    let_out = ask.ReleaseCorrection(letter=digest("corrected"))
    assert "you prepared the correction" in told(log.ask(let_out, QUALITY))
    assert log.ask(let_out, person(Role.MEDICAL_DIRECTOR)) is None
    assert stage_of(log.known) is Stage.SERVICE
    assert [r.letter for r in log.known.releases][1] == digest("corrected")
    assert log.known.releases[1].corrects == log.known.releases[0].letter
    log.until(Stage.SERVED)


def reversed_case() -> CaseLog:
    log = CaseLog().until(Stage.SERVED)
    appeal = ask.RecordAppeal(filed_on=day_of(log.at), by=CaseParty.EMPLOYEE)
    assert log.ask(appeal, person(Role.APPLICANT)) is None
    assert stage_of(log.known) is Stage.APPEAL
    order = ask.RecordAppealDecision(
        outcome=AppealOutcome.REVERSED,
        on=day_of(log.at),
        order=digest("order"),
        ground=AppealGround.ERROR_OF_FACT,
        facts=("the report of 9 January names the gain",),
    )
    assert "names its ground" in told(log.ask(replace(order, ground=None), person(Role.CASE_MANAGER)))
    assert "which facts are wrong" in told(log.ask(replace(order, facts=()), person(Role.CASE_MANAGER)))
    assert log.ask(order, person(Role.CASE_MANAGER)) is None
    assert stage_of(log.known) is Stage.REMAND
    return log


def test_a_reversed_case_goes_to_another_organization_where_there_is_one() -> None:
    log, director = reversed_case(), person(Role.ADMINISTRATIVE_DIRECTOR)
    here = ask.Remand(why="reversed", available=("Northern Review",))
    assert "another organization is available" in told(log.ask(here, director))
    assert log.ask(replace(here, to="Northern Review"), director) is None
    assert stage_of(log.known) is Stage.SENT_ELSEWHERE
    assert log.known.closed is not None and log.known.closed.goes_on_in == "Northern Review"


def test_without_another_organization_another_reviewer_reviews_anew_and_nothing_is_lost() -> None:
    log = reversed_case()
    earlier = log.known.seats[0].reviewer
    assert log.ask(ask.Remand(why="reversed"), person(Role.ADMINISTRATIVE_DIRECTOR)) is None
    assert stage_of(log.known) is Stage.ASSIGNMENT and log.known.round == 2
    assert log.known.former[-1].left is LeftBecause.REVERSED
    assert log.known.case.reviewers.earlier == (earlier,)
    again, _ = proper(log.known, Action.PROPOSE_REVIEWER, Role.CASE_MANAGER, log.at)
    assert isinstance(again, ask.ProposeReviewer)
    same = replace(again, assignment=replace(again.assignment, reviewer=earlier))
    assert "Choose another one" in told(log.ask(same, person(Role.CASE_MANAGER)))
    assert [c.ref for c in clocks(log.known, BOOK)] == ["P2"]
    log.until(Stage.SERVED)
    assert len(log.known.versions) == 2 and len(log.known.releases) == 2
    assert {p.id for p in log.known.papers if p.kind is PaperKind.DETERMINATION} == {
        "determination-1",
        "determination-2",
    }


def test_an_appeal_that_is_dismissed_changes_nothing() -> None:
    log = CaseLog().until(Stage.SERVED)
    log.act(Action.RECORD_APPEAL, Role.PAYER)
    order = ask.RecordAppealDecision(
        outcome=AppealOutcome.DISMISSED, on=day_of(log.at), order=digest("order")
    )
    assert log.ask(order, person(Role.INTAKE)) is None
    assert stage_of(log.known) is Stage.SERVED


def test_the_invoice_is_over_the_amount_of_the_fee_table() -> None:
    log = CaseLog().until(Stage.SERVED)
    assert log.known.case.closing.stage is ClosingStage.DETERMINED
    assert log.known.case.closing.reviewer_class is ReviewerClass.MD_DO
    charge = charge_of(log.known)
    assert charge is not None and charge.amount_usd is not None
    manager = person(Role.CASE_MANAGER)
    other = ask.SendInvoice(number="I-1", amount_usd=charge.amount_usd + 1)
    assert "the fee table says" in told(log.ask(other, manager))
    assert log.ask(ask.SendInvoice(number="I-1"), manager) is None
    assert log.known.invoice is not None and log.known.invoice.amount_usd == charge.amount_usd
    assert log.known.papers[-1].parties == (CaseParty.PAYER,)
    assert log.ask(ask.CancelInvoice(number="I-1", why="wrong claim number"), manager) is None
    assert "number was used" in told(log.ask(ask.SendInvoice(number="I-1"), manager))
    assert log.ask(ask.SendInvoice(number="I-2"), manager) is None
    assert log.ask(ask.RecordPayment(number="I-2", on=day_of(log.at)), manager) is None
    assert log.known.invoice.paid_on == day_of(log.at)


def test_an_amount_that_the_law_does_not_know_is_agreed_somewhere_or_not_billed() -> None:
    """Of 2015 to 2019 no amounts were found."""
    case = invented_case()
    log = filed(replace(case, dates=replace(case.dates, submitted=Moment(date(2016, 5, 2)))))
    log.act(Action.TERMINATE, Role.CASE_MANAGER)
    manager = person(Role.CASE_MANAGER)
    assert "the amount is not known" in told(log.ask(ask.SendInvoice(number="I-1"), manager))
    agreed = ask.SendInvoice(number="I-1", amount_usd=210, agreed_in="the contract of 2016")
    assert log.ask(agreed, manager) is None


@pytest.mark.parametrize(
    ("stage", "ref"),
    [
        (Stage.NOTICE, "S1"),
        (Stage.RECORDS, "D2"),
        (Stage.ASSIGNMENT, "V1"),
        (Stage.VIEW, "V1"),
        (Stage.QUALITY, "V1"),
    ],
)
def test_each_stage_waits_under_its_clock_that_explains_itself(stage: Stage, ref: str) -> None:
    log = CaseLog().until(stage)
    found = due(log.known, BOOK)
    assert found is not None and found.clock.ref == ref
    assert found.on is not None and str(found.on.year) in found.clock.explanation
    log.wait(days=60)
    assert found.is_overdue(log.at)


def test_an_overdue_case_stays_decidable() -> None:
    log = CaseLog().until(Stage.VIEW)
    log.wait(days=400)
    log.until(Stage.SERVED)


def test_more_time_moves_the_clock_of_the_determination() -> None:
    log = CaseLog().until(Stage.VIEW)
    before = due(log.known, BOOK)
    log.act(Action.APPROVE_EXTENSION, Role.ADMINISTRATIVE_DIRECTOR)
    after = due(log.known, BOOK)
    assert before is not None and after is not None and before.on is not None and after.on is not None
    assert after.on > before.on and after.clock.ref == "V4"


def test_the_holder_is_who_took_the_case_or_reviews_it() -> None:
    log = CaseLog().until(Stage.ASSIGNMENT)
    assert log.ask(ask.TakeCase(), person(Role.CASE_MANAGER, 8)) is None
    found = holder(log.known)
    assert found is not None and (found.role, found.person) == (Role.CASE_MANAGER, "case_manager-8")
    log.until(Stage.VIEW)
    found = holder(log.known)
    assert found is not None and (found.role, found.person) == (
        Role.REVIEWER,
        log.known.seats[0].reviewer,
    )


def test_work_lists_are_sorted_by_what_is_due_and_filtered_by_who_holds_it() -> None:
    early, late, resting = (
        CaseLog().until(Stage.NOTICE),
        CaseLog().until(Stage.RECORDS),
        CaseLog().until(Stage.SERVED),
    )
    items = work_list([late.known, early.known, resting.known])
    dated = [i.due_on for i in items if i.due_on is not None]
    assert dated == sorted(dated) and items[0].stage is Stage.NOTICE
    assert {i.step.role for i in work_list([late.known, early.known], role=Role.PAYER)} == {Role.PAYER}
    taken = early.ask(ask.TakeCase(), person(Role.CASE_MANAGER, 8))
    assert taken is None
    mine = work_list([early.known], role=Role.CASE_MANAGER, person="case_manager-8")
    others = work_list([early.known], role=Role.CASE_MANAGER, person="case_manager-9")
    assert mine and not others
    assert all(i.explanation for i in items)


def test_a_case_that_rests_has_no_holder_but_what_is_left_to_do() -> None:
    log = CaseLog().until(Stage.NOTICE)
    log.act(Action.TERMINATE, Role.CASE_MANAGER)
    while (step := next_step(log.known)) is not None:
        log.act(step.action, step.role)
    assert holder(log.known) is None and stage_of(log.known) is Stage.TERMINATED
    assert not log.known.owed_papers


def test_the_table_gives_the_administrative_director_what_the_law_does() -> None:
    questions = {
        "more than one reviewer": Action.APPROVE_REVIEWERS,
        "extension for good cause": Action.APPROVE_EXTENSION,
        "publication": Action.APPROVE_PUBLICATION,
    }
    for question, action in questions.items():
        assert who_decides(question).decided_by is Decider.ADMINISTRATIVE_DIRECTOR
        assert {r for row in TABLE if row.action is action for r in row.by} == {Role.ADMINISTRATIVE_DIRECTOR}
    adopters = {r for row in TABLE if row.action is Action.ADOPT_DETERMINATION for r in row.by}
    assert who_decides("medical necessity").decided_by is Decider.REVIEWER and adopters == {Role.REVIEWER}


def test_an_auditor_only_reads_and_an_administrator_does_nothing() -> None:
    reads = {Action.READ_CASE, Action.READ_DOCUMENT}
    for stage in (Stage.SCREENING, Stage.VIEW, Stage.QUALITY, Stage.SERVED):
        state = CaseLog().until(stage).known
        assert set(available_actions(state, Role.AUDITOR)) == reads
        assert available_actions(state, Role.ADMINISTRATOR) == ()


def test_a_look_moves_the_number_and_not_the_version() -> None:
    log = CaseLog().until(Stage.VIEW)
    number, version = log.known.number, log.known.version
    log.act(Action.READ_CASE, Role.AUDITOR)
    log.act(Action.READ_DOCUMENT, Role.REVIEWER)
    assert (log.known.number, log.known.version) == (number + 2, version)
    log.act(Action.TAKE_OVER_CASE, Role.QUALITY)
    assert log.known.version == log.known.number


def test_a_log_with_a_gap_is_no_log() -> None:
    log = CaseLog().until(Stage.NOTICE)
    with pytest.raises(CaseError, match="event 2 has to come next"):
        fold((log.recorded[0], *log.recorded[2:]))
    with pytest.raises(CaseError, match="no case is open"):
        fold((replace(log.recorded[1], number=1),))
    with pytest.raises(CaseError, match="holds no event"):
        fold(())


def test_an_unknown_event_names_the_known_ones() -> None:
    with pytest.raises(FormatInvalid, match="Known events are: ApplicationSaved"):
        read_event("ApplicationLost", "{}")


def test_steps_name_no_reviewer_to_the_sides() -> None:
    log = CaseLog().until(Stage.VIEW)
    name = log.known.seats[0].reviewer
    assert all(name not in step.words for step in steps(log.known))


def test_what_ended_after_the_file_was_open_is_billed_as_such() -> None:
    before, after = CaseLog().until(Stage.ATTESTATION), CaseLog().until(Stage.VIEW)
    after.act(Action.REPORT_CONFLICT, Role.REVIEWER)
    for log, stage in ((before, ClosingStage.BEFORE_REVIEWER), (after, ClosingStage.AFTER_REVIEWER)):
        log.act(Action.TERMINATE, Role.CASE_MANAGER)
        assert log.known.case.closing.stage is stage
        charge = charge_of(log.known)
        assert charge is not None and charge.kind is ChargeKind.TERMINATION_FEE


def test_a_case_found_ineligible_after_the_assignment_can_be_billed() -> None:
    log = CaseLog().until(Stage.RECORDS)
    decisions = tuple(DisputeDecision(dispute=n, status=DisputeStatus.INELIGIBLE) for n in (1, 2))
    anew = ask.DecideEligibilityAnew(decisions=decisions, why="decided in another case")
    assert log.ask(anew, person(Role.ADMINISTRATIVE_DIRECTOR)) is None
    assert Action.SEND_INVOICE in available_actions(log.known, Role.CASE_MANAGER)
    assert log.known.case.closing.stage is ClosingStage.BEFORE_REVIEWER
