"""The reviewer's qualifications, as a block of lines or inside the prose."""

from __future__ import annotations

import re

from openimr.letters.reading import Reading
from openimr.terms.letter import Credentials
from openimr.terms.places import Span
from openimr.vocabulary.specialties import split_specialties

# The capital in front lets the search pass over everything else at once.
_BLOCK_LABELS = re.compile(
    r"[SC](?:(?P<licensed_in>(?<=S)tate\(s\)\s+of\s+Licensure\s*:)"
    r"|(?P<specialties>(?<=C)ertification\(s\)/\s?Specialty\s*:))"
)
_PROSE_BOARD = re.compile(
    r"\bBoard\s+Certified\s+in\s+(?P<value>.{1,400}?)"
    r"(?=,?\s+(?:and\s+)?has\s+a\s+subspecialty|,?\s+and\s+is\s+licensed|\.\s|\.$)",
    re.DOTALL | re.IGNORECASE,
)
_PROSE_SUBSPECIALTY = re.compile(
    r"\bhas\s+a\s+subspecialty\s+in\s+(?P<value>.{1,400}?)(?=,?\s+and\s+is\s+licensed|\.\s|\.$)",
    re.DOTALL | re.IGNORECASE,
)
_PROSE_LICENCE = re.compile(
    r"\blicensed\s+to\s+practice\s+in\s+(?P<value>.{1,400}?)(?=\.\s|\.$|\.\Z)", re.DOTALL | re.IGNORECASE
)
_STATES_JOIN = re.compile(r",\s*and\s+|,\s*|\s+and\s+|\s*;\s*")
# Longer than any real list of specialties: the end of the list was not found.
_LONGEST_LIST = 300
# A colon is a label's, a sentence is the letter's: both stand behind the list.
_NOT_IN_LIST = re.compile(
    r":|\)/|[a-z]{3}\.\s+[A-Z]|\bCASE\s+SUMM|\b(?:has|is|was)\b|\blicen|\bI[MN]R\s+[A-Z]"
)


def read_credentials(reading: Reading, region: Span) -> Credentials:
    """Return the credentials that a section prints as lines with labels."""
    text = reading.text.text
    labels = list(_BLOCK_LABELS.finditer(text, region.start, region.end))
    found: dict[str, tuple[str, ...]] = {}
    for index, label in enumerate(labels):
        name = label.lastgroup or ""
        until = labels[index + 1].start() if index + 1 < len(labels) else region.end
        value = _keep_list(reading, name, label.end(), until)
        if value is not None:
            found[name] = split_specialties(value, at_and=False)
    _note_missing(reading, found, "licensed_in", region)
    _note_missing(reading, found, "specialties", region)
    return Credentials(**found)


def read_prose_credentials(reading: Reading, region: Span) -> Credentials:
    """Return the credentials that stand inside the sentences of a section."""
    text = reading.text.text[region.start : region.end]
    found: dict[str, tuple[str, ...]] = {}
    for name, pattern in (
        ("board_certified_in", _PROSE_BOARD),
        ("subspecialties", _PROSE_SUBSPECIALTY),
        ("licensed_in", _PROSE_LICENCE),
    ):
        match = pattern.search(text)
        if match is None:
            continue
        start, end = (region.start + o for o in match.span("value"))
        value = _keep_list(reading, name, start, end)
        if value is not None:
            found[name] = (
                tuple(p for p in _STATES_JOIN.split(value) if p)
                if name == "licensed_in"
                else split_specialties(value)
            )
    if not found:
        _note_missing(reading, found, "reviewer", region)
    else:
        _note_missing(reading, found, "licensed_in", region)
        _note_missing(reading, found, "board_certified_in", region)
    return Credentials(**found)


def _keep_list(reading: Reading, name: str, start: int, end: int) -> str | None:
    """Return a list as printed; None where its end, told by what follows it, is in doubt."""
    printed = reading.text.text[start:end]
    if len(printed.strip()) > _LONGEST_LIST or _NOT_IN_LIST.search(printed):
        reading.problem(
            "credentials.unreadable",
            f"reviewer.{name}",
            "The end of the reviewer's list of qualifications could not be found.",
            remedy="Read the qualifications in the letter.",
            at=Span(start, min(end, start + _LONGEST_LIST)),
        )
        return None
    return reading.keep(f"reviewer.{name}", start, end)


_MISSING = {
    "reviewer": "The letter does not state the reviewer's qualifications in words that could be read.",
    "licensed_in": "The letter does not say where the reviewer is licensed.",
    "board_certified_in": "The letter does not say in what the reviewer is board certified.",
    "specialties": "The letter does not say in which specialty the reviewer practises.",
}


def _note_missing(reading: Reading, found: dict[str, tuple[str, ...]], name: str, region: Span) -> None:
    field = name if name == "reviewer" else f"reviewer.{name}"
    if name not in found and not any(p.field == field for p in reading.problems):
        reading.problem(
            "credentials.missing",
            field,
            _MISSING[name],
            remedy="Ask the review organization; a determination must state the qualifications.",
            at=Span(region.start, region.start),
        )
