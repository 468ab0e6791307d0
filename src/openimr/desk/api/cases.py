"""Where cases stand: for those on them, and in public by number without a name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from ninja.params.functions import Query

from openimr.casework.case_state import CaseState
from openimr.casework.stages import Stage
from openimr.desk import store
from openimr.desk.access import case_for
from openimr.desk.api.answers import answer
from openimr.desk.api.problems import ProblemSaid
from openimr.desk.api.tokens import Scope, TokenAuth, owner_of
from openimr.desk.models import Case, CaseEvent, User
from openimr.desk.pages.status import STEPS, where

MOST_CASES = 200
router = Router(tags=["cases"])
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 422, 429, 503), ProblemSaid)


class DisputeSaid(Schema):
    """One disputed treatment and where it stands."""

    number: int
    request: str
    standing: str


class CaseSaid(Schema):
    """Where a case stands. ``holder`` is the role that acts next; no name of a person."""

    number: str
    programme: str
    stage: str
    priority: str
    holder: str | None
    due_on: date | None
    clock: str | None
    version: int
    filed_at: datetime
    changed_at: datetime


class CaseWithDisputes(CaseSaid):
    """A case with its disputes and the papers that went out."""

    disputes: list[DisputeSaid]
    duplicates: list[str]


class CasesSaid(Schema):
    """Cases in the order in which they last changed; ``next`` goes on where this list ends."""

    cases: list[CaseSaid]
    next: str | None


class StepSaid(Schema):
    """A dated step that anybody may know of."""

    on: datetime
    what: str


class StatusSaid(Schema):
    """Where a case stands, for anybody: no name, no treatment."""

    number: str
    where: str
    steps: list[StepSaid]


@router.get(
    "/status/{number}",
    auth=None,
    response={200: StatusSaid, 400: ProblemSaid, 404: ProblemSaid, 429: ProblemSaid},
    summary="Ask where a case stands, in public",
)
def status(request: HttpRequest, number: Path[str]) -> HttpResponse:
    """Return where a case stands and its dated steps, without any name."""
    case = Case.objects.filter(number=number).exclude(stage=Stage.DRAFT).first()
    if case is None:
        raise Http404
    log = CaseEvent.objects.filter(case=case, kind__in=STEPS).order_by("number").values_list("at", "kind")
    steps = [StepSaid(on=at, what=STEPS[kind]) for at, kind in log]
    return answer(200, StatusSaid(number=number, where=where(case), steps=steps))


@router.get(
    "/cases",
    auth=TokenAuth(Scope.READ_CASES),
    response={200: CasesSaid, **PROBLEMS},
    summary="List the cases of the token's owner",
)
def list_cases(
    request: HttpRequest,
    after: Annotated[str, Query(max_length=100, pattern="^[ -~]*$")] = "",
    most: Annotated[int, Query(ge=1, le=MOST_CASES)] = 50,
) -> HttpResponse:
    """List cases, the oldest number first; ``after`` is the last number of the list before."""
    user = owner_of(request)
    found = Case.objects.filter(members__user=user, number__gt=after)
    rows = list(found.order_by("number")[: most + 1])
    more = rows[most - 1].number if len(rows) > most else None
    said = [CaseSaid(**_of_row(row, user)) for row in rows[:most]]
    return answer(200, CasesSaid(cases=said, next=more))


@router.get(
    "/cases/{number}",
    auth=TokenAuth(Scope.READ_CASES),
    response={200: CaseWithDisputes, **PROBLEMS},
    summary="Read one case",
)
def read_case(request: HttpRequest, number: Path[str]) -> HttpResponse:
    """Return where a case stands and what is in dispute. The look is recorded in its log."""
    user = owner_of(request)
    case_for(user, number)
    opened = store.look(number, "api", by=user.actor)
    said = CaseWithDisputes(
        **_of_row(opened.case, user),
        disputes=_disputes(opened.state),
        duplicates=list(opened.state.duplicates),
    )
    return answer(200, said)


def _of_row(row: Case, user: User) -> dict[str, Any]:
    """Return what a row says; whose turn it is inside the organization stays inside."""
    return {
        "number": row.number,
        "programme": row.programme,
        "stage": row.stage,
        "priority": row.priority,
        "holder": (row.holder or None) if user.is_staff or row.holder == user.role else None,
        "due_on": row.due_on,
        "clock": row.clock or None,
        "version": row.version,
        "filed_at": row.filed_at,
        "changed_at": row.changed_at,
    }


def _disputes(state: CaseState) -> list[DisputeSaid]:
    standings = {s.number: s.status.value for s in state.standings}
    return [
        DisputeSaid(number=n, request=d.request, standing=standings.get(n, "open"))
        for n, d in enumerate(state.case.dispute, 1)
    ]
