"""Sessions, frequency and duration of a treatment request."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.terms.period import Period, Unit
from openimr.terms.treatment import Frequency
from openimr.vocabulary.text import has_digit, lowered

_N = r"(?P<least>\d{1,3})(?:\s?(?:-|–|to|or)\s?(?P<most>\d{1,3}))?"
_EACH = r"(?P<per>day|week|wk|month|mo|year|yr)"
# "2x/week", "3 x wk", "2-3 times a week", "5 days per week", "once weekly", "1 daily"
_FREQUENCY = re.compile(
    rf"(?<![\w./#-])(?:{_N}|(?P<word>once|twice|thrice))\s?"
    r"(?:(?:x|times?)\s?(?:a\s|per\s|each\s|every\s|/)?|(?:visits?|sessions?|days?|treatments?)?\s?(?:a\s|per\s|each\s|every\s|/))"
    rf"\s?{_EACH}\b"
    r"|(?<![\w./#-])(?:(?P<least2>\d{1,3})(?:\s?(?:-|–|to|or)\s?(?P<most2>\d{1,3}))?\s?(?:x|times?|visits?|sessions?)"
    r"|(?P<word2>once|twice|thrice))\s?(?P<ly>daily|weekly|monthly|yearly|annually)\b",
    re.IGNORECASE,
)
# Every frequency has one of these letters; a text without them is not searched.
_RATE_HINTS = tuple("day dai week wk mo year yr ever other annual quarter ight bed id i.d q".split())
_PER_NAMES = {"wk": "week", "mo": "month", "yr": "year", "annually": "year", "yearly": "year"}
_LY_NAMES = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_WORD_COUNTS = {"once": 1, "twice": 2, "thrice": 3}
# "every 4-6 hours", "q12h", "every 6 weeks"
_EVERY = re.compile(
    r"\b(?:q|every)\s?(?P<least>\d{1,2})(?:\s?(?:-|to)\s?(?P<most>\d{1,2}))?\s?(?P<unit>h|hrs?|hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_EVERY_OTHER = re.compile(r"\b(?:every other|each other) (?P<per>day|week|month)\b", re.IGNORECASE)
_LATIN = re.compile(
    r"(?<![\w-])(?P<code>bid|tid|qid|qhs|qd|qam|qpm|b\.i\.d|t\.i\.d|q\.i\.d|q\.d|nightly|at bedtime|every day"
    r"|every night|at night|daily|weekly|every week|monthly|every month|quarterly)\b(?!\s(?:living|dose))",
    re.IGNORECASE,
)
_LATIN_RATES = {
    "bid": (2, "day"),
    "tid": (3, "day"),
    "qid": (4, "day"),
    "weekly": (1, "week"),
    "every week": (1, "week"),
    "monthly": (1, "month"),
    "every month": (1, "month"),
    "quarterly": (4, "year"),
}
# "2 tablets daily" does not say how often in a day
_SEVERAL_DAILY = re.compile(r"(?:[2-9]|\d\d)\s+(?:tab|cap|pill|patch)[a-z]*\s+$", re.IGNORECASE)

# "2x6", "2 x 6 weeks", "1-2 times 8": times a week by weeks
_GRID = re.compile(
    r"(?<![\w./#-])(?P<least>[1-7])(?:\s?-\s?(?P<most>[1-7]))?\s?(?:x|times)\s?"
    r"(?P<weeks_least>\d{1,2})(?:\s?-\s?(?P<weeks>\d{1,2}))?(?:\s?(?:weeks?|wks?))?(?![\w/%.-])"
    r"(?!\s?(?:visits?|sessions?|treatments?|days?|months?|hours?))",
    re.IGNORECASE,
)
# "3x/week x 4": the number behind a weekly frequency counts weeks
_WEEKS_BEHIND = re.compile(
    r"[\s,]{0,2}(?:x|times|for)\s?(?P<least>\d{1,2})(?:\s?(?:-|to)\s?(?P<most>\d{1,2}))?(?![\w/%.-])"
    r"(?!\s?(?:visits?|sessions?|treatments?|days?|weeks?|wks?|months?|mos?|years?|total))",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:(?<![\w./#-])|(?<=\bx))(?P<least>\d{1,3})(?:\s?(?:-|–|to|or)\s?(?P<most>\d{1,3}))?(?:\s|-)?"
    r"(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)\b"
    r"(?!['’]?\s?(?:supply|of age|old|ago|post|follow|after|a\b|per\b|each\b"
    r"|every\b|/))",
    re.IGNORECASE,
)
# "in 4 weeks", "every 3 months": a moment or a rhythm, not a duration
_NO_SPAN_BEFORE = re.compile(r"(?:\b(?:in|within|every|q|each|after|past|last|since|at)\s?)$", re.IGNORECASE)
_SPAN_UNITS = {"d": Unit.DAYS, "w": Unit.WEEKS, "m": Unit.MONTHS, "y": Unit.YEARS}
_PER_UNITS = {"day": Unit.DAYS, "week": Unit.WEEKS, "month": Unit.MONTHS}

_SESSION_WORDS = r"(?:sessions?|visits?|treatments?|appointments?)"
# up to four words may stand between the number and its noun
_SESSIONS_BEFORE = re.compile(
    rf"(?<![\w./#-]){_N}\)?\s*"
    r"(?:(?!x\b|times\b|for\b|per\b|weeks?\b|a\b|days?\b|months?\b|hours?\b|units?\b)[a-z/&-]+\s+){0,5}?"
    rf"{_SESSION_WORDS}\b",
    re.IGNORECASE,
)
_SESSIONS_AFTER = re.compile(
    rf"(?:#|\b(?:x|times)\s?|\b(?:qty|quantity|total of)\b[.:]?\s?){_N}(?![\w/%.-])"
    r"(?!\s?(?:weeks?|wks?|days?|months?|mos?|years?|times?|x|a\b|per\b|hours?|hrs?|minutes?|mins?|units?))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often, how long, and how many sessions in all (``least`` to ``most``)."""

    least: int | None = None
    most: int | None = None
    frequency: Frequency | None = None
    duration: Period | None = None


