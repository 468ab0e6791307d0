"""What sounds past and goes on: a drug that was prescribed, a "history of" what is treated now."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Scope

# "A prescription for Mobic was given": what was given is the paper.
_PRESCRIBED = re2.compile(r"\bprescriptions? (?:for|of)\b[^.;]*$")
_GIVING = ("was given", "were given")
# "A history of diabetes, currently on metformin", "history of gout, well controlled".
_GOES_ON = re2.compile(
    r"^[^.;]{0,40}?(?:\b(?:currently|presently|now|still)\b[^.;]{0,20}\b(?:on|taking|takes|treated|managed|using)\b"
    r"|\b(?:well|poorly|diet|medically)[- ]controlled\b|\bcontrolled (?:on|with|by)\b"
    r"|\bfor which (?:he|she|the patient) (?:is |was )?(?:takes?|taking|on|uses|treated)\b)"
)
_REACH = 80


def is_still_so(reading: PageReading, scope: Scope, mention: Mention, number: int) -> bool:
    """Return whether a mention that its trigger puts into the past is present all the same.

    Args:
        reading: The page.
        scope: The trigger that says "historical".
        mention: What is named.
        number: The number of its sentence.
    """
    sentence = reading.sentences[number]
    if mention.concept.is_care:
        if scope.trigger.words not in _GIVING:
            return False
        return _PRESCRIBED.search(reading.lower[sentence.start : mention.start]) is not None
    if not scope.trigger.words.endswith("history of"):
        return False
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _REACH)]
    return _GOES_ON.search(behind) is not None
