"""From a seed to a case file: which papers, which copies, in which order, on which paper."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
from benchmarks.casefiles.disturbing import (
    drawn_over,
    fax_line,
    hidden_text,
    ink,
    lines_of,
    page_number_stamp,
    received_stamp,
)
from benchmarks.casefiles.draft import Draft, Family
from benchmarks.casefiles.printing import Printer
from benchmarks.casefiles.prose import transcript_paragraphs
from benchmarks.casefiles.scanning import Picture, picture_page, scanned
from benchmarks.casefiles.truth import Copy, Document, Scan, Truth, write_truth
from benchmarks.casefiles.world import make_world

_TEXT_WAYS = ("exact", "fax_line", "page_numbers")
_PICTURE_WAYS = ("noise", "scan")
# Shares of papers that lose a page, are followed by an empty one, lie turned, or bear ink.
_LOSES_A_PAGE, _BLANK_AFTER, _TURNED, _INK = 0.03, 0.03, 0.03, 0.3
_LONG_AGO = date(1990, 1, 1)


@dataclass(slots=True, kw_only=True, eq=False)
class _Sheet:
    """A page on its way into the bundle. ``source`` is the draft's number and the page in it."""

    source: tuple[int, int] | None
    drawings: list[bytes] = field(default_factory=list)
    is_scanned: bool = False
    has_noisy_text: bool = False
    turned: int = 0
    picture: Picture | None = None
    text: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class _Paper:
    """A document on its way into the bundle: its draft's number, its sheets, how it was copied."""

    draft: int
    sheets: list[_Sheet]
    way: str | None = None
    missing: tuple[int, ...] = ()


def generate(
    folder: Path,
    seed: int,
    pages: int,
    *,
    families: Mapping[str, tuple[Family, int]],
    scans_share: float = 0.3,
    duplicates_share: float = 0.4,
    shuffle: float = 0.2,
    stamps: float = 0.3,
    files: int = 1,
    transcripts: Path | None = None,
) -> Truth:
    """Write a case file of so many pages and its ``truth.json`` into a folder, and return the truth.

    The same arguments give the same pages, with the same versions of the libraries and fonts.

    Args:
        folder: Where ``bundle-1.pdf`` … and ``truth.json`` go; it is made.
        families: What is drawn from, with weights: ``TRAIN`` or ``HELD_OUT``.
        scans_share: Share of pages that are pictures, about; without any, no copy is a picture.
        duplicates_share: Share of pages that repeat an earlier page.
        shuffle: Share of documents that do not lie in the order of their days.
        stamps: Share of documents that bear running numbers or a stamp.
        files: Into how many PDFs the documents are divided.
        transcripts: Real transcripts whose paragraphs stand among ours.
    """
    random = Random(seed)
    drafts, printed = _written(random, round(pages * (1 - duplicates_share)), families, transcripts)
    ways = (*_TEXT_WAYS, *_PICTURE_WAYS) if scans_share else _TEXT_WAYS
    # Some copies are pictures whatever they repeat; so fewer of the first papers are.
    new_pictures = duplicates_share * len(_PICTURE_WAYS) / len(ways) if scans_share else 0.0
    first_scans = max(0.0, (scans_share - new_pictures) / (1 - new_pictures))
    papers = _ordered(random, _papers(random, drafts, printed, first_scans, stamps), drafts, shuffle)
    papers = _with_copies(random, papers, pages, ways)
    _cut(papers, pages)
    folder.mkdir(parents=True, exist_ok=True)
    names = tuple(f"bundle-{number}.pdf" for number in range(1, files + 1))
    for name, part in zip(names, _parts(papers, files), strict=True):
        _write(folder / name, random, part, printed)
    truth = _truth(seed, names, papers, drafts)
    write_truth(folder, truth)
    return truth


def _written(
    random: Random, pages: int, families: Mapping[str, tuple[Family, int]], transcripts: Path | None
) -> tuple[list[tuple[str, Draft]], list[pikepdf.Pdf]]:
    """Return drafts of at least so many pages, and their prints."""
    world = make_world(random, transcript_paragraphs(transcripts) if transcripts else ())
    names, weights = tuple(families), [weight for _, weight in families.values()]
    printer = Printer()
    drafts: list[tuple[str, Draft]] = []
    printed: list[pikepdf.Pdf] = []
    count = 0
    while count < pages:
        name = random.choices(names, weights)[0]
        written = families[name][0](world, random)
        for draft in (written,) if isinstance(written, Draft) else written:
            pdf = printer.printed(draft)
            drafts.append((name, draft))
            printed.append(pdf)
            count += len(pdf.pages)
    return drafts, printed


