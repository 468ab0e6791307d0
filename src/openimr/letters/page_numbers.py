"""Numbers that the pages of a letter bear at their edge, which belong to none of its sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from openimr.terms.places import Span

# All that a line says which only numbers its page: "3", "- 3 -", "Page 3", "3 of 7", "3/7".
_PAGE_NUMBER = re.compile(
    r"(?:Page\s+)?(?:[-\u2013]\s*)?(?P<page>\d{1,4})(?:\s*[-\u2013]|\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
# One number at an edge could be the last word of a sentence; two in a row are none.
_FEWEST = 2


def without_page_numbers(text: str, page_starts: tuple[int, ...]) -> str:
    r"""Return a text of the same length with blanks where all of its pages print their number.

    All pages must bear theirs, at the top or at the bottom; the first alone
    may bear none. Else such a line is taken for words of the letter.

    Example:
        >>> without_page_numbers("A walker\n1\nwas asked for.\n2", (0, 11))
        'A walker\n \nwas asked for.\n '
    """
    pages = [Span(*ends) for ends in pairwise((*page_starts, len(text)))]
    while pages and not text[pages[-1].start : pages[-1].end].strip():
        pages.pop()
    for edge in (_last_line, _first_line):
        found = [edge(text, page) for page in pages]
        numbered = [
            line
            for number, line in enumerate(found, start=1)
            if (match := _PAGE_NUMBER.fullmatch(text, line.start, line.end)) and int(match["page"]) == number
        ]
        if len(numbered) >= _FEWEST and (numbered == found or numbered == found[1:]):
            for line in numbered:
                text = text[: line.start] + " " * (line.end - line.start) + text[line.end :]
    return text


def _last_line(text: str, page: Span) -> Span:
    """Return the last line of a page that is not blank, without white space around it."""
    end = page.end
    while end > page.start and text[end - 1].isspace():
        end -= 1
    start = text.rfind("\n", page.start, end) + 1 or page.start
    return _trimmed(text, start, end)


def _first_line(text: str, page: Span) -> Span:
    """Return the first line of a page that is not blank, without white space around it."""
    start = page.start
    while start < page.end and text[start].isspace():
        start += 1
    end = text.find("\n", start, page.end)
    return _trimmed(text, start, page.end if end < 0 else end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
