"""Words that decide what a mention says: "no", "history of", "the guidelines recommend"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import re2

from openimr.facts.sentences import Sentence
from openimr.vocabulary.phrases import Match, PhraseMatcher
from openimr.vocabulary.tables import read_table


class Says(StrEnum):
    """What a trigger says about the mentions in its reach."""

    PRESENT = "present"
    ABSENT = "absent"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    FAMILY = "family"
    REQUESTED = "requested"
    DENIED = "denied"
    MODIFIED = "modified"
    AUTHORIZED = "authorized"
    GUIDELINE = "guideline"
    NOT_DOCUMENTED = "not_documented"
    END = "end"
    """No decision: the reach of a trigger on the other side ends here."""
    REASON = "reason"
    """Likewise, and a request or denial does not reach past it: its reasons follow."""
    NONE = "none"
    """No decision: the phrase only looks like a trigger ("not only")."""


class About(StrEnum):
    """The mentions that a trigger can decide."""

    ANY = "any"
    CARE = "care"
    """Medications, treatments, tests and imaging."""
    DRUG = "drug"
    """Medications alone."""
    TREATMENT = "treatment"
    """Treatments, tests and imaging, and no medications."""
    CLINICAL = "clinical"
    """Diagnoses, symptoms, findings, function, effects, risks."""
    GRADED = "graded"
    """What is normal or not: range of motion, sensation, strength."""
    TEST = "test"
    """What is positive or negative: straight leg raise."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the table of triggers."""

    words: str
    says: Says
    about: About
    direction: str
    reach: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A trigger that was found, and the part of the sentence that it reaches."""

    trigger: Trigger
    at: int
    to: int
    start: int
    end: int

    def reaches(self, start: int, end: int) -> bool:
        """Return whether a mention is in reach; "no loss of lordosis" runs into its own trigger."""
        return self.start <= start < self.end or self.start < end <= self.end or self.at < start < self.to

    def distance(self, start: int, end: int) -> int:
        """Return how many characters lie between the trigger and a mention."""
        return start - self.to if start >= self.to else self.at - end


# What shows that a list goes on behind a comma: "no pain, numbness, or weakness".
_GOES_ON = {"list": (" or ", " nor "), "series": (" or ", " and ", " as well as ")}
_VERB = re2.compile(
    r"\b(?:is|are|was|were|has|have|had|he|she|it|there|but|with|shows?|showed|reveals?|revealed)\b"
)
# "next" allows an adjective between trigger and mention.
_NEXT = 14
# How far "near" reaches, in characters: before a mention some adjectives
# stand ("decreased cervical spine range of motion"), after it a verb.
_NEAR_FORWARD = 45
_NEAR_BACKWARD = 40


@cache
def _matcher() -> PhraseMatcher[tuple[Trigger, ...]]:
    rows: dict[str, list[Trigger]] = {}
    for row in read_table("openimr.facts", "data/triggers.csv"):
        trigger = Trigger(
            row["trigger"], Says(row["says"]), About(row["about"]), row["direction"], row["reach"]
        )
        rows.setdefault(trigger.words, []).append(trigger)
    return PhraseMatcher((words, tuple(triggers)) for words, triggers in rows.items())


def find_triggers(text: str) -> list[Match[tuple[Trigger, ...]]]:
    """Return the triggers of a page, in order."""
    return _matcher().find(text)


def scopes_of(lower: str, sentence: Sentence, found: list[Match[tuple[Trigger, ...]]]) -> list[Scope]:
    """Return what each trigger of one sentence reaches.

    Args:
        lower: The text of the page in lower case.
        sentence: The sentence.
        found: The triggers that stand in the sentence.
    """
    stops = [m for m in found if any(t.says in (Says.END, Says.REASON) for t in m.value)]
    reasons = [m for m in found if m.value[0].says is Says.REASON]
    scopes = []
    for match in found:
        floor = max((s.end for s in stops if s.end <= match.start), default=sentence.start)
        ceiling = min((s.start for s in stops if s.start >= match.end), default=sentence.end)
        for trigger in match.value:
            if trigger.says in (Says.END, Says.REASON, Says.NONE):
                continue
            if trigger.direction != "after":
                end = ceiling
                if trigger.reach == "sentence":
                    end = min((r.start for r in reasons if r.start >= match.end), default=sentence.end)
                end = _forward(lower, match.end, end, _reach(lower, sentence, match, trigger))
                scopes.append(Scope(trigger, match.start, match.end, match.end, end))
            if trigger.direction != "before":
                start = sentence.start if trigger.reach == "sentence" else floor
                start = _backward(lower, match.start, start, trigger.reach)
                scopes.append(Scope(trigger, match.start, match.end, start, match.start))
    return scopes


def _reach(lower: str, sentence: Sentence, match: Match[tuple[Trigger, ...]], trigger: Trigger) -> str:
    """Return the reach of a trigger; of "no" at the head of a list without a verb it is the whole list."""
    if trigger.says is not Says.ABSENT or trigger.reach != "list":
        return trigger.reach
    before = lower[sentence.start : match.start].rstrip()
    opens = not before or before.endswith(":")
    rest = lower[match.end : sentence.end]
    return "clause" if opens and rest.count(",") > 1 and not _VERB.search(rest) else trigger.reach


def _forward(lower: str, start: int, end: int, reach: str) -> int:
    """Return where the reach of a trigger that stands before its mention ends."""
    if reach in ("near", "next"):
        end = min(end, start + (_NEAR_FORWARD if reach == "near" else _NEXT))
        if reach == "next":
            # "switched from Norco to Ultram"
            onward = lower.find(" to ", start, end)
            end = onward if onward >= 0 else end
        comma = lower.find(",", start, end)
        return comma if comma >= 0 else end
    if reach in ("list", "series"):
        comma = lower.find(",", start, end)
        while comma >= 0:
            # "no pain, numbness, or weakness" goes on; "no swelling, tender knee" ends
            listed = any(lower.find(word, comma, end) >= 0 for word in _GOES_ON[reach])
            bracketed = lower.rfind("(", start, comma) > lower.rfind(")", start, comma)
            if not listed and not bracketed:
                return comma
            comma = lower.find(",", comma + 1, end)
    return end


def _backward(lower: str, end: int, start: int, reach: str) -> int:
    """Return where the reach of a trigger that stands behind its mention begins."""
    if reach in ("near", "next"):
        start = max(start, end - (_NEAR_BACKWARD if reach == "near" else _NEXT))
        return max(start, lower.rfind(",", start, end) + 1)
    if reach == "list":
        comma = lower.rfind(",", start, end)
        if comma >= 0:
            rest = lower[comma + 1 : comma + 6].lstrip()
            if not rest.startswith(("and ", "or ")):
                return comma + 1
    return start