def _day(draft: Draft) -> date:
    return draft.date_of_service or draft.report_date or _LONG_AGO


def _papers(
    random: Random,
    drafts: Sequence[tuple[str, Draft]],
    printed: Sequence[pikepdf.Pdf],
    scans: float,
    stamps: float,
) -> list[_Paper]:
    """Return the first copy of each draft, with what happened to it."""
    papers = []
    for number, (_, draft) in enumerate(drafts):
        sheets = [_Sheet(source=(number, page)) for page in range(len(printed[number].pages))]
        paper = _Paper(draft=number, sheets=sheets)
        if random.random() < _INK:
            sheets[-1].drawings.append(ink(random))
        if random.random() < scans:
            _scan(random, paper, _day(draft))
        if random.random() < stamps:
            _stamp(random, sheets, _day(draft))
        if len(sheets) > 2 and random.random() < _LOSES_A_PAGE:
            lost = random.randrange(1, len(sheets))
            sheets.pop(lost)
            paper.missing = (lost + 1,)
        if random.random() < _TURNED:
            random.choice(sheets).turned = random.choice((90, 180, 270))
        if random.random() < _BLANK_AFTER:
            sheets.append(_Sheet(source=None, is_scanned=sheets[-1].is_scanned))
        papers.append(paper)
    return papers


def _scan(random: Random, paper: _Paper, day: date) -> None:
    """Make a paper a scan; every second one came by fax and says so on each page."""
    for sheet in paper.sheets:
        sheet.is_scanned = True
    if random.random() < 0.5:
        _fax(random, paper.sheets, day)


def _fax(random: Random, sheets: Sequence[_Sheet], day: date) -> None:
    sent, extra = day + timedelta(days=random.randint(2, 200)), random.randint(0, 20)
    for number, sheet in enumerate(sheets, 1):
        sheet.drawings.append(fax_line(random, sent, number + extra, len(sheets) + extra))


def _stamp(random: Random, sheets: Sequence[_Sheet], day: date) -> None:
    if random.random() < 0.5:
        sheets[0].drawings.append(received_stamp(random, day + timedelta(days=random.randint(2, 60))))
    else:
        _number(random, sheets)


def _number(random: Random, sheets: Sequence[_Sheet], *, again: bool = False) -> None:
    """Give each sheet a running number; the second who numbers finds the right corner taken."""
    prefix, start = random.choice(("DEF", "SUBP-", "APP ", "CL")), random.randint(1, 90_000)
    for at, sheet in enumerate(sheets):
        sheet.drawings.append(page_number_stamp(prefix, start + at, left=40 if again else 500))


def _ordered(
    random: Random, papers: list[_Paper], drafts: Sequence[tuple[str, Draft]], shuffle: float
) -> list[_Paper]:
    """Return the papers by day, a share of them elsewhere."""
    papers = sorted(papers, key=lambda paper: _day(drafts[paper.draft][1]))
    moved = [paper for paper in papers if random.random() < shuffle]
    kept = [paper for paper in papers if paper not in moved]
    for paper in moved:
        kept.insert(random.randint(0, len(kept)), paper)
    return kept


def _with_copies(random: Random, papers: list[_Paper], pages: int, ways: Sequence[str]) -> list[_Paper]:
    """Return the papers and copies of them somewhere behind, until the pages are enough."""
    originals, found = list(papers), list(papers)
    count = sum(len(paper.sheets) for paper in papers)
    while count < pages:
        first = random.choice(originals)
        copy = _copied(random, first, random.choice(ways))
        found.insert(random.randint(found.index(first) + 1, len(found)), copy)
        count += len(copy.sheets)
    return found


def _copied(random: Random, first: _Paper, way: str) -> _Paper:
    """Return a copy: the same, or with a fax line, other numbers, a poor layer of text, or as a scan."""
    sheets = [sheet for sheet in first.sheets if sheet.source]
    if way != "exact":
        sheets = [replace(sheet, drawings=list(sheet.drawings), picture=None, turned=0) for sheet in sheets]
    if way == "fax_line":
        _fax(random, sheets, _LONG_AGO + timedelta(days=random.randint(9_000, 9_900)))
    elif way == "page_numbers":
        _number(random, sheets, again=True)
    elif way in _PICTURE_WAYS:
        for sheet in sheets:
            sheet.is_scanned, sheet.has_noisy_text = True, way == "noise"
    return _Paper(draft=first.draft, sheets=sheets, way=way, missing=first.missing)


