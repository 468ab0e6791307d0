"""Drafts, filing, curing, duplicates and consolidation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from casework.invented import (
    APPLICANT,
    CaseLog,
    consolidation,
    invented_case,
    liability_disputed,
    person,
    unsigned,
)
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.applications import duplicates
from openimr.casework.commands import DisputeDecision
from openimr.casework.decide import Refused
from openimr.casework.eligibility import screening
from openimr.casework.events_application import ApplicationSaved
from openimr.casework.parts import DisputeStatus, FiledBy, PaperKind
from openimr.casework.roles import Role
from openimr.casework.state import Stage, stage_of
from openimr.law.consolidation import consolidations
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case, CaseDates, CaseDispute
from openimr.terms.period import Moment


def filed(case: Case) -> CaseLog:
    log = CaseLog()
    assert log.ask(ask.FileApplication(case=case, filed_by=FiledBy.WEB), APPLICANT) is None
    return log


def told(refused: Refused | None) -> str:
    assert refused is not None, "it was accepted"
    return " ".join(str(r) for r in refused.reasons)


def test_every_saved_draft_is_kept() -> None:
    log, bare = CaseLog(), replace(invented_case(), dispute=())
    for step, case in (("patient", bare), ("disputes", invented_case()), ("disputes", bare)):
        assert log.ask(ask.SaveDraft(case=case, step=step), APPLICANT) is None
    assert log.ask(ask.FileApplication(case=invented_case(), filed_by=FiledBy.WEB), APPLICANT) is None
    kept = [one.event.case for one in log.recorded if isinstance(one.event, ApplicationSaved)]
    assert kept == [bare, invented_case(), bare]


def test_an_application_by_wire_is_submitted_when_it_is_filed() -> None:
    log = filed(invented_case())
    assert log.known.case.dates.submitted == log.known.case.dates.application_received
    assert log.known.case.dates.submitted is not None


def test_an_application_on_paper_needs_the_day_of_its_receipt() -> None:
    log = CaseLog()
    command = ask.FileApplication(case=invented_case(), filed_by=FiledBy.MAIL)
    refused = log.ask(command, person(Role.INTAKE))
    assert "received is not stated" in told(refused)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    case = replace(
        invented_case(number=" "),
        dispute=(),
        dates=CaseDates(
            submitted=Moment(date(2031, 1, 1)),
            application_received=Moment(date(2024, 3, 8)),
            eligible=Moment(date(2024, 3, 9)),
        ),
    )
    refused = CaseLog().ask(ask.FileApplication(case=case, filed_by=FiledBy.FAX), APPLICANT)
    words = told(refused)
    for part in ("number of the case", "no disputed treatment", "in the future", "later steps: eligible"):
        assert part in words


def test_an_unsigned_application_is_cured_by_filing_again_in_the_same_case() -> None:
    log = filed(unsigned(invented_case()))
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    decisions = tuple(DisputeDecision(dispute=n, status=DisputeStatus.INELIGIBLE) for n in (1, 2))
    assert log.ask(ask.DecideEligibility(decisions=decisions), person(Role.CASE_MANAGER)) is None
    assert stage_of(log.known) is Stage.INELIGIBLE
    assert "NOSIG" in log.known.standings[0].codes
    log.wait(days=7)
    again = ask.FileAgain(case=invented_case(), cures=("NOSIG",))
    assert log.ask(again, APPLICANT) is None
    assert stage_of(log.known) is Stage.SCREENING and log.known.times_filed == 2
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    assert log.known.screening is not None and log.known.screening.grounds == ()


def test_filing_again_after_the_time_limit_is_found_late_by_the_law() -> None:
    log = filed(unsigned(invented_case()))
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    log.wait(days=90)
    assert log.ask(ask.FileAgain(case=invented_case(), cures=("NOSIG",)), APPLICANT) is None
    found = screening(log.known.case).found
    assert {g.code for g in found.grounds} == {"LATE"}


def test_filing_again_cures_only_what_was_found() -> None:
    log = filed(unsigned(invented_case()))
    assert log.ask(screening(log.known.case), person(Role.INTAKE)) is None
    refused = log.ask(ask.FileAgain(case=invented_case(), cures=("NOUR",)), APPLICANT)
    assert "Curable are: NOSIG" in told(refused)


def received_on(case: Case, day: date) -> Case:
    return replace(case, dates=replace(case.dates, application_received=Moment(day)))


def test_a_duplicate_of_a_case_in_flight_is_found_and_linked_both_ways() -> None:
    earlier = received_on(invented_case("CM24-0000001"), date(2024, 3, 6))
    later = filed(invented_case("CM24-0000005"))
    found = duplicates(later.known.case, [earlier])
    assert [d.other_case for d in found] == ["CM24-0000001"]
    assert [g.dispute for g in found[0].grounds] == [1, 2]
    link = ask.LinkDuplicate(of_case=found[0].other_case, why=found[0].grounds[0].found)
    assert later.ask(link, person(Role.INTAKE)) is None
    assert stage_of(later.known) is Stage.DUPLICATE
    assert later.known.closed is not None and later.known.closed.goes_on_in == "CM24-0000001"
    assert [p.kind for p in later.known.owed_papers] == [PaperKind.DUPLICATE]
    first = filed(invented_case("CM24-0000001"))
    assert first.ask(ask.NoteDuplicate(other_case="CM24-0000005"), person(Role.SYSTEM)) is None
    assert first.known.duplicates == ("CM24-0000005",)


def test_a_case_with_another_decision_is_no_duplicate() -> None:
    other = received_on(invented_case("CM24-0000009"), date(2024, 3, 6))
    other = replace(other, dates=replace(other.dates, ur_decision=Moment(date(2024, 2, 1))))
    assert duplicates(filed(invented_case()).known.case, [other]) == ()


def test_a_wrong_link_is_undone_and_the_case_goes_on() -> None:
    log = filed(invented_case())
    log.act(Action.LINK_DUPLICATE, Role.INTAKE)
    log.act(Action.UNLINK_DUPLICATE, Role.CASE_MANAGER)
    assert stage_of(log.known) is Stage.SCREENING
    assert not log.known.owed_papers


def test_cases_of_one_employee_physician_and_injury_are_reviewed_as_one() -> None:
    lead, member = CaseLog(), filed(replace(invented_case("CM24-0000002"), dispute=(other_request(),)))
    lead.until(Stage.NOTICE)
    member.until(Stage.NOTICE)
    groups = consolidations([lead.known.case, member.known.case], load_rulebook("us_ca_wc"))
    assert [g.cases for g in groups] == [("CM24-0000001", "CM24-0000002")]
    group, manager = groups[0], person(Role.CASE_MANAGER)
    assert member.ask(ask.Consolidate(found=group), manager) is None
    take_in = ask.TakeInCase(found=group, other=member.known.case, disputes=member.known.live)
    assert lead.ask(take_in, manager) is None
    assert stage_of(member.known) is Stage.CONSOLIDATED
    assert lead.known.live == (1, 2, 3)
    assert lead.known.standings[2].from_case == "CM24-0000002"
    assert lead.known.case.dispute[2].request == "Electromyography of both legs"


def other_request() -> CaseDispute:
    return replace(invented_case().dispute[0], request="Electromyography of both legs", requested=None)


def test_the_first_case_of_a_group_takes_in_and_no_other() -> None:
    log = CaseLog().until(Stage.NOTICE)
    group = consolidation("CM24-0000000", "CM24-0000001")
    refused = log.ask(
        ask.TakeInCase(found=group, other=invented_case("CM24-0000000"), disputes=(1,)),
        person(Role.CASE_MANAGER),
    )
    assert "first case of the group" in told(refused)
    lead = ask.Consolidate(found=consolidation("CM24-0000001", "CM24-0000007"))
    assert "other than its first" in told(log.ask(lead, person(Role.CASE_MANAGER)))


def test_liability_defers_until_the_notice_that_it_is_resolved() -> None:
    log = filed(liability_disputed(invented_case()))
    log.until(Stage.DEFERRED)
    assert {s.status for s in log.known.standings} == {DisputeStatus.DEFERRED}
    log.act(Action.RESOLVE_LIABILITY, Role.PAYER)
    assert stage_of(log.known) is Stage.SCREENING
    log.until(Stage.NOTICE)
    assert log.known.live == (1, 2)


def test_the_log_keeps_the_moment_of_each_act() -> None:
    log = filed(invented_case())
    assert log.recorded[0].at == datetime(2024, 3, 11, 17, 0, tzinfo=UTC)
