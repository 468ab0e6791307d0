"""What happened to the panel, from all its sources, on one page and as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.conftest import sign_in, user_of
from openimr.casework.roles import Role
from openimr.desk import reviewers
from openimr.desk.clock import now
from openimr.desk.models import Case, JudgedTie, StoredReviewer
from openimr.desk.panel_history import About, Asked, happenings
from openimr.desk.reviewers import ChangeKind
from openimr.terms.reviewer import Absence, Interest, InterestKind, LicenceStatus

pytestmark = pytest.mark.usefixtures("db")


def asked(**more: object) -> Asked:
    return Asked(before=now() + timedelta(seconds=5), **more)  # type: ignore[arg-type]  # fields by name


def change(**fields: object) -> str:
    row = StoredReviewer.objects.filter(is_active=True).order_by("reviewer")[0]
    changed = replace(reviewers.reviewer_of(row), **fields)  # type: ignore[arg-type]  # fields by name
    assert reviewers.keep(changed, by=user_of(Role.MEDICAL_DIRECTOR), kind=ChangeKind.CHANGED, why="told so")
    return row.reviewer


def test_a_suspended_licence_is_a_change_of_credentials_with_who_and_why() -> None:
    row = StoredReviewer.objects.filter(is_active=True).order_by("reviewer")[0]
    licences = reviewers.reviewer_of(row).licences
    suspended = (replace(licences[0], status=LicenceStatus.RESTRICTED), *licences[1:])
    reviewer = change(licences=suspended)
    first = happenings(asked(about=About.CREDENTIALS), 1)[0]
    assert (first.reviewer, first.why) == (reviewer, "told so")
    assert first.by == str(user_of(Role.MEDICAL_DIRECTOR))
    assert any("restricted" in line for line in first.lines)


def test_absence_conflicts_and_leaving_are_told_apart() -> None:
    reviewer = change(absences=(Absence(first=date(2030, 1, 1), last=date(2030, 1, 9)),))
    change(interests=(Interest(kind=InterestKind.FINANCIAL, name="Pelican Mutual Indemnity"),))
    reviewers.set_active(reviewer, active=False, by=user_of(Role.ADMINISTRATOR), why="moved away")
    for about, words in ((About.ROOM, "absences"), (About.CONFLICTS, "interests"), (About.PANEL, "Left")):
        first = happenings(asked(about=about), 1)[0]
        assert first.reviewer == reviewer
        assert any(words in line for line in first.lines), about


def test_what_ended_by_itself_is_told_without_anybody_who_did_it() -> None:
    row = StoredReviewer.objects.filter(is_active=True).order_by("reviewer")[0]
    licences = reviewers.reviewer_of(row).licences
    change(licences=(replace(licences[0], expires_on=date(2026, 1, 31)), *licences[1:]))
    ended = [one for one in happenings(asked(about=About.ENDED), 500) if one.reviewer == row.reviewer]
    assert [f"{one.at:%Y-%m-%d}" for one in ended if "2026-01-31" in one.lines[0]] == ["2026-02-01"]
    assert all(one.by == "" for one in ended)


def test_a_judged_tie_stands_among_the_conflicts_without_its_case() -> None:
    case = Case.objects.order_by("pk")[0]
    reviewer = StoredReviewer.objects.order_by("reviewer")[0].reviewer
    JudgedTie.objects.create(
        case=case,
        reviewer=reviewer,
        code="NAME",
        reason="alike",
        is_conflict=True,
        why="They are cousins.",
        by=user_of(Role.MEDICAL_DIRECTOR),
    )
    page = sign_in(Role.ADMINISTRATOR).get("/panel/changes/", {"about": "conflicts"}).content.decode()
    assert "A possible tie to a case was judged: a conflict." in page
    assert "They are cousins." not in page and case.number not in page, "both are for those on the case"


def test_filters_by_person_and_day_and_the_table_hold_the_same() -> None:
    change(capacity=3)
    client = sign_in(Role.AUDITOR)
    day = now().date()
    later = (day + timedelta(days=3)).isoformat()
    assert b"Nothing is as you asked" in client.get("/panel/changes/", {"since": later}).content
    nobody = client.get("/panel/changes/", {"by": "nobody of this name"}).content
    assert b"Nothing is as you asked" in nobody
    table = client.get("/panel/changes/changes.csv", {"about": "room"})
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert rows[0]["why"] == "told so" and "room" in rows[0]["about"]
    assert {"at", "reviewer", "by"} <= rows[0].keys()


def test_pages_follow_one_another_without_a_gap_also_within_one_moment() -> None:
    for row in StoredReviewer.objects.filter(is_active=True).order_by("reviewer")[:3]:
        told = reviewers.reviewer_of(row)
        ended = (replace(told.licences[0], expires_on=date(2026, 1, 31)), *told.licences[1:])
        by = user_of(Role.MEDICAL_DIRECTOR)
        assert reviewers.keep(replace(told, licences=ended), by=by, kind=ChangeKind.CHANGED, why="it ended")
    everything = happenings(asked(), 1_000)
    moments = [one.at for one in everything]
    assert len(set(moments)) < len(moments), "several credentials end on one day"
    found, before, beyond = [], asked().before, ""
    while page := happenings(Asked(before=before, beyond=beyond), 2):
        found += page
        before, beyond = page[-1].at, page[-1].key
    assert found == everything
