"""The draft of a determination. It has no outcome and no recommendation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from openimr.determination.payer_points import answer_payer
from openimr.determination.phrases import (
    ALSO_NOT_ENCODED,
    DAY_NOT_KNOWN,
    EDITION_NOT_ENCODED,
    NO_TOPIC,
    RECALLED_LEFT_OUT,
    connecting,
)
from openimr.determination.reading_grade import reading_grade
from openimr.determination.summary import draft_summary
from openimr.determination.told import told
from openimr.terms.case import CaseDispute
from openimr.terms.determination import Draft, DraftDispute, Sentence, SentenceOrigin
from openimr.terms.facts import Facts
from openimr.terms.findings import EditionAnswer, Finding, Status, TopicEvaluation
from openimr.terms.places import Verification

# How a request is printed of which a part was approved.
_PARTLY_APPROVED = " was the original request."
_CHECKED = {
    Verification.SEEN: "seen",
    Verification.SEEN_OTHER_EDITION: "seen in another edition",
    Verification.SEEN_LABEL: "seen in the label of the drug",
    Verification.DERIVED: "derived from others",
    Verification.CONFLICT: "found in sources that disagree",
    Verification.RECALLED: "only recalled",
}


def draft_determination(
    case_number: str,
    disputes: Sequence[CaseDispute],
    facts: Facts,
    evaluations: Sequence[Sequence[TopicEvaluation]],
    *,
    confirmed: Collection[str] = (),
) -> Draft:
    """Return what software can prepare for the physician who decides.

    Args:
        case_number: The case.
        disputes: The disputed treatments, in the order of the case.
        facts: What the record says.
        evaluations: For each dispute, its topics with their findings.
        confirmed: Criteria and topics that the library only recalls and that
            the physician has read at their source.
    """
    summary = draft_summary(facts)
    return Draft(
        case_number=case_number,
        summary=summary,
        disputes=tuple(
            _draft_dispute(number, dispute, tuple(found), frozenset(confirmed))
            for number, (dispute, found) in enumerate(zip(disputes, evaluations, strict=True), start=1)
        ),
        to_confirm=tuple(dict.fromkeys(name for found in evaluations for name in _recalled(found))),
        summary_reading_grade=reading_grade(_as_text(summary)),
    )


def with_confirmed(draft: Draft, disputes: Sequence[CaseDispute], confirmed: Collection[str]) -> Draft:
    """Return a draft that also prints what the physician has confirmed at its source.

    Args:
        draft: The draft, made with nothing confirmed.
        disputes: All disputes of the case, in its order; the draft may be about some of them.
        confirmed: Names of ``draft.to_confirm``.
    """
    return replace(
        draft,
        disputes=tuple(
            _draft_dispute(d.number, disputes[d.number - 1], d.evaluations, frozenset(confirmed))
            for d in draft.disputes
        ),
    )


def _recalled(evaluations: Iterable[TopicEvaluation]) -> Iterator[str]:
    """Yield the names of topics and criteria that are only recalled."""
    for evaluation in evaluations:
        if evaluation.topic and evaluation.verified and evaluation.verified.how is Verification.RECALLED:
            yield evaluation.topic
        yield from (f.criterion for f in evaluation.findings if f.verified.how is Verification.RECALLED)


def _as_text(sentences: Iterable[Sentence]) -> str:
    return " ".join(s.text for s in sentences)


def _draft_dispute(
    number: int,
    dispute: CaseDispute,
    evaluations: tuple[TopicEvaluation, ...],
    confirmed: frozenset[str],
) -> DraftDispute:
    printable = tuple(
        replace(e, findings=tuple(f for f in e.findings if is_printable(f, confirmed))) for e in evaluations
    )
    findings = [f for e in printable for f in e.findings]
    rationale = tuple(_rationale(dispute, evaluations, confirmed))
    return DraftDispute(
        number=number,
        request=dispute.request,
        evaluations=evaluations,
        payer_basis=dispute.ur_reason,
        rationale=rationale,
        speaks_for=_told(findings, Status.MET),
        speaks_against=_told(findings, Status.NOT_MET),
        missing=_told(findings, Status.NOT_DOCUMENTED),
        payer_points=answer_payer(dispute.ur_reason, printable),
        reading_grade=reading_grade(_as_text(rationale)),
    )


def _rationale(
    dispute: CaseDispute, evaluations: tuple[TopicEvaluation, ...], confirmed: frozenset[str]
) -> list[Sentence]:
    sentences = [_of_request(_requested(dispute.request))]
    if dispute.ur_reason:
        sentences.append(
            _of_request(f"Utilization review gave this reason: {dispute.ur_reason.rstrip('.')}.")
        )
    told_before: set[str] = set()
    for evaluation in evaluations:
        if evaluation.answer is EditionAnswer.ENCODED:
            sentences.extend(_of_topic(evaluation, told_before, confirmed))
    sentences += _without_topic({e.answer for e in evaluations})
    if any(not _is_whole(e, confirmed) for e in evaluations):
        sentences.append(connecting(RECALLED_LEFT_OUT))
    return sentences


def _without_topic(answers: Collection[EditionAnswer]) -> list[Sentence]:
    """Return why no topic, or not every one that governs, stands in the draft."""
    also = EditionAnswer.ENCODED in answers
    phrases = {
        EditionAnswer.NO_TOPIC: NO_TOPIC,
        EditionAnswer.DAY_NOT_KNOWN: DAY_NOT_KNOWN,
        EditionAnswer.EDITION_NOT_ENCODED: ALSO_NOT_ENCODED if also else EDITION_NOT_ENCODED,
    }
    return [connecting(phrase) for answer, phrase in phrases.items() if answer in answers]


def _of_request(text: str) -> Sentence:
    return Sentence(text=text, origin=SentenceOrigin.REQUEST)


def _requested(request: str) -> str:
    """Return what is asked for; a request that was approved in part is a sentence already."""
    return f"{request.rstrip('.')}." if _PARTLY_APPROVED in request else f"The request is for {request}."


def _is_checked(evaluation: TopicEvaluation, confirmed: frozenset[str]) -> bool:
    recalled = evaluation.verified is not None and evaluation.verified.how is Verification.RECALLED
    return not recalled or evaluation.topic in confirmed


def _is_whole(evaluation: TopicEvaluation, confirmed: frozenset[str]) -> bool:
    """Return whether nothing of a topic is left out because it is only recalled."""
    printable = all(is_printable(f, confirmed) for f in evaluation.findings)
    return printable and (evaluation.topic is None or _is_checked(evaluation, confirmed))


def _of_topic(
    evaluation: TopicEvaluation, told_before: set[str], confirmed: frozenset[str]
) -> list[Sentence]:
    """Return what the topic asks and what the record answers, criterion by criterion.

    What an earlier topic of the same dispute asked is not told again. What
    the record is silent on stands together, behind what it answers. A topic
    of which nothing may be printed yet is not named.
    """
    checked = _is_checked(evaluation, confirmed)
    asked = [
        f
        for f in evaluation.findings
        if f.status is not Status.NOT_APPLICABLE and is_printable(f, confirmed) and f.asks not in told_before
    ]
    if not checked and not asked:
        return []
    told_before |= {f.asks for f in asked}
    sentences = [
        Sentence(
            text=f"{evaluation.citation}: {evaluation.gist}" if checked else f"{evaluation.citation}.",
            origin=SentenceOrigin.GUIDELINE,
            citation=evaluation.citation,
        )
    ]
    answers = [(f, told(f)) for f in asked]
    # What one answer answers stands before it, so that no answer is told twice.
    together: dict[tuple[str, str | None], tuple[list[str], Sentence]] = {}
    for finding, answer in answers:
        if answer.origin is not SentenceOrigin.SILENCE:
            key = (answer.text, finding.citation)
            together.setdefault(key, ([], answer))[0].append(finding.asks.rstrip("."))
    for (_, citation), (wanted, answer) in together.items():
        sentences += [_asks(f"The guideline asks: {'; '.join(wanted)}.", citation), answer]
    silent = dict.fromkeys(f.asks.rstrip(".") for f, a in answers if a.origin is SentenceOrigin.SILENCE)
    if silent:
        text = f"The guideline also asks what the record is silent on: {'; '.join(silent)}."
        sentences.append(_asks(text, evaluation.citation))
    return sentences


def _asks(text: str, citation: str | None) -> Sentence:
    return Sentence(text=text, origin=SentenceOrigin.GUIDELINE, citation=citation)


def is_printable(finding: Finding, confirmed: Collection[str] = ()) -> bool:
    """Whether a finding may stand in a letter: its criterion is more than recalled, or was confirmed.

    What is only recalled stands in the packet until the physician has
    confirmed it against the source.
    """
    return finding.verified.how is not Verification.RECALLED or finding.criterion in confirmed


def _told(findings: list[Finding], status: Status) -> tuple[Sentence, ...]:
    """Return what is asked and what was found, one sentence for the criteria that share an answer."""
    asks: set[str] = set()
    found: dict[tuple[str, str | None, str], tuple[list[str], Sentence]] = {}
    for finding in findings:
        if finding.status is not status or finding.asks in asks:
            continue
        asks.add(finding.asks)
        answer = told(finding)
        flag = "" if finding.verified.how is Verification.SEEN else f" [{_flag(finding)}]"
        found.setdefault((f"{answer.text}{flag}", finding.citation, finding.topic), ([], answer))[0].append(
            finding.asks
        )
    return tuple(
        Sentence(
            text=f"{' '.join(wanted)} {words}",
            origin=answer.origin,
            places=answer.places,
            citation=citation,
        )
        for (words, citation, _), (wanted, answer) in found.items()
    )


def _flag(finding: Finding) -> str:
    """Return how a criterion that was not seen in its edition is shown."""
    return f"this criterion was {_CHECKED[finding.verified.how]}; not verified against its edition"
