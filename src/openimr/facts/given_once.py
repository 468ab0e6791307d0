"""Drugs that are given and done: an anaesthetic, an injection, what an operation needs."""

from __future__ import annotations

import re2

from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.vocabulary.drugs import Drug

_ANAESTHETICS = frozenset({"local anesthetic", "anesthetic", "neuromuscular blocker"})
_INJECTION = " injection"
# "4 ml of 2% Xylocaine", "1% plain lidocaine": drawn up for a needle, not a cream or a patch.
_SHARE_BEFORE = re2.compile(
    r"\b[12](?:\.\d)?\s?% (?:plain )?$|\b0?\.\d+\s?% (?:plain )?$|\d\s?(?:cc|ml) of $"
)
_SHARE_REACH = 14
# Lidocaine is used with a needle where one of these stands in its sentence, on the skin where one of those.
_WITH_NEEDLE = re2.compile(
    r"\b(?:needle|inject\w*|infiltrat\w*|wheal|anesthe\w+|block|subcutan\w+|syringe|incision|cc|ml|epidural"
    r"|intra-?articular\w*|mixture)\b"
)
_ON_SKIN = re2.compile(r"\b(?:patch\w*|gel|cream|ointment|topical\w*|lotion)\b")
# What goes into a wound: drawn up, mixed, soaked in, spread on it.
_INTO_WOUND = re2.compile(
    r"\b(?:inject\w*|infiltrat\w*|irrigat\w*|soak\w*|cocktail|mixture|instilled|dressings?|dressed|cement\w*"
    r"|impregnated|drawn up)\b"
    r"|\b(?:was|were) (?:then )?placed (?:adjacent|over|around|into|along|beneath)\b"
)
_TO_TAKE_HOME = re2.compile(r"\b(?:prescri\w+|discharge\w*|home|takes?|p\.?o\b|refills?)\b")
# "75 mg and Phenergan 25 mg IM": by a needle, and no word of how often.
_BY_NEEDLE = re2.compile(r"^[^.;\n]{0,40}?\b(?:im|iv|intramuscular(?:ly)?|intravenous(?:ly)?)\b")
_OFTEN = re2.compile(r"\b(?:q|every|daily|bid|tid|qid|b\.i\.d|t\.i\.d|q\.i\.d|prn|p\.r\.n|a day)\b|\bq\d")
_NEEDLE_REACH, _GIVEN_REACH = 70, 50
# "He was given vitamin K 15 mg": a dose; "was given Norco for pain" is a prescription.
_WAS_GIVEN = (" was given ", " were given ", " been given ", " received ")
# "He was given two grams of Ancef"
_GIVEN_DOSE = re2.compile(
    r" (?:was given|were given|been given|received) (?:\d[\d,.]*|an?|one|two|half a)"
    r" ?(?:mg|mcg|g|gm|grams?|units?|ml|cc|meq)(?: of)? $"
)
_DOSE = re2.compile(r"^\s?\d[\d,.]*\s?(?:mg|mcg|g|gm|grams?|units?|ml|cc|meq)\b[^#]*$")
# Of what is injected these are also given for weeks after an operation.
_GOES_ON = frozenset({"anticoagulant", "antidiabetic", "hematopoietic agent", "bone agent"})


def is_given_once(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether a drug is one that is given and done.

    Args:
        reading: The page.
        mention: The drug.
        number: The number of its sentence.
    """
    drug = mention.concept.drug
    if drug is None:
        return False
    behind = reading.lower[mention.end : mention.end + len(_INJECTION)]
    if drug.drug_class in _ANAESTHETICS or "injection" in (drug.form, behind.strip()):
        return True
    if drug.drug_class in ("corticosteroid", "viscosupplement") and drug.route == "injection":
        return True
    if "lidocaine" in drug.ingredients and _is_for_needle(reading, mention, number):
        return True
    if _is_for_operation(reading, drug) or _is_for_wound(reading, number):
        return True
    return _is_one_dose(reading, mention, number)


def _is_one_dose(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether a drug went through a needle, and nothing says that it goes on."""
    limit = min(reading.sentences[number].end, mention.end + _NEEDLE_REACH)
    behind = reading.lower[mention.end : limit]
    if _OFTEN.search(behind):
        return False
    is_given = reading.lower.endswith(_WAS_GIVEN, 0, mention.start) and _DOSE.search(behind) is not None
    before = reading.lower[max(reading.sentences[number].start, mention.start - _GIVEN_REACH) : mention.start]
    is_given = is_given or _GIVEN_DOSE.search(before) is not None
    return is_given or _BY_NEEDLE.search(behind) is not None


def _is_for_needle(reading: PageReading, mention: Mention, number: int) -> bool:
    before = reading.lower[max(0, mention.start - _SHARE_REACH) : mention.start]
    if _SHARE_BEFORE.search(before):
        return True
    sentence = reading.sentences[number]
    words = reading.lower[sentence.start : sentence.end]
    return _ON_SKIN.search(words) is None and _WITH_NEEDLE.search(words) is not None


def _is_for_wound(reading: PageReading, number: int) -> bool:
    sentence = reading.sentences[number]
    words = reading.lower[sentence.start : sentence.end]
    return _INTO_WOUND.search(words) is not None and _TO_TAKE_HOME.search(words) is None


def _is_for_operation(reading: PageReading, drug: Drug) -> bool:
    """Return whether an injected drug is named in the report of an operation."""
    if drug.route != "injection" or drug.drug_class in _GOES_ON:
        return False
    return reading.tells_operation
