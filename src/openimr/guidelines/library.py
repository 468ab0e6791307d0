"""The guideline library as it stands in the files: read once, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.guidelines.topic import Topic
from openimr.terms.errors import FileMissing, FormatInvalid
from openimr.terms.places import Verified


class Tier(StrEnum):
    """The step of the search that a document belongs to.

    Source:
        8 CCR 9792.21.1(a).
    """

    MTUS = "mtus"
    ACOEM_OR_ODG = "acoem_or_odg"
    OTHER_GUIDELINE = "other_guideline"
    STUDY = "study"
    NONE = "none"
    """Read for orientation, never a ground: a draft, or an observation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A guideline document in one edition.

    ``in_force_from`` is for a document that no row of an area governs;
    ``in_force_from_verified`` tells how that day was checked, where it was
    checked otherwise than the document.
    ``encoded_to`` is the last day that the topics here speak for, where the
    document itself goes on being renewed.
    """

    id: str
    title: str
    publisher: str
    edition: str
    licence: str
    tier: Tier
    verified: Verified
    in_force_from: date | None = None
    in_force_from_verified: Verified | None = None
    encoded_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """From when to when (both inclusive) a document governs an area.

    ``keyed_on`` names the date that chooses: ``request``, ``service`` or
    ``dispensing``. A row without ``effective_from`` is known to exist, but not
    since when.
    """

    area: str
    document: str
    keyed_on: str
    citation: str
    verified: Verified
    version: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A sentence captured from a document by whoever may use it, with the hash of its text."""

    document: str
    topic: str
    text: str
    source: str
    captured_on: date
    sha256: str
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    document: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _InForceRows:
    row: tuple[InForce, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quotations:
    quotation: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Every document, edition row and topic of the library."""

    documents: dict[str, Document]
    in_force: tuple[InForce, ...]
    topics: tuple[Topic, ...]
    quotations: tuple[Quotation, ...] = ()

    def document_on(self, area: str, on: date, *, service_on: date | None = None) -> InForce | None:
        """Return the row that governs an area on a day, or None.

        Args:
            area: The area of a topic.
            on: The day of the request.
            service_on: The day of the service, where it was given already; a
                row that is keyed on the service is then chosen by it.

        Source:
            The rows of ``in_force.toml``, each with its citation.
        """
        for row in self.in_force:
            day = on if row.keyed_on == "request" or service_on is None else service_on
            since = row.effective_from
            if row.area == area and since and since <= day <= (row.effective_to or date.max):
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
def load_library(packs: tuple[Path, ...] = ()) -> Library:
    """Return the library that is shipped with this package, with guideline packs on top.

    A pack is a folder in the same format, kept outside this package: its own
    ``documents.toml``, ``in_force.toml`` and ``topics/``, and
    ``quotations.toml`` with sentences captured from the documents. Its row for
    an area takes the place of a row here from its first day on.

    Args:
        packs: Folders of guideline packs.

    Raises:
        FileMissing: A pack's folder does not exist.
        FormatInvalid: A file has an unknown key, two topics share an id in one
            document, a topic names an unknown document, two documents are in
            force for one area on one day, or a quotation is not the one that
            was captured.

    Source:
        The files of this room; each row and criterion carries its own source.
    """
    library = _read(Path(str(files("openimr.guidelines"))))
    for pack in packs:
        if not pack.is_dir():
            raise FileMissing(
                asked=f"Load the guideline pack {pack}",
                found="there is no such folder.",
                remedy="Name a folder that holds documents.toml and topics/.",
            )
        library = _merged(library, _read(pack))
    _check(library)
    return library


def _read(root: Path) -> Library:
    rows, said = root / "in_force.toml", root / "quotations.toml"
    return Library(
        {d.id: d for d in read_toml_file(root / "documents.toml", _Documents).document},
        read_toml_file(rows, _InForceRows).row if rows.exists() else (),
        tuple(read_toml_file(path, Topic) for path in sorted((root / "topics").glob("**/*.toml"))),
        read_toml_file(said, _Quotations).quotation if said.exists() else (),
    )


def _merged(library: Library, pack: Library) -> Library:
    """Return both together; where a pack governs an area, our own rows end the day before."""
    rows = [cut for row in library.in_force if (cut := _cut(row, pack.in_force))]
    return Library(
        {**library.documents, **pack.documents},
        (*rows, *pack.in_force),
        (*library.topics, *pack.topics),
        (*library.quotations, *pack.quotations),
    )


def _cut(row: InForce, by: tuple[InForce, ...]) -> InForce | None:
    """Return a row as far as no row of a pack takes its place, or None."""
    starts = [r.effective_from for r in by if r.area == row.area and r.effective_from]
    if not starts or row.effective_from is None:
        return row
    end = min(starts) - timedelta(days=1)
    if row.effective_from > end:
        return None
    return replace(row, effective_to=min(row.effective_to or end, end))


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
        _check_routes(topic)
    _check_rows(library)
    _check_quotations(library)


def _check_routes(topic: Topic) -> None:
    names = {c.id for c in topic.criterion}
    groups = {c.group for c in topic.criterion}
    for route in topic.route:
        lost = sorted({*(set(route.all) - names), *(set(route.any_group) - groups)} - {None})
        if lost:
            raise _invalid(topic.id, f"its route {route.id!r} names {', '.join(map(str, lost))}.")


def _check_rows(library: Library) -> None:
    by_area: dict[str, list[InForce]] = {}
    for row in library.in_force:
        if row.document not in library.documents:
            raise _invalid(row.area, f"a row names the unknown document {row.document!r}.")
        if row.effective_from is not None:
            by_area.setdefault(row.area, []).append(row)
    for area, rows in by_area.items():
        for earlier, later in _neighbours(rows):
            if (earlier.effective_to or date.max) >= (later.effective_from or date.min):
                raise _invalid(area, f"{earlier.document} and {later.document} are in force on one day.")


def _neighbours(rows: Iterable[InForce]) -> Iterable[tuple[InForce, InForce]]:
    return pairwise(sorted(rows, key=lambda r: r.effective_from or date.min))


def _check_quotations(library: Library) -> None:
    for said in library.quotations:
        if library.topic(said.topic, said.document) is None:
            raise _invalid(said.topic, f"a quotation names it, but {said.document} has no such topic.")
        if sha256(said.text.encode()).hexdigest() != said.sha256:
            raise _invalid(said.topic, "a quotation is not the text whose hash was captured.")


def _invalid(what: str, found: str) -> FormatInvalid:
    return FormatInvalid(
        asked=f"Load the guideline library, {what}", found=found, remedy="Correct the file that holds it."
    )
