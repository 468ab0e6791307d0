"""Who a claims administrator is: organizations, by what else they are known, and which cases may be theirs.

A name, an address or the beginning of a claim number that a person confirmed
is an alias. A case is linked by a person; what only looks alike is a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty
from openimr.desk.models import Case, PartyAddress, PayerAlias, PayerOrganization, Reading, User
from openimr.panel.names import NameMatch, compare_names

_CLAIM = re.compile(r"\bclaim\s*(?:no\.?|number|#)\s*[:#]?\s*([A-Z0-9][A-Z0-9-]{4,29})", re.IGNORECASE)
# a prefix that is shorter says nothing
SHORTEST_PREFIX = 3
# pages that name a claim number: the first ones say it
MOST_PAGES = 20


class AliasKind(StrEnum):
    """By what a claims administrator is known."""

    NAME = "name"
    ADDRESS = "address"
    CLAIM_PREFIX = "claim_prefix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An organization that may be the payer of a case, with every reason."""

    organization: PayerOrganization
    grounds: tuple[str, ...]


def key_of(kind: AliasKind, value: str) -> str:
    """Return what of an alias is compared: capitals, spaces and signs between words do not count.

    Example:
        >>> key_of(AliasKind.ADDRESS, "P.O. Box 7,  Tule Bend")
        'p o box 7 tule bend'
        >>> key_of(AliasKind.CLAIM_PREFIX, "ptl-04")
        'PTL04'
    """
    if kind is AliasKind.CLAIM_PREFIX:
        return re.sub(r"[^A-Z0-9]", "", value.upper())
    if kind is AliasKind.ADDRESS:
        return " ".join(re.sub(r"[^\w]+", " ", value.casefold()).split())
    return " ".join(value.casefold().split())


def confirmed_for(name: str) -> list[str]:
    """Return the identifiers of the organization that somebody confirmed exactly this name for."""
    found = PayerAlias.objects.filter(kind=AliasKind.NAME.value, key=key_of(AliasKind.NAME, name))
    return list(found.values_list("organization__identifier", flat=True))


def holder_of(kind: AliasKind, value: str) -> PayerOrganization | None:
    """Return the organization that an alias is confirmed for, None where it is nobody's."""
    found = PayerAlias.objects.filter(kind=kind.value, key=key_of(kind, value)).select_related("organization")
    return next((alias.organization for alias in found), None)


def remember(organization: PayerOrganization, kind: AliasKind, value: str, *, by: User) -> bool:
    """Return whether an alias is the organization's now: it is not where it is another one's."""
    about = {"value": value, "organization": organization, "confirmed_by": by}
    key = key_of(kind, value)
    alias, _ = PayerAlias.objects.get_or_create(kind=kind.value, key=key, defaults=about)
    return alias.organization_id == organization.pk


def unlinked(user: User, after: int, most: int) -> list[Case]:
    """Return open cases of somebody that no account of a claims administrator is on, by filing."""
    found = Case.objects.filter(is_open=True, payer_is_on=False, pk__gt=after, members__user=user)
    return list(found.order_by("pk")[:most])


def proposals(case: Case, state: CaseState) -> tuple[Proposal, ...]:
    """Return the organizations that may be the payer of a case, the one with most reasons first."""
    payer = state.case.parties.payer
    if payer is None:
        return ()
    kept = PartyAddress.objects.filter(case=case, party=CaseParty.PAYER.value).first()
    address = key_of(AliasKind.ADDRESS, kept.lines if kept is not None else "")
    claims, refused = claim_numbers(case), set(case.refused_links.values_list("organization_id", flat=True))
    found = []
    for one in PayerOrganization.objects.exclude(pk__in=refused).prefetch_related("aliases"):
        grounds = tuple(_grounds(one, payer.name, address, claims))
        if grounds and one.identifier != payer.id:
            found.append(Proposal(organization=one, grounds=grounds))
    return tuple(sorted(found, key=lambda p: (-len(p.grounds), p.organization.name)))


def _grounds(one: PayerOrganization, name: str, address: str, claims: Iterable[str]) -> Iterable[str]:
    aliases = list(one.aliases.all())
    names = [one.name, *(a.value for a in aliases if a.kind == AliasKind.NAME)]
    if key_of(AliasKind.NAME, name) in {key_of(AliasKind.NAME, n) for n in names}:
        yield f"It is called {name}."
    elif alike := next((n for n in names if compare_names(name, n) is not NameMatch.NO), None):
        yield f"{name} looks like {alike}."
    for alias in aliases:
        if alias.kind == AliasKind.ADDRESS and address and alias.key in address:
            yield f"The address is {alias.value}."
        if alias.kind == AliasKind.CLAIM_PREFIX:
            begun = [c for c in claims if key_of(AliasKind.CLAIM_PREFIX, c).startswith(alias.key)]
            if begun:
                yield f"The claim number {begun[0]} begins with {alias.value}."


def claim_numbers(case: Case) -> tuple[str, ...]:
    """Return the claim numbers that stand in the records of a case, as they are printed, each once."""
    reading = Reading.objects.filter(case=case).order_by("-pk").first()
    if reading is None:
        return ()
    pages = reading.pages.filter(text__iregex=r"claim\s*(no|number|#)").order_by("number")
    texts = pages.values_list("text", flat=True)[:MOST_PAGES]
    found = (match.group(1).upper() for text in texts for match in _CLAIM.finditer(text))
    return tuple(dict.fromkeys(c for c in found if any(sign.isdigit() for sign in c)))
