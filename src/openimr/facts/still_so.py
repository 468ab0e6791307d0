"""What sounds past and goes on: a drug that was prescribed, a "history of" what is treated now."""

from __future__ import annotations

import re2

from openimr.facts.chronic import passes
from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Scope
from openimr.terms.facts import FactKind

# "A prescription for Mobic was given": what was given is the paper.
_PRESCRIBED = re2.compile(r"\bprescriptions? (?:for|of)\b[^.;]*$")
_GIVING = ("was given", "were given")
# "A history of diabetes, currently on metformin", "history of gout, under treatment".
_TREATED_NOW = re2.compile(
    r"^[^.;]{0,40}?(?:\b(?:currently|presently|now|still)\b[^.;]{0,20}\b(?:on|taking|takes|treated|managed|using)\b"
    r"|\bunder (?:\w+ )?treatment\b"
    r"|\bfor which (?:he|she|the patient) (?:(?:is |was )?(?:takes?|taking|on|uses)|is treated)\b"
    r"|\b(?:that|which) (?:is|are) (?:\w+ )?(?:treated|managed)\b)"
)
# "Ulcers, not currently treated", "no longer under treatment": not this.
_NOT = re2.compile(r"\b(?:not|never|no|off)\b")
# "Hypertension, well controlled", "epilepsy, not controlled", "knee pain since the fall".
_IS_THERE = re2.compile(r"^[^.;]{0,40}?\b(?:(?:un)?controlled|under (?:\w+ )?control)\b|^ since\b")
# "Gout that was controlled with colchicine": not that either.
_WAS = re2.compile(r"\b(?:was|were|had been|until)\b")
# "Hypertension, on lisinopril", "hypertension and takes lisinopril": with the name of a drug right behind it.
_ON_DRUG = re2.compile(r"^(?:,| and) (?:(?:he |she )?(?:is |currently )?(?:on|takes|taking|uses)) $")
# Before a drug for what was just named: "controlled with", "that is treated by".
_TREATED_WITH = re2.compile(
    r"\b(?:(?:was |were |had been )?(?:\w+ )?controlled"
    r"|(?:is|are|currently|now|still|being) (?:\w+ )?(?:treated|managed)) (?:with|by|on) $"
)
_REACH, _DRUG_REACH = 80, 30


def is_still_so(reading: PageReading, scope: Scope, mention: Mention, number: int) -> bool:
    """Return whether a mention that its trigger puts into the past is present all the same.

    Args:
        reading: The page.
        scope: The trigger that says "historical".
        mention: What is named.
        number: The number of its sentence.
    """
    sentence = reading.sentences[number]
    before = reading.lower[sentence.start : mention.start]
    if mention.concept.is_care and scope.trigger.words in _GIVING:
        return _PRESCRIBED.search(before) is not None
    if not scope.trigger.words.endswith("history of"):
        return False
    if mention.concept.is_care:
        treated = _TREATED_WITH.search(before)
        return treated is not None and _WAS.search(treated.group(0)) is None
    if passes(mention.concept):
        return False
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _REACH)]
    is_there = _IS_THERE.search(behind)
    if (is_there and not _WAS.search(is_there.group(0))) or _is_on_drug(reading, mention):
        return True
    treated = _TREATED_NOW.search(behind)
    return treated is not None and _NOT.search(treated.group(0)) is None


def _is_on_drug(reading: PageReading, mention: Mention) -> bool:
    """Return whether a drug stands right behind a disorder, as what is taken for it."""
    following = reading.mentions_between(mention.end, mention.end + _DRUG_REACH)[:1]
    return any(
        drug.concept.kind is FactKind.MEDICATION
        and _ON_DRUG.search(reading.lower[mention.end : drug.start]) is not None
        for drug in following
    )
