"""The grounds against an application as a page shows them: what, why, by which source, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded
from openimr.casework.events_application import (
    ApplicationCorrected,
    ApplicationFiled,
    ApplicationFiledAgain,
)
from openimr.casework.moments import day_of
from openimr.casework.parts import DisputeStanding, Exemption
from openimr.desk.application_forms import ACTION_WORDS, SERVICE_WORDS
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import CaseDates, CaseDispute
from openimr.terms.eligibility import Deadline, Ground, GroundOutcome
from openimr.terms.places import Verified

CODE_WORDS: Mapping[str, str] = {
    "NOSIG": "Not signed",
    "LATE": "Late",
    "NOUR": "Decision not attached",
    "CNC": "Conditional denial",
    "DUP": "Duplicate",
    "PRIOR": "Determined before",
    "LIAB": "Liability disputed",
    "NOTUR": "No decision on necessity",
    "PREEFF": "Before the law was in force",
    "NOPARTY": "Filed by somebody who may not",
    "AUTH": "Authorized",
    "EXEMPT": "May need no authorization",
    "WCABUR": "Review was not in time",
}
OUTCOME_WORDS = {
    GroundOutcome.INELIGIBLE: "makes it ineligible",
    GroundOutcome.DEFERRED: "defers it",
    GroundOutcome.TERMINATED: "ends it",
    GroundOutcome.DUPLICATE: "closes it as a duplicate",
    GroundOutcome.ASK_A_PERSON: "a person has to decide",
    GroundOutcome.ALERT: "does not stop it",
}
# the dates of an application that eligibility rests on, and what they are called
DATE_WORDS = {
    "of_injury": "Injury",
    "rfa": "Request for authorization",
    "rfa_received": "Request received",
    "ur_decision": "Decision of utilization review",
    "ur_served": "Decision served",
    "imr_form_provided": "Application form provided",
    "liability_resolved": "Liability resolved",
    "submitted": "Application submitted",
    "application_received": "Application received",
    "expedited_certified": "Threat certified",
}
_FILINGS = ApplicationFiled | ApplicationCorrected | ApplicationFiledAgain


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGround:
    """One ground: its words, its source, its cure with the last day, and an exemption if there is one."""

    ground: Ground
    title: str
    comes_to: str
    source: str
    is_recalled: bool
    cure_is_late: bool
    exemption: Exemption | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDispute:
    """One dispute with where it stands and every ground against it alone."""

    number: int
    dispute: CaseDispute
    standing: DisputeStanding
    decided: str
    grounds: tuple[ShownGround, ...]


def whole(state: CaseState, day: date) -> tuple[ShownGround, ...]:
    """Return the grounds against the whole application."""
    return _shown(state, (g for g in _grounds(state) if g.dispute is None), day)


def alerts(state: CaseState, day: date) -> tuple[ShownGround, ...]:
    """Return what is worth knowing and stops nothing."""
    return _shown(state, state.screening.alerts if state.screening else (), day)


def by_dispute(state: CaseState, day: date) -> tuple[ShownDispute, ...]:
    """Return every dispute with the grounds against it."""
    return tuple(
        ShownDispute(
            number=standing.number,
            dispute=dispute,
            standing=standing,
            decided=ACTION_WORDS[dispute.ur_action] if dispute.ur_action else "Decision not stated",
            grounds=_shown(state, (g for g in _grounds(state) if g.dispute == standing.number), day),
        )
        for standing, dispute in zip(state.standings, state.case.dispute, strict=False)
    )


def _grounds(state: CaseState) -> tuple[Ground, ...]:
    return state.screening.grounds if state.screening is not None else ()


def _shown(state: CaseState, grounds: Iterable[Ground], day: date) -> tuple[ShownGround, ...]:
    exempt = {(e.code, e.dispute): e for e in state.exemptions}
    return tuple(
        ShownGround(
            ground=ground,
            title=CODE_WORDS.get(ground.code, ground.code),
            comes_to=OUTCOME_WORDS[ground.outcome],
            source=source_words(ground.verified),
            is_recalled=ground.verified.how.value == "recalled",
            cure_is_late=ground.cure_by is not None and ground.cure_by < day,
            exemption=exempt.get((ground.code, ground.dispute)) or exempt.get((ground.code, None)),
        )
        for ground in grounds
    )


def source_words(verified: Verified) -> str:
    """Return how sure a citation is: seen in which source and when, or only recalled."""
    how = verified.how.value.replace("_", " ")
    where = f" in {verified.source}" if verified.source else ""
    when = f", {verified.on.isoformat()}" if verified.on else ""
    return f"{how}{where}{when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDate:
    """One date that eligibility rests on, and where it comes from."""

    words: str
    day: date | None
    source: str


def dates(state: CaseState, log: Iterable[Recorded]) -> tuple[ShownDate, ...]:
    """Return the dates that eligibility rests on, each with the filing or correction that stated it."""
    sources = _sources(log)
    found = []
    for name, words in DATE_WORDS.items():
        value = getattr(state.case.dates, name)
        day = value if value is None or isinstance(value, date) else value.on
        source = sources.get(name, "a later act") if day is not None else "not stated"
        found.append(ShownDate(words=words, day=day, source=source))
    return tuple(found)


def service_words(state: CaseState) -> str:
    """Return how the decision was served."""
    way = state.case.service.ur
    return SERVICE_WORDS[way] if way is not None else ""


def _sources(log: Iterable[Recorded]) -> dict[str, str]:
    """Return for each date which filing or correction stated it as it now is."""
    found: dict[str, str] = {}
    before: dict[str, object] = {}
    for one in log:
        if not isinstance(one.event, _FILINGS):
            continue
        for field in fields(CaseDates):
            value = getattr(one.event.case.dates, field.name)
            if value is not None and before.get(field.name) != value:
                found[field.name] = _filing_words(one)
            before[field.name] = value
    return found


def _filing_words(one: Recorded) -> str:
    on = day_of(one.at).isoformat()
    if isinstance(one.event, ApplicationCorrected):
        return f"corrected on {on}: {one.event.why}"
    return f"application {'filed again' if isinstance(one.event, ApplicationFiledAgain) else 'filed'} on {on}"


def filing_clocks(state: CaseState) -> tuple[Deadline, ...]:
    """Return the clocks of filing and of the decision on eligibility."""
    found = deadlines(state.case, load_rulebook(state.case.case.programme))
    # that of an answer to a request stands with the request
    return tuple(clock for clock in found if clock.ref[0] in "AE" and clock.ref != "E1")
