"""Results of drug tests as a note tells them: what was found in the urine is not what is taken."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.terms.facts import Fact, FactKind

_TEST = re2.compile(
    r"\b(?:urine (?:drug|tox\w*)|uds|udt|u-?tox|toxicology|drug (?:screen|test|monitor)\w*)\b"
)
# The last of these before the drug counts: "inconsistent: negative for oxycodone".
_RESULT = re2.compile(
    r"\b(inconsistent|consistent|not detected|detected|not positive|positive|negative|showed|revealed)\b"
)
# Behind one of these a drug is what the patient takes after all.
_TAKEN = re2.compile(
    r"\b(?:takes?|taking|continues?|prescribed (?:him|her)|is on|refill\w*|he|she|patient|who|and is)\b"
)
_PLAIN = frozenset({"consistent", "inconsistent", "positive", "negative", "detected", "not detected"})


def tested_drug(reading: PageReading, mention: Mention, number: int) -> Fact | None:
    """Return the result of a drug that a sentence names as found or missed by a test; None for any other.

    Nothing follows from it about what is taken: a drug found may be one of
    another prescriber, and one missed may be taken all the same.
    """
    before = reading.lower[reading.sentences[number].start : mention.start]
    test = _TEST.search(before)
    results = list(_RESULT.finditer(before, test.end())) if test else []
    if not results or _TAKEN.search(before, results[-1].end()):
        return None
    detail = [("drug", mention.concept.name)]
    if results[-1].group(1) in _PLAIN:
        detail.append(("result", results[-1].group(1)))
    return reading.fact(FactKind.RISK, "urine drug test", mention.start, mention.end, detail=tuple(detail))
