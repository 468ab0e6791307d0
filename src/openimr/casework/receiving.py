"""Records that come in, are chased, are closed for review or tell too little; looks at a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.commands_review import (
    ChaseRecords,
    CompleteRecords,
    FindUndecidable,
    ReadCase,
    ReadDocument,
    ReceiveRecords,
    RefuseFile,
)
from openimr.casework.conditions import answers_for
from openimr.casework.disputes import not_of_the_case
from openimr.casework.events_review import (
    CaseRead,
    DocumentRead,
    FileRefused,
    FoundUndecidable,
    RecordsChased,
    RecordsCompleted,
    RecordsReceived,
)
from openimr.casework.figures import reviewers_by_law
from openimr.casework.moments import day_of, moment_of
from openimr.casework.refusals import Answer, Objection, answer, in_future, unless, unsaid
from openimr.casework.roles import Actor, Role
from openimr.law.deadlines import deadlines
from openimr.law.fees import fees
from openimr.law.rulebook import load_rulebook
from openimr.records.checklist import Completeness
from openimr.terms.eligibility import Charge, ChargeKind, Deadline

_RECORDS_CLOCKS = ("D1", "D2", "D3")
# Who reads from outside the organization.
_OUTSIDE = (Role.APPLICANT, Role.PAYER, Role.ADMINISTRATIVE_DIRECTOR)


def receive_records(state: CaseState, command: ReceiveRecords, by: Actor, at: datetime) -> Answer:
    """Return that files came in; a file that is there already is not received twice."""
    known = {r.sha256 for r in state.records}
    new = tuple({f.sha256: f for f in command.files if f.sha256 not in known}.values())
    strangers = {f.submitter.value for f in command.files} - {p.value for p in answers_for(by.role)}
    return answer(
        (
            unless(bool(new), "every file was received before.", "Nothing has to be done."),
            unless(
                not strangers,
                f"files are sent for: {', '.join(sorted(strangers))}.",
                "Send them for the party that you act for.",
            ),
            *(unsaid(f.sha256, f"the hash of {f.name}") for f in command.files),
            *(in_future(f.received, at, f"the receipt of {f.name}") for f in command.files),
        ),
        lambda: (RecordsReceived(files=new),),
    )


def refuse_file(command: RefuseFile, by: Actor) -> Answer:
    """Return that a file was not taken into the case."""
    may = command.submitter in answers_for(by.role)
    return answer(
        (
            unsaid(command.why, "the reason"),
            unsaid(command.sha256, "the hash of the file"),
            unless(may, "files are sent for another party.", "Send them for the party that you act for."),
        ),
        lambda: (
            FileRefused(
                sha256=command.sha256, name=command.name, submitter=command.submitter, why=command.why
            ),
        ),
    )


def chase_records(state: CaseState, command: ChaseRecords, at: datetime) -> Answer:
    """Return that the payer was reminded, with what the law says of the delay until now."""
    clock = records_clock(state)
    penalty = records_penalty(state, at)
    explanation = clock.explanation if clock is not None else "No period for records is running."
    if penalty is not None:
        explanation = penalty.explanation
    source = penalty or clock
    return answer(
        (unsaid(command.missing, "what is missing"),),
        lambda: (
            RecordsChased(
                missing=command.missing,
                explanation=explanation,
                penalty_usd=penalty.amount_usd if penalty is not None else None,
                citation=source.citation if source is not None else None,
            ),
        ),
    )


def records_clock(state: CaseState) -> Deadline | None:
    """Return the clock by which the payer's records must be here: the one with a day, else any."""
    rulebook = load_rulebook(state.case.case.programme)
    clocks = [d for d in deadlines(state.case, rulebook) if d.ref in _RECORDS_CLOCKS]
    return next((d for d in clocks if d.due is not None), clocks[0] if clocks else None)


