"""Questions about how an opioid, or another drug, is given: by whom, how little, watched how, begun how.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record and the words of
    the request.
"""

from __future__ import annotations

from datetime import date

from openimr.guidelines.about_drugs import class_words, duration_of_use
from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    Question,
    class_of,
    facts_of,
    has_failed,
    is_opioid_request,
    is_told,
    pain_relief,
    places_of,
    recorded,
    requested_drugs,
    silent,
    since_last,
    told,
    uses_of,
    yes,
)
from openimr.guidelines.members import drug_of
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.terms.period import Unit

_DAYS_IN_MONTH = 30.44
# What tells how a patient does: measures, and statements on daily life.
_FUNCTION = (
    "functional improvement",
    "functional decline",
    "improvement in activities of daily living",
    "limitation of activities of daily living",
)
_SHORT_ACTING = "short-acting"


def one_source(asked: Asked) -> Answer:
    """Return whether prescriptions come from one prescriber and one pharmacy; several of either say no."""
    several = [
        f
        for f in facts_of(asked, FactKind.CIRCUMSTANCE, "several prescribers", "several pharmacies")
        if f.assertion is Assertion.PRESENT
    ]
    prescriber, pharmacy = told(asked, "one prescriber"), told(asked, "one pharmacy")
    if several and not (prescriber and pharmacy):
        because = f"The record speaks of {several[0].name}."
        return Answer(value=False, because=because, places=places_of(several))
    if prescriber and pharmacy and not several:
        return yes("The record names one prescriber and one pharmacy.", [*prescriber, *pharmacy])
    return silent("without contradiction whether prescriptions come from one prescriber and one pharmacy")


def lowest_dose_shortest_time(asked: Asked) -> Answer:
    """Return whether the record says that the lowest dose is given for the shortest time."""
    dose, time = told(asked, "lowest effective dose"), told(asked, "shortest time")
    if not dose or not time:
        return silent("whether it is the lowest dose for the shortest time")
    return yes("The record says so.", [*dose, *time])


def _pain(asked: Asked) -> list[Fact]:
    scores = [f for f in facts_of(asked, FactKind.PAIN_SCORE) if f.assertion is Assertion.PRESENT]
    return scores + pain_relief(asked)


def analgesia_recorded(asked: Asked) -> Answer:
    """Return whether relief is recorded: in words, or as scores with and without medication of one day."""
    stated = pain_relief(asked, SAID | {Assertion.ABSENT})
    if stated:
        return yes(recorded(stated), stated)
    of_day: dict[date | None, dict[str, Fact]] = {}
    for score in (f for f in facts_of(asked, FactKind.PAIN_SCORE) if f.assertion is Assertion.PRESENT):
        if taken := dict(score.detail).get("medication"):
            of_day.setdefault(score.dated, {}).setdefault(taken, score)
    pairs = [(on, scores) for on, scores in of_day.items() if len(scores) > 1]
    if not pairs:
        return silent("how much the medication relieves pain")
    on, last = max(pairs, key=lambda pair: pair[0] or date.min)
    when = f" on {on}" if on else ""
    because = (
        f"The record gives pain of {last['without'].value:g}/10 without medication and "
        f"{last['with'].value:g}/10 with it{when}."
    )
    return yes(because, [last["without"], last["with"]])


_CHECKS = ("urine drug test", "CURES report", "opioid agreement")


def behaviour_assessed(asked: Asked) -> Answer:
    """Return whether drug-taking behaviour was assessed: told of, or checked; a check not done is none."""
    told_of = facts_of(asked, FactKind.RISK, "aberrant behavior", "drug misuse")
    found = [f for f in told_of if f.assertion in (*SAID, Assertion.ABSENT)]
    found += [f for f in facts_of(asked, FactKind.RISK, *_CHECKS) if f.assertion in SAID]
    if not found:
        return silent("whether drug-taking behaviour was assessed")
    return yes(recorded(found), found)


def adverse_effects_recorded(asked: Asked) -> Answer:
    """Return whether adverse effects, or that there are none, are recorded; an allergy on file is none."""
    said = (*SAID, Assertion.ABSENT)
    found = [
        f for f in facts_of(asked, FactKind.ADVERSE_EFFECT) if f.assertion in said and f.name != "allergy"
    ]
    if not found:
        return silent("whether there are adverse effects")
    return yes(recorded(found), found)


def _function(asked: Asked) -> list[Fact]:
    """Return what the record tells of function, better or worse or measured."""
    stated = [
        f
        for f in facts_of(asked, FactKind.FUNCTION)
        if f.assertion in (*SAID, Assertion.ABSENT)
        and (f.name in _FUNCTION or f.name.startswith("limited tolerance"))
    ]
    return stated + told(asked, "measure of function", "baseline of function")


