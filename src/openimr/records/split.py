"""Pages of a bundle as dated documents: where each begins, what it is, who wrote it when."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openimr.records.authors import Author, author_of, letterhead_of
from openimr.records.dating import DocumentDates, document_dates, head_dates
from openimr.records.duplicates import find_repeats
from openimr.records.kinds import (
    GIVES_TITLE,
    NAMES_KIND,
    Heading,
    Kind,
    headings_of,
    is_letter,
    kind_of,
    opens_a_report,
    opens_with_section,
)
from openimr.records.look import (
    PageLook,
    goes_on_in_sentence,
    has_particulars,
    has_title_line,
    look_at,
    plain,
    top_of,
)
from openimr.records.split_list import Split
from openimr.terms.problem import Problem, Severity
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy, SourceFile

# A page begins a document from this score on; the weights below were set by what the signs mean,
# not by counting, and err towards parting: two parts of one report are easier joined than found.
_BEGINS_FROM = 2.0
_NAMES_KIND_SCORE = 2.5
_WEAK_HEADING_SCORE = 1.0
_REPEATED_HEADING_SCORE = -2.5
_OTHER_DATE_SCORE = 1.5
_NEW_LETTERHEAD_SCORE = 1.0
_OPENING_SCORE = 1.5
_AFTER_SIGNATURE_SCORE = 1.0
_AFTER_LAST_PAGE_SCORE = 2.0
_BEFORE_LAST_PAGE_SCORE = -1.5
_CONTINUED_SCORE = -3.0
_LETTER_SCORE = 2.0
_FIRST_PAGE_SCORE = 2.0
_AFTER_COVER_SCORE = 1.5
# A paper of no known kind begins with a new line at the top and says whose it is.
_NEW_TOP_SCORE = 0.75
_PARTICULARS_SCORE = 1.5
_IN_SENTENCE_SCORE = -2.5
# A sign by itself is none: forms leave much empty, and reports end where they end.
_AFTER_SHORT_PAGE_SCORE = 0.5
_SHORT_PAGE = 0.8
_FULL_PAGE_LINES = 30
# Boundaries surer than this are not shown to a person.
_DOUBTFUL_BELOW = 0.6


@dataclass(slots=True)
class _Document:
    """A document while its pages are gathered."""

    looks: list[PageLook]
    begins: float  # how sure it is that it begins here, from 0 to 1

    @property
    def first(self) -> PageLook:
        return self.looks[0]

    @property
    def ends(self) -> tuple[PageLook, PageLook]:
        """The first and the last page so far: what a next page is compared with."""
        return self.first, self.last

    @property
    def last(self) -> PageLook:
        return self.looks[-1]


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
    repeats = find_repeats(looks)
    documents: list[_Document] = []
    for look in looks:
        if look.page.bundle_page in repeats and look.page.bundle_page not in given:
            continue
        repeats.pop(look.page.bundle_page, None)
        current = documents[-1] if documents else None
        sure = _as_given(given.get(look.page.bundle_page), look, current)
        if sure is None:
            documents[-1].looks.append(look)
        else:
            documents.append(_Document([look], sure))
    also_at: dict[int, list[int]] = {}
    for repeated, first in repeats.items():
        also_at.setdefault(first, []).append(repeated)
    sent = {file.sha256: file for file in files}
    exhibits = tuple(
        _exhibit(number, document, also_at, sent, ur_decided_on, given.get(document.first.page.bundle_page))
        for number, document in enumerate(documents, 1)
    )
    return exhibits, tuple(_doubts(documents, exhibits))


def _as_given(split: Split | None, look: PageLook, current: _Document | None) -> float | None:
    """Return how sure it is that a page begins a document, where a person has not said it."""
    if split is None:
        return _begins(look, current)
    is_first = current is None or look.page.document != current.last.page.document
    return 1.0 if split.begins or is_first else None


def _begins(look: PageLook, current: _Document | None) -> float | None:
    """Return how sure it is that a page begins a document; None where it goes on."""
    if current is None or look.page.document != current.last.page.document:
        return 1.0
    if look.number == 1 and look.of is not None:
        return 1.0
    if look.number is not None and look.number > 1 and _follows(look, current):
        return None
    if not look.lines:
        return None
    score = _score(look, current)
    return round(_sureness(score - _BEGINS_FROM), 2) if score >= _BEGINS_FROM else None


def _follows(look: PageLook, current: _Document) -> bool:
    """Return whether the printed page number goes on from the document before."""
    of = current.last.of or current.first.of
    if look.of is not None and of is not None:
        return look.of == of
    number = current.last.number
    return number is None or look.number == number + 1


def _score(look: PageLook, current: _Document) -> float:
    headings = headings_of(look)
    score = 0.0
    other_date = _has_other_date(look, current)
    opens = opens_a_report(look)
    if headings:
        strong = headings[0].weight >= NAMES_KIND
        score += _NAMES_KIND_SCORE if strong else _WEAK_HEADING_SCORE
        if not other_date and not opens and all(_is_running_head(heading, current) for heading in headings):
            score += _REPEATED_HEADING_SCORE
    if opens:
        score += _OPENING_SCORE
    if other_date:
        score += _OTHER_DATE_SCORE
    if _ends_early(current):
        score += _AFTER_SHORT_PAGE_SCORE
    head = letterhead_of(look)
    if head and all(plain(head) != plain(letterhead_of(page) or "") for page in current.ends):
        score += _NEW_LETTERHEAD_SCORE
        if any(heading.type is ExhibitType.FAX_COVER for heading in headings_of(current.first)[:1]):
            score += _AFTER_COVER_SCORE
    score += _top_score(look, current)
    if is_letter(look):
        score += _LETTER_SCORE
    if look.number == 1:
        score += _FIRST_PAGE_SCORE
    if current.last.is_signed:
        score += _AFTER_SIGNATURE_SCORE
    if look.is_continued:
        score += _CONTINUED_SCORE
    last = current.last
    if last.number is not None and last.of is not None:
        score += _AFTER_LAST_PAGE_SCORE if last.number == last.of else _BEFORE_LAST_PAGE_SCORE
    return score


def _has_other_date(look: PageLook, current: _Document) -> bool:
    for is_plain in (False, True):
        here = head_dates(look, is_plain=is_plain)
        before = {on for page in current.ends for on in head_dates(page, is_plain=is_plain)}
        if here and before:
            return not here & before
    return False


def _top_score(look: PageLook, current: _Document) -> float:
    """Return what the top of a page says: a new line and whose paper it is, or a sentence that goes on."""
    if goes_on_in_sentence(current.last, look):
        return _IN_SENTENCE_SCORE
    if top_of(look) in {top_of(page) for page in current.ends}:
        return 0.0
    score = _NEW_TOP_SCORE if has_title_line(look) and not opens_with_section(look) else 0.0
    return score + (_PARTICULARS_SCORE if has_particulars(look) else 0.0)


def _ends_early(current: _Document) -> bool:
    """Return whether the last page leaves much of itself empty, as a last page does."""
    last = len(current.last.lines)
    fullest = max(len(look.lines) for look in current.looks)
    return last < _SHORT_PAGE * max(fullest, _FULL_PAGE_LINES)


def _is_running_head(heading: Heading, current: _Document) -> bool:
    """Return whether the heading only repeats that of the document before."""
    if current.last.number is not None and current.last.number == current.last.of:
        return False
    return any(plain(heading.title) == plain(line.text) for page in current.ends for line in page.head)


def _sureness(margin: float) -> float:
    """Return a margin over the limit as a share from 0.5 to 1."""
    return 1.0 / (1.0 + math.exp(-1.5 * margin))


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
        kind = Kind(given.type, kind.title if given.type is kind.type else None, 1.0)
    dates = document_dates(looks, kind.type)
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
