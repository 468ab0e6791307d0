"""Dates as records print them: the common ways, and those of hospital systems and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from openimr.vocabulary.dates import MONTHS, DateFound, find_dates

_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NAME_OF, _NAME_FIRST = _NAME.replace("name", "name_of"), _NAME.replace("name", "name_first")
# 05MAR15, 05-Mar-15, 5th day of March, 2015, Mar-05-15; and 5 Mar 15 where all three stand close together.
_OTHERS = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>\d{{1,2}})[- ]?{_NAME}[- ]?'?(?P<year>\d{{2}})"
    rf"|(?P<day_of>\d{{1,2}})(?:st|nd|rd|th)? day of {_NAME_OF},? (?P<year_of>\d{{4}})"
    rf"|{_NAME_FIRST}[-. ]{{1,2}}(?P<day_second>\d{{1,2}})[-,' ]{{1,3}}(?P<year_last>\d{{2}}))"
    r"(?![\w/]|[-.:]\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d{2}|19\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)")
# Letters that recognition reads for figures, within what can only be a date: "O4/22/2013", "06/27/20l4".
_MISREAD = re.compile(
    r"(?<![\w/.-])(?=[\dOolI|/.-]*[OolI|])(?=(?:[^\d\n]{0,3}\d){4})"
    r"(?:[\dOolI|]{1,2}[/-][\dOolI|]{1,2}[/-][\dOolI|]{4}|[\dOolI|]{1,2}[/-][\dOolI|]{1,2}[/-][\dOolI|]{2}"
    r"|[\dOolI|]{4}-[\dOolI|]{2}-[\dOolI|]{2})(?![\w/-])"
    rf"|\b{_NAME.replace('name', 'name_misread')}\.?\s[\dOolI|]{{1,2}},\s[12lI|][\dOolI|]{{3}}(?!\w)",
    re.IGNORECASE,
)
_FIGURES_READ = str.maketrans("OolI|", "00111")
# The end of a line at which a date may go on in the next.
_BROKEN = re.compile(
    rf"\b{_NAME.replace('name', 'name_broken')}\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?)?$", re.IGNORECASE
)
# Figures where a date may stand: nothing else is looked at.
_LIKELY = re.compile(r"\d")
# All in figures; where the first cannot be a month, a paper writes the day first.
_ALL_FIGURES = re.compile(r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})")
_MONTHS = 12
# The hour that hospitals write behind the day: "03/04/15-1235".
_HOUR = re.compile(r"(?<=\d/\d\d/\d\d)-(?=[0-2]\d[0-5]\d\b)|(?<=\d/\d\d/\d{4})-(?=[0-2]\d[0-5]\d\b)")
# Two figures from 50 on are of the last century, as elsewhere.
_CENTURY_TURN = 50


@lru_cache(maxsize=8192)
def days_in(text: str) -> tuple[DateFound, ...]:
    """Return the dates printed in a line, in order; ``on`` is None where there is no such day.

    Example:
        >>> [d.on.isoformat() for d in days_in("ADM 05MAR15, seen 14-Mar-16, the 3rd day of May, 2016")]
        ['2015-03-05', '2016-03-14', '2016-05-03']
        >>> [d.on.isoformat() for d in days_in("COLL: 03/04/15-1235 RECD: 03/04/15-1648")]
        ['2015-03-04', '2015-03-04']
    """
    if not _LIKELY.search(text):
        return ()
    text = _HOUR.sub(" ", _MISREAD.sub(_with_figures, text))
    found = find_dates(text)
    taken = [(one.start, one.end) for one in found]
    found += [one for one in _others(text) if not any(a < one.end and one.start < b for a, b in taken)]
    return tuple(sorted(found, key=lambda one: one.start))


def days_of_lines(lines: Sequence[str]) -> list[tuple[DateFound, ...]]:
    """Return the dates of each line, that among them which goes on in the next line.

    A page that writes one day first writes all of them so: its dates with the same mark are read anew.

    Example:
        >>> [[d.on.isoformat() for d in line] for line in days_of_lines(["seen on March", "4, 2014. He"])]
        [['2014-03-04'], []]
        >>> [[d.on.isoformat() for d in line] for line in days_of_lines(["born 18.11.1972", "on 03.07.2015"])]
        [['1972-11-18'], ['2015-07-03']]
    """
    found = [days_in(line) for line in lines]
    marks = _marks_with_day_first(lines, found)
    if marks:
        found = [
            tuple(_day_first(line, day, marks) for day in days)
            for line, days in zip(lines, found, strict=True)
        ]
    for at, (line, after) in enumerate(pairwise(lines)):
        if _BROKEN.search(line):
            broken = [day for day in days_in(f"{line} {after}") if day.start < len(line) < day.end]
            found[at] += tuple(replace(day, end=len(line)) for day in broken)
    return found


def _marks_with_day_first(lines: Sequence[str], found: Sequence[Sequence[DateFound]]) -> frozenset[str]:
    """Return the marks whose dates have a first figure that is no month, and never such a second one."""
    is_first, is_second = set(), set()
    for line, days in zip(lines, found, strict=True):
        for day in days:
            match = _ALL_FIGURES.fullmatch(line, day.start, day.end)
            if match and int(match["first"]) > _MONTHS >= int(match["second"]):
                is_first.add(match["mark"])
            elif match and int(match["second"]) > _MONTHS:
                is_second.add(match["mark"])
    return frozenset(is_first - is_second)


def _day_first(line: str, day: DateFound, marks: Set[str]) -> DateFound:
    match = _ALL_FIGURES.fullmatch(line, day.start, day.end)
    if match is None or match["mark"] not in marks:
        return day
    return replace(day, on=_day(int(match["year"]), int(match["second"]), int(match["first"])))


def _with_figures(date_read: re.Match[str]) -> str:
    """Return a date with figures where recognition read letters; as long as it was."""
    name, text = date_read["name_misread"] or "", date_read.group()
    return name + text[len(name) :].translate(_FIGURES_READ)


def _others(text: str) -> Iterator[DateFound]:
    for match in _OTHERS.finditer(text):
        groups = match.groupdict()
        name = groups["name"] or groups["name_of"] or groups["name_first"]
        day = groups["day"] or groups["day_of"] or groups["day_second"]
        year = int(groups["year"] or groups["year_of"] or groups["year_last"])
        if year < 100:
            year += 2000 if year < _CENTURY_TURN else 1900
        month = next(number for number, whole in enumerate(MONTHS, 1) if whole.startswith(name[:3].lower()))
        yield DateFound(match.start(), match.end(), _day(year, month, int(day)))
    for match in _COMPACT.finditer(text):
        on = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        if on is not None:
            yield DateFound(match.start(), match.end(), on)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
