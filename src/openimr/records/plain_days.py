"""The day of service where a paper says it plainly: under a label, in a sentence, or alone in its head."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from openimr.records.date_labels import WEEKDAY, date_label
from openimr.records.days import days_in, days_of_lines
from openimr.records.kinds import is_letter
from openimr.records.labels import date_words, labels, plain_date_labels, service_nouns
from openimr.records.look import Line, PageLook
from openimr.records.mending import mended
from openimr.records.told_visits import is_told, tells_of_now, tells_that_i_saw
from openimr.terms.records import ExhibitType
from openimr.vocabulary.dates import DateFound
from openimr.vocabulary.text import lowered


class _Said(StrEnum):
    """What a place says of its day."""

    SERVED = "served"
    TOLD = "told"
    OPEN = "open"
    ALONE = "alone"
    PAPER = "paper"
    SIGNED = "signed"
    OTHER = "other"


_WRITTEN = frozenset({_Said.PAPER, _Said.SIGNED})
# Papers of these kinds report a service.
_SERVED = frozenset(
    {
        ExhibitType.PROGRESS_REPORT,
        ExhibitType.FIRST_REPORT,
        ExhibitType.OPERATIVE_REPORT,
        ExhibitType.IMAGING,
        ExhibitType.ELECTRODIAGNOSTIC,
        ExhibitType.LABORATORY,
        ExhibitType.THERAPY_NOTES,
        ExhibitType.WORK_STATUS,
        ExhibitType.CONSULTATION,
        ExhibitType.MEDICAL_LEGAL,
        ExhibitType.PHARMACY,
        ExhibitType.OTHER,
    }
)
# In these an only day without a label may be that of the letter, of the result or of the print.
_NOT_BY_A_DAY_ALONE = frozenset({ExhibitType.MEDICAL_LEGAL, ExhibitType.CONSULTATION, ExhibitType.PHARMACY})
_NOT_BY_AN_OPEN_DAY = frozenset({ExhibitType.LABORATORY, ExhibitType.OTHER})
# In these what is reported may be records, questions or a testimony.
_MAY_BE_UNSERVED = frozenset({ExhibitType.MEDICAL_LEGAL, ExhibitType.CONSULTATION, ExhibitType.OTHER})
_SUPPLEMENT = re.compile(
    r"^\W*(?:(?:qme|ame|pqme|panel qme|medical[- ]legal)\W+)?supplement(?:al|ary)\b"
    r"|\brecords? review report\b|\breview of (?:medical )?records\s*(?:report|only)\b"
    r"|\bdeposition\b|\btestimony\b|\bletter of clarification\b",
    re.IGNORECASE,
)
_NOT_SEEN = re.compile(
    r"\b(?:was|were|is)\s+not\s+(?:been\s+)?(?:re-?)?(?:seen|examined|evaluated|interviewed|present)\b"
    r"|\bwithout\s+(?:an?\s+|further\s+)?(?:re-?)?(?:examination|examining|seeing)\b"
    r"|\bno\s+face[- ]to[- ]face\b"
    r"|\bdid not (?:re-?)?(?:see|examine|evaluate)\b|\brecords? review only\b",
    re.IGNORECASE,
)
_TITLES, _OPENING = 24, 32
_HEAD, _RUNNING_HEAD = 18, 3
# A line from here on may be broken in the middle of a sentence.
_BROKEN = 45
_LABEL_LINE = 60
_LISTED = 3
# A record of more days than these is of many fillings.
_FEW = 5
_PARTS = re.compile(r"\s{3,}|[|;\]]")
_MARK = re.compile(r"[:._|(=\u2013-]\s*$")
_WORDS = re.compile(r"[a-z']+", re.IGNORECASE)
_LAST_WORD = re.compile(r"([A-Za-z'-]+)\W*$")
_FILLING = frozenset(
    "date dates dt day time hour of the this on and today's your for at actual daily done performed"
    " completed".split()
)
_ANOTHER = frozenset(
    "next last prior previous return follow-up followup up future upcoming scheduled initial first earlier"
    " since no number type code".split()
)
# Words that elsewhere speak of other papers, and here do not: visits begin periods, doctors are named, and
# a title may end in "report".
_NEUTRAL = frozenset("from by dr report notice request decision determination mri".split())
_COMING = frozenset("planned proposed anticipated expected scheduled upcoming".split())
_FROM_TO = re.compile(r"^\s*(?:-|\u2013|to|through|thru)\s*$", re.IGNORECASE)
_DAY_WORDS = frozenset({"date", "dt", "day"})
_FIRST = frozenset({"initial", "first"})
# Labels that end in a dot, or that are too short to be told from other words elsewhere.
_OTHERS = re.compile(r"\b(?:d\.?o\.?[bi]|bd|onset|d/i|rtc)\W*$", re.IGNORECASE)
# The patient signs these.
_AGREED = re.compile(r"\b(?:agreements?|contracts?|consents?)\b", re.IGNORECASE)
_TO_SIGN = re.compile(r"\bsign(?:ed|ature)?\b|\bauthenticated\b|\bdictated\b|^/s/", re.IGNORECASE)
_TIME = re.compile(r"^\W{0,3}(?:at\s+)?\d{1,2}:\d{2}\s*(?:[ap]\.?m\b\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlainDays:
    """The day of service that a paper says plainly, if any, and the days that it says to be others.

    ``written`` is the one day of its signatures, or the later one over the letter; ``is_said``
    where a label or a sentence says the day of service, and not its place alone; ``is_unserved`` where
    the kind of paper or the paper says that nobody was seen.
    """

    service: date | None
    others: frozenset[date]
    written: date | None = None
    is_said: bool = False
    is_unserved: bool = False


def plain_days(looks: Sequence[PageLook], kind: ExhibitType) -> PlainDays:
    """Return the day of service that a paper says plainly; None where it says none, or two.

    The first page says it, or where that has no label for it a later one. A
    labelled day goes before one that a sentence tells, and that before a day that
    stands in the head without being the day of anything else.
    """
    if not looks:
        return PlainDays(None, frozenset(), is_unserved=True)
    first = list(_sayings(looks[0], kind))
    is_first = any(meaning is _Said.SERVED for _, meaning, _ in first)
    later = (one for one in _said_later(looks, kind) if not (is_first and one[1] is _Said.SERVED))
    said: dict[date, set[_Said]] = defaultdict(set)
    begins: dict[tuple[str, _Said], int] = defaultdict(int)
    for day, meaning, beginning in (*first, *later):
        said[day].add(meaning)
        begins[beginning, meaning] += 1
    written = _signed(said)
    if kind not in _SERVED or (kind in _MAY_BE_UNSERVED and _is_unserved(looks[0])):
        return PlainDays(None, frozenset(), written, is_unserved=True)
    is_record = kind is ExhibitType.PHARMACY and _days(looks[0]) > _FEW
    is_list = is_record or max(begins.values(), default=0) > _LISTED
    found = _of_service(said, kind, is_list=is_list, is_written_to=_is_written_later(looks[0]))
    return replace(found, written=written or _over_letter(said, found.service))


def _is_written_later(look: PageLook) -> bool:
    """Return whether a page begins a letter that does not say that its writer has just seen somebody."""
    return is_letter(look) and not tells_of_now(" ".join(line.text for line in look.lines[:_OPENING]))


def _of_service(
    said: Mapping[date, set[_Said]], kind: ExhibitType, *, is_list: bool, is_written_to: bool
) -> PlainDays:
    """Return the day of service among the days of a paper, with what is said of each."""
    others = frozenset(day for day, all_ in said.items() if all_ <= {_Said.PAPER, _Said.OTHER})
    if is_list:
        return PlainDays(None, others)
    days = _plainest(said, kind, is_of_letter=is_written_to)
    if len(days) != 1:
        return PlainDays(None, others)
    if not _is_plausible(days[0], said, kind):
        return PlainDays(None, others | ({days[0]} if kind in _MAY_BE_UNSERVED else set()))
    return PlainDays(days[0], others, is_said=not {_Said.SERVED, _Said.TOLD}.isdisjoint(said[days[0]]))


def _signed(said: Mapping[date, set[_Said]]) -> date | None:
    """Return the one day of signatures of a paper that gives no other day of its writing."""
    if any(_Said.PAPER in all_ for all_ in said.values()):
        return None
    days = [day for day, all_ in said.items() if _Said.SIGNED in all_ and _Said.SERVED not in all_]
    return days[0] if len(days) == 1 else None


def _over_letter(said: Mapping[date, set[_Said]], service: date | None) -> date | None:
    """Return the one day that stands alone in the head of a paper about an earlier service."""
    days = [day for day, all_ in said.items() if _Said.ALONE in all_]
    return days[0] if service is not None and len(days) == 1 and days[0] > service else None


def _said_later(looks: Sequence[PageLook], kind: ExhibitType) -> Iterator[tuple[date, _Said, str]]:
    """Yield what the pages behind the first say: of the service in their heads, of both on the last."""
    for look in looks[1:]:
        is_last = look is looks[-1]
        head = replace(look, lines=look.lines[:_RUNNING_HEAD])
        for day, meaning, beginning in _sayings(look if is_last else head, kind):
            if meaning is _Said.SERVED or (is_last and meaning is _Said.SIGNED):
                yield day, meaning, beginning


def _is_unserved(look: PageLook) -> bool:
    """Return whether a report says near its top that it was written without seeing anybody."""
    titles = [line.text for line in look.lines[:_TITLES] if len(line.text) < _LABEL_LINE]
    text = " ".join(line.text for line in look.lines[:_OPENING])
    return any(_SUPPLEMENT.search(title) for title in titles) or bool(_NOT_SEEN.search(text))


def _plainest(said: Mapping[date, set[_Said]], kind: ExhibitType, *, is_of_letter: bool) -> list[date]:
    """Return the days that are said most plainly to be of the service."""
    labelled = [day for day, all_ in said.items() if _Said.SERVED in all_]
    if labelled:
        return labelled
    others = {day: all_ for day, all_ in said.items() if _Said.OTHER not in all_}
    told = [day for day, all_ in others.items() if _Said.TOLD in all_]
    if told:
        return told
    if kind in _NOT_BY_AN_OPEN_DAY:
        return []
    for meaning in (_Said.OPEN,) if is_of_letter else (_Said.OPEN, _Said.ALONE):
        found = [day for day, all_ in others.items() if meaning in all_]
        # Of several days the one of the signature is the paper's.
        days = [day for day in found if not _WRITTEN & others[day]] if len(found) > 1 else found
        if days:
            return days if meaning is _Said.OPEN or kind not in _NOT_BY_A_DAY_ALONE else []
    return []


def _days(look: PageLook) -> int:
    return len({day.on for line in look.lines for day in days_in(line.text)})


def _is_plausible(day: date, said: Mapping[date, set[_Said]], kind: ExhibitType) -> bool:
    """Return whether no report of the day was written before it.

    A letter that stands under an earlier day speaks of an appointment.
    """
    written = [other for other, all_ in said.items() if _WRITTEN & all_ and _Said.SERVED not in all_]
    if not written and kind in _MAY_BE_UNSERVED and _Said.ALONE not in said[day]:
        written = [other for other, all_ in said.items() if all_ == {_Said.ALONE}]
    return all(day <= other for other in written)


def _sayings(look: PageLook, kind: ExhibitType) -> Iterator[tuple[date, _Said, str]]:
    """Yield the days of a page, each with what its place says, and how its line begins."""
    above = ("", "")
    days = days_of_lines([line.text for line in look.lines])
    for index, printed in enumerate(look.lines):
        reach = 0
        line = replace(printed, text=mended(printed.text))
        if _is_row_of_days(line):
            continue
        for found in days[index]:
            lead = line.text[reach : found.start]
            reach = found.end
            if found.on is None:
                continue
            meaning = _meaning(lead, line, above, found, kind)
            is_first = index == 0 and (found.start == 0 or len(days[0]) == 1)
            if meaning is None and is_first and _is_entry_head(line.text):
                meaning = _Said.OPEN
            is_period = _FROM_TO.match(lead) is not None
            if meaning in (_Said.OPEN, _Said.ALONE) and (is_period or index >= _HEAD):
                continue
            if meaning is not None:
                yield found.on, meaning, re.sub(r"\d+", "0", line.text)[:6]
        above = (above[1], line.text)


def _is_entry_head(text: str) -> bool:
    """Return whether the top line of a page is a name, a day and what was done: no sentence, no label."""
    words = text.split()
    return len(text) < _LABEL_LINE and ":" not in text and not any(word.islower() for word in words)


def _is_row_of_days(line: Line) -> bool:
    """Return whether a line lists three days or more that only space parts."""
    days = days_in(line.text)
    return sum(not line.text[a.end : b.start].strip() for a, b in pairwise(days)) >= 2


def _meaning(
    lead: str, line: Line, above: tuple[str, str], found: DateFound, kind: ExhibitType
) -> _Said | None:
    """Return what the words around a day, in its line and the two above, say of it; None for nothing."""
    before = above[1]
    lead = WEEKDAY.sub("", lead)
    if _OTHERS.search(lead):
        return _Said.OTHER
    whole = f"{_broken(before, lead, line.text)} {lead}".lstrip()
    labelled = _labelled_as(whole, kind, len(line.text))
    if labelled is None and not lead.strip():
        labelled = _labelled_above(above, kind)
    if labelled is not None:
        return labelled
    if _TO_SIGN.search(lead):
        return None if _AGREED.search(lead) else _Said.SIGNED
    behind, start = line.text[found.end :], found.start
    is_broken = len(before) > _BROKEN or (bool(before) and line.text[:1].islower())
    goes_on = is_broken and line.text.startswith(lead.lstrip()) and not before.endswith((".", ":"))
    if is_told(f"{before} {lead}" if goes_on else lead, "" if goes_on else behind, kind):
        return _Said.TOLD
    if tells_that_i_saw(f"{before} {line.text[:start]}" if len(before) > _BROKEN else line.text[:start]):
        return _Said.TOLD
    if _of_another(_WORDS.findall(lead)[-2:]) is not None:
        return _Said.OTHER
    if (goes_on and not lead.strip()) or not _COMING.isdisjoint(lowered(lead).split()):
        return None
    return _without_label(lead, _TIME.sub("", behind), len(line.text))


def _broken(before: str, lead: str, text: str) -> str:
    """Return the word that a label begins with at the end of the line before: "Return" over "visit: 3/14"."""
    has_fields = bool(days_in(before)) or ":" in before
    last = _WORDS.findall(before)[-1:]
    if not last or not has_fields or not text.startswith(lead.strip()) or not before.endswith(last[0]):
        return ""
    is_another = lowered(last[0]) in _ANOTHER or date_words().get(lowered(last[0])) == "other"
    return last[0] if is_another and last[0][0].isupper() and lead.strip() else ""


def _labelled_above(above: tuple[str, str], kind: ExhibitType) -> _Said | None:
    """Return what the label says that the line over a day ends in, be it broken into two lines."""
    earlier, last = above
    if days_in(last):
        return None
    # Over a day a word for a service is a title; it needs a word or a mark that makes it a label.
    found = _labelled_as(last, kind, _LABEL_LINE)
    if found is not None or not earlier or days_in(earlier) or len(last) >= _LABEL_LINE:
        return found
    return _labelled_as(f"{earlier} {last}", kind, _LABEL_LINE)


def _of_another(words: Sequence[str]) -> _Said | None:
    """Return what words say of the day behind them, where it is not the visit's; visits begin periods."""
    meanings = {date_words().get(lowered(word)) for word in words if lowered(word) not in _NEUTRAL}
    if "other" in meanings:
        return _Said.OTHER
    return _Said.PAPER if "paper" in meanings else None


