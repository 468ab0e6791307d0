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
_BY_HAND = re2.compile(r"\b(?:exam|examination|palpa\w+|tender)\b")
# "Excision of a dorsal wrist mass", "tumor resection".
_OPERATIONS = frozenset(
    "repair repairs excision resection removal debridement reduction fixation drainage decompression"
    " evacuation biopsy closure release revision reconstruction arthroscopy osteotomy prophylaxis"
    " exploration aspiration ablation surgery operation surgeries lysis curettage orif stabilization"
    " correction pinning nailing packing".split()
)
# "to correct the deformity", "to reduce the risk of infection".
_CORRECTING = frozenset("correct repair fix".split())
_PREVENTING = frozenset("prevent avoid minimize reduce decrease lessen eliminate".split())
# Behind one of these something new begins: "a repair of the cuff showed a tear".
_NEW_PHRASE = frozenset(
    "and as in on with showed which that for from revealed because due where while at".split()
)
# What a disorder only describes: "fracture line", "pain medication".
_DESCRIBED = _OPERATIONS | frozenset(
    "prescription medication medications medicine control management relief blister blisters prevention"
    " screening precautions block boot boots line lines bed beds table site sites fragment fragments end"
    " ends surface surfaces plane planes pattern specialist clinic program scale score inventory"
    " questionnaire index protocol portal booster vaccine vaccines vaccination vaccinations toxoid"
    " immunization immunizations shot shots effect team teams consult service consultation".split()
)
# What was named before: "this fracture", "the tear", "the T11 compression fracture".
_AGAIN = re2.compile(
    r"(?:^|\W)(?:the|this|that|these|those|said|above|aforementioned|above-mentioned|patient's)\s"
    r"(?:(?:right|left|[ctls]\d{1,2}(?:-[ctls]?\d{1,2})?)\s)?$"
)
# "protrusion of her screw"
_OF_HARDWARE = re2.compile(
    r"^ of (?:the |her |his |its |this )?(?:\w+ )?"
    r"(?:screws?|hardware|pins?|rods?|plates?|nails?|component|prosthesis|implant)\b"
)
# A name in brackets behind another: "stenosing tendinosis, right thumb (trigger finger)".
_GLOSSED = re2.compile(r"[^.;(]\($")
# In an examination it describes how somebody looks.
_BUILD = "obesity"
_BEFORE_REACH = 90
_BEHIND_REACH = 34
_MOST_WORDS_BEFORE = 8


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
    before = reading.lower[max(sentence.start, mention.start - _BEFORE_REACH) : mention.start]
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _BEHIND_REACH)]
    if _describes(behind) or _is_object(before) or _OF_HARDWARE.search(behind):
        return False
    if before.endswith("(") and behind.startswith(")") and _GLOSSED.search(before):
        return not reading.follows_disorder(mention)
    return not (
        reading.named_before(mention, loosely=mention.concept.group == How.SHOWN) and _AGAIN.search(before)
    )


def _describes(behind: str) -> bool:
    words = behind.split(None, 1)
    return behind[:1] == " " and bool(words) and words[0].strip(".,;:)") in _DESCRIBED


def _is_object(before: str) -> bool:
    """Return whether an operation or a precaution stands right before: "excision of a large"."""
    words = before.split()[-_MOST_WORDS_BEFORE:]
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        earlier = words[at - 1] if at else ""
        if word in _NEW_PHRASE or not word[-1].isalnum():
            return False
        if word in _PREVENTING or (word in _CORRECTING and earlier == "to"):
            return True
        if word == "of" and earlier in _OPERATIONS:
            return True
    return False


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
    return group == How.SHOWN and not is_shown(reading, number) and _is_examined(reading, number)


def _is_examined(reading: PageReading, number: int) -> bool:
    sentence = reading.sentences[number]
    return reading.sections[number] in EXAMINED or (
        _BY_HAND.search(reading.lower[sentence.start : sentence.end]) is not None
    )
