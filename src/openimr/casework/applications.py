"""Drafts, filing, corrections, duplicates, consolidation: what is asked of an application."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.commands_application import (
    ChangeParties,
    Consolidate,
    CorrectApplication,
    FileAgain,
    FileApplication,
    LinkDuplicate,
    LinkPayer,
    NoteDuplicate,
    SaveDraft,
    TakeInCase,
    UnlinkDuplicate,
)
from openimr.casework.events_application import (
    ApplicationCorrected,
    ApplicationFiled,
    ApplicationFiledAgain,
    ApplicationSaved,
    CaseTaken,
    CaseTakenIn,
    CaseTakenOver,
    ConsolidatedInto,
    DuplicateLinked,
    DuplicateNoted,
    DuplicateUnlinked,
    PartiesChanged,
    PayerLinked,
)
from openimr.casework.moments import moment_of
from openimr.casework.parts import DisputeStatus, FiledBy
from openimr.casework.refusals import Answer, Objection, answer, in_future, unless, unsaid
from openimr.casework.roles import Actor
from openimr.law.calendars import load_calendars
from openimr.law.duplicates import duplicate_grounds
from openimr.law.questions import Question
from openimr.law.rulebook import load_rulebook, programmes
from openimr.terms.case import Case, CaseDates, CaseReviewers, Closing
from openimr.terms.eligibility import Ground

# What an application states; every later date comes from an act.
_STATED = frozenset(
    "of_injury rfa rfa_received ur_decision ur_served imr_form_provided liability_resolved submitted "
    "application_received expedited_certified".split()
)
_LATER = tuple(f.name for f in fields(CaseDates) if f.name not in _STATED)
_PAPER = (FiledBy.MAIL, FiledBy.FAX)


def save_draft(state: CaseState | None, command: SaveDraft) -> Answer:
    """Return that a draft was saved. Nothing has to be complete; nothing is lost."""
    return answer(
        _wrong_number(state, command.case),
        lambda: (ApplicationSaved(case=command.case, step=command.step),),
    )


def file_application(state: CaseState | None, command: FileApplication, at: datetime) -> Answer:
    """Return that an application came in, submitted now where it came by wire."""
    case = command.case if command.filed_by in _PAPER else _submitted(command.case, at)
    return answer(
        (*_wrong_number(state, case), *_unfit(case, at)),
        lambda: (ApplicationFiled(case=case, filed_by=command.filed_by),),
    )


def correct_application(state: CaseState, command: CorrectApplication, at: datetime) -> Answer:
    """Return that an application was corrected; what later acts dated stays."""
    case = _with_later_acts(command.case, state.case)
    return answer(
        (
            *_wrong_number(state, case),
            *_unfit(case, at, later_allowed=True),
            _all_ended(state, case),
            unsaid(command.why, "the reason"),
        ),
        lambda: (ApplicationCorrected(case=case, why=command.why),),
    )


def file_again(state: CaseState, command: FileAgain, at: datetime) -> Answer:
    """Return that an application was filed again to cure a ground; whether in time, screening tells."""
    case = _with_later_acts(command.case, state.case)
    if case.dates.application_received in (None, state.case.dates.application_received):
        case = _submitted(replace(case, dates=replace(case.dates, submitted=None)), at)
    curable = {g.code for g in state.screening.grounds if g.is_curable} if state.screening else set()
    strange = sorted(set(command.cures) - curable)
    return answer(
        (
            *_wrong_number(state, case),
            *_unfit(case, at, later_allowed=True),
            _all_ended(state, case),
            unsaid(command.cures, "which ground is cured"),
            unless(
                not strange,
                f"{', '.join(strange)} was not found, or cannot be cured by filing again.",
                f"Curable are: {', '.join(sorted(curable))}.",
            ),
        ),
        lambda: (ApplicationFiledAgain(case=case, cures=command.cures),),
    )


def change_parties(state: CaseState, command: ChangeParties) -> Answer:
    """Return that the parties are others now."""
    return answer(
        (
            unsaid(command.why, "the reason"),
            unless(command.parties != state.case.parties, "the parties are the same.", "Change one."),
        ),
        lambda: (PartiesChanged(parties=command.parties, why=command.why),),
    )


def link_payer(state: CaseState, command: LinkPayer) -> Answer:
    """Return that it is known now which organization the payer is."""
    payer = state.case.parties.payer
    known = payer.id if payer is not None else None
    return answer(
        (
            unsaid(command.identifier, "the organization"),
            unsaid(command.why, "the reason"),
            unless(
                command.identifier != known, "it is that organization already.", "Nothing has to be done."
            ),
        ),
        lambda: (PayerLinked(identifier=command.identifier, why=command.why),),
    )


def link_duplicate(state: CaseState, command: LinkDuplicate) -> Answer:
    """Return that the application is a duplicate of another one."""
    return answer(
        (
            unsaid(command.of_case, "the other case"),
            unsaid(command.why, "the reason"),
            unless(command.of_case != state.case_number, "it is the same case.", "Name the other one."),
        ),
        lambda: (DuplicateLinked(of_case=command.of_case, why=command.why),),
    )


def unlink_duplicate(state: CaseState, command: UnlinkDuplicate) -> Answer:
    """Return that the application is no duplicate after all."""
    of_case = state.closed.goes_on_in if state.closed is not None else None
    return answer(
        (unsaid(command.why, "the reason"),),
        lambda: (DuplicateUnlinked(of_case=of_case or "", why=command.why),),
    )


def note_duplicate(state: CaseState, command: NoteDuplicate) -> Answer:
    """Return that another application is a duplicate of this one."""
    known = command.other_case in (*state.duplicates, state.case_number)
    return answer(
        (
            unsaid(command.other_case, "the other case"),
            unless(not known, "it is noted already, or is this case.", "Nothing has to be done."),
        ),
        lambda: (DuplicateNoted(other_case=command.other_case),),
    )


def consolidate(state: CaseState, command: Consolidate) -> Answer:
    """Return that the application is reviewed in the first case of its group.

    Source:
        8 CCR 9792.10.4(a).
    """
    cases = command.found.cases
    return answer(
        (
            unless(
                state.case_number in cases[1:],
                f"the group is {', '.join(cases)}.",
                "Ask it of a case of the group other than its first.",
            ),
        ),
        lambda: (ConsolidatedInto(lead_case=cases[0], because=command.found.because),),
    )


def take_in_case(state: CaseState, command: TakeInCase) -> Answer:
    """Return that the eligible disputes of another case are reviewed here.

    Source:
        8 CCR 9792.10.4(a).
    """
    cases, number = command.found.cases, command.other.case.number
    known = set(range(1, len(command.other.dispute) + 1))
    return answer(
        (
            unless(
                cases[:1] == (state.case_number,) and number in cases[1:],
                f"the group is {', '.join(cases)}, and the case to take in is {number}.",
                "Ask it of the first case of the group, for another case of it.",
            ),
            unless(number not in state.taken_in, f"case {number} was taken in.", "Nothing has to be done."),
            unless(
                bool(command.disputes) and set(command.disputes) <= known,
                f"case {number} has {len(known)} disputes.",
                "Name those of them that are eligible, by number from 1.",
            ),
        ),
        lambda: (
            CaseTakenIn(
                other=command.other,
                disputes=tuple(sorted(set(command.disputes))),
                because=command.found.because,
            ),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFound:
    """A case that asks for the same review, with what was found for each dispute."""

    other_case: str
    grounds: tuple[Ground, ...]


def duplicates(case: Case, others: Sequence[Case]) -> tuple[DuplicateFound, ...]:
    """Return the cases, decided or in flight, of which an application is a duplicate.

    Source:
        8 CCR 9792.10.3(a); the rule stands in the room of law.
    """
    rulebook = load_rulebook(case.case.programme)
    calendars = load_calendars(rulebook.calendars)
    found = []
    for other in others:
        question = Question(case=case, rulebook=rulebook, calendars=calendars, clocks={}, others=(other,))
        grounds = tuple(
            a
            for number, dispute in enumerate(case.dispute, 1)
            for a in duplicate_grounds(question, number, dispute)
            if isinstance(a, Ground) and a.code == "DUP"
        )
        if grounds:
            found.append(DuplicateFound(other_case=other.case.number, grounds=grounds))
    return tuple(found)


def _wrong_number(state: CaseState | None, case: Case) -> Iterator[Objection | None]:
    yield unsaid(case.case.number, "the number of the case")
    if state is not None:
        yield unless(
            case.case.number == state.case_number,
            f"the application bears the number {case.case.number}, the case {state.case_number}.",
            "A case keeps its number.",
        )


def _unfit(case: Case, at: datetime, *, later_allowed: bool = False) -> Iterator[Objection | None]:
    known = programmes()
    yield unless(
        case.case.programme in known,
        f"there is no programme {case.case.programme}.",
        f"Known programmes are: {', '.join(known)}.",
    )
    yield unless(bool(case.dispute), "it names no disputed treatment.", "Name at least one.")
    yield unless(
        case.dates.application_received is not None,
        "the day on which it was received is not stated.",
        "State the day stamped on the paper.",
    )
    yield in_future(case.dates.application_received, at, "the day of receipt")
    yield in_future(case.dates.submitted, at, "the day of submission")
    stated = [] if later_allowed else [name for name in _LATER if getattr(case.dates, name) is not None]
    yield unless(
        not stated,
        f"it states dates of later steps: {', '.join(stated)}.",
        "Leave them out: each is set by the act that it dates.",
    )


def _all_ended(state: CaseState, case: Case) -> Objection | None:
    ended = (DisputeStatus.WITHDRAWN, DisputeStatus.AUTHORIZED, DisputeStatus.SETTLED)
    same = [
        s.status in ended and state.case.dispute[s.number - 1].request == case.dispute[s.number - 1].request
        for s in state.standings[: len(case.dispute)]
    ]
    left = len(case.dispute) > len(same) or not all(same)
    return unless(left, "every dispute that it names has ended.", "Name one that is still in dispute.")


def _submitted(case: Case, at: datetime) -> Case:
    now = moment_of(at)
    dates = replace(case.dates, submitted=case.dates.submitted or now, application_received=now)
    return replace(case, dates=dates)


def _with_later_acts(case: Case, known: Case) -> Case:
    """Return an application with the dates and services that later acts left in the case."""
    later = {name: getattr(known.dates, name) for name in _LATER}
    later["expedited_certified"] = case.dates.expedited_certified or known.dates.expedited_certified
    later["liability_resolved"] = case.dates.liability_resolved or known.dates.liability_resolved
    dates = replace(case.dates, **later)
    service = replace(case.service, noarfi=known.service.noarfi, determination=known.service.determination)
    return replace(
        case,
        case=replace(case.case, programme=known.case.programme),
        dates=dates,
        service=service,
        closing=Closing(),
        reviewers=CaseReviewers(count=case.reviewers.count, earlier=known.reviewers.earlier),
    )


def take_case(state: CaseState, note: str | None, by: Actor) -> Answer:
    """Return that somebody took the case in hand for a role in which nobody else has it."""
    other = _has_it(state, by)
    return answer(
        (
            unless(
                other is None,
                "somebody else of the same role has it in hand.",
                "Take it over with a reason.",
            ),
        ),
        lambda: (CaseTaken(note=note),),
    )


def take_over_case(state: CaseState, why: str, by: Actor) -> Answer:
    """Return that somebody took the case over, or came to it though it waits for others; with the reason."""
    return answer(
        (unsaid(why, "the reason"),),
        lambda: (CaseTakenOver(why=why, of=_has_it(state, by)),),
    )


def _has_it(state: CaseState, by: Actor) -> str | None:
    """Return who else has a case in hand in the role of somebody."""
    return next((h.id for h in state.in_hand if h.role is by.role and h.id != by.id), None)
