"""Every address, opened by every role, on a case of their own and on a foreign one."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from desk.conftest import foreign_case, own_case, sign_in, user_of
from desk.samples import SAMPLES, arguments_of, path_of
from openimr.casework.roles import Role
from openimr.desk import urls
from openimr.desk.access import MFA_ROLES, READING, Address, addresses, require_rules
from openimr.desk.models import Case, CaseEvent

ROLES = [role for role in Role if role is not Role.SYSTEM]
ADDRESSES = [a for a in addresses() if a.rule is not None and not a.rule.token]
METHODS = ("get", "post")
# what a page may answer to somebody who may open it and who sends an empty form
OPEN = {200, 204, 302, 400, 405, 409, 422}
# the pages of accounts answer 404 where there is nothing to remove or to show
NOTHING_THERE = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}

pytestmark = pytest.mark.usefixtures("db")


def test_every_address_has_a_rule_and_a_name() -> None:
    require_rules()
    assert all(address.name and address.rule for address in addresses())


def test_an_address_without_a_rule_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("bare/", bare, name="bare")])
    monkeypatch.setattr("openimr.desk.access.get_resolver", lambda: urls and _Resolver(urls.urlpatterns))
    with pytest.raises(ImproperlyConfigured, match="bare/"):
        require_rules()


class _Resolver:
    def __init__(self, patterns: list[object]) -> None:
        self.url_patterns = patterns


def test_every_argument_has_a_sample() -> None:
    used = {name for address in ADDRESSES for name in arguments_of(address)}
    assert used <= SAMPLES.keys(), f"tests/desk/samples.py lacks {sorted(used - SAMPLES.keys())}"


def statuses(client: Client, address: str) -> dict[str, int]:
    """Return what an address answers to each method."""
    return {method: getattr(client, method)(address).status_code for method in METHODS}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.name)
def test_nobody_gets_in_without_signing_in(address: Address) -> None:
    case = Case.objects.exclude(stage="draft").order_by("pk")[0]
    found = path_of(address, user_of(Role.INTAKE), case)
    for method in METHODS:
        answer = getattr(Client(), method)(found)
        leads_to_sign_in = answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]
        assert address.rule is not None
        if address.rule.roles is not None:
            assert leads_to_sign_in, f"{method} {found}: {answer.status_code}"
        else:
            assert answer.status_code in OPEN, f"{method} {found}: {answer.status_code}"


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.name)
def test_every_role_opens_what_the_rule_says(address: Address) -> None:
    for role in ROLES:
        user, client = user_of(role), sign_in(role)
        cases = [case for case in (own_case(user), foreign_case(user)) if case is not None]
        for case in cases if arguments_of(address) else cases[:1]:
            found = path_of(address, user, case)
            is_own = case.members.filter(user=user).exists()
            for method, status in statuses(client, found).items():
                asked = f"{role} {method} {found} ({'own' if is_own else 'foreign'}): {status}"
                assert status in expected(address, role, method, is_own=is_own), asked


def expected(address: Address, role: Role, method: str, *, is_own: bool) -> set[int]:
    """Return what an address may answer to a role, by its rule alone."""
    rule = address.rule
    assert rule is not None
    if rule.roles is not None and role not in rule.roles:
        return {403}
    if role is Role.AUDITOR and rule.roles is not None and rule.mfa and method.upper() not in READING:
        return {403}
    if rule.case and not is_own and role is not Role.AUDITOR:
        return {404}
    names_a_case_without_membership = "number" in arguments_of(address) and not rule.case
    if names_a_case_without_membership or address.name in NOTHING_THERE:
        return OPEN | {404}
    return OPEN


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.name)
def test_without_the_second_factor_a_role_that_needs_it_gets_nowhere(address: Address) -> None:
    rule = address.rule
    assert rule is not None
    for role in MFA_ROLES & (rule.roles or frozenset()) if rule.mfa else ():
        user = user_of(role)
        Authenticator.objects.filter(user=user).delete()
        client = sign_in(role, second_factor=False)
        answer = client.get(path_of(address, user, own_case(user) or foreign_case(user)))
        assert answer.status_code == 302, role
        assert answer.headers["Location"] == "/accounts/second-factor/authenticator/", role


def test_a_foreign_case_answers_as_one_that_is_not_there() -> None:
    client = sign_in(Role.CASE_MANAGER)
    foreign = client.get(f"/cases/{foreign_case(user_of(Role.CASE_MANAGER)).number}/")
    missing = client.get("/cases/CM26-9999999/")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_each_read_of_the_auditor_is_in_the_log() -> None:
    auditor = user_of(Role.AUDITOR)
    case = Case.objects.exclude(stage="draft").order_by("pk")[0]
    sign_in(Role.AUDITOR).get(f"/cases/{case.number}/")
    last = CaseEvent.objects.filter(case=case).order_by("number").last()
    assert last is not None
    assert (last.kind, last.actor) == ("CaseRead", auditor.actor.id)
