"""The audit: the log with its filters, the chain, a case explained, the report, the rules, the users."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.conftest import own_case, sign_in, user_of
from openimr.casework.roles import Role
from openimr.desk import store
from openimr.desk.accreditation import draw, make_report, read_report
from openimr.desk.clock import now, today
from openimr.desk.models import AccountEvent, AccreditorReport, Case, CaseEvent, StoredReviewer, User
from openimr.law.rulebook import load_rulebook

pytestmark = pytest.mark.usefixtures("db")

YEAR = timedelta(days=365)


def page(role: Role, name: str, /, *arguments: object, **asked: str) -> str:
    answer = sign_in(role).get(reverse(name, args=arguments), asked)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def cases_listed(text: str) -> list[str]:
    return re.findall(r"/cases/(CM[0-9-]+)/log/", text)


def test_the_log_is_read_to_its_end_page_by_page_and_each_event_once() -> None:
    seen: list[int] = []
    address = reverse("audit-log")
    client = sign_in(Role.AUDITOR)
    for _ in range(40):
        text = client.get(address).content.decode()
        rows = re.findall(r"/cases/(CM[0-9-]+)/log/\">.*?desk-number\">(\d+)<", text)
        seen.extend(map(hash, rows))
        further = re.search(r'href="\?([^"]+)">Earlier events', text)
        if further is None:
            break
        address = f"{reverse('audit-log')}?{further[1].replace('&amp;', '&')}"
    assert len(seen) == len(set(seen)) == CaseEvent.objects.count()


def test_the_log_is_filtered_by_case_person_role_kind_and_day() -> None:
    case = Case.objects.order_by("pk")[0]
    assert set(cases_listed(page(Role.AUDITOR, "audit-log", case=case.number.lower()))) == {case.number}
    released = page(Role.AUDITOR, "audit-log", kind="Released")
    wanted = set(CaseEvent.objects.filter(kind="Released").values_list("case__number", flat=True))
    assert set(cases_listed(released)) == wanted
    by = page(Role.AUDITOR, "audit-log", who="OFFICE")
    actor = user_of(Role.ADMINISTRATIVE_DIRECTOR).actor.id
    assert len(cases_listed(by)) == min(50, CaseEvent.objects.filter(actor=actor).count())
    assert cases_listed(page(Role.AUDITOR, "audit-log", who="nobody-of-this-name")) == []
    assert cases_listed(page(Role.AUDITOR, "audit-log", last="2001-01-01")) == []
    assert cases_listed(page(Role.AUDITOR, "audit-log", role="reviewer", first="2001-01-01"))


def test_a_log_that_is_whole_says_so_and_one_that_was_changed_says_where() -> None:
    case = Case.objects.order_by("pk")[0]
    assert "The chain is whole" in page(Role.AUDITOR, "case-log", case.number)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE desk_caseevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE desk_caseevent SET actor = 'x' WHERE case_id = %s AND number = 2", [case.pk])
    told = page(Role.AUDITOR, "case-log", case.number)
    assert "The log is not whole" in told and "event 2 is not what it was" in told
    assert told.count(">changed<") == 1


def test_a_case_is_explained_with_rules_versions_and_who_opened_what() -> None:
    case = Case.objects.filter(stage="served").order_by("pk")[0]
    state = store.state_of(case)
    store.note_read(case.number, state.records[0].sha256, by=user_of(Role.AUDITOR).actor)
    told = page(Role.AUDITOR, "case-explain", case.number)
    version = load_rulebook().version("determination_deadline", today())
    assert version.citation in told and "2018-01-01" in told
    assert state.versions[0].determination in told
    assert str(user_of(Role.AUDITOR)) in told and state.records[0].name in told
    reviewer = StoredReviewer.objects.get(reviewer=state.seats[0].reviewer)
    assert reviewer.name in told


def test_outside_an_explanation_has_the_rules_and_no_person() -> None:
    payer = user_of(Role.PAYER)
    case = Case.objects.filter(members__user=payer, stage__in=("view", "served", "quality")).order_by("pk")[0]
    told = page(Role.PAYER, "case-explain", case.number)
    assert "Cal. Lab. Code § 4610.6(d)" in told
    assert "Why this reviewer" not in told and "Every version" not in told and "Who opened" not in told
    inside = User.objects.filter(role__in=("reviewer", "quality", "case_manager", "intake"))
    assert not [u.name for u in inside if u.name and u.name in told]


def test_the_same_seed_draws_the_same_files_and_another_seed_others() -> None:
    numbers = [f"CM26-{n:07d}" for n in range(500)]
    assert draw(numbers, 11, 30) == draw(list(numbers), 11, 30)
    assert len(set(draw(numbers, 11, 30))) == 30
    assert draw(numbers, 11, 30) != draw(numbers, 12, 30)


def test_a_report_is_made_in_one_click_kept_and_exported() -> None:
    client = sign_in(Role.QUALITY)
    asked = {"first": (today() - YEAR).isoformat(), "last": today().isoformat(), "size": "30", "seed": ""}
    answer = client.post(reverse("accreditation"), asked)
    row = AccreditorReport.objects.get()
    assert answer.headers["Location"] == reverse("accreditation-report", args=[row.pk])
    report = read_report(row)
    assert (report.seed, report.population) == (row.seed, Case.objects.exclude(stage="draft").count())
    assert report.broken == () and len(report.files) == min(30, report.population)
    told = page(Role.AUDITOR, "accreditation-report", row.pk)
    assert str(row.seed) in told and row.sha256 in told and "95 % interval" in told
    for reviewer in StoredReviewer.objects.filter(is_active=True):
        assert reviewer.name in told
    pdf = client.get(reverse("accreditation-pdf", args=[row.pk]))
    assert pdf.content.startswith(b"%PDF")
    kept = client.get(reverse("accreditation-json", args=[row.pk])).content
    assert sha256(kept).hexdigest() == row.sha256 and json.loads(kept)["seed"] == row.seed
    table = list(
        csv.DictReader(StringIO(client.get(reverse("accreditation-csv", args=[row.pk])).content.decode()))
    )
    assert {line["case"] for line in table} <= set(report.files) and len(table) == len(report.clocks)


def test_a_report_says_of_each_clock_whether_it_was_kept() -> None:
    row = make_report(
        first=today() - YEAR, last=today(), seed=3, by=user_of(Role.QUALITY), at=now(), size=200
    )
    for clock in read_report(row).clocks:
        if clock.done_on is None:
            expected = "running" if today() <= clock.due_on else "overdue"
        else:
            days = (clock.done_on - clock.due_on).days
            expected = "in time" if days <= 0 else f"{days} days late"
        assert clock.result == expected


def test_a_report_is_made_in_few_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        make_report(first=today() - YEAR, last=today(), seed=3, by=user_of(Role.QUALITY), at=now())
    assert len(queries) < 30


def test_a_period_that_ends_before_it_begins_is_told() -> None:
    asked = {"first": today().isoformat(), "last": (today() - YEAR).isoformat(), "size": "30"}
    answer = sign_in(Role.QUALITY).post(reverse("accreditation"), asked)
    assert answer.status_code == 400 and "ends before it begins" in answer.content.decode()
    assert not AccreditorReport.objects.exists()


def test_the_rules_stand_as_they_were_on_a_day_with_citation_and_how_they_were_checked() -> None:
    early = page(Role.REVIEWER, "rules", on="2013-06-01", text="more_information")
    late = page(Role.REVIEWER, "rules", on="2020-06-01", text="more_information")
    assert "15 calendar days" in early and "5 business days" in late
    assert "8 CCR 9792.10.3(b)-(c)" in late and "seen" in late
    one = page(Role.REVIEWER, "rule", "us_ca_wc.more_information")
    for version in load_rulebook().rule("more_information").versions:
        assert version.citation in one
    assert sign_in(Role.REVIEWER).get(reverse("rule", args=["us_ca_wc.no_such_rule"])).status_code == 404
    assert sign_in(Role.REVIEWER).get(reverse("rule", args=["settings.py"])).status_code == 404


def entered(user: User, **changed: str) -> dict[str, str]:
    told = {name: getattr(user, name) for name in ("username", "name", "email", "role", "party", "reviewer")}
    return {**told, "is_active": "on", **changed}


def test_an_administrator_makes_an_account_whose_password_is_shown_once() -> None:
    client = sign_in(Role.ADMINISTRATOR)
    about = {"username": "newcomer", "name": "Nell Comer", "email": "", "role": "intake", "is_active": "on"}
    answer = client.post(reverse("user-new"), about)
    found = re.search(r'desk-password">([^<]+)<', answer.content.decode())
    user = User.objects.get(username="newcomer")
    assert found is not None and user.check_password(found[1]) and len(found[1]) >= 20
    assert "no-store" in answer.headers["Cache-Control"]
    assert found[1] not in client.get(reverse("user", args=[user.pk])).content.decode()
    assert AccountEvent.objects.get(user=user).by == user_of(Role.ADMINISTRATOR)
    twice = client.post(reverse("user-new"), {**about, "username": "NewComer"})
    assert twice.status_code == 400


def test_an_account_of_a_reviewer_or_payer_needs_what_ties_it_to_its_cases() -> None:
    client = sign_in(Role.ADMINISTRATOR)
    for role in ("reviewer", "payer"):
        about = {"username": f"new-{role}", "role": role, "is_active": "on"}
        assert client.post(reverse("user-new"), about).status_code == 400
    assert not User.objects.filter(username__startswith="new-").exists()


def test_nobody_changes_their_own_role_and_everybody_elses_change_is_kept() -> None:
    administrator, client = user_of(Role.ADMINISTRATOR), sign_in(Role.ADMINISTRATOR)
    client.post(reverse("user", args=[administrator.pk]), entered(administrator, role="auditor"))
    administrator.refresh_from_db()
    assert administrator.role == "administrator"
    other = user_of(Role.INTAKE)
    client.post(reverse("user", args=[other.pk]), entered(other, role="quality"))
    other.refresh_from_db()
    assert other.role == "quality"
    assert "from 'intake' to 'quality'" in AccountEvent.objects.get(user=other).what


def test_a_disabled_account_is_signed_out_at_once() -> None:
    victim, client = user_of(Role.INTAKE), sign_in(Role.INTAKE)
    assert client.get(reverse("work")).status_code == 200
    told = entered(victim)
    told.pop("is_active")
    sign_in(Role.ADMINISTRATOR).post(reverse("user", args=[victim.pk]), told)
    answer = client.get(reverse("work"))
    assert answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]


def test_a_second_factor_is_reset_for_others_and_never_for_oneself() -> None:
    administrator, client = user_of(Role.ADMINISTRATOR), sign_in(Role.ADMINISTRATOR)
    other = user_of(Role.INTAKE)
    client.post(reverse("user-reset-second-factor", args=[other.pk]))
    client.post(reverse("user-reset-second-factor", args=[administrator.pk]))
    assert not Authenticator.objects.filter(user=other).exists()
    assert Authenticator.objects.filter(user=administrator).exists()


def test_a_case_log_and_an_explanation_take_few_queries() -> None:
    case = own_case(user_of(Role.CASE_MANAGER))
    assert case is not None
    client = sign_in(Role.CASE_MANAGER)
    for name in ("case-log", "case-explain"):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name, args=[case.number]))
        assert len(queries) < 30, name


def test_a_day_is_a_day_in_the_log_of_california() -> None:
    last = CaseEvent.objects.order_by("-at")[0]
    day: date = last.at.astimezone(now().tzinfo).date()
    found = page(Role.AUDITOR, "audit-log", first=day.isoformat(), last=day.isoformat())
    assert last.case.number in cases_listed(found)
