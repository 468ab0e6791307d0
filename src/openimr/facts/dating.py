"""The day that a statement is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import re2

from openimr.facts.sentences import Sentence
from openimr.vocabulary.dates import DateFound, find_dates

_HAS_YEAR_OR_DAY = re2.compile(r"\d{1,2}[-/. ]{1,2}\d|\d{1,2}(?:st|nd|rd|th)?,? \d{4}")
# Words right before a date tell what happened on it.
_INJURY = re2.compile(
    r"(?:injur\w*|\bhurt\b|\bfell\b|\bdoi\b|accident|claim from|onset|sustained)[^.;]{0,40}$"
)
_BIRTH = re2.compile(r"(?:\bdob\b|birth\w*|\bborn)[^.;]{0,20}$")
_SINCE = re2.compile(
    r"(?:since|dating back to|as early as|started(?: on)?|began(?: on)?"
    r"|start(?:ed)? date)(?: at least)?\W*$"
)
_PROCESS = re2.compile(
    r"(?:utilization review|\bur\b|denial|\brfa\b|authorization|determination|certif\w+"
    r"|prior review)[^.;]{0,60}$"
)
# What is to come: "will be seen on", "next appointment", "scheduled for".
_PLANNED = re2.compile(
    r"\b(?:next (?:visit|appointment|follow|evaluation|office|exam)|rtc\b|(?:re)?scheduled\b"
    r"|will (?:be seen|return|follow|undergo|have|start|begin|see)|planned (?:for|on)|is due"
    r"|(?:is|are) to (?:be|return|undergo|have|start|begin|follow)|return in )[^.;]{0,45}$"
)
# These may be of a visit that was: planned only where the day is behind that of the paper.
_TO_COME = re2.compile(
    r"\b(?:follow(?:ing|s)?[- ]?up|f/u|returns?|appointments?|recheck|re-?evaluat\w+)\b[^.;]{0,45}$"
)
# Said of the day of the paper itself.
_NOW = re2.compile(
    r"\b(?:today|now|currently|presently|at present|at this time|at the present time|at this visit)\b"
)
_NOT_NOW = ("until now", "up to now", "by now", "till now")
# Most dates have none of the hints before them: a search is spared.
_ROLES = (
    (
        "planned",
        ("next", "rtc", "schedul", "will ", "planned", "is due", "s to ", "re to ", "return in"),
        _PLANNED,
    ),
    ("since", ("since", "back to", "as early", "start", "began"), _SINCE),
    ("birth", ("dob", "birth", "born"), _BIRTH),
    ("injury", ("injur", "hurt", "fell", "doi", "accident", "claim", "onset", "sustained"), _INJURY),
    ("process", ("ur", "denial", "rfa", "authoriz", "determin", "certif", "review"), _PROCESS),
)
_VISIT = re2.compile(
    r"(?:report\w*|notes?|visit\w*|exam\w*|evaluat\w+|assess\w+|seen|dated|follow-? ?up|present\w*"
    r"|consult\w*"
    r"|pr-2|records?|data|findings|documentation|date of service|dos|encounter)\W+(?:\w+\W+){0,2}$"
)
_OPENS = re2.compile(r"^\W*(?:(?:on|in|dated)\W+)?$")

# How far before a date its words are looked for, in characters.
_LOOK_BACK = 70
# A date this close behind a treatment is the day it was done.
_RIGHT_BEHIND = 22
# Further behind, where no other treatment stands between: "x-ray of the right shoulder on".
_BEHIND_ITS_SITE = 70

_OWN_ROLES = frozenset({"visit", "event", "process"})
SENTENCE, PARAGRAPH, EXHIBIT = "sentence", "paragraph", "exhibit"


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a page and what it is the date of: visit, event, injury, birth, since, process, planned."""

    start: int
    end: int
    on: date
    role: str


def _role(lower: str, sentence: Sentence, found: DateFound, served_on: date | None) -> str:
    before = lower[max(sentence.start, found.start - _LOOK_BACK) : found.start]
    for role, hints, pattern in _ROLES:
        if any(hint in before for hint in hints) and pattern.search(before):
            return role
    is_later = served_on is not None and found.on is not None and found.on > served_on
    if is_later and _TO_COME.search(before):
        return "planned"
    if _VISIT.search(before) or (found.start - sentence.start < 12 and _OPENS.match(before)):
        return "visit"
    return "event"


def find_days(
    text: str, lower: str, sentences: Sequence[Sentence], served_on: date | None = None
) -> list[Day]:
    """Return the dates of a page with their roles, in order.

    Args:
        text: The text of the page.
        lower: The same in lower case.
        sentences: Its sentences.
        served_on: The day of the paper, where it is known: a follow-up behind it is yet to come.
    """
    if not sentences or not _HAS_YEAR_OR_DAY.search(text):
        return []
    starts = [s.start for s in sentences]
    days = []
    for found in find_dates(text):
        printed = text[found.start : found.end]
        if found.on is None or ("-" in printed and "/" in printed):
            # "5-7/10" is a range on a scale of ten
            continue
        at = max(bisect_right(starts, found.start) - 1, 0)
        days.append(Day(found.start, found.end, found.on, _role(lower, sentences[at], found, served_on)))
    return days


