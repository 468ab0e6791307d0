"""What the record answers to one criterion, as a sentence with its places."""

from __future__ import annotations

from openimr.determination.summary import with_printed_days
from openimr.terms.determination import Sentence, SentenceOrigin
from openimr.terms.findings import Finding, Role, Status
from openimr.terms.places import Place


def told(finding: Finding) -> Sentence:
    """Return what the record answers to one criterion, as a sentence with its places."""
    if finding.evidence:
        origin = SentenceOrigin.RECORD
    elif finding.role is Role.NEVER:
        origin = SentenceOrigin.GUIDELINE
    elif finding.status is Status.NOT_DOCUMENTED:
        origin = SentenceOrigin.SILENCE
    else:
        origin = SentenceOrigin.REQUEST
    limit = f" ({finding.limit})" if finding.limit else ""
    return Sentence(
        text=f"{with_printed_days(finding.because.rstrip('.'))}{limit}.",
        origin=origin,
        places=_few(finding.evidence),
        citation=finding.citation,
    )


def _few(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the first two places and the last; the packet holds them all."""
    return places if len(places) <= 3 else (*places[:2], places[-1])
