"""Questions about what examination and studies show: roots, nerves, red flags.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record.
"""

from __future__ import annotations

import re

from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    facts_of,
    listed,
    places_of,
    seen_on_studies,
    silent,
)
from openimr.terms.facts import Assertion, Fact, FactKind

_DEFICITS = ("decreased sensation", "weakness", "abnormal reflexes")
_ROOT_SIGNS = (
    "straight leg raise",
    "Lasegue sign",
    "Spurling test",
    "slump test",
    "cervical compression test",
)
_ROOT_DISEASE = ("radiculopathy", "radiculitis")


def radiculopathy(asked: Asked) -> Answer:
    """Return whether examination shows radiculopathy: the diagnosis and a finding that fits it.

    No is answered only where the signs of a root were looked for and every
    deficit is denied.
    """
    findings = facts_of(asked, FactKind.FINDING, *_DEFICITS, *_ROOT_SIGNS)
    present = [f for f in findings if f.assertion is Assertion.PRESENT]
    absent = [f for f in findings if f.assertion is Assertion.ABSENT]
    named = [f for f in facts_of(asked, FactKind.DIAGNOSIS, *_ROOT_DISEASE) if f.assertion in SAID]
    if present and named:
        because = f"{named[0].name}, with {', '.join(dict.fromkeys(f.name for f in present))}."
        return Answer(value=True, because=because, places=places_of([*named, *present]))
    if not present and not named and len({f.name for f in absent}) > 1:
        because = f"Denied: {', '.join(dict.fromkeys(f.name for f in absent))}."
        return Answer(value=False, because=because, places=places_of(absent))
    return silent("without doubt whether examination shows radiculopathy")


def nerve_compromise(asked: Asked) -> Answer:
    """Return whether examination shows beyond doubt that a nerve suffers: two kinds of deficit."""
    findings = facts_of(asked, FactKind.FINDING, *_DEFICITS, "neurological deficit")
    present = [f for f in findings if f.assertion is Assertion.PRESENT]
    absent = [f for f in findings if f.assertion is Assertion.ABSENT]
    kinds = {f.name for f in present}
    if len(kinds) > 1 or "neurological deficit" in kinds:
        return Answer(value=True, because=f"Found: {', '.join(sorted(kinds))}.", places=places_of(present))
    denied = {f.name for f in absent}
    if not present and (len(denied) > 1 or "neurological deficit" in denied):
        return Answer(value=False, because=f"Denied: {', '.join(sorted(denied))}.", places=places_of(absent))
    return silent("without doubt whether a nerve suffers")


_ROOT_SHOWN = re.compile(r"nerve root|radiculopath|compress|imping|herniat|extru|stenosis", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|without|negative|normal)\b", re.IGNORECASE)


def study_agrees(asked: Asked) -> Answer:
    """Return whether an image or a nerve study shows what would explain a root."""
    shown = [
        f for f in facts_of(asked, FactKind.IMAGING) if f.assertion in SAID and dict(f.detail).get("shows")
    ]
    fits = [f for f in shown if _ROOT_SHOWN.search(dict(f.detail)["shows"])]
    fits = [f for f in fits if not _DENIED.search(dict(f.detail)["shows"])]
    reported = [f for f in seen_on_studies(asked) if _ROOT_SHOWN.search(f.name)]
    if fits:
        return Answer(value=True, because=f"{fits[0].name} shows it.", places=places_of(fits))
    if reported:
        because = f"The report of a study shows {listed(reported)}."
        return Answer(value=True, because=because, places=places_of(reported))
    return silent("that imaging or electrodiagnosis agrees")


_RED_FLAGS = {
    "fracture": ("fracture", "compression fracture"),
    "infection": ("infection", "osteomyelitis"),
    "tumor": ("cancer",),
    "cauda equina": ("cauda equina syndrome", "bowel or bladder dysfunction"),
    "dislocation": ("dislocation",),
}


def red_flags(asked: Asked) -> Answer:
    """Return the red flags that the record names, and those it denies."""
    said: dict[str, Fact] = {}
    denied: dict[str, Fact] = {}
    for flag, names in _RED_FLAGS.items():
        for kind in (FactKind.DIAGNOSIS, FactKind.SYMPTOM):
            for fact in facts_of(asked, kind, *names):
                if fact.assertion is Assertion.PRESENT:
                    said[flag] = fact
                elif fact.assertion is Assertion.ABSENT:
                    denied[flag] = fact
    refuted = frozenset(denied) - frozenset(said)
    if not said and not refuted:
        return silent("whether there is a red flag")
    named, not_there = ", ".join(said) or "none", ", ".join(sorted(refuted)) or "none"
    because = f"Red flags in the record: {named}; denied: {not_there}."
    return Answer(
        value=frozenset(said) or None,
        because=because,
        places=places_of(said.values()),
        refuted=refuted,
        refuted_at=places_of(denied.values()),
    )
