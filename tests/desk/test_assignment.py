"""The panel and its log; draws that can be repeated; offers that are answered, or go to the next best."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from desk.conftest import sign_in, user_of
from openimr.casework.commands import AddNote, ApproveReviewers, Remand
from openimr.casework.events_review import NobodyFound
from openimr.casework.roles import Role
from openimr.casework.seats import LeftBecause
from openimr.casework.stages import Stage, stage_of
from openimr.desk import drawing, job_plan, jobs, reviewers, store
from openimr.desk.clock import now, today
from openimr.desk.keys import draw_key
from openimr.desk.models import (
    Case,
    CaseJob,
    CaseOffer,
    JudgedTie,
    PanelChange,
    StoredDraw,
    StoredReviewer,
    User,
)
from openimr.desk.pages import assignment
from openimr.desk.pages.candidates import candidates
from openimr.desk.panel_forms import EntryForm
from openimr.desk.reviewers import ChangeKind, Standing
from openimr.formats import from_json
from openimr.panel.offers import OfferState
from openimr.panel.record import DrawRecord, audit_record
from openimr.terms.reviewer import Licence, LicenceStatus


def waiting() -> Case:
    """Return the invented case that waits for a reviewer; its claims administrator is Pelican."""
    return Case.objects.filter(stage=Stage.ASSIGNMENT.value).order_by("pk")[0]


def client_of(identifier: str) -> Client:
    """Return a client that a reviewer is signed in with."""
    client = Client()
    client.force_login(User.objects.get(reviewer=identifier))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    return client


def drawn_and_confirmed(case: Case) -> str:
    """Return the reviewer who was drawn for a case and asked."""
    (stored,) = drawing.draw([case], by=user_of(Role.MEDICAL_DIRECTOR))
    done = drawing.confirm(
        stored.pk, by=user_of(Role.MEDICAL_DIRECTOR), respond_by=today() + timedelta(days=2)
    )
    assert done is not None
    assert all(isinstance(o, store.Done) for one in done for o in one.outcomes)
    return store.state_of(case).seats[-1].reviewer


def entry(identifier: str) -> reviewers.Reviewer:
    """Return an entry of the panel."""
    return reviewers.reviewer_of(StoredReviewer.objects.get(pk=identifier))


@pytest.mark.usefixtures("db")
class TestPanel:
    """Entries and the log of their changes."""

    def test_each_change_is_an_entry_of_a_log_that_nobody_can_change(self) -> None:
        director = user_of(Role.MEDICAL_DIRECTOR)
        term = replace(entry("reviewer-larkspur"), capacity=3)
        change = reviewers.keep(term, by=director, kind=ChangeKind.CHANGED, why="Works less.")
        assert change is not None
        assert ("capacity", "8", "3") in reviewers.differences(change)
        assert reviewers.keep(term, by=director, kind=ChangeKind.CHANGED) is None
        assert list(reviewers.broken_changes()) == []
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            PanelChange.objects.filter(pk=change.pk).update(why="Something else.")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change.delete()

    def test_a_change_behind_the_back_of_the_desk_is_found(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "UPDATE desk_panelchange SET why = 'forged' WHERE id = (SELECT min(id) FROM desk_panelchange)"
            )
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        assert any("is not the one that was made" in words for words in reviewers.broken_changes())

    def test_what_ends_is_told_by_how_soon(self) -> None:
        day = today()
        at = {days: reviewers.standing(day + timedelta(days=days), day) for days in (-1, 0, 60, 61)}
        assert at == {-1: Standing.LAPSED, 0: Standing.SOON, 60: Standing.SOON, 61: Standing.GOOD}
        assert reviewers.standing(None, day) is Standing.UNKNOWN
        restricted = Licence(state="CA", status=LicenceStatus.RESTRICTED, expires_on=day + timedelta(days=99))
        (found, *_) = reviewers.expiries(
            replace(entry("reviewer-larkspur"), licences=(restricted,), boards=()), day
        )
        assert found.standing is Standing.LAPSED

    def test_the_table_that_is_exported_is_imported_again_without_a_change(self) -> None:
        client = sign_in(Role.ADMINISTRATOR)
        table = client.get("/panel/export/").content
        before = PanelChange.objects.count()
        sent = {"table": SimpleUploadedFile("panel.csv", table), "why": "The same again."}
        assert client.post("/panel/import/", sent).status_code == 302
        assert PanelChange.objects.count() == before
        other = table.replace(b"Linnet Larkspur", b"Linnet Larkspurr")
        sent = {"table": SimpleUploadedFile("panel.csv", other), "why": "A name was wrong."}
        assert client.post("/panel/import/", sent).status_code == 302
        assert PanelChange.objects.count() == before + 1
        assert entry("reviewer-larkspur").name == "Linnet Larkspurr, MD"

    def test_a_table_with_one_bad_row_changes_nothing(self) -> None:
        client, before = sign_in(Role.ADMINISTRATOR), PanelChange.objects.count()
        table = b"id,name,capacity\nreviewer-new,Nobody Newcomb,4\nreviewer-bad,Basil Bad,many\n"
        sent = {"table": SimpleUploadedFile("panel.csv", table), "why": "New ones."}
        answer = client.post("/panel/import/", sent)
        assert "line 3" in answer.content.decode() or "capacity holds" in answer.content.decode()
        assert PanelChange.objects.count() == before
        assert not StoredReviewer.objects.filter(pk="reviewer-new").exists()

    def test_of_two_who_change_one_entry_the_second_is_told(self) -> None:
        client = sign_in(Role.MEDICAL_DIRECTOR)
        fields = {f.html_name: f.value() or "" for f in EntryForm(entry=entry("reviewer-larkspur"))}
        seen = StoredReviewer.objects.get(pk="reviewer-larkspur").changed_at.isoformat()
        assert seen in client.get("/panel/of/reviewer-larkspur/edit/").content.decode()
        sent = {**fields, "seen": seen, "capacity": "5", "why": "First."}
        assert client.post("/panel/of/reviewer-larkspur/edit/", sent).status_code == 302
        again = client.post("/panel/of/reviewer-larkspur/edit/", {**sent, "capacity": "6", "why": "Second."})
        assert "Somebody else changed the entry" in again.content.decode()
        assert entry("reviewer-larkspur").capacity == 5

    def test_a_reviewer_says_when_no_case_may_come(self) -> None:
        client = sign_in(Role.REVIEWER)
        first, last = today(), today() + timedelta(days=3)
        backward = client.post("/reviews/availability/", {"absences": f"{last}; {first}", "capacity": "4"})
        assert "lies before" in backward.content.decode()
        answer = client.post("/reviews/availability/", {"absences": f"{first}; {last}", "capacity": "4"})
        assert answer.status_code == 302
        mine = user_of(Role.REVIEWER).reviewer
        (found,) = [c for c in candidates(store.state_of(waiting())) if c.check.reviewer == mine]
        assert "ABSENT" in {e.code for e in found.check.exclusions}


@pytest.mark.usefixtures("db")
class TestDraw:
    """Candidates, draws, their records."""

    def test_everybody_who_may_not_have_the_case_is_told_with_the_rule(self) -> None:
        found = {c.check.reviewer: c for c in candidates(store.state_of(waiting()))}
        codes = {name: {e.code for e in c.check.exclusions} for name, c in found.items()}
        assert codes["reviewer-fenmoss"] == {"LICENCE"}
        assert codes["reviewer-wintergreen"] == {"CONFLICT"}
        assert codes["reviewer-hollyhock"] == {"SPECIALTY"}
        assert codes["reviewer-sedgewick"] == {"ABSENT"}
        assert codes["reviewer-tamarack"] == set()
        assert not found["reviewer-tamarack"].may
        page = sign_in(Role.CASE_MANAGER).get(f"/cases/{waiting().number}/reviewers/").content.decode()
        for words in ("Mortimer Fenmoss", "it expired on", "A person has to look into a possible tie (1)"):
            assert words in page

    def test_a_possible_tie_holds_back_until_a_person_clears_it_with_a_reason(self) -> None:
        case, client = waiting(), sign_in(Role.CASE_MANAGER)
        (tie,) = next(c for c in candidates(store.state_of(case)) if c.ties).check.possible
        address = f"/cases/{case.number}/reviewers/tie/"
        sent = {"reviewer": tie.reviewer, "reason": tie.reason, "found": "none", "why": ""}
        client.post(address, sent)
        assert not JudgedTie.objects.exists()
        client.post(address, {**sent, "why": "Left two years ago; no pension."})
        assert "reviewer-tamarack" in {c.check.reviewer for c in candidates(store.state_of(case)) if c.may}
        (stored,) = drawing.draw([case], by=None)
        assert tie in drawing.record_of(stored).input.cleared
        client.post(address, {**sent, "found": "conflict", "why": "Still advises them."})
        (stored,) = drawing.draw([case], by=None)
        assert tie not in drawing.record_of(stored).input.cleared
        assert JudgedTie.objects.count() == 2

    def test_a_tie_that_stands_open_in_another_waiting_case_is_not_cleared_for_both(self) -> None:
        state = store.state_of(waiting())
        tie = next(t for c in candidates(state) for t in c.check.possible)
        JudgedTie.objects.create(
            case=waiting(), reviewer=tie.reviewer, code=tie.code, reason=tie.reason,
            citation=tie.citation or "", is_conflict=False, why="None.", by=user_of(Role.CASE_MANAGER),
        )  # fmt: skip
        panel = {r.id: r for r in reviewers.panel_now().reviewer}
        head = replace(state.case.case, number="CM26-9000001")
        other = replace(state, case=replace(state.case, case=head))
        assert drawing.cleared_for([state], panel, today()) == {tie}
        assert drawing.cleared_for([state, other], panel, today()) == frozenset()

    def test_a_draw_is_kept_signed_and_comes_out_the_same_again(self) -> None:
        client = sign_in(Role.MEDICAL_DIRECTOR)
        address = client.post("/assignment/draw/").headers["Location"]
        assert "Not confirmed" in client.get(address).content.decode()
        assert "the result is the same" in client.get(f"{address}audit/").content.decode()
        kept = sign_in(Role.AUDITOR).get(f"{address}record/").content
        record = from_json(kept, DrawRecord, name="record")
        assert audit_record(record, key=draw_key()).is_sound
        forged = replace(record, input=replace(record.input, seed="1"))
        assert not audit_record(forged, key=draw_key()).is_sound
        assert not audit_record(record, key=b"another key of 32 bytes, not ours").is_sound

    def test_software_draws_by_itself_once_and_asks_nobody(self) -> None:
        case, before = waiting(), StoredDraw.objects.count()
        store.act(case.number, AddNote(text="On."), by=user_of(Role.CASE_MANAGER).actor, expected=None)
        state = store.state_of(waiting())
        (wanted,) = [
            w
            for w in job_plan.wanted(state, job_plan.known_of(waiting(), state))
            if w.kind is job_plan.Kind.PROPOSE_ASSIGNMENT
        ]
        job = CaseJob.objects.create(
            case=waiting(), kind=wanted.kind.value, input=f"{wanted.input[:60]}test", state="waiting"
        )
        jobs.propose(case, job)
        assert StoredDraw.objects.count() == before, "the case is not as it was when the job was asked for"
        job.input = wanted.input
        for _ in range(2):
            jobs.propose(waiting(), job)
        assert StoredDraw.objects.count() == before + 1
        assert not store.state_of(case).seats
        known = job_plan.known_of(waiting(), state)
        kinds = [one.kind for one in job_plan.wanted(state, known)]
        assert job_plan.Kind.PROPOSE_ASSIGNMENT not in kinds, "a draw that waits is not asked for again"

    def test_two_draws_have_two_seeds(self) -> None:
        seeds = {drawing.record_of(drawing.draw([waiting()], by=None)[0]).input.seed for _ in range(2)}
        assert len(seeds) == 2

    def test_confirming_twice_asks_once(self) -> None:
        case, client = waiting(), sign_in(Role.MEDICAL_DIRECTOR)
        (stored,) = drawing.draw([case], by=None)
        sent = {"respond_by": str(today() + timedelta(days=2))}
        client.post(f"/assignment/draws/{stored.pk}/confirm/", sent)
        answer = client.post(f"/assignment/draws/{stored.pk}/confirm/", sent, follow=True)
        assert "confirmed before" in answer.content.decode()
        assert CaseOffer.objects.filter(case=case).count() == 1
        assert len(store.state_of(case).seats) == 1

    def test_a_draw_that_is_overtaken_stores_nothing_for_that_case(self) -> None:
        case = waiting()
        (late,) = drawing.draw([case], by=None)
        chosen = drawn_and_confirmed(case)
        done = drawing.confirm(late.pk, by=user_of(Role.MEDICAL_DIRECTOR), respond_by=today())
        assert done is not None
        assert not any(isinstance(o, store.Done) for one in done for o in one.outcomes)
        assert [s.reviewer for s in store.state_of(case).seats] == [chosen]

    def test_several_reviewers_are_drawn_where_they_are_approved(self) -> None:
        case = waiting()
        command = ApproveReviewers(count=3, why="Three disputes of three fields.")
        done = store.act(case.number, command, by=user_of(Role.ADMINISTRATIVE_DIRECTOR).actor, expected=None)
        assert isinstance(done, store.Done)
        drawn_and_confirmed(case)
        names = {s.reviewer for s in store.state_of(case).seats}
        assert len(names) == 3
        assert CaseOffer.objects.filter(case=case, state=OfferState.OPEN).count() == 3

    def test_after_a_remand_the_first_reviewer_is_out(self) -> None:
        case = Case.objects.filter(stage=Stage.REMAND.value).order_by("pk")[0]
        first = store.state_of(case).seats[0].reviewer
        command = Remand(available=(), to=None, why="Reversed.")
        office = user_of(Role.ADMINISTRATIVE_DIRECTOR).actor
        done = store.act(case.number, command, by=office, expected=None)
        assert isinstance(done, store.Done)
        assert stage_of(done.state) is Stage.ASSIGNMENT
        (found,) = [c for c in candidates(done.state) if c.check.reviewer == first]
        assert {e.code for e in found.check.exclusions} == {"REMAND"}
        case.refresh_from_db()
        assert drawn_and_confirmed(case) != first


@pytest.mark.usefixtures("db")
class TestOffers:
    """Answers of reviewers, and who is asked next."""

    def test_accepting_opens_the_file_and_closes_the_offer(self) -> None:
        case = waiting()
        chosen = drawn_and_confirmed(case)
        client = client_of(chosen)
        case.refresh_from_db()
        sent = {"no_conflict": "on", "qualified": "on", "version": str(case.version)}
        assert (
            client.post(f"/cases/{case.number}/review/attest/", {**sent, "qualified": ""}).status_code == 422
        )
        assert client.post(f"/cases/{case.number}/review/attest/", sent).status_code == 302
        assert store.state_of(case).seats[0].attestation is not None
        assert CaseOffer.objects.get(case=case).state == OfferState.ACCEPTED

    def test_whoever_declines_is_followed_by_the_next_best_until_nobody_is_left(self) -> None:
        case, asked = waiting(), [drawn_and_confirmed(waiting())]
        for _ in range(9):
            case.refresh_from_db()
            client = client_of(asked[-1])
            sent = {"why": "No time.", "version": str(case.version)}
            answer = client.post(f"/cases/{case.number}/review/decline/", sent)
            assert answer.headers["Location"] == "/reviews/"
            assert client.get(f"/cases/{case.number}/").status_code == 404
            state = store.state_of(case)
            if not state.seats:
                break
            asked.append(state.seats[0].reviewer)
        assert len(asked) == len(set(asked)) == 3
        assert isinstance(store.log_of(case)[-1].event, NobodyFound)
        closed = CaseOffer.objects.filter(case=case).values_list("state", "reason")
        assert set(closed) == {(OfferState.DECLINED.value, "No time.")}

    def test_without_a_reason_nobody_declines(self) -> None:
        case = waiting()
        client = client_of(drawn_and_confirmed(case))
        assert client.post(f"/cases/{case.number}/review/decline/", {"why": " "}).status_code == 422
        assert len(store.state_of(case).seats) == 1

    def test_a_late_conflict_closes_the_file_and_asks_the_next(self) -> None:
        case = Case.objects.filter(stage=Stage.VIEW.value).order_by("pk")[0]
        (seat,) = store.state_of(case).seats
        client = client_of(seat.reviewer)
        sent = {"reviewer": seat.reviewer, "why": "My brother works there.", "version": str(case.version)}
        client.post(f"/cases/{case.number}/reviewers/conflict/", sent)
        state = store.state_of(case)
        assert [f.reviewer for f in state.former] == [seat.reviewer]
        assert [s.reviewer for s in state.seats] != [seat.reviewer]
        assert client.get(f"/cases/{case.number}/").status_code == 404

    def test_an_offer_that_was_not_answered_goes_to_the_next_and_not_before(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case, client = waiting(), sign_in(Role.CASE_MANAGER)
        chosen = drawn_and_confirmed(case)
        offer = CaseOffer.objects.get(case=case)
        client.post(f"/assignment/offers/{offer.pk}/lapse/")
        assert store.state_of(case).seats[0].reviewer == chosen
        monkeypatch.setattr(assignment, "today", lambda: today() + timedelta(days=3))
        monkeypatch.setattr(drawing, "today", lambda: today() + timedelta(days=3))
        monkeypatch.setattr(store, "now", lambda: now() + timedelta(days=3))
        client.post(f"/assignment/offers/{offer.pk}/lapse/")
        state = store.state_of(case)
        assert [(f.reviewer, f.left) for f in state.former] == [(chosen, LeftBecause.LAPSED)]
        assert [s.reviewer for s in state.seats] not in ([], [chosen])
        offer.refresh_from_db()
        assert offer.state == OfferState.LAPSED

    def test_a_reviewer_who_is_replaced_is_followed_by_another(self) -> None:
        case, client = waiting(), sign_in(Role.CASE_MANAGER)
        chosen = drawn_and_confirmed(case)
        case.refresh_from_db()
        sent = {"reviewer": chosen, "why": "Fell ill.", "version": str(case.version)}
        client.post(f"/cases/{case.number}/reviewers/replace/", sent)
        assert [s.reviewer for s in store.state_of(case).seats] not in ([], [chosen])


def together(*acts: Callable[[], object]) -> list[object]:
    """Return what acts come to that all begin at one moment, each with a connection of its own."""
    begin = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        begin.wait(timeout=20)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.usefixtures("own_database")
def test_two_people_who_confirm_draws_of_one_case_at_once_ask_one_reviewer() -> None:
    case = waiting()
    director, manager = user_of(Role.MEDICAL_DIRECTOR), user_of(Role.CASE_MANAGER)
    draws = [drawing.draw([case], by=user)[0].pk for user in (director, manager)]
    by = today() + timedelta(days=2)
    together(
        lambda: drawing.confirm(draws[0], by=director, respond_by=by),
        lambda: drawing.confirm(draws[1], by=manager, respond_by=by),
        lambda: drawing.confirm(draws[0], by=director, respond_by=by),
    )
    assert len(store.state_of(case).seats) == 1
    assert CaseOffer.objects.filter(case=case).count() == 1
    assert StoredDraw.objects.filter(pk__in=draws, confirmed_at=None).count() == 0
