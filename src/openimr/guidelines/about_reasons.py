"""Questions about reasons: for a study, an operation, a test before it, or another route of a drug.

Each answers yes only from what the record shows, and silence otherwise: no
reason in the record is no proof that there was none.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from openimr.guidelines.about_drugs import class_words, in_use, others_in_use
from openimr.guidelines.about_findings import nerve_compromise, radiculopathy, red_flags
from openimr.guidelines.about_patient import age, days_since_injury
from openimr.guidelines.answer import (
    SAID,
    SURGICAL,
    Answer,
    Asked,
    class_of,
    facts_of,
    has_failed,
    of_the_part,
    pain_relief,
    places_of,
    seen_on_studies,
    silent,
    yes,
)
from openimr.guidelines.same_part import is_of_the_part
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.terms.places import Place

_TEARS = (
    "rotator cuff tear|labral tear|meniscus tear|medial meniscus tear|lateral meniscus tear|ligament tear"
    "|anterior cruciate ligament tear|biceps tendon tear"
).split("|")
_SEVERE = ("fracture", "dislocation", "crush injury", "amputation", "burn")
_HEART = ("hypertension", "diabetes mellitus", "coronary artery disease", "congestive heart failure")
_LUNGS = ("asthma", "chronic obstructive pulmonary disease")
_QUESTIONS_FOR_NERVES = (
    "carpal tunnel syndrome",
    "cubital tunnel syndrome",
    "radiculopathy",
    "radiculitis",
    "neuropathy",
)
_NEUROPATHIC = (
    "neuropathic pain",
    "neuralgia",
    "postherpetic neuralgia",
    "peripheral neuropathy",
    "neuropathy",
)


def present(asked: Asked, kind: FactKind, names: Iterable[str]) -> list[Fact]:
    """Return the facts of some names that are there now."""
    return [f for f in facts_of(asked, kind, *names) if f.assertion is Assertion.PRESENT]


def suspected(asked: Asked, names: Iterable[str]) -> list[Fact]:
    """Return diagnoses that the record gives or only suspects."""
    wanted = {*SAID, Assertion.HYPOTHETICAL}
    return [f for f in facts_of(asked, FactKind.DIAGNOSIS, *names) if f.assertion in wanted]


def operations_asked_for(asked: Asked) -> list[Fact]:
    """Return the requests for an operation that the record holds."""
    found = facts_of(asked, FactKind.REQUEST)
    return [f for f in found if f.name.endswith(SURGICAL)]


def reasons_that_hold(found: dict[str, Answer | list[Fact]], what: str) -> Answer:
    """Return the named reasons that hold, with their places."""
    places: list[Place] = []
    names: list[str] = []
    for name, ground in found.items():
        if isinstance(ground, Answer):
            holds, at = bool(ground.value), ground.places
        else:
            holds, at = bool(ground), places_of(ground)
        if holds:
            names.append(name)
            places += at
    if not names:
        return silent(what)
    because = f"The record shows: {', '.join(names)}."
    return Answer(value=frozenset(names), because=because, places=tuple(dict.fromkeys(places)))


def cervical_imaging(asked: Asked) -> Answer:
    """Return the reasons of the chapter for an image of the neck that the record shows."""
    nerve = nerve_compromise(asked)
    return reasons_that_hold(
        {
            "red flag": red_flags(asked),
            "neurologic dysfunction": nerve if nerve.value else radiculopathy(asked),
            "failed strengthening program": _failed_exercise(asked),
            "anatomy before invasive procedure": operations_asked_for(asked),
        },
        "a reason of the chapter for the image",
    )


def joint_imaging(asked: Asked) -> Answer:
    """Return the reasons for an image of a joint that the record shows."""
    return reasons_that_hold(
        {
            "red flag": red_flags(asked),
            "suspected tear": suspected(asked, _TEARS),
            "instability": present(asked, FactKind.FINDING, ("joint instability",)),
            "before surgery": operations_asked_for(asked),
        },
        "a reason for the image",
    )


def _failed_exercise(asked: Asked) -> list[Fact]:
    names = ("home exercise program", "therapeutic exercise", "physical therapy")
    return [f for f in facts_of(asked, FactKind.TREATMENT, *names) if f.assertion in SAID and has_failed(f)]


def exercise_failed(asked: Asked) -> Answer:
    """Return whether a program of exercise failed."""
    failed = _failed_exercise(asked)
    if not failed:
        return silent("whether a program of exercise failed")
    return yes(f"The record says that {failed[0].name} did not help.", failed)


def home_program_failed(asked: Asked) -> Answer:
    """Return whether the program at home did not do, as the record says."""
    failed = [f for f in _failed_exercise(asked) if f.name == "home exercise program"]
    if not failed:
        return silent("why the program at home will not do")
    return yes("The record says that the program at home did not help.", failed)


def changed_since_study(asked: Asked) -> Answer:
    """Return whether a deficit of the nerves was found after the last study of this kind."""
    name = asked.treatment.name or ""
    done = [f for f in facts_of(asked, FactKind.IMAGING, name) if f.assertion in SAID and f.dated]
    if not done:
        return Answer(value=None, because=f"The record names no earlier study{of_the_part(asked)}.")
    last = max(f.dated or date.min for f in done)
    names = ("decreased sensation", "weakness", "abnormal reflexes", "neurological deficit")
    later = [f for f in present(asked, FactKind.FINDING, names) if f.dated and f.dated > last]
    if not later:
        return silent(f"what changed since the study of {last.isoformat()}")
    return yes(f"{later[0].name} was found after the study of {last.isoformat()}.", [*done[-1:], *later])


def surgery_considered(asked: Asked) -> Answer:
    """Return whether an operation, or a surgeon's opinion, is asked for."""
    found = operations_asked_for(asked)
    found += [f for f in facts_of(asked, FactKind.REQUEST) if "surgery consultation" in f.name]
    if not found:
        return silent("whether an operation is considered")
    return yes(f"The record asks for {found[0].name}.", found)


