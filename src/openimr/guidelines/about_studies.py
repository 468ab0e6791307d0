"""Questions about studies: for which concern, what they show, what examination shows beside them.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record and the words of
    the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from openimr.guidelines.about_findings import (
    nerve_compromise,
    radiculopathy,
    red_flags,
    study_agrees,
)
from openimr.guidelines.about_reasons import (
    findings_support,
    lesion_shown,
    present,
    reasons_that_hold,
    suspected,
)
from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    Question,
    facts_of,
    is_shown,
    places_of,
    silent,
    told,
    yes,
)
from openimr.terms.facts import Assertion, Fact, FactKind

_CONDUCTION = ("nerve conduction study", "electromyography", "electrodiagnostic testing")
_ROOTS = ("radiculopathy", "radiculitis", "radicular pain")
_OTHER_NERVES = (
    "carpal tunnel syndrome",
    "cubital tunnel syndrome",
    "tarsal tunnel syndrome",
    "peripheral neuropathy",
    "peroneal neuropathy",
    "neuropathy",
    "brachial plexopathy",
)
# Tests of the sacroiliac joint that the record may call positive.
_SACROILIAC = ("FABER test", "Gaenslen test", "sacroiliac compression test")
_CORD = ("Hoffmann sign", "Babinski sign")
_UNSTABLE = re.compile(
    r"\b(?:instabilit\w+|unstable|fracture\w*|dislocat\w+|spondylolisthesis)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:no|not|without|negative|normal)\b", re.IGNORECASE)
_MEDIAN = re.compile(r"\b(?:carpal tunnel|median)\b", re.IGNORECASE)
_DEFICITS = ("neurological deficit", "weakness", "decreased sensation", "abnormal reflexes", "Romberg sign")


def hip_reason(asked: Asked) -> Answer:
    """Return the concerns of the guideline for an image of the hip that the record gives or suspects."""
    return reasons_that_hold(
        {
            "osteonecrosis": suspected(asked, ("avascular necrosis",)),
            "occult fracture": [
                f
                for f in suspected(asked, ("fracture", "femur fracture"))
                if f.assertion is Assertion.HYPOTHETICAL
            ],
            "stress fracture": suspected(asked, ("stress fracture",)),
            "soft-tissue injury": suspected(asked, ("tendon or ligament tear", "tendon rupture")),
            "labral tear": suspected(asked, ("labral tear",)),
            "tumour": suspected(asked, ("tumor", "cancer", "mass", "metastasis")),
        },
        "a concern of the guideline for the image",
    )


def bone_scan_reason(asked: Asked) -> Answer:
    """Return the concerns of the guideline for a bone scan that the record gives or suspects."""
    return reasons_that_hold(
        {
            "early CRPS": suspected(
                asked, ("complex regional pain syndrome", "complex regional pain syndrome type I")
            ),
            "stress fracture": suspected(asked, ("stress fracture",)),
            "tumour": suspected(asked, ("tumor", "cancer", "metastasis")),
            "infection": suspected(asked, ("infection", "osteomyelitis", "septic arthritis")),
        },
        "a concern of the guideline for the scan",
    )


def films_repeated(asked: Asked) -> Answer:
    """Return whether plain films were repeated: told, or recorded on two days."""
    if stated := told(asked, "films repeated"):
        return yes("The record says so.", stated)
    films = facts_of(asked, FactKind.IMAGING, "radiography")
    done = [f for f in films if f.assertion in SAID and f.dated]
    if len({f.dated for f in done}) < 2:
        return silent("whether plain films were repeated")
    return yes("Plain films of two days are recorded.", done)


def open_repair_of_large_tear(asked: Asked) -> Answer:
    """Return whether the record tells of an open repair and of a large tear."""
    repair, tear = told(asked, "open repair"), told(asked, "large tear")
    if not repair or not tear:
        return silent("whether a large tear is repaired openly")
    return yes("The record tells of an open repair and of a large tear.", [*repair, *tear])


def obvious_radiculopathy(asked: Asked) -> Answer:
    """Return whether radiculopathy is plain without a nerve study.

    Yes where the record calls it obvious, or where two kinds of deficit, the
    diagnosis and a study agree; no where it calls it unclear, or where roots
    were looked for and every deficit is denied.
    """
    if stated := told(asked, "obvious radiculopathy"):
        return yes("The record calls it obvious.", stated)
    if unclear := told(asked, "unclear radiculopathy"):
        return Answer(value=False, because="The record calls it unclear.", places=places_of(unclear))
    root, nerve, study = radiculopathy(asked), nerve_compromise(asked), study_agrees(asked)
    if root.value is False:
        return root
    if root.value is True and nerve.value is True and study.value is True:
        places = tuple(dict.fromkeys((*root.places, *nerve.places, *study.places)))
        return Answer(value=True, because=f"{root.because} {nerve.because} {study.because}", places=places)
    return silent("without doubt whether radiculopathy is plain")


def conduction_for_a_root(asked: Asked) -> Answer:
    """Return whether conduction studies are asked for on account of a root alone."""
    name = asked.treatment.name or ""
    if name == "electromyography":
        return Answer(value=False, because="The request is for electromyography, not for conduction studies.")
    roots, others = suspected(asked, _ROOTS), suspected(asked, _OTHER_NERVES)
    if name in _CONDUCTION and others:
        because = f"{others[0].name} is in question too."
        return Answer(value=False, because=because, places=places_of(others))
    if name == "nerve conduction study" and roots:
        return yes(f"{roots[0].name} is in question, and no other nerve.", roots)
    return silent("for what the conduction studies are")


def ankle_effusion(asked: Asked) -> Answer:
    """Return how many millimetres of effusion an image of the ankle shows."""
    found = [
        f
        for f in told(asked, "effusion")
        if f.value is not None and dict(f.detail).get("body_part") in (None, "ankle", "foot")
    ]
    if not found:
        return silent("how large an effusion of the ankle is")
    most = max(found, key=lambda f: f.value or 0.0)
    return Answer(value=most.value, because=f"An effusion of {most.value:g} mm.", places=(most.seen_at,))


def _shows(asked: Asked, names: Iterable[str], words: re.Pattern[str]) -> tuple[list[Fact], list[Fact]]:
    """Return the studies that show something, and those that expressly deny it."""
    about = [
        (f, shown)
        for f in facts_of(asked, FactKind.IMAGING, *names)
        if f.assertion in SAID and words.search(shown := dict(f.detail).get("shows", ""))
    ]
    denied = [f for f, shown in about if _DENIED.search(shown)]
    return [f for f, shown in about if not _DENIED.search(shown)], denied


def carpal_tunnel_confirmed(asked: Asked) -> Answer:
    """Return whether a nerve study shows carpal tunnel syndrome; no where it denies it."""
    shown, denied = _shows(asked, _CONDUCTION, _MEDIAN)
    if shown and not denied:
        return yes(f"{shown[0].name} shows it.", shown)
    if denied and not shown:
        return Answer(value=False, because=f"{denied[0].name} denies it.", places=places_of(denied))
    return silent("without contradiction whether a conduction study confirms it")


def unstable_spine(asked: Asked) -> Answer:
    """Return whether an image shows instability, fracture or dislocation."""
    shown, _ = _shows(asked, (), _UNSTABLE)
    if not shown:
        return silent("whether imaging shows instability, fracture or dislocation")
    return yes(f"{shown[0].name} shows it.", shown)


def root_or_cord(asked: Asked) -> Answer:
    """Return whether a root of the arm or the cord suffers."""
    named = [f for f in facts_of(asked, FactKind.DIAGNOSIS, "myelopathy") if f.assertion in SAID]
    signs = present(asked, FactKind.FINDING, _CORD)
    if named and signs:
        return yes(f"{named[0].name}, with {signs[0].name}.", [*named, *signs])
    root = radiculopathy(asked)
    return root if root.value is True else silent("without doubt whether a root or the cord suffers")


def sacroiliac_tests(asked: Asked) -> Answer:
    """Return how many tests of the sacroiliac joint are positive, at least."""
    found = present(asked, FactKind.FINDING, _SACROILIAC)
    if not found:
        return silent("which tests of the joint are positive")
    names = dict.fromkeys(f.name for f in found)
    return Answer(
        value=float(len(names)),
        because=f"Positive: {', '.join(names)}.",
        places=places_of(found),
        is_least=True,
    )


def trigger_points(asked: Asked) -> Answer:
    """Return whether trigger points with twitch response and referred pain are described."""
    points = present(asked, FactKind.FINDING, ("trigger points",))
    twitch = present(asked, FactKind.FINDING, ("twitch response",))
    referred = [
        f for f in facts_of(asked, FactKind.CIRCUMSTANCE, "referred pain") if f.assertion is Assertion.PRESENT
    ]
    if not (points and twitch and referred):
        return silent("trigger points with twitch response and referred pain")
    return yes("All three are described.", [*points, *twitch, *referred])


def obvious_hernia(asked: Asked) -> Answer:
    """Return whether a hernia is plain on examination; no where none is felt."""
    felt = facts_of(asked, FactKind.CIRCUMSTANCE, "hernia felt")
    there = [f for f in felt if f.assertion is Assertion.PRESENT]
    not_there = [f for f in felt if f.assertion is Assertion.ABSENT] + told(asked, "hernia not felt")
    if there and not not_there:
        return yes("The record says that it is felt.", there)
    if not_there and not there:
        because = "The record says that none is felt."
        return Answer(value=False, because=because, places=places_of(not_there))
    return silent("without contradiction whether a hernia is felt")


def worse_or_red_flag(asked: Asked) -> Answer:
    """Return whether there is a red flag; that the patient got worse is left to a person."""
    flags = red_flags(asked)
    if not isinstance(flags.value, frozenset):
        return silent("whether the patient got worse or there is a red flag")
    return Answer(value=True, because=flags.because, places=flags.places)


def disease_proven(asked: Asked) -> Answer:
    """Return whether an image shows a lesion, or examination something abnormal."""
    shown = lesion_shown(asked)
    return shown if shown.value is True else findings_support(asked)


QUESTIONS: dict[str, Question] = {
    "case.hip_imaging_reason": hip_reason,
    "case.bone_scan_reason": bone_scan_reason,
    "case.open_large_rotator_cuff_repair": open_repair_of_large_tear,
    "doc.plain_films_repeated": films_repeated,
    "exam.radiculopathy_obvious": obvious_radiculopathy,
    "exam.radiculopathy_or_myelopathy": root_or_cord,
    "exam.si_tests_positive": sacroiliac_tests,
    "exam.trigger_points_with_twitch_and_referred_pain": trigger_points,
    "exam.abnormal_neuro_or_mental_status": is_shown(
        FactKind.FINDING, _DEFICITS, "whether the mind or the nerves are disturbed"
    ),
    "request.ncs_for_radiculopathy": conduction_for_a_root,
    "exam.hernia_clinically_obvious": obvious_hernia,
    "case.neuro_deterioration_or_red_flag": worse_or_red_flag,
    "imaging_or_exam.pathology_documented": disease_proven,
    "imaging.ankle_effusion_mm": ankle_effusion,
    "imaging.spinal_instability": unstable_spine,
    "emg.carpal_tunnel_confirmed": carpal_tunnel_confirmed,
}
