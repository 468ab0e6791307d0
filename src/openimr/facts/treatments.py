"""Treatments, tests and imaging: how many, with what response, what they showed."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from openimr.facts.assertions import Decision, decide
from openimr.facts.concepts import Mention
from openimr.facts.monitoring import decide_check
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.terms.records import ExhibitType
from openimr.vocabulary.dates import MONTHS
from openimr.vocabulary.text import NUMBER_WORDS

_NUMBER = r"(\d{1,3}|" + "|".join(w for w in NUMBER_WORDS if w != "zero") + r")"
_SESSIONS = r"(?:sessions?|visits?|treatments?|appointments?|reports?)"
# "12 sessions of", "4", "at least six visits of" before; "x 12", "(8 sessions)", "for 6 visits" behind.
# Of "6 of 12" the first were had.
_OF_ALL = (
    r"(?:the |his |her |those )?\d{1,3}"
    r"(?: authorized| approved| certified| planned| scheduled| prescribed| requested)?"
)
_COUNT_BEFORE = re2.compile(
    rf"(?:^|[^\w/.-]){_NUMBER}(?:(?: (?:out )?of {_OF_ALL})|(?: more| additional| further| prior| previous"
    rf"| completed| supervised| initial| total))?"
    rf"(?: {_SESSIONS})?(?: of)?(?: the| prior| previous| additional)? ?$"
)
_COUNT_BEHIND = re2.compile(
    rf"^(?: [a-z]\w*)?\W{{1,2}}(?:(?:x|times|for|#)\s?(?:at least )?{_NUMBER}\b( ?(?:weeks?|days?|months?"
    rf"|years?|mg|percent))?"
    rf"|(?:for |with |\w+ )?{_NUMBER}\s{_SESSIONS}"
    rf"|(?:\w+ )?{_NUMBER}(?:\s?/\s?| (?:out )?of ){_OF_ALL} {_SESSIONS})"
)
_HOW_GOOD = (
    "no|not enough|without enough|insufficient|inadequate|minimal|some|good|great|excellent|significant"
    "|partial|little|mild|moderate|temporary|short-term|limited"
    "|substantial|without|without any|only temporary|no significant|marked|adequate|poor|transient"
)
# One of these stands in every response: without them a search is spared.
_RESPONSE_HINTS = "relief improv reduc better help benefit respons success effect work fail worse".split()
# Between a "no" and what there was none of: "no lasting relief", "did not give him much benefit".
_NONE_OF = (
    r"(?:an?|any|had|experienced|noticed|felt|received|found|much|lasting|sustained|long|term|real|meaningful|great|good|enough|sufficient|adequate|been|be"
    r"|given?|gave|provid(?:e|ed|es)|br(?:ing|ought)|him|her|the|very|[a-z]+ly|pain|functional|substantial"
    r"|significant|further|additional|appreciable|noticeable|in|his) "
)
_NO = r"(?:(?:(?:did|does|do|has|have|had|was|were|is|are) )?not|[a-z]+n't|never|no longer|no|without)"
_RESPONSE = re2.compile(
    rf"\b({_NO} (?:{_NONE_OF}){{0,4}}?(?:relief|relieve\w*|help\w*|effective|beneficial|benefit\w*|improv\w*"
    r"|success\w*|work(?:ed|ing)?|fail\w*)\b"
    r"|(?:about |approximately |at least )?\d{1,3}\s?%?(?:\s?(?:-|to|–)\s?\d{1,3})?\s?(?:%"
    r"|percent)\s?(?:\w+ )?"
    r"(?:relief|improvement|reduction|better)\b"
    r"|helped (?:by )?(?:about )?\d{1,3}\s?%(?: for (?:about )?\w+ (?:days?|weeks?|months?)\b)?"
    rf"|(?:{_HOW_GOOD})\s(?:pain )?(?:relief|benefit|improvement|help|response|success)\b"
    r"|(?:was|were|is|are|been) (?:\w+ )?(?:helpful|beneficial|effective|ineffective|unhelpful"
    r"|unsuccessful)\b"
    r"|(?:did not|has not|have not|had not|does not) (?:help|improve|work|benefit)\w*"
    r"|(?:failed|relief|helped|helps|improved|not helpful|made (?:it |the pain )?worse)\b)"
)
# "May have helped", "if it helped": nothing is told of how it worked.
_IF_AT_ALL = re2.compile(
    r"\b(?:(?:might|could|would|should|if|whether)(?: [a-z]+){0,2}|may(?: have| be| also)*) $"
)
_WHO_WORKS = ("he ", "she ", "patient ", "worker ", "claimant ", "applicant ")
_PERCENT = re2.compile(r"(\d{1,3})(?:\s?%?\s?(?:-|to|–)\s?(\d{1,3}))?\s?(?:%|percent)")
# With its "not", that the rest may not be read as the opposite.
_SHOWED = re2.compile(
    r"\b(?:(?:(?:did|does|do|has|have|had|can|could|was|were|is) )?not (?:[a-z]+ly )?)?"
    r"(?:reveal\w*|show\w*|demonstrat\w*|indicat\w*|was normal|negative|positive|noted to)\b"
)
# "Failed to show", "may show", "is to show": nothing was shown. "In May showed" is another thing.
_SHOWED_NOTHING = re2.compile(r"(?:n't|\bnever|\bto|\bno longer|\bif [^.;,]*)(?: [a-z]+ly)? $")
_MIGHT_SHOW = re2.compile(r"\b(?:may|might|could|would|will|should)(?: [a-z]+ly)? $")
_ATTENDED = re2.compile(rf"attended (\d{{1,3}}) of (\d{{1,3}}) {_SESSIONS}")
# Groups of drugs, that nobody counts in sessions.
_UNCOUNTED = frozenset(
    "medications|opioids|NSAIDs|muscle relaxants|antidepressants|anticonvulsants|laboratory tests".split("|")
)
_IN_MONTH = re2.compile(
    rf"\b(?:in|during|of) ({'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS)})\.?,? (\d{{4}})\b"
)
_MONTH_REACH = 60
_RESPONSE_REACH = 90
_COUNT_REACH = 40


def treatment_fact(
    reading: PageReading, mention: Mention, number: int, following: Mention | None
) -> tuple[Fact, Decision] | None:
    """Return the fact of a treatment, test or image that is named.

    Args:
        reading: The page.
        mention: The treatment.
        number: The sentence it stands in.
        following: The next mention on the page; the response ends before the next treatment.
    """
    decision = decide(reading, mention, number)
    concept = mention.concept
    if decision is not None:
        decision = decide_check(reading, mention, number, decision)
    if decision is None or (concept.name == "medications" and decision.assertion is Assertion.REQUESTED):
        return None
    detail = _where(reading, mention, number)
    count, start, end = _count(reading, mention, number)
    was_given = decision.says in (Says.PRESENT, Says.HISTORICAL)
    if concept.kind is FactKind.IMAGING:
        detail += _shown(reading, mention, number)
    elif was_given and (response := response_of(reading, mention, number, following)):
        words, response_end = response
        end = max(end, response_end)
        detail += [("response", words), *_response_percent(words)]
    if count is not None:
        detail += _month(reading, mention, number)
    detail += _said(decision)
    fact = reading.fact(
        concept.kind,
        concept.name,
        min(start, decision.start),
        max(end, decision.end),
        assertion=decision.assertion,
        value=count,
        unit="sessions" if count is not None else None,
        detail=tuple(detail),
        is_care=True,
    )
    return fact, decision


def _said(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield the words that decide what is said, and whether it is that the papers are silent."""
    if decision.scope:
        yield ("said_by", decision.scope.trigger.words)
    if decision.says is Says.NOT_DOCUMENTED:
        yield ("documentation", "not_documented")


