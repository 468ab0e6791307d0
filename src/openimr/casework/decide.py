"""What a command comes to: events, or everything that stands against it.

The table of actions says who may do what, when; the rooms' other files say
what a proper command is. Nothing is changed here: events are facts that the
caller appends to the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openimr.casework import (
    afterwards,
    applications,
    assigning,
    disputes,
    eligibility,
    receiving,
    release,
    reviewing,
)
from openimr.casework import commands as ask
from openimr.casework.actions import Row, rows_of
from openimr.casework.case_state import CaseState
from openimr.casework.commands import Command
from openimr.casework.events import Event
from openimr.casework.events_application import NoteAdded, OfficeAsked, PersonJoined
from openimr.casework.refusals import Answer, Objection, Objections, answer, unsaid
from openimr.casework.roles import Actor
from openimr.casework.stages import Stage, stage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a command is refused: what was asked, what was found, what to do."""

    asked: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.asked}: {self.found} {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """That a command is refused, with every reason."""

    reasons: tuple[Reason, ...]


def decide(
    state: CaseState | None, command: Command, *, actor: Actor, at: datetime
) -> tuple[Event, ...] | Refused:
    """Return the events that a command comes to, or why it is refused.

    Args:
        state: The case, None where there is none yet.
        command: What is asked for.
        actor: Who asks.
        at: The moment, with its offset.

    Raises:
        LawError: The rule book of the programme cannot answer what the command depends on.
    """
    objections = _not_allowed(state, command, actor)
    found = objections if objections is not None else _answered(state, command, actor, at)
    if not isinstance(found, Objections):
        return found
    asked = _asked(state, command)
    return Refused(reasons=tuple(Reason(asked=asked, found=o.found, remedy=o.remedy) for o in found.all))


def _asked(state: CaseState | None, command: Command) -> str:
    what = command.action.value.replace("_", " ").capitalize()
    return what if state is None else f"{what} in case {state.case_number}"


def _not_allowed(state: CaseState | None, command: Command, actor: Actor) -> Objections | None:
    """Return why the table does not let somebody do it, None where it does."""
    rows = tuple(rows_of(command.action))
    stage = None if state is None else stage_of(state)
    if any(row.allows(state, stage, actor.role) for row in rows):
        return None
    own = tuple(row for row in rows if actor.role in row.by)
    if not own:
        roles = sorted({_words(role) for row in rows for role in row.by})
        found = f"it is not for the role {_words(actor.role)}."
        return Objections((Objection(found=found, remedy=f"It is for: {', '.join(roles)}."),))
    reached = tuple(row for row in own if stage in row.at)
    if not reached:
        return Objections((_too_early_or_late(stage, own),))
    return Objections(
        tuple(
            Objection(found=row.only_if.otherwise, remedy=row.only_if.remedy)
            for row in reached
            if row.only_if is not None
        )
    )


def _too_early_or_late(stage: Stage | None, rows: tuple[Row, ...]) -> Objection:
    stages = sorted({_words(at) for row in rows for at in row.at if at is not None})
    if stage is None:
        return Objection(found="there is no such case.", remedy="File an application first.")
    found = f"the case stands at {_words(stage)}."
    return Objection(found=found, remedy=f"It can be done at: {', '.join(stages)}.")


def _words(value: str) -> str:
    return value.replace("_", " ")


def _answered(state: CaseState | None, command: Command, actor: Actor, at: datetime) -> Answer:
    match command:
        case ask.SaveDraft():
            return applications.save_draft(state, command)
        case ask.FileApplication():
            return applications.file_application(state, command, at)
    assert state is not None, "the table lets nothing else happen where no case is"
    for answers in (_application, _eligibility, _records, _review, _letters):
        found = answers(state, command, actor, at)
        if found is not None:
            return found
    raise AssertionError(f"no file answers {type(command).__name__}")


def _application(state: CaseState, command: Command, by: Actor, at: datetime) -> Answer | None:
    match command:
        case ask.CorrectApplication():
            return applications.correct_application(state, command, at)
        case ask.FileAgain():
            return applications.file_again(state, command, at)
        case ask.ChangeParties():
            return applications.change_parties(state, command)
        case ask.LinkDuplicate():
            return applications.link_duplicate(state, command)
        case ask.UnlinkDuplicate():
            return applications.unlink_duplicate(state, command)
        case ask.NoteDuplicate():
            return applications.note_duplicate(state, command)
        case ask.Consolidate():
            return applications.consolidate(state, command)
        case ask.TakeInCase():
            return applications.take_in_case(state, command)
        case ask.LinkPayer():
            return applications.link_payer(state, command)
        case ask.JoinCase(invitation=invitation):
            return (PersonJoined(invitation=invitation),)
        case ask.TakeCase(note=note):
            return applications.take_case(state, note, by)
        case ask.TakeOverCase(why=why):
            return applications.take_over_case(state, why, by)
        case ask.AddNote(text=text):
            return answer((unsaid(text, "the note"),), lambda: (NoteAdded(text=text),))
        case ask.AskOffice(what=what):
            return answer((unsaid(what, "what is asked"),), lambda: (OfficeAsked(what=what),))
        case _:
            return None


def _eligibility(state: CaseState, command: Command, by: Actor, at: datetime) -> Answer | None:
    match command:
        case ask.ScreenApplication():
            return eligibility.screen_application(state, command)
        case ask.AskAboutEligibility():
            return disputes.ask_about_eligibility(state, command)
        case ask.AnswerInformation():
            return disputes.answer_information(state, command, by)
        case ask.CloseInformation():
            return disputes.close_information(state, command)
        case ask.DecideEligibility():
            return eligibility.decide_eligibility(state, command, by)
        case ask.DecideEligibilityAnew():
            return eligibility.decide_eligibility_anew(state, command)
        case ask.ResolveLiability():
            return disputes.resolve_liability(state, command, at)
        case ask.EndDispute():
            return disputes.end_dispute(state, command, by, at)
        case ask.AuthorizeInPart():
            return disputes.authorize_in_part(state, command, at)
        case ask.Terminate():
            return disputes.terminate(command)
        case ask.ConvertToExpedited():
            return disputes.convert_to_expedited(command, at)
        case _:
            return None


def _records(state: CaseState, command: Command, by: Actor, at: datetime) -> Answer | None:
    match command:
        case ask.ReceiveRecords():
            return receiving.receive_records(state, command, by, at)
        case ask.RefuseFile():
            return receiving.refuse_file(command, by)
        case ask.ChaseRecords():
            return receiving.chase_records(state, command, at)
        case ask.CompleteRecords():
            return receiving.complete_records(state, command, at)
        case ask.FindUndecidable():
            return receiving.find_undecidable(state, command, by)
        case ask.ReadDocument():
            return receiving.read_document(state, command, by)
        case ask.ReadCase():
            return receiving.read_case(state, command, by)
        case ask.RequestInformation():
            return disputes.request_information(state, command, by)
        case ask.ApproveExtension():
            return reviewing.approve_extension(command)
        case _:
            return None


def _review(state: CaseState, command: Command, by: Actor, at: datetime) -> Answer | None:
    match command:
        case ask.ApproveReviewers():
            return assigning.approve_reviewers(state, command, at)
        case ask.ProposeReviewer():
            return assigning.propose_reviewer(state, command, at)
        case ask.LapseOffer():
            return assigning.lapse_offer(state, command, at)
        case ask.ReportNobody():
            return assigning.report_nobody(state, command)
        case ask.Attest():
            return assigning.attest(state, command, by, at)
        case ask.Decline():
            return assigning.decline(state, command, by)
        case ask.ReportConflict():
            return assigning.report_conflict(state, command, by)
        case ask.ReplaceReviewer():
            return assigning.replace_reviewer(state, command)
        case ask.RecordView():
            return reviewing.record_view(state, command, by)
        case ask.PrepareDraft():
            return reviewing.prepare_draft(state, command)
        case ask.OpenDraft():
            return reviewing.open_draft(state, command, by)
        case ask.AdoptDetermination():
            return reviewing.adopt_determination(state, command, by, at)
        case ask.ReturnForRewrite():
            return reviewing.return_for_rewrite(state, command, by)
        case _:
            return None


def _letters(state: CaseState, command: Command, by: Actor, at: datetime) -> Answer | None:
    match command:
        case ask.ComposeLetter():
            return release.compose_letter(command)
        case ask.ReleaseDetermination():
            return release.release_determination(state, command, by)
        case ask.ServePaper():
            return release.serve_paper(state, command, at)
        case ask.ConfirmReceipt():
            return release.confirm_receipt(state, command, at)
        case ask.PrepareCorrection():
            return release.prepare_correction(state, command)
        case ask.ReleaseCorrection():
            return release.release_correction(state, command, by)
        case _:
            return _after_the_letter(state, command, by, at)


def _after_the_letter(state: CaseState, command: Command, by: Actor, at: datetime) -> Answer | None:
    match command:
        case ask.RecordAppeal():
            return afterwards.record_appeal(state, command, by, at)
        case ask.RecordAppealDecision():
            return afterwards.record_appeal_decision(command, at)
        case ask.Remand():
            return afterwards.remand(command)
        case ask.RecordImplementation():
            return afterwards.record_implementation(command, at)
        case ask.ApprovePublication():
            return afterwards.approve_publication(command)
        case ask.SendInvoice():
            return afterwards.send_invoice(state, command)
        case ask.RecordPayment():
            return afterwards.record_payment(state, command, at)
        case ask.CancelInvoice():
            return afterwards.cancel_invoice(state, command)
        case _:
            return None
