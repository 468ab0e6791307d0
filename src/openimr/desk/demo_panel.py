"""The invented panel: who may review, and some who may not; nobody named here exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from openimr.casework.roles import Role
from openimr.desk import drawing
from openimr.desk.models import User
from openimr.desk.reviewers import ChangeKind, keep
from openimr.terms.reviewer import (
    Absence,
    Board,
    Interest,
    InterestKind,
    Licence,
    LicenceStatus,
    Reviewer,
)

WHY = "Invented for the demonstration."


def fill_panel(administrator: User, able: dict[str, str], today: date) -> None:
    """Store the panel: those who can sign in by identifier and name, and others of whom each shows a rule."""
    for identifier, name in able.items():
        keep(proven(identifier, name, today), by=administrator, kind=ChangeKind.ADDED, why=WHY)
    for reviewer in others(today):
        # an account that nobody can sign in with, so that the reviewer is drawn
        User.objects.create_user(
            reviewer.id, None, role=Role.REVIEWER, name=reviewer.name or "", reviewer=reviewer.id
        )
        keep(reviewer, by=administrator, kind=ChangeKind.ADDED, why=WHY)


def proven(identifier: str, name: str, today: date) -> Reviewer:
    """Return a reviewer with everything that the law asks of one."""
    return Reviewer(
        id=identifier,
        name=name,
        licences=(
            Licence(
                state="CA",
                number="A 900001",
                status=LicenceStatus.ACTIVE,
                expires_on=today + timedelta(days=400),
            ),
        ),
        boards=(Board(name="Physical Medicine & Rehabilitation", expires_on=today + timedelta(days=900)),),
        practice_since=date(2004, 7, 1),
        practice_proved_on=today - timedelta(days=90),
        hours_per_week=24,
        hours_proved_on=today - timedelta(days=90),
        discipline=(),
        discipline_checked_on=today - timedelta(days=20),
        exclusions_checked_on=today - timedelta(days=20),
        qme=False,
        capacity=8,
        turnaround_days=6,
        interests=(),
    )


def others(today: date) -> Iterator[Reviewer]:
    """Yield reviewers of whom each shows something: an expiry, a tie, another specialty, an absence."""

    def named(name: str) -> Reviewer:
        identifier = f"reviewer-{name.split()[1].rstrip(',').lower()}"
        return proven(identifier, name, today)

    def licensed(days: int) -> tuple[Licence, ...]:
        ends = today + timedelta(days=days)
        return (Licence(state="CA", number="A 900002", status=LicenceStatus.ACTIVE, expires_on=ends),)

    yield replace(named("Linnet Larkspur, MD"), licences=licensed(40))
    yield replace(named("Mortimer Fenmoss, MD"), licences=licensed(-15))
    past = Interest(
        kind=InterestKind.EMPLOYMENT,
        name="Pelican Mutual Indemnity",
        since=today - timedelta(days=2000),
        until=today - timedelta(days=700),
    )
    yield replace(named("Tamsin Tamarack, DO"), interests=(past,))
    spouse = Interest(
        kind=InterestKind.FAMILY,
        name="Saltmarsh Utilization Review, LLC",
        relation="spouse",
        since=today - timedelta(days=900),
    )
    yield replace(named("Wystan Wintergreen, MD"), interests=(spouse,))
    skin = Board(name="Dermatology", expires_on=today + timedelta(days=500))
    yield replace(named("Hester Hollyhock, MD"), boards=(skin,))
    away = Absence(first=today - timedelta(days=3), last=today + timedelta(days=10))
    yield replace(named("Silas Sedgewick, MD"), absences=(away,))


def draw_waiting(director: User) -> None:
    """Draw for the cases that wait; the draw is not confirmed, so that somebody can."""
    rows = drawing.waiting_rows()
    if rows:
        drawing.draw(rows, by=director)
