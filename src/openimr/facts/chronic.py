"""Disorders that stay once they have come, and those that pass."""

from __future__ import annotations

from openimr.facts.concepts import Concept

# Disorders that stay once they have come, and those among them that pass.
_CHRONIC = frozenset({"medical", "psychiatric", "gastrointestinal", "sleep", "pain", "neurologic"})
_STAYING = frozenset({"osteoarthritis", "migraine", "degenerative disc disease", "multiple sclerosis"})
_STAYING_ENDINGS = (
    " disease",
    " disorder",
    "arthritis",
    "arthrosis",
    "neuropathy",
    "scoliosis",
    "porosis",
    "penia",
)
_PASSING = frozenset(
    {
        "myocardial infarction",
        "infection",
        "pneumonia",
        "thrombosis",
        "abscess",
        "peptic ulcer",
        "stroke",
        "transient ischemic attack",
        "concussion",
        "traumatic brain injury",
        "closed head injury",
        "head injury",
        "intracranial hemorrhage",
        "deep vein thrombosis",
        "pulmonary embolism",
        "rheumatic fever",
        "kidney stones",
        "hematoma",
        "sepsis",
        "pancreatitis",
        "small bowel obstruction",
        "ileus",
    }
)


def stays(concept: Concept) -> bool:
    """Return whether a disorder in a list of past history is still there: diabetes, and no pneumonia."""
    always = concept.name in _STAYING or concept.name.endswith(_STAYING_ENDINGS)
    return always or (concept.group in _CHRONIC and not passes(concept))


def passes(concept: Concept) -> bool:
    """Return whether a disorder is over although something is taken on: a stroke, and aspirin behind it."""
    return concept.name in _PASSING
