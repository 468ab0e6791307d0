"""When a service was given and when its report was written, from labelled dates only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache

from openimr.records.kinds import headings_of
from openimr.records.labels import labels, plain_date_labels
from openimr.records.look import HEAD_LINES, Line, PageLook
from openimr.terms.records import ExhibitType
from openimr.vocabulary.dates import find_dates, read_date
from openimr.vocabulary.text import lowered

# What may stand between a label and its date.
_JOINT = re.compile(r"[\s:.#_|()-]*(?:\b(?:is|was|on|at)\b)?[\s:._|(-]*$", re.IGNORECASE)
_SIGNED = re.compile(r"\bsign(?:ed|ature)?\b", re.IGNORECASE)
_MARKS = "|;,.:()[]-"
_SIGNED_BY = re.compile(r"\b(?:electronically |digitally )?signed\b.*$")
# A longer text between "signed" and a date is about something else.
_MOST_SIGNATURE = 90
_DIGIT = re.compile(r"\d")
_FROM_TO = re.compile(r"^\s*(?:-|to|through|thru|until)\s*$", re.IGNORECASE)

# A visit and its report are one paper: a plain "Date" on these is the day of the visit.
_VISITS = frozenset(
    {
        ExhibitType.PROGRESS_REPORT,
        ExhibitType.FIRST_REPORT,
        ExhibitType.CONSULTATION,
        ExhibitType.OPERATIVE_REPORT,
        ExhibitType.THERAPY_NOTES,
        ExhibitType.WORK_STATUS,
        ExhibitType.ELECTRODIAGNOSTIC,
        ExhibitType.MEDICAL_LEGAL,
    }
)


class Reason(IntEnum):
    """Why a date is taken for the one looked for; the lower, the surer."""

    LABEL = 0
    SIGNATURE = 1
    HEADING = 2
    PLAIN_LABEL = 3
    ALONE = 4


@dataclass(frozen=True, slots=True)
class LabelledDate:
    """A date with the label that stands before it, as ranked in the table of labels."""

    on: date
    reason: Reason
    rank: int
    in_head: bool


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates of a document; None where none is labelled, or two of a rank differ."""

    service: date | None
    report: date | None


def service_dates(look: PageLook, kind: ExhibitType | None) -> list[LabelledDate]:
    """Return the dates of a page that a label calls the day of service."""
    return [d for d in _labelled(look.lines, labels("service_date", kind)) if d.reason is Reason.LABEL]


def head_dates(look: PageLook, *, is_plain: bool) -> set[date]:
    """Return the dates near the top of a page under a label of service, or under a plain "Date"."""
    if not is_plain:
        found = _labelled(look.head, labels("service_date"))
        return {d.on for d in found if d.reason is Reason.LABEL}
    return {d.on for d in _labelled(look.head, ()) if d.reason is Reason.PLAIN_LABEL}


def document_dates(looks: Sequence[PageLook], kind: ExhibitType) -> DocumentDates:
    """Return when the service was given and when the paper was written.

    Abstains rather than guesses: two different dates under equally good
    labels are no date.
    """
    first, rest = looks[:1], looks[1:]
    known = labels("service_date", kind)
    service = _one(d for look in first for d in service_dates(look, kind))
    if service is None and not any(service_dates(look, kind) for look in first):
        service = _one(d for look in rest for d in service_dates(look, kind))
    report_labels = labels("report_date", kind)
    found = [d for look in looks for d in _labelled(look.lines, report_labels, not_these=known)]
    found = [d for d in found if d.reason is not Reason.PLAIN_LABEL or d.in_head or len(looks) == 1]
    heading = [d for look in first for d in _on_heading(look)]
    report = _one([*found, *heading, *(d for look in first for d in _alone(look))])
    if service is None and kind in _VISITS and not any(service_dates(look, kind) for look in looks):
        service = _one([*heading, *(d for d in found if d.reason is Reason.PLAIN_LABEL and d.in_head)])
    return DocumentDates(service, report)


def _one(dates: Iterable[LabelledDate]) -> date | None:
    """Return the date of the surest reason and label; None where that one has two."""
    ranked = sorted(dates, key=lambda d: (d.reason, not d.in_head, d.rank))
    if not ranked:
        return None
    best = ranked[0]
    same = {d.on for d in ranked if (d.reason, d.in_head, d.rank) == (best.reason, best.in_head, best.rank)}
    return best.on if len(same) == 1 else None


def _labelled(
    lines: Sequence[Line], wanted: Sequence[str], *, not_these: Sequence[str] = ()
) -> list[LabelledDate]:
    found: list[LabelledDate] = []
    before = ""
    for index, line in enumerate(lines):
        reach = 0
        for day in find_dates(line.text) if _DIGIT.search(line.text) else ():
            lead = line.text[reach : day.start]
            label = _label(lead) or (_label(before) if not lead.strip() and reach == 0 else None)
            is_range = reach > 0 and bool(_FROM_TO.match(lead))
            reach = day.end
            if day.on is None or label is None or is_range or label in not_these:
                continue
            if label in wanted:
                found.append(LabelledDate(day.on, Reason.LABEL, wanted.index(label), index < HEAD_LINES))
            elif label in plain_date_labels():
                is_signature = bool(_SIGNED.search(line.text) or _SIGNED.search(before))
                reason = Reason.SIGNATURE if is_signature else Reason.PLAIN_LABEL
                found.append(LabelledDate(day.on, reason, 0, index < HEAD_LINES))
        before = line.text
    return found


def _label(lead: str) -> str | None:
    """Return the label that a text ends in, the longest known one; None where it ends otherwise.

    In the middle of a line a label has a capital or stands behind a mark:
    "the scan dated" is prose.
    """
    printed = " ".join(_JOINT.sub("", lead).split())
    text = lowered(printed)
    for label in _all_labels():
        start = len(text) - len(label)
        if text.endswith(label) and not text[:start][-1:].isalnum():
            before = printed[:start].rstrip()
            is_label = not before or printed[start].isupper() or before[-1] in _MARKS
            return label if is_label else None
    signed = _SIGNED_BY.search(text)
    return "signed" if signed and len(signed.group()) < _MOST_SIGNATURE else None


@cache
def _all_labels() -> tuple[str, ...]:
    """Return every label of a date, the longest first, those of other dates included."""
    found = {*labels("other_date"), *labels("report_date"), *plain_date_labels()}
    for kind in ExhibitType:
        found.update(labels("service_date", kind))
    return tuple(sorted(found, key=len, reverse=True))


def _on_heading(look: PageLook) -> list[LabelledDate]:
    """Return the date that the heading naming the document carries, if it carries one."""
    titles = {heading.title for heading in headings_of(look)[:1]}
    dates = [d.on for title in titles for d in find_dates(title)]
    if len(dates) != 1 or dates[0] is None:
        return []
    return [LabelledDate(dates[0], Reason.HEADING, 0, True)]


def _alone(look: PageLook) -> list[LabelledDate]:
    """Return the dates near the top that are a line of their own, as letters have them."""
    found = (read_date(line.text) for line in look.head)
    return [LabelledDate(on, Reason.ALONE, 0, True) for on in found if on is not None]