def says_now(lower: str, sentence: Sentence) -> bool:
    """Return whether a sentence speaks of the day on which it was written: "today", "now"."""
    words = lower[sentence.start : sentence.end]
    return _NOW.search(words) is not None and not any(w in words for w in _NOT_NOW)


class Calendar:
    """Answers, for one page, which day a mention is about and how that is known.

    A sentence's own date counts first (the nearest before the mention, else
    the first behind it). Then comes the latest visit date earlier in the
    paragraph, then the date of service of the exhibit. Dates of injury, of
    birth and of the payer's decision are never carried to other sentences,
    but a decision's to what is asked for. A day to come dates nothing, and
    what is said of "today" is of the exhibit's day, whatever was told before.
    """

    def __init__(
        self,
        days: Sequence[Day],
        sentences: Sequence[Sentence],
        *,
        served_on: date | None,
        care_starts: Sequence[int] = (),
        of_today: Collection[int] = (),
    ) -> None:
        """Note the dates.

        Args:
            days: The dates of the page.
            sentences: Its sentences.
            served_on: The date of service of the exhibit.
            care_starts: Where treatments, tests and drugs are named, in order.
            of_today: The sentences that speak of the day on which they were written.
        """
        self._served_on = served_on
        self._care_starts = care_starts
        self._own: dict[int, list[Day]] = {}
        self._carried: dict[int, date] = {}
        self._carried_for_asking: dict[int, date] = {}
        starts = [s.start for s in sentences]
        for day in days:
            at = max(bisect_right(starts, day.start) - 1, 0)
            self._own.setdefault(at, []).append(day)
        self._carry(sentences, of_today)

    def _carry(self, sentences: Sequence[Sentence], of_today: Collection[int]) -> None:
        """Note for each sentence the day of a visit or a decision earlier in its paragraph."""
        carried: date | None = None
        for_asking: date | None = None
        for number, sentence in enumerate(sentences):
            if number and sentences[number - 1].paragraph != sentence.paragraph:
                carried = for_asking = None
            own = self._own.get(number - 1, [])
            if sentence.goes_on and own and own[-1].role in ("visit", "process"):
                carried = own[-1].on
            if number in of_today and self._served_on and carried and carried < self._served_on:
                carried = for_asking = None
            if carried:
                self._carried[number] = carried
            if for_asking:
                self._carried_for_asking[number] = for_asking
            for day in self._own.get(number, ()):
                if day.role == "visit":
                    carried = day.on
                if day.role in ("visit", "process"):
                    for_asking = day.on

    def in_sentence(self, number: int) -> Sequence[Day]:
        """Return the dates that stand in a sentence."""
        return self._own.get(number, ())

    def _is_its_day(self, end: int, day: Day, *, alone: bool) -> bool:
        """Return whether a date behind a treatment is the day it was done."""
        if day.start - end <= _RIGHT_BEHIND:
            return True
        at = bisect_right(self._care_starts, end)
        between = at < len(self._care_starts) and self._care_starts[at] < day.start
        return alone and not between and day.start - end <= _BEHIND_ITS_SITE

    def day_of(
        self,
        number: int,
        start: int,
        end: int,
        *,
        is_care: bool = False,
        is_asked: bool = False,
        of_visit: bool = False,
    ) -> tuple[date | None, str | None]:
        """Return the day that a mention in a sentence is about, and what it was found by.

        Args:
            number: The sentence.
            start: Where the mention begins.
            end: Where it ends.
            is_care: Whether a date right behind it is the day it was done.
            of_visit: Whether only the day of a visit counts, as for the age.
            is_asked: Whether it is only asked for, so that the day of the payer's decision counts.
        """
        roles = ("visit",) if of_visit else _OWN_ROLES
        own = [d for d in self._own.get(number, ()) if d.role in roles]
        if is_care and own and own[0].role == "event" and own[0].start >= end:
            # "physical therapy, acupuncture and an MRI on 11/28/2016": the day of the last only
            own = own if self._is_its_day(end, own[0], alone=True) else []
        if own:
            before = [d for d in own if d.end <= start]
            behind = [d for d in own if d.start >= end]
            if is_care and behind and self._is_its_day(end, behind[0], alone=not before):
                return behind[0].on, SENTENCE
            nearest = before[-1] if before else behind[0] if behind else own[0]
            return nearest.on, SENTENCE
        carried = (self._carried_for_asking if is_asked else self._carried).get(number)
        if carried:
            return carried, PARAGRAPH
        if self._served_on:
            return self._served_on, EXHIBIT
        return None, None
