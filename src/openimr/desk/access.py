"""Who may open which address: one rule for each, and no address without one.

A case that somebody is not on answers as one that does not exist. For
everybody but the auditor access comes from being on the case, never from a
role alone; the auditor reads everything, changes nothing, and is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver

from openimr.casework.roles import Role
from openimr.desk.models import STAFF, Case, User

EVERYBODY = frozenset(role for role in Role if role is not Role.SYSTEM)
# who must prove more than a password: whoever sees cases that are not their own
MFA_ROLES = STAFF | {Role.ADMINISTRATIVE_DIRECTOR}
# what is a second factor by itself; recovery codes are only what helps where it is not at hand
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
READING = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may open an address.

    Attributes:
        roles: The roles that may; None for everybody, signed in or not.
        case: Whether the address names a case (``number``) that the reader must be on. The view then
            finds it as ``request.case``.
        mfa: Whether somebody whose role needs a second factor must have one to open it.
        token: Whether the address belongs to the API, which asks for a token itself.
        form: Whether the address only takes a form that is sent to it, and is no page.
    """

    roles: frozenset[Role] | None
    case: bool = False
    mfa: bool = True
    token: bool = False
    form: bool = False


PUBLIC = Rule(roles=None)
SIGNED_IN = Rule(roles=EVERYBODY)
OWN_ACCOUNT = Rule(roles=EVERYBODY, mfa=False)
ON_THE_CASE = Rule(roles=EVERYBODY - {Role.ADMINISTRATOR}, case=True)


def only(*roles: Role, case: bool = False, form: bool = False) -> Rule:
    """Return the rule that these roles may, and with ``case`` those of them who are on the case."""
    return Rule(roles=frozenset(roles), case=case, form=form)


class CaseRequest(HttpRequest):
    """A request whose rule names a case: what a view may count on."""

    user: User
    case: Case


class UserRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


# The addresses of packages: their views carry no rule of ours.
GIVEN = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reauthenticate": OWN_ACCOUNT,
    "account_change_password": OWN_ACCOUNT,
    "mfa_authenticate": PUBLIC,
    "mfa_index": OWN_ACCOUNT,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_list_webauthn": OWN_ACCOUNT,
    "mfa_add_webauthn": OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": OWN_ACCOUNT,
    "mfa_edit_webauthn": OWN_ACCOUNT,
    "mfa_remove_webauthn": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_download_recovery_codes": OWN_ACCOUNT,
}
# Whole namespaces: the operations of the API ask for a token each, and say which scope it needs.
GIVEN_NAMESPACES = {"api": Rule(roles=None, token=True)}


def page(rule: Rule) -> Callable[[View], View]:
    """Return a decorator that gives a view its rule."""

    def give(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]  # a function carries what is said of it
        return view

    return give


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of the desk: its name, its pattern, and its rule if it has one."""

    name: str
    pattern: str
    view: Callable[..., Any]
    rule: Rule | None


def addresses() -> tuple[Address, ...]:
    """Return every address of the desk."""
    return tuple(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], before: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from _walk(pattern.url_patterns, whole, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join(filter(None, (namespace, pattern.name or "")))
            yield Address(
                name=name, pattern=whole, view=pattern.callback, rule=rule_of(name, pattern.callback)
            )


def rule_of(name: str, view: Callable[..., Any]) -> Rule | None:
    """Return the rule of an address, or None if nobody gave it one."""
    space = name.partition(":")[0] if ":" in name else ""
    given = GIVEN.get(name) or GIVEN_NAMESPACES.get(space.partition("-")[0])
    return given or getattr(view, "rule", None)


def require_rules() -> None:
    """Refuse to start while an address has no name, or no rule.

    Raises:
        ImproperlyConfigured: Addresses without one; the message names them.
    """
    bare = [a.pattern or a.name for a in addresses() if a.rule is None or not a.name]
    if bare:
        raise ImproperlyConfigured(f"These addresses have no name or no rule (access.py): {', '.join(bare)}")


class RuleMiddleware:
    """Lets a request through to its view only as the rule of the address says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        require_rules()
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a request."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return an answer in place of the page, or None where it may be opened."""
        assert request.resolver_match is not None
        rule = rule_of(request.resolver_match.view_name, view)
        if rule is None:
            raise Http404
        if rule.roles is None:
            return None
        user = request.user
        if not isinstance(user, User):
            return redirect_to_login(request.get_full_path())
        if user.acts_as not in rule.roles:
            raise PermissionDenied
        if user.acts_as is Role.AUDITOR and rule.mfa and request.method not in READING:
            raise PermissionDenied
        if rule.mfa and lacks_second_factor(request, user):
            messages.warning(request, "Your role needs a second factor. Set up an authenticator to go on.")
            return redirect("mfa_activate_totp")
        if rule.case:
            request.case = case_for(user, named["number"])  # type: ignore[attr-defined]  # CaseRequest
        return HttpResponseNotAllowed(["POST"]) if rule.form and request.method != "POST" else None

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Refuse what the database cannot hold, such as the character U+0000, as a request that is wrong."""
        if isinstance(error, DataError):
            raise SuspiciousOperation("a value that the database cannot hold") from error


def case_for(user: User, number: str) -> Case:
    """Return the case of a number, if the user may open it.

    Raises:
        Http404: There is none, or the user is not on it: nobody can tell which.
    """
    found = Case.objects.filter(number=number)
    if user.acts_as is not Role.AUDITOR:
        found = found.filter(members__user=user)
    case = found.first()
    if case is None:
        raise Http404
    return case


def lacks_second_factor(request: HttpRequest, user: User) -> bool:
    """Return whether a user whose role needs a second factor has none.

    Whoever has one was asked for it when signing in.
    """
    if user.acts_as not in MFA_ROLES:
        return False
    methods = request.session.get("account_authentication_methods", [])
    if any(method.get("method") == "mfa" for method in methods):
        return False
    return not Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()
