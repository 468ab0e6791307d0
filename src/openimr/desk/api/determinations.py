"""Determinations as JSON and as PDF, for those on the case; outside, once they were served."""

from __future__ import annotations

from dataclasses import fields

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import Path, Router

from openimr.casework.case_state import CaseState
from openimr.casework.parts import DETERMINATIONS, CaseParty, Paper
from openimr.desk import papers, serving, store
from openimr.desk.access import case_for
from openimr.desk.api.problems import ProblemSaid
from openimr.desk.api.tokens import Scope, TokenAuth, owner_of
from openimr.desk.files import open_file
from openimr.desk.models import Case, User
from openimr.desk.papers import Sent
from openimr.formats import to_json_line
from openimr.law.calendars import local_day
from openimr.terms.letter import Letter

router = Router(tags=["determinations"], auth=TokenAuth(Scope.READ_DETERMINATIONS))
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 429, 503), ProblemSaid)
# what a letter says; what stands behind it (addresses, proofs, names that were withheld) stays in the desk
SAID = tuple(field.name for field in fields(Letter))


def _content(media_type: str, schema: dict[str, object]) -> dict[str, object]:
    return {"responses": {200: {"description": "The letter", "content": {media_type: {"schema": schema}}}}}


@router.get(
    "/cases/{number}/determination",
    response={200: dict[str, object], **PROBLEMS},
    summary="Read a determination as JSON",
)
def read(request: HttpRequest, number: Path[str]) -> HttpResponse:
    """Return the letter of the last determination, corrected or not, under the keys of letter.json."""
    user = owner_of(request)
    case = case_for(user, number)
    state, paper = _found(case, user)
    record = papers.letter_of_paper(store.log_of(case), state, paper)
    store.note_read(number, papers.letter_hash(state, paper), by=user.actor)
    said = {name: getattr(record, name) for name in SAID}
    return HttpResponse(to_json_line(said), content_type="application/json")


@router.get(
    "/cases/{number}/determination.pdf",
    response={200: bytes, **PROBLEMS},
    summary="Read a determination as PDF",
    openapi_extra=_content("application/pdf", {"type": "string", "format": "binary"}),
)
def read_pdf(request: HttpRequest, number: Path[str]) -> HttpResponseBase:
    """Return the letter of the last determination as it was sent, or as it would be."""
    user = owner_of(request)
    case = case_for(user, number)
    state, paper = _found(case, user)
    party = _party(paper, user)
    store.note_read(number, papers.letter_hash(state, paper), by=user.actor)
    sending = case.sendings.filter(paper=paper.id, party=party.value, state=serving.SENT).first()
    if sending is not None:
        return FileResponse(open_file(sending.file_id), content_type=serving.PDF)
    service = next((s for s in paper.served if s.party is party), None)
    sent = Sent(
        on=local_day(service.sent) if service else None,
        method=service.method if service else None,
        lines=papers.lines_of(papers.address_of(case, party)),
    )
    composed = papers.compose_paper(store.log_of(case), paper.id, party, sent)
    return HttpResponse(papers.pdf_of_paper(composed), content_type=serving.PDF)


def _found(case: Case, user: User) -> tuple[CaseState, Paper]:
    """Return the case and the last determination of it that somebody may see.

    Raises:
        Http404: There is none yet, or none that was served on the user's side.
    """
    state = store.state_of(case)
    visible = [p for p in state.papers if p.kind in DETERMINATIONS and papers.may_see(p, user)]
    if not visible:
        raise Http404
    return state, visible[-1]


def _party(paper: Paper, user: User) -> CaseParty:
    side = papers.served_on_side(paper, user)
    return side[0].party if side else paper.parties[0]
