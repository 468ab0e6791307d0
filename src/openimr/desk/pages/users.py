"""The accounts, for the administrator: made, changed, disabled, a second factor reset; nobody's own role."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from openimr.casework.roles import Role
from openimr.desk.access import SECOND_FACTORS, UserRequest, only, page
from openimr.desk.clock import now
from openimr.desk.models import PEOPLE, ROLE_WORDS, AccountEvent, User

ROWS = 50
WHO = only(Role.ADMINISTRATOR)
# of a first password: letters and figures that nobody takes for one another
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# roles whose accounts need one thing more
NEEDS: Mapping[Role, str] = {Role.PAYER: "party", Role.REVIEWER: "reviewer"}


class Filters(forms.Form):
    """Which accounts are asked for."""

    is_filter = True

    text = forms.CharField(label="Name", required=False, max_length=100)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *PEOPLE])
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    """What is known of an account."""

    class Meta:
        """The fields of the form."""

        model = User
        fields = ("username", "name", "email", "role", "party", "reviewer", "is_active")
        labels: Mapping[str, str] = {
            "username": "User name",
            "name": "Name",
            "email": "E-mail",
            "role": "Role",
            "party": "Party (for a claims administrator: its identifier or name)",
            "reviewer": "Identifier in the panel (for a reviewer)",
            "is_active": "May sign in",
        }

    def __init__(self, *given: Any, by: User, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance.pk is not None:
            self.fields["username"].disabled = True
        if self.instance.pk == by.pk:
            self.fields["role"].disabled = True
            self.fields["is_active"].disabled = True
            self.fields["role"].help_text = "Nobody changes their own role."

    def clean(self) -> dict[str, Any]:
        """Return what was entered; what a role needs is there."""
        told: dict[str, Any] = super().clean() or {}
        needed = NEEDS.get(Role(told["role"])) if told.get("role") else None
        if needed and not told.get(needed):
            self.add_error(needed, "An account in this role needs it.")
        name = told.get("username")
        if name and User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            self.add_error("username", "There is an account of this name, if with other capitals.")
        return told


@page(WHO)
@require_GET
def show(request: UserRequest) -> HttpResponse:
    """Return the accounts with their role and when they last signed in."""
    filters = Filters(request.GET)
    filters.is_valid()
    asked = filters.cleaned_data
    found = User.objects.order_by("id")
    if text := (asked.get("text") or "").strip():
        found = found.filter(Q(username__istartswith=text) | Q(name__icontains=text))
    if asked.get("role"):
        found = found.filter(role=asked["role"])
    if asked.get("after"):
        found = found.filter(pk__gt=asked["after"])
    rows = list(found[: ROWS + 1])
    secured = set(
        Authenticator.objects.filter(user__in=rows, type__in=SECOND_FACTORS).values_list("user_id", flat=True)
    )
    context = {
        "filters": filters,
        "users": [(user, user.pk in secured) for user in rows[:ROWS]],
        "further": rows[ROWS - 1].pk if len(rows) > ROWS else None,
    }
    return render(request, "desk/users/list.html", context)


@page(WHO)
@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Return the form for a new account; its first password is shown once."""
    form = AccountForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        password = first_password()
        with transaction.atomic():
            user = form.save(commit=False)
            user.set_password(password)
            user.save()
            _note(request, user, f"Made, as {ROLE_WORDS[user.acts_as].lower()}")
        return _told_once(request, user, password)
    return render(request, "desk/users/new.html", {"form": form}, status=400 if form.errors else 200)


@page(WHO)
@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, account: int) -> HttpResponse:
    """Return an account to look at and to change; what was changed is kept with who did it."""
    user = _found(account)
    before = {name: getattr(user, name) for name in AccountForm.Meta.fields}
    form = AccountForm(request.POST if request.method == "POST" else None, instance=user, by=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            changed = [name for name, value in before.items() if getattr(user, name) != value]
            if changed:
                _note(request, user, f"Changed: {_said(user, before, changed)}"[:200])
            if {"role", "is_active"} & set(changed):
                end_sessions(user)
        messages.success(request, "The account is stored.")
        return redirect("user", account=user.pk)
    context = {
        "form": form,
        "account": user,
        "is_own": user.pk == request.user.pk,
        "events": user.changes.select_related("by").order_by("-id")[:ROWS],
        "secured": Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists(),
    }
    return render(request, "desk/users/edit.html", context, status=400 if form.errors else 200)


def _said(user: User, before: Mapping[str, object], changed: list[str]) -> str:
    return "; ".join(f"{name} from {before[name]!r} to {getattr(user, name)!r}" for name in changed)


@page(only(Role.ADMINISTRATOR, form=True))
def reset_second_factor(request: UserRequest, account: int) -> HttpResponse:
    """Take the second factor of somebody away, who sets up a new one at the next sign-in."""
    user = _found(account)
    if user.pk == request.user.pk:
        messages.error(request, "Nobody resets their own second factor here; use your own page.")
        return redirect("user", account=user.pk)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        _note(request, user, "Second factor reset")
    messages.success(request, f"{user} sets up a new second factor at the next sign-in.")
    return redirect("user", account=user.pk)


@page(only(Role.ADMINISTRATOR, form=True))
def reset_password(request: UserRequest, account: int) -> HttpResponse:
    """Give somebody a new first password, shown once."""
    user = _found(account)
    if user.pk == request.user.pk:
        messages.error(request, "Change your own password on your own page.")
        return redirect("user", account=user.pk)
    password = first_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
        _note(request, user, "New password")
    return _told_once(request, user, password)


def _told_once(request: UserRequest, user: User, password: str) -> HttpResponse:
    """Return the page that shows a password: it is kept nowhere but as its hash."""
    answer = render(request, "desk/users/password.html", {"account": user, "password": password})
    answer["Cache-Control"] = "no-store"
    return answer


def first_password() -> str:
    """Return a password of about 99 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere."""
    for session in Session.objects.filter(expire_date__gt=now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def _note(request: UserRequest, user: User, what: str) -> None:
    AccountEvent.objects.create(by=request.user, user=user, what=what)


def _found(account: int) -> User:
    user = User.objects.filter(pk=account).first()
    if user is None:
        raise Http404
    return user
