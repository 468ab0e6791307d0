"""What stands around the dates of a document: of each day that it prints, the signs of what day it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.records.date_labels import date_label
from openimr.records.days import days_of_lines
from openimr.records.kinds import headings_of
from openimr.records.labels import date_words, labels, plain_date_labels
from openimr.records.look import HEAD_LINES, Line, PageLook
from openimr.terms.records import ExhibitType
from openimr.vocabulary.dates import DateFound
from openimr.vocabulary.text import lowered

# Long documents tell their days at their ends; what lies between quotes other papers.
_FIRST_PAGES, _LAST_PAGES = 3, 2
_NEAR = 5
_LAST_LINES = 9
_LISTED = 6
_FROM_TO = re.compile(r"^\s*(?:-|to|through|thru|until)\s*$", re.IGNORECASE)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# A day with one of these is of something else; the days that are left are open.
_EXPLAINED = frozenset({"is:other_label", "means:other", "over:other", "is:report_label", "is:range_end"})
# These signs mean one thing in one kind of paper and another in another.
_WITH_KIND = ("is:", "at:", "among:", "means:", "over:")
_WORD = re.compile(r"[a-z']+|/s/")
_TIME = re.compile(r"^\W{0,3}(?:at\s+)?\d{1,2}:\d{2}")
_SIGNED = re.compile(r"\bsign(?:ed|ature)?\b|\bauthenticated\b|\bapproved\b|^/s/|\bdictated\b", re.IGNORECASE)
_CREDENTIAL = re.compile(r"\b(?:M\.?D|D\.?O|D\.?C|P\.?T|DPT|Ph\.?D|PA-C|N\.?P)\b")
_GAP = re.compile(r"\s{3,}|\|")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Place:
    """A date where it is printed."""

    look: PageLook
    page: int
    pages: int
    index: int
    line: Line
    before: str
    lead: str
    day: DateFound
    is_range_end: bool
    is_on_heading: bool


def date_signs(looks: Sequence[PageLook], kind: ExhibitType) -> dict[date, dict[str, float]]:
    """Return the days that a document prints, each with what stands around it, all its places together."""
    places: dict[date, list[_Place]] = defaultdict(list)
    for place in _places(looks):
        if place.day.on is not None:
            places[place.day.on].append(place)
    days = sorted(places)
    found = {}
    single = {day: {sign for place in places[day] for sign in _place_signs(place, kind)} for day in days}
    open_days = [day for day in days if not single[day] & _EXPLAINED]
    for day in days:
        signs = {*single[day], *_among(day, days, places)}
        if day in open_days:
            signs.add(f"among:open_{min(3, len(open_days))}")
            signs.add("among:first_open" if day == open_days[0] else "among:later_open")
            if day == open_days[-1]:
                signs.add("among:last_open")
        signs.update(f"{kind}&{sign}" for sign in list(signs) if sign.startswith(_WITH_KIND))
        found[day] = dict.fromkeys(signs, 1.0)
    return found


def _places(looks: Sequence[PageLook]) -> Iterator[_Place]:
    last = len(looks)
    titles = [heading.title for heading in headings_of(looks[0])[:2]] if looks else []
    for page, look in enumerate(looks, 1):
        if _FIRST_PAGES < page <= last - _LAST_PAGES:
            continue
        before = ""
        days = days_of_lines([line.text for line in look.lines])
        for index, line in enumerate(look.lines):
            reach = 0
            is_on_heading = page == 1 and any(title in line.text for title in titles)
            for day in days[index]:
                lead = line.text[reach : day.start]
                is_range_end = reach > 0 and bool(_FROM_TO.match(lead))
                yield _Place(look, page, last, index, line, before, lead, day, is_range_end, is_on_heading)
                reach = day.end
            before = line.text


def _place_signs(place: _Place, kind: ExhibitType) -> Iterator[str]:
    yield from _label_signs(place, kind)
    yield from _word_signs(place)
    yield from _position_signs(place)


def _label_signs(place: _Place, kind: ExhibitType) -> Iterator[str]:
    label = date_label(place.lead)
    if label is None and not place.lead.strip():
        label = date_label(_above(place))
    if place.is_range_end:
        yield "is:range_end"
    if label is None:
        yield "is:unlabelled"
        return
    yield f"label:{label}"
    if label in labels("service_date", kind):
        yield "is:service_label"
        if place.index < HEAD_LINES:
            yield "is:service_label_in_head"
    elif label in labels("report_date"):
        yield "is:report_label"
    elif label in plain_date_labels():
        yield "is:plain_label"
    elif label in labels("other_date"):
        yield "is:other_label"


def _above(place: _Place) -> str:
    """Return what stands over a date in the line before, where columns can be told apart."""
    columns = [part for part in _GAP.split(place.before) if part.strip()]
    ours = [part for part in _GAP.split(place.line.text) if part.strip()]
    if len(columns) == len(ours) > 1:
        at = next(
            (n for n, part in enumerate(ours) if place.line.text.find(part) + len(part) >= place.day.end), 0
        )
        return columns[at]
    return place.before


def _word_signs(place: _Place) -> Iterator[str]:
    words = _words(place.lead)[-_NEAR:]
    if words:
        yield f"last:{words[-1]}"
        yield f"last two:{' '.join(words[-2:])}"
    for word in words:
        yield f"near:{word}"
    if not place.lead.strip():
        above = _words(_above(place))[-_NEAR:]
        yield from (f"above:{word}" for word in above)
        yield from (f"over:{meant}" for meant in _meant(above)[-1:])
    meant = _meant(words)
    if meant:
        yield f"means:{meant[-1]}"
        yield f"means:{' '.join(meant[-2:])}"
    behind = place.line.text[place.day.end :]
    following = _words(behind)[:2]
    if following:
        yield f"next:{following[0]}"
    if _TIME.match(behind):
        yield "is:timed"


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(lowered(text)) if word not in _WEEKDAYS]


def _meant(words: Sequence[str]) -> list[str]:
    """Return what words say of a date near them: that it is of a visit, of a paper, of something else."""
    meanings = date_words()
    return [meanings[word] for word in words if word in meanings]


def _position_signs(place: _Place) -> Iterator[str]:
    text, lines = place.line.text, place.look.lines
    first, last = place.page == 1, place.page == place.pages
    where = "first" if first else "last" if last else "inner"
    if place.index < _NEAR:
        yield f"at:{where}_top"
    if place.index < HEAD_LINES:
        yield f"at:{where}_head"
    if place.index >= len(lines) - _LAST_LINES:
        yield "at:last_lines" if last else "at:foot"
    if HEAD_LINES <= place.index < len(lines) - _LAST_LINES:
        yield f"at:{where}_body"
    rest = text[: place.day.start] + text[place.day.end :]
    if not any(sign.isalnum() for sign in rest):
        yield "is:alone"
        yield f"is:alone_{where}" if place.index < HEAD_LINES else "is:alone_below"
    if place.day.start == 0:
        yield "is:line_start"
    if len(text) < 40:
        yield "is:short_line"
    elif len(text) > 75:
        yield "is:long_line"
    if text.endswith((".", ";")) and len(text) > 50:
        yield "is:in_prose"
    if _SIGNED.search(text) or (not place.lead.strip() and _SIGNED.search(place.before)):
        yield "is:signature"
    if _CREDENTIAL.search(text):
        yield "is:with_credential"
    if place.is_on_heading:
        yield "is:on_heading"


def _among(day: date, days: Sequence[date], places: dict[date, list[_Place]]) -> Iterator[str]:
    """Yield how a day stands among the others of the document."""
    here = places[day]
    if day == days[-1]:
        yield "among:latest"
    if day == days[0]:
        yield "among:earliest"
    if len(days) > 1 and day == days[-2]:
        yield "among:second_latest"
    if len(days) == 1:
        yield "among:only"
    yield f"among:gap_{_gap((days[-1] - day).days)}"
    yield f"among:times_{min(3, len(here))}"
    if len(days) > _LISTED:
        yield "among:many"
    if len({place.page for place in here}) > 1:
        yield "among:on_several_pages"
    if (
        len({place.page for place in here})
        == len({place.page for all_ in places.values() for place in all_})
        > 1
    ):
        yield "among:on_every_page"
    forms = [_form(place.line.text) for place in here]
    shared = sum(_form(p.line.text) in forms for other, all_ in places.items() if other != day for p in all_)
    if shared >= 2:
        yield "among:one_of_a_list"


def _form(text: str) -> str:
    """Return a line's beginning without figures: lines of a list share it."""
    return _FIGURES.sub("0", text)[:6]


def _gap(days: int) -> str:
    return (
        "0"
        if days == 0
        else "week"
        if days <= 7
        else "month"
        if days <= 40
        else "year"
        if days <= 400
        else "long"
    )
