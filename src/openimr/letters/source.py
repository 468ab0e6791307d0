"""A letter as text, line by line, whatever tool extracted it.

Extractors differ: one sets a blank line behind every line, one keeps blank
lines between paragraphs only, one keeps none but knows which type is bold,
and Markdown marks bold with stars. This module brings them to one form in
which every character keeps its offset in the source text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from openimr.letters.page_numbers import without_page_numbers
from openimr.terms.places import Span
from openimr.vocabulary.text import fold

_MARKUP = re.compile(
    r"\\(?P<escaped>[\\`*_|<>\[\]~&#])"
    r"|</?(?:b|strong|br|i|em|u)\s*/?>|\*\*|__|^#{1,6} |(?<=\s)#{2,6}(?=\s)|^\|?[ :|-]*-{3,}[ :|-]*$|\|",
    re.MULTILINE,
)
# Stands for the backslash of an escaped character, which belongs to no word.
_ESCAPE = "\x00"
_BOLD = re.compile(r"\*\*(?P<stars>[^*]+?)\*\*|<b>(?P<tags>[^<]+?)</b>")
# A line that only numbers the page belongs to no sentence around it.
_FOOTER = re.compile(
    r"Page \d{1,4} of \d{1,4}[ ]*$|Final Determination Letter for IMR Case Number[ ]+\S+[ ]*\d*[ ]*$",
    re.MULTILINE,
)
_LONGEST_FOOTER = 100
# At the top of every page of a draft of our own.
_DRAFT_HEADER = re.compile(r"^[ ]*DRAFT, NOT A DETERMINATION[ ]*$", re.MULTILINE)
_LINE_END = re.compile(r"[.?!:;)\"”'’]\s*$")


class Line(NamedTuple):
    """One line that is not blank: its offsets without the white space around it."""

    start: int
    end: int
    has_gap_before: bool
    is_bold: bool | None


@dataclass(frozen=True, slots=True)
class LetterText:
    """The text of a letter and its lines.

    ``text`` has the length of the source: markup became blanks, so that
    every offset is one of the source text.
    """

    text: str
    lines: tuple[Line, ...]
    knows_bold: bool
    page_starts: tuple[int, ...] = field(default=(0,))
    _starts: tuple[int, ...] = field(default=(), repr=False)

    def line_at(self, offset: int) -> int:
        """Return the index of the line that holds the offset, or the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def page_at(self, offset: int) -> int:
        """Return the page, from 1, on which the offset stands."""
        return bisect_right(self.page_starts, offset)

    def folded(self, span: Span) -> str:
        """Return the words of a span with white space folded."""
        return fold(self.text[span.start : span.end]).replace(_ESCAPE, "")

    def trimmed(self, start: int, end: int) -> Span:
        """Return the span without white space at its ends."""
        part = self.text[start:end]
        left = len(part) - len(part.lstrip())
        right = len(part.rstrip())
        return Span(start + left, start + max(left, right))


def letter_text(
    source: str, *, bold_lines: frozenset[int] | None = None, page_starts: tuple[int, ...] = (0,)
) -> LetterText:
    """Return a source text in the one form that parsers read.

    Args:
        source: The text as extracted; pages may be parted by form feeds.
        bold_lines: Offsets of the first visible character of every line that
            begins in bold type, where the extractor knows it; else None.
        page_starts: The offset at which each page begins.
    """
    text = source
    for char, replacement in _REPLACED:
        if char in text:
            text = text.replace(char, replacement)
    bold = bold_lines
    if "**" in text or "<b>" in text:
        bold = _bold_of_markup(text)
        text = _MARKUP.sub(_without_markup, text)
    if len(page_starts) == 1 and "\f" in source:
        page_starts = (0, *(m.end() for m in re.finditer("\f", source)))
    if not text.isascii() and any(mark in text for mark in _INVISIBLE):
        text = _INVISIBLE_MARK.sub(_without_mark, text)
    if "Page " in text or "Final Determination Letter" in text:
        text = _without_footers(text)
    if len(page_starts) > 1:
        text = without_page_numbers(text, page_starts)
    if "DRAFT, NOT" in text:
        text = _DRAFT_HEADER.sub(lambda m: " " * len(m.group(0)), text)
    lines = _split_lines(text, bold, page_starts)
    return LetterText(
        text=text,
        lines=lines,
        knows_bold=bold is not None,
        page_starts=page_starts,
        _starts=tuple(line.start for line in lines),
    )


