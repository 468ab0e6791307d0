"""Pages of a bundle as dated documents: where each begins, what it is, who wrote it when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openimr.records.authors import Author, author_of
from openimr.records.boundaries import BEGINS_FROM, Boundaries
from openimr.records.dating import DocumentDates, document_dates
from openimr.records.duplicates import find_repeats
from openimr.records.kinds import GIVES_TITLE, Kind, headings_of, kind_of
from openimr.records.look import PageLook, look_at
from openimr.records.signs import signs_of
from openimr.records.split_list import Split
from openimr.terms.problem import Problem, Severity
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy, SourceFile

# Boundaries less sure than this are shown to a person, and so are pages that go on no more surely.
_DOUBTFUL_BELOW = 0.8


@dataclass(slots=True)
class _Document:
    """A document while its pages are gathered."""

    looks: list[PageLook]
    begins: float  # how sure it is that it begins here, from 0 to 1
    doubtful: list[int]  # pages that may begin another document

    @property
    def first(self) -> PageLook:
        return self.looks[0]


def split_bundle(
    pages: Sequence[Page],
    files: Sequence[SourceFile] = (),
    *,
    ur_decided_on: date | None = None,
    splits: Mapping[int, Split] | None = None,
) -> tuple[tuple[Exhibit, ...], tuple[Problem, ...]]:
    """Return the exhibits of a bundle, numbered in its order, and what is doubtful about them.

    Every page stands in one exhibit, in ``pages`` or, as a repeated page, in
    the ``also_at`` of the exhibit that holds it first.

    Args:
        pages: The pages in bundle order.
        files: The source files, for who sent them and when.
        ur_decided_on: The day of the utilization review decision; exhibits
            dated later are marked.
        splits: What a person set, by page of the bundle.
    """
    given = splits or {}
    looks = [look_at(page) for page in pages]
    repeats = {page: first for page, first in find_repeats(looks).items() if page not in given}
    documents = _documents([look for look in looks if look.page.bundle_page not in repeats], given)
    also_at: dict[int, list[int]] = {}
    for repeated, first in repeats.items():
        also_at.setdefault(first, []).append(repeated)
    sent = {file.sha256: file for file in files}
    exhibits = tuple(
        _exhibit(number, document, also_at, sent, ur_decided_on, given.get(document.first.page.bundle_page))
        for number, document in enumerate(documents, 1)
    )
    return exhibits, tuple(_doubts(documents, exhibits))


def _documents(looks: Sequence[PageLook], given: Mapping[int, Split]) -> list[_Document]:
    """Return the pages as documents; what a person set goes before what the signs say."""
    documents: list[_Document] = []
    boundaries = Boundaries()
    signs = [signs_of(look) for look in looks]
    for number, page in enumerate(signs, 1):
        look, after = page.look, signs[number] if number < len(signs) else None
        split = given.get(look.page.bundle_page)
        is_first = not documents or look.page.document != documents[-1].looks[-1].page.document
        sure = float(split.begins or is_first) if split is not None else boundaries.begins(page, after)
        begins = is_first or sure >= BEGINS_FROM
        boundaries.keep(page, begins=begins)
        if begins:
            documents.append(_Document([look], round(sure, 2), []))
            continue
        documents[-1].looks.append(look)
        if 1.0 - sure < _DOUBTFUL_BELOW:
            documents[-1].doubtful.append(look.page.bundle_page)
    return documents


def _exhibit(
    number: int,
    document: _Document,
    also_at: Mapping[int, Sequence[int]],
    sent: Mapping[str, SourceFile],
    ur_decided_on: date | None,
    given: Split | None,
) -> Exhibit:
    looks = document.looks
    pages = [look.page for look in looks]
    file = sent.get(pages[0].document)
    kind = kind_of(looks)
    if given is not None and given.type is not None:
        title = kind.title if given.type is kind.type else None
        kind = Kind(given.type, title, 1.0, {given.type: 1.0})
    dates = document_dates(looks, kind.shares)
    author = author_of(looks, kind.type)
    if given is not None:
        dates = DocumentDates(given.date_of_service or dates.service, given.report_date or dates.report)
        author = replace(author, name=given.author or author.name, facility=given.facility or author.facility)
    day = dates.service or dates.report
    return Exhibit(
        id=number,
        type=kind.type,
        title=_named(document, kind, author, file, given),
        document=pages[0].document,
        pages=tuple(page.bundle_page for page in pages),
        document_pages=tuple(page.number for page in pages),
        author=author.name,
        author_specialty=author.specialty,
        facility=author.facility,
        date_of_service=dates.service,
        report_date=dates.report,
        submitted_by=file.submitted_by if file else None,
        received_on=file.received_on if file else None,
        also_at=tuple(sorted(p for page in pages for p in also_at.get(page.bundle_page, ()))),
        after_denial=day > ur_decided_on if day and ur_decided_on else None,
        unread_pages=tuple(page.bundle_page for page in pages if page.read_by is ReadBy.UNREAD),
        confidence=min(kind.confidence, document.begins),
    )


def _named(
    document: _Document, kind: Kind, author: Author, file: SourceFile | None, given: Split | None
) -> str:
    if given is not None and given.title:
        return given.title
    return (_heading(document, kind, author.facility) or _title(document, kind.type, file)).rstrip(" :")


def _heading(document: _Document, kind: Kind, facility: str | None) -> str | None:
    """Return the heading that names the document, another one where the first is only its letterhead."""
    if kind.title is None or kind.title != facility:
        return kind.title
    others = (h.title for h in headings_of(document.first) if h.weight >= GIVES_TITLE)
    return next((title for title in others if title != facility), kind.title)


def _title(document: _Document, kind: ExhibitType, file: SourceFile | None) -> str:
    """Return a title for a document without a heading: its kind, or the file it stands in."""
    if kind is not ExhibitType.OTHER:
        return kind.value.replace("_", " ").capitalize()
    where = f" in {file.name}" if file else ""
    unread = all(look.page.read_by is ReadBy.UNREAD for look in document.looks)
    return f"{'Unread document' if unread else 'Document without a known heading'}{where}"


def _doubts(documents: Sequence[_Document], exhibits: Sequence[Exhibit]) -> list[Problem]:
    """Return what a person should look at: doubtful beginnings, unknown kinds, unread pages inside."""
    found: list[Problem] = []
    for document, exhibit in zip(documents, exhibits, strict=True):
        field, first = f"exhibits.{exhibit.id}", exhibit.pages[0]
        if document.begins < _DOUBTFUL_BELOW:
            found.append(
                _doubt("boundary_doubtful", field, f"It is not sure that a document begins at page {first}.")
            )
        for page in document.doubtful:
            message = f"It is not sure that page {page} belongs to the document before it."
            found.append(_doubt("boundary_doubtful", field, message))
        inside = [str(page) for page in exhibit.unread_pages if page != first]
        if inside:
            message = (
                f"Unread pages stand with the document before them; one may begin there: {', '.join(inside)}."
            )
            found.append(_doubt("boundary_unread", field, message))
        if exhibit.type is ExhibitType.OTHER and len(exhibit.unread_pages) < len(exhibit.pages):
            message = f"What kind of document begins at page {first} is not known."
            found.append(_doubt("type_unknown", field, message, Severity.NOTE))
    return found


def _doubt(code: str, field: str, message: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(
        code=f"records.{code}",
        field=field,
        message=message,
        remedy="Look at the page and the one before it.",
        severity=severity,
    )
