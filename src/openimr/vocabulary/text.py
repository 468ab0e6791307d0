"""Small operations on text that keep their offsets."""

from __future__ import annotations

import re

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"twenty-four": 24, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}

# The letters that number words begin with, in front, let the search pass over
# all others at once. It reads lower case, so that case need not be ignored.
_NUMBER_WORD = re.compile(
    "["
    + "".join(sorted({word[0] for word in NUMBER_WORDS}))
    + r"](?<!\w.)(?:"
    + "|".join(f"(?<={word[0]}){word[1:]}" for word in sorted(NUMBER_WORDS, key=len, reverse=True))
    + r")\b"
)


def fold(text: str) -> str:
    r"""Return the text with every run of white space as one blank.

    Example:
        >>> fold("Voltaren gel\n  1% #1 ")
        'Voltaren gel 1% #1'
    """
    return " ".join(text.split())


_DIGIT = re.compile(r"[0-9]")


def has_digit(text: str) -> bool:
    """Return whether a text has a figure: without one no amount needs to be looked for."""
    return _DIGIT.search(text) is not None


def lowered(text: str) -> str:
    """Return the text in lower case with every character at its old offset.

    ``str.lower`` can lengthen a text (a capital dotted I becomes two
    characters), which would move all offsets behind it.
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def with_digits(text: str) -> str:
    """Return the text with number words up to ninety written as digits.

    Example:
        >>> with_digits("Twelve physical therapy sessions, three times weekly")
        '12 physical therapy sessions, 3 times weekly'
    """
    lower = lowered(text)
    parts: list[str] = []
    reached = 0
    for match in _NUMBER_WORD.finditer(lower):
        parts += (text[reached : match.start()], str(NUMBER_WORDS[match.group(0)]))
        reached = match.end()
    return "".join((*parts, text[reached:])) if parts else text
