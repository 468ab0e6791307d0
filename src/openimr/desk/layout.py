"""What stands around every page: the name of the organization, who is signed in, where one can go."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from openimr.casework.roles import Role
from openimr.desk.api.tokens import OF_ROLE
from openimr.desk.models import ROLE_WORDS, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the navigation: its words, the name of its address, who sees it."""

    words: str
    name: str
    roles: frozenset[Role]


CASEWORKERS = frozenset(role for role in Role if role not in (Role.ADMINISTRATOR, Role.SYSTEM))

NAVIGATION = (
    Entry(words="My cases", name="my-cases", roles=frozenset({Role.APPLICANT})),
    Entry(words="Work", name="work", roles=(CASEWORKERS | {Role.ADMINISTRATOR}) - {Role.APPLICANT}),
    Entry(words="My reviews", name="reviews", roles=frozenset({Role.REVIEWER})),
    Entry(
        words="Assignment",
        name="assignment",
        roles=frozenset({Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.AUDITOR}),
    ),
    Entry(
        words="Reviewers",
        name="panel",
        roles=frozenset(
            {Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.QUALITY, Role.ADMINISTRATOR, Role.AUDITOR}
        ),
    ),
    Entry(words="Applications", name="applications", roles=frozenset({Role.INTAKE})),
    Entry(
        words="Payers",
        name="payers",
        roles=frozenset({Role.INTAKE, Role.CASE_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR}),
    ),
    Entry(
        words="Papers",
        name="owed-papers",
        roles=frozenset({Role.INTAKE, Role.CASE_MANAGER, Role.AUDITOR}),
    ),
    Entry(words="Invoices", name="invoices", roles=frozenset({Role.CASE_MANAGER, Role.PAYER, Role.AUDITOR})),
    Entry(
        words="Figures",
        name="dashboard",
        roles=CASEWORKERS - {Role.APPLICANT, Role.PAYER, Role.REVIEWER},
    ),
    Entry(words="Audit log", name="audit-log", roles=frozenset({Role.AUDITOR})),
    Entry(
        words="Accreditation",
        name="accreditation",
        roles=frozenset({Role.QUALITY, Role.MEDICAL_DIRECTOR, Role.AUDITOR}),
    ),
    Entry(words="Rules", name="rules", roles=CASEWORKERS | {Role.ADMINISTRATOR}),
    Entry(words="Users", name="users", roles=frozenset({Role.ADMINISTRATOR})),
    Entry(words="Tokens", name="tokens", roles=frozenset(OF_ROLE)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the navigation; ``current`` where it is the page one is on."""

    words: str
    href: str
    current: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what the layout of every page shows."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"organization": settings.ENVIRONMENT.organization, "navigation": ()}
    return {
        "organization": settings.ENVIRONMENT.organization,
        "navigation": tuple(
            Link(words=e.words, href=reverse(e.name), current=request.path == reverse(e.name))
            for e in NAVIGATION
            if user.acts_as in e.roles
        ),
        "role_words": ROLE_WORDS[user.acts_as],
    }
