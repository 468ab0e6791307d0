"""Errors of one letter, and what text recognition makes of letters."""

from __future__ import annotations

import unicodedata
from random import Random
from string import ascii_lowercase

_MISREAD = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("l", "1"),
    ("i", "l"), ("o", "0"), ("s", "5"), ("b", "h"),
    ("e", "c"), ("u", "ii"), ("vv", "w"), ("w", "vv"), ("g", "q"), ("n", "ri"), ("a", "o"), ("t", "f"),
)  # fmt: skip


def mistyped(draw: Random, word: str) -> str:
    """Return a word with one letter dropped, doubled, changed, added or two letters turned about.

    The first letter is hit as seldom as people hit it: once in ten.
    """
    at = 0 if draw.random() < 0.1 else draw.randrange(1, len(word))
    kind = draw.choice("drop double change add turn".split())
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "change":
        return word[:at] + draw.choice(ascii_lowercase) + word[at + 1 :]
    if kind == "add":
        return word[:at] + draw.choice(ascii_lowercase) + word[at:]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def misread(draw: Random, word: str) -> str:
    """Return a word with one place as text recognition misreads it."""
    fits = [(at, old, new) for old, new in _MISREAD for at in range(len(word)) if word.startswith(old, at)]
    if not fits:
        return word
    at, old, new = draw.choice(fits)
    return word[:at] + new + word[at + len(old) :]


def unaccented(word: str) -> str:
    """Return a word without its accents."""
    plain = unicodedata.normalize("NFD", word.replace("ø", "o"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def titled(words: str) -> str:
    """Return words with capitals as names have them."""
    small = {"de", "la", "del", "los", "der", "of", "and", "dba", "d/b/a"}
    return " ".join(word if word in small or not word else _capital(word) for word in words.split(" "))


def _capital(word: str) -> str:
    for mark in ("-", "'", "’"):
        if mark in word:
            return mark.join(part[:1].upper() + part[1:] for part in word.split(mark)).replace("'S", "'s")
    return word[:1].upper() + word[1:]
