"""Results of drug tests as a note tells them: what was found in the urine is not what is taken."""

from __future__ import annotations

from collections.abc import Iterator

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
# How far behind the name of a drug a laboratory prints its result.
_RESULT_REACH = 60
_PLAIN = frozenset({"consistent", "inconsistent", "positive", "negative", "detected", "not detected"})


# What no physician prescribes, as laboratories name it.
_ILLICIT = re2.compile(
    r"\b(methamphetamines?|cocaine(?: metabolites?)?|benzoylecgonine|heroin|6-?(?:mam|monoacetylmorphine)"
    r"|phencyclidine|pcp|mdma|ecstasy)\b"
)
_BEHIND = re2.compile(r"^[\s:|.-]{1,40}(not detected|none detected|detected|positive|negative)\b")


def illicit_results(reading: PageReading) -> Iterator[Fact]:
    """Yield what a test says of drugs that nobody prescribes, where it gives a result.

    A result is told and not judged: a screen can be wrong, and was perhaps confirmed elsewhere.
    """
    for match in _ILLICIT.finditer(reading.lower):
        number = reading.number_at(match.start())
        if reading.is_guideline[number]:
            continue
        before = reading.lower[reading.sentences[number].start : match.start()]
        test = _TEST.search(before)
        told = list(_RESULT.finditer(before, test.end())) if test else []
        behind = _BEHIND.search(reading.lower[match.end() : match.end() + _RESULT_REACH])
        result = behind.group(1) if behind else told[-1].group(1) if told else None
        if result is None or result not in _PLAIN | {"none detected"}:
            continue
        detail = (("drug", match.group(1)), ("result", result), ("prescribed", "never"))
        end = match.end() + (behind.end() if behind else 0)
        yield reading.fact(FactKind.RISK, "urine drug test", match.start(), end, detail=detail)


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
