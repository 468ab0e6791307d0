"""What the API answers where something cannot be done: asked, found, what to do (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from openimr.casework.decide import Reason, Refused
from openimr.desk.store import Stale
from openimr.formats import to_json_line
from openimr.terms.errors import OpenIMRError

MEDIA_TYPE = "application/problem+json"


class ReasonSaid(Schema):
    """One thing that stands against a request."""

    asked: str
    found: str
    remedy: str


class ProblemSaid(Schema):
    """Why a request was not done, with everything that stands against it."""

    type: str
    title: str
    status: int
    reasons: list[ReasonSaid]


TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "The token does not open this",
    404: "There is nothing under this address",
    409: "The case does not allow this now",
    411: "The size of the request is not said",
    413: "The request is too large",
    422: "The request says something that cannot be",
    429: "Too many requests",
    503: "The database is busy",
}


def problem(status: int, code: str, reasons: Iterable[ReasonSaid]) -> HttpResponse:
    """Return an answer that says why something was not done."""
    said = ProblemSaid(type=f"openimr:{code}", title=TITLES[status], status=status, reasons=list(reasons))
    return HttpResponse(to_json_line(said.model_dump()), status=status, content_type=MEDIA_TYPE)


def one(asked: str, found: str, remedy: str) -> list[ReasonSaid]:
    """Return a single reason."""
    return [ReasonSaid(asked=asked, found=found, remedy=remedy)]


def of_error(error: OpenIMRError, status: int) -> HttpResponse:
    """Return the answer for an error of the package; its class says which it is."""
    return problem(status, error.code, one(error.asked, error.found, error.remedy))


def of_refusal(refused: Refused) -> HttpResponse:
    """Return the answer for what casework refused, with every reason."""
    return problem(409, "refused", map(said, refused.reasons))


def said(reason: Reason) -> ReasonSaid:
    """Return a reason of casework as the API says it."""
    return ReasonSaid(asked=reason.asked, found=reason.found, remedy=reason.remedy)


def of_stale(stale: Stale) -> HttpResponse:
    """Return the answer for somebody who acted on what is no longer so."""
    found = f"the case has gone on: it is at version {stale.found}, not {stale.expected}."
    return problem(409, "stale", one("Change the case", found, "Read the case again, then decide."))


def unstorable(what: str) -> list[ReasonSaid]:
    """Return the reason for what the database cannot hold: a character that no text has."""
    found = "something in it cannot be stored, such as the character U+0000."
    return one(f"Take in {what}", found, "Leave that character out.")


def missing(request: HttpRequest) -> HttpResponse:
    """Return the answer for what is not there, or not for this token: nobody can tell which."""
    return problem(
        404,
        "missing",
        one(
            f"Open {request.path}",
            "there is nothing that this token opens.",
            "Check the number; a token opens only the cases its owner is on.",
        ),
    )
