"""From citations in a letter to the topics of the library that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from openimr.guidelines.cited_words import fit_of, in_chapter, is_inside, part_is_inside, plain, touches
from openimr.guidelines.library import Library, Tier
from openimr.guidelines.members import matching_topics
from openimr.guidelines.topic import Topic
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.treatment import Treatment
from openimr.vocabulary.requests import parse_request

# "Table 12-8" stands where a section is named, but sums up a chapter.
_TABLE = re.compile(r"Tables?\s+\d", re.IGNORECASE)
# A chapter may be cited for what belongs to an operation, whether the request says so or not.
_ANY_SETTING = frozenset({"postoperative"})


class Resolution(StrEnum):
    """How a citation led to topics, or why it did not."""

    NAMED = "named"
    """A section name, or a page, of the cited document."""
    CHAPTER = "chapter"
    """Only a chapter is named: of its topics those that speak about the treatment."""
    WHOLE_CHAPTER = "whole_chapter"
    """Only a chapter is named, and no topic of it is known to speak about the treatment: any may be meant."""
    OTHER_DOCUMENT = "other_document"
    """The subject is in the library, but not in the document that is cited."""
    DOCUMENT = "document"
    """Only the document is named; it leads to a topic where the document has but one."""
    UNKNOWN = "unknown"
    """Nothing in the library answers to the words."""
    NOT_A_CITATION = "not_a_citation"
    """The line says that nothing was cited, or only that it lies outside the MTUS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What one citation names, and what is wrong with it.

    ``wrong`` says in plain words that the edition was not in force on the day,
    or that a page lies outside the section; it is empty where nothing is.
    """

    citation: Citation
    resolution: Resolution
    topics: tuple[str, ...] = ()
    document: str | None = None
    wrong: tuple[str, ...] = ()


def topics_cited(
    citations: Iterable[Citation], library: Library, *, treatment: Treatment | None = None
) -> tuple[str, ...]:
    """Return the topics that a guideline line names, in its order, each once.

    Args:
        citations: The citations of the line.
        library: The guideline library.
        treatment: What the line is about; it chooses among the topics of a chapter.

    Source:
        The ``cited_as`` names, chapters and pages of each topic.
    """
    found = (resolve(c, library, treatment=treatment) for c in _with_document(citations))
    return tuple(dict.fromkeys(topic for r in found for topic in r.topics))


def resolve_all(
    citations: Iterable[Citation],
    library: Library,
    *,
    on: date | None = None,
    treatment: Treatment | None = None,
) -> tuple[Resolved, ...]:
    """Return what each citation of a guideline line names.

    A line that goes on from one before ("Low Back (Hyperstimulation
    analgesia)" under the ODG) is read as the document's of that line.

    Source:
        The ``cited_as`` names, chapters and pages of each topic.
    """
    return tuple(resolve(c, library, on=on, treatment=treatment) for c in _with_document(citations))


def _with_document(citations: Iterable[Citation]) -> Iterable[Citation]:
    is_outside = False
    for citation in citations:
        is_outside = is_outside or citation.kind in (CitationKind.OUTSIDE_MTUS, CitationKind.ODG)
        chapter = _odg_chapter(citation.printed)
        if citation.kind is CitationKind.OTHER and citation.document is None and chapter:
            yield Citation(
                kind=CitationKind.ODG,
                printed=citation.printed,
                document="odg",
                chapter=chapter,
                sections=_rest(citation.printed, chapter),
            )
        else:
            yield citation


# Chapters of the ODG by which a line that goes on is known.
_ODG_CHAPTERS = (
    "low back|neck and upper back|neck|shoulder|elbow|forearm wrist and hand|knee and leg|knee"
    "|ankle and foot|hip and pelvis|head|pain|mental illness and stress|carpal tunnel syndrome"
    "|fitness for duty|hernia|diabetes|pulmonary|burns|eye"
).split("|")


def _odg_chapter(printed: str) -> str | None:
    words = plain(printed)
    return next((c for c in _ODG_CHAPTERS if words == c or words.startswith(f"{c} ")), None)


def _rest(printed: str, chapter: str) -> tuple[str, ...]:
    rest = plain(printed)[len(chapter) :].strip()
    for word in ("lumbar and thoracic", "acute and chronic", "chapter", "section"):
        rest = rest.removeprefix(word).strip()
    return (rest,) if rest else ()


def resolve(
    citation: Citation, library: Library, *, on: date | None = None, treatment: Treatment | None = None
) -> Resolved:
    """Return what a citation names: topics by section, page, chapter or subject, or that it is unknown.

    Args:
        citation: A citation as a letter prints it.
        library: The guideline library.
        on: The day whose editions must be in force; None asks nothing of them.
        treatment: What the citation is about; it chooses among the topics of a chapter.

    Source:
        The ``cited_as`` names, chapters and pages of each topic.
    """
    if citation.kind in (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS):
        return Resolved(citation=citation, resolution=Resolution.NOT_A_CITATION)
    document = _document_of(citation)
    is_known = document in library.documents
    own = [t for t in library.topics if t.document == document]
    topics: list[Topic] = []
    how = Resolution.UNKNOWN
    if document is not None and is_known:
        topics, how = _find(citation, own, library, document)
    wrong = _pages(citation, topics, how)
    if treatment is not None:
        topics, how = _narrowed(citation, treatment, topics, how, library)
    edition = _edition(document, topics or own, on, library) if document is not None and is_known else ()
    return Resolved(
        citation=citation,
        resolution=how,
        topics=tuple(dict.fromkeys(t.id for t in topics)),
        document=document,
        wrong=(*edition, *wrong),
    )


def _narrowed(
    citation: Citation, treatment: Treatment, topics: list[Topic], how: Resolution, library: Library
) -> tuple[list[Topic], Resolution]:
    """Return the topics that are meant where the treatment tells more than the words of the line."""
    if _about(treatment, topics, library) and how is not Resolution.WHOLE_CHAPTER:
        return topics, how
    if how in (Resolution.NAMED, Resolution.OTHER_DOCUMENT, Resolution.WHOLE_CHAPTER, Resolution.UNKNOWN):
        for found, resolution in _meant(citation, treatment, topics, library):
            if found:
                # what a whole chapter holds is a guess, what a section names is not
                kept = [] if how is Resolution.WHOLE_CHAPTER else topics
                return [*kept, *found], resolution
    return topics, how


def _meant(
    citation: Citation, treatment: Treatment, topics: Sequence[Topic], library: Library
) -> Iterator[tuple[list[Topic], Resolution]]:
    """Yield what a line may mean by what its words do not name, the surest first."""
    own = _about(treatment, [t for t in library.topics if t.document == citation.document], library)
    yield [t for t in own if citation.pages and touches(t, citation)], Resolution.NAMED
    # the tables at the end of a chapter sum up all of it, and few pages of a topic are known
    has_section = any(not _TABLE.match(section) for section in citation.sections)
    if citation.chapter and not has_section:
        yield [t for t in own if in_chapter(citation, t)], Resolution.CHAPTER
    subject = _about_by_name(treatment, library)
    words = " ".join(citation.sections) or citation.printed
    yield [t for t in subject if is_inside(t, words)], Resolution.OTHER_DOCUMENT
    yield _about(treatment, topics, library), Resolution.CHAPTER
    if _names(citation, treatment):
        # the label of a drug is about that drug, whether a topic lists it or takes in all its kind
        is_label = citation.kind is CitationKind.DRUG_LABEL
        yield subject or (own if is_label else []), Resolution.OTHER_DOCUMENT
    if citation.kind is CitationKind.ACOEM and not citation.chapter:
        acoem = [t for t in library.topics if t.document in _NEEDS_CHAPTER]
        yield [t for t in _about(treatment, acoem, library) if part_is_inside(t, words)], Resolution.CHAPTER


def _about_by_name(treatment: Treatment, library: Library) -> list[Topic]:
    """Return the topics that list a treatment or its class, not those for all of its kind."""
    return list(matching_topics(treatment, library, settings=_ANY_SETTING, by_kind=False))


def _names(citation: Citation, treatment: Treatment) -> bool:
    """Return whether the words of a source name a treatment, by any name of the vocabulary."""
    if treatment.name is None and not treatment.ingredients:
        return False
    said = parse_request(" ".join(citation.sections) or citation.printed)
    if treatment.name is not None and said.name == treatment.name:
        return True
    return bool(treatment.ingredients) and set(treatment.ingredients) <= set(said.ingredients)


def _about(treatment: Treatment, topics: Sequence[Topic], library: Library) -> list[Topic]:
    """Return the topics that speak about a treatment, by name before class and kind."""
    fitting = [(t.document, t.id) for t in matching_topics(treatment, library, settings=_ANY_SETTING)]
    return [t for t in topics if (t.document, t.id) in fitting]


def _document_of(citation: Citation) -> str | None:
    if citation.document is None and citation.kind is CitationKind.DRUG_LABEL:
        return "fda-label"
    return citation.document


def _find(
    citation: Citation, own: Sequence[Topic], library: Library, document: str
) -> tuple[list[Topic], Resolution]:
    if named := _by_name(citation, own):
        return named, Resolution.NAMED
    if paged := [t for t in own if citation.pages and touches(t, citation)]:
        return paged, Resolution.NAMED
    others = [t for t in library.topics if t.document not in (document, "mtus-ps-2009")]
    others = [t for t in others if library.documents[t.document].tier is not Tier.NONE]
    if elsewhere := _by_name(citation, others, is_other=True):
        return elsewhere, Resolution.OTHER_DOCUMENT
    if chapter := [t for t in (*own, *others) if t.chapters and in_chapter(citation, t)]:
        return chapter, Resolution.WHOLE_CHAPTER
    if citation.chapter and not citation.sections:
        # a chapter that is a subject of its own, such as carpal tunnel syndrome
        as_section = replace(citation, sections=(citation.chapter,), chapter=None)
        if subject := _by_name(as_section, others, is_other=True):
            return subject, Resolution.OTHER_DOCUMENT
    if not citation.sections and not citation.chapter:
        return (list(own) if len({t.id for t in own}) == 1 else []), Resolution.DOCUMENT
    return [], Resolution.UNKNOWN


def _by_name(citation: Citation, topics: Sequence[Topic], *, is_other: bool = False) -> list[Topic]:
    """Return the topics whose names fit a printed section best, section by section."""
    found: list[Topic] = []
    for section in citation.sections:
        ranked = [
            (length, t)
            for t in topics
            if _may_stand(citation, t, is_other=is_other)
            and (length := max((fit_of(section, name) for name in t.cited_as), default=0))
        ]
        best = max((length for length, _ in ranked), default=0)
        found += [t for length, t in ranked if length == best]
    return found


# The general chapter whose sections are cited by their own names.
_GENERAL = "initial approaches to treatment"
# Names that mean something only inside their chapter.
_NEEDS_CHAPTER = frozenset({"acoem-2004"})


def _may_stand(citation: Citation, topic: Topic, *, is_other: bool) -> bool:
    if is_other and citation.chapter and topic.document in _NEEDS_CHAPTER:
        return _has_part_in_common(citation, topic)
    if is_other or not topic.chapters:
        return True
    if citation.chapter is None:
        return topic.document not in _NEEDS_CHAPTER or _names_a_chapter(citation, topic)
    return in_chapter(citation, topic)


def _names_a_chapter(citation: Citation, topic: Topic) -> bool:
    """Whether a line without a chapter names a general one, whose title stands as the section."""
    printed = {plain(section) for section in citation.sections}
    return any((c := plain(chapter)) == _GENERAL or c in printed for chapter in topic.chapters)


def _has_part_in_common(citation: Citation, topic: Topic) -> bool:
    first = set(plain(citation.chapter or "").split()) - {"and", "complaints"}
    return bool(first & {word for c in topic.chapters for word in plain(c).split()})


def _edition(document: str, topics: Sequence[Topic], on: date | None, library: Library) -> tuple[str, ...]:
    """Return that an MTUS edition was not in force on the day, or nothing."""
    cited = library.documents[document]
    if on is None or cited.tier is not Tier.MTUS or not topics:
        return ()
    areas = {area for t in topics for area in (t.area, *t.areas)}
    rows = [row for area in sorted(areas) if (row := library.document_on(area, on))]
    if not rows or any(row.document == document for row in rows):
        return ()
    instead = " and ".join(dict.fromkeys(library.documents[row.document].title for row in rows))
    return (f"{cited.title} was not in force on {on.isoformat()}; {instead} was.",)


def _pages(citation: Citation, topics: Sequence[Topic], how: Resolution) -> tuple[str, ...]:
    """Return that the printed pages lie outside the section, or nothing."""
    known = [t for t in topics if t.pages and t.pages_verified]
    if how is not Resolution.NAMED or not citation.pages or not citation.sections or not known:
        return ()
    if any(touches(t, citation) for t in known) or len(known) < len(topics):
        return ()
    topic = known[0]
    assert topic.pages_verified is not None
    printed = ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in citation.pages)
    return (
        f"Page {printed} lies outside the section {topic.section}, pages {', '.join(topic.pages)} "
        f"({topic.pages_verified.how.value.replace('_', ' ')}).",
    )
