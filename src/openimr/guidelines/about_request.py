"""Questions about the request itself: the quantities, the term, the part, the words.

Source:
    The criteria in ``topics/`` that ask these questions; the words of the request.
"""

from __future__ import annotations

from openimr.guidelines.answer import SAID, Answer, Asked, facts_of, places_of, silent
from openimr.guidelines.members import settings_of
from openimr.terms.facts import Assertion, FactKind
from openimr.terms.period import Period, Unit
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.anatomy import region_of

# Days in each unit that a term is printed in; a month counts as thirty.
_DAYS = {Unit.DAYS: 1.0, Unit.CALENDAR_DAYS: 1.0, Unit.WEEKS: 7.0, Unit.MONTHS: 30.0, Unit.YEARS: 365.0}


# Where pain goes is not the part that hurts.
_GOES_THERE = frozenset({"radiating pain", "radicular pain"})


def visits(asked: Asked) -> Answer:
    """Return how many visits are in dispute: of a partly approved request what remains."""
    treatment = asked.treatment
    remaining = treatment.remaining
    if remaining and remaining.count and treatment.kind is not TreatmentKind.MEDICATION:
        return Answer(value=float(remaining.count), because=f"The request that remains: {remaining.text}.")
    if treatment.sessions is not None:
        return Answer(value=float(treatment.sessions), because=f"The request is for {treatment.sessions}.")
    if treatment.quantity is not None and treatment.kind is TreatmentKind.THERAPY:
        return Answer(
            value=treatment.quantity.count, because=f"The request is for {treatment.quantity.count:g}."
        )
    frequency, weeks = treatment.frequency, _days(treatment.duration)
    if frequency and frequency.per == "week" and weeks:
        count = frequency.most * weeks / 7
        return Answer(
            value=count, because=f"The request, {frequency.most:g} a week over its term, is for {count:g}."
        )
    if treatment.sessions_at_least is not None:
        least = float(treatment.sessions_at_least)
        return Answer(value=least, because=f"The request is for at least {least:g}.", is_least=True)
    return silent("how many visits are asked for")


def visits_per_week(asked: Asked) -> Answer:
    """Return how many visits a week are asked for, the most that the words allow."""
    frequency = asked.treatment.frequency
    if frequency is None or frequency.per != "week":
        return silent("how many visits a week are asked for")
    return Answer(value=frequency.most, because=f"The request is for {frequency.most:g} a week.")


def _days(period: Period | None) -> float | None:
    if period is None or period.unit not in _DAYS:
        return None
    return period.count * _DAYS[period.unit]


def term_days(asked: Asked) -> Answer:
    """Return for how many days the thing or the trial is asked for."""
    days = _days(asked.treatment.duration)
    if days is None:
        return silent("for how long it is asked for")
    return Answer(value=days, because=f"The request is for {days:g} days.")


def trial_days(asked: Asked) -> Answer:
    """Return for how many days a trial is asked for; a purchase has no end."""
    if "purchase" in asked.treatment.qualifiers:
        return Answer(value=float("inf"), because="The request is for a purchase, not for a trial.")
    return term_days(asked)


def weeks(asked: Asked) -> Answer:
    """Return for how many weeks the treatment is asked for."""
    days = _days(asked.treatment.duration)
    if days is None:
        return silent("for how many weeks it is asked for")
    return Answer(value=days / 7, because=f"The request is for {days / 7:g} weeks.")


def quantity_stated(asked: Asked) -> Answer:
    """Return whether the request states a quantity, a number or a term: its own words, so no is an answer."""
    treatment = asked.treatment
    is_stated = any(
        value is not None
        for value in (
            treatment.quantity,
            treatment.sessions,
            treatment.sessions_at_least,
            treatment.duration,
            treatment.remaining,
        )
    )
    word = "states" if is_stated else "does not state"
    return Answer(value=is_stated, because=f"The request {word} a quantity or term.")


def part_stated(asked: Asked) -> Answer:
    """Return whether the request names a part of the body."""
    is_stated = bool(asked.treatment.body_parts)
    word = "names" if is_stated else "does not name"
    return Answer(value=is_stated, because=f"The request {word} a part of the body.")


