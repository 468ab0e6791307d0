"""The families written last: fair truth, every kind of paper, and pages that belong to one document."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from benchmarks.casefiles.bundle import generate
from benchmarks.casefiles.draft import Draft
from benchmarks.casefiles.printing import Printer
from benchmarks.casefiles.opened import OPENED
from benchmarks.casefiles.opened.manners import MANNERS
from benchmarks.casefiles.world import make_world
from benchmarks.records import FAMILIES

from openimr.terms.records import ExhibitType

DAY = date(2014, 3, 4)


@dataclass(frozen=True)
class Paper:
    """A printed document: its case, its family, what was meant, and the words of its pages."""

    case: int
    family: str
    draft: Draft
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def printed(printer: Printer, draft: Draft) -> tuple[str, ...]:
    stored = io.BytesIO()
    printer.printed(draft).save(stored)
    with pypdfium2.PdfDocument(stored.getvalue()) as document:
        return tuple(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def written(family: str, seed: int) -> Sequence[Draft]:
    random = Random(seed)
    made = OPENED[family][0](make_world(random), random)
    return (made,) if isinstance(made, Draft) else made


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """Return two of each family in two cases, printed."""
    printer, found = Printer(), []
    for case in (1, 2):
        random = Random(case)
        world = make_world(random)
        for family in [*OPENED, *OPENED]:
            made = OPENED[family][0](world, random)
            for draft in (made,) if isinstance(made, Draft) else made:
                found.append(Paper(case=case, family=family, draft=draft, pages=printed(printer, draft)))
    return found


def stands(day: date, text: str) -> bool:
    """Return whether the day is printed in one of the manners of these offices."""
    return any(manner(day) in text for manner in MANNERS)


def test_every_kind_of_document_is_there(papers: list[Paper]) -> None:
    assert {paper.draft.type for paper in papers} == set(ExhibitType)


def test_each_day_of_service_is_printed_on_its_document(papers: list[Paper]) -> None:
    dated = [paper for paper in papers if paper.draft.date_of_service]
    assert len(dated) > 50
    for paper in dated:
        assert paper.draft.date_of_service and stands(paper.draft.date_of_service, paper.text), paper.family


def test_each_day_of_a_report_is_printed_on_its_document(papers: list[Paper]) -> None:
    dated = [paper for paper in papers if paper.draft.report_date]
    assert len(dated) > 20
    for paper in dated:
        assert paper.draft.report_date and stands(paper.draft.report_date, paper.text), paper.family


def test_each_author_is_named_on_the_document(papers: list[Paper]) -> None:
    for paper in papers:
        assert not paper.draft.author or paper.draft.author.lower() in paper.text.lower(), paper.family


def test_what_the_truth_quotes_is_printed(papers: list[Paper]) -> None:
    for paper in papers:
        assert paper.draft.strings and all(one in paper.text for one in paper.draft.strings), paper.family


def test_many_documents_have_no_day_of_service_although_days_are_printed_on_them(
    papers: list[Paper],
) -> None:
    without = {paper.family for paper in papers if not paper.draft.date_of_service and "/20" in paper.text}
    assert len(without) >= 10


def test_no_page_reads_like_a_page_of_another_document(papers: list[Paper]) -> None:
    """What is a copy and what is not can be told from the words."""
    owners: dict[tuple[int, str], set[int]] = defaultdict(set)
    for number, paper in enumerate(papers):
        for page in paper.pages:
            owners[paper.case, page].add(number)
    assert not [page for (_, page), found in owners.items() if len(found) > 1]


def test_one_family_writes_reports_of_25_pages_and_more(papers: list[Paper]) -> None:
    longest = {paper.family: len(paper.pages) for paper in sorted(papers, key=lambda paper: len(paper.pages))}
    assert longest["panel_evaluation"] >= 25


def test_every_page_has_words(papers: list[Paper]) -> None:
    assert all(len(page) > 20 for paper in papers for page in paper.pages)


def test_an_office_writes_several_notes_of_one_page_in_a_row(papers: list[Paper]) -> None:
    notes = [paper for paper in papers if paper.family == "therapy_days" and paper.case == 1]
    assert len(notes) > 3 and all(len(paper.pages) == 1 for paper in notes)
    assert len({paper.draft.facility for paper in notes}) == 1


def test_notes_of_one_office_lie_behind_each_other_unless_shuffled(tmp_path: Path) -> None:
    one = {"therapy_days": OPENED["therapy_days"]}
    truth = generate(tmp_path, 3, 9, families=one, scans_share=0, duplicates_share=0, shuffle=0, stamps=0)
    days = [document.date_of_service for document in truth.documents]
    assert len(days) > 4 and days == sorted(days, key=lambda day: day or DAY)


def test_the_truth_covers_every_page_exactly_once(tmp_path: Path) -> None:
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        truth = generate(folder, seed, 40, families=OPENED, scans_share=0.1, duplicates_share=0.3, files=2)
        assert [page for document in truth.documents for page in document.pages] == list(range(1, 41))
        counts = []
        for name in truth.files:
            with pypdfium2.PdfDocument(folder / name) as document:
                counts.append(len(document))
        assert sum(counts) == truth.pages == 40
        assert {document.family for document in truth.documents} <= set(OPENED)


def test_the_same_seed_writes_the_same_papers() -> None:
    for family in OPENED:
        assert written(family, 5) == written(family, 5)


def test_the_manners_of_writing_a_day_are_all_different() -> None:
    shown = [manner(DAY) for manner in MANNERS]
    assert len(set(shown)) == len(shown)
    assert {"3/4/2014", "March 4th, 2014", "4th day of March, 2014", "MAR 04 2014", "4-Mar-14"} <= set(shown)


def test_the_benchmark_can_be_run_over_these_families() -> None:
    assert FAMILIES["opened"] is OPENED
