"""What a parser collects: values with their spans, and what it could not read."""

from __future__ import annotations

from dataclasses import dataclass, field

from openimr.letters.source import LetterText
from openimr.terms.places import Span
from openimr.terms.problem import Problem, Severity


@dataclass(slots=True)
class Reading:
    """The growing result of reading one letter.

    ``spans`` maps the path of a field, such as ``disputes.0.request``, to the
    place in the source text that it was read from.
    """

    text: LetterText
    spans: dict[str, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, path: str, start: int, end: int) -> str | None:
        """Record the span of a field and return its folded words, None if empty."""
        span = self.text.trimmed(start, end)
        if span.start >= span.end:
            return None
        words = self.text.folded(span)
        if not words:
            return None
        self.spans[path] = span
        return words

    def problem(
        self,
        code: str,
        path: str,
        message: str,
        *,
        remedy: str = "",
        at: Span | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Record something that could not be read or that a person should look at."""
        self.problems.append(
            Problem(code=code, field=path, message=message, remedy=remedy, place=at, severity=severity)
        )
