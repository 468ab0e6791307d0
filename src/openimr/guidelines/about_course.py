"""Questions about the course so far: how long relief lasted, how often, how long ago, what failed.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record and the words of
    the request.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openimr.guidelines.about_patient import (
    at_work,
    conservative_care_failed,
    pain_and_function,
    visits_so_far,
)
from openimr.guidelines.about_reasons import home_program_failed, present, reasons_that_hold
from openimr.guidelines.about_request import visits
from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    Question,
    facts_of,
    has_failed,
    has_own_day,
    is_told,
    places_of,
    silent,
    since_last,
    told,
    unbroken,
    yes,
    yes_or_no,
)
from openimr.guidelines.postsurgical import months_since_surgery
from openimr.terms.facts import Assertion, Fact, FactKind

_DAYS_IN_MONTH = 30.44
_WEEKS_IN_MONTH = _DAYS_IN_MONTH / 7
_DAYS_IN_YEAR = 365
_STEROID = ("steroid injection", "injection")
_BLOCKS = ("medial branch block", "facet injection")
_TRIALS = ("spinal cord stimulator", "intrathecal drug delivery", "peripheral nerve stimulation")
_DAILY_LIFE = (
    "functional improvement",
    "improvement in activities of daily living",
    "medication reduction",
    "functional decline",
    "limitation of activities of daily living",
)
_LESS_WORK = ("off work", "modified work", "temporarily totally disabled", "temporarily partially disabled")
_ABUSE = ("substance use disorder", "alcohol use disorder", "opioid dependence")


def _own(asked: Asked) -> list[Fact]:
    """Return the earlier courses of what is asked for."""
    name = asked.treatment.name
    names = _STEROID if name in _STEROID else (name or "",)
    found = facts_of(asked, FactKind.TREATMENT, *names) if name else []
    return [f for f in found if f.assertion in SAID]


def relief_weeks(asked: Asked) -> Answer:
    """Return for how many weeks the relief of the same treatment lasted, as the record tells it last."""
    name = asked.treatment.name or ""
    lasted = [
        f
        for f in told(asked, "how long relief lasted")
        if f.value is not None and dict(f.detail).get("of") == name
    ]
    if not lasted:
        return silent("how long relief lasted")
    last = max(lasted, key=lambda f: f.dated or date.min)
    because = f"The record tells of relief for {last.value:g} weeks."
    return Answer(value=last.value, because=because, places=(last.seen_at,))


def relief_months(asked: Asked) -> Answer:
    """Return for how many months the relief of the same treatment lasted."""
    weeks = relief_weeks(asked)
    if not isinstance(weeks.value, float):
        return weeks
    return Answer(value=weeks.value / _WEEKS_IN_MONTH, because=weeks.because, places=weeks.places)


def _percent_of(asked: Asked, names: tuple[str, ...], what: str) -> Answer:
    percents = [
        (float(p), f)
        for f in facts_of(asked, FactKind.TREATMENT, *names)
        if f.assertion in SAID and (p := dict(f.detail).get("response_percent"))
    ]
    if not percents:
        return silent(what)
    value, last = max(percents, key=lambda row: row[1].dated or date.min)
    return Answer(
        value=value, because=f"{last.name} brought {value:g} percent relief.", places=(last.seen_at,)
    )


def block_relief(asked: Asked) -> Answer:
    """Return how many percent of relief a block of the facet joints brought."""
    return _percent_of(asked, _BLOCKS, "how much relief the diagnostic block brought")


def trial_relief(asked: Asked) -> Answer:
    """Return how many percent of relief the trial of an implant brought."""
    return _percent_of(asked, _TRIALS, "how much relief the trial brought")


def months_since_last(asked: Asked) -> Answer:
    """Return how many months ago the treatment was last given, as far as is recorded."""
    return since_last(asked, _own(asked), _DAYS_IN_MONTH, "months", "when the treatment was last given")


def count_in_a_year(asked: Asked) -> Answer:
    """Return how often the treatment was given in the year before, with the one asked for, at least."""
    day = asked.judged_on
    own = [f for f in _own(asked) if has_own_day(f)]
    done = [f for f in own if f.dated and day and 0 <= (day - f.dated).days <= _DAYS_IN_YEAR]
    if not done:
        return silent("how often the treatment was given in the year before")
    now = asked.treatment.quantity.count if asked.treatment.quantity else 1.0
    count = len({f.dated for f in done}) + now
    return Answer(
        value=count,
        because=f"{count - now:g} are recorded in the year before; with what is asked for {count:g}.",
        places=places_of(done),
        is_least=True,
    )


def visits_for_flare(asked: Asked) -> Answer:
    """Return how many visits are asked for, where the record shows a flare after a return to work."""
    flare = yes_or_no(asked, FactKind.CIRCUMSTANCE, ("acute exacerbation",), "whether this is an acute flare")
    work = at_work(asked)
    if flare.value is not True or work.value is not True:
        return silent("whether this is a flare after a return to work")
    count = visits(asked)
    if not isinstance(count.value, float):
        return count
    because = f"{flare.because} {work.because} {count.because}"
    return Answer(value=count.value, because=because, places=(*flare.places, *work.places, *count.places))


def series_of_three(asked: Asked) -> Answer:
    """Return whether three injections are asked for at once; one or two are none."""
    quantity = asked.treatment.quantity
    if quantity and quantity.count == 3:
        return Answer(value=True, because="The request is for three.")
    if quantity and quantity.count < 3:
        return Answer(value=False, because=f"The request is for {quantity.count:g}.")
    return silent("how many injections are asked for")


def injections(asked: Asked) -> Answer:
    """Return how many injections are asked for."""
    quantity = asked.treatment.quantity
    if quantity is None:
        return silent("how many injections are asked for")
    return Answer(value=quantity.count, because=f"The request is for {quantity.count:g}.")


def trial_recorded(asked: Asked) -> Answer:
    """Return whether use, relief and function during a trial are recorded."""
    used = [f for f in _own(asked) if dict(f.detail).get("response")]
    used += told(asked, "record of use and relief") if _own(asked) else []
    function = [
        f
        for f in facts_of(asked, FactKind.FUNCTION, *_DAILY_LIFE)
        if f.assertion in (*SAID, Assertion.ABSENT)
    ]
    if not used or not function:
        return silent("use, relief and function during a trial")
    return yes(
        f"The record tells what {used[0].name} did, and of {function[0].name}.", [used[0], function[0]]
    )


def weeks_since_surgery(asked: Asked) -> Answer:
    """Return how many weeks ago the latest operation was."""
    months = months_since_surgery(asked)
    if not isinstance(months.value, float):
        return months
    return Answer(value=months.value * _WEEKS_IN_MONTH, because=months.because, places=months.places)


def steroid_failed(asked: Asked) -> Answer:
    """Return whether an injection of a steroid failed, as the record says."""
    given = facts_of(asked, FactKind.TREATMENT, *_STEROID)
    failed = [f for f in given if f.assertion in SAID and has_failed(f)]
    if not failed:
        return silent("whether a steroid injection failed")
    return yes(f"The record says that the {failed[0].name} did not help.", failed)


def therapy_drugs_and_tens_failed(asked: Asked) -> Answer:
    """Return whether physical therapy, medication and TENS failed, each of them."""
    failed = [
        next((f for f in facts_of(asked, kind, *names) if f.assertion in SAID and has_failed(f)), None)
        for kind, names in (
            (FactKind.TREATMENT, ("physical therapy",)),
            (FactKind.TREATMENT, ("TENS unit",)),
        )
    ]
    failed.append(_drug_failed(asked))
    found = [f for f in failed if f is not None]
    if len(found) < len(failed):
        return silent("whether physical therapy, medication and TENS all failed")
    return yes("The record says that none of the three helped.", found)


def _drug_failed(asked: Asked) -> Fact | None:
    found = [f for f in facts_of(asked, FactKind.MEDICATION) if f.assertion in SAID and has_failed(f)]
    found += [f for f in facts_of(asked, FactKind.TREATMENT, "medications") if has_failed(f)]
    return next(iter(found), None)


def reason_for_current(asked: Asked) -> Answer:
    """Return the reasons for interferential current that the record shows, of those the guideline names."""
    failed = _drug_failed(asked)
    abuse = [f for f in facts_of(asked, FactKind.DIAGNOSIS, *_ABUSE) if f.assertion in SAID]
    return reasons_that_hold(
        {
            "medication ineffective": [failed] if failed else [],
            "medication side effects": present(asked, FactKind.ADVERSE_EFFECT, ()),
            "history of substance abuse": abuse,
            "unresponsive to conservative measures": conservative_care_failed(asked),
        },
        "a reason of the guideline to choose it",
    )


def limited_weeks(asked: Asked) -> Answer:
    """Return for how many weeks work has been limited at least, since full duty was told last."""
    statuses = [f for f in facts_of(asked, FactKind.WORK_STATUS) if f.assertion in SAID and f.dated]
    full = [f.dated for f in statuses if f.name == "full duty" and f.dated]
    limited = [f for f in statuses if f.name in _LESS_WORK]
    return _last_span(limited, full, 7.0, "Limited work", "weeks", "for how long activity has been limited")


def sleepless_days(asked: Asked) -> Answer:
    """Return for how many days trouble with sleep is recorded at least."""
    names = ("insomnia", "sleep disturbance")
    found = [
        f
        for kind in (FactKind.DIAGNOSIS, FactKind.SYMPTOM)
        for f in facts_of(asked, kind, *names)
        if f.assertion in SAID and f.dated
    ]
    return _last_span(found, (), 1.0, "Trouble with sleep", "days", "how long sleep has been troubled")


def _last_span(
    facts: list[Fact], ends: Iterable[date], days_in_unit: float, lead: str, unit: str, what: str
) -> Answer:
    """Return how long something has been recorded at least: its last span without a break."""
    spans = unbroken((f.dated for f in facts if f.dated), ends)
    if not spans or spans[-1][0] == spans[-1][1]:
        return silent(what)
    first, last = spans[-1]
    count = (last - first).days / days_in_unit
    because = f"{lead} is recorded from {first} to {last}: {count:.1f} {unit} at least."
    shown = [f for f in facts if f.dated and first <= f.dated <= last]
    return Answer(value=count, because=because, places=places_of(shown), is_least=True)


def program_failed_after_revision(asked: Asked) -> Answer:
    """Return whether a program at home was revised and still did not help."""
    failed, revised = home_program_failed(asked), told(asked, "home program revised")
    if failed.value is not True or not revised:
        return silent("whether a program at home was revised and did not help")
    places = tuple(dict.fromkeys((*failed.places, *places_of(revised))))
    return Answer(value=True, because=f"{failed.because} It was revised.", places=places)


QUESTIONS: dict[str, Question] = {
    "outcome.relief_weeks": relief_weeks,
    "outcome.relief_months": relief_months,
    "outcome.diagnostic_block_relief_pct": block_relief,
    "outcome.trial_pain_reduction_pct": trial_relief,
    "tx.months_since_last": months_since_last,
    "tx.count_last_12_months_region": count_in_a_year,
    "tx.visits_requested_for_flare": visits_for_flare,
    "request.series_of_three": series_of_three,
    "request.injections_per_session": injections,
    "request.weeks_after_surgery": weeks_since_surgery,
    "doc.trial_use_relief_function_recorded": trial_recorded,
    "case.steroid_injection_failed": steroid_failed,
    "case.pt_medications_tens_failed": therapy_drugs_and_tens_failed,
    "case.ics_selection_reason": reason_for_current,
    "case.home_exercise_failed_after_revision": program_failed_after_revision,
    "outcome.subjective_and_objective_gains": pain_and_function,
    "tx.sessions_cumulative_full_day": visits_so_far,
    "case.activity_limited_weeks": limited_weeks,
    "case.sleep_disturbance_days": sleepless_days,
    "doc.insomnia_cause_evaluated": is_told(
        "cause of insomnia looked for", what="whether the cause of the bad sleep was looked for"
    ),
    "case.self_directed_weight_loss_failed": is_told(
        "own weight loss failed", what="whether diet and exercise were tried"
    ),
}
