"""Cases taken and taken over, offers that lapse by themselves, and each reviewer's own list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from desk.conftest import sign_in, user_of
from openimr.casework.commands import (
    ApproveReviewers,
    Attest,
    ChangeParties,
    FileApplication,
    ProposeReviewer,
    RecordView,
    TakeOverCase,
)
from openimr.casework.events_application import CaseTakenOver
from openimr.casework.events_review import OfferLapsed
from openimr.casework.parts import FiledBy
from openimr.casework.reviewer_work import ReviewerWork, work_of_reviewers
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import LeftBecause, View
from openimr.casework.stages import Stage
from openimr.desk import drawing, jobs, lapsing, store
from openimr.desk.clock import now, today
from openimr.desk.demo_case import application
from openimr.desk.models import Case, CaseMember, CaseOffer, User
from openimr.panel.offers import OfferState
from openimr.terms.case import Party
from openimr.terms.errors import CaseError
from openimr.terms.letter import Outcome
from openimr.terms.reviewer import Assignment, Attestation, SpecialtyFit

pytestmark = pytest.mark.usefixtures("db")


def just_filed() -> Case:
    """Return a case that an applicant has just filed, and that nobody has in hand."""
    command = FileApplication(case=application(977, today(), stage=Stage.SCREENING), filed_by=FiledBy.WEB)
    done = store.open_case(command, by=user_of(Role.APPLICANT).actor)
    assert isinstance(done, store.Done)
    return done.case


def waiting_for_reviewer() -> Case:
    return Case.objects.filter(stage=Stage.ASSIGNMENT.value).order_by("pk")[0]


def test_a_case_that_waits_can_be_taken_and_is_then_open() -> None:
    case, client = just_filed(), sign_in(Role.INTAKE)
    assert Case.objects.get(pk=case.pk).waits
    assert client.get(f"/cases/{case.number}/").status_code == 404
    assert client.post(f"/cases/{case.number}/take/").status_code == 302
    assert client.get(f"/cases/{case.number}/").status_code == 200
    assert not Case.objects.get(pk=case.pk).waits


def test_a_case_that_waits_for_another_role_is_taken_over_with_a_reason() -> None:
    case, client = just_filed(), sign_in(Role.QUALITY)
    assert client.post(f"/cases/{case.number}/take/").status_code == 404
    assert client.post("/take-over/", {"number": case.number, "why": ""}).status_code == 422
    assert client.get(f"/cases/{case.number}/").status_code == 404
    sent = {"number": case.number.lower(), "why": "A complaint about the intake."}
    assert client.post("/take-over/", sent).status_code == 302
    assert client.get(f"/cases/{case.number}/").status_code == 200
    taken = [one for one in store.log_of(case) if isinstance(one.event, CaseTakenOver)]
    assert [(one.by.role, one.event.why) for one in taken if isinstance(one.event, CaseTakenOver)] == [
        (Role.QUALITY, "A complaint about the intake.")
    ]


def test_an_unknown_number_is_told_and_outsiders_take_nothing_over() -> None:
    answer = sign_in(Role.INTAKE).post("/take-over/", {"number": "CM99-1", "why": "To look."})
    assert answer.status_code == 422 and "no case of this number" in answer.content.decode()
    for role in (Role.APPLICANT, Role.PAYER, Role.REVIEWER):
        answer = sign_in(role).post("/take-over/", {"number": "CM99-1", "why": "To look."})
        assert answer.status_code in (403, 404)


def chosen(reviewer: str) -> Assignment:
    """Return the choice of a reviewer of the same specialty."""
    return Assignment(
        reviewer=reviewer,
        fit=SpecialtyFit.SAME,
        because=("The specialty is that of the requesting physician.",),
        excluded=(),
        alternatives=(),
        possible_conflicts=(),
        seed=0,
    )


def offered(case: Case, *, days: int) -> CaseOffer:
    """Return the offer of a case to the reviewer who was drawn, to be answered within some days."""
    director = user_of(Role.MEDICAL_DIRECTOR)
    (stored,) = drawing.draw([case], by=director)
    assert drawing.confirm(stored.pk, by=director, respond_by=today() + timedelta(days=days)) is not None
    return CaseOffer.objects.get(case=case, state=OfferState.OPEN)


def test_an_offer_lapses_by_itself_after_its_day_and_the_next_best_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = waiting_for_reviewer()
    offer = offered(case, days=2)
    assert store.state_of(case).seats[0].answer_by == offer.respond_by
    assert lapsing.lapse_all(offer.respond_by) == (), "the last day is not over"
    monkeypatch.setattr(store, "now", lambda: now() + timedelta(days=3))
    monkeypatch.setattr(drawing, "today", lambda: today() + timedelta(days=3))
    assert lapsing.lapse_all(today() + timedelta(days=3)) == (case.number,)
    assert lapsing.lapse_all(today() + timedelta(days=3)) == (), "it lapses once"
    offer.refresh_from_db()
    assert offer.state == OfferState.LAPSED
    state = store.state_of(case)
    assert [(f.reviewer, f.left) for f in state.former] == [(offer.reviewer, LeftBecause.LAPSED)]
    assert state.seats and state.seats[0].reviewer != offer.reviewer
    (lapsed,) = [one for one in store.log_of(case) if isinstance(one.event, OfferLapsed)]
    assert lapsed.by.role is Role.SYSTEM


def test_an_offer_that_was_answered_does_not_lapse(monkeypatch: pytest.MonkeyPatch) -> None:
    case = waiting_for_reviewer()
    offer = offered(case, days=1)
    by = Actor(id=offer.reviewer, role=Role.REVIEWER)
    told = Attestation(reviewer=offer.reviewer, attested_on=today(), attests=("no_conflict", "qualified"))
    assert isinstance(store.act(case.number, Attest(attestation=told), by=by, expected=None), store.Done)
    monkeypatch.setattr(store, "now", lambda: now() + timedelta(days=9))
    assert lapsing.lapse_all(today() + timedelta(days=9)) == ()
    assert store.state_of(case).seats[0].reviewer == offer.reviewer


def test_an_offer_that_fails_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    case = waiting_for_reviewer()
    offer = offered(case, days=2)
    another = Case.objects.exclude(pk=case.pk).order_by("pk")[0]
    Case.objects.filter(pk=another.pk).update(stage=Stage.ATTESTATION.value)
    broken = CaseOffer(case=another, reviewer=offer.reviewer, draw=offer.draw, state=OfferState.OPEN)
    broken.offered_on = broken.respond_by = today()
    broken.save()
    really = lapsing.lapse

    def fails_for_one(offer: CaseOffer, *, by: Actor) -> store.Outcome:
        if offer.pk == broken.pk:
            raise CaseError(asked="Read the case", found="It cannot be read.", remedy="Look.")
        return really(offer, by=by)

    monkeypatch.setattr(lapsing, "lapse", fails_for_one)
    monkeypatch.setattr(store, "now", lambda: now() + timedelta(days=3))
    assert lapsing.lapse_all(today() + timedelta(days=3)) == (case.number,), "the broken one was due before"
    broken.refresh_from_db()
    assert broken.state == OfferState.OPEN


def test_an_open_offer_lapses_also_when_the_parties_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = waiting_for_reviewer()
    offer = offered(case, days=2)
    parties = store.state_of(case).case.parties
    moved = ChangeParties(
        parties=replace(parties, attorney=Party(name="Alder Law")), why="The letter says so."
    )
    by = user_of(Role.CASE_MANAGER)
    store.act(case.number, TakeOverCase(why="to try it"), by=by.actor, expected=None)
    assert isinstance(store.act(case.number, moved, by=by.actor, expected=None), store.Done)
    assert store.state_of(case).seats[0].answer_by == offer.respond_by
    monkeypatch.setattr(store, "now", lambda: now() + timedelta(days=3))
    monkeypatch.setattr(drawing, "today", lambda: today() + timedelta(days=3))
    assert lapsing.lapse_all(today() + timedelta(days=3)) == (case.number,)


def test_the_work_list_of_who_chooses_names_offers_that_lapsed(monkeypatch: pytest.MonkeyPatch) -> None:
    case, manager = waiting_for_reviewer(), user_of(Role.CASE_MANAGER)
    CaseMember.objects.get_or_create(case=case, user=manager, defaults={"role": manager.role, "since": 1})
    assert "Offers that lapsed" not in sign_in(Role.CASE_MANAGER).get("/").content.decode()
    offer = offered(case, days=0)
    monkeypatch.setattr(store, "now", lambda: now() + timedelta(days=1))
    assert lapsing.lapse_all(today() + timedelta(days=1)) == (case.number,)
    told = sign_in(Role.CASE_MANAGER).get("/").content.decode()
    assert "Offers that lapsed" in told and f"No answer came by {offer.respond_by}" in told
    assert "Offers that lapsed" not in sign_in(Role.INTAKE).get("/").content.decode()
    page = sign_in(Role.CASE_MANAGER).get(f"/cases/{case.number}/").content.decode()
    assert "did not answer in time" in page


def reviews_of(identifier: str) -> str:
    client = Client()
    client.force_login(User.objects.get(reviewer=identifier))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    return client.get("/reviews/").content.decode()


def two_on(case: Case) -> tuple[str, str]:
    """Return two reviewers who are put on a case; the first has attested and recorded a view."""
    first, second = User.objects.exclude(reviewer="").order_by("reviewer")[:2]
    office, director = user_of(Role.ADMINISTRATIVE_DIRECTOR), user_of(Role.MEDICAL_DIRECTOR)
    several = ApproveReviewers(count=2, why="A rare combination of treatments.")
    assert isinstance(store.act(case.number, several, by=office.actor, expected=None), store.Done)
    for user in (first, second):
        told = ProposeReviewer(assignment=chosen(user.reviewer))
        outcome = store.act(case.number, told, by=director.actor, expected=None)
        assert isinstance(outcome, store.Done)
    told = Attestation(reviewer=first.reviewer, attested_on=today(), attests=("no_conflict", "qualified"))
    store.act(case.number, Attest(attestation=told), by=first.actor, expected=None)
    live = store.state_of(case).live
    views = tuple(View(dispute=n, leans_to=Outcome.UPHELD, because="As I read the file.") for n in live)
    assert isinstance(
        store.act(case.number, RecordView(views=views), by=first.actor, expected=None), store.Done
    )
    return first.reviewer, second.reviewer


def test_each_reviewer_sees_the_own_work_and_not_the_stage_of_the_case() -> None:
    case = waiting_for_reviewer()
    first, second = two_on(case)
    works = work_of_reviewers(store.state_of(case))
    assert works == {first: ReviewerWork.DRAFT_AWAITED, second: ReviewerWork.OFFERED}
    kept = CaseMember.objects.filter(case=case, role=Role.REVIEWER.value)
    assert dict(kept.values_list("user__reviewer", "work")) == {r: w.value for r, w in works.items()}
    done, to_do = reviews_of(first).split('id="others"')[1], reviews_of(second).split('id="others"')[0]
    assert f"{case.number}</a>: Your view is recorded" in done
    assert f'Attest or decline<span class="usa-sr-only">, case {case.number}' in to_do
    page = reviews_of(first).split('id="others"')[0]
    assert case.number not in page, "what waits for the colleague does not wait for the first reviewer"


def test_a_membership_from_before_the_work_was_kept_is_shown_by_the_log() -> None:
    case = waiting_for_reviewer()
    first, _ = two_on(case)
    CaseMember.objects.filter(case=case).update(work="")
    assert f"{case.number}</a>: Your view is recorded" in reviews_of(first)
    assert jobs.tell_work() >= 2 and jobs.tell_work() == 0, "a worker keeps it once"
    kept = CaseMember.objects.get(case=case, user__reviewer=first)
    assert kept.work == ReviewerWork.DRAFT_AWAITED.value
