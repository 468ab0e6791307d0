"""Questions about the patient: diagnoses, findings, studies, care so far, and what it brought.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record.
"""

from __future__ import annotations

from datetime import date

from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    disputed,
    facts_of,
    has_failed,
    has_own_day,
    listed,
    of_the_part,
    pain_relief,
    places_of,
    silent,
    unbroken,
)
from openimr.terms.facts import Assertion, Fact, FactKind

# Care that guidelines count as conservative.
CONSERVATIVE = (
    "physical therapy",
    "occupational therapy",
    "chiropractic",
    "acupuncture",
    "manipulation",
    "home exercise program",
    "conservative care",
    "medications",
    "NSAIDs",
    "activity modification",
    "muscle relaxants",
    "massage therapy",
    "aquatic therapy",
    "therapeutic exercise",
)


def diagnoses(asked: Asked) -> Answer:
    """Return the diagnoses that the record gives, and those it expressly denies."""
    found = facts_of(asked, FactKind.DIAGNOSIS)
    said = [f for f in found if f.assertion in SAID]
    denied = [f for f in found if f.assertion is Assertion.ABSENT]
    shown = tuple((word, f) for f in said for word in _words_of(f))
    names = {word for word, _ in shown}
    refuted = {f.name for f in denied} - names
    apart = ", those of other parts left out" if of_the_part(asked) else ""
    because = f"Diagnoses in the record{apart}: {listed(said) or 'none'}."
    if refuted:
        because += f" Expressly denied: {', '.join(sorted(refuted))}."
    return Answer(
        value=frozenset(names) if found else None,
        because=because if found else f"The record does not give a diagnosis{of_the_part(asked)}.",
        places=places_of(said),
        refuted=frozenset(refuted),
        refuted_at=places_of(denied),
        shown_by=shown,
        denied_by=tuple((f.name, f) for f in denied),
    )


def _words_of(fact: Fact) -> tuple[str, ...]:
    """Return the words a diagnosis counts as: its name, its group, its name with its part."""
    detail = dict(fact.detail)
    words = [fact.name, detail.get("group", "")]
    words += [f"{part} {fact.name}"] if (part := detail.get("body_part")) else []
    return tuple(word for word in words if word)


def age(asked: Asked) -> Answer:
    """Return the patient's age as the record prints it last."""
    said = [f for f in facts_of(asked, FactKind.AGE) if f.value is not None]
    if not said:
        return silent("how old the patient is")
    last = max(said, key=lambda f: f.dated or date.min)
    return Answer(value=last.value, because=f"{last.value:g} years old.", places=(last.seen_at,))


def _injury(asked: Asked) -> tuple[date | None, list[Fact]]:
    dated = [f for f in facts_of(asked, FactKind.INJURY) if f.dated]
    days = {f.dated for f in dated}
    return (days.pop() if len(days) == 1 else None), dated


def days_since_injury(asked: Asked) -> tuple[float | None, list[Fact]]:
    """Return the days from the injury to the day that is judged; two days of injury give none."""
    injured_on, facts = _injury(asked)
    if injured_on is None or asked.judged_on is None or asked.judged_on < injured_on:
        return None, facts
    return float((asked.judged_on - injured_on).days), facts


def _injury_unknown(facts: list[Fact]) -> Answer:
    """Return the answer of a record that gives no day of injury, or more than one."""
    days = sorted({f.dated.isoformat() for f in facts if f.dated})
    if len(days) < 2:
        return silent("when the injury was, before the day that is judged")
    because = f"The record contradicts itself on the day of the injury: {' and '.join(days)}."
    return Answer(value=None, because=because, places=places_of(facts))


def _since_injury(asked: Asked, days_in_unit: float, unit: str) -> Answer:
    days, facts = days_since_injury(asked)
    if days is None:
        return _injury_unknown(facts)
    count = days / days_in_unit
    because = f"Injured on {facts[0].dated}: {count:.1f} {unit} before."
    return Answer(value=count, because=because, places=places_of(facts))


def months_since_injury(asked: Asked) -> Answer:
    """Return how many months ago the injury was."""
    return _since_injury(asked, 30.44, "months")


def weeks_since_injury(asked: Asked) -> Answer:
    """Return how many weeks ago the injury was."""
    return _since_injury(asked, 7.0, "weeks")


def hours_since_injury(asked: Asked) -> Answer:
    """Return how many hours ago the injury was, by whole days."""
    return _since_injury(asked, 1 / 24, "hours")