def procedure_named(asked: Asked) -> Answer:
    """Return whether the request names a procedure or test more exactly than "surgery" or "arthroscopy"."""
    name = asked.treatment.name
    if name is None:
        return Answer(value=False, because="The request names no known procedure or test.")
    is_named = not name.endswith(("surgery", "arthroscopy")) and name not in ("injection", "radiography")
    word = "names" if is_named else "does not say more exactly than"
    return Answer(value=is_named, because=f"The request {word} {name}.")


def levels(asked: Asked) -> Answer:
    """Return how many levels of the spine are asked for."""
    count = len(asked.treatment.levels)
    if not count:
        return silent("at which levels it is asked for")
    listed = ", ".join(asked.treatment.levels)
    return Answer(value=float(count), because=f"The request names the levels {listed}.")


def transforaminal_levels(asked: Asked) -> Answer:
    """Return how many levels are asked for by the transforaminal approach."""
    if "transforaminal" not in asked.treatment.qualifiers:
        return silent("that the approach is transforaminal")
    return levels(asked)


def interlaminar_levels(asked: Asked) -> Answer:
    """Return how many levels are asked for by the interlaminar approach."""
    if "interlaminar" not in asked.treatment.qualifiers:
        return silent("that the approach is interlaminar")
    return levels(asked)


def fluoroscopy(asked: Asked) -> Answer:
    """Return whether the injection is to be guided by fluoroscopy."""
    if any("fluoroscop" in q for q in asked.treatment.qualifiers):
        return Answer(value=True, because="The request says that fluoroscopy guides it.")
    return silent("whether fluoroscopy guides it")


def member(asked: Asked) -> Answer:
    """Return the name of what is asked for."""
    name = asked.treatment.name
    if name is None:
        return silent("what exactly is asked for")
    return Answer(value=name, because=f"The request is for {name.replace('_', ' ')}.")


def purpose(asked: Asked) -> Answer:
    """Return a purpose that the words of the request name: weaning or maintenance."""
    words = " ".join((*asked.treatment.qualifiers, asked.treatment.name or "")).lower()
    for name, signs in (("weaning", ("wean", "taper")), ("maintenance", ("maintenance",))):
        if any(sign in words for sign in signs):
            return Answer(value=name, because=f"The request says that it is for {name}.")
    return silent("for what purpose it is asked")


def postoperative(asked: Asked) -> Answer:
    """Return whether the thing is for the time after an operation."""
    if "postoperative" in settings_of(asked.treatment):
        return Answer(value=True, because="The request belongs to an operation.")
    return silent("that it is for the time after an operation")


def body_part(asked: Asked) -> Answer:
    """Return the part of the body the treatment is for, with its region; of several recorded, one of them."""
    parts = [p.part for p in asked.treatment.body_parts]
    about = []
    where = "The request"
    if not parts:
        about = [
            f
            for kind in (FactKind.SYMPTOM, FactKind.DIAGNOSIS, FactKind.PAIN_SCORE)
            for f in facts_of(asked, kind)
            if f.assertion is Assertion.PRESENT
            and f.name not in _GOES_THERE
            and "body_part" in dict(f.detail)
        ]
        parts = list(dict.fromkeys(dict(f.detail)["body_part"] for f in about))
        where = "The request names no part of the body; the record"
    if not parts:
        return silent("for which part of the body the treatment is")
    words = [_words_for(part) for part in parts]
    return Answer(
        value=frozenset().union(*words),
        because=f"{where} speaks of {', '.join(parts)}.",
        places=places_of(about),
        one_of=tuple(words) if about and len(words) > 1 else (),
    )


def _words_for(part: str) -> frozenset[str]:
    """Return the words a part of the body counts as: its name, its region, "low back"."""
    region = region_of(part)
    also = {"low back"} if part in ("lumbar spine", "back") else set()
    return frozenset({part, *({region} if region else ()), *also})


def tests_in_a_year(asked: Asked) -> Answer:
    """Return on how many days of the year before a urine drug test was done, at least."""
    day = asked.judged_on
    done = [
        f
        for f in facts_of(asked, FactKind.RISK, "urine drug test")
        if f.assertion in SAID and f.dated and day and 0 <= (day - f.dated).days <= 365
    ]
    if not done:
        return silent("how many urine drug tests were done in a year")
    count = len({f.dated for f in done})
    return Answer(
        value=float(count), because=f"{count} in the year before.", places=places_of(done), is_least=True
    )
