"""Claims administrators as organizations: their other names, and the links of cases, each by a person."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from openimr.casework.commands import LinkPayer
from openimr.casework.roles import Role
from openimr.desk import payers, store
from openimr.desk.access import CaseRequest, UserRequest, only, page
from openimr.desk.models import PayerAlias, PayerOrganization, RefusedLink, User
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.reviews import sent_version
from openimr.desk.payers import AliasKind

SEEING = only(Role.INTAKE, Role.CASE_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR)
CHANGING = only(Role.INTAKE, Role.CASE_MANAGER, Role.ADMINISTRATOR, form=True)
LINKING = only(Role.INTAKE, Role.CASE_MANAGER, case=True)
KINDS = (
    (AliasKind.NAME.value, "Another name"),
    (AliasKind.ADDRESS.value, "An address"),
    (AliasKind.CLAIM_PREFIX.value, "How its claim numbers begin"),
)
KIND_WORDS = {
    AliasKind.NAME.value: "Name",
    AliasKind.ADDRESS.value: "Address",
    AliasKind.CLAIM_PREFIX.value: "Claim numbers begin with",
}
ROWS = 50


class OrganizationForm(forms.Form):
    """A new organization."""

    name = forms.CharField(label="Name", max_length=200)
    identifier = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{1,99}$",
        label="Identifier",
        help_text="Small letters, figures and hyphens, as payer-heron. Its accounts have it as their party.",
    )

    def clean_identifier(self) -> str:
        """Return the identifier, which no other organization has."""
        told: str = self.cleaned_data["identifier"]
        if PayerOrganization.objects.filter(identifier=told).exists():
            raise forms.ValidationError("There is an organization of this identifier.")
        return told


class AliasForm(forms.Form):
    """By what else an organization is known."""

    kind = forms.ChoiceField(label="What it is", choices=KINDS)
    value = forms.CharField(label="As it is printed", max_length=200)

    def clean(self) -> dict[str, Any]:
        """Return what was entered: a beginning of claim numbers is long enough, and nobody else's."""
        told: dict[str, Any] = super().clean() or {}
        if {"kind", "value"} <= told.keys():
            kind = AliasKind(told["kind"])
            key = payers.key_of(kind, told["value"])
            if len(key) < payers.SHORTEST_PREFIX:
                self.add_error("value", "That is too short to tell anybody apart.")
            elif (other := payers.holder_of(kind, told["value"])) is not None:
                self.add_error("value", f"It is confirmed for {other.name}.")
        return told


class LinkForm(forms.Form):
    """Which organization the payer of a case is."""

    organization = forms.ModelChoiceField(
        queryset=PayerOrganization.objects.order_by("name"), label="Organization", empty_label="Choose one"
    )
    why = forms.CharField(label="What shows it", max_length=500)
    remember = forms.BooleanField(
        required=False, label="This name always means this organization", help_text="Then later cases follow."
    )


@page(SEEING)
@require_http_methods(["GET", "POST"])
def show(request: UserRequest) -> HttpResponse:
    """Return the organizations and the cases that none is linked to; or make an organization."""
    may = request.user.acts_as in (CHANGING.roles or ())
    form = OrganizationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made, is_new = PayerOrganization.objects.get_or_create(
            identifier=form.cleaned_data["identifier"],
            defaults={**form.cleaned_data, "made_by": request.user},
        )
        messages.success(request, f"{made.name} is kept." if is_new else "Somebody else kept it just now.")
        return redirect("payer", payer=made.pk)
    after = request.GET.get("after", "")
    number = int(after) if re.fullmatch(r"\d{1,18}", after) else 0
    cases = payers.unlinked(request.user, number, ROWS + 1)
    found = PayerOrganization.objects.order_by("name").prefetch_related("aliases")[:500]
    context = {
        "organizations": found,
        "cases": cases[:ROWS],
        "further": cases[ROWS - 1].pk if len(cases) > ROWS else None,
        "form": form,
        "may_change": may,
        "may_link": request.user.acts_as in (LINKING.roles or ()),
    }
    return render(request, "desk/payers/list.html", context, status=422 if form.errors else 200)


