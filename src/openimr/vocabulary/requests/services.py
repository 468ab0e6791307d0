"""Treatments other than drugs: procedures, imaging, therapies, equipment, visits, tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from openimr.terms.treatment import BodyPart, TreatmentKind
from openimr.vocabulary.phrases import Match, PhraseMatcher
from openimr.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class Service:
    """A treatment other than a drug: its name, kind, and whether the word is vague."""

    name: str
    kind: TreatmentKind
    is_generic: bool


# A short word is an abbreviation, whose plural may be another: "pt", but "pts" are patients.
_NO_PLURAL = 3
# What follows a specialist or a field in a request for a visit: "neurology consult".
_AFTER_FIELD = (
    "appointment|assessment|clinic visit|consult|consult and treat|consultation|consultation and treatment"
    "|consultation/treatment|consultations|consults|eval|eval and treat|eval and treatment|eval/treat"
    "|evaluate and treat|evaluation|evaluation & treatment|evaluation and treatment|evaluation/treatment"
    "|evaluations|follow up|follow up visit|follow up visits|follow-up|follow-up consultation"
    "|follow-up evaluation|follow-up visit|follow-up visits|office visit|office visits|re-consultation"
    "|re-evaluation|reevaluation|referral|second opinion|visit|visits"
).split("|")
# What stands before them: "referral to a neurologist", "consultation with pain management".
_BEFORE_FIELD = (
    "consult by|consult with|consultation by|consultation to|consultation with|evaluation by"
    "|evaluation with|follow up visit with|follow up with|follow-up visit with|follow-up with"
    "|office visit with|re-evaluation with|refer to|referral for|referral to|referral with"
    "|second opinion by|second opinion with|transfer of care to|visit with"
).split("|")


def _visits(word: str, use: str) -> Iterator[str]:
    """Yield the phrases by which a request asks for a visit to a specialist.

    Args:
        word: The specialist or the field.
        use: ``alone`` for a person whose name alone asks for a visit, ``named``
            for other persons, ``field``, or ``adjective`` for a word that
            asks for a visit only with a noun behind it.
    """
    if use == "alone":
        yield word
    for noun in _AFTER_FIELD:
        yield f"{word} {noun}"
    if use == "adjective":
        return
    articles = ("", "the ") if use == "field" else ("", "the ", "an " if word[0] in "aeiou" else "a ")
    for verb in _BEFORE_FIELD:
        for article in articles:
            yield f"{verb} {article}{word}"


def _phrases() -> Iterator[tuple[str, Service]]:
    """Yield every phrase with its service; a phrase of the treatments table counts last."""
    for row in read_table("openimr.vocabulary", "data/specialists.csv"):
        visit = Service(row["name"], TreatmentKind.CONSULTATION, False)
        for phrase in _visits(row["phrase"], row["use"]):
            yield phrase, visit
    services = [
        (row["phrase"], Service(row["name"], TreatmentKind(row["kind"]), row["generic"] == "yes"))
        for row in read_table("openimr.vocabulary", "data/treatments.csv")
    ]
    for phrase, service in services:
        if len(phrase) > _NO_PLURAL and phrase[-1].isalpha() and phrase[-1] != "s":
            yield f"{phrase[:-1]}ies" if phrase[-1] == "y" else f"{phrase}s", service
    yield from services


@cache
def _services() -> PhraseMatcher[Service]:
    return PhraseMatcher(_phrases())


def find_services(text: str) -> list[Match[Service]]:
    """Return the treatments other than drugs named in a text, with offsets.

    Example:
        >>> [m.value.name for m in find_services("Referral to a neurologist and brain MRI")]
        ['neurology consultation', 'magnetic resonance imaging']
    """
    return _services().find(text)


# A name that says more where the request also names the joint or the part of the spine.
_JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
_REFINED = (
    {("arthroscopy", joint): f"{joint} arthroscopy" for joint in _JOINTS}
    | {("joint replacement", joint): f"{joint} replacement" for joint in _JOINTS}
    | {("arthrodesis", "ankle"): "ankle fusion"}
    | {(name, "neck"): "cervical fusion" for name in ("fusion", "spinal fusion")}
    | {(name, "lumbar spine"): "lumbar fusion" for name in ("fusion", "spinal fusion")}
    | {("fusion", "sacroiliac joint"): "sacroiliac joint fusion"}
)


def refined_name(name: str, parts: tuple[BodyPart, ...]) -> str:
    """Return the name of a service as far as the one body part of its request narrows it.

    Example:
        >>> refined_name("arthroscopy", (BodyPart(part="knee"),))
        'knee arthroscopy'
    """
    named = {part.part for part in parts}
    return _REFINED.get((name, named.pop()), name) if len(named) == 1 else name
