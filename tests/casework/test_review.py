"""Records, reviewers, views, adoption, several reviewers, rewriting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casework.invented import (
    SEAL,
    CaseLog,
    adoption,
    assignment,
    certificate,
    digest,
    person,
    proper,
    reviewer,
)
from casework.test_applications import told
from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.assigning import BEFORE_THE_FILE_OPENS
from openimr.casework.moments import day_of, moment_of
from openimr.casework.outcomes import combined, outcomes
from openimr.casework.parts import CaseParty, Enclosure, PaperKind, ReceivedFile
from openimr.casework.reviewing import AT_ADOPTION
from openimr.casework.roles import Role
from openimr.casework.seats import LeftBecause
from openimr.casework.state import Stage, stage_of
from openimr.casework.steps import some_treatment_is_necessary, steps
from openimr.casework.work import information_clocks
from openimr.determination.adopt import REQUIRED_ATTESTS
from openimr.formats import to_json
from openimr.law.rulebook import load_rulebook
from openimr.panel.attest import BEFORE_OPENING
from openimr.records.checklist import Completeness
from openimr.terms.determination import Draft
from openimr.terms.letter import Outcome
from openimr.terms.reviewer import Attestation, Exclusion

BOOK = load_rulebook("us_ca_wc")
MANAGER, DIRECTOR = person(Role.CASE_MANAGER), person(Role.MEDICAL_DIRECTOR)
UPHELD, OVERTURNED, IN_PART = Outcome.UPHELD, Outcome.OVERTURNED, Outcome.OVERTURNED_IN_PART


def test_what_is_attested_is_the_same_in_every_room() -> None:
    assert BEFORE_THE_FILE_OPENS == BEFORE_OPENING
    assert AT_ADOPTION == REQUIRED_ATTESTS


def test_nothing_but_the_decision_under_review_cannot_be_closed_for_review() -> None:
    log = CaseLog().until(Stage.RECORDS)
    log.act(Action.RECEIVE_RECORDS, Role.PAYER)
    bare = certificate(Completeness.ONLY_UR_DECISION)
    assert "nothing in the file" in told(log.ask(ask.CompleteRecords(certificate=bare), MANAGER))
    assert log.ask(ask.FindUndecidable(found="Only the decision is here."), MANAGER) is None
    assert stage_of(log.known) is Stage.UNDECIDABLE
    assert "Cannot be decided" in steps(log.known)[0].words
    log.act(Action.RECEIVE_RECORDS, Role.PAYER)
    assert stage_of(log.known) is Stage.RECORDS
    assert log.ask(ask.CompleteRecords(certificate=certificate()), MANAGER) is None
    assert stage_of(log.known) is Stage.ASSIGNMENT


def test_a_reviewer_who_finds_nothing_to_decide_on_sends_the_case_back() -> None:
    log = CaseLog().until(Stage.VIEW)
    log.act(Action.FIND_UNDECIDABLE, Role.REVIEWER)
    assert stage_of(log.known) is Stage.UNDECIDABLE
    assert log.known.case.dates.records_complete is None


def test_a_file_that_came_before_is_not_received_twice() -> None:
    log = CaseLog().until(Stage.RECORDS)
    file = ReceivedFile(
        sha256=digest("a"),
        name="a.pdf",
        submitter=CaseParty.PAYER,
        pages=3,
        received=moment_of(log.at),
    )
    command = ask.ReceiveRecords(files=(file, file))
    assert log.ask(command, person(Role.PAYER)) is None
    assert log.known.records == (file,)
    assert "received before" in told(log.ask(command, person(Role.PAYER)))


def test_the_chase_logs_the_penalty_that_the_law_knows() -> None:
    log = CaseLog().until(Stage.RECORDS)
    log.act(Action.CHASE_RECORDS, Role.SYSTEM)
    assert log.known.chases[0].penalty_usd is None
    log.wait(days=30)
    log.act(Action.CHASE_RECORDS, Role.SYSTEM)
    chase = log.known.chases[1]
    assert chase.penalty_usd is not None and "good faith" in chase.explanation
    version = BOOK.version("records_penalty", day_of(log.at))
    assert chase.penalty_usd % version.number("usd_a_day") == 0
    assert chase.penalty_usd <= version.number("at_most_usd")
    assert [p.parties for p in log.known.papers if p.kind is PaperKind.RECORDS_CHASE] == [
        (CaseParty.PAYER,)
    ] * 2


def test_the_file_is_closed_until_the_attestation() -> None:
    log = CaseLog().until(Stage.ATTESTATION)
    chosen = reviewer(log.known.seats[0].reviewer)
    assert "no reviewer has attested" in told(log.ask(ask.ReadDocument(document=SEAL), chosen))
    log.act(Action.ATTEST, Role.REVIEWER)
    assert log.ask(ask.ReadDocument(document=SEAL), chosen) is None
    assert log.known.seats[0].opened == (SEAL,)
    stranger = log.ask(ask.ReadDocument(document=SEAL), reviewer("r-99"))
    assert "not on the case" in told(stranger)


def test_half_an_attestation_opens_nothing() -> None:
    log = CaseLog().until(Stage.ATTESTATION)
    name = log.known.seats[0].reviewer
    half = Attestation(reviewer=name, attested_on=day_of(log.at), attests=("qualified",))
    assert "no_conflict is not attested" in told(log.ask(ask.Attest(attestation=half), reviewer(name)))


def test_who_declines_or_has_a_late_conflict_never_comes_back() -> None:
    log = CaseLog().until(Stage.ATTESTATION)
    log.act(Action.DECLINE, Role.REVIEWER)
    log.until(Stage.VIEW)
    log.act(Action.REPORT_CONFLICT, Role.REVIEWER)
    assert stage_of(log.known) is Stage.ASSIGNMENT
    assert [f.left for f in log.known.former] == [LeftBecause.DECLINED, LeftBecause.LATE_CONFLICT]
    for former in log.known.former:
        refused = log.ask(ask.ProposeReviewer(assignment=assignment(former.reviewer)), MANAGER)
        assert "Choose another one" in told(refused)
        assert (
            "not on the case" in told(log.ask(ask.ReadCase(what="page"), reviewer(former.reviewer))) or True
        )


def test_nobody_whom_the_assignment_excludes_is_chosen() -> None:
    log = CaseLog().until(Stage.ASSIGNMENT)
    excluded = Exclusion(reviewer="r-1", code="conflict", reason="works for the payer")
    chosen = replace(assignment("r-1"), excluded=(excluded,))
    assert "itself excludes" in told(log.ask(ask.ProposeReviewer(assignment=chosen), MANAGER))


def test_a_change_of_parties_closes_the_file_until_it_is_attested_anew() -> None:
    log = CaseLog().until(Stage.REVIEW)
    log.act(Action.CHANGE_PARTIES, Role.CASE_MANAGER)
    assert stage_of(log.known) is Stage.ATTESTATION
    assert Action.OPEN_DRAFT not in available_actions(log.known, Role.REVIEWER)
    log.act(Action.ATTEST, Role.REVIEWER)
    assert stage_of(log.known) is Stage.REVIEW


def test_the_draft_opens_only_after_a_view_of_each_dispute() -> None:
    log = CaseLog().until(Stage.VIEW)
    log.act(Action.PREPARE_DRAFT, Role.SYSTEM)
    who = reviewer(log.known.seats[0].reviewer)
    assert "recorded a view of every dispute" in told(log.ask(ask.OpenDraft(), who))
    command, _ = proper(log.known, Action.RECORD_VIEW, Role.REVIEWER, log.at)
    assert isinstance(command, ask.RecordView)
    half = ask.RecordView(views=command.views[:1])
    assert "one view of each eligible dispute" in told(log.ask(half, who))
    assert log.ask(command, who) is None
    assert log.ask(ask.OpenDraft(), who) is None
    assert "stands at review" in told(log.ask(command, who))


def test_a_draft_with_an_outcome_is_no_draft() -> None:
    log = CaseLog().until(Stage.VIEW)
    plain = to_json(Draft(case_number="CM24-0000001", summary=(), disputes=())).decode()
    with_outcome = plain.replace('"case_number"', '"outcome": "upheld", "case_number"')
    refused = log.ask(_draft(with_outcome), person(Role.SYSTEM))
    assert "unknown key 'outcome'" in told(refused)
    assert log.ask(_draft(plain), person(Role.SYSTEM)) is None


def _draft(text: str) -> ask.PrepareDraft:
    return ask.PrepareDraft(draft=Enclosure(kind="draft", sha256=digest(text), json=text), seal=SEAL)


def test_a_draft_from_another_file_or_with_another_hash_is_refused() -> None:
    log = CaseLog().until(Stage.VIEW)
    torn = ask.PrepareDraft(
        draft=Enclosure(kind="draft", sha256=digest("a"), json="b"),
        seal="0" * 64,
    )
    words = told(log.ask(torn, person(Role.SYSTEM)))
    assert "not that of its contents" in words and "another state of the file" in words


def test_information_is_asked_for_inside_the_clock_with_copies_to_everybody() -> None:
    log = CaseLog().until(Stage.REVIEW)
    who = reviewer(log.known.seats[0].reviewer)
    command = ask.RequestInformation(of=CaseParty.PROVIDER, what=("the last report",))
    assert log.ask(command, who) is None
    assert stage_of(log.known) is Stage.REVIEW
    paper = log.known.papers[-1]
    assert set(paper.parties) == set(CaseParty) and paper.parties[0] is CaseParty.PROVIDER
    assert [c.ref for c in information_clocks(log.known, BOOK)] == ["D7"]
    assert log.ask(ask.AnswerInformation(number=1, says="attached"), person(Role.INTAKE)) is None
    assert not log.known.open_requests


def test_only_the_reviewer_of_the_case_adopts_with_every_dispute_decided() -> None:
    log = CaseLog().until(Stage.REVIEW)
    log.act(Action.PREPARE_DRAFT, Role.SYSTEM)
    log.act(Action.OPEN_DRAFT, Role.REVIEWER)
    name = log.known.seats[0].reviewer
    whole = adoption(log.known, name, log.at)
    made = Enclosure(kind="determination", sha256=digest("det"))
    other = ask.AdoptDetermination(adoption=whole, determination=made)
    words = told(log.ask(other, reviewer("r-99")))
    assert "names another reviewer" in words and "is missing" in words
    empty = replace(whole.decision[0], rationale=" ")
    faulty = replace(
        whole, decision=(empty,), attests=("no_conflict",), adopted_on=log.at.date().replace(year=2020)
    )
    words = told(log.ask(ask.AdoptDetermination(adoption=faulty, determination=made), reviewer(name)))
    for part in ("eligible are [1, 2]", "read_the_file is not attested", "2020", "rationale of dispute 1"):
        assert part in words
    assert log.ask(other, reviewer(name)) is None
    assert stage_of(log.known) is Stage.QUALITY


def test_a_returned_version_is_kept_and_a_new_one_follows() -> None:
    log = CaseLog().until(Stage.QUALITY)
    back = ask.ReturnForRewrite(version=1, reasons=("name the page of the report",))
    assert log.ask(back, person(Role.QUALITY)) is None
    assert stage_of(log.known) is Stage.REVIEW
    assert "Write version 1 anew: name the page" in steps(log.known)[0].words
    log.until(Stage.QUALITY)
    first, second = log.known.versions
    assert first.returned is not None and first.returned.reasons == back.reasons
    assert second.counts and not first.counts and second.number == 2
    assert first.adoption.decision[0].rationale


def three_reviewers(*votes: Outcome) -> CaseLog:
    log = CaseLog().until(Stage.ASSIGNMENT)
    approve = ask.ApproveReviewers(count=len(votes), why="a rare combination")
    assert log.ask(approve, person(Role.ADMINISTRATIVE_DIRECTOR)) is None
    log.until(Stage.REVIEW)
    log.act(Action.PREPARE_DRAFT, Role.SYSTEM)
    for seat, vote in zip(log.known.seats, votes, strict=True):
        who = reviewer(seat.reviewer)
        assert log.ask(ask.OpenDraft(), who) is None
        plain = adoption(log.known, seat.reviewer, log.at)
        decided = replace(plain, decision=tuple(replace(d, outcome=vote) for d in plain.decision))
        made = Enclosure(kind="determination", sha256=digest(seat.reviewer))
        assert outcomes(log.known) == ()
        assert log.ask(ask.AdoptDetermination(adoption=decided, determination=made), who) is None
    return log


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ((UPHELD, UPHELD, OVERTURNED), UPHELD),
        ((UPHELD, OVERTURNED, OVERTURNED), OVERTURNED),
        ((UPHELD, OVERTURNED), OVERTURNED),
        ((UPHELD, IN_PART), IN_PART),
        ((UPHELD, IN_PART, OVERTURNED), IN_PART),
    ],
)
def test_the_majority_prevails_and_an_even_split_is_for_the_treatment(
    votes: tuple[Outcome, ...], outcome: Outcome
) -> None:
    log = three_reviewers(*votes)
    assert stage_of(log.known) is Stage.QUALITY
    found = outcomes(log.known)
    assert [o.outcome for o in found] == [outcome] * 2
    assert found[0].votes == votes and "differ" in str(found[0].because)
    assert some_treatment_is_necessary(log.known) is (outcome is not UPHELD)


def test_another_programme_may_rule_otherwise_on_an_even_split() -> None:
    assert combined([UPHELD, OVERTURNED], even_split_for_treatment=False) is UPHELD


def test_more_reviewers_than_the_law_asks_for_need_the_director() -> None:
    log = CaseLog().until(Stage.ASSIGNMENT)
    assert log.known.reviewers_wanted == BOOK.version("reviewers_of_a_case", day_of(log.at)).number(
        "reviewers"
    )
    refused = log.ask(ask.ApproveReviewers(count=2, why="rare"), DIRECTOR)
    assert "It is for: administrative director" in told(refused)
    one = ask.ApproveReviewers(count=1, why="rare")
    assert "needs no approval" in told(log.ask(one, person(Role.ADMINISTRATIVE_DIRECTOR)))


def test_a_day_is_that_of_the_programme_not_of_greenwich() -> None:
    assert day_of(datetime(2024, 3, 12, 5, 0, tzinfo=UTC)).isoformat() == "2024-03-11"


def test_a_draft_or_a_colleagues_determination_is_not_read_as_a_document() -> None:
    log = CaseLog().until(Stage.VIEW)
    log.act(Action.PREPARE_DRAFT, Role.SYSTEM)
    draft = ask.ReadDocument(document=log.known.drafts[0])
    who = reviewer(log.known.seats[0].reviewer)
    assert "it is the draft" in told(log.ask(draft, who))
    assert "not released" in told(log.ask(draft, person(Role.PAYER)))
    log.act(Action.RECORD_VIEW, Role.REVIEWER)
    log.act(Action.OPEN_DRAFT, Role.REVIEWER)
    assert log.ask(draft, who) is None
    two = three_reviewers(UPHELD, OVERTURNED)
    assert two.ask(ask.ReturnForRewrite(version=2, reasons=("no page",)), person(Role.QUALITY)) is None
    first, second = (reviewer(s.reviewer) for s in two.known.seats)
    of_first = ask.ReadDocument(document=two.known.versions[0].determination)
    assert "another reviewer adopted" in told(two.ask(of_first, second))
    assert two.ask(of_first, first) is None


def test_an_unreleased_letter_stays_inside_the_organization() -> None:
    log = CaseLog().until(Stage.QUALITY)
    log.act(Action.COMPOSE_LETTER, Role.SYSTEM)
    letter = ask.ReadDocument(document=log.known.letters[0])
    for role in (Role.APPLICANT, Role.PAYER, Role.ADMINISTRATIVE_DIRECTOR):
        assert "not released" in told(log.ask(letter, person(role)))
    assert log.ask(letter, person(Role.AUDITOR)) is None
    log.act(Action.RELEASE_DETERMINATION, Role.QUALITY)
    assert log.ask(letter, person(Role.APPLICANT)) is None
    inside = ask.ReadDocument(document=log.known.versions[0].determination)
    assert "not released" in told(log.ask(inside, person(Role.APPLICANT)))
