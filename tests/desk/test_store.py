"""Cases are written in one place: whole, in order, by one person at a time, and never changed afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from desk.conftest import sign_in, user_of
from openimr.casework.commands import AddNote, FileApplication, ReadCase, SaveDraft, Terminate
from openimr.casework.decide import Refused
from openimr.casework.parts import FiledBy
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, stage_of
from openimr.desk import store
from openimr.desk.audit import heads_of_all, verify
from openimr.desk.clock import now
from openimr.desk.columns import columns_of
from openimr.desk.demo_case import application
from openimr.desk.files import path_of, store_file
from openimr.desk.models import Case, CaseEvent


def one_at(stage: Stage) -> Case:
    """Return an invented case of a stage."""
    return Case.objects.filter(stage=stage).order_by("pk")[0]


def together(*acts: Callable[[], object]) -> list[object]:
    """Return what acts come to that all begin at one moment, each with a connection of its own."""
    begin = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        begin.wait(timeout=10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, act) for act in acts]]


def tamper(statement: str, *values: object) -> None:
    """Change the database as somebody who may do everything in it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.usefixtures("db")
def test_every_row_says_what_its_log_says() -> None:
    for case in Case.objects.all():
        expected = columns_of(store.state_of(case))
        assert {name: getattr(case, name) for name in expected} == expected


@pytest.mark.usefixtures("own_database")  # a browser may have moved a case of the shared one
def test_the_invented_cases_stand_in_every_stage_that_is_shown() -> None:
    assert set(Case.objects.values_list("stage", flat=True)) >= {
        stage.value for stage in Stage if stage not in (Stage.DRAFT, Stage.CONSOLIDATED, Stage.SENT_ELSEWHERE)
    }


@pytest.mark.usefixtures("db")
def test_a_new_case_gets_the_next_number_and_its_people() -> None:
    intake = user_of(Role.INTAKE)
    command = FileApplication(
        case=application(0, date(2026, 11, 2), stage=Stage.SERVED), filed_by=FiledBy.WEB
    )
    first, second = (store.open_case(command, by=intake.actor) for _ in range(2))
    assert isinstance(first, store.Done) and isinstance(second, store.Done)
    assert int(second.case.number[5:]) == int(first.case.number[5:]) + 1
    on = {member.user for member in first.case.members.select_related("user")}
    assert on == {intake, user_of(Role.PAYER)}


@pytest.mark.usefixtures("db")
def test_what_casework_refuses_leaves_nothing_behind() -> None:
    case = one_at(Stage.SERVED)
    outcome = store.act(case.number, Terminate(why="Late."), by=user_of(Role.INTAKE).actor, expected=None)
    assert isinstance(outcome, Refused)
    assert outcome.reasons[0].remedy
    assert CaseEvent.objects.filter(case=case).count() == case.events


@pytest.mark.usefixtures("db")
def test_somebody_who_saw_an_older_version_is_told_what_happened() -> None:
    case = one_at(Stage.RECORDS)
    by = user_of(Role.CASE_MANAGER).actor
    seen = case.version
    store.act(case.number, AddNote(text="First."), by=by, expected=seen)
    outcome = store.act(case.number, AddNote(text="Second."), by=by, expected=seen)
    assert isinstance(outcome, store.Stale)
    assert [one.kind for one in outcome.since] == ["NoteAdded"]


@pytest.mark.usefixtures("db")
def test_looking_is_recorded_and_disturbs_nobody() -> None:
    case = one_at(Stage.RECORDS)
    manager = user_of(Role.CASE_MANAGER)
    store.look(case.number, "case", by=user_of(Role.AUDITOR).actor)
    outcome = store.act(case.number, AddNote(text="On."), by=manager.actor, expected=case.version)
    assert isinstance(outcome, store.Done)
    kinds = CaseEvent.objects.filter(case=case).order_by("-number").values_list("kind", flat=True)[:2]
    assert list(kinds) == ["NoteAdded", "CaseRead"]


