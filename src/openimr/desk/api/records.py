"""Sending records of a case: one file a request, as its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from ninja.params.functions import Query

from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk.access import case_for
from openimr.desk.api.answers import answer
from openimr.desk.api.problems import ProblemSaid, of_refusal, of_stale, one, problem
from openimr.desk.api.tokens import Scope, TokenAuth, owner_of
from openimr.desk.files import PIECE
from openimr.desk.incoming import take_whole
from openimr.desk.models import Case, HeldFile, SourceFile, StoredFile, User
from openimr.desk.store import Done, Stale

router = Router(tags=["records"], auth=TokenAuth(Scope.SEND_RECORDS))
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 411, 413, 422, 429, 503), ProblemSaid)
# whoever sends from outside sends for itself
SENDS_FOR = {Role.PAYER: CaseParty.PAYER, Role.APPLICANT: CaseParty.EMPLOYEE}
_BYTES = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the file: PDF, TIFF, JPEG, PNG, Word document, text, or a ZIP of these.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class FileSaid(Schema):
    """A file that came in; the same bytes under the same name are there once."""

    name: str
    sha256: str
    size: int
    submitter: str
    version: int


@router.post(
    "/cases/{number}/records",
    response={201: FileSaid, 202: FileSaid, **PROBLEMS},
    summary="Send a file of records",
    openapi_extra=_BYTES,
)
def send(
    request: HttpRequest,
    number: Path[str],
    name: Annotated[str, Query(min_length=1, max_length=255)],
    submitter: Annotated[CaseParty | None, Query()] = None,
    received_on: Annotated[date | None, Query()] = None,
) -> HttpResponse:
    """Take in one file. Staff say which party sent it, and on which day it came if that was not today.

    The status 202 says that the file is kept and waits for the virus scanner: it is not yet received.
    """
    user = owner_of(request)
    case = case_for(user, number)
    party = _party(user, submitter)
    if party is None:
        found, remedy = "it is not said which party sent it.", "Name it: submitter=payer, for example."
        return problem(422, "no_submitter", one(f"Take in {name}", found, remedy))
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        found, remedy = "its size is not said.", "Send the header Content-Length."
        return problem(411, "no_length", one(f"Take in {name}", found, remedy))
    on = received_on if user.is_staff else None
    size = int(length)
    done = take_whole(case, user, _pieces(request), name=name, size=size, submitter=party, on=on)
    if isinstance(done, HeldFile):
        return answer(202, _file_said(case, done.file, name, party))
    if isinstance(done, Stale):
        return of_stale(done)
    return _said(done, name, party) if isinstance(done, Done) else of_refusal(done)


def _party(user: User, said: CaseParty | None) -> CaseParty | None:
    return SENDS_FOR.get(user.acts_as, said)


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(PIECE):
        yield piece


def _said(done: Done, name: str, party: CaseParty) -> HttpResponse:
    rows = SourceFile.objects.filter(case=done.case, name=name, submitter=party.value)
    stored = rows.select_related("file").latest("received_at").file
    return answer(201, _file_said(done.case, stored, name, party))


def _file_said(case: Case, stored: StoredFile, name: str, party: CaseParty) -> FileSaid:
    return FileSaid(
        name=name, sha256=stored.sha256, size=stored.size, submitter=party.value, version=case.version
    )