def surgery_approved(asked: Asked) -> Answer:
    """Return whether the operation that the item belongs to was approved, or denied.

    Here the papers of the dispute are the source: they say what was decided.
    """
    told = (f for f in asked.facts.facts if f.name.endswith(SURGICAL))
    about = [f for f in told if is_of_the_part(asked.treatment, f)]
    denied = [f for f in about if f.kind is FactKind.DENIAL]
    approved = [
        f
        for f in about
        if f.kind is FactKind.REQUEST
        and dict(f.detail).get("action") in ("approved", "authorized", "certified")
    ]
    if approved and not denied:
        return yes(f"{approved[0].name} was approved.", approved)
    if denied and not approved:
        return Answer(value=False, because=f"{denied[0].name} was denied.", places=places_of(denied))
    return silent("without contradiction whether the operation was approved")


def adjunct_or_instead(asked: Asked) -> Answer:
    """Return whether medication was reduced or not borne, or rehabilitation goes on beside it."""
    found = present(asked, FactKind.FUNCTION, ("medication reduction",))
    found += present(asked, FactKind.ADVERSE_EFFECT, ())
    found += present(asked, FactKind.TREATMENT, ("physical therapy", "home exercise program"))
    if not found:
        return silent("whether medication was reduced, not borne, or rehabilitation goes on")
    return yes(f"The record shows {found[0].name}.", found)


def visits_counted(asked: Asked) -> Answer:
    """Return whether the record counts the earlier visits of the treatment."""
    name = asked.treatment.name
    counted = [
        f
        for f in facts_of(asked, FactKind.TREATMENT, *({name or ""} - {""}))
        if name and f.assertion in SAID and f.unit == "sessions"
    ]
    if not counted:
        return silent("how many visits there were before")
    counts = list(dict.fromkeys(f"{f.value:g}" for f in counted))
    return yes(f"The record counts {' and elsewhere '.join(counts)}.", counted)


def findings_support(asked: Asked) -> Answer:
    """Return whether examination or imaging shows something abnormal."""
    found = [f for f in facts_of(asked, FactKind.FINDING) if f.assertion is Assertion.PRESENT]
    if not found:
        return silent("an abnormal finding")
    return yes(f"Examination shows {found[0].name}.", found[:3])


def nerve_question(asked: Asked) -> Answer:
    """Return whether a nerve study has a question to answer: a lesion that is given or suspected."""
    found = suspected(asked, _QUESTIONS_FOR_NERVES)
    if not found:
        return silent("which question the study is to answer")
    return yes(f"{found[0].name} is in question.", found)


_LESION = re.compile(r"\b(?:tear|torn|rupture|extrusion|herniat\w+|fracture|instabilit\w+)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|without|negative|normal)\b", re.IGNORECASE)


def lesion_shown(asked: Asked) -> Answer:
    """Return whether imaging shows a lesion that surgery treats."""
    shown = [
        f
        for f in facts_of(asked, FactKind.IMAGING)
        if f.assertion in SAID
        and _LESION.search(words := dict(f.detail).get("shows", ""))
        and not _DENIED.search(words)
    ]
    reported = [f for f in seen_on_studies(asked) if _LESION.search(f.name)]
    if not shown and not reported:
        return silent("whether imaging shows a lesion")
    named = f"{shown[0].name} shows one" if shown else f"A report of imaging shows {reported[0].name}"
    return yes(f"{named}.", [*shown, *reported])


def severe_acute_injury(asked: Asked) -> Answer:
    """Return whether a severe injury is less than a month old."""
    severe = [f for f in facts_of(asked, FactKind.DIAGNOSIS, *_SEVERE) if f.assertion in SAID]
    days, injury = days_since_injury(asked)
    if not severe or days is None or days > 30:
        return silent("whether the injury is severe and fresh")
    return yes(f"{severe[0].name}, {days:g} days after the injury.", [*severe, *injury])