def records_penalty(state: CaseState, at: datetime) -> Charge | None:
    """Return the penalty that the payer risks if the records were complete at a moment, if any.

    Source:
        8 CCR 9792.12(c)(6), as the room of law has it.
    """
    rulebook = load_rulebook(state.case.case.programme)
    if not rulebook.has_table("fees.csv"):
        return None
    dates = replace(state.case.dates, records_complete=moment_of(at))
    charges = fees(replace(state.case, dates=dates), rulebook)
    return next((c for c in charges if c.kind is ChargeKind.RECORDS_PENALTY), None)


def complete_records(state: CaseState, command: CompleteRecords, at: datetime) -> Answer:
    """Return that the file is closed for review, with what is missing named.

    Source:
        8 CCR 9792.10.6(b)(2): no determination rests on the decision under review alone.
    """
    certificate = command.certificate
    return answer(
        (
            unsaid(certificate.seal, "the seal of the file"),
            unless(
                certificate.state is not Completeness.ONLY_UR_DECISION,
                "nothing in the file tells of the patient's care but the decision under review.",
                "Chase the records, or record that the case cannot be decided.",
            ),
        ),
        lambda: (
            RecordsCompleted(
                seal=certificate.seal,
                missing=tuple(p.message for p in certificate.missing),
                completed=moment_of(at),
                reviewers=reviewers_by_law(state.case, day_of(at)),
            ),
        ),
    )


def find_undecidable(state: CaseState, command: FindUndecidable, by: Actor) -> Answer:
    """Return that the case cannot be decided on what is there.

    Source:
        8 CCR 9792.10.6(b)(2).
    """
    stranger = not_of_the_case(state, by) if by.role is Role.REVIEWER else None
    return answer(
        (stranger, unsaid(command.found, "what is there")),
        lambda: (FoundUndecidable(found=command.found),),
    )


def read_document(state: CaseState, command: ReadDocument, by: Actor) -> Answer:
    """Return that somebody read a document; a reviewer only after the attestation.

    Drafts and letters are documents too: the draft stays closed to a reviewer
    before the view, another reviewer's determination before one's own, and
    nothing unreleased leaves the organization.
    """
    stranger = not_of_the_case(state, by) if by.role is Role.REVIEWER else None
    return answer(
        (stranger, unsaid(command.document, "the document"), _closed_to(state, command.document, by)),
        lambda: (DocumentRead(document=command.document, pages=command.pages),),
    )


def _closed_to(state: CaseState, document: str, by: Actor) -> Objection | None:
    if by.role is Role.REVIEWER:
        return _closed_to_reviewer(state, document, by)
    if by.role not in _OUTSIDE:
        return None
    determinations = {v.determination for v in state.versions}
    released = {r.letter for r in state.releases} | {state.published}
    inside = {*state.drafts, *state.letters, *determinations} - released
    return unless(
        document not in inside,
        "it is a draft, or a letter that was not released.",
        "It can be read once it is released.",
    )


def _closed_to_reviewer(state: CaseState, document: str, by: Actor) -> Objection | None:
    seat = state.seat_of(by.id)
    draft_is_open = seat is not None and seat.draft_opened_at is not None
    theirs = {v.determination for v in state.versions if v.adoption.reviewer != by.id}
    if document in state.drafts and not draft_is_open:
        return Objection(
            found="it is the draft, and this reviewer has not opened it.",
            remedy="Record the view of each dispute, then open the draft.",
        )
    return unless(
        document not in {*theirs, *state.letters} or state.version_of(by.id) is not None,
        "it is what another reviewer adopted, or a letter.",
        "It can be read after one's own adoption.",
    )


def read_case(state: CaseState, command: ReadCase, by: Actor) -> Answer:
    """Return that somebody looked at the case; a reviewer only where chosen for it."""
    chosen = by.role is not Role.REVIEWER or state.seat_of(by.id) is not None
    return answer(
        (
            unless(chosen, "this reviewer is not on the case.", "A case opens to its own reviewers."),
            unsaid(command.what, "what was looked at"),
        ),
        lambda: (CaseRead(what=command.what),),
    )
