"""The draft of a determination. It has no outcome and no recommendation."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.determination.phrases import EDITION_NOT_ENCODED, NO_TOPIC, RECALLED_LEFT_OUT, connecting
from openimr.determination.summary import draft_summary
from openimr.terms.case import CaseDispute
from openimr.terms.determination import Draft, DraftDispute, Sentence, SentenceOrigin
from openimr.terms.facts import Facts
from openimr.terms.findings import EditionAnswer, Finding, Role, Status, TopicEvaluation
from openimr.terms.places import Place, Verification


def draft_determination(
    case_number: str,
    disputes: Sequence[CaseDispute],
    facts: Facts,
    evaluations: Sequence[Sequence[TopicEvaluation]],
) -> Draft:
    """Return what software can prepare for the physician who decides.

    Args:
        case_number: The case.
        disputes: The disputed treatments, in the order of the case.
        facts: What the record says.
        evaluations: For each dispute, its topics with their findings.
    """
    return Draft(
        case_number=case_number,
        summary=draft_summary(facts),
        disputes=tuple(
            _draft_dispute(number, dispute, tuple(found))
            for number, (dispute, found) in enumerate(zip(disputes, evaluations, strict=True), start=1)
        ),
    )


def _draft_dispute(
    number: int, dispute: CaseDispute, evaluations: tuple[TopicEvaluation, ...]
) -> DraftDispute:
    findings = [f for e in evaluations for f in e.findings]
    return DraftDispute(
        number=number,
        request=dispute.request,
        evaluations=evaluations,
        payer_basis=dispute.ur_reason,
        rationale=tuple(_rationale(dispute, evaluations)),
        speaks_for=_told(findings, Status.MET),
        speaks_against=_told(findings, Status.NOT_MET),
        missing=_told(findings, Status.NOT_DOCUMENTED),
    )


def _rationale(dispute: CaseDispute, evaluations: tuple[TopicEvaluation, ...]) -> list[Sentence]:
    sentences = [_of_request(f"The request is for {dispute.request}.")]
    if dispute.ur_reason:
        sentences.append(
            _of_request(f"Utilization review gave this reason: {dispute.ur_reason.rstrip('.')}.")
        )
    told_before: set[str] = set()
    for evaluation in evaluations:
        if evaluation.answer is EditionAnswer.NO_TOPIC:
            sentences.append(connecting(NO_TOPIC))
        elif evaluation.answer is EditionAnswer.EDITION_NOT_ENCODED:
            sentences.append(connecting(EDITION_NOT_ENCODED))
        else:
            sentences.extend(_of_topic(evaluation, told_before))
    return sentences


def _of_request(text: str) -> Sentence:
    return Sentence(text=text, origin=SentenceOrigin.REQUEST)


def _of_topic(evaluation: TopicEvaluation, told_before: set[str]) -> list[Sentence]:
    """Return what the topic asks and, criterion by criterion, what the record answers.

    What an earlier topic of the same dispute asked is not told again.
    """
    checked = evaluation.verified is None or evaluation.verified.how is not Verification.RECALLED
    sentences = [
        Sentence(
            text=f"{evaluation.citation}: {evaluation.gist}" if checked else f"{evaluation.citation}.",
            origin=SentenceOrigin.GUIDELINE,
            citation=evaluation.citation,
        )
    ]
    for finding in evaluation.findings:
        if (
            finding.status is Status.NOT_APPLICABLE
            or not is_printable(finding)
            or finding.asks in told_before
        ):
            continue
        told_before.add(finding.asks)
        sentences.append(
            Sentence(
                text=f"The guideline asks: {finding.asks}",
                origin=SentenceOrigin.GUIDELINE,
                citation=finding.citation,
            )
        )
        sentences.append(told(finding))
    if not checked or any(not is_printable(f) for f in evaluation.findings):
        sentences.append(connecting(RECALLED_LEFT_OUT))
    return sentences


def is_printable(finding: Finding) -> bool:
    """Whether a finding may stand in a letter: its criterion is more than recalled.

    What is only recalled stands in the packet until the physician has
    confirmed it against the source.
    """
    return finding.verified.how is not Verification.RECALLED


def _few(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the first two places and the last; the packet holds them all."""
    return places if len(places) <= 3 else (*places[:2], places[-1])


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
        text=f"{finding.because.rstrip('.')}{limit}.",
        origin=origin,
        places=_few(finding.evidence),
        citation=finding.citation,
    )


def _told(findings: list[Finding], status: Status) -> tuple[Sentence, ...]:
    """Return one sentence a criterion with this answer: what is asked, what was found."""
    found: dict[str, Sentence] = {}
    for finding in findings:
        if finding.status is not status or not is_printable(finding):
            continue
        answer = told(finding)
        flag = "" if finding.verified.how is Verification.SEEN else f" [{_flag(finding)}]"
        found.setdefault(
            finding.asks,
            Sentence(
                text=f"{finding.asks} {answer.text}{flag}",
                origin=answer.origin,
                places=answer.places,
                citation=finding.citation,
            ),
        )
    return tuple(found.values())


def _flag(finding: Finding) -> str:
    """Return how a criterion that was not seen in its edition is shown."""
    words = finding.verified.how.value.replace("_", " ")
    return f"this criterion is {words}, not verified against its edition"
