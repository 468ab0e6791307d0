"""Filing applications: one, or up to a thousand in one request."""

from __future__ import annotations

import msgspec
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from openimr.casework.commands import FileApplication
from openimr.casework.decide import Refused
from openimr.casework.parts import FiledBy
from openimr.desk import store
from openimr.desk.api.answers import answer
from openimr.desk.api.bodies import case_body
from openimr.desk.api.once import once
from openimr.desk.api.problems import (
    ProblemSaid,
    ReasonSaid,
    of_error,
    of_refusal,
    one,
    problem,
    said,
    unstorable,
)
from openimr.desk.api.tokens import Scope, TokenAuth, owner_of
from openimr.desk.filing import look_over
from openimr.desk.models import User
from openimr.formats import from_json
from openimr.terms.case import Case
from openimr.terms.errors import InputError, OpenIMRError

MOST_AT_ONCE = 1_000
router = Router(tags=["applications"], auth=TokenAuth(Scope.FILE_APPLICATIONS))


class NumberGiven(InputError):
    """A new application bears a case number already."""

    code = "number_given"


class FiledSaid(Schema):
    """An application that was filed: its number, and the cases that ask for the same."""

    number: str
    version: int
    duplicate_of: list[str]


class RowSaid(Schema):
    """What became of one application of many; ``index`` counts from 0."""

    index: int
    filed: FiledSaid | None
    reasons: list[ReasonSaid]


class RowsSaid(Schema):
    """What became of many applications, in their order."""

    filed: int
    refused: int
    applications: list[RowSaid]


PROBLEMS = dict.fromkeys((400, 401, 403, 409, 413, 422, 429, 503), ProblemSaid)


@router.post(
    "/applications",
    response={201: FiledSaid, **PROBLEMS},
    summary="File an application",
    openapi_extra=case_body("One application: the keys of case.toml as JSON; its number is given here."),
)
def file_one(request: HttpRequest) -> HttpResponse:
    """File one application. Every ground and every duplicate is looked for at once."""
    user = owner_of(request)

    def do() -> HttpResponse:
        try:
            filed = _file(from_json(request.body, Case, name="the application"), user)
        except OpenIMRError as error:
            return of_error(error, 422)
        return of_refusal(filed) if isinstance(filed, Refused) else answer(201, filed)

    return once(request, user, do)


@router.post(
    "/applications/bulk",
    response={200: RowsSaid, **PROBLEMS},
    summary="File many applications",
    openapi_extra=case_body("Up to a thousand applications under one key.", most=MOST_AT_ONCE),
)
def file_many(request: HttpRequest) -> HttpResponse:
    """File up to a thousand applications. One that cannot be filed stands in nobody's way."""
    user = owner_of(request)
    return once(request, user, lambda: _many(request, user))


def _many(request: HttpRequest, user: User) -> HttpResponse:
    try:
        whole = msgspec.json.decode(request.body, type=dict[str, list[msgspec.Raw]])
    except msgspec.DecodeError as error:
        return problem(400, "not_json", one("Read the applications", f"{error}.", _SHAPE))
    if set(whole) != {"applications"}:
        found = f"the keys are {', '.join(sorted(whole)) or 'none'}."
        return problem(422, "wrong_keys", one("Read the applications", found, _SHAPE))
    bodies = whole["applications"]
    if len(bodies) > MOST_AT_ONCE:
        found = f"there are {len(bodies)} applications; at most {MOST_AT_ONCE} go into one request."
        return problem(413, "too_many", one("File the applications", found, "Send them in parts."))
    rows = [_row(index, bytes(body), user) for index, body in enumerate(bodies)]
    filed = sum(row.filed is not None for row in rows)
    return answer(200, RowsSaid(filed=filed, refused=len(rows) - filed, applications=rows))


_SHAPE = 'Send {"applications": [...]}, each with the keys of case.toml.'


def _row(index: int, body: bytes, user: User) -> RowSaid:
    try:
        filed = _file(from_json(body, Case, name=f"application {index}"), user)
    except OpenIMRError as error:
        return RowSaid(index=index, filed=None, reasons=one(error.asked, error.found, error.remedy))
    except DataError:
        return RowSaid(index=index, filed=None, reasons=unstorable(f"application {index}"))
    if isinstance(filed, Refused):
        return RowSaid(index=index, filed=None, reasons=[said(r) for r in filed.reasons])
    return RowSaid(index=index, filed=filed, reasons=[])


def _file(case: Case, user: User) -> FiledSaid | Refused:
    if case.case.number:
        raise NumberGiven(
            asked="File an application",
            found=f"it bears the number {case.case.number}.",
            remedy='Leave the number empty (""): a new case gets its number here.',
        )
    done = store.open_case(FileApplication(case=case, filed_by=FiledBy.API), by=user.actor)
    if isinstance(done, Refused):
        return done
    number = done.case.number
    found = look_over(number)
    return FiledSaid(number=number, version=done.state.version, duplicate_of=list(found))
