"""The payer's reason point by point, each beside what guideline and record say to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from openimr.determination.phrases import POINT_NOT_ASKED, connecting
from openimr.determination.told import told
from openimr.facts.sentences import split_sentences
from openimr.terms.determination import PayerPoint, Sentence, SentenceOrigin
from openimr.terms.findings import Finding, Status, TopicEvaluation

# A reader looks at the nearest answers; all of them stand in the table of criteria.
_MOST_ANSWERS = 3


@cache
def _subjects() -> dict[str, re.Pattern[str]]:
    source = files("openimr.determination").joinpath("payer_words.toml").read_text(encoding="utf-8")
    return {
        subject: re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
        for subject, words in tomllib.loads(source)["subjects"].items()
    }


def subjects_of(text: str) -> frozenset[str]:
    """Return the subjects that a sentence speaks of, by its words."""
    return frozenset(subject for subject, words in _subjects().items() if words.search(f"{text} "))


def answer_payer(reason: str | None, evaluations: Iterable[TopicEvaluation]) -> tuple[PayerPoint, ...]:
    """Return each point of the payer's reason with the criteria that are about the same subject.

    A point that no printable criterion is about says so; nothing is weighed
    and no side is taken.

    Args:
        reason: The reason as utilization review printed it.
        evaluations: The topics of the dispute with their findings, as far as
            they may be printed.
    """
    asked = {f.asks: f for e in evaluations for f in e.findings if f.status is not Status.NOT_APPLICABLE}
    findings = tuple(asked.values())
    return tuple(PayerPoint(said=point, answers=_answers(point, findings)) for point in _points(reason or ""))


def _points(reason: str) -> list[str]:
    parts = (reason[s.start : s.end].strip(" ;\n") for s in split_sentences(reason))
    return [" ".join(part.split()) for part in parts if re.search(r"\w", part)]


def _answers(point: str, findings: Sequence[Finding]) -> tuple[Sentence, ...]:
    wanted = subjects_of(point)
    about = [(wanted & subjects_of(f.asks), f) for f in findings]
    # A subject that few criteria are about says most of what the point means.
    weight = {subject: 1 / max(1, sum(subject in found for found, _ in about)) for subject in wanted}
    found = [(sum(weight[subject] for subject in shared), f) for shared, f in about if shared]
    nearest = sorted(found, key=lambda pair: -pair[0])[:_MOST_ANSWERS]
    if not nearest:
        return (connecting(POINT_NOT_ASKED),)
    return tuple(s for _, finding in nearest for s in (_asked(finding), told(finding)))


def _asked(finding: Finding) -> Sentence:
    return Sentence(
        text=f"The guideline asks: {finding.asks}", origin=SentenceOrigin.GUIDELINE, citation=finding.citation
    )
