"""Diagnoses, symptoms, examination findings, function, effects, risks and work status."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import re2

from openimr.facts.anatomy import Site
from openimr.facts.assertions import Decision, decide
from openimr.facts.concepts import COMPLICATION, Mention
from openimr.facts.monitoring import decide_check
from openimr.facts.named_disorders import EXAMINED, is_shown, names_a_disorder
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says
from openimr.terms.facts import Fact, FactKind
from openimr.vocabulary.tables import read_table

_WITH_SITE = frozenset({FactKind.DIAGNOSIS, FactKind.SYMPTOM, FactKind.FINDING})
_LAB_RESULT = re2.compile(
    r"\b(inconsistent|consistent|positive|negative|appropriate|inappropriate|compliant)\b"
)
_SIDE_BEHIND = re2.compile(
    r"^(?:\s\w+)?\s(?:on|over|in|at|to)\s(?:the\s)?(left|right|bilateral|bilaterally|both)\b"
    r"|^\s(bilaterally)\b"
)
# The ninth and the tenth revision: 724.2, 722.10, M54.16. A level has no stop: L4.
_CODE = re2.compile(r"^[^.;\n]*?\b(\d{3}\.\d{1,2}|[A-TV-Z]\d{2}\.\w{1,4})\b")
_CODE_REACH = 50
_SIDE_REACH = 30
_PERCENT = re2.compile(r"(\d{1,3})(?:\s?%?\s?(?:-|to|–)\s?(\d{1,3}))?\s?(?:%|percent)")
_MAY_BE_LISTED = frozenset({FactKind.SYMPTOM, FactKind.FINDING, FactKind.ADVERSE_EFFECT})
# What a list of diagnoses describes, and names no disorder by.
_ONLY_DESCRIBES = frozenset({"edema", "erythema", "discoloration", "crepitus", "tenderness"})
# Findings of an examination that are disorders where an image shows them.
_DISORDERS_ON_IMAGES = frozenset({"effusion"})
# And these where they are told as a risk, or thought possible.
_DISORDERS_AS_RISKS = frozenset({"allergy", "joint instability", "deformity"})
# What an examination judges about these is a diagnosis or none.
_JUDGED = frozenset({"neurologic", "spine", "psychiatric", "pain"})
# Behind one of these, in the same item of a list, a symptom is no diagnosis of its own.
_WITHIN_ITEM = re2.compile(
    r"(?:\S with [^,;:]*|\b(?:prn|p\.r\.n\.|as needed)(?: for)? "
    r"|\b(?:for|due to|secondary to|because of|decrease|improve|relieve|control|help) [^,;:]*|\w/)$"
)
_OPENS_LIST = re2.compile(
    r"\b(?:diagnos\w+|consistent) with "
    r"|\b(?:treated|treatment|evaluated|seen|followed|undergoing treatment) for "
)
# A sentence that tells something, within a list.
_TELLS = re2.compile(r"^(?:the|his|her)\b|\b(?:he|she|we|i|patient|will|would|should|was|were|has|had)\b")
_LOOK_AROUND = 60
# "Painful ingrown toenail": no diagnosis beside that which it describes.
_ADJECTIVE = "painful"
# How many parts a list with semicolons has at most.
_LONGEST_LIST = 12
_RESULT_REACH = 90


@cache
def _codes_by_part() -> dict[tuple[str, str], str]:
    rows = read_table("openimr.facts", "data/sites.csv")
    return {(row["name"], row["part"]): row["icd10"] for row in rows}


def clinical_fact(reading: PageReading, mention: Mention, number: int) -> Fact | None:
    """Return the fact of a mention that is no treatment; None where its words leave it open."""
    decision = decide(reading, mention, number)
    concept = mention.concept
    if decision is not None:
        decision = decide_check(reading, mention, number, decision)
    if decision is None or (concept.group == COMPLICATION and decision.says is not Says.HYPOTHETICAL):
        return None
    # A finding that is not there is none of the diagnoses among which it is named.
    is_none = decision.says is Says.ABSENT and concept.name not in _DISORDERS_ON_IMAGES
    kind = concept.kind if is_none else _kind(reading, mention, number)
    if decision.says is Says.HYPOTHETICAL and concept.name in _DISORDERS_AS_RISKS:
        kind = FactKind.DIAGNOSIS
    elif decision.says is Says.ABSENT and _is_looked_for(reading, mention, number):
        kind = FactKind.FINDING
    if not names_a_disorder(reading, mention, number, kind):
        return None
    site = _site(reading, mention, number)
    detail = [*_site_detail(reading, mention, number, site)]
    if concept.kind is FactKind.FINDING and not (site and site.side):
        detail += _side_behind(reading, number, decision.end)
    detail += _decision_detail(decision)
    detail += _codes(reading, mention, number, kind, site)
    value, unit = None, None
    if concept.name == "pain relief":
        value = _percent_near(reading, mention, number)
        unit = "percent" if value is not None else None
        detail += _relieved_by(reading, mention, number)
    elif concept.name == "urine drug test":
        detail += _test_result(reading, mention, number)
    start, end = _with_site(reading, decision, mention, site)
    return reading.fact(
        kind,
        concept.name,
        start,
        end,
        assertion=decision.assertion,
        value=value,
        unit=unit,
        detail=tuple(detail),
    )


def _is_looked_for(reading: PageReading, mention: Mention, number: int) -> bool:
    """Return whether hand and eye looked for a disorder: "skin: no infection" is a finding."""
    examined = reading.sections[number] in EXAMINED and not is_shown(reading, number)
    return examined and mention.concept.kind is FactKind.DIAGNOSIS and mention.concept.group not in _JUDGED


def _site(reading: PageReading, mention: Mention, number: int) -> Site | None:
    """Return the body part of a diagnosis, symptom or finding."""
    if mention.concept.kind not in _WITH_SITE:
        return None
    reaches_far = mention.concept.kind is not FactKind.DIAGNOSIS
    sentence = reading.sentences[number]
    return reading.body.site_of(mention.start, mention.end, sentence, reaches_far=reaches_far)


def _codes(
    reading: PageReading, mention: Mention, number: int, kind: FactKind, site: Site | None
) -> Iterator[tuple[str, str]]:
    """Yield the code that the record prints, and the code of our own list."""
    concept = mention.concept
    if kind is FactKind.DIAGNOSIS:
        yield from _printed_code(reading, mention, number)
    if concept.kind in (FactKind.DIAGNOSIS, FactKind.SYMPTOM):
        code = (_codes_by_part().get((concept.name, site.part)) if site else None) or concept.icd10
        if code:
            yield ("icd10", code)


def _kind(reading: PageReading, mention: Mention, number: int) -> FactKind:
    """Return the kind of a mention: a symptom in a list of diagnoses is a diagnosis."""
    concept = mention.concept
    if concept.kind not in _MAY_BE_LISTED or concept.read_by or concept.name in _ONLY_DESCRIBES:
        return concept.kind
    if reading.lower.startswith(_ADJECTIVE, mention.start) and reading.describes_disorder(mention):
        return concept.kind
    if concept.name in _DISORDERS_ON_IMAGES and is_shown(reading, number):
        return FactKind.DIAGNOSIS
    announced = reading.lists_diagnoses(number, mention.start)
    if not announced and not _goes_on_listing(reading, number) and reading.sections[number] != "diagnoses":
        return concept.kind
    before = reading.lower[reading.sentences[number].start : mention.start]
    is_listed = announced or not _TELLS.search(before)
    return FactKind.DIAGNOSIS if is_listed and not _goes_with(before) else concept.kind


def _goes_on_listing(reading: PageReading, number: int) -> bool:
    """Return whether a list of diagnoses goes on behind a semicolon: "diagnoses of a; b and c"."""
    first = number
    while first and number - first < _LONGEST_LIST and reading.sentences[first].goes_on:
        first -= 1
    return first < number and reading.lists_diagnoses(first, reading.sentences[first].end)


def _goes_with(before: str) -> bool:
    """Return whether a symptom belongs to what stands before it: "sprain with pain", "p.r.n. pain"."""
    return _WITHIN_ITEM.search(_OPENS_LIST.sub(":", before)) is not None


def _site_detail(
    reading: PageReading, mention: Mention, number: int, site: Site | None
) -> Iterator[tuple[str, str]]:
    if mention.concept.kind not in _WITH_SITE:
        return
    if site:
        yield ("body_part", site.part)
        if site.side:
            yield ("side", site.side)
    levels = reading.body.levels_of(mention.start, reading.sentences[number])
    if levels:
        yield ("levels", " ".join(levels))


def _side_behind(reading: PageReading, number: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the side that is printed behind a result: "is positive on the left"."""
    limit = min(reading.sentences[number].end, end + _SIDE_REACH)
    match = _SIDE_BEHIND.search(reading.lower[end:limit])
    if match:
        side = match.group(1) or match.group(2)
        yield ("side", side if side in ("left", "right") else "bilateral")


