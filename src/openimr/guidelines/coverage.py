"""What of the guidelines is encoded, how far it was verified, and which questions nobody searches for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from openimr.guidelines.library import Library
from openimr.guidelines.questions import QUESTIONS, reasons_not_searched
from openimr.guidelines.topic import Topic

HEADING = "# What of the guidelines is encoded"
"""The first words of the part on guidelines in docs/coverage.toml; what stands before is law's."""


def coverage_toml(library: Library) -> str:
    """Return the part of docs/coverage.toml on guidelines.

    Source:
        The topics and criteria of the library, and the questions that the
        record is asked.
    """
    lines = [
        f"{HEADING}, and how far it was verified. Written by tools/guideline_coverage.py.",
        "# gist: topics that hold no criterion. not_searched: questions for a person, each with its reason.",
        "",
        "[guidelines.totals]",
        f"documents = {len(library.documents)}",
        f"rows_in_force = {len(library.in_force)}",
        f"topics = {len({t.id for t in library.topics})}",
        f"topics_of_all_editions = {len(library.topics)}",
        f"criteria = {len({c.id for t in library.topics for c in t.criterion})}",
    ]
    for document in library.documents:
        own = [t for t in library.topics if t.document == document]
        lines += ["", "[[guidelines.document]]", f'id = "{document}"', *_counts(own)]
    lines += ["", "[guidelines.questions]", *_questions(library.topics)]
    return "\n".join(lines) + "\n"


def _counts(topics: list[Topic]) -> list[str]:
    how = Counter(c.verified.how.value for t in topics for c in t.criterion)
    gists = sum(not t.criterion for t in topics)
    return [
        f"topics = {len(topics)}",
        f"gist = {gists}",
        f"criteria = {how.total()}",
        *(f"{name} = {count}" for name, count in sorted(how.items())),
    ]


def _questions(topics: Iterable[Topic]) -> list[str]:
    asked = {c.fact for t in topics for c in t.criterion}
    searched = sorted(asked & set(QUESTIONS))
    not_searched = sorted(asked - set(QUESTIONS))
    return [
        f"searched = {len(searched)}",
        f"not_searched = {len(not_searched)}",
        "",
        "[guidelines.not_searched]",
        *(f'"{name}" = "{reasons_not_searched()[name]}"' for name in not_searched),
    ]
