"""Sessions, frequency and duration of a treatment request."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.terms.period import Period, Unit
from openimr.terms.treatment import Frequency

_N = r"(?P<least>\d+)(?:\s?(?:-|–|to|or)\s?(?P<most>\d+))?"
_TIMES = rf"(?:{_N}\s*(?:x|times?|visits?|sessions?)?|(?P<word>once|twice|thrice))"
_PER = (
    r"(?:(?:\s|-)?(?:a|per|each|every|/)\s?(?P<per>day|week|month|wk|hours?)|\s?(?P<ly>daily|weekly|monthly))"
)
_FREQUENCY = re.compile(rf"(?<![\w./#-]){_TIMES}\s*{_PER}\b", re.IGNORECASE)
_EVERY_HOURS = re.compile(
    r"\b(?:q|every)\s?(?P<least>\d+)(?:\s?-\s?(?P<most>\d+))?\s?(?:h|hrs?|hours?)\b", re.IGNORECASE
)
_LATIN = re.compile(
    r"\b(?P<code>bid|tid|qid|qhs|qd|b\.i\.d|t\.i\.d|q\.i\.d|nightly|at bedtime|daily)\b", re.IGNORECASE
)
_LATIN_PER_DAY = {"bid": 2, "tid": 3, "qid": 4, "qhs": 1, "qd": 1, "nightly": 1, "at bedtime": 1, "daily": 1}
_PER_NAMES = {"wk": "week", "hours": "hour", "daily": "day", "weekly": "week", "monthly": "month"}
_WORD_COUNTS = {"once": 1, "twice": 2, "thrice": 3}

# "2x6", "2 x 6", "2 times 8", "3 x week x 4": times a week by weeks
_GRID = re.compile(
    r"(?<![\w./#-])(?P<times>\d{1,2})\s?(?:x|times)\s?(?:(?:a |per |/)?(?:week|wk)\s?(?:x|times|for)\s?)?(?P<weeks>\d{1,2})(?:\s?(?:weeks?|wks?))?(?![\w/%.-])",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:\b(?:for|x|times|over|by|a|an)\s+|\(|(?<=x))?"
    r"(?<![\w./#-])(?P<least>\d+)(?:\s?(?:-|–|to|or)\s?(?P<most>\d+))?(?:\s|-)?(?P<unit>days?|weeks?|wks?|months?|mos?|years?)\b"
    r"(?!\s?(?:supply|old|ago|post|follow))",
    re.IGNORECASE,
)
_SPAN_UNITS = {"d": Unit.DAYS, "w": Unit.WEEKS, "m": Unit.MONTHS, "y": Unit.YEARS}

_SESSION_WORDS = r"(?:sessions?|visits?|treatments?|appointments?)"
# up to four words may stand between the number and its noun
_SESSIONS_BEFORE = re.compile(
    rf"(?<![\w./#-]){_N}\)?\s*(?:additional |more |further |initial |post-?op(?:erative)? )?"
    rf"(?:(?!x\b|times\b|for\b|per\b|weeks?\b|a\b)[a-z/&-]+\s+){{0,4}}?{_SESSION_WORDS}\b",
    re.IGNORECASE,
)
_SESSIONS_AFTER = re.compile(
    rf"(?:{_SESSION_WORDS}[^#\d]{{0,40}}?#|#|\b(?:x|times)\s?|\bQTY:?\s?){_N}(?![\w/%.-])(?!\s?(?:weeks?|wks?|days?|months?|times?|x|a\b|per\b|hours?))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often, how long, and how many sessions in all (``least`` to ``most``)."""

    least: int | None = None
    most: int | None = None
    frequency: Frequency | None = None
    duration: Period | None = None


def read_frequency(text: str) -> Frequency | None:
    """Return how often a treatment is asked for.

    Example:
        >>> read_frequency("physical therapy 2-3 times a week for 6 weeks")
        Frequency(least=2.0, most=3.0, per='week')
    """
    match = _FREQUENCY.search(text)
    if match:
        per = (match["per"] or match["ly"]).lower()
        per = _PER_NAMES.get(per, per)
        if match["word"]:
            count = float(_WORD_COUNTS[match["word"].lower()])
            return Frequency(count, count, per)
        return Frequency(float(match["least"]), float(match["most"] or match["least"]), per)
    match = _EVERY_HOURS.search(text)
    if match:
        most = 24 / int(match["least"])
        return Frequency(24 / int(match["most"] or match["least"]), most, "day")
    match = _LATIN.search(text)
    if match:
        count = float(_LATIN_PER_DAY[match["code"].lower().replace(".", "")])
        return Frequency(count, count, "day")
    return None


def read_duration(text: str) -> Period | None:
    """Return for how long a treatment is asked for.

    Example:
        >>> str(read_duration("Standard wheelchair for a 3 month rental"))
        '3 months'
    """
    match = _SPAN.search(text)
    if match is None:
        return None
    return Period(float(match["most"] or match["least"]), _SPAN_UNITS[match["unit"][0].lower()])


def read_schedule(text: str) -> Schedule:
    """Return sessions, frequency and duration of a therapy request.

    A number of sessions that is printed counts; otherwise it follows from
    the frequency and the duration, when both are said.

    Args:
        text: The request with number words written as digits.

    Example:
        >>> s = read_schedule("physical therapy 2x6 lumbar spine")
        >>> (s.most, s.frequency.most, str(s.duration))
        (12, 2.0, '6 weeks')
    """
    frequency = read_frequency(text)
    duration = read_duration(text)
    if frequency is None:
        grid = _GRID.search(text)
        if grid:
            times = float(grid["times"])
            frequency = Frequency(times, times, "week")
            duration = Period(float(grid["weeks"]), Unit.WEEKS)
    explicit = _explicit_sessions(text)
    if explicit:
        return Schedule(least=explicit[0], most=explicit[1], frequency=frequency, duration=duration)
    if frequency and duration and frequency.per == "week" and duration.unit is Unit.WEEKS:
        return Schedule(
            least=round(frequency.least * duration.count),
            most=round(frequency.most * duration.count),
            frequency=frequency,
            duration=duration,
        )
    return Schedule(frequency=frequency, duration=duration)


def _explicit_sessions(text: str) -> tuple[int, int] | None:
    """Return the printed number of sessions, or None where none or several differ."""
    found = {(int(m["least"]), int(m["most"] or m["least"])) for m in _SESSIONS_BEFORE.finditer(text)}
    if not found:
        match = _SESSIONS_AFTER.search(text)
        found = {(int(match["least"]), int(match["most"] or match["least"]))} if match else set()
    return found.pop() if len(found) == 1 else None
