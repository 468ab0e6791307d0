"""Topics asked of a record: one finding a criterion, silence kept apart from no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isfinite

from openimr.guidelines.answer import Answer, Asked, is_in_use
from openimr.guidelines.compare import compare, deciding
from openimr.guidelines.library import Document, Library
from openimr.guidelines.members import matching_topics
from openimr.guidelines.postsurgical import HALF_COURSE, half_course, recent_operation
from openimr.guidelines.questions import applies, ask
from openimr.guidelines.routes import routes_of
from openimr.guidelines.topic import Criterion, Topic
from openimr.guidelines.walk import Found, Missing, walk
from openimr.terms.facts import Facts
from openimr.terms.findings import EditionAnswer, Finding, Phase, Role, Status, TopicEvaluation
from openimr.terms.places import Place, Verification, Verified
from openimr.terms.treatment import Treatment


def evaluate(
    dispute: int, treatment: Treatment, facts: Facts, *, on: date | None, library: Library
) -> tuple[TopicEvaluation, ...]:
    """Return every topic that answers for a treatment on a day, with its findings, best first.

    Behind them stands what governs the treatment on that day and is not encoded.

    Args:
        dispute: The number of the dispute, from 1.
        treatment: What is asked for.
        facts: What the record says.
        on: The day of the request, which chooses the edition; None gives an
            answer without findings, since no edition can be chosen.
        library: The guideline library.

    Source:
        The rows of the library that are in force on the day, the topics of
        their documents, and the order of search of 8 CCR 9792.21.1.
    """
    asked = Asked(facts=facts, treatment=treatment, on=on)
    settings = frozenset({"postoperative"} if recent_operation(asked) else ())
    topics = matching_topics(treatment, library, settings=settings)
    if not topics:
        why = "No topic of the library speaks about this treatment."
        return (_without(dispute, EditionAnswer.NO_TOPIC, (why,)),)
    if on is None:
        why = "The day of the request is not known, so no edition can be chosen."
        return (_without(dispute, EditionAnswer.DAY_NOT_KNOWN, (why,)),)
    course = walk(topics, treatment, on, library)
    found = [_with_findings(dispute, f, asked, course.walked, library) for f in course.found]
    missing = [_not_encoded(dispute, m, course.walked, library) for m in course.missing]
    if not found and not missing:
        return (_without(dispute, EditionAnswer.EDITION_NOT_ENCODED, course.walked),)
    return (*found, *missing)


def _without(dispute: int, answer: EditionAnswer, walked: tuple[str, ...]) -> TopicEvaluation:
    return TopicEvaluation(
        dispute=dispute,
        answer=answer,
        topic=None,
        title=None,
        document=None,
        edition=None,
        citation=None,
        gist=None,
        walked=walked,
        findings=(),
    )


def _not_encoded(
    dispute: int, missing: Missing, walked: tuple[str, ...], library: Library
) -> TopicEvaluation:
    row = missing.row
    document = library.documents.get(row.document) if row else None
    return replace(
        _without(dispute, EditionAnswer.EDITION_NOT_ENCODED, walked),
        document=row.document if row else None,
        edition=document.edition if document else None,
        citation=row.citation if row else None,
    )


def _with_findings(
    dispute: int, found: Found, asked: Asked, walked: tuple[str, ...], library: Library
) -> TopicEvaluation:
    topic = found.topic
    document = library.documents[topic.document]
    citation = citation_of(topic, document)
    findings = tuple(_finding(dispute, topic, c, citation, asked) for c in topic.criterion)
    return TopicEvaluation(
        dispute=dispute,
        answer=EditionAnswer.ENCODED,
        topic=topic.id,
        title=topic.title,
        document=topic.document,
        edition=document.edition,
        citation=citation,
        gist=topic.gist,
        walked=walked,
        findings=findings,
        routes=routes_of(topic, findings),
        verified=topic.verified,
    )


def citation_of(topic: Topic, document: Document) -> str:
    """Return a topic's citation; pages only where they were seen.

    Source:
        The topic's ``section``, ``pages`` and ``pages_verified``.
    """
    seen = topic.pages_verified is not None and topic.pages_verified.how is Verification.SEEN
    word = "page" if len(topic.pages) == 1 and topic.pages[0].isdigit() else "pages"
    pages = f", {word} {', '.join(topic.pages)}" if topic.pages and seen else ""
    return f"{document.title}, {topic.section}{pages}"


def _finding(dispute: int, topic: Topic, criterion: Criterion, citation: str, asked: Asked) -> Finding:
    criterion = _with_number(criterion, asked)
    answer = ask(criterion.fact, asked)
    status, because, evidence = _answered(criterion, answer, asked)
    return Finding(
        dispute=dispute,
        topic=topic.id,
        criterion=criterion.id,
        role=criterion.role,
        phase=criterion.phase,
        status=status,
        asks=criterion.asks,
        because=because,
        evidence=evidence,
        citation=citation,
        verified=_less_sure(criterion.verified, answer.verified),
        limit=_limit(criterion, answer, status),
        group=criterion.group,
    )


def _less_sure(one: Verified, other: Verified | None) -> Verified:
    """Return of two ways of checking the less sure one: an answer is no surer than the table it used."""
    order = list(Verification)
    return other if other is not None and order.index(other.how) > order.index(one.how) else one


def _with_number(criterion: Criterion, asked: Asked) -> Criterion:
    """Return a criterion whose number depends on the operation, with its number where that is known."""
    number = half_course(asked) if criterion.value == HALF_COURSE else None
    return replace(criterion, value=number, unit="visits") if number is not None else criterion


def _answered(criterion: Criterion, answer: Answer, asked: Asked) -> tuple[Status, str, tuple[Place, ...]]:
    """Return status, reason and places; what does not apply to this request is not applicable."""
    if criterion.role is Role.NEVER:
        unless = applies(criterion.when, asked)
        if unless.value is False:
            return Status.NOT_APPLICABLE, unless.because, ()
        return (
            Status.NOT_MET,
            "The topic allows no exception; this is of the guideline, not of the record.",
            (),
        )
    if criterion.when is not None:
        condition = applies(criterion.when, asked)
        if condition.value is False:
            return Status.NOT_APPLICABLE, condition.because, ()
        if condition.value is None:
            return Status.NOT_DOCUMENTED, condition.because, condition.places
    if criterion.phase is Phase.INITIAL and is_in_use(asked):
        return Status.NOT_APPLICABLE, "The record shows that the treatment was used before.", ()
    status, places = compare(criterion, answer)
    because = answer.because
    if found := deciding(criterion, answer):
        because, places = found
    if criterion.phase in (Phase.CONTINUATION, Phase.REPEAT) and not is_in_use(asked):
        because = f"The record does not show that the treatment was used before. {because}"
    return status, because, places


def _limit(criterion: Criterion, answer: Answer, status: Status) -> str | None:
    """Return the ceiling of a limit, and beside it the number that was found."""
    wanted = criterion.value
    if criterion.role is not Role.LIMIT or isinstance(wanted, bool) or status is Status.NOT_APPLICABLE:
        return None
    if not isinstance(wanted, (int, float)):
        return None
    unit = f" {criterion.unit}" if criterion.unit else ""
    limit = f"{wanted:g}{unit} at most"
    if isinstance(answer.value, float) and isfinite(answer.value):
        limit += f"; {round(answer.value, 1):g}{unit} found"
    return limit
