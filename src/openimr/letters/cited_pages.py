"""The pages that a citation names."""

from __future__ import annotations

import re

# No page: a digit of a longer number, or the beginning of "9792.24".
_PAGE = r"\d{1,4}(?!\d|\.\d)"
PAGES = re.compile(
    r"\b(?:Pages?|pgs?\.?|pp?\.?|Page\(s\))\s*(?:\(s\))?\s*:?\s*(?:(?:pages?|pgs?|pp?)\b(?:\(s\))?\.?\s*)?"
    rf"(?P<list>{_PAGE}(?:\s*[-–]\s*{_PAGE})?(?:\s*(?:,|;|and|&)\s*{_PAGE}(?:\s*[-–]\s*{_PAGE})?)*)"
    rf"(?:\s*of\s+{_PAGE})?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


def read_pages(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """Return the page ranges of a stretch, and the stretch without them.

    Example:
        >>> read_pages("Opioids Page(s): 78, 80-1 of 127")
        (((78, 78), (80, 81)), 'Opioids  ')
    """
    ranges = []
    for match in PAGES.finditer(text):
        for first, last in _RANGE.findall(match["list"]):
            ends = int(first), _last_page(first, last)
            # "66-63" is no range; its two pages are what it says
            ranges += [ends] if ends[0] <= ends[1] else [(end, end) for end in ends]
    return tuple(ranges), PAGES.sub(" ", text)


def _last_page(first: str, last: str) -> int:
    """Return the last page of a range; "303-5" is short for 303-305."""
    if not last:
        return int(first)
    if len(last) < len(first):
        return int(first[: len(first) - len(last)] + last)
    return int(last)
