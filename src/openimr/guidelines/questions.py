"""What criteria ask of a record, and what the record answers.

An answer without a value is silence: the record does not say. A question
that the extraction of facts cannot yet look for is silence too, and says so,
so that a person knows to read the record for it.

Source:
    The criteria in ``topics/``: each names the question that it asks here, and
    carries the guideline's section and how it was verified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from openimr.terms.facts import Assertion, DrugUse, Fact, FactKind, Facts
from openimr.terms.places import Place
from openimr.terms.treatment import Treatment
from openimr.vocabulary.anatomy import region_of
from openimr.vocabulary.drugs import all_drugs


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The record, the treatment that is asked about, and the day of the request."""

    facts: Facts
    treatment: Treatment
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the record answers: a value with its places, or silence (None).

    ``refuted`` names values of a set question that the record expressly
    denies. ``is_looked_for`` is False where nobody searched the record.
    """

    value: bool | float | frozenset[str] | None
    because: str
    places: tuple[Place, ...] = ()
    refuted: frozenset[str] = frozenset()
    refuted_at: tuple[Place, ...] = ()
    is_looked_for: bool = True


Question = Callable[[Asked], Answer]

_SAID = frozenset({Assertion.PRESENT, Assertion.HISTORICAL})


def silent(what: str) -> Answer:
    """Return the answer of a record that does not say."""
    return Answer(value=None, because=f"The record does not say {what}.")


def _places(facts: Iterable[Fact]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(f.seen_at for f in facts))


def _of(asked: Asked, kind: FactKind, *names: str) -> list[Fact]:
    """Return the facts of a kind that the clinical record itself states.

    What only the denial or another paper of the dispute reports proves nothing:
    a determination may not rest on it (8 CCR 9792.10.6(b)(2)).
    """
    wanted = (f for f in asked.facts.facts if f.kind is kind and not f.is_reported)
    return [f for f in wanted if not names or f.name in names]


def _yes_or_no(asked: Asked, kind: FactKind, names: tuple[str, ...], what: str) -> Answer:
    """Return the latest statement on something; two on one day that disagree are silence."""
    found = [f for f in _of(asked, kind, *names) if f.assertion in (Assertion.PRESENT, Assertion.ABSENT)]
    if not found:
        return silent(what)
    latest = max((f.dated or date.min) for f in found)
    last = [f for f in found if (f.dated or date.min) == latest]
    said = {f.assertion for f in last}
    when = f" on {latest.isoformat()}" if latest != date.min else ""
    if len(said) > 1:
        return Answer(
            value=None, because=f"The record contradicts itself{when} on {what}.", places=_places(last)
        )
    is_there = said == {Assertion.PRESENT}
    word = "documents" if is_there else "expressly denies"
    return Answer(value=is_there, because=f"The record{when} {word} {last[0].name}.", places=_places(last))


def _requested_drugs(asked: Asked) -> set[str]:
    wanted = set(asked.treatment.ingredients)
    return {d.id for d in all_drugs() if wanted & set(d.ingredients)} | ({asked.treatment.name or ""} - {""})


def _uses(asked: Asked) -> list[DrugUse]:
    names = _requested_drugs(asked)
    return [u for u in asked.facts.drug_use if u.drug in names]


def duration_of_use(asked: Asked) -> Answer:
    """Return how many days of use the record shows at least."""
    used = [u for u in _uses(asked) if u.days]
    if not used:
        return silent("how long the medication has been used")
    longest = max(used, key=lambda u: u.days or 0)
    return Answer(
        value=float(longest.days or 0),
        because=(
            f"The record shows {longest.drug.replace('_', '/')} from {longest.first_seen} to "
            f"{longest.last_seen}: at least {longest.days} days."
        ),
        places=longest.mentions,
    )


def days_supply(asked: Asked) -> Answer:
    """Return for how many days the quantity asked for lasts."""
    treatment = asked.treatment
    if treatment.quantity is None:
        return silent("what quantity is asked for")
    per_day = treatment.frequency.most if treatment.frequency and treatment.frequency.per == "day" else None
    places: tuple[Place, ...] = ()
    if per_day is None:
        per_day, places = _recorded_doses(asked)
    if not per_day:
        return silent("how often a day the medication is taken, so the days of supply cannot be told")
    days = treatment.quantity.count / per_day
    return Answer(
        value=days,
        because=f"{treatment.quantity.count:g} at {per_day:g} a day last {days:g} days.",
        places=places,
    )


def _recorded_doses(asked: Asked) -> tuple[float | None, tuple[Place, ...]]:
    names = _requested_drugs(asked)
    dosed = [
        f
        for f in _of(asked, FactKind.MEDICATION, *names)
        if f.assertion in (Assertion.PRESENT, Assertion.REQUESTED) and _per_day(f)
    ]
    if not dosed:
        return None, ()
    latest = max(dosed, key=lambda f: f.dated or date.min)
    return _per_day(latest), (latest.seen_at,)


_DAILY = re.compile(r"(?:\d+(?:\.\d+)?-)?(\d+(?:\.\d+)?) per day")


def _per_day(fact: Fact) -> float | None:
    """Return how often a day a mention says the medication is taken, the most it allows."""
    match = _DAILY.fullmatch(dict(fact.detail).get("frequency", ""))
    return float(match.group(1)) if match else None


def concurrent_classes(asked: Asked) -> Answer:
    """Return the classes of the other medications that the record shows in use."""
    own = _requested_drugs(asked)
    classes = {d.id: d.drug_class for d in all_drugs()}
    others = [
        f for f in _of(asked, FactKind.MEDICATION) if f.assertion is Assertion.PRESENT and f.name not in own
    ]
    if not others:
        return silent("which other medications are in use")
    found = frozenset(word for f in others for word in _class_words(classes.get(f.name, "")))
    named = ", ".join(dict.fromkeys(f.name.replace("_", "/") for f in others))
    return Answer(value=found, because=f"Other medications in the record: {named}.", places=_places(others))


def _class_words(drug_class: str) -> tuple[str, ...]:
    """Return the classes a drug counts under: "opioid, short-acting" is an opioid."""
    head = drug_class.split(",")[0].strip()
    if not head:
        return ()
    if "antagonist" not in head and head.startswith("opioid"):
        return (head, "opioid")
    return (head,)


# Medications that come before a second-line one for pain.
_FIRST_LINE = ("NSAID", "analgesic", "opioid", "NSAID combination")


def first_line_tried(asked: Asked) -> Answer:
    """Return whether a first-line pain medication was tried."""
    own = _requested_drugs(asked)
    classes = {d.id: d.drug_class for d in all_drugs()}
    tried = [
        f
        for f in _of(asked, FactKind.MEDICATION)
        if f.assertion in _SAID
        and f.name not in own
        and set(_class_words(classes.get(f.name, ""))) & set(_FIRST_LINE)
    ]
    if not tried:
        return silent("whether a first-line pain medication was tried or cannot be used")
    named = ", ".join(dict.fromkeys(f.name.replace("_", "/") for f in tried))
    return Answer(value=True, because=f"The record shows {named}.", places=_places(tried))


def oral_nsaid_failed(asked: Asked) -> Answer:
    """Return whether an oral NSAID failed or cannot be used."""
    classes = {d.id: d.drug_class for d in all_drugs()}
    failed = [
        f
        for f in _of(asked, FactKind.MEDICATION)
        if classes.get(f.name) == "NSAID" and dict(f.detail).get("response") in ("failed", "not_tolerated")
    ]
    if not failed:
        return silent("whether an oral NSAID failed or cannot be used")
    return Answer(
        value=True, because=f"The record shows that {failed[0].name} did not serve.", places=_places(failed)
    )


def diagnoses(asked: Asked) -> Answer:
    """Return the diagnoses that the record gives, and those it expressly denies."""
    found = _of(asked, FactKind.DIAGNOSIS)
    said = [f for f in found if f.assertion in _SAID]
    denied = [f for f in found if f.assertion is Assertion.ABSENT]
    names = {f.name for f in said} | {g for f in said if (g := dict(f.detail).get("group"))}
    refuted = {f.name for f in denied} - names
    listed = ", ".join(dict.fromkeys(f.name for f in said)) or "none"
    because = f"Diagnoses in the record: {listed}."
    if refuted:
        because += f" Expressly denied: {', '.join(sorted(refuted))}."
    return Answer(
        value=frozenset(names) if found else None,
        because=because if found else "The record does not give a diagnosis.",
        places=_places(said),
        refuted=frozenset(refuted),
        refuted_at=_places(denied),
    )


def body_part(asked: Asked) -> Answer:
    """Return the part of the body the treatment is for, with its region."""
    parts = [p.part for p in asked.treatment.body_parts]
    places: tuple[Place, ...] = ()
    where = "The request"
    if not parts:
        about = [
            f
            for kind in (FactKind.SYMPTOM, FactKind.DIAGNOSIS, FactKind.PAIN_SCORE)
            for f in _of(asked, kind)
            if f.assertion is Assertion.PRESENT and dict(f.detail).get("body_part")
        ]
        parts = list(dict.fromkeys(dict(f.detail)["body_part"] for f in about))
        places, where = _places(about), "The request names no part of the body; the record"
    if not parts:
        return silent("for which part of the body the treatment is")
    regions = {region for part in parts if (region := region_of(part))}
    return Answer(
        value=frozenset(parts) | regions, because=f"{where} speaks of {', '.join(parts)}.", places=places
    )


def indication_stated(asked: Asked) -> Answer:
    """Return whether the record says for what the medication is given."""
    names = _requested_drugs(asked)
    stated = [f for f in _of(asked, FactKind.MEDICATION, *names) if dict(f.detail).get("indication")]
    if not stated:
        return silent("for what the medication is given")
    return Answer(
        value=True,
        because=f"The record gives it for {dict(stated[0].detail)['indication']}.",
        places=_places(stated),
    )


def _is_recorded(kind: FactKind, names: tuple[str, ...], what: str) -> Question:
    """Return the question whether something was recorded at all, found or denied."""

    def question(asked: Asked) -> Answer:
        found = [f for f in _of(asked, kind, *names) if f.assertion in (*_SAID, Assertion.ABSENT)]
        if not found:
            return silent(what)
        return Answer(value=True, because=f"The record speaks of {found[0].name}.", places=_places(found))

    return question


def _is_so(kind: FactKind, names: tuple[str, ...], what: str) -> Question:
    def question(asked: Asked) -> Answer:
        return _yes_or_no(asked, kind, names, what)

    return question


QUESTIONS: dict[str, Question] = {
    "rx.duration_of_use_total": duration_of_use,
    "rx.days_supply_requested": days_supply,
    "rx.concurrent_classes": concurrent_classes,
    "rx.first_line_tried_or_contraindicated": first_line_tried,
    "rx.oral_nsaid_failed_or_contraindicated": oral_nsaid_failed,
    "dx.concepts": diagnoses,
    "request.body_part": body_part,
    "doc.indication_stated_for_drug": indication_stated,
    "exam.muscle_spasm": _is_so(FactKind.FINDING, ("muscle spasm",), "whether muscle spasm was found"),
    "case.acute_exacerbation": _is_so(
        FactKind.SYMPTOM, ("acute exacerbation",), "whether this is an acute flare"
    ),
    "outcome.functional_improvement_documented": _is_so(
        FactKind.FUNCTION, ("functional improvement",), "whether function improved"
    ),
    "doc.analgesia_recorded": _is_recorded(
        FactKind.FUNCTION, ("pain relief",), "how much the medication relieves pain"
    ),
    "doc.adverse_effects_recorded": _is_recorded(
        FactKind.ADVERSE_EFFECT, (), "whether there are adverse effects"
    ),
    "doc.aberrant_behaviour_assessed": _is_recorded(
        FactKind.RISK,
        ("aberrant behaviour", "urine drug test", "prescription monitoring", "opioid agreement"),
        "whether drug-taking behaviour was assessed",
    ),
    "doc.uds_done": _is_recorded(FactKind.RISK, ("urine drug test",), "whether a urine drug test was done"),
}


def ask(fact: str, asked: Asked) -> Answer:
    """Return what the record answers to one question of a criterion.

    Source:
        The question's name is the criterion's; the answer carries its places.
    """
    question = QUESTIONS.get(fact)
    if question is None:
        return Answer(
            value=None,
            because="The record was not searched for this; a person must read it for it.",
            is_looked_for=False,
        )
    return question(asked)
