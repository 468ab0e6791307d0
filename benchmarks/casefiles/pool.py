"""Papers printed and read once, and bundles put together of them in memory, as many as are wanted.

Reading PDFs takes longer than anything that is learned from them: the papers of a case are printed and
read once, each page with its text and boxes, and every bundle is another choice of them.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pikepdf
from benchmarks.casefiles.disturbing import misread
from benchmarks.casefiles.draft import Draft, Family
from benchmarks.casefiles.printing import Printer
from benchmarks.casefiles.prose import transcript_paragraphs
from benchmarks.casefiles.truth import Document
from benchmarks.casefiles.world import make_world

from openimr.pdf import PdfLimits, PdfPage, PdfReader
from openimr.terms.records import Page, ReadBy, Word

_LIMITS = PdfLimits(seconds=60.0, megabytes=2000, most_pages=20_000)
_CHUNK = 50
# Shares of papers that lose a page, were faxed, are numbered, were read from a picture, or lie behind a copy.
_LOSES_A_PAGE, _FAXED, _NUMBERED, _RECOGNIZED = 0.03, 0.15, 0.15, 0.2
_NOISE = 0.015
_COPY_BETWEEN = 0.12
# Shares of papers that are very short, or of which nothing is known but their text.
_CUT, _WITHOUT_BOXES = 0.12, 0.1
_LONG_AGO = date(1990, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledPaper:
    """A paper as it was printed and read."""

    family: str
    draft: Draft
    pages: tuple[PdfPage, ...]

    @property
    def day(self) -> date:
        """Return the day that puts papers in order."""
        return self.draft.date_of_service or self.draft.report_date or _LONG_AGO


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBundle:
    """Pages as they would have been read, and the documents that they are."""

    pages: tuple[Page, ...]
    documents: tuple[Document, ...]


def papers_of_case(
    seed: int,
    families: Mapping[str, tuple[Family, int]],
    *,
    kinds: int,
    each: int,
    transcripts: Path | None,
) -> list[PooledPaper]:
    """Return papers of one invented case: so many of each of so many of the families.

    Args:
        seed: Makes the case.
        families: What is chosen from, by weight.
        kinds: How many families the case has.
        each: How many papers of each.
        transcripts: Real transcripts whose paragraphs stand among ours.
    """
    random = Random(seed)
    world = make_world(random, transcript_paragraphs(transcripts) if transcripts else ())
    chosen: list[str] = []
    names, weights = list(families), [weight for _, weight in families.values()]
    while len(chosen) < min(kinds, len(names)):
        name = random.choices(names, weights)[0]
        if name not in chosen:
            chosen.append(name)
    drafts = [
        (name, draft)
        for name in chosen
        for _ in range(each)
        for draft in _written(families[name][0](world, random))
    ]
    printer = Printer()
    whole, counts = pikepdf.new(), []
    for _, draft in drafts:
        pdf = printer.printed(draft)
        whole.pages.extend(pdf.pages)
        counts.append(len(pdf.pages))
    pages = iter(_read(whole))
    return [
        PooledPaper(family=name, draft=draft, pages=tuple(next(pages) for _ in range(count)))
        for (name, draft), count in zip(drafts, counts, strict=True)
    ]


def _written(by_family: Draft | Sequence[Draft]) -> Sequence[Draft]:
    """Return what a family writes at once."""
    return (by_family,) if isinstance(by_family, Draft) else by_family


def _read(pdf: pikepdf.Pdf) -> list[PdfPage]:
    data = io.BytesIO()
    pdf.save(data)
    total = len(pdf.pages)
    with PdfReader(_LIMITS) as reader:
        file = reader.open_file(data.getvalue(), name="pool")
        chunks = [
            file.read_pages(first, min(first + _CHUNK - 1, total), words=True)
            for first in range(1, total + 1, _CHUNK)
        ]
    return [page for chunk in chunks for page in chunk]


def made_bundle(random: Random, papers: Sequence[PooledPaper], pages: int) -> MadeBundle:
    """Return a bundle of about so many pages, its papers by day but for some."""
    chosen: list[PooledPaper] = []
    rest = list(papers)
    while rest and sum(len(one.pages) for one in chosen) < pages:
        chosen.append(rest.pop(random.randrange(len(rest))))
    chosen.sort(key=lambda paper: paper.day)
    moved = [one for one in chosen if random.random() < 0.2]
    chosen = [one for one in chosen if one not in moved]
    for one in moved:
        chosen.insert(random.randint(0, len(chosen)), one)
    found: list[Page] = []
    documents = []
    number = 0
    for paper in chosen:
        if random.random() < _COPY_BETWEEN:
            number += random.randint(1, 4)
        pages = _disturbed(random, paper, number + 1)
        number = pages[-1].bundle_page
        found += pages
        documents.append(_document(paper, tuple(page.bundle_page for page in pages)))
    return MadeBundle(pages=tuple(found), documents=tuple(documents))


def _disturbed(random: Random, paper: PooledPaper, start: int) -> list[Page]:
    """Return a paper's pages as they come: one lost, with a fax line or numbers, or recognized."""
    pages = [_page(one, number) for number, one in enumerate(paper.pages, start)]
    if len(pages) > 2 and random.random() < _LOSES_A_PAGE:
        lost = pages.pop(random.randrange(1, len(pages)))
        # A page that is not there leaves no place; one that repeats an earlier page leaves its own.
        if random.random() < 0.5:
            pages = [_moved(page, -1) if page.bundle_page > lost.bundle_page else page for page in pages]
    if random.random() < _FAXED:
        sent = paper.day + timedelta(days=random.randint(2, 200))
        fax = f"{sent:%m/%d/%Y} 09:31  FROM: 5551234567   TO: 5557654321   P. {{:03d}}/{len(pages) + 3:03d}"
        pages = [_under(page, fax.format(at)) for at, page in enumerate(pages, 2)]
    if random.random() < _NUMBERED:
        first = random.randint(1, 90_000)
        pages = [replace(page, text=f"{page.text}\nDEF{first + at:06d}") for at, page in enumerate(pages)]
    if random.random() < _CUT:
        top, foot = random.randint(3, 10), random.randint(1, 4)
        pages = [replace(page, text=_cut(page.text, top, foot), words=()) for page in pages]
    if random.random() < _WITHOUT_BOXES:
        pages = [replace(page, words=()) for page in pages]
    if random.random() < _RECOGNIZED:
        pages = [
            replace(
                _askew(random, page),
                text=misread(random, page.text, _NOISE),
                read_by=ReadBy.OCR,
                confidence=0.9,
            )
            for page in pages
        ]
    return pages