def _first_use(asked: Asked) -> date | None:
    return min((u.first_seen for u in uses_of(asked) if u.first_seen), default=None)


def _upto(facts: list[Fact], day: date | None) -> list[Fact]:
    return [f for f in facts if f.dated and day and f.dated <= day]


def _behind(facts: list[Fact], day: date | None) -> list[Fact]:
    return [f for f in facts if f.dated and day and f.dated > day]


def baseline(asked: Asked) -> Answer:
    """Return whether pain and function are recorded before the drug, or before its first recorded use."""
    if stated := told(asked, "baseline of pain and function"):
        return yes("The record speaks of a baseline of pain and function.", stated)
    day = _first_use(asked) or asked.judged_on
    pain, function = _upto(_pain(asked), day), _upto(_function(asked), day)
    if not pain or not function:
        return silent("pain and function before the start")
    because = f"Pain and function are recorded up to {day}, before any recorded use."
    return yes(because, [pain[0], function[0]])


def compared_with_baseline(asked: Asked) -> Answer:
    """Return whether pain and function are compared with a baseline: told, or recorded before and after."""
    if stated := told(asked, "comparison with the baseline"):
        return yes("The record compares with the baseline.", stated)
    day = _first_use(asked)
    pain, function = _pain(asked), _function(asked)
    before = (_upto(pain, day), _upto(function, day))
    after = (_behind(pain, day), _behind(function, day))
    if not all((*before, *after)):
        return silent("pain and function beside their baseline")
    because = f"Pain and function are recorded up to {day}, the first recorded use, and later."
    return yes(because, [rows[0] for rows in (*before, *after)])


def recorded_under_the_drug(asked: Asked) -> Answer:
    """Return whether pain and function under the drug are recorded, where the drug is shown in use."""
    responses = [
        f
        for f in facts_of(asked, FactKind.MEDICATION, *requested_drugs(asked))
        if f.assertion in SAID and dict(f.detail).get("response")
    ]
    relief = pain_relief(asked)
    function = _function(asked)
    if not uses_of(asked) or not (responses or relief) or not function:
        return silent("pain and function under the drug")
    return yes("Relief and function are recorded.", [*(responses or relief)[:1], function[0]])


def months_since_look_at_function(asked: Asked) -> Answer:
    """Return how many months ago function was last recorded."""
    return since_last(asked, _function(asked), _DAYS_IN_MONTH, "months", "when function was last looked at")


def serious_nonadherence(asked: Asked) -> Answer:
    """Return whether the agreement was broken or drugs misused; no only where the record denies it."""
    found = facts_of(asked, FactKind.CIRCUMSTANCE, "breach of the agreement")
    found += facts_of(asked, FactKind.RISK, "drug misuse")
    there = [f for f in found if f.assertion is Assertion.PRESENT]
    denied = [f for f in found if f.assertion is Assertion.ABSENT]
    denied += [
        f for f in facts_of(asked, FactKind.RISK, "aberrant behavior") if f.assertion is Assertion.ABSENT
    ]
    if there and not denied:
        return yes(f"The record speaks of {there[0].name}.", there)
    if denied and not there:
        because = f"The record denies {denied[0].name}."
        return Answer(value=False, because=because, places=places_of(denied))
    return silent("without contradiction whether the agreement was kept")


def short_acting_first(asked: Asked) -> Answer:
    """Return whether a short-acting opioid comes first: the one asked for, or one of the record."""
    drug = drug_of(asked.treatment)
    if drug is not None and is_opioid_request(asked) and _SHORT_ACTING in drug.drug_class:
        return Answer(value=True, because=f"The request is for {drug.id.replace('_', '/')}, short-acting.")
    earlier = [
        f
        for f in facts_of(asked, FactKind.MEDICATION)
        if f.assertion in SAID and "opioid" in (words := class_of(f.name)) and _SHORT_ACTING in words
    ]
    if not earlier:
        return silent("whether a short-acting drug came first")
    return yes(f"The record shows {earlier[0].name.replace('_', '/')}, short-acting.", earlier)


# Days in the units in which the term of a trial is printed.
_DAYS = {Unit.DAYS: 1.0, Unit.WEEKS: 7.0, Unit.MONTHS: _DAYS_IN_MONTH}


def trial_weeks(asked: Asked) -> Answer:
    """Return for how many weeks the drug is tried: the term asked for, else the use at least."""
    term = asked.treatment.duration
    if term is not None and term.unit in _DAYS and not uses_of(asked):
        weeks = term.count * _DAYS[term.unit] / 7
        return Answer(value=weeks, because=f"The request is for {weeks:.1f} weeks.")
    use = duration_of_use(asked)
    if not isinstance(use.value, float):
        return silent("how long the drug is tried")
    return Answer(value=use.value / 7, because=use.because, places=use.places, is_least=True)