@dataclass(frozen=True, slots=True)
class _Rate:
    """A frequency with the place of its words."""

    frequency: Frequency
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Length:
    """A duration as a range, with the place of its words."""

    least: int
    most: int
    unit: Unit
    start: int
    end: int


def _counted_rate(match: re.Match[str]) -> _Rate:
    word = match["word"] or match["word2"]
    printed = (match["per"] or _LY_NAMES[match["ly"].lower()]).lower()
    per = _PER_NAMES.get(printed, printed)
    if word:
        least = most = float(_WORD_COUNTS[word.lower()])
    else:
        least = float(match["least"] or match["least2"])
        most = float(match["most"] or match["most2"] or least)
    return _Rate(Frequency(least, most, per), match.start(), match.end())


def _every_rate(match: re.Match[str]) -> _Rate | None:
    least, most = int(match["least"]), int(match["most"] or match["least"])
    if least == 0 or most == 0:
        return None
    unit = match["unit"].lower()
    whole, per = (24, "day") if unit.startswith("h") else (1, unit.removesuffix("s"))
    return _Rate(Frequency(whole / most, whole / least, per), match.start(), match.end())


def _find_rate(text: str) -> _Rate | None:
    """Return the first frequency of a request that can be told without doubt."""
    lower = lowered(text)
    if not any(hint in lower for hint in _RATE_HINTS):
        return None
    counted, every = _FREQUENCY.search(text), _EVERY.search(text)
    if counted and (every is None or counted.start() < every.start()):
        return _counted_rate(counted)
    if every:
        return _every_rate(every)
    match = _EVERY_OTHER.search(text)
    if match:
        return _Rate(Frequency(0.5, 0.5, match["per"].lower()), match.start(), match.end())
    match = _LATIN.search(text)
    if match is None:
        return None
    if match["code"].lower() == "daily" and _SEVERAL_DAILY.search(text[: match.start()]):
        return None
    count, per = _LATIN_RATES.get(match["code"].lower().replace(".", ""), (1, "day"))
    return _Rate(Frequency(float(count), float(count), per), match.start(), match.end())


def _find_length(text: str) -> _Length | None:
    """Return the first duration of a request, not the rhythm of its visits."""
    for match in _SPAN.finditer(text):
        if not _NO_SPAN_BEFORE.search(text[max(0, match.start() - 8) : match.start()]):
            least = int(match["least"])
            most = int(match["most"] or least)
            return _Length(least, most, _SPAN_UNITS[match["unit"][0].lower()], *match.span())
    return None


