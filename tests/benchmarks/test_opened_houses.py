"""The families by which the finished reading is judged: fair truth, and papers like real ones."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from benchmarks.casefiles.opened_houses import OPENED_HOUSES
from benchmarks.casefiles.opened_houses.days import MANNERS, ordinal, sworn

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
    return two_of_each(OPENED_HOUSES, (1, 2))


def stands(day: date, text: str) -> bool:
    """Return whether a day stands in a text in one of the manners, and not as a part of a longer one."""
    return any(re.search(rf"(?<![\d/.-]){re.escape(manner(day))}(?!\d)", text) for manner in MANNERS)


def test_there_are_many_families_and_every_kind_of_document(papers: list[Paper]) -> None:
    assert len(OPENED_HOUSES) >= 45
    assert {paper.draft.type for paper in papers} == set(ExhibitType)
    assert len({paper.draft.facility for paper in papers}) >= 25


@pytest.mark.parametrize("seed", range(10))
def test_every_family_writes_in_many_cases(seed: int) -> None:
    for family in OPENED_HOUSES:
        assert all(draft.source or draft.lines for draft in written(OPENED_HOUSES, family, seed)), family


@pytest.mark.parametrize(("name", "least"), [("date_of_service", 120), ("report_date", 120)])
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


def test_a_report_is_younger_than_its_service_and_the_service_not_older_than_the_injury(
    papers: list[Paper],
) -> None:
    for paper, day in days_of(papers, "date_of_service"):
        assert paper.world.injured_on <= day, paper.family
        assert paper.draft.report_date is None or paper.draft.report_date > day, paper.family


def test_each_author_and_house_is_named_and_each_quoted_word_is_printed(papers: list[Paper]) -> None:
    assert not without_their_author(papers)
    assert not without_their_words(papers)
    named = [paper for paper in papers if paper.draft.facility]
    assert not [one.family for one in named if str(one.draft.facility).lower() not in one.text.lower()]


def test_no_page_reads_like_a_page_of_another_document(papers: list[Paper]) -> None:
    assert not pages_of_two_papers(papers)


def test_papers_of_several_pages_are_common_and_none_is_without_words(papers: list[Paper]) -> None:
    lengths = [len(paper.pages) for paper in papers]
    assert sum(length > 1 for length in lengths) > len(lengths) / 4 and max(lengths) >= 6
    assert all(len(page) > 20 for paper in papers for page in paper.pages)


def test_most_papers_bear_days_that_are_not_their_own(papers: list[Paper]) -> None:
    written_days = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]+ \d{1,2}, \d{4}")
    several = [paper for paper in papers if len(set(written_days.findall(paper.text))) > 2]
    assert len(several) > len(papers) / 2


@pytest.mark.parametrize("family", ["alignment_visits", "rosewood_visits", "stillwater_sessions"])
def test_visits_in_a_row_go_forward_in_time(family: str) -> None:
    runs = [written(OPENED_HOUSES, family, seed) for seed in range(8)]
    assert max(len(run) for run in runs) > 1
    for run in runs:
        days = [draft.date_of_service or date.min for draft in run]
        assert days == sorted(set(days))


def test_the_truth_covers_every_page_exactly_once(tmp_path: Path) -> None:
    for seed in (1, 2):
        check_that_the_truth_covers_each_page_once(OPENED_HOUSES, tmp_path / str(seed), seed)


def test_the_same_seed_writes_the_same_papers() -> None:
    for family in OPENED_HOUSES:
        assert written(OPENED_HOUSES, family, 5) == written(OPENED_HOUSES, family, 5)


def test_the_manners_of_writing_a_day_are_all_different() -> None:
    shown = [manner(DAY) for manner in MANNERS]
    assert len(set(shown)) == len(shown)
    assert {"03/05/14", "March 05, 2014", "2014-03-05", "Mar. 5, 2014", sworn(DAY)} <= set(shown)
    assert [ordinal(number) for number in (1, 2, 3, 11, 23)] == ["1st", "2nd", "3rd", "11th", "23rd"]