def response_to_opioid(asked: Asked) -> Answer:
    """Return whether the response to an opioid so far is recorded."""
    found = [
        f
        for f in facts_of(asked, FactKind.MEDICATION)
        if "opioid" in class_of(f.name) and dict(f.detail).get("response")
    ]
    found += pain_relief(asked)
    if not found:
        return silent("what the opioid did so far")
    return yes("The record tells what it did.", found)


def local_nerve_pain(asked: Asked) -> Answer:
    """Return whether nerve pain of one part of the body is diagnosed."""
    found = [
        f
        for f in facts_of(asked, FactKind.DIAGNOSIS, *_NEUROPATHIC)
        if f.assertion in SAID and dict(f.detail).get("body_part")
    ]
    if not found:
        return silent("whether the pain is local and of the nerve")
    return yes(f"{found[0].name} of the {dict(found[0].detail)['body_part']}.", found)


def oral_not_borne(asked: Asked) -> Answer:
    """Return whether a drug by mouth was not borne."""
    found = present(asked, FactKind.ADVERSE_EFFECT, ("gastrointestinal upset", "nausea"))
    if not found:
        return silent("why nothing can be taken by mouth")
    return yes(f"The record shows {found[0].name}.", found)


def added_to_others(asked: Asked) -> Answer:
    """Return whether the drug is added to other pain medication."""
    wanted = {"NSAID", "opioid", "muscle relaxant", "analgesic"}
    others = [f for f in others_in_use(asked) if wanted & set(class_words(class_of(f.name)))]
    if not others:
        return silent("whether it is added to other agents")
    return yes(f"Beside it the record shows {others[0].name.replace('_', '/')}.", others)


def several_nsaids(asked: Asked) -> Answer:
    """Return whether more than one NSAID is in use."""
    nsaids = [f for f in in_use(asked) if "NSAID" in class_words(class_of(f.name))]
    if len({f.name for f in nsaids}) < 2:
        return silent("whether the NSAID is taken in a high dose, or several are")
    return yes(f"The record shows {' and '.join(sorted({f.name for f in nsaids}))}.", nsaids)


def ingredients_in_form(asked: Asked) -> Answer:
    """Return the ingredients of the request, with form and strength where they decide."""
    treatment = asked.treatment
    if not treatment.ingredients:
        return silent("which ingredients are asked for")
    amounts = dict(zip(treatment.ingredients, treatment.strengths, strict=False))
    form = treatment.form or ("patch" if (treatment.name or "").endswith("patch") else "")
    form = form or ("gel" if (treatment.name or "").endswith("gel") else "")
    named = set()
    for name in treatment.ingredients:
        amount = amounts.get(name)
        percent = amount.amount if amount and amount.unit == "%" else None
        if name == "capsaicin" and percent is not None and percent <= 0.025:
            named.add("capsaicin <=0.025%")
        elif (name, percent, form) in (("diclofenac", 1.0, "gel"), ("lidocaine", 5.0, "patch")):
            named.add(f"{name} {percent:g}% {form}")
        else:
            named.add(name)
    return Answer(value=frozenset(named), because=f"The request is for {', '.join(sorted(named))}.")


def heart_or_surgery_risk(asked: Asked) -> Answer:
    """Return whether a disease of heart, pressure or sugar makes an operation riskier."""
    found = [f for f in facts_of(asked, FactKind.DIAGNOSIS, *_HEART) if f.assertion in SAID]
    if not found:
        return silent("whether patient or operation carry a risk")
    return yes(f"The record shows {found[0].name}.", found)


def lung_risk(asked: Asked) -> Answer:
    """Return whether a disease of the lungs, or smoking, is recorded."""
    found = [f for f in facts_of(asked, FactKind.DIAGNOSIS, *_LUNGS) if f.assertion in SAID]
    found += present(asked, FactKind.RISK, ("smoking",))
    if not found:
        return silent("whether the lungs are at risk")
    return yes(f"The record shows {found[0].name}.", found)


def blood_count_reason(asked: Asked) -> Answer:
    """Return whether the patient is old enough for a blood count to be useful."""
    years = age(asked)
    if isinstance(years.value, float) and years.value >= 65:
        return Answer(value=True, because=years.because, places=years.places)
    return silent("a reason for a blood count")


def implant_surgery(asked: Asked) -> Answer:
    """Return whether an operation that leaves an implant is asked for."""
    found = [f for f in operations_asked_for(asked) if f.name.endswith(("replacement", "fusion"))]
    if not found:
        return silent("whether the operation is urologic or leaves an implant")
    return yes(f"The record asks for {found[0].name}.", found)