def _cut(papers: list[_Paper], pages: int) -> None:
    """Cut what is too much off the end; the last paper may lose its last pages."""
    while (over := sum(len(paper.sheets) for paper in papers) - pages) > 0:
        last = papers[-1]
        if len(last.sheets) <= over:
            papers.pop()
            continue
        lost = [sheet.source[1] + 1 for sheet in last.sheets[-over:] if sheet.source]
        last.missing = (*last.missing, *lost)
        last.sheets = last.sheets[:-over]


def _parts(papers: Sequence[_Paper], files: int) -> list[Sequence[_Paper]]:
    """Return the papers in so many runs of about the same number."""
    return [papers[len(papers) * at // files : len(papers) * (at + 1) // files] for at in range(files)]


def _write(path: Path, random: Random, papers: Sequence[_Paper], printed: Sequence[pikepdf.Pdf]) -> None:
    """Write one PDF: every page as it was printed, then pictures in place of those that were scanned."""
    pdf = pikepdf.new()
    sheets = [sheet for paper in papers for sheet in paper.sheets]
    for sheet in sheets:
        if sheet.source is None:
            pdf.add_blank_page(page_size=(612, 792))
            continue
        pdf.pages.append(printed[sheet.source[0]].pages[sheet.source[1]])
        if sheet.drawings:
            drawn_over(pdf, pdf.pages[-1], b"".join(sheet.drawings))
    clean = io.BytesIO()
    pdf.save(clean)
    with pypdfium2.PdfDocument(clean.getvalue()) as shown:
        for at, sheet in enumerate(sheets):
            if sheet.is_scanned:
                _replace_by_picture(pdf, shown, at, sheet, random)
            elif sheet.turned:
                pdf.pages[at].rotate(sheet.turned, relative=False)
    pdf.save(path, deterministic_id=True)


def _replace_by_picture(
    pdf: pikepdf.Pdf, shown: pypdfium2.PdfDocument, at: int, sheet: _Sheet, random: Random
) -> None:
    page = shown[at]
    if sheet.picture is None:
        sheet.picture = scanned(page, random, turned=sheet.turned)
        sheet.text = page.get_textpage().get_text_range()
    pdf.pages[at] = picture_page(pdf, sheet.picture)
    if sheet.has_noisy_text:
        drawn_over(pdf, pdf.pages[at], hidden_text(lines_of(page), random))
    page.close()


def _truth(
    seed: int, names: tuple[str, ...], papers: Sequence[_Paper], drafts: Sequence[tuple[str, Draft]]
) -> Truth:
    documents, copies, scans, blank, turned = [], [], [], [], []
    first_page: dict[tuple[int, int], int] = {}
    first_of: dict[int, int] = {}
    page = 0
    for paper in papers:
        start = page + 1
        for sheet in paper.sheets:
            page += 1
            if sheet.source is None:
                blank.append(page)
                continue
            if sheet.source in first_page:
                copies.append(Copy(page=page, of=first_page[sheet.source]))
            first_page.setdefault(sheet.source, page)
            if sheet.is_scanned:
                scans.append(Scan(page=page, text=sheet.text, has_text_layer=sheet.has_noisy_text))
            if sheet.turned:
                turned.append(page)
        found = _document(
            paper, drafts[paper.draft], tuple(range(start, page + 1)), first_of.get(paper.draft)
        )
        first_of.setdefault(paper.draft, start)
        documents.append(found)
    return Truth(
        seed=seed,
        files=names,
        pages=page,
        documents=tuple(documents),
        copies=tuple(copies),
        scans=tuple(scans),
        blank=tuple(blank),
        rotated=tuple(turned),
    )


def _document(
    paper: _Paper, drafted: tuple[str, Draft], pages: tuple[int, ...], copy_of: int | None
) -> Document:
    family, draft = drafted
    return Document(
        family=family,
        type=draft.type,
        title=draft.title,
        pages=pages,
        author=draft.author,
        author_specialty=draft.author_specialty,
        facility=draft.facility,
        date_of_service=draft.date_of_service,
        report_date=draft.report_date,
        strings=draft.strings,
        copy_of=copy_of,
        copied_by=paper.way if copy_of is not None else None,
        missing_pages=paper.missing,
    )
