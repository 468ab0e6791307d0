"""Body parts, sides and spinal levels as requests and records name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from openimr.terms.treatment import BodyPart, Side
from openimr.vocabulary.phrases import Match, PhraseMatcher
from openimr.vocabulary.tables import read_table
from openimr.vocabulary.text import has_digit


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
    """Return the body parts named in a text, in order, with their offsets.

    A row of the table without a part holds words that only look like one:
    "knee scooter", "face-to-face", "spine surgeon".
    """
    return [match for match in _matcher().find(text) if match.value.name and not _is_distance(text, match)]


def _is_distance(text: str, match: Match[Part]) -> bool:
    """Whether "feet" are those of a distance or a height: "walks 200 feet"."""
    if match.value.name != "foot" or text[match.start : match.end].lower() not in ("feet", "foot"):
        return False
    at = match.start
    while at and text[at - 1] in " -":
        at -= 1
    return at > 0 and text[at - 1].isdigit()


_SIDES = {
    "left": Side.LEFT,
    "lt": Side.LEFT,
    "right": Side.RIGHT,
    "rt": Side.RIGHT,
    "bilateral": Side.BILATERAL,
    "bilaterally": Side.BILATERAL,
    "bilat": Side.BILATERAL,
    "bil": Side.BILATERAL,
    "b/l": Side.BILATERAL,
    "both": Side.BILATERAL,
    "r": Side.RIGHT,
    "l": Side.LEFT,
}
# "BUE", "RUE", "LLE": the abbreviation holds the side as its first letter.
_SIDED_ABBREVIATION = re.compile(r"^[brl][ul]es?$", re.IGNORECASE)
_SIDED_LETTER = {"b": Side.BILATERAL, "r": Side.RIGHT, "l": Side.LEFT}
_SIDE_BEFORE = re.compile(
    r"\b(left|lt|right|rt|bilateral|bilat|bil|b/l|both)\b\.?(?:-sided)?(?:\s?(?:and|or|/|&)\s?(left|right|lt|rt)\b\.?)?",
    re.IGNORECASE,
)
# "R shoulder", "(L) knee": a single capital directly before the part
_SIDE_LETTER_BEFORE = re.compile(r"(?:^|[\s(,])\(?([RL])\)?\.?\s$")
_SIDE_AFTER = re.compile(
    r"^[,:;]?\s*(?:-\s)?\(?(?:on the |at the )?"
    r"(left and right|right and left|left|right|bilaterally|bilateral)\b(?!-?\s?(?:hand dominant|sided))",
    re.IGNORECASE,
)
_LIST_END = re.compile(r"[,;.)]")
# what may stand between a side and its part
_PLAIN_WORDS = re.compile(r"[\s\w,./&'-]{0,40}")
# Between two parts of one list: the side of the first reaches the second.
_LIST_LINK = re.compile(r"^\s*(?:,|/|and|&|,\s*and|or)\s*$", re.IGNORECASE)


def _side_before(text: str) -> Side | None:
    """Return the side that the words directly before a body part give it."""
    letter = _SIDE_LETTER_BEFORE.search(text)
    if letter:
        return _SIDES[letter.group(1).lower()]
    sides = list(_SIDE_BEFORE.finditer(text))
    last = sides[-1] if sides else None
    if last is None or not _PLAIN_WORDS.fullmatch(text[last.end() :]):
        return None
    if last.group(2) and _SIDES[last.group(2).lower()] is not _SIDES[last.group(1).lower()]:
        return Side.BILATERAL
    return _SIDES[last.group(1).lower()]


def _side_after(text: str, end: int, next_start: int | None) -> tuple[Side | None, int]:
    """Return the side printed behind a body part and where it ends, unless it belongs to the next part."""
    match = _SIDE_AFTER.match(text[end : end + 32])
    if match is None:
        return None, end
    reached = end + match.end()
    if next_start is not None and not _LIST_END.search(text[reached:next_start]):
        return None, end
    return _SIDES.get(match.group(1).lower(), Side.BILATERAL), reached


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
    matches = find_parts(text)
    for number, match in enumerate(matches):
        between = text[reached : match.start]
        before = _side_before(between)
        side = before
        abbreviation = text[match.start : match.end]
        if _SIDED_ABBREVIATION.match(abbreviation):
            side = _SIDED_LETTER[abbreviation[0].lower()]
        elif side is None and number and match.value.is_paired and _LIST_LINK.match(between):
            side = carried
        reached = match.end
        if side is None:
            following = matches[number + 1].start if number + 1 < len(matches) else None
            side, reached = _side_after(text, match.end, following)
        elif not match.value.is_paired and side is not Side.BILATERAL:
            # "left neck" is kept as printed; "neck" after "left arm, " has no side
            side = before
        found.append(BodyPart(part=match.value.name, side=side))
        carried = side if match.value.is_paired else None
    parts = _each_once(found)
    if len(parts) == 1 and parts[0].side is None:
        return (BodyPart(part=parts[0].part, side=_only_side(text)),)
    return parts


_SIDE_ANYWHERE = re.compile(
    r"\b(left|right|bilaterally|bilateral)\b(?!-?\s?(?:hand(?:ed)?\b.dominant|handed|over|away|now|to\b))",
    re.IGNORECASE,
)


def _only_side(text: str) -> Side | None:
    """Return the one side that a request names anywhere, as "thumb spica splint, right"."""
    sides = {_SIDES[m.group(1).lower()] for m in _SIDE_ANYWHERE.finditer(text)}
    return sides.pop() if len(sides) == 1 else None


def _each_once(found: list[BodyPart]) -> tuple[BodyPart, ...]:
    """Return the parts without repetition; a name without a side adds nothing to one with it.

    "Spine" adds nothing where the request names the part of the spine.
    """
    sided = {part.part for part in found if part.side is not None}
    spine = {part.part for part in found} & {
        "neck",
        "thoracic spine",
        "lumbar spine",
        "sacroiliac joint",
        "back",
    }
    kept = [
        part
        for part in dict.fromkeys(found)
        if (part.side is not None or part.part not in sided) and not (part.part == "spine" and spine)
    ]
    return tuple(kept)


# "L4-5", "L5/S1", "L4-L5-S1"
_LEVEL_RANGE = re.compile(
    r"(?<![\w.#-])([CTLS])\s?(\d{1,2})\s?(?:-|–|/|to|through)\s?([CTLS]?)\s?(\d{1,2})(?![\w%]|\.\d)"
    r"(?:\s?[-–/]\s?([CTLS]?)(\d{1,2})(?![\w%]|\.\d|\s?[-–/]\s?[CTLS]?\d))?",
    re.IGNORECASE,
)
_LEVEL_ONE = re.compile(r"(?<![#\w.-])([CTLS])(\d{1,2})(?![\w%]|\.\d)", re.IGNORECASE)
_HIGHEST = {"C": 8, "T": 12, "L": 6, "S": 5}


def _is_level(letter: str, number: str) -> bool:
    return 1 <= int(number) <= _HIGHEST[letter]


def _level_pairs(match: re.Match[str]) -> list[str]:
    """Return one or two pairs of a printed range; none where a number is no level."""
    upper, first, lower, second, last, third = match.groups()
    steps = [(upper.upper(), first), ((lower or upper).upper(), second)]
    if third:
        steps.append(((last or steps[1][0]).upper(), third))
    if not all(_is_level(letter, number) for letter, number in steps):
        return []
    names = [letter + number for letter, number in steps]
    return [f"{a}-{b}" for a, b in pairwise(names)]


def read_levels(text: str) -> tuple[str, ...]:
    """Return the spinal levels of a text in one spelling, each once.

    Example:
        >>> read_levels("epidural at L4-5 and L5/S1")
        ('L4-L5', 'L5-S1')
    """
    if not has_digit(text):
        return ()
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for match in _LEVEL_RANGE.finditer(text):
        pairs = _level_pairs(match)
        if pairs:
            found.extend((match.start(), pair) for pair in pairs)
            taken.append(match.span())
    for match in _LEVEL_ONE.finditer(text):
        letter = match.group(1).upper()
        inside = any(s <= match.start() < e for s, e in taken)
        if not inside and _is_level(letter, match.group(2)):
            found.append((match.start(), letter + match.group(2)))
    return tuple(dict.fromkeys(level for _, level in sorted(found, key=lambda item: item[0])))
