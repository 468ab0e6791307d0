"""What a reader made of a bundle beside what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.casefiles import measures
from benchmarks.casefiles.measures import Answers, Counts
from benchmarks.casefiles.truth import Document, Truth

from openimr.terms.records import CaseFile, Exhibit, ReadBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A true document, not a copy, and the exhibit that is it, if any."""

    document: Document
    exhibit: Exhibit | None
    begins: bool
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of one bundle. ``copies_by_way``: copies found and there, by how they were made."""

    boundaries: Counts
    quality: float
    page_quality: float
    moves: int
    perfect: bool
    copies: Counts
    copies_by_way: Mapping[str, tuple[int, int]]
    judged: tuple[Judged, ...]
    read_characters: tuple[int, int] = (0, 0)
    read_words: tuple[int, int] = (0, 0)
    read_pages: int = 0
    unread: tuple[int, ...] = field(default=())


def score(truth: Truth, case_file: CaseFile) -> Score:
    """Return how well the bundle was taken apart and read."""
    blank = set(truth.blank)
    there = _without(blank, [document.pages for document in truth.documents])
    owned = found_segments(truth.pages, case_file.exhibits)
    found = _without(blank, [pages for pages, _ in owned])
    characters, words, pages = _reading(truth, case_file)
    return Score(
        boundaries=measures.boundaries(there, found),
        quality=measures.weighted_panoptic_quality(there, found),
        page_quality=measures.page_weighted_panoptic_quality(there, found),
        moves=measures.moves(there, found),
        perfect=measures.is_perfect(there, found),
        copies=measures.copies(_same_as(truth), _folded(case_file.exhibits, blank)),
        copies_by_way=_by_way(truth, case_file.exhibits),
        judged=_judged(truth, owned, blank),
        read_characters=characters,
        read_words=words,
        read_pages=pages,
        unread=case_file.manifest.unread_pages,
    )


def found_segments(pages: int, exhibits: Sequence[Exhibit]) -> list[tuple[tuple[int, ...], Exhibit | None]]:
    """Return the documents of the bundle as the reader sees them, by first page, with their exhibits.

    The pages of an exhibit are one document. The pages where it stands
    again are documents too: each run of them, and a run that is a multiple
    of the exhibit's length is so many copies. A page of no exhibit stands alone.
    """
    owned = {page for exhibit in exhibits for page in exhibit.pages}
    found: list[tuple[tuple[int, ...], Exhibit | None]] = [(exhibit.pages, exhibit) for exhibit in exhibits]
    for exhibit in exhibits:
        again = sorted(set(exhibit.also_at) - owned)
        owned |= set(again)
        for run in _runs(again):
            length = len(exhibit.pages) if len(run) % len(exhibit.pages) == 0 else len(run)
            found += [(tuple(run[at : at + length]), exhibit) for at in range(0, len(run), length)]
    found += [((page,), None) for page in range(1, pages + 1) if page not in owned]
    return sorted(found, key=lambda segment: segment[0])


def _runs(pages: Sequence[int]) -> Iterable[list[int]]:
    run: list[int] = []
    for page in pages:
        if run and page != run[-1] + 1:
            yield run
            run = []
        run.append(page)
    if run:
        yield run


def _without(blank: set[int], segments: Iterable[Sequence[int]]) -> list[tuple[int, ...]]:
    kept = (tuple(page for page in pages if page not in blank) for pages in segments)
    return sorted(pages for pages in kept if pages)


def _same_as(truth: Truth) -> dict[int, int]:
    return {copy.page: copy.of for copy in truth.copies}


def _folded(exhibits: Sequence[Exhibit], blank: set[int]) -> list[tuple[Sequence[int], int]]:
    return [
        ((*exhibit.pages, *exhibit.also_at), page)
        for exhibit in exhibits
        for page in exhibit.also_at
        if page not in blank
    ]


def _by_way(truth: Truth, exhibits: Sequence[Exhibit]) -> dict[str, tuple[int, int]]:
    """Return copies found and copies there, by the way in which they were made."""
    same_as = _same_as(truth)
    names: dict[int, set[int]] = defaultdict(set)
    for exhibit in exhibits:
        group = {same_as.get(page, page) for page in (*exhibit.pages, *exhibit.also_at)}
        for page in exhibit.also_at:
            names[page] |= group
    found: dict[str, tuple[int, int]] = {}
    for document in truth.documents:
        if not document.copied_by:
            continue
        right, there = found.get(document.copied_by, (0, 0))
        # The copy may have been kept and the first page folded: either of the two is enough.
        right += sum(same_as[page] in names[page] | names[same_as[page]] for page in document.pages)
        found[document.copied_by] = right, there + len(document.pages)
    return found


def _judged(
    truth: Truth, owned: Sequence[tuple[tuple[int, ...], Exhibit | None]], blank: set[int]
) -> tuple[Judged, ...]:
    kept = [(tuple(page for page in pages if page not in blank), exhibit) for pages, exhibit in owned]
    kept = [(pages, exhibit) for pages, exhibit in kept if pages]
    documents = [document for document in truth.documents if document.copy_of is None]
    documents = [document for document in documents if set(document.pages) - blank]
    there = _plain(documents, blank)
    segments = [pages for pages, _ in kept]
    pairs = measures.matched(there, segments)
    starts = {pages[0] for pages in segments}
    return tuple(
        Judged(
            document=document,
            exhibit=kept[pairs[at]][1] if at in pairs else None,
            begins=there[at][0] in starts,
            whole=there[at] in set(segments),
        )
        for at, document in enumerate(documents)
    )


def _plain(documents: Sequence[Document], blank: set[int]) -> list[tuple[int, ...]]:
    return [tuple(page for page in document.pages if page not in blank) for document in documents]


def _reading(truth: Truth, case_file: CaseFile) -> tuple[tuple[int, int], tuple[int, int], int]:
    """Return character errors, words missed and the count, over upright pictures that were recognized."""
    upright = [scan for scan in truth.scans if not scan.has_text_layer and scan.page not in truth.rotated]
    read = {page.bundle_page: page for page in case_file.pages if page.read_by is ReadBy.OCR}
    compared = [(scan.text, read[scan.page].text) for scan in upright if scan.page in read]
    characters = [measures.character_errors(*pair) for pair in compared]
    words = [measures.words_missed(*pair) for pair in compared]
    return _summed(characters), _summed(words), len(compared)


def _summed(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(first for first, _ in pairs), sum(second for _, second in pairs)


def types(judged: Iterable[Judged]) -> Answers:
    """Return how often the kind of document was right."""
    return measures.answers((one.document.type, _of(one, "type"), one.exhibit is not None) for one in judged)


def service_dates(judged: Iterable[Judged]) -> Answers:
    """Return how often the day of service was right, wrong, or left open."""
    return measures.answers(
        (one.document.date_of_service, _of(one, "date_of_service"), one.exhibit is not None) for one in judged
    )


def report_dates(judged: Iterable[Judged]) -> Answers:
    """Return how often the day of the report was right, wrong, or left open."""
    return measures.answers(
        (one.document.report_date, _of(one, "report_date"), one.exhibit is not None) for one in judged
    )


def authors(judged: Iterable[Judged]) -> Answers:
    """Return how often the author was right; degrees behind the name do not matter."""
    return measures.answers((one.document.author, _author(one), one.exhibit is not None) for one in judged)


def invented_service_dates(judged: Iterable[Judged]) -> tuple[int, int]:
    """Return how many documents without a day of service were given one, and how many there are."""
    without = [one for one in judged if one.document.date_of_service is None]
    return sum(_of(one, "date_of_service") is not None for one in without), len(without)


def _of(one: Judged, name: str) -> object:
    return getattr(one.exhibit, name) if one.exhibit else None


def _author(one: Judged) -> str | None:
    """Return the author as the truth writes it where the two agree, else as it was read."""
    said = one.exhibit.author if one.exhibit else None
    true = one.document.author
    return true if said and true and true.lower() in said.lower() else said
