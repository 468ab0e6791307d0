"""Topics asked of a record: one finding a criterion, silence kept apart from no."""

from __future__ import annotations

from datetime import date

from openimr.guidelines.library import Document, InForce, Library
from openimr.guidelines.questions import Answer, Asked, ask
from openimr.guidelines.topic import Criterion, Topic
from openimr.terms.facts import Facts
from openimr.terms.findings import EditionAnswer, Finding, Phase, Role, Status, TopicEvaluation
from openimr.terms.places import Place, Verification
from openimr.terms.treatment import Treatment
from openimr.vocabulary.drugs import all_drugs


def topics_for(treatment: Treatment, library: Library) -> tuple[str, ...]:
    """Return the ids of the topics that speak about a treatment, most specific first.

    A topic that names the drug comes before one that names its class.

    Source:
        The ``members`` of each topic.
    """
    ids = {treatment.name or ""} | set(treatment.ingredients)
    by_id = {d.id: d for d in all_drugs()}
    drug = by_id.get(treatment.name or "")
    drug_class = drug.drug_class if drug else (treatment.drug_class or "")
    is_opioid = drug is not None and drug.is_opioid
    named: list[str] = []
    by_class: list[str] = []
    for topic in library.topics:
        members = topic.members
        if ids & (set(members.drugs) | set(members.treatments)):
            named.append(topic.id)
        elif any(_is_of_class(drug_class, c, is_opioid=is_opioid) for c in members.classes):
            by_class.append(topic.id)
    return tuple(dict.fromkeys((*named, *by_class)))


def _is_of_class(drug_class: str, wanted: str, *, is_opioid: bool) -> bool:
    if wanted == "opioid":
        return is_opioid
    return drug_class.split(",")[0].strip() in (wanted, f"{wanted} combination")


def evaluate(
    dispute: int, treatment: Treatment, facts: Facts, *, on: date | None, library: Library
) -> tuple[TopicEvaluation, ...]:
    """Return every topic in force that speaks about a treatment, with its findings.

    Args:
        dispute: The number of the dispute, from 1.
        treatment: What is asked for.
        facts: What the record says.
        on: The day of the request, which chooses the edition; None gives an
            answer without findings, since no edition can be chosen.
        library: The guideline library.

    Source:
        The rows of the library that are in force on the day, and the topics
        of their documents.
    """
    wanted = topics_for(treatment, library)
    if not wanted:
        return (
            _without(dispute, EditionAnswer.NO_TOPIC, "No topic of the library speaks about this treatment."),
        )
    if on is None:
        return (
            _without(
                dispute,
                EditionAnswer.EDITION_NOT_ENCODED,
                "The day of the request is not known, so no edition can be chosen.",
            ),
        )
    found: list[TopicEvaluation] = []
    missing: list[TopicEvaluation] = []
    for topic_id in wanted:
        area = next(t.area for t in library.topics if t.id == topic_id)
        row = library.document_on(area, on)
        topic = library.topic(topic_id, row.document) if row else None
        if row is None or topic is None:
            missing.append(_not_encoded(dispute, area, row, on, library))
        else:
            found.append(
                _with_findings(dispute, topic, row, Asked(facts=facts, treatment=treatment, on=on), library)
            )
    return tuple(found) or tuple(dict.fromkeys(missing))


def _without(dispute: int, answer: EditionAnswer, why: str) -> TopicEvaluation:
    return TopicEvaluation(
        dispute=dispute,
        answer=answer,
        topic=None,
        title=None,
        document=None,
        edition=None,
        citation=None,
        gist=None,
        walked=(why,),
        findings=(),
    )


def _not_encoded(dispute: int, area: str, row: InForce | None, on: date, library: Library) -> TopicEvaluation:
    document = library.documents.get(row.document) if row else None
    named = document.title if document else f"no document for the area {area}"
    return TopicEvaluation(
        dispute=dispute,
        answer=EditionAnswer.EDITION_NOT_ENCODED,
        topic=None,
        title=None,
        document=row.document if row else None,
        edition=document.edition if document else None,
        citation=row.citation if row else None,
        gist=None,
        walked=(
            f"On {on.isoformat()} {named} governed {area}; its topic on this treatment is not in the "
            "library, and no older edition stands in for it.",
        ),
        findings=(),
    )


