"""The search for the guideline that answers, step by step, each step left for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.guidelines.formulary import formulary_words
from openimr.guidelines.library import InForce, Library, Tier
from openimr.guidelines.topic import Topic
from openimr.law.qualifications import hierarchy
from openimr.terms.errors import LawError
from openimr.terms.places import Verification
from openimr.terms.treatment import Treatment, TreatmentKind

# The areas that the chapters by part of the body have in the rows of editions.
_AREAS = {
    "neck": "neck and upper back",
    "thoracic spine": "neck and upper back",
    "lumbar spine": "low back",
    "back": "low back",
    "spine": "low back",
    "sacroiliac joint": "low back",
    "shoulder": "shoulder",
    "elbow": "elbow",
    "forearm": "forearm, wrist, hand",
    "wrist": "forearm, wrist, hand",
    "hand": "forearm, wrist, hand",
    "finger": "forearm, wrist, hand",
    "thumb": "forearm, wrist, hand",
    "knee": "knee",
    "ankle": "ankle and foot",
    "foot": "ankle and foot",
    "toe": "ankle and foot",
}

_STEPS = (
    (Tier.MTUS, "Step 1, the MTUS"),
    (Tier.ACOEM_OR_ODG, "Step 2, the current ACOEM or ODG"),
    (Tier.OTHER_GUIDELINE, "Step 3, other guidelines and labels"),
    (Tier.STUDY, "Step 4, studies"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A topic that answers on a day, and the row that puts it in force, if one does."""

    topic: Topic
    row: InForce | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An area whose edition of the day holds no topic here on the treatment."""

    area: str
    row: InForce | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The topics of the first step that answers, what is not encoded, the course of the search."""

    found: tuple[Found, ...]
    missing: tuple[Missing, ...]
    walked: tuple[str, ...]


def walk(topics: Sequence[Topic], treatment: Treatment, on: date, library: Library) -> Walk:
    """Return the topics that answer on a day, and how the search came to them.

    Args:
        topics: Every topic that speaks about the treatment, best first.
        treatment: What is asked for; the day of a service given already
            chooses the editions that go by the service.
        on: The day of the request; for the standards it stands for the day of
            the determination, which is not known yet.
        library: The guideline library.

    Source:
        8 CCR 9792.21.1(a): the MTUS in force; only where it is silent or its
        presumption is challenged, the current ACOEM or ODG; then other
        guidelines; then studies. Lab. Code 4610.5(c)(2) for the standards.
    """
    said = [_standards(on)]
    if treatment.kind is TreatmentKind.MEDICATION and (words := formulary_words(on)):
        said.append(words)
    missing: list[Missing] = []
    silent = {document for topic in topics for document in topic.silent}
    for tier, name in _STEPS:
        of_tier = [t for t in topics if library.documents[t.document].tier is tier]
        if tier is Tier.MTUS:
            found, missing, reason = _in_mtus(of_tier, treatment, on, library, silent)
        else:
            found, reason = _outside(of_tier, on, library)
        if found:
            said.append(f"{name}: {_speaks(found, on, library)}; the search ends here.")
            said += [f"A person must look as well: {m.why}" for m in missing]
            return Walk(found=tuple(found), missing=tuple(missing), walked=tuple(said))
        said.append(f"{name}: {reason}")
        if any(m.row for m in missing):
            # the MTUS governs and its text is not here: that is no silence, and no reason to go on
            said.append("The search stops here: a person must look in that edition first.")
            break
    return Walk(found=(), missing=tuple(missing), walked=tuple(said))


def _speaks(found: Sequence[Found], on: date, library: Library) -> str:
    titles = list(dict.fromkeys(library.documents[f.topic.document].title for f in found))
    rows = dict.fromkeys(f.row.citation for f in found if f.row)
    unsure = [
        f"{document.title} in force from {document.in_force_from}, a day that is {how.how.value} only"
        for document in (library.documents[d] for d in dict.fromkeys(f.topic.document for f in found))
        if (how := document.in_force_from_verified) and how.how is not Verification.SEEN
    ]
    doubt = f" ({'; '.join(unsure)})" if unsure else ""
    was, speaks = ("was", "speaks") if len(titles) == 1 else ("were", "speak")
    in_force = f" {was} in force on {on.isoformat()} ({'; '.join(rows)}) and" if rows else ""
    return f"{' and '.join(titles)}{in_force} {speaks} about this treatment{doubt}"


def _standards(on: date) -> str:
    try:
        standards = hierarchy(on)
    except LawError:
        return f"No rule of {on.isoformat()} on the standards of medical necessity is in the rule book."
    order = (
        "a lower standard applies only where every higher one does not"
        if standards.in_strict_order
        else "the standards apply as the MTUS sets out"
    )
    return f"{standards.citation}: {order}."


def _in_mtus(
    topics: Sequence[Topic], treatment: Treatment, on: date, library: Library, silent: set[str]
) -> tuple[list[Found], list[Missing], str]:
    found: list[Found] = []
    missing: dict[str, Missing] = {}
    for topic in topics:
        if topic.invalid and topic.invalid.since <= on:
            invalid = topic.invalid
            why = f"{topic.section}: {invalid.because} ({invalid.citation})"
            missing.setdefault(topic.area, Missing(area=topic.area, row=None, why=why))
            continue
        area = area_of(topic, treatment)
        row = library.document_on(area, on, service_on=treatment.date_of_service)
        if (row and row.document == topic.document) or _is_unrowed(topic, on, library):
            found.append(Found(topic=topic, row=row))
        elif row and row.document in silent:
            why = f"{library.documents[row.document].title} does not speak about this treatment."
            missing.setdefault(area, Missing(area=area, row=None, why=why))
        else:
            missing.setdefault(area, Missing(area=area, row=row, why=_not_encoded(area, row, on, library)))
    if not topics:
        return [], [], "no MTUS topic of the library speaks about this treatment."
    if found:
        known = {f.topic.document for f in found}
        return found, [m for m in missing.values() if m.row and m.row.document not in known], ""
    why = _in_one(m.why for m in missing.values())
    return [], [m for m in missing.values() if m.row], why


def _in_one(reasons: Iterable[str]) -> str:
    return "; ".join(reason.removesuffix(".") for reason in reasons) + "."


def area_of(topic: Topic, treatment: Treatment) -> str:
    """Return the area whose row governs a topic: that of the requested part where the topic has several.

    Source:
        The ``areas`` of the topic.
    """
    wanted = [_AREAS.get(p.part) for p in treatment.body_parts]
    return next((area for area in wanted if area and area in topic.areas), topic.area)


def _is_unrowed(topic: Topic, on: date, library: Library) -> bool:
    since = library.documents[topic.document].in_force_from
    return since is not None and since <= on


def _not_encoded(area: str, row: InForce | None, on: date, library: Library) -> str:
    document = library.documents.get(row.document) if row else None
    named = document.title if document else f"no document for the area {area}"
    return (
        f"on {on.isoformat()} {named} governed {area}; its topic on this treatment is not in the "
        "library, and no older edition stands in for it."
    )


def _outside(topics: Sequence[Topic], on: date, library: Library) -> tuple[list[Found], str]:
    found = []
    for topic in topics:
        document = library.documents[topic.document]
        since, to = document.in_force_from or date.min, document.encoded_to or date.max
        if since <= on <= to:
            found.append(Found(topic=topic, row=None))
    if found or not topics:
        return found, "no topic of the library speaks about this treatment."
    return [], f"the edition that was current on {on.isoformat()} is not in the library."