def _askew(random: Random, page: Page) -> Page:
    """Return a page as a scanner places it: moved, and a little larger or smaller."""
    across, down, scale = random.uniform(-12, 12), random.uniform(-12, 12), random.uniform(0.93, 1.06)
    words = tuple(
        replace(
            word,
            left=word.left * scale + across,
            right=word.right * scale + across,
            top=word.top * scale + down,
            bottom=word.bottom * scale + down + random.uniform(-1, 1),
        )
        for word in page.words
    )
    return replace(page, words=words)


def _cut(text: str, top: int, foot: int) -> str:
    """Return a text of which so many first and last lines are left, as of a very short page."""
    lines = text.split("\n")
    return text if len(lines) <= top + foot else "\n".join((*lines[:top], *lines[-foot:]))


def _moved(page: Page, by: int) -> Page:
    return replace(page, number=page.number + by, bundle_page=page.bundle_page + by)


def _under(page: Page, line: str) -> Page:
    """Return a page under the line of a fax machine."""
    by = len(line) + 1
    words = tuple(replace(word, start=word.start + by, end=word.end + by) for word in page.words)
    return replace(page, text=f"{line}\n{page.text}", words=words)


def _page(layer: PdfPage, number: int) -> Page:
    words = tuple(
        Word(start=w.start, end=w.end, left=w.left, top=w.top, right=w.right, bottom=w.bottom)
        for w in layer.words
    )
    return Page(
        document="0" * 64,
        number=number,
        bundle_page=number,
        text=layer.text,
        read_by=ReadBy.TEXT_LAYER,
        words=words,
        width_pt=layer.width_pt,
        height_pt=layer.height_pt,
    )


def _document(paper: PooledPaper, pages: tuple[int, ...]) -> Document:
    draft = paper.draft
    return Document(
        family=paper.family,
        type=draft.type,
        title=draft.title,
        pages=pages,
        author=draft.author,
        date_of_service=draft.date_of_service,
        report_date=draft.report_date,
    )
