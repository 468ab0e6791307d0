"""Whether the name of a disorder says that somebody has it: not "repair of the tear", not "this fracture"."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.disorders import How
from openimr.facts.reading import PageReading
from openimr.terms.facts import FactKind

# Where hand and eye only look and feel, or the patient is asked from a list.
EXAMINED = frozenset({"objective", "review_of_systems"})
_SEEN_ON_IMAGES = re2.compile(
    r"\b(?:mri|mra|ct|x-?rays?|films?|radiograph\w*|scans?|ultrasound|sonogra\w+|views?|imaging|myelogram"
    r"|discogram|arthrogram|arthroscop\w+|biopsy|patholog\w+)\b"
)
# "Excision of a dorsal wrist mass", "to correct the deformity".
_OPERATION = (
    r"repair|repairs|excision|resection|removal|debridement|reduction|fixation|drainage|decompression|evacuation"
    r"|biopsy|closure|release|revision|reconstruction|arthroscopy|osteotomy|prophylaxis|exploration|aspiration"
    r"|ablation|surgery|operation|surgeries|lysis|curettage|orif|stabilization|correction|pinning|nailing|packing"
)
_OF_OPERATION = re2.compile(
    rf"\b(?:(?:{_OPERATION}) of|to (?:correct|repair|fix))"
    r"((?: [a-z0-9'/-]+){0,5}) ?$"
)
# Behind one of these something new begins: "a repair of the cuff showed a tear".
_NEW_PHRASE = frozenset(
    "and as in on with showed which that for from revealed because due where while at".split()
)
_THEN_OPERATION = re2.compile(
    rf"^ (?:{_OPERATION}|prescription|medications?|medicine|control|management|relief|blisters?"
    r"|prevention|screening|precautions|block|boots?|lines?|beds?|table|sites?"
    r"|fragments?|ends?|surfaces?|planes?|pattern|specialist|clinic|program|scale|score|inventory|questionnaire"
    r"|index|protocol|portal)\b"
)
# What was named before: "this fracture", "the tear".
_AGAIN = re2.compile(r"\b(?:the|this|that|these|those|said|above|aforementioned|above-mentioned|patient's) $")
# In an examination it describes how somebody looks.
_BUILD = "obesity"
_AGAIN_REACH = 34
_OPERATION_REACH = 90


def names_a_disorder(reading: PageReading, mention: Mention, number: int, kind: FactKind) -> bool:
    """Return whether the name of a disorder is more than a part of another name, or a second naming.

    Args:
        reading: The page.
        mention: What is named.
        number: The number of its sentence.
        kind: What kind of fact it would be; only diagnoses are judged.
    """
    if kind is not FactKind.DIAGNOSIS:
        return True
    if reading.sections[number] == "procedure":
        return False
    if _is_weak(reading, mention, number):
        return False
    sentence = reading.sentences[number]
    before = reading.lower[max(sentence.start, mention.start - _OPERATION_REACH) : mention.start]
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _AGAIN_REACH)]
    if _THEN_OPERATION.search(behind) or _is_object(before):
        return False
    return not (_AGAIN.search(before) and reading.named_before(mention))


def _is_object(before: str) -> bool:
    """Return whether an operation stands right before: "excision of a large"."""
    match = _OF_OPERATION.search(before)
    return match is not None and _NEW_PHRASE.isdisjoint(match.group(1).split())


def is_shown(reading: PageReading, number: int) -> bool:
    """Return whether a sentence tells what was seen on an image or in an operation."""
    if reading.sections[number] == "results":
        return True
    sentence = reading.sentences[number]
    return _SEEN_ON_IMAGES.search(reading.lower[sentence.start : sentence.end]) is not None


def _is_weak(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether a word like "mass" stands where it is a finding, and no diagnosis."""
    group = mention.concept.group
    if mention.concept.name == _BUILD and reading.sections[number] in EXAMINED:
        return True
    section = reading.sections[number]
    if group == How.LISTED:
        return section != "diagnoses" and not reading.lists_diagnoses(number, mention.start)
    return group == How.SHOWN and section in EXAMINED and not is_shown(reading, number)