def _pain_days(asked: Asked) -> tuple[float | None, list[Fact]]:
    """Return the days from the injury to the last day on which pain is recorded."""
    injured_on, about = _injury(asked)
    pain = [
        f
        for kind in (FactKind.SYMPTOM, FactKind.PAIN_SCORE)
        for f in facts_of(asked, kind)
        if f.assertion is Assertion.PRESENT and f.dated and injured_on and f.dated > injured_on
    ]
    if injured_on is None or not pain:
        return None, []
    last = max(pain, key=lambda f: f.dated or date.min)
    assert last.dated is not None
    return float((last.dated - injured_on).days), [*about, last]


def _pain(asked: Asked, days_in_unit: float, unit: str) -> Answer:
    days, facts = _pain_days(asked)
    if days is None:
        return silent("how long pain has lasted")
    count = days / days_in_unit
    because = f"Pain is recorded {count:.1f} {unit} after the injury."
    return Answer(value=count, because=because, places=places_of(facts), is_least=True)


def pain_months(asked: Asked) -> Answer:
    """Return for how many months pain has lasted at least."""
    return _pain(asked, 30.44, "months")


def symptom_weeks(asked: Asked) -> Answer:
    """Return for how many weeks symptoms have lasted at least."""
    return _pain(asked, 7.0, "weeks")


def pain_is_chronic(asked: Asked) -> Answer:
    """Return whether pain has lasted three months, or is called chronic."""
    names = ("chronic pain", "chronic low back pain", "chronic pain syndrome", "chronic pain due to trauma")
    called = [
        f
        for kind in (FactKind.DIAGNOSIS, FactKind.SYMPTOM)
        for f in facts_of(asked, kind, *names)
        if f.assertion in SAID
    ]
    if called:
        return Answer(value=True, because=f"The record speaks of {called[0].name}.", places=places_of(called))
    months = pain_months(asked)
    if isinstance(months.value, float) and months.value >= 3:
        return Answer(value=True, because=months.because, places=months.places)
    return silent("whether the pain is chronic")


def _care(asked: Asked) -> list[Fact]:
    found = facts_of(asked, FactKind.TREATMENT, *CONSERVATIVE)
    return [f for f in found if f.assertion in SAID]


def _care_span(asked: Asked, days_in_unit: float, unit: str) -> Answer:
    dated = [f for f in _care(asked) if f.dated]
    spans = unbroken(f.dated for f in dated if f.dated)
    first, last = max(spans, key=lambda span: span[1] - span[0], default=(None, None))
    if first is None or last is None or first == last:
        return silent("how long conservative care lasted")
    count = (last - first).days / days_in_unit
    because = f"Conservative care is recorded from {first} to {last}: {count:.1f} {unit} at least."
    shown = [f for f in dated if f.dated and first <= f.dated <= last]
    return Answer(value=count, because=because, places=places_of(shown), is_least=True)


def conservative_weeks(asked: Asked) -> Answer:
    """Return for how many weeks conservative care is recorded at least."""
    return _care_span(asked, 7.0, "weeks")


def conservative_months(asked: Asked) -> Answer:
    """Return for how many months conservative care is recorded at least."""
    return _care_span(asked, 30.44, "months")


def conservative_count(asked: Asked) -> Answer:
    """Return how many kinds of conservative care the record shows at least."""
    care = _care(asked)
    if not care:
        return silent("which conservative care was tried")
    names = dict.fromkeys(f.name for f in care)
    because = f"The record shows {', '.join(names)}."
    return Answer(value=float(len(names)), because=because, places=places_of(care), is_least=True)


def conservative_care_failed(asked: Asked) -> Answer:
    """Return whether conservative care failed, where the record says how it worked."""
    failed = [f for f in _care(asked) if has_failed(f)]
    if failed:
        named = ", ".join(dict.fromkeys(f.name for f in failed))
        return Answer(
            value=True, because=f"The record says that {named} did not help.", places=places_of(failed)
        )
    return silent("whether conservative care failed")


def recent_care(asked: Asked) -> Answer:
    """Return whether conservative care is recorded in the two months before."""
    day = asked.judged_on
    care = [f for f in _care(asked) if f.assertion is Assertion.PRESENT or has_own_day(f)]
    recent = [f for f in care if f.dated and day and 0 <= (day - f.dated).days <= 61]
    if not recent:
        return silent("which conservative care there was of late")
    return Answer(value=True, because=f"The record shows {recent[0].name}.", places=places_of(recent))


def visits_so_far(asked: Asked) -> Answer:
    """Return how many visits of the treatment the record counts, with those asked for now.

    Of counts that disagree the lowest is taken: it is what no paper denies.
    """
    name = asked.treatment.name
    counted = [
        f
        for f in facts_of(asked, FactKind.TREATMENT, *({name or ""} - {""}))
        if f.assertion in SAID and f.value and f.unit == "sessions"
    ]
    if not counted or name is None:
        return silent("how many visits there were so far")
    contested = [f for f in disputed(asked, f"number of sessions of {name}") if f in counted]
    lowest = min((f.value or 0.0 for f in contested), default=0.0)
    most = max((lowest if f in contested else f.value or 0.0) for f in counted)
    now = float(asked.treatment.sessions or 0)
    total = most + now
    told = "at least recorded, as counts disagree" if contested else "recorded"
    because = f"{most:g} visits are {told}; with the {now:g} asked for they are {total:g}."
    return Answer(value=total, because=because, places=places_of(counted), is_least=True)


