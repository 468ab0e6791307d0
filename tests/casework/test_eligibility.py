"""Every reason at once, exemptions by whom the law names, partial approvals, single disputes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casework.invented import CaseLog, invented_case, person, unsigned
from casework.test_applications import filed, told
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.commands import DisputeDecision
from openimr.casework.decide import Refused
from openimr.casework.eligibility import screening
from openimr.casework.moments import day_of, moment_of
from openimr.casework.parts import CaseParty, DisputeStatus, Exemption, PaperKind
from openimr.casework.roles import Role
from openimr.casework.state import Stage, stage_of
from openimr.casework.work import due
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import ClosingStage
from openimr.terms.period import Moment
from openimr.terms.treatment import Quantity

BOOK = load_rulebook("us_ca_wc")


def both(status: DisputeStatus) -> tuple[DisputeDecision, ...]:
    return tuple(DisputeDecision(dispute=n, status=status) for n in (1, 2))


def unsigned_without_decision() -> CaseLog:
    case = unsigned(invented_case())
    log = filed(replace(case, application=replace(case.application, ur_decision_attached=False)))
    assert log.ask(screening(log.known.case), person(Role.SYSTEM)) is None
    return log


def test_all_reasons_stand_in_the_decision_not_the_first_alone() -> None:
    log = unsigned_without_decision()
    command = ask.DecideEligibility(decisions=both(DisputeStatus.INELIGIBLE))
    assert log.ask(command, person(Role.CASE_MANAGER)) is None
    assert log.known.standings[0].codes == ("NOSIG", "NOUR")
    assert "not signed" in str(log.known.standings[1].why)
    assert [p.kind for p in log.known.owed_papers] == [PaperKind.INELIGIBILITY]


def test_a_ground_that_stands_keeps_a_dispute_from_being_eligible_and_each_is_named() -> None:
    log = unsigned_without_decision()
    command = ask.DecideEligibility(decisions=both(DisputeStatus.ELIGIBLE))
    words = told(log.ask(command, person(Role.ADMINISTRATIVE_DIRECTOR)))
    assert words.count("NOSIG stands") == 2 and words.count("NOUR stands") == 2


def test_an_exemption_needs_a_reason_and_the_one_whom_the_law_names() -> None:
    log = unsigned_without_decision()

    def with_reason(reason: str) -> ask.DecideEligibility:
        exempt = tuple(Exemption(code=c, dispute=None, reason=reason) for c in ("NOSIG", "NOUR"))
        return ask.DecideEligibility(decisions=both(DisputeStatus.ELIGIBLE), exemptions=exempt)

    director = person(Role.ADMINISTRATIVE_DIRECTOR)
    assert "decided by the administrative director" in told(
        log.ask(with_reason("the page was lost in the fax"), person(Role.CASE_MANAGER))
    )
    assert "reason for the exemption" in told(log.ask(with_reason(" "), director))
    assert log.ask(with_reason("the page was lost in the fax"), director) is None
    assert log.known.live == (1, 2)
    assert [e.code for e in log.known.exemptions] == ["NOSIG", "NOUR"]


def test_what_was_not_found_cannot_be_exempted() -> None:
    log = unsigned_without_decision()
    exempt = (Exemption(code="LATE", dispute=1, reason="the post was on strike"),)
    command = ask.DecideEligibility(decisions=both(DisputeStatus.INELIGIBLE), exemptions=exempt)
    assert "LATE was not found" in told(log.ask(command, person(Role.ADMINISTRATIVE_DIRECTOR)))


def test_each_dispute_is_decided_once() -> None:
    log = filed(invented_case())
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    for decisions in (both(DisputeStatus.ELIGIBLE)[:1], both(DisputeStatus.ELIGIBLE)[:1] * 2):
        refused = log.ask(ask.DecideEligibility(decisions=decisions), person(Role.CASE_MANAGER))
        assert "Decide each of them once" in told(refused)


def test_one_dispute_may_be_eligible_and_the_other_not() -> None:
    log = filed(invented_case())
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    decisions = (
        DisputeDecision(dispute=1, status=DisputeStatus.ELIGIBLE),
        DisputeDecision(dispute=2, status=DisputeStatus.INELIGIBLE, why="The bill is in dispute only."),
    )
    assert log.ask(ask.DecideEligibility(decisions=decisions), person(Role.CASE_MANAGER)) is None
    assert stage_of(log.known) is Stage.NOTICE
    kinds = {p.kind for p in log.known.owed_papers}
    assert kinds == {PaperKind.ASSIGNMENT, PaperKind.INELIGIBILITY}


def test_a_correction_has_to_be_screened_before_it_is_decided() -> None:
    log = filed(invented_case())
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    log.act(Action.CORRECT_APPLICATION, Role.INTAKE)
    refused = log.ask(
        ask.DecideEligibility(decisions=both(DisputeStatus.ELIGIBLE)), person(Role.CASE_MANAGER)
    )
    assert "not screened as it now stands" in told(refused)


def test_the_directors_request_runs_five_business_days_from_its_receipt() -> None:
    log = filed(invented_case())
    command = ask.AskAboutEligibility(of=CaseParty.PAYER, what=("is liability disputed?",))
    assert log.ask(command, person(Role.ADMINISTRATIVE_DIRECTOR)) is None
    assert stage_of(log.known) is Stage.INFORMATION
    before = due(log.known, BOOK)
    assert before is not None and before.clock.ref == "E1" and before.on is None
    log.act(Action.SERVE_PAPER, Role.INTAKE)
    receipt = ask.ConfirmReceipt(
        paper="information_request-1", party=CaseParty.PAYER, received=moment_of(log.at)
    )
    assert log.ask(receipt, person(Role.INTAKE)) is None
    found = due(log.known, BOOK)
    assert found is not None and found.on == date(2024, 3, 18)  # received on Monday 11 March
    assert "5 business days" in found.clock.explanation
    assert not found.is_overdue(log.at)
    log.wait(days=8)
    assert found.is_overdue(log.at)
    log.act(Action.CLOSE_INFORMATION, Role.ADMINISTRATIVE_DIRECTOR)
    assert stage_of(log.known) is Stage.SCREENING


def test_only_the_party_that_was_asked_answers() -> None:
    log = filed(invented_case())
    command = ask.AskAboutEligibility(of=CaseParty.PAYER, what=("is liability disputed?",))
    assert log.ask(command, person(Role.CASE_MANAGER)) is None
    by_applicant = log.ask(ask.AnswerInformation(number=1, says="no"), person(Role.APPLICANT))
    assert "nothing was asked of the employee side" in told(by_applicant)
    assert log.ask(ask.AnswerInformation(number=1, says="no"), person(Role.PAYER)) is None
    assert stage_of(log.known) is Stage.SCREENING


def test_a_partial_approval_is_kept_as_quantities() -> None:
    log = CaseLog().until(Stage.NOTICE)
    for allowed in (4, 2):
        command = ask.AuthorizeInPart(dispute=1, authorized=Quantity(allowed, "sessions"), on=day_of(log.at))
        assert log.ask(command, person(Role.PAYER)) is None
    dispute = log.known.case.dispute[0]
    assert (dispute.requested, dispute.authorized, dispute.remaining) == (
        "12 sessions",
        "6 sessions",
        "6 sessions",
    )
    too_much = ask.AuthorizeInPart(dispute=1, authorized=Quantity(6, "sessions"), on=day_of(log.at))
    assert "no part of 6 sessions" in told(log.ask(too_much, person(Role.PAYER)))
    other_unit = ask.AuthorizeInPart(dispute=1, authorized=Quantity(2, "weeks"), on=day_of(log.at))
    assert "same unit" in told(log.ask(other_unit, person(Role.PAYER)))


def end(log: CaseLog, number: int, status: DisputeStatus, role: Role, party: CaseParty) -> Refused | None:
    return log.ask(
        ask.EndDispute(dispute=number, status=status, on=day_of(log.at), told_by=party, why="in writing"),
        person(role),
    )


def test_one_dispute_ends_and_the_other_goes_on_until_none_is_left() -> None:
    log = CaseLog().until(Stage.RECORDS)
    assert end(log, 1, DisputeStatus.AUTHORIZED, Role.PAYER, CaseParty.PAYER) is None
    assert stage_of(log.known) is Stage.RECORDS and log.known.live == (2,)
    assert log.known.case.dispute[0].authorized_since == day_of(log.at)
    assert end(log, 2, DisputeStatus.WITHDRAWN, Role.APPLICANT, CaseParty.EMPLOYEE) is None
    assert stage_of(log.known) is Stage.TERMINATED
    assert log.known.case.closing.stage is ClosingStage.BEFORE_REVIEWER
    owed = {p.kind: p.owed for p in log.known.owed_papers}
    assert set(owed) == {PaperKind.TERMINATION}
    assert set(owed[PaperKind.TERMINATION]) == set(CaseParty)


def test_each_side_says_only_what_is_its_own_to_say() -> None:
    log = CaseLog().until(Stage.RECORDS)
    refused = end(log, 1, DisputeStatus.WITHDRAWN, Role.PAYER, CaseParty.PAYER)
    assert "authorized, settled" in told(refused)
    refused = end(log, 1, DisputeStatus.AUTHORIZED, Role.APPLICANT, CaseParty.PAYER)
    words = told(refused)
    assert "withdrawn" in words and "told for the payer" in words


def test_after_the_assignment_the_director_may_find_a_case_ineligible() -> None:
    log = CaseLog().until(Stage.VIEW)
    command = ask.DecideEligibilityAnew(
        decisions=both(DisputeStatus.INELIGIBLE), why="Another case decided it."
    )
    assert "not for the role case manager" in told(log.ask(command, person(Role.CASE_MANAGER)))
    assert log.ask(command, person(Role.ADMINISTRATIVE_DIRECTOR)) is None
    assert stage_of(log.known) is Stage.INELIGIBLE
    assert PaperKind.INELIGIBILITY in {p.kind for p in log.known.owed_papers}


def test_what_a_reviewer_saw_in_the_draft_without_a_view_does_not_become_eligible() -> None:
    log = filed(invented_case())
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    decisions = (
        DisputeDecision(dispute=1, status=DisputeStatus.ELIGIBLE),
        DisputeDecision(dispute=2, status=DisputeStatus.INELIGIBLE, why="a bill dispute"),
    )
    assert log.ask(ask.DecideEligibility(decisions=decisions), person(Role.CASE_MANAGER)) is None
    log.until(Stage.REVIEW)
    log.act(Action.PREPARE_DRAFT, Role.SYSTEM)
    log.act(Action.OPEN_DRAFT, Role.REVIEWER)
    anew = ask.DecideEligibilityAnew(
        decisions=(DisputeDecision(dispute=2, status=DisputeStatus.ELIGIBLE),), why="It was no bill."
    )
    director = person(Role.ADMINISTRATIVE_DIRECTOR)
    assert "without a view of dispute 2" in told(log.ask(anew, director))
    log.act(Action.REPLACE_REVIEWER, Role.MEDICAL_DIRECTOR)
    assert log.ask(anew, director) is None
    assert log.known.live == (1, 2)


def test_a_certified_threat_starts_the_short_clocks() -> None:
    log = CaseLog().until(Stage.RECORDS)
    log.act(Action.CONFIRM_RECEIPT, Role.INTAKE)
    log.act(Action.CONVERT_TO_EXPEDITED, Role.CASE_MANAGER)
    found = due(log.known, BOOK)
    assert found is not None and found.clock.ref == "D3"
    assert PaperKind.CONVERSION in {p.kind for p in log.known.owed_papers}


def test_care_that_was_given_cannot_be_made_expedited() -> None:
    case = invented_case()
    given = tuple(replace(d, date_of_service=date(2024, 2, 1)) for d in case.dispute)
    log = filed(replace(case, dispute=given))
    refused = log.ask(
        ask.ConvertToExpedited(certified=Moment(date(2024, 3, 11)), certified_by="M", document="d"),
        person(Role.INTAKE),
    )
    assert "given already" in told(refused)
