"""Tokens of the API: their owner makes them, sees them once, and revokes them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from openimr.casework.roles import Role
from openimr.desk.access import Rule, UserRequest, page
from openimr.desk.api.tokens import ABOUT, OF_ROLE, Scope, make_token, scopes_of
from openimr.desk.clock import now
from openimr.desk.models import ApiToken

HOLDERS = frozenset(OF_ROLE)
DAYS = (("30", "30 days"), ("90", "90 days"), ("366", "One year"))


class TokenForm(forms.Form):
    """What a new token is for, what it opens, and how long."""

    name = forms.CharField(
        max_length=100, label="Name", help_text="What uses it, so that you know it again: “claims system”."
    )
    scopes = forms.MultipleChoiceField(label="What it opens", widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label="How long", choices=DAYS, initial="90")

    def __init__(self, *given: object, role: Role, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # what a form takes is passed on
        allowed = [(scope.value, ABOUT[scope]) for scope in Scope if scope in scopes_of(role)]
        self.fields["scopes"].choices = allowed  # type: ignore[attr-defined]  # a field of choices


@page(Rule(roles=HOLDERS))
def show(request: UserRequest) -> HttpResponse:
    """Return the tokens of whoever is signed in, or with a form sent, a new one and its secret."""
    form = TokenForm(request.POST or None, role=request.user.acts_as)
    secret = None
    if request.method == "POST" and form.is_valid():
        chosen = frozenset(map(Scope, form.cleaned_data["scopes"]))
        days = int(form.cleaned_data["days"])
        _, secret = make_token(request.user, name=form.cleaned_data["name"], scopes=chosen, days=days)
        form = TokenForm(role=request.user.acts_as)
    moment = now()
    tokens = [(t, t.is_valid(moment)) for t in request.user.tokens.order_by("-made_at")]
    return render(
        request, "desk/tokens/show.html", {"form": form, "tokens": tokens, "secret": secret, "about": ABOUT}
    )


@page(Rule(roles=HOLDERS, form=True))
def revoke(request: UserRequest, token: int) -> HttpResponse:
    """Revoke a token of one's own; revoked twice is revoked once."""
    row = ApiToken.objects.filter(pk=token, user=request.user).first()
    if row is None:
        raise Http404
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now())
    messages.success(request, f"The token “{row.name}” opens nothing from now on.")
    return redirect("tokens")