def _with_findings(
    dispute: int, topic: Topic, row: InForce, asked: Asked, library: Library
) -> TopicEvaluation:
    document = library.documents[topic.document]
    citation = citation_of(topic, document)
    answers = [(c, ask(c.fact, asked)) for c in topic.criterion]
    findings = tuple(_finding(dispute, topic, c, a, citation, asked) for c, a in answers)
    return TopicEvaluation(
        dispute=dispute,
        answer=EditionAnswer.ENCODED,
        topic=topic.id,
        title=topic.title,
        document=topic.document,
        edition=document.edition,
        citation=citation,
        gist=topic.gist,
        walked=(
            f"Step 1, the MTUS: {document.title} was in force for {topic.area} on "
            f"{asked.on.isoformat() if asked.on else 'that day'} ({row.citation}) and speaks about "
            "this treatment; the walk ends here.",
        ),
        findings=findings,
    )


def citation_of(topic: Topic, document: Document) -> str:
    """Return a topic's citation; pages only where they were seen.

    Source:
        The topic's ``section``, ``pages`` and ``pages_verified``.
    """
    seen = topic.pages_verified is not None and topic.pages_verified.how is Verification.SEEN
    pages = f", pages {', '.join(topic.pages)}" if topic.pages and seen else ""
    return f"{document.title}, {topic.section}{pages}"


def _finding(
    dispute: int, topic: Topic, criterion: Criterion, answer: Answer, citation: str, asked: Asked
) -> Finding:
    status, evidence = _status(criterion, answer)
    because = answer.because
    if criterion.phase is Phase.INITIAL and _is_in_use(asked):
        status, evidence = Status.NOT_APPLICABLE, ()
        because = "The record shows that the treatment was used before."
    elif criterion.phase is Phase.CONTINUATION and not _is_in_use(asked):
        because = f"The record does not show that the treatment was used before. {because}"
    limit = None
    if criterion.role is Role.LIMIT and isinstance(criterion.value, (int, float)):
        unit = f" {criterion.unit}" if criterion.unit else ""
        limit = f"{criterion.value:g}{unit} at most"
        if isinstance(answer.value, float):
            limit += f"; {answer.value:g}{unit} found"
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
        verified=criterion.verified,
        limit=limit,
        group=criterion.group,
    )


def _is_in_use(asked: Asked) -> bool:
    """Whether the record shows that the patient already had the treatment."""
    names = {d.id for d in all_drugs() if set(asked.treatment.ingredients) & set(d.ingredients)}
    return any(use.drug in names and use.mentions for use in asked.facts.drug_use)


def _status(criterion: Criterion, answer: Answer) -> tuple[Status, tuple[Place, ...]]:
    """Compare an answer with what a criterion wants; silence stays silence."""
    wanted = criterion.value
    if isinstance(answer.value, frozenset) or answer.refuted:
        return _set_status(criterion, answer)
    if answer.value is None:
        return Status.NOT_DOCUMENTED, answer.places
    if criterion.op == "is":
        return _said(answer.value == wanted), answer.places
    assert isinstance(answer.value, float) and isinstance(wanted, (int, float))
    if criterion.op == ">=":
        return _said(answer.value >= wanted), answer.places
    if answer.value > wanted:
        return Status.NOT_MET, answer.places
    if criterion.fact == "rx.duration_of_use_total":
        # the days shown are the least there were: they can pass a limit, never prove that it was kept
        return Status.NOT_DOCUMENTED, answer.places
    return Status.MET, answer.places


def _said(is_so: bool) -> Status:
    return Status.MET if is_so else Status.NOT_MET


def _set_status(criterion: Criterion, answer: Answer) -> tuple[Status, tuple[Place, ...]]:
    wanted = criterion.value if isinstance(criterion.value, tuple) else (str(criterion.value),)
    found = answer.value if isinstance(answer.value, frozenset) else frozenset()
    shared = found & set(wanted)
    if criterion.op in ("intersects", "in"):
        if shared:
            return Status.MET, answer.places
        if criterion.op == "in" and found:
            return Status.NOT_MET, answer.places
        if set(wanted) <= answer.refuted:
            return Status.NOT_MET, answer.refuted_at
        return Status.NOT_DOCUMENTED, ()
    if shared:
        return Status.NOT_MET, answer.places
    if set(wanted) <= answer.refuted:
        return Status.MET, answer.refuted_at
    if found and criterion.fact != "dx.concepts":
        # a list of medications or parts was given, and this is not among them
        return Status.MET, answer.places
    return Status.NOT_DOCUMENTED, ()