@pytest.mark.usefixtures("own_database")
def test_of_two_people_who_decide_at_once_one_is_stored_and_one_is_told() -> None:
    case = one_at(Stage.RECORDS)
    by = [user.actor for user in (user_of(Role.CASE_MANAGER), user_of(Role.MEDICAL_DIRECTOR))]
    outcomes = together(
        *(
            lambda actor=actor: store.act(
                case.number, Terminate(why="Authorized."), by=actor, expected=case.version
            )
            for actor in by
        )
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Done", "Stale"]
    assert CaseEvent.objects.filter(case=case, kind="Terminated").count() == 1
    assert verify().is_sound


@pytest.mark.usefixtures("own_database")
def test_ten_acts_at_once_on_one_case_are_all_stored_in_one_chain() -> None:
    case = one_at(Stage.RECORDS)
    by = user_of(Role.CASE_MANAGER).actor
    outcomes = together(
        *(
            lambda n=n: store.act(case.number, AddNote(text=f"Note {n}."), by=by, expected=None)
            for n in range(10)
        )
    )
    assert all(isinstance(outcome, store.Done) for outcome in outcomes)
    log = store.log_of(Case.objects.get(pk=case.pk))
    assert [one.number for one in log] == list(range(1, len(log) + 1))
    assert len(log) == case.events + 10
    assert verify().is_sound


@pytest.mark.usefixtures("own_database")
def test_a_form_that_is_sent_twice_is_stored_once() -> None:
    case = Case.objects.filter(holder=Role.CASE_MANAGER).order_by("pk")[0]
    clients = [sign_in(Role.CASE_MANAGER) for _ in range(2)]
    answers = together(*(lambda c=c: c.post(f"/cases/{case.number}/take/").status_code for c in clients))
    assert answers == [302, 302]
    assert case.members.filter(user=user_of(Role.CASE_MANAGER)).count() == 1
    assert verify().is_sound


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("statement", ["UPDATE desk_caseevent SET body = '{}'", "DELETE FROM desk_caseevent"])
def test_the_database_itself_refuses_to_change_a_log(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.usefixtures("db")
def test_an_untouched_desk_is_sound() -> None:
    audit = verify(kept=heads_of_all(now()))
    assert audit.is_sound
    assert audit.events == CaseEvent.objects.count() > 100


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("column", "value"),
    [("body", '{"why":"Another reason."}'), ("actor", "user-99"), ("at", "2020-01-01T00:00:00Z")],
)
def test_a_changed_event_is_named(column: str, value: str) -> None:
    case = one_at(Stage.SERVED)
    tamper(f"UPDATE desk_caseevent SET {column} = %s WHERE case_id = %s AND number = 3", value, case.pk)
    assert verify().findings == (f"{case.number}: event 3 is not what it was when it was stored.",)


@pytest.mark.usefixtures("db")
def test_a_removed_event_is_named() -> None:
    case = one_at(Stage.SERVED)
    tamper("DELETE FROM desk_caseevent WHERE case_id = %s AND number = 4", case.pk)
    assert f"{case.number}: event 4 is missing." in verify().findings


@pytest.mark.usefixtures("db")
def test_an_event_taken_from_the_end_is_named_though_the_row_was_corrected() -> None:
    case = one_at(Stage.SERVED)
    kept = heads_of_all(now())
    tamper("DELETE FROM desk_caseevent WHERE case_id = %s AND number = %s", case.pk, case.events)
    assert verify().findings[0].startswith(f"{case.number}: the log ends with event {case.events - 1}")
    before = CaseEvent.objects.get(case=case, number=case.events - 1).hash
    Case.objects.filter(pk=case.pk).update(events=case.events - 1, head=before)
    assert verify().is_sound
    assert verify(kept=kept).findings == (
        f"{case.number}: event {case.events} is not the one that was kept outside.",
    )


@pytest.mark.usefixtures("db")
def test_a_damaged_file_is_named() -> None:
    stored = store_file([b"a page ", b"of records"], media_type="application/pdf")
    path = path_of(stored.sha256)
    assert path.stat().st_mode & 0o077 == 0
    assert verify().is_sound
    path.write_bytes(b"another page")
    assert verify().findings == (f"Read the stored file {stored.sha256[:16]}: its content is another one.",)
    path.unlink()
    assert verify().findings == (f"Read the stored file {stored.sha256[:16]}: it is not there.",)


@pytest.mark.usefixtures("db")
def test_a_draft_becomes_a_case_of_its_own() -> None:
    intake = user_of(Role.INTAKE)
    draft = store.open_case(
        SaveDraft(case=application(1, date(2026, 11, 2), stage=Stage.SERVED)), by=intake.actor
    )
    assert isinstance(draft, store.Done)
    assert stage_of(draft.state) is Stage.DRAFT
    command = FileApplication(case=draft.state.case, filed_by=FiledBy.WEB)
    filed = store.act(draft.case.number, command, by=intake.actor, expected=draft.case.version)
    assert isinstance(filed, store.Done)
    assert filed.case.number == draft.case.number
    renamed = replace(command, case=replace(command.case, case=replace(command.case.case, number="CM26-1")))
    assert isinstance(store.act(draft.case.number, renamed, by=intake.actor, expected=None), Refused)


@pytest.mark.usefixtures("db")
def test_a_case_that_is_not_there_is_said_so() -> None:
    with pytest.raises(store.CaseMissing, match="there is no such case"):
        store.act("CM26-9999999", ReadCase(what="case"), by=user_of(Role.AUDITOR).actor, expected=None)
