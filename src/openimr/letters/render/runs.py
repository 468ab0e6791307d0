"""Text for the page: which words must stay whole, and which are too long for a line.

A PDF has lines but no paragraphs: a reader puts a blank where a line ends. So
a line may end at a blank only, never inside "non-steroidal" or "63-66".
"""

from __future__ import annotations

import re
from functools import cache

from openimr.letters.wording import BREAK

# Words in which no line can end by the rules of line breaking: none ends between a
# hyphen or a slash and a digit, as in dates and pages.
_PLAIN = re.compile(r"[(\"']*[A-Za-z0-9]+(?:[.,:'][A-Za-z0-9]+|[-/][0-9][A-Za-z0-9]*)*[)\"'.,:;?!]*")
_WORD = re.compile(r"\S+")
# Words up to this length fit in every column, whatever their letters.
_ALWAYS_FITS = 8

Run = str | tuple[str]
"""A stretch of text that may be broken at its blanks, one word that must stay whole, or a line end."""


@cache
def _width_em(char: str) -> float:
    """Return at least how wide a character is, in ems of bold type."""
    if char in "mwMW@%\u2014":
        return 1.02
    if char.isascii():
        if char.isupper() or char in "&#+=<>~":
            return 0.84
        return 0.62 if char.isalpha() else 0.56
    return 0.66 if char.islower() else 1.05


def width_em(word: str) -> float:
    """Return at least how wide a word is set, in ems of bold type."""
    return sum(map(_width_em, word))


def runs(text: str, *, most_em: float) -> list[Run]:
    """Return a text as runs, its over-long words in pieces with a mark at each break.

    Args:
        text: Folded text.
        most_em: The width of the column, in ems.

    Example:
        >>> runs("takes 10-mg tablets", most_em=30)
        ['takes ', ('10-mg',), ' tablets']
    """
    found: list[Run] = []
    begin = 0
    for match in _WORD.finditer(text):
        word = match.group(0)
        fits = len(word) <= _ALWAYS_FITS or width_em(word) <= most_em
        if fits and _PLAIN.fullmatch(word):
            continue
        if begin < match.start():
            found.append(text[begin : match.start()])
        found.extend([(word,)] if fits else _pieces(word, most_em))
        begin = match.end()
    if begin < len(text):
        found.append(text[begin:])
    return found


def _pieces(word: str, most_em: float) -> list[Run]:
    pieces: list[Run] = []
    piece, width = "", 0.0
    room = most_em - width_em(BREAK)
    for char in word:
        if piece and width + _width_em(char) > room:
            pieces.extend([(piece + BREAK,), "\n"])
            piece, width = "", 0.0
        piece += char
        width += _width_em(char)
    return [*pieces, (piece,)]
