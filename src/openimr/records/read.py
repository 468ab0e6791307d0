"""A case file from files: every page read or listed as unread, dated documents, the seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from openimr.pdf import PdfReader
from openimr.records.filekinds import promised_kind
from openimr.records.ocr_pool import OcrPool
from openimr.records.opened import RECORD_LIMITS, OpenedSource, Opener, open_sources
from openimr.records.pages import read_pages
from openimr.records.seal import in_sealed_order, sealed_manifest
from openimr.records.sources import Submitted, find_sources
from openimr.records.split import split_bundle
from openimr.records.split_list import SplitList, find_split_list, splits_by_page
from openimr.records.timeline import ranges
from openimr.terms.problem import Problem, Severity
from openimr.terms.records import CaseFile, Manifest, Page, ReadBy, SourceFile

# Wraps the pages as they come, with their number, to show how far reading is.
Progress: TypeAlias = Callable[[Iterable[Page], int], Iterable[Page]]

# Recognized pages below this confidence are pointed out.
_DOUBTFUL_BELOW = 0.7


def read_case_file(
    folder: Path,
    *,
    submitted: Submitted | None = None,
    ur_decided_on: date | None = None,
    progress: Progress | None = None,
    ocr: OcrPool | None = None,
    splits: SplitList | None = None,
) -> tuple[CaseFile, tuple[Problem, ...]]:
    """Return a folder of PDF and text files as a case file, and what a person should know of it.

    Args:
        folder: The files as they were sent, read in the order of their names.
        submitted: Who sent each file, and when it came; where None, the
            folder's ``received.toml`` says it, if there is one.
        ur_decided_on: The day of the utilization review decision.
        progress: Wraps the pages as they are read.
        ocr: The processes that recognize pictures, with their cache.
        splits: Where documents begin, set by a person; where None, the
            folder's ``splits.toml`` says it, if there is one.

    Raises:
        FileMissing: There is no such folder, or it holds no file.
        FormatInvalid: Something is told about a file that is not there.
    """
    return read_paths(
        [folder],
        submitted=submitted,
        ur_decided_on=ur_decided_on,
        progress=progress,
        ocr=ocr,
        splits=splits,
    )


def read_paths(
    paths: Sequence[Path],
    *,
    submitted: Submitted | None = None,
    ur_decided_on: date | None = None,
    progress: Progress | None = None,
    ocr: OcrPool | None = None,
    splits: SplitList | None = None,
    after: Manifest | None = None,
) -> tuple[CaseFile, tuple[Problem, ...]]:
    """Return files and folders, in the order given, as one case file; see ``read_case_file``.

    Where ``after`` is given, the files that it sealed come first, so that
    their exhibits keep their numbers, and what came later gets a further seal.

    Raises:
        FormatInvalid: A file that ``after`` sealed is missing or changed.
    """
    sources = find_sources(paths, submitted)
    if after is not None:
        sources = in_sealed_order(sources, after)
    with PdfReader(RECORD_LIMITS) as reader, Opener() as opener:
        opened = tuple(open_sources(sources, reader, opener))
    total = sum(one.pages for one in opened)
    if ocr is None:
        with OcrPool() as own:
            pages = _pages(opened, own, progress, total)
    else:
        pages = _pages(opened, ocr, progress, total)
    files = tuple(_file(one) for one in opened)
    given = splits_by_page(find_split_list(paths) if splits is None else splits, files, pages)
    exhibits, doubts = split_bundle(pages, files, ur_decided_on=ur_decided_on, splits=given)
    manifest = sealed_manifest(files, pages, exhibits, after=after)
    case_file = CaseFile(manifest=manifest, pages=pages, exhibits=exhibits)
    return case_file, (*_file_problems(opened), *_page_problems(case_file), *doubts)


def _pages(
    opened: Sequence[OpenedSource], ocr: OcrPool, progress: Progress | None, total: int
) -> tuple[Page, ...]:
    pages: Iterable[Page] = read_pages(opened, ocr)
    return tuple(progress(pages, total) if progress else pages)


def _file(one: OpenedSource) -> SourceFile:
    return SourceFile(
        sha256=one.source.sha256,
        name=one.source.name,
        bytes=one.source.bytes,
        pages=one.pages,
        submitted_by=one.source.submitted_by,
        received_on=one.source.received_on,
        unread_because=one.unread_because,
    )


def _file_problems(opened: Sequence[OpenedSource]) -> list[Problem]:
    """Return a problem for each file whose bytes are not what the ending of its name promises."""
    found: list[Problem] = []
    for one in opened:
        promised = promised_kind(one.source.name)
        if promised is None or promised is one.kind or one.unread_because is not None:
            continue
        found.append(
            Problem(
                code="records.file_misnamed",
                field=one.source.name,
                message=f"The name promises {promised.value}; it is {one.kind.value} and was read as such.",
                remedy="Ask the sender whether the right file was sent.",
                severity=Severity.WARNING,
            )
        )
    return found


def _page_problems(case_file: CaseFile) -> list[Problem]:
    """Return a problem for each reason why pages are unread, and one for pages read with doubt."""
    found: list[Problem] = []
    unread: dict[str, list[int]] = {}
    for page in case_file.pages:
        if page.read_by is ReadBy.UNREAD:
            unread.setdefault(page.unread_because or "No reason is known.", []).append(page.bundle_page)
    for reason, numbers in unread.items():
        found.append(
            Problem(
                code="records.page_unread",
                field="pages",
                message=f"{_pages_in_words(numbers)} could not be read: {reason}",
                remedy="Read them yourself, or ask the sender for a better copy.",
            )
        )
    doubtful = [
        page.bundle_page
        for page in case_file.pages
        if page.confidence is not None and page.confidence < _DOUBTFUL_BELOW
    ]
    if doubtful:
        found.append(
            Problem(
                code="records.page_doubtful",
                field="pages",
                message=f"{_pages_in_words(doubtful)} could be recognized only with doubt.",
                remedy="Compare what was read with the page.",
                severity=Severity.WARNING,
            )
        )
    return found


def _pages_in_words(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them.

    Example:
        >>> _pages_in_words([1, 4, 5, 6])
        'Pages 1, 4-6 of the bundle'
    """
    return f"Page{'s' if len(numbers) > 1 else ''} {ranges(numbers)} of the bundle"