def _without_label(lead: str, behind: str, length: int) -> _Said | None:
    """Return what a day says that stands by itself: in a line, between bars, behind a name or a title."""
    part = _PARTS.split(lead)[-1].strip()
    if not part and not _WORDS.search(_PARTS.split(behind)[0]):
        return _Said.OPEN if lead.strip() or behind.strip() else _Said.ALONE
    is_headed = lead.rstrip()[-1:] in {",", "-", "\u2013"} and not behind.strip()
    return _Said.OPEN if is_headed and length < _LABEL_LINE else None


def _labelled_as(lead: str, kind: ExhibitType, length: int) -> _Said | None:
    """Return what the label that a text ends in says of the day behind it.

    Args:
        lead: What stands before the day.
        kind: The kind of paper: a "study" has its day in one and not in another.
        length: How long the whole line is; in a long one a label has a mark.
    """
    known = date_label(lead)
    words = _WORDS.findall(lead)
    if known is not None:
        earlier = _word_before(lead, known)
        if known in labels("service_date", kind):
            return _Said.OTHER if earlier in _ANOTHER else _Said.SERVED
        if known in labels("report_date"):
            return _Said.PAPER
        if known in labels("other_date"):
            return _Said.OTHER
    put_together = _put_together(lead, kind, length)
    if put_together is None and known in plain_date_labels():
        return _of_another(words[-2:-1]) or _Said.OPEN
    return put_together