def _month(reading: PageReading, mention: Mention, number: int) -> Iterator[tuple[str, str]]:
    """Yield the month that counted visits fell in, where it is named: "12 sessions in June 2014"."""
    sentence = reading.sentences[number]
    behind = reading.lower[mention.end : min(sentence.end, mention.end + _MONTH_REACH)]
    match = _IN_MONTH.search(behind)
    if match:
        month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match.group(1)[:3]))
        yield ("month", f"{match.group(2)}-{month:02d}")


def _where(reading: PageReading, mention: Mention, number: int) -> list[tuple[str, str]]:
    """Return the body part, side and levels that a treatment is named with."""
    detail: list[tuple[str, str]] = []
    sentence = reading.sentences[number]
    site = reading.body.site_of(mention.start, mention.end, sentence, reaches_far=False)
    site = site or reading.body.aim_of(mention.end, sentence)
    if site:
        detail.append(("body_part", site.part))
        if site.side:
            detail.append(("side", site.side))
    levels = reading.body.levels_of(mention.start, sentence)
    if levels:
        detail.append(("levels", " ".join(levels)))
    return detail


def attended_sessions(reading: PageReading) -> Iterator[Fact]:
    """Yield the visits that notes of a therapy count without naming it: "attended 11 of 12 visits".

    The therapy is the first that the page names.
    """
    if reading.exhibit is None or reading.exhibit.type is not ExhibitType.THERAPY_NOTES:
        return
    therapy = next((m.concept for m in reading.mentions if m.concept.kind is FactKind.TREATMENT), None)
    match = _ATTENDED.search(reading.lower)
    if therapy and match:
        yield reading.fact(
            FactKind.TREATMENT,
            therapy.name,
            match.start(),
            match.end(),
            value=float(match.group(1)),
            unit="sessions",
            detail=(("planned", match.group(2)),),
        )


