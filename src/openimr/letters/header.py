"""The header table of a letter: case number, dates, priority.

Extractors print the table in different orders: label and value side by side,
the value between two halves of its label, or all labels of a column before
all its values. A value is taken only where the order leaves no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from openimr.letters.reading import Reading
from openimr.terms.letter import Priority
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.dates import find_dates

FIELDS = {
    "case_number": "Case Number",
    "date_assigned": "Date Assigned",
    "date_of_injury": "Date of Injury",
    "decision_date": "Decision Date",
    "ur_denial_date": "UR Denial Date",
    "priority": "Priority",
    "application_received": "Application Received",
}
"""The fields of the header in the order in which letters print them."""

# Every alternative begins with one of the characters in front, which is how the
# search passes over all others at once; the lookbehinds say which one it was.
_TOKENS = re.compile(
    r"[CDUPARSE0-9A-Z](?:"
    r"(?P<case_number>(?<=C)ase\s+Number\s*:)"
    r"|(?P<date_assigned>(?<=D)ate\s+Assigned\s*:)"
    r"|(?P<date_of_injury>(?<=D)ate\s+of\s+Injury\s*:)"
    r"|(?P<decision_date>(?<=D)(?:ecision\s+Date|ated)\s*:)"
    r"|(?P<ur_denial_date>(?<=U)R\s+Denial\s+Date\s*:|(?<=D)ate\s+of\s+UR\s+(?:Decision|Denial)\s*:)"
    r"|(?P<priority>(?<=P)riority\s*:)"
    r"|(?P<application_received>(?<=A)pplication\s+(?:Date\s+)?Received\s*:)"
    r"|(?P<application>(?<=A)pplication(?=\s+\d))"
    r"|(?P<received>(?<=R)eceived\s*:)"
    r"|(?P<date>(?<=\d)(?<![\w/.-].)\d?(?P<parting>[/-])\d{1,2}(?P=parting)(?:\d{4}|\d{2})(?![\w/]|[-.]\w))"
    r"|(?P<number>(?<!\w.)(?:(?<=[A-Z])[A-Z]{0,3}\d{2}|(?<=\d)\d)-\d{4,9}\b)"
    r"|(?P<word>(?:(?<=S)(?:tandard|TANDARD)|(?<=R)(?:egular|EGULAR)|(?<=E)(?:xpedited|XPEDITED))\b)"
    r")"
)
_VALUE_NAMES = frozenset({"date", "number", "word"})
_KIND = {"case_number": "number", "priority": "word"}
_PRIORITIES = {
    "standard": Priority.REGULAR,
    "regular": Priority.REGULAR,
    "expedited": Priority.EXPEDITED,
}


@dataclass(frozen=True, slots=True)
class Header:
    """The values of the header table; None where the letter does not say it."""

    case_number: str | None = None
    date_assigned: date | None = None
    date_of_injury: date | None = None
    decision_date: date | None = None
    ur_denial_date: date | None = None
    application_received: date | None = None
    priority: Priority | None = None


class _Token(NamedTuple):
    """A label or a value of the header region, in reading order."""

    name: str
    is_label: bool
    start: int
    end: int


def read_header(reading: Reading, region: Span) -> Header:
    """Return the header of a letter read from the region above its first heading."""
    tokens = _tokens(reading.text.text, region)
    if not any(token.is_label for token in tokens):
        reading.problem(
            "header.missing",
            "header",
            "The letter has no header table, so its case number and dates are not known.",
            remedy="Use the complete letter if there is one.",
            severity=Severity.NOTE,
        )
        return Header()
    paired = _pair(reading.text.text, tokens)
    values: dict[str, Any] = {}
    for name, label in FIELDS.items():
        token = paired.get(name)
        if token is None:
            reading.problem(
                "header.unreadable",
                name,
                f'No value could be read for "{label}" in the header table.',
                remedy="Look at the header of the letter and enter the value by hand.",
                at=next((Span(t.start, t.end) for t in tokens if t.is_label and t.name == name), region),
            )
            continue
        values[name] = _value(reading, name, Span(token.start, token.end))
    header = Header(**values)
    _check_order(reading, header)
    return header


def _tokens(text: str, region: Span) -> list[_Token]:
    found = []
    for match in _TOKENS.finditer(text, region.start, region.end):
        # the group of the mark inside a date closes last, but does not name it
        name = "date" if match.lastgroup == "parting" else match.lastgroup or ""
        found.append(_Token(name, name not in _VALUE_NAMES, match.start(), match.end()))
    return _join_split_label(found)


def _join_split_label(tokens: list[_Token]) -> list[_Token]:
    """Put "Application <value> Received:" in order as one label and its value."""
    joined: list[_Token] = []
    for token in tokens:
        if token.name == "received":
            if len(joined) >= 2 and joined[-2].name == "application":
                value = joined.pop()
                label = joined.pop()
                joined.append(_Token("application_received", True, label.start, label.end))
                joined.append(value)
            continue
        joined.append(token)
    return [t for t in joined if t.name != "application"]


def _pair(text: str, tokens: list[_Token]) -> dict[str, _Token]:
    """Return the value token of each label.

    A run of labels is followed by a run of values. One label and one value
    belong together; runs of equal length pair in order if every value has
    the kind that its label asks for. Anything else stays unread.
    """
    paired: dict[str, _Token] = {}
    values_first = _values_before_labels(text, tokens)
    if values_first:
        return values_first
    index = 0
    while index < len(tokens):
        labels = []
        while index < len(tokens) and tokens[index].is_label:
            labels.append(tokens[index])
            index += 1
        values = []
        while index < len(tokens) and not tokens[index].is_label:
            values.append(tokens[index])
            index += 1
        if not labels or not values:
            continue
        if len(labels) == len(values) > 1:
            if all(map(_fits, labels, values)) and _stand_together(text, [*labels, *values]):
                for label, value in zip(labels, values, strict=True):
                    paired.setdefault(label.name, value)
            continue
        # labels without a value may stand before one that has its own
        is_single = len(labels) == 1 or len(values) == 1
        if is_single and _fits(labels[-1], values[0]) and _stand_together(text, [labels[-1], values[0]]):
            paired.setdefault(labels[-1].name, values[0])
    return paired


def _values_before_labels(text: str, tokens: list[_Token]) -> dict[str, _Token]:
    """Return the pairs of a header that prints all its values and then all its labels, else none."""
    half = len(tokens) // 2
    values, labels = tokens[:half], tokens[half:]
    is_such = (
        half >= 3
        and len(labels) == half
        and not any(token.is_label for token in values)
        and all(token.is_label for token in labels)
        and all(map(_fits, labels, values))
        and _stand_together(text, tokens)
    )
    return {label.name: value for label, value in zip(labels, values, strict=True)} if is_such else {}


# What may stand between a label and its value: blanks, marks, a label's other half.
_BETWEEN = re.compile(r"[\W_]*(?:(?:Application|Received)[\W_]*)*")


def _stand_together(text: str, tokens: list[_Token]) -> bool:
    """Whether nothing that could be a damaged label or value parts the tokens."""
    return all(
        _BETWEEN.fullmatch(text, before.end, behind.start)
        for before, behind in pairwise(tokens)
        if before.end < behind.start
    )


def _fits(label: _Token, value: _Token) -> bool:
    return value.name == _KIND.get(label.name, "date")


def _value(reading: Reading, name: str, span: Span) -> object:
    printed = reading.keep(name, span.start, span.end) or ""
    if name == "case_number":
        return printed
    if name == "priority":
        return _PRIORITIES[printed.lower()]
    found = find_dates(printed)
    if found and found[0].on is not None:
        return found[0].on
    del reading.spans[name]
    reading.problem(
        "header.no_such_day",
        name,
        f'The header prints a day for "{FIELDS[name]}" that does not exist.',
        remedy="Check the date with whoever sent the letter.",
        at=span,
    )
    return None


# Each pair must not be in the other order; equal days are possible.
_ORDER = (
    ("date_of_injury", "ur_denial_date"),
    ("date_of_injury", "decision_date"),
    ("application_received", "date_assigned"),
    ("date_assigned", "decision_date"),
    ("ur_denial_date", "decision_date"),
)


def _check_order(reading: Reading, header: Header) -> None:
    for earlier, later in _ORDER:
        first, second = getattr(header, earlier), getattr(header, later)
        if first and second and first > second:
            reading.problem(
                "header.dates_out_of_order",
                later,
                f'"{FIELDS[later]}" ({second.isoformat()}) is before '
                f'"{FIELDS[earlier]}" ({first.isoformat()}).',
                remedy="One of the two dates is misprinted or was misread; check the letter.",
                severity=Severity.WARNING,
                at=reading.spans.get(later),
            )
