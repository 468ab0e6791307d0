"""Screening and deciding eligibility: every reason at once, exemptions with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openimr.casework.case_state import CaseState
from openimr.casework.commands_application import (
    DecideEligibility,
    DecideEligibilityAnew,
    DisputeDecision,
    ScreenApplication,
)
from openimr.casework.events_application import (
    ApplicationScreened,
    EligibilityDecided,
    EligibilityDecidedAnew,
)
from openimr.casework.parts import DisputeStanding, DisputeStatus, Exemption
from openimr.casework.refusals import Answer, Objection, answer, unless, unsaid
from openimr.casework.roles import Actor, Role
from openimr.law.eligibility import check_eligibility
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case
from openimr.terms.eligibility import Decider, Ground, GroundOutcome

_DECIDABLE = (DisputeStatus.ELIGIBLE, DisputeStatus.INELIGIBLE, DisputeStatus.DEFERRED)
# In which roles the one whom the law names can say that a ground does not count.
_MAY_EXEMPT = {
    Decider.ADMINISTRATIVE_DIRECTOR: (Role.ADMINISTRATIVE_DIRECTOR,),
    Decider.REVIEW_ORGANIZATION: (
        Role.CASE_MANAGER,
        Role.MEDICAL_DIRECTOR,
        Role.ADMINISTRATIVE_DIRECTOR,
    ),
    Decider.APPEALS_BOARD: (),
    Decider.REVIEWER: (),
}


def screening(case: Case, others: Sequence[Case] = ()) -> ScreenApplication:
    """Return the command that records every ground against a case, duplicates in flight included.

    Args:
        case: The case as it stands.
        others: Other cases of the organization, decided or in flight.

    Raises:
        LawError: No grounds are encoded for the programme: a person lists them.
    """
    found = check_eligibility(case, load_rulebook(case.case.programme), others)
    return ScreenApplication(found=found, compared_with=tuple(o.case.number for o in others))


def grounds_of(state: CaseState, dispute: int, exemptions: Sequence[Exemption] = ()) -> tuple[Ground, ...]:
    """Return the grounds against one dispute (numbered from 1) that no exemption sets aside."""
    if state.screening is None:
        return ()
    exempt = {(e.code, e.dispute) for e in (*state.exemptions, *exemptions)}
    return tuple(
        g
        for g in state.screening.grounds
        if g.dispute in (None, dispute)
        and not {(g.code, g.dispute), (g.code, dispute), (g.code, None)} & exempt
    )


def screen_application(state: CaseState, command: ScreenApplication) -> Answer:
    """Return that every ground was looked for."""
    known = len(state.case.dispute)
    named = {g.dispute for g in command.found.grounds if g.dispute is not None} | set(command.found.eligible)
    return answer(
        (
            unless(
                all(1 <= n <= known for n in named),
                f"it names a dispute that the case does not have; it has {known}.",
                "Screen the application as it now stands.",
            ),
        ),
        lambda: (ApplicationScreened(found=command.found, compared_with=command.compared_with),),
    )


def decide_eligibility(state: CaseState, command: DecideEligibility, by: Actor) -> Answer:
    """Return what is eligible, ineligible and deferred, each with all its reasons.

    Source:
        8 CCR 9792.10.3; Lab. Code 4610.5(k): in whole or in part, with reasons.
    """
    undecided = {s.number for s in state.standings if s.status is DisputeStatus.OPEN}
    named = [d.dispute for d in command.decisions]
    objections = [
        unless(
            sorted(named) == sorted(undecided),
            f"the disputes to be decided are {_numbers(undecided)}; the decision names {_numbers(named)}.",
            "Decide each of them once.",
        ),
        *(_wrong_exemption(state, e, by) for e in command.exemptions),
    ]
    for decision in command.decisions:
        objections.extend(_wrong_decision(state, decision, command.exemptions))
    return answer(
        objections,
        lambda: (
            EligibilityDecided(
                standings=tuple(_standing(state, d, command.exemptions) for d in command.decisions),
                exemptions=command.exemptions,
            ),
        ),
    )


def decide_eligibility_anew(state: CaseState, command: DecideEligibilityAnew) -> Answer:
    """Return what is eligible after the administrative director decided again.

    Source:
        8 CCR 9792.10.3(f), recalled: eligibility can be decided again after the assignment.
    """
    can = {s.number: s.status for s in state.standings if s.status in _DECIDABLE}
    named = [d.dispute for d in command.decisions]
    objections = [
        unsaid(command.why, "the reason"),
        unless(
            bool(named) and len(set(named)) == len(named) and set(named) <= set(can),
            f"decided disputes are {_numbers(can)}; the decision names {_numbers(named)}.",
            "Name some of them, each once.",
        ),
        unless(
            any(can.get(d.dispute) is not d.status for d in command.decisions),
            "nothing would change.",
            "Name what shall change.",
        ),
    ]
    for decision in command.decisions:
        objections.append(_wrong_status(decision))
        objections.append(_seen_before_a_view(state, decision))
    return answer(
        objections,
        lambda: (
            EligibilityDecidedAnew(
                standings=tuple(
                    DisputeStanding(number=d.dispute, status=d.status, why=d.why or command.why)
                    for d in command.decisions
                ),
                why=command.why,
            ),
        ),
    )


def _standing(
    state: CaseState, decision: DisputeDecision, exemptions: Sequence[Exemption]
) -> DisputeStanding:
    grounds = grounds_of(state, decision.dispute, exemptions)
    eligible = decision.status is DisputeStatus.ELIGIBLE
    said = [decision.why] if decision.why else [] if eligible else [g.found for g in grounds]
    return DisputeStanding(
        number=decision.dispute,
        status=decision.status,
        codes=() if eligible else tuple(dict.fromkeys(g.code for g in grounds)),
        why=" ".join(said) or None,
    )


def _wrong_status(decision: DisputeDecision) -> Objection | None:
    return unless(
        decision.status in _DECIDABLE,
        f"dispute {decision.dispute} is called {decision.status.value}.",
        "A dispute is found eligible, ineligible or deferred.",
    )


def _wrong_decision(
    state: CaseState, decision: DisputeDecision, exemptions: Sequence[Exemption]
) -> Iterator[Objection | None]:
    number = decision.dispute
    yield _wrong_status(decision)
    yield _seen_before_a_view(state, decision)
    grounds = grounds_of(state, number, exemptions)
    if decision.status is DisputeStatus.ELIGIBLE:
        for ground in grounds:
            yield Objection(
                found=f"{ground.code} stands against dispute {number}: {ground.found}",
                remedy="Find the dispute ineligible, or exempt it from the ground with the reason.",
            )
        return
    deferring = [g for g in grounds if g.outcome is GroundOutcome.DEFERRED]
    others = [g for g in grounds if g.outcome is not GroundOutcome.DEFERRED]
    if decision.status is DisputeStatus.DEFERRED:
        yield unless(
            bool(deferring) or bool(decision.why),
            f"no ground was found that would defer dispute {number}.",
            "State the reason, or find it eligible or ineligible.",
        )
    elif decision.status is DisputeStatus.INELIGIBLE:
        yield unless(
            bool(others) or bool(decision.why),
            f"no ground stands against dispute {number}, or only one that defers it.",
            "State the reason, or find it eligible or deferred.",
        )


def _seen_before_a_view(state: CaseState, decision: DisputeDecision) -> Objection | None:
    """Return an objection where a reviewer has the draft open and no view of what would become eligible."""
    if decision.status is not DisputeStatus.ELIGIBLE:
        return None
    seen = [
        seat.reviewer
        for seat in state.seats
        if seat.draft_opened_at is not None and decision.dispute not in {v.dispute for v in seat.views}
    ]
    return unless(
        not seen,
        f"a reviewer opened the draft without a view of dispute {decision.dispute}.",
        "Replace the reviewer first.",
    )


def _wrong_exemption(state: CaseState, exemption: Exemption, by: Actor) -> Objection | None:
    found = state.screening.grounds if state.screening is not None else ()
    ground = next(
        (g for g in found if g.code == exemption.code and exemption.dispute in (None, g.dispute)), None
    ) or next((g for g in found if g.code == exemption.code and g.dispute is None), None)
    if ground is None:
        return Objection(
            found=f"{exemption.code} was not found there, so that nothing is to be exempted.",
            remedy="Name a ground that was found, with its dispute.",
        )
    if not exemption.reason.strip():
        return unsaid(exemption.reason, f"the reason for the exemption from {exemption.code}")
    may = _MAY_EXEMPT[ground.decided_by]
    return unless(
        by.role in may,
        f"{exemption.code} is decided by the {ground.decided_by.value.replace('_', ' ')} "
        f"({ground.citation}).",
        "Ask for the decision of: " + (", ".join(r.value.replace("_", " ") for r in may) or "nobody here"),
    )


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "none"
