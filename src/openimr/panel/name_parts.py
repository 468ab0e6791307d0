"""Names of people and organizations in parts: titles and legal forms off, words in one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from openimr.vocabulary.tables import read_table

_SEPARATOR = re.compile(r"[^a-z0-9]+")
# Periods and apostrophes inside a word do not part it: "M.D.", "O'Hara".
_INSIDE = re.compile(r"(?<=\w)['’.](?=\w)|(?<=\w)\.(?=\s|$|,)")
# What a corporation of one profession calls itself, and letters behind a comma that are a licence:
# without the comma "PT" may be physical therapy.
_PROFESSIONAL = re.compile(
    r"\b(a )?(medical|professional|law|dental|chiropractic) corp(oration)?\b"
    r"|,\s*(pa-c|p\.?t|ot|otr)\b(?!,? \w)"
)
_THERAPY = re.compile(r"(?<=\w )p\.?t\b\.?(?=$|,| inc| llc| group| clinic| center)")
_TRADE_NAME = re.compile(r"\b(d/b/a|d\.b\.a\.?|dba|doing business as)(?=\s)")
# Letters that do not come apart into a plain letter and its accent.
_LETTERS = str.maketrans({"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
# Figures that text recognition puts for letters, within a word: "Sc0tt", "5ummit". One at the end may
# be meant: "Pier1".
_FIGURES = str.maketrans("015", "ols")
_MISREAD_FIGURE = re.compile(r"[a-z]*[015][a-z]+(?:[015][a-z]+)*")
_LEAST_LETTERS = 3
# Letters that run into each other on a scan.
_SHAPES = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("ri", "n"))
# Which of one name in a family: two that differ are father and son.
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "i", "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii"}
_GENERATIONS |= {"iv": "iv", "4th": "iv"}
# Legal forms that are written out, and may be part of initials.
_COMPANIES = frozenset({"company", "corporation", "incorporated"})
# The letters of the shorter of two words for kinds that were written as one.
_LEAST_PART = 4
# How many words may have been written as one, and in how long a name this is looked for.
_RUN, _LONGEST = (2, 3), 8
# Wrong letters that one word may have, by the length of the shorter of two. A word of
# three letters with one wrong is another word, with one missing it may be a word of four;
# long ones often carry two errors.
ONE_ERROR, TWO_ERRORS = 4, 8


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts: its words in one spelling, in order.

    ``distinctive`` are the words that tell this name from others: all of a
    person's, and of an organization's those that do not say what it is; ``ordered``
    are these with the given name first where a comma stands behind the surname.
    ``generation`` tells father and son apart. ``initials`` are those with and
    without a company or corporation among the words.
    """

    words: tuple[str, ...]
    is_organization: bool
    key: tuple[str, ...] = field(default=())
    joined: str = ""
    distinctive: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    generation: str = ""
    ordered: tuple[str, ...] = ()


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["stands_for"] for row in read_table("openimr.panel", "data/name_words.csv")}


@cache
def listed(table: str) -> frozenset[str]:
    """Return the words of a table.

    Source:
        The table of that name.
    """
    return frozenset(row["word"] for row in read_table("openimr.panel", f"data/{table}.csv"))


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return every short form with itself and the given names it stands for.

    Source:
        ``nicknames.csv``.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("openimr.panel", "data/nicknames.csv"):
        found[row["word"]] = (*found.get(row["word"], (row["word"],)), row["stands_for"])
    return found


def full_forms(word: str) -> tuple[str, ...]:
    """Return a word and the given names that it is short for.

    Source:
        ``nicknames.csv``, common short forms.
    """
    return nicknames().get(word, (word,))


@lru_cache(maxsize=200_000)
def shape(word: str) -> str:
    """Return a word as it looks on a scan: letters that run together in one spelling.

    Source:
        Our list of letters that text recognition takes for each other.
    """
    if not word.isalpha() and sum(letter.isalpha() for letter in word) >= _LEAST_LETTERS:
        word = word.translate(_FIGURES)
    for letters, letter in _SHAPES:
        word = word.replace(letters, letter)
    return word


def _plain(name: str) -> str:
    """Return a name in small plain letters, without what a corporation calls itself."""
    plain = name.lower()
    if not plain.isascii():
        spelled = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = spelled.encode("ascii", "ignore").decode()
    kept = _PROFESSIONAL.sub(" ", _TRADE_NAME.sub(" ", plain))
    kept = _THERAPY.sub("physical therapy", kept)
    return kept if kept != plain and _SEPARATOR.sub("", kept) else plain


def _written(plain: str) -> tuple[list[str], list[str]]:
    """Return the words of a name, and those of them in one spelling that are no title."""
    inside = "." in plain or "'" in plain
    found = _SEPARATOR.split(_INSIDE.sub("", plain) if inside else plain)
    raw = [part for word in found if word for part in _parted(word)]
    spelled = _words()
    return raw, [word for w in raw if (word := spelled.get(w, w)) and word not in _GENERATIONS]