@page(SEEING)
@require_http_methods(["GET", "POST"])
def organization(request: UserRequest, payer: int) -> HttpResponse:
    """Return one organization: its accounts, and by what it is known; or keep one thing more of it."""
    one = _found(payer)
    form = AliasForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind, value = AliasKind(form.cleaned_data["kind"]), form.cleaned_data["value"]
        payers.remember(one, kind, value, by=request.user)
        messages.success(request, f"{one.name} is known by it.")
        return redirect("payer", payer=payer)
    accounts = User.objects.filter(role=Role.PAYER.value, party=one.identifier)
    aliases = one.aliases.select_related("confirmed_by").order_by("kind", "value")
    context = {
        "organization": one,
        "aliases": [(KIND_WORDS[alias.kind], alias) for alias in aliases],
        "accounts": accounts.order_by("username")[:ROWS],
        "form": form,
        "may_change": request.user.acts_as in (CHANGING.roles or ()),
    }
    return render(request, "desk/payers/organization.html", context, status=422 if form.errors else 200)


@page(CHANGING)
def forget(request: UserRequest, payer: int) -> HttpResponse:
    """Take an alias away; cases that were linked stay linked."""
    alias = request.POST.get("alias", "")
    known = PayerAlias.objects.filter(organization=_found(payer), pk=int(alias) if alias.isdecimal() else 0)
    gone, _ = known.delete()
    messages.success(request, "It is taken away." if gone else "Nothing was changed.")
    return redirect("payer", payer=payer)


@page(LINKING)
def link(request: CaseRequest, number: str) -> HttpResponse:
    """Return which organizations the payer of a case may be, and why; or link the one that is chosen."""
    state = store.state_of(request.case)
    payer = state.case.parties.payer
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _linked(request, form, payer.name if payer is not None else "")
    context = {
        "case": request.case,
        "payer": payer,
        "known": PayerOrganization.objects.filter(identifier=payer.id or "").first() if payer else None,
        "proposals": payers.proposals(request.case, state),
        "form": form,
    }
    return render(request, "desk/payers/link.html", context, status=422 if form.errors else 200)


def _linked(request: CaseRequest, form: LinkForm, name: str) -> HttpResponse:
    told = form.cleaned_data
    chosen: PayerOrganization = told["organization"]
    command = LinkPayer(identifier=chosen.identifier, why=told["why"])
    with transaction.atomic():
        outcome = store.act(
            request.case.number, command, by=request.user.actor, expected=sent_version(request)
        )
        kept = True
        if isinstance(outcome, store.Done) and told["remember"]:
            kept = payers.remember(chosen, AliasKind.NAME, name, by=request.user)
    tell(request, outcome)
    if not kept:
        messages.warning(request, "The name is confirmed for another organization; only this case is linked.")
    return redirect("case-link-payer", number=request.case.number)


@page(only(Role.INTAKE, Role.CASE_MANAGER, case=True, form=True))
def refuse(request: CaseRequest, number: str) -> HttpResponse:
    """Keep that the payer of a case is not an organization that was proposed."""
    named = request.POST.get("organization", "")
    one = PayerOrganization.objects.filter(pk=int(named) if named.isdecimal() else 0).first()
    if one is None:
        messages.error(request, "Nothing was stored: no organization was named.")
    else:
        RefusedLink.objects.get_or_create(case=request.case, organization=one, defaults={"by": request.user})
        messages.success(request, f"{one.name} is not proposed for this case again.")
    return redirect("case-link-payer", number=number)


def _found(payer: int) -> PayerOrganization:
    one = PayerOrganization.objects.filter(pk=payer).first()
    if one is None:
        raise Http404
    return one
