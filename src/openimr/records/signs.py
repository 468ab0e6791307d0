"""What a page shows by itself of being the first or the last of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from openimr.records.authors import letterhead_of
from openimr.records.date_labels import date_label
from openimr.records.days import days_in
from openimr.records.kinds import (
    NAMES_KIND,
    Heading,
    headings_of,
    is_letter,
    opens_a_report,
    opens_with_section,
)
from openimr.records.labels import labels
from openimr.records.layout import Layout, layout_of
from openimr.records.look import HEAD_LINES, Line, PageLook, has_particulars, has_title_line, plain
from openimr.terms.records import ExhibitType

_FIGURES = re.compile(r"\d+")
# A number of a page: of three figures at most, and no part of a date, an amount or a telephone number.
_COUNTED = re.compile(r"(?<![\d/.,:$#%-])(?<!\d )\d{1,3}(?![\d/.,:%]*\d)(?!\s?%)")
_EDGE = 3
_LONGEST_EDGE = 110
_LABEL = re.compile(r"^([A-Za-z][\w'/#(). &-]{0,34}?)\s*(?::|\.{3,}|\s-\s|\s{3,})\s*\S?")
_LABELLED = re.compile(r"(?:^|\s{2,}|\|)[A-Z][\w'/#(). &-]{1,30}:\s*\S")
_WHOSE = re.compile(
    r"\b(?:patient|claimant|employee|applicant|injured worker|dob|d\.o\.b|born|birth\s?date|date of birth|mrn"
    r"|claim"
    r"|doi|d\.o\.i|date of injury|employer|acct|account|chart)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:electronically|digitally)\s+(?:signed|authenticated)|^\s*/s/|\bauthenticated by\b"
    r"|\bend of (?:report|note|document)\b|\bunder penalty of perjury\b|\bdictated but not read\b"
    r"|^(?:sincerely|respectfully|yours truly|very truly|cordially|regards|best regards|thank you)\b"
    r"|\bdiplomate\b|\bboard certified\b|^\W*(?:d|dd|dt|t|td):\s*\d|\bsignature\b|\bsigned\b"
    r"|^[a-z]{2,3}\s?[:/]\s?[a-z]{2,4}\b|^cc\s?:",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(
    r"\b(?:M\.?D\.?|D\.?O\.?|D\.?C\.?|P\.?T\.?|DPT|D\.?P\.?M\.?|Ph\.?D\.?|Psy\.?D\.?|PA-C|N\.?P\.?|R\.?N\.?|L\.?Ac\.?|Esq\.?)(?:$|[\s,.;|])"
)
_LAST_LINES = 7
_WORD = re.compile(r"[a-z]{5,}")
_LONG_LINE = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigns:
    """A page with what it is compared by. Keys are lines without figures, marks and capitals."""

    look: PageLook
    layout: Layout | None
    top: tuple[str, ...]
    top_exact: tuple[str, ...]
    foot: tuple[str, ...]
    foot_exact: tuple[str, ...]
    block: frozenset[str]
    counters: Mapping[str, int]
    words: frozenset[str]
    days: frozenset[date]
    services: frozenset[date]
    headings: tuple[Heading, ...]
    letterhead: str | None
    begins: Mapping[str, float]
    ends: Mapping[str, float]


def signs_of(look: PageLook) -> PageSigns:
    """Return what a page shows by itself."""
    lines = look.lines
    headings = headings_of(look)
    head = letterhead_of(look)
    layout = layout_of(look)
    return PageSigns(
        look=look,
        layout=layout,
        top=tuple(_key(line.text) for line in lines[:4]),
        top_exact=tuple(plain(line.text) for line in lines[:4]),
        foot=tuple(_key(line.text) for line in lines[4:][-_EDGE:]),
        foot_exact=tuple(plain(line.text) for line in lines[4:][-_EDGE:]),
        block=frozenset(_block(lines)),
        counters=_counters(lines),
        words=frozenset(_WORD.findall(look.page.text.lower())),
        days=frozenset(day.on for line in look.head for day in days_in(line.text) if day.on is not None),
        services=frozenset(_services(look)),
        headings=headings,
        letterhead=head,
        begins=_begins(look, layout, headings, head),
        ends=_ends(look, layout),
    )


def _key(text: str) -> str:
    return plain(_FIGURES.sub("", text))


def _block(lines: tuple[Line, ...]) -> set[str]:
    """Return what the lines near the top are about: their labels, or their first letters."""
    found = set()
    for line in lines[:HEAD_LINES]:
        label = _LABEL.match(line.text)
        found.add(_key(label[1]) if label else _key(line.text)[:24])
    return found - {""}


def _services(look: PageLook) -> Iterator[date]:
    """Yield the days near the top that a label calls days of service, whatever the kind of the paper."""
    for line in look.head:
        reach = 0
        for day in days_in(line.text):
            if day.on is not None and date_label(line.text[reach : day.start]) in _service_labels():
                yield day.on
            reach = day.end


@cache
def _service_labels() -> frozenset[str]:
    return frozenset(label for kind in ExhibitType for label in labels("service_date", kind))


def _counters(lines: tuple[Line, ...]) -> dict[str, int]:
    """Return numbers of pages at the edges, each under its line without that number."""
    found: dict[str, int] = {}
    edges = lines if len(lines) <= 2 * _EDGE else (*lines[:_EDGE], *lines[-_EDGE:])
    for line in edges:
        is_prose = line.text.endswith(".") and len(line.text) > _LONG_LINE
        if is_prose or len(line.text) > _LONGEST_EDGE:
            continue
        for match in _COUNTED.finditer(line.text):
            form = line.text[: match.start()] + "\0" + line.text[match.end() :]
            found[" ".join(form.lower().split())] = int(match.group())
    return found


def _begins(
    look: PageLook, layout: Layout | None, headings: tuple[Heading, ...], letterhead: str | None
) -> dict[str, float]:
    lines = look.lines
    first = lines[0].text if lines else ""
    head = [line.text for line in look.head]
    strong = [heading.weight for heading in headings]
    return {
        "heading": max(strong, default=0.0),
        "names_kind": float(any(weight >= NAMES_KIND for weight in strong)),
        "letterhead": float(letterhead is not None),
        "letter": float(is_letter(look)),
        "opens_report": float(opens_a_report(look)),
        "opens_section": float(opens_with_section(look)),
        "title_line": float(has_title_line(look)),
        "capitals": float(first.isupper()),
        "lower_first": float(first[:1].islower()),
        "particulars": float(has_particulars(look)),
        "labelled": float(min(12, sum(len(_LABELLED.findall(text)) for text in head))),
        "whose": float(min(6, sum(len(_WHOSE.findall(text)) for text in head))),
        "continued": float(look.is_continued),
        "number_one": float(look.number == 1),
        "number_more": float(look.number is not None and look.number > 1),
        "days_in_head": float(min(4, sum(len(days_in(text)) for text in head))),
        "short_head": sum(len(text) <= _LONG_LINE for text in head[:6]) / max(1, len(head[:6])),
        "short_top": float(len(first) <= _LONG_LINE),
        "large_top": layout.large_top if layout else 1.0,
        "centred_top": layout.centred_top if layout else 0.0,
        "top_gap": layout.top if layout else 0.08,
    }


def _ends(look: PageLook, layout: Layout | None) -> dict[str, float]:
    lines = [line.text for line in look.lines]
    last = lines[-_LAST_LINES:]
    text = next((line for line in reversed(lines) if len(line) > _LONG_LINE / 2), "")
    return {
        "end_mark": float(min(3, sum(bool(_END.search(line)) for line in last))),
        "signed": float(look.is_signed),
        "credential": float(any(_CREDENTIAL.search(line) and len(line) < 90 for line in last)),
        "full_stop": float(text.endswith((".", ":", ")", "!"))),
        "breaks_off": float(len(text) > _LONG_LINE and text[-1:].isalnum()),
        "last_number": float(look.number is not None and look.number == look.of),
        "more_follow": float(look.number is not None and look.of is not None and look.number < look.of),
        "fill": layout.bottom if layout else min(1.0, len(lines) / 45),
        "lines": float(min(60, len(lines))),
    }
