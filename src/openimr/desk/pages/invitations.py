"""Invitations: made by those who run the case, used by the applicant or the attorney to come to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import invitations, store
from openimr.desk.access import PUBLIC, CaseRequest, only, page
from openimr.desk.channels import MailDelayed, MailNotSent, MailUnclear
from openimr.desk.clock import now
from openimr.desk.models import Invitation, PartyAddress, User

MAKING = only(Role.INTAKE, Role.CASE_MANAGER, case=True)
PARTIES = ((CaseParty.EMPLOYEE.value, "The employee"), (CaseParty.ATTORNEY.value, "The representative"))
WAYS = (("paper", "On paper, printed here"), ("email", "By e-mail, to the address of the party"))
NO_SUCH = "The number and the code do not belong together, or the code was used or has ended."
TOO_MANY = "Too many codes were tried. Wait an hour, or ask for a new code."


class InviteForm(forms.Form):
    """Whom to invite, and how the code goes to them."""

    party = forms.ChoiceField(label="Whom", choices=PARTIES)
    way = forms.ChoiceField(label="How", choices=WAYS)


class JoinForm(forms.Form):
    """The case and its code."""

    number = forms.CharField(label="Case number", max_length=40)
    code = forms.CharField(
        label="Code", max_length=60, help_text="As it stands on the paper or in the e-mail."
    )


class AccountForm(JoinForm):
    """The case, its code, and the account that is made."""

    name = forms.CharField(label="Your name", max_length=200)
    username = forms.RegexField(
        r"^[\w.@+-]+$", label="User name", max_length=150, help_text="Letters, figures and . @ + - _"
    )
    password = forms.CharField(
        label="Password", max_length=200, widget=forms.PasswordInput, help_text="15 characters or more."
    )
    again = forms.CharField(label="The password again", max_length=200, widget=forms.PasswordInput)

    def clean(self) -> dict[str, Any]:
        """Return what was entered; the password is long enough, and typed twice alike."""
        told: dict[str, Any] = super().clean() or {}
        password = told.get("password")
        if password is not None:
            try:
                validate_password(password, User(username=told.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
            if told.get("again") not in (None, password):
                self.add_error("again", "The two are not the same.")
        return told


@page(MAKING)
def show(request: CaseRequest, number: str) -> HttpResponse:
    """Return the invitations of a case, or make one: its code is shown once, or goes by e-mail."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _made(request, CaseParty(form.cleaned_data["party"]), form.cleaned_data["way"])
    at = now()
    rows = request.case.invitations.select_related("made_by", "used_by").order_by("-pk")[:50]
    context = {
        "case": request.case,
        "form": form,
        "rows": [(row, dict(PARTIES)[row.party], row.is_open(at)) for row in rows],
    }
    return render(request, "desk/invitations/list.html", context, status=422 if form.errors else 200)


def _made(request: CaseRequest, party: CaseParty, way: str) -> HttpResponse:
    number, email = request.case.number, ""
    if way == "email":
        kept = PartyAddress.objects.filter(case=request.case, party=party.value).first()
        email = kept.email if kept is not None else ""
        if not email:
            messages.error(request, "No e-mail address of that party is known. Enter it first.")
            return redirect("case-invitations", number=number)
    made = invitations.make(request.case, party, by=request.user, sent_to=email)
    if email:
        try:
            invitations.send(made)
        except MailUnclear:
            messages.warning(
                request, f"It is not known whether the mail server took it. Ask {email}, or send a new code."
            )
        except (MailDelayed, MailNotSent) as error:
            Invitation.objects.filter(pk=made.invitation.pk).update(revoked_at=now())
            messages.error(
                request,
                f"It was not sent ({error.found}) and its code opens nothing. Send another one later.",
            )
        else:
            messages.success(request, f"The code went to {email}.")
        return redirect("case-invitations", number=number)
    context = {
        "case": request.case,
        "made": made,
        "party": dict(PARTIES)[party.value],
        "address": request.build_absolute_uri(reverse("join")),
    }
    answer = render(request, "desk/invitations/code.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@page(only(Role.INTAKE, Role.CASE_MANAGER, case=True, form=True))
def revoke(request: CaseRequest, number: str, invitation: int) -> HttpResponse:
    """Let a code that was not used open nothing any more."""
    rows = Invitation.objects.filter(case=request.case, pk=invitation, used_at=None, revoked_at=None)
    done = rows.update(revoked_at=now())
    messages.success(request, "The code opens nothing any more." if done else "Nothing was changed.")
    return redirect("case-invitations", number=number)


@page(PUBLIC)
def join(request: HttpRequest) -> HttpResponse:
    """Return the form by which somebody comes to a case with a code, or let them."""
    user = request.user if isinstance(request.user, User) else None
    if user is not None and user.acts_as is not Role.APPLICANT:
        return render(request, "desk/invitations/join.html", {"is_other": True}, status=200)
    kind = JoinForm if user is not None else AccountForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if not invitations.may_try(request, told["number"]):
            form.add_error(None, TOO_MANY)
            return render(request, "desk/invitations/join.html", {"form": form}, status=429)
        answer = _joined(request, form, user)
        if answer is not None:
            return answer
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/invitations/join.html", {"form": form}, status=status)


def _joined(request: HttpRequest, form: forms.Form, user: User | None) -> HttpResponse | None:
    """Return where somebody goes who came to a case, None where the form says why they did not."""
    told = form.cleaned_data
    invitation = invitations.found(told["number"], told["code"])
    if invitation is None:
        form.add_error("code", NO_SUCH)
        return None
    if user is not None:
        if not isinstance(invitations.join(invitation, user), store.Done):
            form.add_error("code", NO_SUCH)
            return None
        messages.success(request, f"You are on case {invitation.case.number} now.")
        return redirect("my-case", number=invitation.case.number)
    if User.objects.filter(username__iexact=told["username"]).exists():
        form.add_error("username", "There is an account of this name. Take another one.")
        return None
    try:
        made = invitations.make_account(
            invitation, username=told["username"], name=told["name"], password=told["password"]
        )
    except IntegrityError:  # somebody took the name between the question and the answer
        form.add_error("username", "There is an account of this name. Take another one.")
        return None
    if made is None:
        form.add_error("code", NO_SUCH)
        return None
    messages.success(request, "Your account is made. Sign in to see your case.")
    return redirect("account_login")
