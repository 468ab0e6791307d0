"""The work list: what it shows to whom, in which order, page by page, by how many queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.conftest import sign_in, user_of
from desk.samples import path_of
from openimr.casework.commands import AddNote, AskOffice, TakeCase
from openimr.casework.reviewer_work import ReviewerWork
from openimr.casework.roles import Role
from openimr.desk import jobs, store
from openimr.desk.access import addresses
from openimr.desk.clock import now, today
from openimr.desk.models import Case, CaseHolder, CaseMember
from openimr.desk.pages import reviews, work

MOST_QUERIES = 30
# a list of this many cases is two whole pages and a part
MANY = 2 * work.ROWS + 7

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def many() -> list[Case]:
    """Return the rows of many cases that the first applicant is on; some have no day, many the same."""
    user = user_of(Role.APPLICANT)
    first = date(2030, 1, 1)
    rows = Case.objects.bulk_create(
        Case(
            number=f"CM30-{n:07d}",
            programme="us_ca_wc",
            stage="records",
            priority="regular",
            holder="payer",
            due_on=None if n % 5 == 0 else first + timedelta(days=n % 3),
            filed_at=now(),
            patient=f"Patient {n}",
            payer="Heron Casualty",
            version=1,
            events=1,
            head="0" * 64,
            changed_at=now(),
        )
        for n in range(MANY)
    )
    CaseMember.objects.bulk_create(
        CaseMember(case=r, user=user, role=user.role, since=1, due_on=r.due_on) for r in rows
    )
    return rows


def test_all_pages_together_hold_every_case_once_in_the_order_of_days(many: list[Case]) -> None:
    user, seen = user_of(Role.APPLICANT), list[Case]()
    asked: dict[str, str] = {"text": "CM30-"}
    for _ in range(10):
        page = work.cases_of(user, work.filters_for(user, asked), date(2030, 1, 2))
        seen += page.cases
        if page.further is None:
            break
        asked = dict(pair.split("=") for pair in page.further.replace("%7E", "~").split("&"))
    keys = [(case.due_on is None, case.due_on or date.min, case.pk) for case in seen]
    assert keys == sorted(keys)
    assert {case.pk for case in seen} == {case.pk for case in many}
    assert len(seen) == MANY


@pytest.mark.parametrize(("due", "wanted"), [("late", {2029}), ("none", {None}), ("week", {2030})])
def test_the_list_is_filtered_by_day(many: list[Case], due: str, wanted: set[int | None]) -> None:
    Case.objects.filter(pk=many[1].pk).update(due_on=date(2029, 12, 31))
    many[1].members.update(due_on=date(2029, 12, 31))
    user = user_of(Role.APPLICANT)
    filters = work.filters_for(user, {"text": "CM30-", "due": due})
    found = work.cases_of(user, filters, date(2030, 1, 1)).cases
    assert {case.due_on.year if case.due_on else None for case in found} == wanted


def office_is_asked() -> Case:
    """Return a case at its notice that nobody of the director's office is on, and that asks the office."""
    case = Case.objects.filter(stage="notice").order_by("pk")[0]
    case.members.filter(role=Role.ADMINISTRATIVE_DIRECTOR.value).delete()
    by = user_of(Role.CASE_MANAGER).actor
    told = AskOffice(what="Two reviewers, for a rare combination.")
    assert isinstance(store.act(case.number, told, by=by, expected=None), store.Done)
    return Case.objects.get(pk=case.pk)


def test_a_case_waits_for_every_role_that_has_a_step_in_it_and_not_for_the_first_alone() -> None:
    case, office = office_is_asked(), user_of(Role.ADMINISTRATIVE_DIRECTOR)
    assert case.holder == Role.CASE_MANAGER
    assert [one.role for one in case.held_by.all()] == ["case_manager", "administrative_director"]

    def waiting() -> set[int]:
        filters = work.filters_for(office, {"which": work.WAITING})
        return {one.pk for one in work.cases_of(office, filters, today()).cases}

    assert case.pk in waiting()
    page = (
        sign_in(Role.ADMINISTRATIVE_DIRECTOR).get(reverse("work"), {"which": work.WAITING}).content.decode()
    )
    row = page[page.index(case.number) :][:400]
    assert "Case manager" in row and "Administrative director (nobody yet)" in row
    assert isinstance(store.act(case.number, TakeCase(), by=office.actor, expected=None), store.Done)
    assert case.pk not in waiting()
    done = store.act(case.number, AddNote(text="Granted."), by=office.actor, expected=None)
    assert isinstance(done, store.Done)
    assert [one.role for one in case.held_by.all()] == ["case_manager"]


