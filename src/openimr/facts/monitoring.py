"""Whether a check of opioid care was done: a drug test, a look at the database, an agreement."""

from __future__ import annotations

import re2

from openimr.facts.assertions import Decision
from openimr.facts.concepts import Mention
from openimr.facts.reading import PageReading
from openimr.facts.triggers import Says

CHECKS = frozenset({"urine drug test", "CURES report", "opioid agreement"})
"""What is done or not, and told of in other words than a finding is."""

# Right before the name: "no recent", "without a".
_NONE_BEFORE = re2.compile(
    r"\b(?:no|without|never had|lacks?|lack of|absence of|neither)(?: an?| any| evidence of| documentation of"
    r"| record of)*(?: [a-z-]+){0,2} $"
)
_PLANNED_BEFORE = re2.compile(
    r"\b(?:orders?|ordered|obtain|request(?:s|ed|ing)?|recommend(?:s|ed)?|schedule|perform|repeat"
    r"|plan(?:ned)? for|proceed with|needs?|need for|authorization for|will (?:do|get|have)|due for)"
    r"(?: an?| the| another| random| routine| periodic| baseline| for| to have)* $"
)
# Behind the name, in the same clause.
_NOT_BEHIND = re2.compile(
    r"^[^.;,]{0,40}\b(?:not|never)(?: yet)?(?: been)? (?:done|performed|obtained|signed|reviewed|checked"
    r"|completed|given|collected|run|taken|ordered)\b"
)
_NOT_ON_PAPER = re2.compile(
    r"\b(?:not|no|nor) [^.;]*\b(?:on file|in the (?:record|file|chart)s?|available|submitted|provided"
    r"|documented|documentation|mentioned|included)\b"
)
_PLANNED_BEHIND = re2.compile(
    r"^(?: [a-z-]+){0,2} (?:will be|should be|to be|is to be|is ordered|was ordered today"
    r"|ordered today|is recommended|is planned|is scheduled|is pending|is needed|at (?:the )?next visit)\b"
)
_HAS_RESULT = re2.compile(
    r"^[^.;]{0,60}\b(?:consistent|inconsistent|positive|negative|showed|revealed|appropriate)\b"
)


def decide_check(reading: PageReading, mention: Mention, number: int, decision: Decision) -> Decision:
    """Return what is said of a check: done, not done, only planned, or that the papers are silent.

    Where none of the words is found the decision stays as it is.
    """
    is_open = decision.says is Says.PRESENT or decision.scope is None
    if mention.concept.name not in CHECKS or not is_open:
        return decision
    sentence = reading.sentences[number]
    before = reading.lower[sentence.start : mention.start]
    behind = reading.lower[mention.end : sentence.end]
    none = _NONE_BEFORE.search(before)
    if none or _NOT_BEHIND.search(behind):
        whole = reading.lower[sentence.start : sentence.end]
        says = Says.NOT_DOCUMENTED if _NOT_ON_PAPER.search(whole) else Says.ABSENT
        start = sentence.start + none.start() if none else mention.start
        return Decision(says, start, mention.end)
    if _NOT_ON_PAPER.search(behind):
        return Decision(Says.NOT_DOCUMENTED, mention.start, mention.end)
    if _HAS_RESULT.search(behind):
        return decision
    if _PLANNED_BEFORE.search(before) or _PLANNED_BEHIND.search(behind):
        return Decision(Says.REQUESTED, mention.start, mention.end)
    return decision
