"""Questions about the plan: its goals, the taper of a drug, who supervises.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record.
"""

from __future__ import annotations

from datetime import date

from openimr.guidelines.about_reasons import present, reasons_that_hold
from openimr.guidelines.answer import (
    Answer,
    Asked,
    Question,
    facts_of,
    is_so,
    is_told,
    silent,
    since_last,
    told,
    yes,
)
from openimr.terms.facts import Assertion, Fact, FactKind

_DAYS_IN_MONTH = 30.44
_NEAR, _FAR, _BOTH = "near goals", "far goals", "near and far goals"
_GOALS = ("goals of function", "goals of treatment", _NEAR, _FAR, _BOTH, "goal of work")
_SCHEDULE = ("schedule for a taper", "rate of a taper")


def near_and_far_goals(asked: Asked) -> Answer:
    """Return whether the plan names near and far goals: both words, together or apart."""
    both = told(asked, _BOTH)
    near, far = told(asked, _NEAR), told(asked, _FAR)
    found = both or ([*near, *far] if near and far else [])
    if not found:
        return silent("near and far goals of the treatment")
    return yes("The plan names near and far goals.", found)


def taper_rate(asked: Asked) -> Answer:
    """Return by how many percent a week the dose is to fall, by the latest plan."""
    rates = [f for f in told(asked, "rate of a taper") if f.value is not None]
    if not rates:
        return silent("by how much at a time the dose is to fall")
    last = max(rates, key=lambda f: f.dated or date.min)
    return Answer(
        value=last.value,
        because=f"The plan lowers the dose by {last.value:g} percent a week.",
        places=(last.seen_at,),
    )


def taper_attempt(asked: Asked) -> Answer:
    """Return how many months ago the last attempt at a taper that is recorded was."""
    attempts = told(asked, "attempt to taper")
    return since_last(asked, attempts, _DAYS_IN_MONTH, "months", "when a taper was last attempted")


def abrupt_stop(asked: Asked) -> Answer:
    """Return whether the drug is stopped at once; a taper in request or plan says that it is not."""
    stops = [
        f for f in facts_of(asked, FactKind.CIRCUMSTANCE, "stop at once") if f.assertion is Assertion.PRESENT
    ]
    tapers = told(asked, *_SCHEDULE)
    if "weaning" in asked.treatment.qualifiers and not stops:
        return Answer(value=False, because="The request is for weaning.")
    if stops and not tapers:
        return yes("The record says that the drug is stopped at once.", stops)
    if tapers and not stops:
        return Answer(
            value=False,
            because="The record holds a plan for a taper.",
            places=tuple(f.seen_at for f in tapers),
        )
    return silent("without contradiction whether the drug is stopped at once")


def taper_reason(asked: Asked) -> Answer:
    """Return the reasons to taper that the record shows, of those the guideline names."""
    no_function = _denied(asked, "functional improvement")
    no_relief = _denied(asked, "pain relief")
    return reasons_that_hold(
        {
            "patient wish": told(asked, "wish to stop"),
            "pain resolved": told(asked, "pain resolved"),
            "no improvement in pain and function": [*no_function, *no_relief]
            if no_function and no_relief
            else [],
            "non-adherence": present(asked, FactKind.CIRCUMSTANCE, ("breach of the agreement",)),
            "illegal or dangerous activity": present(asked, FactKind.RISK, ("drug misuse",)),
            "severe adverse effect or overdose": present(asked, FactKind.RISK, ("overdose",)),
        },
        "a reason of the guideline to taper",
    )


def _denied(asked: Asked, name: str) -> list[Fact]:
    found = facts_of(asked, FactKind.FUNCTION, name)
    return [f for f in found if f.assertion is Assertion.ABSENT]


QUESTIONS: dict[str, Question] = {
    "plan.functional_goals_stated": is_told(*_GOALS, what="goals of the treatment"),
    "plan.short_and_long_goals": near_and_far_goals,
    "plan.return_to_work_goal": is_told("goal of work", what="whether work is the goal"),
    "plan.taper_plan": is_told(*_SCHEDULE, what="a schedule for a taper"),
    "plan.taper_pct_per_week": taper_rate,
    "plan.taper_attempt_within_months": taper_attempt,
    "plan.physician_supervised": is_told("supervised by a physician", what="whether a physician supervises"),
    "plan.professional_monitoring": is_told(
        "watched by professionals", what="whether professionals watch over it"
    ),
    "request.abrupt_stop": abrupt_stop,
    "case.taper_indication": taper_reason,
    "doc.baseline_functional_evaluation": is_told(
        "baseline of function", "baseline of pain and function", what="a baseline of function"
    ),
    "case.motivated_forgoes_secondary_gain": is_told("motivated", what="whether the patient is motivated"),
    "case.significant_loss_of_independence": is_told(
        "loss of independence", what="whether the patient can live without help"
    ),
    "case.previous_methods_failed_no_options": is_told(
        "nothing else left", what="whether anything else is left to try"
    ),
    "doc.psychological_clearance": is_told(
        "cleared by psychology", what="whether a psychologist cleared the patient"
    ),
    "case.failed_rtw_or_conflicting_reports": is_told(
        "failed return to work",
        "conflicting reports",
        what="whether a return to work failed or reports conflict",
    ),
    "case.surgery_complex": is_told("complex operation", what="whether the operation is complex"),
    "tx.therapy_plateau": is_told("plateau of therapy", what="whether therapy stood still"),
    "outcome.treatment_dependency_reduced": is_so(
        FactKind.CIRCUMSTANCE, ("less dependent on treatment",), "whether the patient depends less on care"
    ),
}
