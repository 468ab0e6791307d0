"""Questions about services and equipment: for what, by whose order, authorized already, fit for the home.

Source:
    The criteria in ``topics/`` that ask these questions; the words of the request and the facts of
    the record. What Medicare counts as equipment: ``equipment.csv``, recalled from section 280.1 of
    the National Coverage Determinations Manual and 42 CFR 414.202.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    Question,
    class_of,
    facts_of,
    is_so,
    is_told,
    places_of,
    requested_drugs,
    silent,
    told,
    yes,
)
from openimr.guidelines.same_part import is_of_the_part
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.terms.places import Verification, Verified
from openimr.vocabulary.tables import read_table

_RECALLED = Verified(
    how=Verification.RECALLED,
    source="Medicare National Coverage Determinations Manual, section 280.1, and 42 CFR 414.202, recalled",
    on=date(2026, 11, 25),
)
_AUTHORIZED = frozenset({"authorized", "approved", "certified"})
# Within so many days an authorization is taken for the same service and not for an earlier one.
_SAME_SERVICE_DAYS = 60
_LEADS = re.compile(r"(\d{1,2})[ -]leads?")
_HOURS = re.compile(
    r"(\d{1,2})(?: ?- ?(\d{1,2})| to (\d{1,2}))? ?(?:hours?|hrs?) ?(?:a|per|/|each)? ?(day|week|wk)"
)
_HOURS_A_WEEK = {"day": 7.0, "week": 1.0, "wk": 1.0}
_HOME_CARE = ("skilled care", "personal care", "help in the household")


@cache
def _equipment() -> Mapping[str, dict[str, str]]:
    return {row["item"]: row for row in read_table("openimr.guidelines", "equipment.csv")}


def _is_equipment(column: str, does: str, does_not: str) -> Question:
    """Return the question whether Medicare's list counts the thing as equipment in one respect."""

    def question(asked: Asked) -> Answer:
        row = _equipment().get(asked.treatment.name or "")
        if row is None or not row[column]:
            return silent(f"whether it {does}")
        is_so = row[column] == "yes"
        because = (
            f"The request is for {row['item']}; by Medicare's list of equipment, recalled and to be "
            f"confirmed, that is {row['kind']}, which {does if is_so else does_not}."
        )
        return Answer(value=is_so, because=because, verified=_RECALLED)

    return question


def leads(asked: Asked) -> Answer:
    """Return how many leads the unit is asked for with."""
    found = [m for q in asked.treatment.qualifiers if (m := _LEADS.fullmatch(q))]
    if not found:
        return silent("with how many leads it is asked for")
    count = float(found[0].group(1))
    return Answer(value=count, because=f"The request is for {count:g} leads.")


def hours_per_week(asked: Asked) -> Answer:
    """Return for how many hours a week help is asked, the most that the words allow."""
    found = [m for q in asked.treatment.qualifiers if (m := _HOURS.search(q))]
    if not found:
        return silent("for how many hours a week it is asked")
    most = float(found[0].group(3) or found[0].group(2) or found[0].group(1))
    per = found[0].group(4)
    if per == "day":
        frequency = asked.treatment.frequency
        days = frequency.most if frequency and frequency.per == "week" else _HOURS_A_WEEK[per]
        most *= days
    return Answer(value=most, because=f"The request is for {most:g} hours a week.")


def referral_reason(asked: Asked) -> Answer:
    """Return whether the record states why the patient is referred."""
    found = told(asked, "reason for a referral")
    if not found:
        return silent("the reason for the visit or referral")
    return yes("The record states it.", found)


def _authorized(asked: Asked, names: set[str]) -> list[Fact]:
    """Return what the papers say was authorized; of what was decided they are the source."""
    return [
        f
        for f in asked.facts.facts
        if f.kind is FactKind.REQUEST and f.name in names and dict(f.detail).get("action") in _AUTHORIZED
    ]


