"""What has to be done in a case now, and by whom: computed from the state, never stored as a task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openimr.casework.action_names import Action
from openimr.casework.case_state import CaseState
from openimr.casework.outcomes import outcomes
from openimr.casework.parts import DETERMINATIONS, About, CaseParty, InformationRequest, Paper, PaperKind
from openimr.casework.reviewer_work import ReviewerWork, work_of_seat
from openimr.casework.roles import Role
from openimr.casework.seats import LeftBecause, Seat
from openimr.casework.stages import Stage, stage_of
from openimr.terms.letter import Outcome

_ROLE_OF = {
    CaseParty.EMPLOYEE: Role.APPLICANT,
    CaseParty.ATTORNEY: Role.APPLICANT,
    CaseParty.PAYER: Role.PAYER,
    # a physician has no account: intake records what comes
    CaseParty.PROVIDER: Role.INTAKE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that has to be done: by which role, by whom where that is known, in a sentence."""

    role: Role
    action: Action
    words: str
    person: str | None = None
    holds_up: bool = False
    """Whether the stage waits for it, so that the clock of the stage is its clock."""
    request: int | None = None
    """The request for information that it answers, which has a clock of its own."""


def steps(state: CaseState) -> tuple[Step, ...]:
    """Return what has to be done in a case, what holds it up first; nothing where it rests."""
    stage = stage_of(state)
    held_up = (replace(step, holds_up=True) for step in _of_stage(state, stage))
    return tuple(_with_person(state, step) for step in (*held_up, *_beside(state, stage)))


def _with_person(state: CaseState, step: Step) -> Step:
    """Return a step with the one who took the case in hand in its role."""
    if step.person is not None:
        return step
    person = next((h.id for h in state.in_hand if h.role is step.role), None)
    return replace(step, person=person)


def _of_stage(state: CaseState, stage: Stage) -> Iterator[Step]:
    """Yield what the stage itself waits for."""
    match stage:
        case Stage.DRAFT:
            words = "Complete and file the application."
            yield Step(role=Role.APPLICANT, action=Action.FILE_APPLICATION, words=words)
        case Stage.SCREENING if state.screening is None:
            yield Step(
                role=Role.INTAKE,
                action=Action.SCREEN_APPLICATION,
                words="Screen the application for every ground, and for duplicates.",
            )
        case Stage.SCREENING:
            yield Step(
                role=Role.CASE_MANAGER,
                action=Action.DECIDE_ELIGIBILITY,
                words="Decide on the eligibility of each dispute.",
            )
        case Stage.INFORMATION:
            yield from (_answer(r) for r in state.open_requests if r.about is About.ELIGIBILITY)
        case Stage.DEFERRED:
            yield Step(
                role=Role.PAYER,
                action=Action.RESOLVE_LIABILITY,
                words="Wait for the notice that the dispute over liability is resolved.",
            )
        case Stage.NOTICE | Stage.SERVICE:
            yield from (_serve(p) for p in state.owed_papers if _holds_up(p, stage))
        case Stage.RECORDS | Stage.UNDECIDABLE:
            yield _records(state, stage)
        case _:
            yield from _of_review(state, stage)


def _holds_up(paper: Paper, stage: Stage) -> bool:
    if stage is Stage.NOTICE:
        return paper.kind is PaperKind.ASSIGNMENT
    return stage is Stage.SERVICE and paper.kind in DETERMINATIONS


def _records(state: CaseState, stage: Stage) -> Step:
    if stage is Stage.UNDECIDABLE:
        words = f"Cannot be decided: {state.undecidable} Send records of the patient's care."
        return Step(role=Role.PAYER, action=Action.RECEIVE_RECORDS, words=words)
    if state.records:
        return Step(
            role=Role.CASE_MANAGER,
            action=Action.COMPLETE_RECORDS,
            words="Compare what came with what must come; chase what is missing or close the file.",
        )
    return Step(role=Role.PAYER, action=Action.RECEIVE_RECORDS, words="Send the records.")


def _of_review(state: CaseState, stage: Stage) -> Iterator[Step]:
    match stage:
        case Stage.ASSIGNMENT:
            yield _choose(state)
        case Stage.ATTESTATION | Stage.VIEW | Stage.REVIEW:
            if stage is Stage.REVIEW and state.draft is None:
                yield Step(
                    role=Role.SYSTEM, action=Action.PREPARE_DRAFT, words="Prepare the draft from the file."
                )
            for seat in state.seats:
                yield from _of_seat(state, seat)
        case Stage.QUALITY if state.letter is None:
            yield Step(
                role=Role.SYSTEM, action=Action.COMPOSE_LETTER, words="Compose the determination letter."
            )
        case Stage.QUALITY:
            yield Step(
                role=Role.QUALITY,
                action=Action.RELEASE_DETERMINATION,
                words="Check the letter; release it or return it for rewrite.",
            )
        case Stage.APPEAL:
            yield Step(
                role=Role.CASE_MANAGER,
                action=Action.RECORD_APPEAL_DECISION,
                words="Wait for the order of the appeals board.",
            )
        case Stage.REMAND:
            yield Step(
                role=Role.ADMINISTRATIVE_DIRECTOR,
                action=Action.REMAND,
                words="Say who reviews anew: another organization, or where there is none another reviewer.",
            )
        case _:
            return


