"""What somebody can ask for about an application: the form of each action, and the command it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openimr.casework import commands as do
from openimr.casework.action_names import Action
from openimr.casework.actions import rows_of
from openimr.casework.parts import CaseParty, DisputeStatus
from openimr.casework.roles import Role
from openimr.desk import act_forms as ask
from openimr.desk.act_forms import ActForm, Situation
from openimr.desk.entered import case_of, entered_of
from openimr.terms.period import Moment

Told = Mapping[str, Any]
# who sees the page of grounds; the others come back to the case
SEE_GROUNDS = (
    Role.INTAKE,
    Role.CASE_MANAGER,
    Role.MEDICAL_DIRECTOR,
    Role.QUALITY,
    Role.ADMINISTRATIVE_DIRECTOR,
    Role.AUDITOR,
)

# the words of the button of an action; of any other the name of the action
BUTTON_WORDS = {
    Action.SCREEN_APPLICATION: "Look for every ground",
    Action.DECIDE_ELIGIBILITY: "Decide eligibility",
    Action.DECIDE_ELIGIBILITY_ANEW: "Decide anew",
    Action.ASK_ABOUT_ELIGIBILITY: "Ask a party",
    Action.ASK_OFFICE: "Ask the Administrative Director",
    Action.ANSWER_INFORMATION: "Record an answer",
    Action.CLOSE_INFORMATION: "Go on without an answer",
    Action.FILE_AGAIN: "File again",
    Action.CORRECT_APPLICATION: "Correct the application",
    Action.CHANGE_PARTIES: "Change the parties",
    Action.TAKE_IN_CASE: "Consolidate",
    Action.LINK_DUPLICATE: "Close as a duplicate",
    Action.UNLINK_DUPLICATE: "No duplicate after all",
    Action.NOTE_DUPLICATE: "Note a duplicate",
    Action.RESOLVE_LIABILITY: "Liability is resolved",
    Action.AUTHORIZE_IN_PART: "Authorize a part",
    Action.END_DISPUTE: "End a dispute",
    Action.CONVERT_TO_EXPEDITED: "Make it expedited",
    Action.TERMINATE: "Terminate the review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that can be asked for: its heading, what it comes to, its form, its command."""

    action: Action
    title: str
    lead: str
    button: str
    form: type[ActForm]
    command: Callable[[Situation, Told], do.Command]


def who_may(action: Action) -> tuple[Role, ...]:
    """Return the roles of people that casework lets do something, at some stage."""
    roles = dict.fromkeys(role for row in rows_of(action) for role in row.by)
    return tuple(role for role in roles if role is not Role.SYSTEM)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _end(_: Situation, told: Told) -> do.Command:
    return do.EndDispute(
        dispute=told["dispute"],
        status=DisputeStatus(told["status"]),
        on=told["on"],
        told_by=CaseParty(told["told_by"]),
        why=told["why"],
    )


def _authorize(_: Situation, told: Told) -> do.Command:
    return do.AuthorizeInPart(
        dispute=told["dispute"], authorized=told["authorized"], on=told["on"], requested=told["requested"]
    )


def _parties(situation: Situation, told: Told) -> do.Command:
    known = situation.state.case
    return do.ChangeParties(parties=case_of({**entered_of(known), **told}, known).parties, why=told["why"])


def _anew(_: Situation, told: Told) -> do.Command:
    decisions = tuple(
        do.DisputeDecision(dispute=int(name.removeprefix("status-")), status=DisputeStatus(value))
        for name, value in told.items()
        if name.startswith("status-") and value
    )
    return do.DecideEligibilityAnew(decisions=decisions, why=told["why"])


def _expedite(_: Situation, told: Told) -> do.Command:
    return do.ConvertToExpedited(
        certified=Moment(told["certified"]), certified_by=told["certified_by"], document=told["document"]
    )


