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

_NUMBER_WORD = re.compile(
    r"\b(" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE
)


def fold(text: str) -> str:
    r"""Return the text with every run of white space as one blank.

    Example:
        >>> fold("Voltaren gel\n  1% #1 ")
        'Voltaren gel 1% #1'
    """
    return " ".join(text.split())


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
    return _NUMBER_WORD.sub(lambda m: str(NUMBER_WORDS[m.group(1).lower()]), text)
