"""Body parts, sides and spinal levels as requests and records name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from openimr.terms.treatment import BodyPart, Side
from openimr.vocabulary.phrases import Match, PhraseMatcher
from openimr.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class Part:
    """A body part of the vocabulary: its name, region, and whether there are two."""

    name: str
    region: str
    is_paired: bool


@cache
def _matcher() -> PhraseMatcher[Part]:
    return PhraseMatcher(
        (row["phrase"], Part(row["part"], row["region"], row["paired"] == "yes"))
        for row in read_table("openimr.vocabulary", "data/body_parts.csv")
    )


@cache
def region_of(part: str) -> str | None:
    """Return the region of a body part, such as ``spine`` for ``neck``."""
    for row in read_table("openimr.vocabulary", "data/body_parts.csv"):
        if row["part"] == part:
            return row["region"]
    return None


def find_parts(text: str) -> list[Match[Part]]:
    """Return the body parts named in a text, in order, with their offsets."""
    return _matcher().find(text)


_SIDES = {
    "left": Side.LEFT,
    "lt": Side.LEFT,
    "right": Side.RIGHT,
    "rt": Side.RIGHT,
    "bilateral": Side.BILATERAL,
    "bilaterally": Side.BILATERAL,
    "both": Side.BILATERAL,
}
# "BUE", "RUE", "LLE": the abbreviation holds the side as its first letter.
_SIDED_ABBREVIATION = re.compile(r"^[brl][ul]e$", re.IGNORECASE)
_SIDED_LETTER = {"b": Side.BILATERAL, "r": Side.RIGHT, "l": Side.LEFT}
_SIDE_BEFORE = re.compile(
    r"\b(left|lt|right|rt|bilateral|both)\b\.?(?:\s+(?:and|or|/|&)\s+(left|right)\b)?", re.IGNORECASE
)
_SIDE_AFTER = re.compile(r"^,?\s*\(?(left|right|bilaterally|bilateral)\b", re.IGNORECASE)
# Between two parts of one list: the side of the first reaches the second.
_LIST_LINK = re.compile(r"^\s*(?:,|/|and|&|,\s*and|or)\s*$", re.IGNORECASE)


def _side_before(text: str) -> Side | None:
    """Return the side that the words directly before a body part give it."""
    last = None
    for last in _SIDE_BEFORE.finditer(text):
        pass
    if last is None or not re.fullmatch(r"[\s\w,./&-]{0,40}", text[last.end() :]):
        return None
    if last.group(2) and last.group(2).lower() != last.group(1).lower():
        return Side.BILATERAL
    return _SIDES[last.group(1).lower().rstrip(".")]


def read_body_parts(text: str) -> tuple[BodyPart, ...]:
    """Return the body parts of a request with their sides, each once.

    A side reaches along a list ("left hip, lower leg and knee") until
    another side or an unpaired part ends it.

    Example:
        >>> [(p.part, p.side.value if p.side else None)
        ...  for p in read_body_parts("right shoulder, right wrist and neck")]
        [('shoulder', 'right'), ('wrist', 'right'), ('neck', None)]
    """
    found: list[BodyPart] = []
    carried: Side | None = None
    reached = 0
    for match in find_parts(text):
        between = text[reached : match.start]
        side = _side_before(between)
        after = _SIDE_AFTER.match(text[match.end : match.end + 16])
        abbreviation = text[match.start : match.end]
        if _SIDED_ABBREVIATION.match(abbreviation):
            side = _SIDED_LETTER[abbreviation[0].lower()]
        elif side is None and after:
            side = _SIDES[after.group(1).lower()]
        elif side is None and reached and _LIST_LINK.match(between):
            side = carried
        if not match.value.is_paired and side is not Side.BILATERAL:
            # "left neck" is kept as printed; "neck" after "left arm, " has no side
            side = side if _side_before(between) else None
        part = BodyPart(part=match.value.name, side=side)
        if part not in found:
            found.append(part)
        carried = side if match.value.is_paired else None
        reached = match.end
    return tuple(found)


_LEVEL_RANGE = re.compile(
    r"\b([CTLS])\s?(\d{1,2})\s?(?:-|–|/|to|through)\s?([CTLS]?)\s?(\d{1,2})\b", re.IGNORECASE
)
_LEVEL_ONE = re.compile(r"(?<![#\w.-])([CTLS])(\d{1,2})(?![\w.%])", re.IGNORECASE)
_HIGHEST = {"C": 8, "T": 12, "L": 6, "S": 5}


def _is_level(letter: str, number: str) -> bool:
    return 1 <= int(number) <= _HIGHEST[letter]


def read_levels(text: str) -> tuple[str, ...]:
    """Return the spinal levels of a text in one spelling, each once.

    Example:
        >>> read_levels("epidural at L4-5 and L5/S1")
        ('L4-L5', 'L5-S1')
    """
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for match in _LEVEL_RANGE.finditer(text):
        upper, first, lower, second = match.groups()
        upper = upper.upper()
        lower = (lower or upper).upper()
        if _is_level(upper, first) and _is_level(lower, second):
            found.append((match.start(), f"{upper}{first}-{lower}{second}"))
            taken.append(match.span())
    for match in _LEVEL_ONE.finditer(text):
        letter = match.group(1).upper()
        inside = any(s <= match.start() < e for s, e in taken)
        if not inside and _is_level(letter, match.group(2)):
            found.append((match.start(), f"{letter}{match.group(2)}"))
    return tuple(dict.fromkeys(level for _, level in sorted(found)))
