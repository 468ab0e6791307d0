"""The guideline lines of our own letters: one numbered entry for each citation.

What a citation's words mean depends on whether they stand behind "MTUS" or
not, so each entry carries that word and reads back as the same citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.letters import wording
from openimr.letters.citations import cite
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.errors import LetterNotRenderable
from openimr.terms.places import Span

# The words that a letter of the State prints before such a citation.
_CONTEXTS = {
    wording.MTUS: "Decision based on MTUS ",
    wording.OTHER_SOURCE: "Decision based on Non-MTUS Citation ",
    wording.STATEMENT: "",
}
_LABELS = "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in _CONTEXTS)


def print_basis(citations: tuple[Citation, ...], *, field: str) -> tuple[str, ...]:
    """Return the entries of one side's guidelines.

    Raises:
        LetterNotRenderable: The values of a citation do not follow from its
            printed words.
    """
    return tuple(
        f"({number}) {_label_of(citation, f'{field}.{number - 1}')}: {citation.printed}"
        for number, citation in enumerate(citations, 1)
    )


def _label_of(citation: Citation, field: str) -> str:
    order = [wording.MTUS, wording.OTHER_SOURCE, wording.STATEMENT]
    if citation.kind in (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS):
        order.reverse()
    elif citation.kind is not CitationKind.MTUS:
        order = [wording.OTHER_SOURCE, wording.MTUS, wording.STATEMENT]
    for label in order:
        if cite(_CONTEXTS[label] + citation.printed) == (citation,):
            return label
    raise LetterNotRenderable(
        asked="Render the letter",
        found=f"the values of {field} do not follow from its printed words.",
        remedy='Correct "printed", or take the citation from "openimr letters cite".',
    )


def reworded(citation: Citation, printed: str) -> tuple[Citation, ...]:
    """Return a citation read anew after its words were changed."""
    if printed == citation.printed:
        return (citation,)
    label = _label_of(citation, "citation")
    return cite(_CONTEXTS[label] + printed)


def read_entries(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Yield the place of each entry's words, and the label before them."""
    mark = _mark(text, 1, start, end)
    number = 1
    while mark is not None:
        number += 1
        following = _mark(text, number, mark.end(), end)
        yield Span(mark.end(), following.start() if following else end), " ".join(mark["label"].split())
        mark = following


def read_entry(label: str, printed: str) -> tuple[Citation, ...]:
    """Return the citation that an entry prints; more than one where it was altered."""
    return cite(_CONTEXTS[label] + printed)


def _mark(text: str, number: int, start: int, end: int) -> re.Match[str] | None:
    return re.compile(rf"\({number}\)\s+(?P<label>{_LABELS}):\s").search(text, start, end)
