"""Which guidelines the payer's decision cites for each disputed item, read from the decision itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.letters.citations import cite
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.records import CaseFile, ExhibitType

# A decision prints its guidelines behind a label of their own, up to the end of the sentence.
_LABEL = re.compile(
    r"(?:^|(?<=[.;])\s)[ \t]*(?:guidelines?|criteria)(?:\s+(?:used|cited|relied\s+(?:up)?on|applied))?[ \t]*"
    r"(?::|(?<=\w)[ \t]*\n)\s*(?P<line>.+?)(?=\.\s+[A-Z]|\.?\s*\n\s*\n|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_KNOWN = frozenset({CitationKind.MTUS, CitationKind.ACOEM, CitationKind.ODG, CitationKind.DRUG_LABEL})


def cited_by_payer(case_file: CaseFile, requests: Sequence[str]) -> tuple[tuple[Citation, ...] | None, ...]:
    """Return for each request the guidelines that the utilization review decision cites.

    A guideline belongs to the request that is named last before it; one that
    stands before every request belongs to all. None, where none is read.

    Args:
        case_file: The case file, with the decision among its exhibits.
        requests: The disputed items, as they are printed in the case.
    """
    text = _decision_text(case_file)
    found: list[list[Citation]] = [[] for _ in requests]
    for match in _LABEL.finditer(text):
        line = " ".join(match["line"].split())
        statement = f"Decision based on {line}" if line.startswith("MTUS ") else line
        citations = [c for c in cite(statement) if c.kind in _KNOWN]
        for number in _named_before(text[: match.start()], requests):
            found[number] += [c for c in citations if c not in found[number]]
    return tuple(tuple(citations) or None for citations in found)


def _decision_text(case_file: CaseFile) -> str:
    texts = {p.bundle_page: p.text for p in case_file.pages}
    pages = [p for e in case_file.exhibits if e.type is ExhibitType.UR_DECISION for p in e.pages]
    return "\n".join(texts[page] for page in pages)


def _named_before(text: str, requests: Sequence[str]) -> tuple[int, ...]:
    """Return which request is named last in a text; all of them where none is."""
    lower = text.lower()
    last = [lower.rfind(request.lower().split()[0]) if request.split() else -1 for request in requests]
    latest = max(last, default=-1)
    return tuple(n for n, at in enumerate(last) if at == latest)
