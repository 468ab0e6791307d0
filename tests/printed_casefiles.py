"""Families of case files, printed and read back: what every test of such families asks."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2
from benchmarks.casefiles.bundle import generate
from benchmarks.casefiles.draft import Draft, Family
from benchmarks.casefiles.printing import Printer
from benchmarks.casefiles.world import World, make_world

Families = Mapping[str, tuple[Family, int]]


@dataclass(frozen=True)
class Paper:
    """A printed document: its case, its family, what was meant, and the words of its pages."""

    case: int
    family: str
    world: World
    draft: Draft
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def ends(self) -> str:
        """The words of the first page and the last."""
        return f"{self.pages[0]} {self.pages[-1]}"


def printed(printer: Printer, draft: Draft) -> tuple[str, ...]:
    """Return the words of each page of a document."""
    stored = io.BytesIO()
    printer.printed(draft).save(stored)
    with pypdfium2.PdfDocument(stored.getvalue()) as document:
        return tuple(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def drafts(families: Families, family: str, world: World, random: Random) -> Sequence[Draft]:
    """Return what a family writes, be it one document or several."""
    made = families[family][0](world, random)
    return (made,) if isinstance(made, Draft) else made


def written(families: Families, family: str, seed: int) -> Sequence[Draft]:
    """Return what a family writes in the case of a seed."""
    random = Random(seed)
    return drafts(families, family, make_world(random), random)


def two_of_each(families: Families, cases: Sequence[int]) -> list[Paper]:
    """Return two papers or runs of papers of each family in each of the cases."""
    printer, found = Printer(), []
    for case in cases:
        random = Random(case)
        world = make_world(random)
        for family in [*families, *families]:
            for draft in drafts(families, family, world, random):
                pages = printed(printer, draft)
                found.append(Paper(case=case, family=family, world=world, draft=draft, pages=pages))
    return found


def without_their_author(papers: Sequence[Paper]) -> list[str]:
    """Return the families of papers that do not name the author whom the truth names."""
    return [
        paper.family
        for paper in papers
        if paper.draft.author and paper.draft.author.lower() not in paper.text.lower()
    ]


def without_their_words(papers: Sequence[Paper]) -> list[str]:
    """Return the families of papers that lack words which the truth quotes, or of which it quotes none."""
    return [
        paper.family
        for paper in papers
        if not paper.draft.strings or not all(one in paper.text for one in paper.draft.strings)
    ]


def pages_of_two_papers(papers: Sequence[Paper]) -> list[str]:
    """Return the pages that read alike in two papers of one case."""
    owners: dict[tuple[int, str], set[int]] = defaultdict(set)
    for number, paper in enumerate(papers):
        for page in paper.pages:
            owners[paper.case, page].add(number)
    return [page for (_, page), found in owners.items() if len(found) > 1]


def check_that_the_truth_covers_each_page_once(families: Families, folder: Path, seed: int) -> None:
    """Write a bundle of forty pages and compare its truth with its files."""
    truth = generate(folder, seed, 40, families=families, scans_share=0.1, duplicates_share=0.3, files=2)
    assert [page for document in truth.documents for page in document.pages] == list(range(1, 41))
    counts = []
    for name in truth.files:
        with pypdfium2.PdfDocument(folder / name) as document:
            counts.append(len(document))
    assert sum(counts) == truth.pages == 40
    assert {document.family for document in truth.documents} <= set(families)


def days_of(papers: Sequence[Paper], name: str) -> list[tuple[Paper, date]]:
    """Return the papers whose truth has a day of this name, each with the day."""
    return [(paper, day) for paper in papers if (day := getattr(paper.draft, name))]
