"""Medications: a drug with its particulars, still taken or not; or named as an allergy, or tested for."""

from __future__ import annotations

from collections.abc import Sequence

import re2

from openimr.facts.assertions import Decision, decide
from openimr.facts.concepts import Mention
from openimr.facts.particulars import particulars_of, since_when
from openimr.facts.reading import PageReading
from openimr.facts.treatments import response_of
from openimr.facts.triggers import Says
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.terms.records import ExhibitType

# How far behind a drug's name its particulars stand, in characters.
_PARTICULARS = 110
_LABORATORY = re2.compile(r"\b(?:levels?|esr|tsh|cbc|ana|rpr|ferritin|electrophoresis|serum|creatinine)\b")
_SCREEN_RESULT = re2.compile(r"\b(positive|negative|detected|not detected|none detected)\b")
_ALLERGY = re2.compile(
    r"\b(?:allergic (?:to|reactions? to)|allerg(?:y|ies)(?: is| are| include| including)?(?: to|:)?"
    r"|intoleran\w+)\b[^.]*$"
)
_PLACED_ON = re2.compile(
    r"\b(?:placed on|started on|switched to|was given|treated with|takes?|taking|uses|using|for)\b"
)
# What begins a row of its own in a table of requests.
_OWN_LINES = frozenset({FactKind.DIAGNOSIS, FactKind.TREATMENT, FactKind.IMAGING})


def medication_fact(
    reading: PageReading, mention: Mention, number: int, following: Mention | None
) -> tuple[Fact, Decision] | None:
    """Return the fact of a drug that is named, with the particulars printed behind it.

    Args:
        reading: The page.
        mention: The drug.
        number: The sentence it stands in.
        following: The next mention on the page; particulars end before it.
    """
    decision = decide(reading, mention, number)
    drug = mention.concept.drug
    if decision is None or drug is None:
        return None
    if _is_allergy(reading, mention, number):
        return _allergy(reading, mention), decision
    limit = _limit(reading, mention, number, following)
    printed = particulars_of(reading, mention, number, limit)
    detail = [*printed.detail]
    response = response_of(reading, mention, number, following)
    if response and decision.assertion in (Assertion.PRESENT, Assertion.HISTORICAL):
        detail.append(("response", response[0]))
    detail += since_when(reading, mention, number, limit)
    detail += _state(decision)
    detail.append(("drug_class", drug.drug_class))
    fact = reading.fact(
        FactKind.MEDICATION,
        drug.id,
        min(printed.start, decision.start),
        max(printed.end, decision.end),
        assertion=decision.assertion,
        value=printed.value,
        unit=printed.unit,
        detail=tuple(detail),
        is_care=True,
    )
    return fact, decision


def _limit(reading: PageReading, mention: Mention, number: int, following: Mention | None) -> int:
    """Return where the particulars of a drug end at the latest."""
    limit = min(reading.sentences[number].end, mention.end + _PARTICULARS)
    if following and following.start < limit and ends_particulars(reading, following):
        return following.start
    return limit


def _is_allergy(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether a drug is named as not tolerated; one given for an allergy is not."""
    if reading.sections[number] == "allergies":
        return True
    match = _ALLERGY.search(reading.lower[reading.sentences[number].start : mention.start])
    return match is not None and not _PLACED_ON.search(match.group(0))


def ends_particulars(reading: PageReading, following: Mention) -> bool:
    """Return whether the particulars of a drug end at a mention: another drug, or a new line."""
    opens_line = reading.text[following.start - 1 : following.start] == "\n"
    return following.concept.drug is not None or (opens_line and following.concept.kind in _OWN_LINES)


def is_screened(reading: PageReading, number: int) -> bool:
    """Return whether a drug stands among the results of a laboratory, not among what is taken."""
    is_laboratory = reading.exhibit is not None and reading.exhibit.type is ExhibitType.LABORATORY
    return is_laboratory and reading.sections[number] != "medications"


def is_measured(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether a vitamin or mineral is what a laboratory measured: "B12 and folate levels"."""
    if mention.concept.group != "supplement":
        return False
    sentence = reading.sentences[number]
    return _LABORATORY.search(reading.lower[sentence.start : sentence.end]) is not None


def screened(reading: PageReading, mention: Mention, number: int) -> Fact:
    """Return the result of a drug that a laboratory looked for."""
    limit = min(reading.sentences[number].end, mention.end + _PARTICULARS)
    result = _SCREEN_RESULT.search(reading.lower[mention.end : limit])
    detail = [("drug", mention.concept.name)]
    if result:
        detail.append(("result", result.group(1)))
    end = mention.end + (result.end() if result else 0)
    return reading.fact(FactKind.RISK, "urine drug test", mention.start, end, detail=tuple(detail))


def _allergy(reading: PageReading, mention: Mention) -> Fact:
    return reading.fact(
        FactKind.ADVERSE_EFFECT,
        "allergy",
        mention.start,
        mention.end,
        detail=(("drug", mention.concept.name),),
    )


def _state(decision: Decision) -> Sequence[tuple[str, str]]:
    if decision.scope is None:
        return ()
    words = decision.scope.trigger.words
    said = [("said_by", words)]
    if decision.says is Says.HISTORICAL and words.startswith(
        ("discontinue", "stopped", "no longer", "was weaned")
    ):
        said.append(("state", "stopped"))
    elif decision.says is Says.PRESENT and words in ("start", "will start"):
        said.append(("state", "started"))
    return said