def concurrent_care(asked: Asked) -> Answer:
    """Return what else is done for the patient: programs, therapy, exercise, medication, work."""
    care = [f for f in facts_of(asked, FactKind.TREATMENT) if f.assertion is Assertion.PRESENT]
    if not care:
        return silent("what else is done for the patient")
    names = {f.name for f in care}
    if any(n.startswith("functional restoration") for n in names):
        names.add("functional restoration")
    if names & {"home exercise program", "therapeutic exercise"}:
        names.add("exercise")
    listed = ", ".join(dict.fromkeys(f.name for f in care))
    return Answer(value=frozenset(names), because=f"The record shows {listed}.", places=places_of(care))


def home_program(asked: Asked) -> Answer:
    """Return whether the patient has an active program at home."""
    names = ("home exercise program", "therapeutic exercise")
    found = [
        f
        for kind in (FactKind.TREATMENT, FactKind.FUNCTION)
        for f in facts_of(asked, kind, *names)
        if f.assertion in SAID
    ]
    if not found:
        return silent("whether there is an active program at home")
    return Answer(value=True, because=f"The record shows a {found[0].name}.", places=places_of(found))


def pain_reduction(asked: Asked) -> Answer:
    """Return by how many percent the treatment, or the medication, lessened pain."""
    name = asked.treatment.name
    percents = [
        (float(p), f)
        for f in facts_of(asked, FactKind.TREATMENT, *({name or ""} - {""}))
        if f.assertion in SAID and name and (p := dict(f.detail).get("response_percent"))
    ]
    percents += [(f.value, f) for f in pain_relief(asked) if f.value is not None and f.unit == "percent"]
    if not percents:
        return silent("by how many percent pain fell")
    value, last = max(percents, key=lambda row: row[1].dated or date.min)
    return Answer(value=value, because=f"Pain fell by {value:g} percent.", places=(last.seen_at,))


def pain_and_function(asked: Asked) -> Answer:
    """Return whether both pain and function improved, as the record says."""
    relief = pain_relief(asked)
    names = ("functional improvement", "improvement in activities of daily living")
    better = [f for f in facts_of(asked, FactKind.FUNCTION, *names) if f.assertion in SAID]
    if relief and better:
        return Answer(
            value=True,
            because="Relief and better function are recorded.",
            places=places_of([*relief, *better]),
        )
    return silent("that both pain and function improved")


def at_work(asked: Asked) -> Answer:
    """Return whether the patient works again, by the latest status."""
    statuses = [
        f
        for f in facts_of(asked, FactKind.WORK_STATUS)
        if f.assertion is Assertion.PRESENT and f.name not in ("retired", "permanent and stationary")
    ]
    if not statuses:
        return silent("whether the patient works")
    latest = max(f.dated or date.min for f in statuses)
    last = [f for f in statuses if (f.dated or date.min) == latest]
    works = {f.name in ("full duty", "modified work") for f in last}
    if len(works) > 1:
        return Answer(value=None, because="The record contradicts itself on work.", places=places_of(last))
    return Answer(value=works.pop(), because=f"Work status: {last[0].name}.", places=places_of(last))


def stable(asked: Asked) -> Answer:
    """Return whether the condition is called permanent and stationary."""
    found = [
        f for f in facts_of(asked, FactKind.WORK_STATUS, "permanent and stationary") if f.assertion in SAID
    ]
    if not found:
        return silent("whether the condition is stable")
    return Answer(value=True, because="It is called permanent and stationary.", places=places_of(found))


def acute_phase(asked: Asked) -> Answer:
    """Return whether the injury is less than a month old, the acute phase of the chapters."""
    days, facts = days_since_injury(asked)
    if days is None:
        return _injury_unknown(facts)
    because = f"The injury was {days:g} days before."
    return Answer(value=days <= 30, because=because, places=places_of(facts))


def phase(asked: Asked) -> Answer:
    """Return the phase of the injury by its age: acute, subacute or chronic."""
    days, facts = days_since_injury(asked)
    if days is None:
        return _injury_unknown(facts)
    name = "acute" if days <= 30 else "subacute" if days <= 90 else "chronic"
    return Answer(value=name, because=f"The injury was {days:g} days before.", places=places_of(facts))