def _choose(state: CaseState) -> Step:
    """Return that a reviewer is chosen, with what came of the last offer and what would free somebody."""
    words = f"Choose a reviewer ({len(state.seats)} of {state.reviewers_wanted})."
    last = state.former[-1] if state.former else None
    if last is not None and last.left is LeftBecause.LAPSED:
        words += f" The last offer lapsed: {last.why}"
    if state.would_free:
        words += f" Nobody is free for it: {'; '.join(state.would_free)}."
    return Step(role=Role.CASE_MANAGER, action=Action.PROPOSE_REVIEWER, words=words)


def _of_seat(state: CaseState, seat: Seat) -> Iterator[Step]:
    """Yield what a reviewer has to do next."""
    match work_of_seat(state, seat):
        case ReviewerWork.OFFERED:
            action, words = Action.ATTEST, "Attest to have no conflict and to be qualified, or decline."
        case ReviewerWork.TO_VIEW:
            action, words = Action.RECORD_VIEW, "Read the file and record a view of each dispute."
        case ReviewerWork.TO_OPEN:
            action, words = Action.OPEN_DRAFT, "Open the draft."
        case ReviewerWork.TO_DECIDE | ReviewerWork.RETURNED:
            action, words = Action.ADOPT_DETERMINATION, _decide_words(state, seat)
        case _:
            return
    yield Step(role=Role.REVIEWER, action=action, words=words, person=seat.reviewer)


def _decide_words(state: CaseState, seat: Seat) -> str:
    back = [v for v in state.versions if v.adoption.reviewer == seat.reviewer and v.returned is not None]
    if back and back[-1].round == state.round:
        reasons = back[-1].returned.reasons if back[-1].returned is not None else ()
        return f"Write version {back[-1].number} anew: {'; '.join(reasons)}"
    return "Decide each dispute and adopt the determination."


def _answer(request: InformationRequest) -> Step:
    return Step(
        role=_ROLE_OF[request.of],
        action=Action.ANSWER_INFORMATION,
        words=f"Answer request {request.number} to the {request.of.value}: {'; '.join(request.what)}",
        request=request.number,
    )


def _serve(paper: Paper) -> Step:
    to = ", ".join(p.value for p in paper.owed)
    kind = paper.kind.value.replace("_", " ")
    return Step(
        role=Role.CASE_MANAGER, action=Action.SERVE_PAPER, words=f"Serve {kind} ({paper.id}) on: {to}."
    )


def _beside(state: CaseState, stage: Stage) -> Iterator[Step]:
    """Yield what has to be done as well, though it holds nothing up."""
    if stage is not Stage.INFORMATION:
        yield from (_answer(r) for r in state.open_requests if _is_under_way(stage))
    yield from (_serve(p) for p in state.owed_papers if not _holds_up(p, stage))
    if state.correction is not None and stage in (Stage.SERVICE, Stage.SERVED, Stage.APPEAL):
        yield Step(
            role=Role.QUALITY,
            action=Action.RELEASE_CORRECTION,
            words="Check the corrected letter and release it.",
        )
    if state.asked_of_office is not None:
        yield Step(
            role=Role.ADMINISTRATIVE_DIRECTOR,
            action=Action.ADD_NOTE,
            words=f"Answer what the organization asks: {state.asked_of_office}",
        )
    if stage is Stage.SERVED:
        yield from _when_served(state)
    if state.unbilled_round is not None and state.notice_sent_at:
        yield from _bill(state, stage, state.unbilled_round)


def _bill(state: CaseState, stage: Stage, of_round: int) -> Iterator[Step]:
    """Yield that a round is billed that is over: each has an invoice of its own."""
    if stage in (Stage.TERMINATED, Stage.SERVED) or (of_round < state.round and _is_under_way(stage)):
        which = "the invoice" if state.round == 1 else f"the invoice for round {of_round} of the review"
        yield Step(role=Role.CASE_MANAGER, action=Action.SEND_INVOICE, words=f"Send {which}.")


def _is_under_way(stage: Stage) -> bool:
    return stage in (
        Stage.NOTICE,
        Stage.RECORDS,
        Stage.UNDECIDABLE,
        Stage.ASSIGNMENT,
        Stage.ATTESTATION,
        Stage.VIEW,
        Stage.REVIEW,
        Stage.QUALITY,
    )


def _when_served(state: CaseState) -> Iterator[Step]:
    if state.implemented_on is None and some_treatment_is_necessary(state):
        yield Step(
            role=Role.PAYER,
            action=Action.RECORD_IMPLEMENTATION,
            words="Carry the determination out, and say when.",
            holds_up=True,
        )
    if state.published is None:
        yield Step(
            role=Role.ADMINISTRATIVE_DIRECTOR,
            action=Action.APPROVE_PUBLICATION,
            words="Approve the letter without names for publication.",
        )


def some_treatment_is_necessary(state: CaseState) -> bool:
    """Return whether any treatment came out as necessary, wholly or in part, by what all reviewers say."""
    return any(found.outcome is not Outcome.UPHELD for found in outcomes(state))
