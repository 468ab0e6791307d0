"""The text of a letter in HTML, as far as our own letters need it."""

from __future__ import annotations

from html.parser import HTMLParser

_NOT_SHOWN = frozenset({"head", "style", "script", "title"})
_INLINE = frozenset({"strong", "b", "em", "i", "u", "span", "a"})


def is_html(text: str) -> bool:
    """Return whether a text is a page of HTML."""
    return text.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))


def text_of_html(page: str) -> str:
    r"""Return the words that a page shows, with a line for each block.

    Example:
        >>> text_of_html("<html><p>Patient: <b>47</b> years old</p><p>Summary:</p></html>")
        'Patient: 47 years old\nSummary:'
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = ("".join(reader.parts)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in _NOT_SHOWN
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _NOT_SHOWN))
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(("x" + data + "x").split())[1:-1])
