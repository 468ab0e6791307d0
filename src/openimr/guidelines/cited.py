"""From citations in a letter to the topics of the library that they name."""

from __future__ import annotations

from collections.abc import Iterable

from openimr.guidelines.library import Library
from openimr.guidelines.topic import Topic
from openimr.terms.citation import Citation


def topics_cited(citations: Iterable[Citation], library: Library) -> tuple[str, ...]:
    """Return the topics that a guideline line names, in its order, each once.

    A citation names a topic by its document and a section name, or, where it
    names no section, by a page inside the topic's pages.

    Source:
        The ``cited_as`` names and pages of each topic.
    """
    found: list[str] = []
    for citation in citations:
        of_document = [t for t in library.topics if t.document == citation.document]
        found.extend(t.id for t in of_document if _names(citation, t))
    return tuple(dict.fromkeys(found))


def _names(citation: Citation, topic: Topic) -> bool:
    if citation.sections:
        printed = [section.lower().strip() for section in citation.sections]
        return any(
            p == name or p.startswith((f"{name}:", f"{name} ")) for p in printed for name in topic.cited_as
        )
    ranges = [_range(pages) for pages in topic.pages]
    return any(low <= first and last <= high for first, last in citation.pages for low, high in ranges)


def _range(pages: str) -> tuple[int, int]:
    first, _, last = pages.partition("-")
    return int(first), int(last or first)
