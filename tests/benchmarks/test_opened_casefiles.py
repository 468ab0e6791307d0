"""The families written last: fair truth, every kind of paper, and pages that belong to one document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from benchmarks.casefiles.bundle import generate
from benchmarks.casefiles.opened import OPENED
from benchmarks.casefiles.opened.manners import MANNERS
from benchmarks.records import FAMILIES

from openimr.terms.records import ExhibitType
from printed_casefiles import (
    Paper,
    check_that_the_truth_covers_each_page_once,
    pages_of_two_papers,
    two_of_each,
    without_their_author,
    without_their_words,
    written,
)

DAY = date(2014, 3, 4)


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """Return two of each family in two cases, printed."""
    return two_of_each(OPENED, (1, 2))


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
    assert not without_their_author(papers)


def test_what_the_truth_quotes_is_printed(papers: list[Paper]) -> None:
    assert not without_their_words(papers)


def test_many_documents_have_no_day_of_service_although_days_are_printed_on_them(
    papers: list[Paper],
) -> None:
    without = {paper.family for paper in papers if not paper.draft.date_of_service and "/20" in paper.text}
    assert len(without) >= 10


def test_no_page_reads_like_a_page_of_another_document(papers: list[Paper]) -> None:
    """What is a copy and what is not can be told from the words."""
    assert not pages_of_two_papers(papers)


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
        check_that_the_truth_covers_each_page_once(OPENED, tmp_path / str(seed), seed)


def test_the_same_seed_writes_the_same_papers() -> None:
    for family in OPENED:
        assert written(OPENED, family, 5) == written(OPENED, family, 5)


def test_the_manners_of_writing_a_day_are_all_different() -> None:
    shown = [manner(DAY) for manner in MANNERS]
    assert len(set(shown)) == len(shown)
    assert {"3/4/2014", "March 4th, 2014", "4th day of March, 2014", "MAR 04 2014", "4-Mar-14"} <= set(shown)


def test_the_benchmark_can_be_run_over_these_families() -> None:
    assert FAMILIES["opened"] is OPENED