def test_the_list_is_filtered_by_every_role_that_has_a_step() -> None:
    case, auditor = office_is_asked(), user_of(Role.AUDITOR)
    filters = work.filters_for(auditor, {"holder": Role.ADMINISTRATIVE_DIRECTOR.value})
    assert case.pk in {one.pk for one in work.cases_of(auditor, filters, today()).cases}
    manager = user_of(Role.CASE_MANAGER)
    CaseMember.objects.get_or_create(
        case=case, user=manager, defaults={"role": manager.role, "since": 1, "due_on": case.due_on}
    )
    filters = work.filters_for(manager, {"holder": Role.ADMINISTRATIVE_DIRECTOR.value})
    assert [one.pk for one in work.cases_of(manager, filters, today()).cases] == [case.pk]


def test_a_served_letter_waits_for_its_publication_among_the_closed_cases() -> None:
    case, office = Case.objects.filter(stage="served")[0], user_of(Role.ADMINISTRATIVE_DIRECTOR)
    case.members.filter(role=office.role).delete()
    note = AddNote(text="Nobody of the office is here.")
    store.act(case.number, note, by=user_of(Role.INTAKE).actor, expected=None)
    filters = work.filters_for(office, {"which": work.WAITING, "done": "on"})
    assert case.pk in {one.pk for one in work.cases_of(office, filters, today()).cases}


def test_cases_from_before_get_all_their_roles_from_their_logs() -> None:
    case = office_is_asked()
    CaseHolder.objects.filter(case=case).exclude(role=case.holder).delete()
    CaseHolder.objects.filter(case=case).update(place=None)
    assert jobs.tell_holders() == 1 and jobs.tell_holders() == 0
    assert [(one.role, one.place) for one in case.held_by.all()] == [
        ("case_manager", 0),
        ("administrative_director", 1),
    ]


def test_what_is_not_understood_is_left_out() -> None:
    answer = sign_in(Role.CASE_MANAGER).get("/?stage=nonsense&after=%27;drop&holder=king&due=yesterday")
    assert answer.status_code == 200


def test_somebody_else_sees_nothing_of_a_case_that_waits_but_its_number() -> None:
    case = Case.objects.exclude(patient="").order_by("pk")[0]
    case.members.filter(role=Role.INTAKE).delete()
    Case.objects.filter(pk=case.pk).update(is_open=True)
    CaseHolder.objects.create(case=case, role=Role.INTAKE.value, place=9, waits=True)
    text = sign_in(Role.INTAKE).get("/?which=waiting").content.decode()
    assert case.number in text
    assert case.patient not in text


def test_no_page_asks_the_database_too_often() -> None:
    client, user = sign_in(Role.CASE_MANAGER), user_of(Role.CASE_MANAGER)
    case = Case.objects.filter(members__user=user).order_by("-events")[0]
    for address in addresses():
        if address.rule is None or address.rule.token or address.rule.form:
            continue
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(path_of(address, user, case))
        assert len(asked) <= MOST_QUERIES, f"{address.name}: {len(asked)}"


def test_a_reviewer_is_told_where_more_cases_wait_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_of(Role.REVIEWER)
    client = sign_in(Role.REVIEWER)
    cases = list(Case.objects.filter(is_open=True).exclude(members__user=user).order_by("pk")[:3])
    for case in cases:
        about = {"role": user.role, "since": 1, "due_on": today(), "work": ReviewerWork.TO_VIEW.value}
        CaseMember.objects.create(case=case, user=user, **about)
    monkeypatch.setattr(reviews, "ROWS", 2)
    page = client.get("/reviews/").content.decode()
    assert "Waiting for you (2 and more)" in page and "Only those that are due first" in page
    monkeypatch.setattr(reviews, "ROWS", 100)
    page = client.get("/reviews/").content.decode()
    assert all(case.number in page for case in cases) and "Only those that are due first" not in page
