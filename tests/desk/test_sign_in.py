"""Signing in: password, second factor, lock-out, the end of a session; what every answer says."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client

from desk.conftest import own_case, sign_in, user_of
from openimr.casework.roles import Role
from openimr.desk.models import User
from openimr.desk.sessions import BEGAN, SEEN

PASSWORD = "a password of sixteen and more"

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def intake() -> User:
    """Return an account whose password is known."""
    cache.clear()
    user = user_of(Role.INTAKE)
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(client: Client, user: User, password: str) -> str:
    """Return where signing in leads, or the page that stays."""
    answer = client.post("/accounts/login/", {"login": user.username, "password": password})
    return answer.headers.get("Location", "") or answer.content.decode()


def test_the_second_factor_is_asked_for_and_a_recovery_code_works_once(intake: User) -> None:
    client = Client()
    assert enter(client, intake, PASSWORD) == "/accounts/second-factor/ask/"
    assert client.get("/").status_code == 302, "the password alone opens nothing"
    code = RecoveryCodes(intake.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    assert client.post("/accounts/second-factor/ask/", {"code": code}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    again = Client()
    enter(again, intake, PASSWORD)
    assert again.post("/accounts/second-factor/ask/", {"code": code}).status_code == 200


def test_five_wrong_passwords_close_a_name_for_a_while(intake: User) -> None:
    client = Client()
    for _ in range(5):
        assert "not correct" in enter(client, intake, "wrong")
    assert "Too many failed login attempts" in enter(Client(), intake, PASSWORD)


def test_nobody_can_tell_whether_a_name_has_an_account(intake: User) -> None:
    known, unknown = Client(), Client()
    first = known.post("/accounts/login/", {"login": intake.username, "password": "wrong"})
    second = unknown.post("/accounts/login/", {"login": "nobody", "password": "wrong"})
    told = [re.findall(r"usa-alert__text\">(.*?)<", answer.content.decode()) for answer in (first, second)]
    assert told[0] == told[1] != []


def test_a_closed_account_does_not_open(intake: User) -> None:
    intake.is_active = False
    intake.save()
    assert enter(Client(), intake, PASSWORD) != "/"


@pytest.mark.parametrize(("stamp", "age"), [(SEEN, 31 * 60), (BEGAN, 13 * 3600)])
def test_a_session_ends_by_itself(stamp: str, age: int) -> None:
    client = sign_in(Role.PAYER)
    assert client.get("/").status_code == 200
    session = client.session
    session[stamp] -= age
    session.save()
    assert client.get("/").headers["Location"] == "/accounts/login/"
    assert client.get("/").headers["Location"].startswith("/accounts/login/"), "and it stays ended"


def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_of(Role.APPLICANT))
    answer = client.post("/accounts/logout/")
    assert answer.status_code == 403
    assert "The form has expired" in answer.content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/status/", "/nowhere/"])
def test_every_answer_lets_nothing_in_from_elsewhere(path: str) -> None:
    answer = Client().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_public_status_holds_no_name() -> None:
    case = own_case(user_of(Role.APPLICANT))
    assert case is not None
    text = Client().get(f"/status/{case.number}/").content.decode()
    assert "The application came in." in text
    names = [case.patient, case.payer, *User.objects.values_list("name", flat=True)]
    assert not [name for name in names if name and name in text]


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PAYER, Role.ADMINISTRATIVE_DIRECTOR])
def test_nobody_outside_learns_who_the_reviewer_is(role: Role) -> None:
    """The pages of a case are searched for what names a reviewer: the name, the identifier, the account."""
    user, client = user_of(role), sign_in(role)
    cases = [member.case for member in user.memberships.select_related("case")]
    reviewers = list(User.objects.filter(role=Role.REVIEWER))
    assert cases
    for case in cases:
        for path in (f"/cases/{case.number}/", f"/status/{case.number}/"):
            text = client.get(path).content.decode()
            for reviewer in reviewers:
                assert reviewer.name not in text
                assert reviewer.reviewer not in text


@pytest.mark.parametrize("path", ["/status/%00/", "/status/?number=%00", "/?text=%00"])
def test_a_character_that_no_text_has_is_refused_in_words(path: str) -> None:
    answer = sign_in(Role.PAYER).get(path)
    assert answer.status_code in (200, 400, 404), answer.status_code
