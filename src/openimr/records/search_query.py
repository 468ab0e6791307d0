"""What a person types to search a case file, as a tree: words, phrases, and, or, not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.terms.errors import FormatInvalid

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_TOKEN = re.compile(r'\s*(?:(?P<mark>[()])|(?P<minus>-)(?=\S)|"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+))')
_MOST_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one behind the other; the last one only begins so where ``is_open``."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """Pages where all parts are found."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Pages where one of the parts is found."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Pages where a part is not found."""

    part: Query


Query = Phrase | And | Or | Not


def parse_query(text: str) -> Query:
    """Return a query as a tree.

    Words beside each other are all wanted. ``AND``, ``OR`` and ``NOT`` in
    capitals, or ``-`` for not; ``NOT`` binds closest, then and, then or.
    Parentheses group, quotation marks make a phrase, ``*`` ends a beginning.

    Raises:
        FormatInvalid: The query is empty or a mark has no partner.

    Example:
        >>> parse_query("NOT denied")
        Not(part=Phrase(words=('denied',), is_open=False))
    """
    parser = _Parser(_tokens(text))
    query = parser.either(0)
    if parser.at < len(parser.tokens):
        raise _invalid("a parenthesis closes that was not opened")
    return query


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared.

    Example:
        >>> words_of("Patient's L4-L5")
        ("patient's", 'l4', 'l5')
    """
    return tuple(word.lower().replace("\u2019", "'") for word in WORD.findall(text))


def _tokens(text: str) -> list[tuple[str, str]]:
    if text.count('"') % 2:
        raise _invalid("a quotation mark has no partner")
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        value = match[kind]
        if kind == "word" and value in ("AND", "OR", "NOT"):
            found.append((value, value))
        elif kind == "minus":
            found.append(("NOT", value))
        elif kind in ("word", "phrase") and not words_of(value):
            continue  # a dash or a stop alone
        else:
            found.append((value if kind == "mark" else kind, value))
    return found


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def either(self, depth: int) -> Query:
        parts = [self.all(depth)]
        while self._next() == "OR":
            self.at += 1
            parts.append(self.all(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all(self, depth: int) -> Query:
        parts = [self.one(depth)]
        while self._next() not in ("", "OR", ")"):
            if self._next() == "AND":
                self.at += 1
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self, depth: int) -> Query:
        kind = self._next()
        if depth > _MOST_DEPTH:
            raise _invalid(f"it is nested more than {_MOST_DEPTH} deep")
        if kind in ("", "AND", "OR", ")"):
            raise _invalid("a word is missing" if self.tokens else "it has no word")
        value = self.tokens[self.at][1]
        self.at += 1
        if kind == "NOT":
            return Not(self.one(depth + 1))
        if kind == "(":
            inner = self.either(depth + 1)
            if self._next() != ")":
                raise _invalid("a parenthesis is not closed")
            self.at += 1
            return inner
        return Phrase(words_of(value), is_open=value.endswith("*"))

    def _next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""


def _invalid(found: str) -> FormatInvalid:
    return FormatInvalid(
        asked="Read the search",
        found=f"{found}.",
        remedy='Examples: "physical therapy" AND (lumbar OR L4), gabapentin NOT denied, tend*.',
    )
