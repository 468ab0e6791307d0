"""The guideline library as it stands in the files: read once, checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.terms.errors import FormatInvalid
from openimr.terms.findings import Phase, Role
from openimr.terms.places import Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A guideline document in one edition."""

    id: str
    title: str
    publisher: str
    edition: str
    licence: str
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """From when to when (both inclusive) a document governs an area.

    ``keyed_on`` names the date that chooses: ``request``, ``service`` or
    ``dispensing``.
    """

    area: str
    document: str
    effective_from: date
    keyed_on: str
    citation: str
    verified: Verified
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What a topic speaks about: drugs by id, drug classes, treatments by name."""

    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that a topic asks, so worded that "met" favours the request.

    ``fact`` is a question that the record is asked; ``op`` compares its answer
    with ``value``. ``unit`` belongs to a number.
    """

    id: str
    role: Role
    phase: Phase
    fact: str
    op: str
    asks: str
    verified: Verified
    value: bool | float | str | tuple[str, ...] = True
    unit: str | None = None
    group: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of one document, with its criteria.

    ``cited_as`` are the section names under which letters cite it.
    """

    id: str
    document: str
    area: str
    title: str
    section: str
    status: str
    gist: str
    members: Members
    verified: Verified
    cited_as: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    pages_verified: Verified | None = None
    criterion: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    document: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _InForceRows:
    row: tuple[InForce, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Every document, edition row and topic of the library."""

    documents: dict[str, Document]
    in_force: tuple[InForce, ...]
    topics: tuple[Topic, ...]

    def document_on(self, area: str, on: date) -> InForce | None:
        """Return the row that governs an area on a day, or None.

        Source:
            The rows of ``in_force.toml``, each with its citation.
        """
        for row in self.in_force:
            if row.area == area and row.effective_from <= on <= (row.effective_to or date.max):
                return row
        return None

    def topic(self, topic_id: str, document: str) -> Topic | None:
        """Return a topic of one document, or None where it is not encoded.

        Source:
            The topic's own file.
        """
        for topic in self.topics:
            if topic.id == topic_id and topic.document == document:
                return topic
        return None


@cache
def load_library() -> Library:
    """Return the library that is shipped with this package.

    Raises:
        FormatInvalid: A file has an unknown key, two topics share an id in one
            document, a topic names an unknown document, or two documents are
            in force for one area on one day.

    Source:
        The files of this room; each row and criterion carries its own source.
    """
    root = Path(str(files("openimr.guidelines")))
    documents = read_toml_file(root / "documents.toml", _Documents).document
    rows = read_toml_file(root / "in_force.toml", _InForceRows).row
    topics = tuple(read_toml_file(path, Topic) for path in sorted((root / "topics").glob("*/*.toml")))
    library = Library({d.id: d for d in documents}, rows, topics)
    _check(library)
    return library


def _check(library: Library) -> None:
    seen: set[tuple[str, str]] = set()
    for topic in library.topics:
        if topic.document not in library.documents:
            raise _invalid(topic.id, f"it names the unknown document {topic.document!r}.")
        if (topic.document, topic.id) in seen:
            raise _invalid(topic.id, f"it stands twice in {topic.document}.")
        seen.add((topic.document, topic.id))
        names = [c.id for c in topic.criterion]
        if len(names) != len(set(names)):
            raise _invalid(topic.id, "two of its criteria have the same id.")
    _check_rows(library)


def _check_rows(library: Library) -> None:
    by_area: dict[str, list[InForce]] = {}
    for row in library.in_force:
        if row.document not in library.documents:
            raise _invalid(row.area, f"a row names the unknown document {row.document!r}.")
        by_area.setdefault(row.area, []).append(row)
    for area, rows in by_area.items():
        ordered = sorted(rows, key=lambda r: r.effective_from)
        for earlier, later in pairwise(ordered):
            if (earlier.effective_to or date.max) >= later.effective_from:
                raise _invalid(area, f"{earlier.document} and {later.document} are in force on one day.")


def _invalid(what: str, found: str) -> FormatInvalid:
    return FormatInvalid(
        asked=f"Load the guideline library, {what}", found=found, remedy="Correct the file in guidelines/."
    )
