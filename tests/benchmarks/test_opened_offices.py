"""The families of the offices that were opened: fair truth, and papers like real ones."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from benchmarks.casefiles.opened_offices import OPENED_OFFICES
from benchmarks.casefiles.opened_offices.days import MANNERS, continental
from benchmarks.records import FAMILIES

from openimr.terms.records import ExhibitType
from printed_casefiles import (
    Paper,
    check_that_the_truth_covers_each_page_once,
    days_of,
    pages_of_two_papers,
    two_of_each,
    without_their_author,
    without_their_words,
    written,
)

DAY = date(2014, 3, 5)
WITHOUT_A_SERVICE = {
    ExhibitType.RFA,
    ExhibitType.UR_DECISION,
    ExhibitType.IMR_APPLICATION,
    ExhibitType.CORRESPONDENCE,
    ExhibitType.FAX_COVER,
}


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return two_of_each(OPENED_OFFICES, (1, 2))


def stands(day: date, text: str) -> bool:
    """Return whether a day stands in a text in one of the manners, and not as a part of a longer one."""
    return any(re.search(rf"(?<![\d/.-]){re.escape(manner(day))}(?!\d)", text) for manner in MANNERS)


def test_there_are_many_families_and_every_kind_of_document(papers: list[Paper]) -> None:
    assert len(OPENED_OFFICES) >= 50
    assert {paper.draft.type for paper in papers} == set(ExhibitType)
    assert len({paper.draft.facility for paper in papers}) >= 20


@pytest.mark.parametrize(("name", "least"), [("date_of_service", 90), ("report_date", 60)])
def test_each_day_of_the_truth_is_printed_on_the_first_page_or_the_last(
    papers: list[Paper], name: str, least: int
) -> None:
    dated = days_of(papers, name)
    assert len(dated) > least
    assert not [paper.family for paper, day in dated if not stands(day, paper.ends)]


def test_each_paper_has_a_day_of_service_or_of_its_own(papers: list[Paper]) -> None:
    assert all(paper.draft.date_of_service or paper.draft.report_date for paper in papers)


def test_papers_about_no_service_have_no_day_of_service(papers: list[Paper]) -> None:
    for paper in papers:
        if paper.draft.type in WITHOUT_A_SERVICE:
            assert paper.draft.date_of_service is None and paper.draft.report_date, paper.family


def test_a_report_is_never_older_than_the_service_nor_the_service_than_the_injury(
    papers: list[Paper],
) -> None:
    for paper, day in days_of(papers, "date_of_service"):
        assert paper.world.injured_on <= day <= (paper.draft.report_date or day), paper.family


def test_the_day_before_the_month_is_written_only_where_no_month_has_that_number(papers: list[Paper]) -> None:
    days = [day for paper, day in days_of(papers, "date_of_service") if continental(day) in paper.ends]
    assert days and all(day.day > 12 for day in days)


def test_each_author_is_named_and_each_quoted_word_is_printed(papers: list[Paper]) -> None:
    assert not without_their_author(papers)
    assert not without_their_words(papers)


def test_no_page_reads_like_a_page_of_another_document(papers: list[Paper]) -> None:
    assert not pages_of_two_papers(papers)


def test_papers_of_several_pages_are_common_and_none_is_without_words(papers: list[Paper]) -> None:
    lengths = [len(paper.pages) for paper in papers]
    assert sum(length > 1 for length in lengths) > len(lengths) / 4 and max(lengths) >= 6
    assert all(len(page) > 20 for paper in papers for page in paper.pages)


def test_most_papers_bear_days_that_are_not_their_own(papers: list[Paper]) -> None:
    written_days = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+ \d{1,2}, \d{4}")
    several = [paper for paper in papers if len(set(written_days.findall(paper.text))) > 2]
    assert len(several) > len(papers) / 2


def test_visits_of_one_print_out_are_documents_of_their_own() -> None:
    first, second = written(OPENED_OFFICES, "two_visits", 4)
    assert first.date_of_service and second.date_of_service
    assert first.date_of_service < second.date_of_service
    assert first.source and second.source
    found = re.compile(r"Printed on [\d/]+ at [\d:]+")
    assert found.findall(first.source) == found.findall(second.source) != []


def test_the_truth_covers_every_page_exactly_once(tmp_path: Path) -> None:
    for seed in (1, 2):
        check_that_the_truth_covers_each_page_once(OPENED_OFFICES, tmp_path / str(seed), seed)


def test_the_same_seed_writes_the_same_papers() -> None:
    for family in OPENED_OFFICES:
        assert written(OPENED_OFFICES, family, 5) == written(OPENED_OFFICES, family, 5)


def test_the_manners_of_writing_a_day_are_all_different() -> None:
    shown = [manner(DAY) for manner in MANNERS]
    assert len(set(shown)) == len(shown)
    assert {"3/5/14", "March 5th, 2014", "05-Mar-2014", "05.03.2014", "Wednesday, March 5, 2014"} <= set(
        shown
    )


def test_the_benchmark_can_be_run_over_these_families() -> None:
    assert FAMILIES["opened_offices"] is OPENED_OFFICES
