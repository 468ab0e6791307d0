"""What denies a complaint, a finding or a disorder in other words than a trigger."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says, Scope
from openimr.facts.undone import NEGATED, may_negate
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
# "No relief of his pain", "no doubt that": there is what has none of it. "No treatment for" leaves it open.
_NONE_OF_ITS = re2.compile(
    r"\b(?:relief|improvements?|reduction|decrease|control|resolution|cause|explanation|reason|doubt|question)\b"
    r"[^,;]*\b(?:of|from|in|for|that|with)\b"
)
_NO_CARE_FOR = re2.compile(
    r"\b(?:treatments?|medications?|surgery|surgeries|therapy|care|workup|evaluation|injections?|hospitali[sz]\w+)\b"
    r"[^,;]*\bfor (?:the |his |her |this |chronic )?$|\b(?:increase|worsening)\b[^,;]*\b(?:of|in)\b"
)
# "Cannot walk without pain", "is never free of pain": denied twice.
_TWICE = ("without", "free of")
_DENIED_ALREADY = re2.compile(rf"\b(?:{NEGATED}|unable to)\b([^,;:.]*)$")
_TWICE_REACH = 45
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
    if _NO_BEHIND.search(behind):
        return Says.ABSENT
    if may_negate(behind):
        if _DENIED_BEHIND.search(behind):
            return Says.ABSENT
        if _OPEN_BEHIND.search(behind):
            return Says.HYPOTHETICAL
    if mention.start == sentence.start and _HEAD_DENIED.search(behind):
        return Says.ABSENT
    before = reading.lower[max(sentence.start, mention.start - _REACH) : mention.start]
    return Says.ABSENT if may_negate(before) and _DENIED_BEFORE.search(before) else None


def is_affirmed(reading: PageReading, scope: Scope, mention: Mention) -> bool:
    """Return whether a mention behind a denial is told as present: "no fracture, effusion present"."""
    if scope.trigger.says is not Says.ABSENT or scope.to > mention.start or mention.concept.is_care:
        return False
    if not _AFFIRMED_BEHIND.search(reading.lower[mention.end : mention.end + _BEHIND]):
        return False
    return _NEW_ITEM.search(reading.lower[scope.to : mention.start]) is not None


def denies_another(reading: PageReading, scope: Scope, mention: Mention, number: int) -> Says | None:
    """Return what a denial says of a mention behind it where it denies something else.

    None where it denies the mention. Relief and causes are of what is there;
    whether there is what was not treated stays open.

    Example:
        >>> from openimr.facts.extract import extract_facts, pages_of_summary
        >>> page = pages_of_summary("No relief from his numbness. She cannot walk without pain.")
        >>> [(f.name, f.assertion.value) for f in extract_facts(page).facts if f.kind.value == "symptom"]
        [('numbness', 'present'), ('pain', 'present')]
    """
    if scope.trigger.says is not Says.ABSENT or scope.to > mention.start or mention.concept.is_care:
        return None
    between = reading.lower[scope.to : mention.start]
    if _NONE_OF_ITS.search(between):
        return Says.PRESENT
    if _NO_CARE_FOR.search(between):
        return Says.HYPOTHETICAL
    if not scope.trigger.words.startswith(_TWICE):
        return None
    low = max(reading.sentences[number].start, scope.at - _TWICE_REACH)
    already = _DENIED_ALREADY.search(reading.lower[low : scope.at])
    return Says.PRESENT if already and " and " not in already.group(1) else None