def duplicates_authorized(asked: Asked) -> Answer:
    """Return whether the same service was authorized within two months of the request; else silence."""
    day, name = asked.judged_on, asked.treatment.name
    same = [
        f
        for f in _authorized(asked, {name} if name else set())
        if f.dated
        and day
        and abs((day - f.dated).days) <= _SAME_SERVICE_DAYS
        and is_of_the_part(asked.treatment, f)
    ]
    if not same or asked.treatment.remaining is not None:
        return silent("whether the same service is authorized already")
    return yes(f"{same[0].name} was authorized on {same[0].dated}.", same)


def authorized_beforehand(asked: Asked) -> Answer:
    """Return whether the drug was authorized beforehand; what is asked for afterwards was not."""
    if asked.treatment.retrospective:
        return Answer(value=False, because="The request is retrospective: it asks after the drug was given.")
    found = _authorized(asked, requested_drugs(asked)) + told(asked, "authorized beforehand")
    if not found:
        return silent("whether it was authorized beforehand")
    return yes("The record says so.", found)


def nsaid_item(asked: Asked) -> Answer:
    """Return what became of an NSAID that is asked for beside it: approved, or not decided yet.

    A denial by the payer is what a review decides about, and no outcome.
    """
    nsaids = [
        f
        for f in asked.facts.facts
        if f.kind in (FactKind.REQUEST, FactKind.DENIAL) and class_of(f.name) == "NSAID"
    ]
    approved = [f for f in nsaids if dict(f.detail).get("action") in _AUTHORIZED]
    denied = [f for f in nsaids if f.kind is FactKind.DENIAL]
    if approved and not denied:
        because = f"{approved[0].name} beside it was approved."
        return Answer(value="approved", because=because, places=places_of(approved))
    if denied:
        return Answer(
            value=None,
            because=f"{denied[0].name} beside it was denied too; what a review says of it is not known yet.",
            places=places_of(denied),
        )
    return silent("what became of an NSAID beside it")


def surgery_candidate(asked: Asked) -> Answer:
    """Return whether the patient is a candidate for surgery, as the record says."""
    no = [
        f
        for f in facts_of(asked, FactKind.CIRCUMSTANCE, "no candidate for surgery")
        if f.assertion is Assertion.PRESENT
    ]
    stated = facts_of(asked, FactKind.CIRCUMSTANCE, "candidate for surgery")
    is_one = [f for f in stated if f.assertion is Assertion.PRESENT]
    no += [f for f in stated if f.assertion is Assertion.ABSENT]
    if no and not is_one:
        return Answer(value=False, because="The record says that surgery is no way.", places=places_of(no))
    if is_one and not no:
        return yes("The record says so.", is_one)
    return silent("without contradiction whether the patient is a candidate for surgery")


def home_care_need(asked: Asked) -> Answer:
    """Return which care at home the record says is needed."""
    names = {"help in the household": "domestic care"}
    found = told(asked, *_HOME_CARE)
    if not found:
        return silent("which care at home is needed")
    listed = ", ".join(dict.fromkeys(f.name for f in found))
    return Answer(
        value=frozenset(names.get(f.name, f.name) for f in found),
        because=f"The record speaks of {listed}.",
        places=places_of(found),
    )


def less_weight(asked: Asked) -> Answer:
    """Return whether less weight on the joints is needed: told, or obesity diagnosed."""
    found = told(asked, "less weight on the joints")
    found += [f for f in facts_of(asked, FactKind.DIAGNOSIS, "obesity") if f.assertion is Assertion.PRESENT]
    if not found:
        return silent("whether less weight on the joints is needed")
    return yes(f"The record speaks of {found[0].name}.", found)


