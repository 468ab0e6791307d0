"""Where a case stands, in plain words, for the person whose care it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openimr.casework.action_names import Action
from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty, DisputeStatus, PaperKind
from openimr.casework.stages import Stage, stage_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: one short line, what it means, and what comes next."""

    short: str
    means: str
    then: str


_UNDER_REVIEW = Standing(
    "A doctor is looking at your case",
    "A doctor who does not work for the insurance company reads your records.",
    "The doctor decides if the care is needed. Then we send you a letter.",
)
STANDINGS: Mapping[Stage, Standing] = {
    Stage.DRAFT: Standing("Not sent yet", "You began to write it.", "Finish it and send it to us."),
    Stage.SCREENING: Standing(
        "We are checking your papers",
        "We have your form. We check if your case can be reviewed.",
        "We will tell you by letter if it can.",
    ),
    Stage.INFORMATION: Standing(
        "We asked for more papers",
        "Something is missing that we need to check your case.",
        "When it is here, we go on.",
    ),
    Stage.INELIGIBLE: Standing(
        "It cannot be reviewed as it is",
        "The reasons are below, and in the letter that we send you.",
        "Look at the reasons. Some of them can be fixed in time.",
    ),
    Stage.DEFERRED: Standing(
        "It has to wait",
        "The claims office says that it does not have to pay for this injury.",
        "That must be settled first. Then the review can start.",
    ),
    Stage.DUPLICATE: Standing(
        "You asked for this before",
        "There is another case for the same care.",
        "We go on with the other case. You do not have to do anything.",
    ),
    Stage.CONSOLIDATED: Standing(
        "It was put together with another case",
        "One doctor will look at both cases.",
        "You get one letter for both.",
    ),
    Stage.NOTICE: Standing(
        "Your case can be reviewed",
        "We checked your papers. They are fine.",
        "We ask the claims office for your records.",
    ),
    Stage.RECORDS: Standing(
        "We wait for your records",
        "We asked the claims office for your medical records.",
        "You can send records too. Then a doctor reads them all.",
    ),
    Stage.UNDECIDABLE: Standing(
        "Records are missing",
        "No doctor can decide with the papers that we have.",
        "Please send us your records if you have some.",
    ),
    Stage.SERVICE: Standing(
        "The doctor has decided",
        "The letter with the answer is on its way.",
        "You will find the answer in the letter.",
    ),
    Stage.SERVED: Standing(
        "The doctor has decided",
        "We sent you the letter with the answer.",
        "If you do not agree, read the last page of the letter. It says what you can do.",
    ),
    Stage.APPEAL: Standing(
        "Someone did not agree with the answer",
        "The appeals board now looks at it.",
        "We will tell you what the board says.",
    ),
    Stage.REMAND: Standing(
        "It will be reviewed again",
        "The appeals board did not let the answer stand.",
        "Another doctor will look at your case.",
    ),
    Stage.TERMINATED: Standing(
        "The review has ended",
        "Nothing is left to be reviewed.",
        "The reason is in the letter that we send you.",
    ),
    Stage.SENT_ELSEWHERE: Standing(
        "Another office has your case",
        "We gave your case to another office for review.",
        "That office will write to you.",
    ),
}
DISPUTES: Mapping[DisputeStatus, str] = {
    DisputeStatus.OPEN: "We check if it can be reviewed.",
    DisputeStatus.ELIGIBLE: "It is being reviewed.",
    DisputeStatus.INELIGIBLE: "It cannot be reviewed.",
    DisputeStatus.DEFERRED: "It has to wait.",
    DisputeStatus.WITHDRAWN: "You took it back.",
    DisputeStatus.AUTHORIZED: "The claims office now says yes to it.",
    DisputeStatus.SETTLED: "It was settled.",
}
# The law's reasons, said plainly; what has no line here is told in the words of the rule.
REASONS: Mapping[str, str] = {
    "NOSIG": "The form is not signed, or not by someone who may sign it.",
    "LATE": "The form came after the last day.",
    "NOUR": "The letter that said no was not with the form.",
    "CNC": "They said no because papers were missing. Ask your doctor to send those papers to them.",
    "DUP": "You asked for the same review before.",
    "PRIOR": "There was a review of the same care before, and its answer still counts.",
    "LIAB": "The claims office says that it does not have to pay for this injury.",
    "NOTUR": "No doctor of the claims office has decided about the care yet.",
    "PREEFF": "The injury and the letter are too old for this kind of review.",
    "NOPARTY": "The person who sent the form may not ask for a review.",
    "AUTH": "The claims office now says yes to the care.",
    "EXEMPT": "A person has to check if this care needed their yes at all.",
}
CURES: Mapping[str, str] = {
    "NOSIG": "Sign the form and send it again.",
    "NOUR": "Send the form again, with the letter that said no.",
    "NOPARTY": "Send the form again and sign it yourself.",
}
PAPERS: Mapping[PaperKind, str] = {
    PaperKind.INFORMATION_REQUEST: "A letter that asks for papers",
    PaperKind.DUPLICATE: "A letter that there is another case",
    PaperKind.CONSOLIDATION: "A letter that two cases were put together",
    PaperKind.INELIGIBILITY: "A letter that it cannot be reviewed, and why",
    PaperKind.DEFERRAL: "A letter that the review has to wait",
    PaperKind.ASSIGNMENT: "A letter that your case will be reviewed",
    PaperKind.RECORDS_CHASE: "A letter that asks for records again",
    PaperKind.CONVERSION: "A letter that the review is now a fast one",
    PaperKind.TERMINATION: "A letter that the review has ended",
    PaperKind.DETERMINATION: "The letter with the answer",
    PaperKind.CORRECTED_DETERMINATION: "The letter with the answer, corrected",
    PaperKind.REMAND: "A letter that it will be reviewed again",
}
DOINGS: Mapping[Action, str] = {
    Action.ANSWER_INFORMATION: "Answer our question",
    Action.FILE_AGAIN: "Fix it and send it again",
    Action.RECEIVE_RECORDS: "Send us records",
    Action.END_DISPUTE: "Take something back",
    Action.RESOLVE_LIABILITY: "Tell us that they now agree to pay for the injury",
}


