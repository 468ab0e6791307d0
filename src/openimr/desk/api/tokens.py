"""Tokens of the API: made by their owner, shown once, kept as a hash, limited by scope and time."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from openimr.casework.roles import Role
from openimr.desk.clock import now
from openimr.desk.models import ApiToken, User

# the mark lets a scanner of leaked secrets know what it found
MARK = "oimr_"
LONGEST = timedelta(days=366)
# the day and hour of the last use is written at most so often
_USED_EVERY = timedelta(minutes=5)


class Scope(StrEnum):
    """What a token opens."""

    FILE_APPLICATIONS = "applications:file"
    READ_CASES = "cases:read"
    SEND_RECORDS = "records:send"
    READ_DETERMINATIONS = "determinations:read"


ABOUT = {
    Scope.FILE_APPLICATIONS: "File applications, one or many at once",
    Scope.READ_CASES: "Read where the cases of its owner stand",
    Scope.SEND_RECORDS: "Send records of the cases of its owner",
    Scope.READ_DETERMINATIONS: "Read determinations of the cases of its owner",
}
# who may hold which: a token never opens more than its owner may do
OF_ROLE = {
    Role.APPLICANT: frozenset(Scope),
    Role.PAYER: frozenset(Scope) - {Scope.FILE_APPLICATIONS},
    Role.INTAKE: frozenset(Scope),
    Role.CASE_MANAGER: frozenset(Scope) - {Scope.FILE_APPLICATIONS},
    Role.ADMINISTRATIVE_DIRECTOR: frozenset({Scope.READ_CASES, Scope.READ_DETERMINATIONS}),
}


def scopes_of(role: Role) -> frozenset[Scope]:
    """Return the scopes that a token of a role may have; none where a role has no use for the API."""
    return OF_ROLE.get(role, frozenset())


def make_token(user: User, *, name: str, scopes: frozenset[Scope], days: int) -> tuple[ApiToken, str]:
    """Return a new token and its secret, which is shown this once and never again."""
    secret = MARK + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name,
        beginning=secret[: len(MARK) + 6],
        hash=_hashed(secret),
        scopes=sorted(scopes & scopes_of(user.acts_as)),
        ends_at=now() + min(timedelta(days=days), LONGEST),
    )
    return row, secret


def _hashed(secret: str) -> str:
    # the secret has 256 random bits: a plain hash cannot be guessed backwards
    return sha256(secret.encode()).hexdigest()


class TokenAuth(HttpBearer):
    """Lets a request through whose token has a scope; ``request.user`` is then its owner."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self.openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token that a secret belongs to, or None."""
        moment = now()
        row = ApiToken.objects.select_related("user").filter(hash=_hashed(token)).first()
        if row is None or not row.is_valid(moment) or not row.user.is_active:
            return None
        if self.scope not in row.scopes or self.scope not in scopes_of(row.user.acts_as):
            raise HttpError(403, self.scope.value)
        if row.used_at is None or moment - row.used_at > _USED_EVERY:
            ApiToken.objects.filter(pk=row.pk).update(used_at=moment)
        request.user = row.user
        return row


def owner_of(request: HttpRequest) -> User:
    """Return whose token a request was let through with."""
    assert isinstance(request.user, User), "an operation of the API asks for a token"
    return request.user