def smoke_free_weeks(asked: Asked) -> Answer:
    """Return for how many weeks the patient has not smoked: without end where the record denies smoking."""
    # one who smoked once has stopped on a day that the record does not tell
    smokes = [f for f in facts_of(asked, FactKind.RISK, "smoking") if f.assertion in SAID]
    never = told(asked, "no smoking")
    never += [f for f in facts_of(asked, FactKind.RISK, "smoking") if f.assertion is Assertion.ABSENT]
    if not never or smokes:
        return silent("without contradiction how long the patient has not smoked")
    return Answer(value=float("inf"), because="The record denies smoking.", places=places_of(never))


def kind_and_length_stated(asked: Asked) -> Answer:
    """Return whether the request states hours, and for how long; its silence leaves it to the record."""
    hours = any(_HOURS.search(q) for q in asked.treatment.qualifiers)
    if not hours or asked.treatment.duration is None:
        return silent("kind, length and frequency of the service")
    return Answer(value=True, because="The request states hours and a term.")


def deficits_and_activities(asked: Asked) -> Answer:
    """Return whether the record tells both of deficits and of what the patient cannot do."""
    deficits = [f for f in facts_of(asked, FactKind.FINDING) if f.assertion is Assertion.PRESENT]
    limits = [
        f
        for f in facts_of(asked, FactKind.FUNCTION)
        if f.assertion is Assertion.PRESENT and (f.name.startswith("limit") or f.name == "functional decline")
    ]
    if not deficits or not limits:
        return silent("deficits, and what the patient cannot do")
    return yes(f"The record shows {deficits[0].name} and {limits[0].name}.", [deficits[0], limits[0]])


QUESTIONS: dict[str, Question] = {
    "request.primarily_medical_purpose": _is_equipment(
        "serves_medicine_first", "serves a medical purpose first", "does not serve a medical purpose first"
    ),
    "request.not_useful_without_illness": _is_equipment(
        "useless_to_the_healthy", "is of no use to a healthy person", "is of use to a healthy person too"
    ),
    "request.suited_to_home": _is_equipment("fit_for_home", "can be used at home", "cannot be used at home"),
    "request.withstands_repeated_use": _is_equipment(
        "stands_repeated_use", "stands repeated use", "does not stand repeated use"
    ),
    "request.leads": leads,
    "request.hours_per_week": hours_per_week,
    "request.duplicates_authorized_service": duplicates_authorized,
    "request.prospective_authorization": authorized_beforehand,
    "request.prescribed_by_surgeon_or_designee": is_told(
        "prescribed by the surgeon", what="whether the surgeon, or whom the surgeon named, prescribes"
    ),
    "related.nsaid_item_outcome": nsaid_item,
    "case.referral_reason_stated": referral_reason,
    "case.surgery_candidate": surgery_candidate,
    "case.homebound": is_so(
        FactKind.CIRCUMSTANCE, ("bound to the home",), "whether the patient is bound to the home"
    ),
    "case.home_care_need": home_care_need,
    "doc.home_health_kind_duration_frequency": kind_and_length_stated,
    "doc.home_health_deficits_and_activities": deficits_and_activities,
    "doc.home_health_licence_level": is_told(
        "licence of the helper", what="which skill or licence is needed"
    ),
    "doc.in_home_evaluation": is_told(
        "evaluation at home", what="whether someone evaluated the patient at home"
    ),
    "doc.specialist_recommendation": is_told(
        "advised by a specialist", what="whether a specialist advises it"
    ),
    "request.services_are_medical": is_told("skilled care", what="whether the services are medical"),
    "case.job_demands_exceed_capacity": is_told(
        "job asks for more", what="whether the job asks for more than the patient can do"
    ),
    "case.cannot_self_transport": is_told("cannot travel alone", what="whether the patient can travel alone"),
    "case.nursing_home_level_of_care": is_told(
        "care as in a nursing home", what="whether care as in a nursing home is needed"
    ),
    "case.reduced_weight_bearing_needed": less_weight,
    "case.smoke_free_weeks": smoke_free_weeks,
}
