"""The review: the view, the draft that opens after it, the adoption, the return for rewrite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from openimr.casework.assigning import BEFORE_THE_FILE_OPENS
from openimr.casework.case_state import CaseState
from openimr.casework.commands_review import (
    AdoptDetermination,
    ApproveExtension,
    OpenDraft,
    PrepareDraft,
    RecordView,
    ReturnForRewrite,
)
from openimr.casework.conditions import seat_may_adopt, seat_may_open, seat_may_view
from openimr.casework.events_review import (
    DeterminationAdopted,
    DraftOpened,
    DraftPrepared,
    ExtensionApproved,
    ReturnedForRewrite,
    ViewRecorded,
)
from openimr.casework.moments import day_of
from openimr.casework.refusals import Answer, Objection, answer, tampered, unless, unsaid
from openimr.casework.roles import Actor
from openimr.formats import from_json
from openimr.terms.determination import Draft
from openimr.terms.errors import InputError

AT_ADOPTION = (*BEFORE_THE_FILE_OPENS, "read_the_file")
"""What a reviewer attests with the determination."""


def record_view(state: CaseState, command: RecordView, by: Actor) -> Answer:
    """Return a physician's own view of each dispute, given before the draft opens."""
    seat = state.seat_of(by.id)
    told = {v.dispute for v in seat.views} if seat is not None else set()
    wanted = [n for n in state.live if n not in told]
    named = sorted(v.dispute for v in command.views)
    return answer(
        (
            unless(
                seat is not None and seat_may_view(state, seat),
                "this reviewer has not attested, has recorded a view, or has the draft open.",
                "A view is recorded once, after the attestation and before the draft.",
            ),
            unless(
                named == wanted,
                f"views are given of {named}; wanted are {wanted}.",
                "Give one view of each eligible dispute.",
            ),
            *(unsaid(v.because, f"the reason for the view of dispute {v.dispute}") for v in command.views),
        ),
        lambda: (ViewRecorded(reviewer=by.id, views=command.views),),
    )


def prepare_draft(state: CaseState, command: PrepareDraft) -> Answer:
    """Return that a draft stands ready. It holds no outcome: a text with one is refused."""
    return answer(
        (
            tampered(command.draft),
            _no_draft(command),
            unless(
                command.seal == state.seal,
                "the draft was made from another state of the file.",
                f"Prepare it from the file with the seal {state.seal}.",
            ),
        ),
        lambda: (DraftPrepared(draft=command.draft, seal=command.seal),),
    )


def _no_draft(command: PrepareDraft) -> Objection | None:
    if command.draft.json is None:
        return None
    try:
        from_json(command.draft.json, Draft, name="the draft")
    except InputError as error:
        return Objection(found=f"it is no draft: {error.found}", remedy=error.remedy)
    return None


def open_draft(state: CaseState, command: OpenDraft, by: Actor) -> Answer:
    """Return that a reviewer opened the draft, after the view."""
    seat, draft = state.seat_of(by.id), state.draft
    return answer(
        (
            unless(
                seat is not None and draft is not None and seat_may_open(state, seat),
                "this reviewer has not attested, or has not recorded a view of each dispute.",
                "Record the view first; the draft opens after it.",
            ),
        ),
        lambda: (DraftOpened(reviewer=by.id, draft=draft.sha256 if draft is not None else ""),),
    )


def adopt_determination(state: CaseState, command: AdoptDetermination, by: Actor, at: datetime) -> Answer:
    """Return that a physician decided each dispute.

    Source:
        Lab. Code 4610.6(e): each analysis says what is necessary, and why.
    """
    seat = state.seat_of(by.id)
    return answer(
        (
            unless(
                seat is not None and seat_may_adopt(state, seat),
                "attestation, view or opened draft of this reviewer is missing, or it was adopted.",
                "Attest, read the file, record the view, open the draft; then decide.",
            ),
            tampered(command.determination),
            *_wrong_adoption(state, command, by, at),
        ),
        lambda: (
            DeterminationAdopted(
                number=len(state.versions) + 1,
                adoption=command.adoption,
                determination=command.determination,
                signature=command.signature,
            ),
        ),
    )


def _wrong_adoption(
    state: CaseState, command: AdoptDetermination, by: Actor, at: datetime
) -> Iterator[Objection | None]:
    adoption = command.adoption
    named = sorted(d.dispute for d in adoption.decision)
    missing = [word for word in AT_ADOPTION if word not in adoption.attests]
    yield unless(
        adoption.reviewer == by.id,
        "the adoption names another reviewer.",
        "Only the reviewer of the case adopts.",
    )
    yield unless(
        adoption.adopted_on == day_of(at),
        f"it is dated {adoption.adopted_on.isoformat()}.",
        "Date it on the day on which it is adopted.",
    )
    yield unless(
        named == sorted(state.live),
        f"it decides {named}; eligible are {list(state.live)}.",
        "Decide each eligible dispute once.",
    )
    yield unless(not missing, f"{', '.join(missing)} is not attested.", "Attest it, or decline.")
    for decision in adoption.decision:
        yield unsaid(decision.rationale, f"the rationale of dispute {decision.dispute}")


def return_for_rewrite(state: CaseState, command: ReturnForRewrite, by: Actor) -> Answer:
    """Return that a version goes back to its author; it is kept as it was."""
    standing = {v.number: v for v in state.versions if v.counts and v.round == state.round}
    version = standing.get(command.version)
    return answer(
        (
            unless(
                version is not None,
                f"version {command.version} does not stand.",
                f"Versions that stand are: {', '.join(map(str, standing))}.",
            ),
            unless(
                version is None or version.adoption.reviewer != by.id,
                "it is one's own.",
                "A second person returns it.",
            ),
            unsaid(command.reasons, "what has to be written anew"),
        ),
        lambda: (ReturnedForRewrite(version=command.version, reasons=command.reasons),),
    )


def approve_extension(command: ApproveExtension) -> Answer:
    """Return that more time was approved.

    Source:
        Lab. Code 4610.6(d)(2).
    """
    return answer((unsaid(command.why, "the good cause"),), lambda: (ExtensionApproved(why=command.why),))