def _as_number(printed: str) -> float:
    return float(printed) if printed.isdigit() else float(NUMBER_WORDS[printed])


def _may_count(words: str) -> bool:
    """Return whether a number or its noun stands in the words: most have neither."""
    return any(c.isdigit() for c in words) or "session" in words or "visit" in words or "treatment" in words


def _count(reading: PageReading, mention: Mention, number: int) -> tuple[float | None, int, int]:
    """Return how many sessions are printed, and the span of treatment with its count."""
    if mention.concept.kind is not FactKind.TREATMENT or mention.concept.name in _UNCOUNTED:
        return None, mention.start, mention.end
    sentence = reading.sentences[number]
    low = max(sentence.start, mention.start - _COUNT_REACH)
    before = reading.lower[low : mention.start]
    match = _COUNT_BEFORE.search(before) if _may_count(before) else None
    if match:
        return _as_number(match.group(1)), low + match.start(1), mention.end
    high = min(sentence.end, mention.end + _COUNT_REACH)
    behind = reading.lower[mention.end : high]
    match = _COUNT_BEHIND.search(behind) if _may_count(behind) else None
    if match and not match.group(2):
        printed = match.group(1) or match.group(3) or match.group(4)
        return _as_number(printed), mention.start, mention.end + match.end()
    return None, mention.start, mention.end


def response_of(
    reading: PageReading, mention: Mention, number: int, following: Mention | None
) -> tuple[str, int] | None:
    """Return the words that say how a treatment worked, and where they end."""
    limit = min(reading.sentences[number].end, mention.end + _RESPONSE_REACH)
    if following and following.start < limit and following.concept.is_care:
        limit = following.start
    words = reading.lower[mention.end : limit]
    match = _RESPONSE.search(words) if any(hint in words for hint in _RESPONSE_HINTS) else None
    if match is None:
        return None
    said = match.group(1)
    if "fail" in said and said != "failed":
        # "has not failed" tells of no success either
        return None
    if "not only" in said or _IF_AT_ALL.search(words[: match.start(1)]):
        return None
    if "work" in said and words[: match.start(1)].endswith(_WHO_WORKS):
        return None
    if reading.lower.endswith(("denies that ", "denied that "), 0, mention.start):
        return None
    at = mention.end + match.start(1)
    return reading.text[at : mention.end + match.end(1)], mention.end + match.end(1)


def _response_percent(words: str) -> Iterator[tuple[str, str]]:
    match = _PERCENT.search(words)
    if match:
        yield ("response_percent", match.group(2) or match.group(1))


def _shown(reading: PageReading, mention: Mention, number: int) -> Iterator[tuple[str, str]]:
    """Yield what an image or a nerve study showed: the rest of its sentence, as printed."""
    sentence = reading.sentences[number]
    behind = reading.lower[mention.end : sentence.end]
    match = _SHOWED.search(behind)
    if match is None or _SHOWED_NOTHING.search(before := behind[: match.start()]):
        return
    if match.group(0).endswith("ed") or not _MIGHT_SHOW.search(before):
        yield ("shows", reading.text[mention.end + match.start() : sentence.end].rstrip("."))
