"""What denies a complaint, a finding or a disorder in other words than a trigger."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says, Scope
from openimr.facts.undone import NEGATED
from openimr.terms.facts import FactKind

# "Isn't depressed", "does not have any numbness", "not a smoker": only verbs of having stand between.
_DENIED_BEFORE = re2.compile(
    rf"\b{NEGATED}(?: (?:have|had|has|having|been|be|report\w*|exhibit\w*|display\w*|describe\w*|endorse\w*"
    r"|noted?|complain\w*|experienc\w*|feel|appear|demonstrat\w*|reveal\w*|elicit\w*|develop\w*|of|any|an?"
    r"|much|currently|yet|really|clinically|overtly|to|in))* $"
)
# "Spasm was not felt", "numbness isn't currently present".
_DENIED_BEHIND = re2.compile(
    r"^ (?:is|are|was|were|has|have|had|does|do|did)(?: not|n't)(?: currently| been| clinically| really)*"
    r" (?:present|felt|palpable|palpated|noted|seen|found|elicited|evident|apparent|demonstrated|observed"
    r"|detected|visible|identified|exist\w*|an? (?:feature|issue|problem))\b"
)
_OPEN_BEHIND = re2.compile(
    r"^ (?:is|are|was|were|has|have|had)(?: not|n't)(?: currently| been| clearly| definitely)*"
    r" (?:likely|suspected|confirmed|certain|definite|clear|diagnosed|established|proven)\b"
)
# "Numbness: no", "spasm - no.": the whole of an item of a list. "Numbness: no change" is another thing.
_NO_BEHIND = re2.compile(r"^\s?[:–-]\s?(?:no|nil|neg|negative|denies|denied|ruled out)\s*(?:[.,;)/]|$)")
# "Numbness was denied by the patient": at the head of a sentence, where no care can be what is denied.
_HEAD_DENIED = re2.compile(r"^ (?:(?:is|was|are|were) )?denied(?: by (?:the patient|him|her))?\s*[.,;]?$")
# "Negative for fracture, effusion present": behind a comma another thing is said.
_AFFIRMED_BEHIND = re2.compile(r"^(?: (?:is|was|are|were))? present\b|^\s?: (?:yes|present|positive)\b")
_NEW_ITEM = re2.compile(r",\s+(?:[a-z]+ )?$")
_REACH, _BEHIND = 60, 50


def denied(reading: PageReading, mention: Mention, number: int) -> Says | None:
    """Return what the words right around a complaint, finding or disorder say; None where they say nothing.

    Args:
        reading: The page.
        mention: What is named, and no trigger decides.
        number: The number of its sentence.

    Example:
        >>> from openimr.facts.extract import extract_facts, pages_of_summary
        >>> page = pages_of_summary("He isn't depressed; spasm was not felt; numbness: yes.")
        >>> [(f.name, f.assertion.value) for f in extract_facts(page).facts if f.kind.value != "sex"]
        [('depression', 'absent'), ('muscle spasm', 'absent'), ('numbness', 'present')]
    """
    if mention.concept.is_care or mention.concept.kind is FactKind.CIRCUMSTANCE:
        return None
    sentence = reading.sentences[number]
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _BEHIND)]
    if _DENIED_BEHIND.search(behind) or _NO_BEHIND.search(behind):
        return Says.ABSENT
    if _OPEN_BEHIND.search(behind):
        return Says.HYPOTHETICAL
    if mention.start == sentence.start and _HEAD_DENIED.search(behind):
        return Says.ABSENT
    before = reading.lower[max(sentence.start, mention.start - _REACH) : mention.start]
    return Says.ABSENT if _DENIED_BEFORE.search(before) else None


def is_affirmed(reading: PageReading, scope: Scope, mention: Mention) -> bool:
    """Return whether a mention behind a denial is told as present: "no fracture, effusion present"."""
    if scope.trigger.says is not Says.ABSENT or scope.to > mention.start or mention.concept.is_care:
        return False
    if not _AFFIRMED_BEHIND.search(reading.lower[mention.end : mention.end + _BEHIND]):
        return False
    return _NEW_ITEM.search(reading.lower[scope.to : mention.start]) is not None
