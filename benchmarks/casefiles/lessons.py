"""What the splitter learns from: signs between pages, words of documents, days and what is around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from benchmarks.casefiles.pool import MadeBundle

from openimr.records.boundaries import Boundaries
from openimr.records.date_signs import date_signs
from openimr.records.kinds import kind_signs
from openimr.records.look import look_at
from openimr.records.signs import signs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Signs, and the answers that are right of those that may be; of those not ``asked`` nobody knows."""

    family: str
    signs: dict[str, float]
    right: tuple[str, ...]
    asked: tuple[str, ...] | None = None


def boundary_lessons(bundle: MadeBundle) -> Iterator[Lesson]:
    """Yield the pages of a bundle, each as seen by a reader who has been right about all before it."""
    families = {page: document.family for document in bundle.documents for page in document.pages}
    first = {document.pages[0] for document in bundle.documents}
    pages = [signs_of(look_at(page)) for page in bundle.pages]
    boundaries = Boundaries()
    for page, after in zip(pages, [*pages[1:], None], strict=True):
        number = page.look.page.bundle_page
        signs = boundaries.signs(page, after)
        if signs is not None:
            yield Lesson(family=families[number], signs=signs, right=("begins",) if number in first else ())
        boundaries.keep(page, begins=number in first)


def kind_lessons(bundle: MadeBundle) -> Iterator[Lesson]:
    """Yield the documents of a bundle with the words that tell their kind."""
    looks = {page.bundle_page: look_at(page) for page in bundle.pages}
    for document in bundle.documents:
        signs = kind_signs([looks[page] for page in document.pages])
        yield Lesson(family=document.family, signs=signs, right=(document.type.value,))


def date_lessons(bundle: MadeBundle, reporting: Set[str]) -> Iterator[Lesson]:
    """Yield the days that the documents of a bundle print.

    Args:
        bundle: Documents of known days.
        reporting: The families whose truth tells when a paper was written. Of the others it is not
            known which of their days that is: they teach the day of service alone.
    """
    looks = {page.bundle_page: look_at(page) for page in bundle.pages}
    for document in bundle.documents:
        for day, signs in date_signs([looks[page] for page in document.pages], document.type).items():
            right = {"service": document.date_of_service == day, "report": document.report_date == day}
            names = tuple(name for name in right if right[name])
            # A paper of one day alone has no other: whether that is also the day of writing is not told.
            is_open = document.report_date is None and right["service"]
            asked = ("service",) if is_open or document.family not in reporting else None
            yield Lesson(family=document.family, signs=signs, right=names, asked=asked)


def families_that_report(bundles: Iterable[MadeBundle]) -> frozenset[str]:
    """Return the families of which any paper's truth has the day on which it was written."""
    return frozenset(
        document.family
        for bundle in bundles
        for document in bundle.documents
        if document.report_date is not None
    )
