"""Lines of capitals without a number: the name of a clinic, not what is done in it."""

from __future__ import annotations

from bisect import bisect_right


class Letterheads:
    """Answers, for one page, whether a mention stands in a line of capitals without a number.

    Each line is looked at once, however many mentions it has. A page that is
    one such line has no letterhead: it is written in capitals.
    """

    def __init__(self, text: str) -> None:
        """Look at the lines of a page."""
        lines = text.split("\n")
        self._starts = [0]
        for line in lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._is_plain = [line.isupper() and not any(c.isdigit() for c in line) for line in lines]

    def hold(self, start: int, end: int) -> bool:
        """Return whether all lines that a span stands in are letterhead, and not the whole page."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end) - 1
        is_page = first == 0 and last == len(self._starts) - 1
        return not is_page and all(self._is_plain[first : last + 1])