def _printed_code(reading: PageReading, mention: Mention, number: int) -> Iterator[tuple[str, str]]:
    """Yield the ICD code that the record prints behind a diagnosis."""
    limit = min(reading.sentences[number].end, mention.end + _CODE_REACH)
    match = _CODE.search(reading.text[mention.end : limit])
    if match:
        yield ("printed_code", match.group(1))


def _decision_detail(decision: Decision) -> Iterator[tuple[str, str]]:
    if decision.says is Says.NOT_DOCUMENTED:
        yield ("documentation", "not_documented")
    if decision.scope and decision.says is not Says.PRESENT:
        yield ("said_by", decision.scope.trigger.words)


def _with_site(
    reading: PageReading, decision: Decision, mention: Mention, site: Site | None
) -> tuple[int, int]:
    """Return the span to quote: with the site where it stands right before the mention."""
    if (
        site
        and site.start < decision.start
        and decision.start == mention.start
        and decision.start - site.end <= 1
    ):
        return site.start, decision.end
    return decision.start, decision.end


def _percent_near(reading: PageReading, mention: Mention, number: int) -> float | None:
    sentence = reading.sentences[number]
    low, high = (
        max(sentence.start, mention.start - _LOOK_AROUND),
        min(sentence.end, mention.end + _LOOK_AROUND),
    )
    match = _PERCENT.search(reading.lower[low:high])
    return float(match.group(2) or match.group(1)) if match else None


def _relieved_by(reading: PageReading, mention: Mention, number: int) -> Iterator[tuple[str, str]]:
    """Yield what the sentence names as the source of relief: the care before it, else behind it."""
    sentence = reading.sentences[number]
    named = [m for m in reading.mentions_between(sentence.start, sentence.end) if m.concept.is_care]
    before = [m for m in named if m.start < mention.start]
    if care := before or named:
        yield ("of", ", ".join(dict.fromkeys(m.concept.name for m in care)))


def _test_result(reading: PageReading, mention: Mention, number: int) -> Iterator[tuple[str, str]]:
    end = min(reading.sentences[number].end, mention.end + _RESULT_REACH)
    match = _LAB_RESULT.search(reading.lower[mention.end : end])
    if match:
        yield ("result", match.group(1))