ACTS: tuple[Act, ...] = (
    Act(
        action=Action.CHANGE_PARTIES,
        title="Change the parties",
        lead="Attestations of reviewers cover the parties that they saw: a chosen reviewer attests again.",
        button="Change the parties",
        form=ask.ChangePartiesForm,
        command=_parties,
    ),
    Act(
        action=Action.LINK_DUPLICATE,
        title="Close as a duplicate",
        lead="The application is closed, and goes on in the other case. Both tell of it, and every party "
        "is owed a notice.",
        button="Close as a duplicate",
        form=ask.LinkForm,
        command=lambda _, told: do.LinkDuplicate(of_case=told["of_case"].strip(), why=told["why"]),
    ),
    Act(
        action=Action.UNLINK_DUPLICATE,
        title="No duplicate after all",
        lead="The application goes on where it was.",
        button="Let it go on",
        form=ask.WhyForm,
        command=lambda _, told: do.UnlinkDuplicate(why=told["why"]),
    ),
    Act(
        action=Action.NOTE_DUPLICATE,
        title="Note a duplicate of this case",
        lead="Another application asks for the same. This case goes on.",
        button="Note it",
        form=ask.NoteOtherForm,
        command=lambda _, told: do.NoteDuplicate(other_case=told["other_case"].strip()),
    ),
    Act(
        action=Action.ADD_NOTE,
        title="Add a note",
        lead="A note stays inside the organization.",
        button="Add the note",
        form=ask.NoteForm,
        command=lambda _, told: do.AddNote(text=told["text"]),
    ),
    Act(
        action=Action.ASK_OFFICE,
        title="Ask the Administrative Director's office",
        lead="The office comes to a case only where something waits for it. What is asked for here does, "
        "until the office does anything in the case.",
        button="Ask the office",
        form=ask.OfficeForm,
        command=lambda _, told: do.AskOffice(what=told["what"].strip()),
    ),
    Act(
        action=Action.ASK_ABOUT_ELIGIBILITY,
        title="Ask a party for information",
        lead="The case waits for the answer. The party has five business days from the day on which it "
        "receives the request; after them the case can go on without an answer.",
        button="Ask",
        form=ask.AskForm,
        command=lambda _, told: do.AskAboutEligibility(of=CaseParty(told["of"]), what=_lines(told["what"])),
    ),
    Act(
        action=Action.DECIDE_ELIGIBILITY_ANEW,
        title="Decide eligibility anew",
        lead="The Administrative Director's office decides in the end, also after the assignment.",
        button="Decide anew",
        form=ask.AnewForm,
        command=_anew,
    ),
    Act(
        action=Action.RESOLVE_LIABILITY,
        title="Liability is resolved",
        lead="What was deferred is then looked at again.",
        button="Record it",
        form=ask.ResolvedForm,
        command=lambda _, told: do.ResolveLiability(resolved=Moment(told["resolved"])),
    ),
    Act(
        action=Action.END_DISPUTE,
        title="End a dispute",
        lead="The other treatments go on. With the last one the review ends.",
        button="End the dispute",
        form=ask.EndForm,
        command=_end,
    ),
    Act(
        action=Action.AUTHORIZE_IN_PART,
        title="Authorize a part",
        lead="What is left stays in dispute.",
        button="Record the authorization",
        form=ask.AuthorizeForm,
        command=_authorize,
    ),
    Act(
        action=Action.TERMINATE,
        title="Terminate the review",
        lead="The review ends without a determination. Every party is owed a notice. This cannot be taken "
        "back.",
        button="Terminate the review",
        form=ask.WhyForm,
        command=lambda _, told: do.Terminate(why=told["why"]),
    ),
    Act(
        action=Action.CONVERT_TO_EXPEDITED,
        title="Make it an expedited review",
        lead="A physician certified in writing that waiting threatens the employee's life, limb or health. "
        "The short clocks run from the certification.",
        button="Make it expedited",
        form=ask.ExpediteForm,
        command=_expedite,
    ),
)