def _word_before(lead: str, label: str) -> str:
    """Return the word right before the label that a text ends in; figures between part them."""
    at = lowered(lead).rfind(label)
    match = _LAST_WORD.search(lead[: max(at, 0)])
    return lowered(match[1]) if match else ""


def _put_together(lead: str, kind: ExhibitType, length: int) -> _Said | None:
    """Return what a label says that is made of words for a service and words that fill: "dt of svc"."""
    part = _PARTS.split(lead.rstrip())[-1]
    matches = list(_WORDS.finditer(part))
    nouns = service_nouns(kind)
    filling = _FILLING | _FIRST if kind is ExhibitType.FIRST_REPORT else _FILLING
    first, has_noun = len(matches), False
    while first and (word := lowered(matches[first - 1].group())) in nouns | filling:
        has_noun = has_noun or word in nouns
        first -= 1
    earlier = lowered(matches[first - 1].group()) if first else ""
    if not has_noun:
        return None
    if earlier in _ANOTHER and part[matches[first - 1].start()].isupper():
        return _Said.OTHER
    if not part[matches[first].start()].isupper():
        return None
    if earlier in _ANOTHER:
        return _Said.OTHER
    named = not _DAY_WORDS.isdisjoint(lowered(match.group()) for match in matches[first:])
    return _Said.SERVED if named or _MARK.search(part) or length < _LABEL_LINE else None