def standing_of(state: CaseState) -> Standing:
    """Return where a case stands, in plain words."""
    return STANDINGS.get(stage_of(state), _UNDER_REVIEW)


def short_of(stage: str) -> str:
    """Return where a case stands in one short line."""
    return STANDINGS.get(Stage(stage), _UNDER_REVIEW).short


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One treatment: its words, where it stands, and the reasons for it."""

    request: str
    said: str
    reasons: tuple[str, ...]


def lines_of(state: CaseState) -> Iterator[Line]:
    """Yield every treatment of a case with where it stands."""
    for standing, dispute in zip(state.standings, state.case.dispute, strict=False):
        reasons = tuple(REASONS.get(code, code) for code in standing.codes)
        cures = tuple(CURES[code] for code in standing.codes if code in CURES)
        yield Line(request=dispute.request, said=DISPUTES[standing.status], reasons=(*reasons, *cures))


def missing_of(state: CaseState) -> Iterator[str]:
    """Yield what stands in the way now and can be fixed: the reason, what to do, and the last day for it."""
    found = state.screening.grounds if state.screening is not None else ()
    for ground in {g.code: g for g in found if g.is_curable and g.code in CURES}.values():
        by = ground.cure_by
        last = f" The last day is {by:%B} {by.day}, {by.year}." if by is not None else ""
        yield f"{REASONS[ground.code]} {CURES[ground.code]}{last}"


def letters_of(state: CaseState) -> Iterator[str]:
    """Yield what was sent to the employee, with the day of each."""
    for paper in state.papers:
        for served in paper.served:
            if served.party in (CaseParty.EMPLOYEE, CaseParty.ATTORNEY) and paper.kind in PAPERS:
                on = served.sent.on
                yield f"{PAPERS[paper.kind]}, sent on {on:%B} {on.day}, {on.year}"
