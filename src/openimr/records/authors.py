"""Who wrote a document, in which specialty and where, from labels, signatures and letterheads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openimr.records.labels import labels
from openimr.records.look import PageLook
from openimr.terms.records import ExhibitType
from openimr.vocabulary.specialties import specialty_named

_CREDENTIAL = (
    r"(?:M\.?\s?D\.?|D\.?\s?O\.?|D\.?C\.?|D\.?P\.?M\.?|Ph\.?\s?D\.?|Psy\.?D\.?|D\.?P\.?T\.?|M\.?P\.?T\.?|P\.?T\.?"
    r"|O\.?T\.?R?|N\.?P\.?|F\.?N\.?P\.?|P\.?A\.?(?:-C)?|R\.?N\.?|L\.?Ac\.?|Pharm\.?D\.?|R\.?Ph\.?|LCSW)"
)
_NAME = r"(?:(?:[A-Z][\w'-]*|[A-Z]\.)[ ]+){1,3}[A-Z][\w'-]+"
_PERSON = re.compile(rf"(?:Dr\.\s+)?(?P<name>{_NAME})(?P<titles>(?:,?\s+{_CREDENTIAL}(?=$|[\s,;.)|]))+)?")
_SIGNATURE = re.compile(
    rf"^(?:/s/|x|by:?)?\s*(?P<name>{_NAME})(?P<titles>(?:,?\s+{_CREDENTIAL}(?=$|[\s,;.)|]))+)"
)
_CLOSING = re.compile(
    r"^(?:sincerely|respectfully(?:\s+submitted)?|yours truly|very truly yours)\b", re.IGNORECASE
)
_FACILITY = re.compile(
    r"\b(?:medical|clinic|center|hospital|imaging|laborator(?:y|ies)|group|therapy|orthop\w+|institute|associates"
    r"|pharmacy|radiology|diagnostics?|rehabilitation|spine|surgery|toxicology|inc|llc)\b",
    re.IGNORECASE,
)
# Names stop where the next label, a date or a wide gap begins.
_VALUE_END = re.compile(
    r"\s{3,}|\s\||\s[A-Z][\w ]{1,24}:|\s+on\s+\d|\s+\d{1,2}[/-]\d|\bNPI\b|\bLicense\b", re.IGNORECASE
)
_NOT_NAMES = re.compile(
    r"\b(?:date|page|report|patient|physician|provider|signature|address|phone|fax|name|state|license|medical|clinic"
    r"|center|group|department|none|unknown|street|suite|claims?|adjuster|of)\b",
    re.IGNORECASE,
)
_BEFORE_SPECIALTY = re.compile(
    r"^(?:board[- ]certified(?:\s+in)?|diplomate.*board of|specialty:?|department of)\s*", re.IGNORECASE
)
# The signature stands among the last lines of a document; a letterhead among the first.
_LAST_LINES = 16
_FIRST_LINES = 8


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a document; each value None where the document does not say it plainly."""

    name: str | None
    specialty: str | None
    facility: str | None


def author_of(looks: Sequence[PageLook], kind: ExhibitType) -> Author:
    """Return who wrote a document, their specialty and the facility.

    A signature under the document counts most, then what a label names, then
    a physician's own letterhead.
    """
    lines = [line.text for look in looks for line in look.lines]
    name, near = _signed(lines) or _named(lines, kind) or _letterhead(lines) or (None, ())
    return Author(name, _specialty(near) if name else None, _facility(looks, kind))


_Found = tuple[str, tuple[str, ...]]


def _signed(lines: list[str]) -> _Found | None:
    """Return the name of the last signature with credentials, and the lines at it."""
    start = max(0, len(lines) - _LAST_LINES)
    for index in range(len(lines) - 1, start - 1, -1):
        match = _SIGNATURE.match(lines[index])
        if match and not _NOT_NAMES.search(match["name"]):
            return _person(match), tuple(lines[index : index + 3])
    for index in range(start, len(lines)):
        if _CLOSING.match(lines[index]):
            for offset, text in enumerate(lines[index + 1 : index + 4], 1):
                match = _PERSON.fullmatch(text)
                if match and not _NOT_NAMES.search(match["name"]):
                    return _person(match), tuple(lines[index + offset : index + offset + 3])
    return None


def _named(lines: list[str], kind: ExhibitType) -> _Found | None:
    """Return the name behind the best label; none where that label names two people."""
    for label in labels("author", kind):
        pattern = re.compile(
            rf"(?:^|[\s|]){re.escape(label)}\s*(?::|\bby\b|(?<=\bby))\s*(?P<value>\S.*)$", re.IGNORECASE
        )
        found: dict[str, _Found] = {}
        for index, text in enumerate(lines):
            match = pattern.search(text)
            value = (
                match["value"]
                if match
                else lines[index + 1]
                if _is_label(text, label, lines, index)
                else None
            )
            if value is None:
                continue
            end = _VALUE_END.search(value)
            person = _PERSON.match(value[: end.start()] if end else value)
            if person and not _NOT_NAMES.search(person["name"]):
                name = _person(person)
                found.setdefault(name, (name, (value, *lines[index + 1 : index + 3])))
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            return None
    return None


def _is_label(text: str, label: str, lines: list[str], index: int) -> bool:
    """Return whether a line is the label alone, so that its value is the next line."""
    return text.lower().rstrip(" :") == label and index + 1 < len(lines)


def _letterhead(lines: list[str]) -> _Found | None:
    for index, text in enumerate(lines[:_FIRST_LINES]):
        match = _SIGNATURE.match(text)
        if match and not _NOT_NAMES.search(match["name"]):
            return _person(match), tuple(lines[index : index + 2])
    return None


def _person(match: re.Match[str]) -> str:
    titles = " ".join((match["titles"] or "").replace(",", " ").split())
    return f"{match['name']}, {titles.replace(' ', ', ')}".removesuffix(", ") if titles else match["name"]


def _specialty(near: Sequence[str]) -> str | None:
    """Return the one specialty that the lines at a name state."""
    found = []
    for text in near:
        for part in re.split(r"[,;|()]|\s{2,}|\s-\s", text):
            specialty = specialty_named(_BEFORE_SPECIALTY.sub("", part.strip()).rstrip(" ."))
            if specialty is not None and specialty.name not in found:
                found.append(specialty.name)
    return found[0] if found else None


def _facility(looks: Sequence[PageLook], kind: ExhibitType) -> str | None:
    """Return the facility that a letterhead or a label names."""
    if not looks:
        return None
    top = [line.text for line in looks[0].lines]
    for label in labels("facility", kind):
        pattern = re.compile(rf"^{re.escape(label)}\s*:\s*(?P<value>\S.*)$", re.IGNORECASE)
        for text in top:
            match = pattern.match(text)
            if match:
                end = _VALUE_END.search(match["value"])
                return match["value"][: end.start()].strip() if end else match["value"].strip()
    head = looks[0].letterhead
    if head and _FACILITY.search(head) and not re.search(r"\d{3}", head) and len(head) < 80:
        return head
    return None
