"""Sentences of a page, with their offsets and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Many short matches, single characters only: here ``re`` is quicker than re2
# and cannot backtrack.
# A stop, a semicolon or a line end: each is a candidate and looked at below.
_CANDIDATE = re.compile(r"[.!?]+[\"”’)\]]*|\n[ \t\r\n]*|;")
# Words before a stop that end no sentence, whatever follows.
_TITLES = frozenset(
    "dr mr mrs ms vs no nos st jr sr e.g i.e etc approx fig dept pt pts ref tel ext cf al sig"
    " disp qty".split()
)
# Units and directions: they end a sentence only where a capital follows.
_UNITS = frozenset(
    "mg ml mcg gm kg cm mm in ft lb lbs oz hr hrs min tab tabs cap caps p.o b.i.d t.i.d q.i.d p.r.n q.d q.h.s"
    " h.s h q q.a.m q.p.m a.m p.m".split()
)
# A line shorter than this ends its sentence where the next begins with a capital or a digit.
_SHORT_LINE = 60
# No sentence is so long: a page without stops is cut, as the reach of triggers
# costs the square of a sentence's length.
_LONGEST = 2_000
_EVERY_HOURS = re.compile(r"(?:q\.?)?\d{1,2}h")
_BULLETS = "-•*·–▪"
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as offsets into the page, and the number of its paragraph from 0.

    ``goes_on``: a part of a longer sentence, behind a semicolon.
    """

    start: int
    end: int
    paragraph: int
    goes_on: bool = False


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a page in order.

    Knows abbreviations, decimals, list bullets, and a sentence that runs on
    into the next without a blank ("medications.Currently").

    Example:
        >>> text = "Seen by Dr. Vole for 7.5 mg. tablets.Currently improved"
        >>> [text[s.start : s.end] for s in split_sentences(text)]
        ['Seen by Dr. Vole for 7.5 mg. tablets.', 'Currently improved']
    """
    found: list[Sentence] = []
    start = line = paragraph = 0
    goes_on = False
    for match in _CANDIDATE.finditer(text):
        at, end = match.span()
        if text[at] == "\n":
            blank = text.count("\n", at, end) > 1
            ends = blank or _line_ends(text, line, at, end)
            line = end
        else:
            blank = False
            ends = text[at] == ";" or _stop_ends(text, at, end)
        if not ends:
            continue
        _keep(found, text, start, at if text[at] == "\n" else end, paragraph, goes_on)
        start = end
        goes_on = text[at] == ";"
        paragraph += blank
    _keep(found, text, start, len(text), paragraph, goes_on)
    return found


def _keep(found: list[Sentence], text: str, start: int, end: int, paragraph: int, goes_on: bool) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        found.append(Sentence(start, cut, paragraph, goes_on))
        start, goes_on = cut, True
    if start < end:
        found.append(Sentence(start, end, paragraph, goes_on))


def _stop_ends(text: str, at: int, end: int) -> bool:
    """Return whether the stop at ``at`` ends a sentence; ``end`` is behind its closing marks."""
    if end >= len(text):
        return True
    following = text[end]
    if not following.isspace():
        if following.isupper() and text[at - 1 : at].isspace():
            return True
        # "medications.Currently" but not "M.D." or "L4.S1"
        return following.isupper() and at > 1 and text[at - 1].islower() and text[at - 2].islower()
    if text[at] != ".":
        return True
    begin = at
    while begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:at].lower()
    if word in _TITLES:
        return False
    rest = text[end : end + 3].lstrip()
    if word in _UNITS or _EVERY_HOURS.fullmatch(word):
        return not rest or rest[0].isupper()
    # A number that opens a line numbers a list: "1. Norco".
    numbers_a_list = word.isdigit() and len(word) < 3 and (begin == 0 or text[begin - 1] == "\n")
    return not numbers_a_list


def _line_ends(text: str, line: int, at: int, end: int) -> bool:
    """Return whether a single line end between ``line`` and ``end`` ends a sentence."""
    if end >= len(text):
        return True
    following = text[end]
    if following in _BULLETS and text[end + 1 : end + 2].isspace():
        return True
    if _NUMBERED.match(text[end : end + 5]):
        return True
    before = text[line:at].rstrip()
    # A line of capitals is a heading, unless it is as long as running text in capitals.
    if before.endswith(":") or (before.isupper() and at - line < _SHORT_LINE):
        return True
    short = at - line < _SHORT_LINE and before[-1:] not in ("", ",", "-", "/", "(")
    return short and (following.isupper() or following.isdigit())