def _legible(word: str) -> str:
    if word.isalpha():
        return word
    letters = sum(letter.isalpha() for letter in word)
    if letters >= _LEAST_LETTERS and word not in _GENERATIONS and _MISREAD_FIGURE.fullmatch(word):
        return word.translate(_FIGURES)
    return word


def _initials(raw: list[str], words: tuple[str, ...]) -> tuple[str, ...]:
    spelled = _words()
    with_company = [w[0] for w in raw if w in _COMPANIES or spelled.get(w, w)]
    return tuple(dict.fromkeys(("".join([word[0] for word in words]), "".join(with_company))))


@lru_cache(maxsize=200_000)
def _parted(word: str) -> tuple[str, ...]:
    """Return a word as it was meant; two where words for kinds of organizations were written as one."""
    word = _legible(word)
    kinds = _written_kinds()
    if len(word) < 2 * _LEAST_PART or word in kinds:
        return (word,)
    for at in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        if word[:at] in kinds and word[at:] in kinds:
            return word[:at], word[at:]
    return (word,)


@cache
def _written_kinds() -> frozenset[str]:
    """Return every word for a kind of organization, shortened ones and legal forms included."""
    generic = listed("organization_words")
    spelled = {word for word in (*_words(), *generic) if _words().get(word, word) in generic}
    return _COMPANIES | spelled


def _given_name_first(plain: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with those before the comma last, where both sides of it are of a person."""
    if "," not in plain:
        return words
    sides = [found for side in plain.split(",") if (found := _written(side)[1])]
    if len(sides) != len(("surname", "given names")) or "&" in plain or " and " in plain:
        return words
    return (*words[len(sides[0]) :], *words[: len(sides[0])])


@lru_cache(maxsize=200_000)
def read_name(name: str) -> Name:
    """Return a name in parts, without titles and legal forms.

    Source:
        ``name_words.csv``: titles and legal forms fall away, abbreviations are
        written out; ``organization_words.csv``: what an organization is.
    """
    plain = _plain(name)
    raw, written = _written(plain)
    generic = listed("organization_words")
    words = tuple(written or raw)
    if any(word in generic for word in words):
        words = tuple(_corrected(word) for word in words)
    kept = tuple(word for word in words if word not in generic)
    is_organization = len(kept) < len(words)
    ordered = words if is_organization else _given_name_first(plain, words)
    return Name(
        words=words,
        is_organization=is_organization,
        key=tuple(sorted(words)),
        joined="".join(ordered),
        distinctive=kept or words,
        initials=_initials(raw, words),
        generation=next((_GENERATIONS[w] for w in raw[1:] if w in _GENERATIONS), ""),
        ordered=kept if is_organization else ordered,
    )


def runs_of(name: Name) -> Iterator[tuple[str, int, int]]:
    """Yield neighbouring words written as one, with the place of the first and of the next word.

    Source:
        Our rule: two or three words, "de la Torre" and "Delatorre".
    """
    if len(name.words) <= _LONGEST:
        for count in _RUN:
            for at in range(len(name.words) - count + 1):
                yield "".join(name.words[at : at + count]), at, at + count


def with_run(name: Name, run: str, at: int, end: int) -> Name:
    """Return a name with neighbouring words written as one.

    Source:
        As ``runs_of``.
    """
    generic = listed("organization_words")
    words = (*name.words[:at], run, *name.words[end:])
    kept = tuple(word for word in words if word not in generic)
    return Name(words=words, is_organization=len(kept) < len(words), distinctive=kept or words)


@cache
def _kinds() -> dict[str, str]:
    """Return the longer words for kinds of organizations, with their one spelling."""
    generic = listed("organization_words")
    spelled = {w: kind for w, kind in _words().items() if kind in generic}
    spelled |= {w: kind for w in generic if (kind := _words().get(w, w))}
    return {w: kind for w, kind in spelled.items() if len(w) > ONE_ERROR}


@cache
def _kinds_as_long(length: int) -> tuple[str, ...]:
    """Return the longer words for kinds that one letter more or less makes as long."""
    return tuple(word for word in _kinds() if abs(len(word) - length) <= 1)


@lru_cache(maxsize=200_000)
def _corrected(word: str) -> str:
    """Return the word for a kind of organization that a word may be misspelt for, or the word."""
    generic = listed("organization_words")
    if word in generic or word in listed("given_names") or most_errors(word) == 0:
        return word
    found = process.extract(word, _kinds_as_long(len(word)), scorer=OSA.distance, score_cutoff=1, limit=None)
    near = {_kinds()[w] for w, _, _ in found}
    return near.pop() if len(near) == 1 else word


def most_errors(word: str) -> int:
    """Return how many wrong letters a word may have beside any other.

    Source:
        As ``errors_allowed``.
    """
    return errors_between(len(word), len(word) + 1) if word.isalpha() else 0


def errors_between(one: int, two: int) -> int:
    """Return how many wrong letters two words of some lengths may have and still be one.

    Source:
        As ``errors_allowed``.
    """
    shorter = min(one, two)
    if shorter < ONE_ERROR - (one != two):
        return 0
    return 2 if shorter >= TWO_ERRORS else 1