def read_frequency(text: str) -> Frequency | None:
    """Return how often a treatment is asked for.

    Example:
        >>> read_frequency("physical therapy 2-3 times a week for 6 weeks")
        Frequency(least=2.0, most=3.0, per='week')
    """
    rate = _find_rate(text)
    return rate.frequency if rate else None


def read_duration(text: str) -> Period | None:
    """Return for how long a treatment is asked for; of a range the longer end.

    Example:
        >>> str(read_duration("Standard wheelchair for a 3 month rental"))
        '3 months'
    """
    length = _find_length(text)
    return Period(float(length.most), length.unit) if length else None


def read_schedule(text: str, *, by_weeks: bool = True) -> Schedule:
    """Return sessions, frequency and duration of a request.

    A number of sessions that is printed counts; otherwise it follows from
    the frequency and the duration, when both are said. Where the two
    disagree, the number of sessions stays empty.

    Args:
        text: The request with number words written as digits.
        by_weeks: Whether "2x6" means twice a week for six weeks, as it does
            in a request for therapy.

    Example:
        >>> s = read_schedule("physical therapy 2x6 lumbar spine")
        >>> (s.most, s.frequency.most, str(s.duration))
        (12, 2.0, '6 weeks')
    """
    if not has_digit(text):
        return Schedule(frequency=read_frequency(text))
    rate, length = _find_rate(text), _find_length(text)
    taken = [(part.start, part.end) for part in (rate, length) if part]
    if by_weeks:
        rate, length, more = _by_weeks(text, rate, length)
        taken += more
    explicit = _printed_sessions(_without(text, taken))
    counted = _counted_sessions(rate, length)
    if explicit and counted and not (counted[0] <= explicit[0] and explicit[1] <= counted[1]):
        explicit = counted = None
    sessions = explicit or counted
    return Schedule(
        least=sessions[0] if sessions else None,
        most=sessions[1] if sessions else None,
        frequency=rate.frequency if rate else None,
        duration=Period(float(length.most), length.unit) if length else None,
    )


def _by_weeks(
    text: str, rate: _Rate | None, length: _Length | None
) -> tuple[_Rate | None, _Length | None, list[tuple[int, int]]]:
    """Return frequency and duration with what "2x6" or "2x/week x 6" adds to them."""
    if rate is None:
        grid = _GRID.search(text)
        if grid is None:
            return rate, length, []
        least = float(grid["least"])
        weeks = int(grid["weeks_least"])
        rate = _Rate(Frequency(least, float(grid["most"] or least), "week"), *grid.span())
        return rate, _Length(weeks, int(grid["weeks"] or weeks), Unit.WEEKS, *grid.span()), [grid.span()]
    if length is None and rate.frequency.per == "week":
        behind = _WEEKS_BEHIND.match(text, rate.end)
        if behind:
            weeks = int(behind["least"])
            length = _Length(weeks, int(behind["most"] or weeks), Unit.WEEKS, *behind.span())
            return rate, length, [behind.span()]
    return rate, length, []


def _without(text: str, places: list[tuple[int, int]]) -> str:
    """Return the text with those places blank, so that no number counts twice."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _counted_sessions(rate: _Rate | None, length: _Length | None) -> tuple[int, int] | None:
    """Return the sessions that frequency and duration make, in the same unit only."""
    if rate is None or length is None or _PER_UNITS.get(rate.frequency.per) is not length.unit:
        return None
    least, most = rate.frequency.least * length.least, rate.frequency.most * length.most
    return (int(least), int(most)) if least == int(least) and most == int(most) else None


def _printed_sessions(text: str) -> tuple[int, int] | None:
    """Return the printed number of sessions, or None where none or several differ."""
    found = {(int(m["least"]), int(m["most"] or m["least"])) for m in _SESSIONS_BEFORE.finditer(text)}
    if not found:
        match = _SESSIONS_AFTER.search(text)
        found = {(int(match["least"]), int(match["most"] or match["least"]))} if match else set()
    return found.pop() if len(found) == 1 else None