# Same length, so that offsets hold: carriage return, form feed, no-break blanks, a wide colon.
_REPLACED = (
    ("\r", " "),
    ("\f", "\n"),
    ("\t", " "),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2007", " "),
    ("\uff1a", ":"),
)
# Characters that print nothing: soft hyphen, blanks and joiners of no width, marks of direction.
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_INVISIBLE_MARK = re.compile(rf"(?P<inside>(?<=\w)[{_INVISIBLE}]+(?=\w))|[{_INVISIBLE}]")


def _without_mark(match: re.Match[str]) -> str:
    """Return a blank for what prints nothing; inside a word, what parts no word."""
    inside = match["inside"]
    return _ESCAPE * len(inside) if inside else " "


def _without_markup(mark: re.Match[str]) -> str:
    if mark["escaped"] is not None:
        return _ESCAPE + mark["escaped"]
    return " " * len(mark.group(0))


def _bold_of_markup(text: str) -> frozenset[int]:
    """Return where bold type begins in Markdown, behind the marks and blanks."""
    begins = set()
    for match in _BOLD.finditer(text):
        group = "stars" if match["stars"] is not None else "tags"
        inner = match.group(group)
        begins.add(match.start(group) + len(inner) - len(inner.lstrip()))
    return frozenset(begins)


def _without_footers(text: str) -> str:
    """Return the text with blanks in place of the lines that only number a page."""
    parts: list[str] = []
    reached = 0
    for match in _FOOTER.finditer(text):
        start = text.rfind("\n", reached, match.start()) + 1 or reached
        before = text[start : match.start()]
        is_page = match.group(0)[0] == "P" and len(before) <= _LONGEST_FOOTER and not before[-1:].isalnum()
        if is_page or not before.strip():
            parts += (text[reached:start], " " * (match.end() - start))
            reached = match.end()
    return "".join((*parts, text[reached:]))


def _split_lines(text: str, bold: frozenset[int] | None, page_starts: tuple[int, ...]) -> tuple[Line, ...]:
    """Return the lines; a gap at the top of a page tells nothing and is none."""
    raw: list[tuple[int, int, int]] = []  # start, end, blank lines before
    blanks = offset = 0
    for piece in text.split("\n"):
        stripped = piece.strip()
        if stripped:
            start = offset if piece[0] == stripped[0] else offset + piece.find(stripped[0])
            raw.append((start, start + len(stripped), blanks))
            blanks = 0
        else:
            blanks += 1
        offset += len(piece) + 1
    usual = _usual_blank_lines(text, raw)
    if bold is None and len(page_starts) == 1:
        return tuple([Line(start, end, before > usual, None) for start, end, before in raw])
    lines = []
    tops = iter((*page_starts[1:], len(text) + 1))
    next_top = next(tops)
    for start, end, before in raw:
        has_gap = before > usual
        while start >= next_top:
            has_gap = False
            next_top = next(tops)
        lines.append(Line(start, end, has_gap, None if bold is None else start in bold))
    return tuple(lines)


def _usual_blank_lines(text: str, raw: list[tuple[int, int, int]]) -> int:
    """Return how many blank lines stand between lines of one paragraph.

    One, where an extractor set a blank line behind every line. Text whose
    lines are whole paragraphs looks alike, but its lines end sentences.
    """
    if len(raw) < 8:
        return 0
    before = [blanks for _, _, blanks in raw[1:]]
    ones = before.count(1)
    if ones < before.count(0) or Counter(before).most_common(1)[0][0] != 1:
        return 0
    ends = sum(1 for _, end, _ in raw if _LINE_END.search(text[max(0, end - 2) : end]))
    return 1 if ends < len(raw) / 2 else 0
