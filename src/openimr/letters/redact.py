"""Take out of a letter what identifies a person, and count what was taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from openimr.letters.citations import cite
from openimr.terms.issuance import Issuance, WithheldName
from openimr.terms.letter import DocumentReviewed, Letter, LetterDispute
from openimr.terms.problem import Problem, Severity
from openimr.vocabulary.requests import parse_request


@dataclass(frozen=True, slots=True)
class Redacted:
    """A letter without names, and how often each kind of name was withheld."""

    letter: Letter
    issuance: Issuance | None
    withheld: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def redact(letter: Letter, issuance: Issuance | None) -> Redacted:
    """Return the letter as it may be published.

    Authors and senders of documents are always withheld. In the text, the
    names that the record lists are withheld wherever they stand; a record
    without such a list is reported, since nobody looked for names then.
    Dates and ages stay, as published determinations print them.
    """
    counts: Counter[str] = Counter()
    names = issuance.withheld_names if issuance else ()
    clean = _cleaner(names, counts)
    documents = letter.documents_reviewed
    if documents is not None:
        documents = tuple(_document(d, clean, counts) for d in documents)
    published = replace(
        letter,
        clinical_summary=clean(letter.clinical_summary) if letter.clinical_summary else None,
        documents_reviewed=documents,
        disputes=tuple(_dispute(d, clean) for d in letter.disputes),
    )
    if issuance and issuance.addressees:
        counts["addressee"] += len(issuance.addressees)
    shown = replace(issuance, addressees=(), service=None, withheld_names=()) if issuance else None
    problems = () if names else (_nobody_looked(),)
    return Redacted(published, shown, tuple(sorted(counts.items())), problems)


def _nobody_looked() -> Problem:
    return Problem(
        code="letter.names_not_listed",
        field="issuance.withheld_names",
        message="The record lists no names to withhold, so the text was not searched for any.",
        remedy="List the names of the persons of the case in the record, or read the text yourself.",
        severity=Severity.WARNING,
    )


def _cleaner(names: tuple[WithheldName, ...], counts: Counter[str]) -> Callable[[str], str]:
    patterns = [
        (name.kind, re.compile(rf"\b{_spelled(name.name)}\b", re.IGNORECASE))
        for name in sorted(names, key=lambda n: -len(n.name))
        if name.name.strip()
    ]

    def clean(text: str) -> str:
        for kind, pattern in patterns:
            text, count = pattern.subn(f"[{kind} withheld]", text)
            counts[kind] += count
        return text

    return clean


def _spelled(name: str) -> str:
    """Return a pattern for a name with any white space between its words."""
    return r"\s+".join(re.escape(word) for word in name.split())


def _document(
    document: DocumentReviewed, clean: Callable[[str], str], counts: Counter[str]
) -> DocumentReviewed:
    if document.author:
        counts["author of a document"] += 1
    return replace(
        document,
        title=clean(document.title),
        author="withheld" if document.author else None,
        submitted_by=clean(document.submitted_by) if document.submitted_by else None,
    )


def _dispute(dispute: LetterDispute, clean: Callable[[str], str]) -> LetterDispute:
    request = clean(dispute.request) if dispute.request else None
    return replace(
        dispute,
        request=request,
        treatment=parse_request(request) if request else None,
        rationale=clean(dispute.rationale) if dispute.rationale else None,
        payer_basis=_clean_basis(dispute.payer_basis, clean),
        reviewer_basis=_clean_basis(dispute.reviewer_basis, clean),
    )


def _clean_basis(basis, clean):  # type: ignore[no-untyped-def]
    if basis is None:
        return None
    return tuple(c for citation in basis for c in cite(clean(citation.printed)))