def first_opioid_not_borne(asked: Asked) -> Answer:
    """Return whether an opioid before this one was not borne or did not serve."""
    own = requested_drugs(asked)
    failed = [
        f
        for f in facts_of(asked, FactKind.MEDICATION)
        if f.name not in own and "opioid" in class_words(class_of(f.name)) and has_failed(f)
    ]
    if not failed:
        return silent("whether a first opioid could not be borne")
    return yes(f"The record says that {failed[0].name.replace('_', '/')} did not serve.", failed)


def other_treatment_failed(asked: Asked) -> Answer:
    """Return whether some other treatment failed or was not borne."""
    own = requested_drugs(asked)
    failed = [
        f
        for kind in (FactKind.MEDICATION, FactKind.TREATMENT)
        for f in facts_of(asked, kind)
        if f.name not in own and f.assertion in SAID and has_failed(f)
    ]
    if not failed:
        return silent("whether other treatments failed or could not be borne")
    return yes(f"The record says that {failed[0].name.replace('_', '/')} did not serve.", failed)


def watched(asked: Asked) -> Answer:
    """Return whether pressure, kidneys and liver are watched."""
    pressure = told(asked, "pressure watched")
    both = told(asked, "liver and kidney tests")
    liver, kidney = both or told(asked, "liver tests"), both or told(asked, "kidney tests")
    if not (pressure and liver and kidney):
        return silent("whether pressure, kidneys and liver are watched")
    return yes("The record shows all three.", [pressure[0], liver[0], kidney[0]])


def days_to_relief(asked: Asked) -> Answer:
    """Return after how many days the drug relieved pain, as the record tells it last."""
    own = requested_drugs(asked)
    begun = [
        f for f in told(asked, "onset of relief") if f.value is not None and dict(f.detail).get("of") in own
    ]
    if not begun:
        return silent("how soon the drug relieved pain")
    last = max(begun, key=lambda f: f.dated or date.min)
    because = f"The record tells of relief within {last.value:g} days."
    return Answer(value=last.value, because=because, places=(last.seen_at,))


def heart_and_interactions(asked: Asked) -> Answer:
    """Return whether interactions and the QT interval were considered."""
    heart, others = told(asked, "QT interval"), told(asked, "drug interactions")
    if not heart or not others:
        return silent("whether interactions and the QT interval were considered")
    return yes("The record speaks of both.", [*heart, *others])


QUESTIONS: dict[str, Question] = {
    "doc.single_prescriber_and_pharmacy": one_source,
    "doc.lowest_effective_dose": is_told("lowest effective dose", what="whether the dose is the lowest"),
    "rx.lowest_dose_shortest_time": lowest_dose_shortest_time,
    "doc.baseline_pain_and_function": baseline,
    "doc.pain_and_function_compared_to_baseline": compared_with_baseline,
    "doc.pain_and_function_recorded_for_drug": recorded_under_the_drug,
    "doc.months_since_last_functional_assessment": months_since_look_at_function,
    "doc.serious_nonadherence": serious_nonadherence,
    "rx.one_drug_changed_at_a_time": is_told(
        "one drug at a time", what="whether one drug is changed at a time"
    ),
    "rx.short_acting_first": short_acting_first,
    "rx.trial_weeks": trial_weeks,
    "rx.analgesic_effect_seen_within_days": days_to_relief,
    "doc.qt_and_interaction_checked": heart_and_interactions,
    "rx.first_line_opioid_not_tolerated": first_opioid_not_borne,
    "rx.other_treatments_failed_or_intolerant": other_treatment_failed,
    "rx.opioid_reduction_considered": is_told(
        "reduction of opioids",
        "schedule for a taper",
        "attempt to taper",
        what="whether a lower dose of opioids was considered",
    ),
    "case.opioid_tolerant": is_told("opioid tolerant", what="whether the patient is used to opioids"),
    "case.high_risk_of_misuse": is_told("high risk of misuse", what="how high the risk of misuse is"),
    "doc.liver_monitoring": is_told(
        "liver tests", "liver and kidney tests", what="whether the liver is watched"
    ),
    "doc.bp_renal_liver_monitoring": watched,
    "doc.sleep_hygiene_or_behavioural_tried": is_told(
        "sleep habits", what="whether sleep habits were dealt with"
    ),
    "lab.low_testosterone": is_told("low testosterone", what="whether testosterone is low"),
}
