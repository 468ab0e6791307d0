"""Sentences that tell a visit, or a study, of the day that they name."""

from __future__ import annotations

import re

from openimr.terms.records import ExhibitType

_SEEN = r"(?:seen|saw|see|(?:re-?)?examined|(?:re-?)?evaluated|interviewed|treated|tested|met with)"
_VISIT = (
    r"(?:visit|exam|(?:re-?)?examination|encounter|(?:re-?)?evaluation|consultation|appointment|interview"
    r"|session)"
)
_COMES = r"(?:presents?|presented|returns?|returned|comes|came|(?:is|was) here)"
# "was seen in my office on", "visit with … of", "is seen today,"; nothing else may lie between.
_TOLD_BEFORE = re.compile(
    rf"\b(?:{_SEEN}|{_COMES})\b[^.;:,]{{0,50}}?\b(?:on|today)\b,?\s*(?:\w+day,\s*)?$"
    rf"|\b{_VISIT}\b[^.;:,]{{0,50}}?\b(?:on|today)\b,?\s*(?:\w+day,\s*)?$"
    rf"|\b(?:this|today's|present|current|office)\s+{_VISIT}\s+of\s*(?:\w+day,\s*)?$"
    rf"|\b(?:{_COMES}|seen)\s*(?:again\s*)?,?\s*$"
    r"|\btoday(?:'s visit)?\b,?\s*(?:\w+day,\s*)?$"
    r"|\btook place on\s*$",
    re.IGNORECASE,
)
# The writer's own sentence may hold more: "I evaluated the applicant, born 11/11/1960, on".
_I_SAW = re.compile(
    rf"\bI\s+(?:have\s+|had\s+|personally\s+)?{_SEEN}\b[^.;:]{{0,110}}?\bon\s*(?:\w+day,\s*)?$"
)
# Of a study it is told that it was done.
_DONE_BEFORE = re.compile(
    r"\b(?:performed|obtained|acquired|carried out|completed|done|imaged|scanned|taken)\b"
    r"[^.;:,]{0,40}?\bon\s*$",
    re.IGNORECASE,
)
_STUDIES = frozenset({ExhibitType.IMAGING, ExhibitType.ELECTRODIAGNOSTIC})
_NOT_THIS_STUDY = re.compile(
    r"\b(?:last|previous|prior|earlier|compar\w*|since|surgery|injury|scheduled|request\w*|outside)\b",
    re.IGNORECASE,
)
_TOLD_BEHIND = re.compile(
    r"^\s*(?:,|:|-|\.)?\s*(?:[\w'.-]+\s+){0,4}?"
    r"(?:I (?:saw|examined|evaluated|interviewed|tested|had the pleasure of)|is seen|was seen|came in"
    r"|comes in|presents|in for|here (?:for|today|in)|is here|was here)\b",
    re.IGNORECASE,
)
_NOT_THIS_VISIT = re.compile(
    r"\b(?:last|previous|prior|first|initial|initially|since|next|will|until|surgery|mri|er|emergency|hospital|dr"
    r"|urgent|denied|request|requested|therapy|scheduled|records?|report|began|begun|started|moved|work|duty"
    r"|another|other|second|room)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr)\.(?=\s)")
# The day over a letter is that of the service where its writer has just seen or done what he writes about.
_JUST_NOW = r"(?:today|this (?:morning|afternoon|date))"
_DOING = (
    rf"(?:{_SEEN}|seeing|examining|evaluating|performed|did|visit|consultation"
    r"|in (?:my|our|this|the) (?:office|clinic))"
)
_SEEN_NOW = re.compile(
    rf"\b{_DOING}\b[^.;]{{0,80}}?\b{_JUST_NOW}\b|\b{_JUST_NOW}\b[^.;]{{0,40}}?\b{_DOING}\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[a-z)\d])\.\s")


def is_told(lead: str, behind: str, kind: ExhibitType) -> bool:
    """Return whether a sentence tells a visit, or a study, of the day between two texts."""
    sentence = _SENTENCE.split(_TITLED.sub(r"\1", lead))[-1]
    if kind in _STUDIES and _DONE_BEFORE.search(sentence):
        return not _NOT_THIS_STUDY.search(sentence)
    if _NOT_THIS_VISIT.search(sentence):
        return False
    if _TOLD_BEFORE.search(sentence):
        return True
    return (not sentence.strip(" On") or sentence.rstrip().endswith(":")) and bool(_TOLD_BEHIND.match(behind))


def tells_that_i_saw(text: str) -> bool:
    """Return whether the writer says up to here that he saw somebody on the day that follows."""
    sentence = _SENTENCE.split(_TITLED.sub(r"\1", text))[-1]
    saw = _I_SAW.search(sentence)
    return saw is not None and not _NOT_THIS_VISIT.search(saw.group())


def tells_of_now(text: str) -> bool:
    """Return whether a text tells that somebody was seen, or something done, on the day of its writing."""
    return bool(_SEEN_NOW.search(text))
