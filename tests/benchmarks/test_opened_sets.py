"""The families of offices and houses that were opened: fair truth, and papers like real ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.opened_houses import OPENED_HOUSES
from benchmarks.casefiles.opened_houses import days as of_houses
from benchmarks.casefiles.opened_offices import OPENED_OFFICES
from benchmarks.casefiles.opened_offices import days as of_offices
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


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A set of families, its ways to write a day, and how much of it there is at least."""

    name: str
    families: Mapping[str, tuple[Family, int]]
    manners: Sequence[Callable[[date], str]]
    shown: frozenset[str]
    many: int
    facilities: int
    served: int
    reported: int


SETS = {
    "opened_offices": Opened(
        name="opened_offices",
        families=OPENED_OFFICES,
        manners=of_offices.MANNERS,
        shown=frozenset(
            {"3/5/14", "March 5th, 2014", "05-Mar-2014", "05.03.2014", "Wednesday, March 5, 2014"}
        ),
        many=50,
        facilities=20,
        served=90,
        reported=60,
    ),
    "opened_houses": Opened(
        name="opened_houses",
        families=OPENED_HOUSES,
        manners=of_houses.MANNERS,
        shown=frozenset({"03/05/14", "March 05, 2014", "2014-03-05", "Mar. 5, 2014", of_houses.sworn(DAY)}),
        many=45,
        facilities=25,
        served=120,
        reported=120,
    ),
}


@pytest.fixture(scope="module", params=list(SETS))
def opened(request: pytest.FixtureRequest) -> Opened:
    return SETS[request.param]


@pytest.fixture(scope="module")
def papers(opened: Opened) -> list[Paper]:
    return two_of_each(opened.families, (1, 2))


def stands(opened: Opened, day: date, text: str) -> bool:
    """Return whether a day stands in a text in one of the manners, and not as a part of a longer one."""
    shown = (re.escape(manner(day)) for manner in opened.manners)
    return any(re.search(rf"(?<![\d/.-]){one}(?!\d)", text) for one in shown)


def test_there_are_many_families_and_every_kind_of_document(opened: Opened, papers: list[Paper]) -> None:
    assert len(opened.families) >= opened.many
    assert {paper.draft.type for paper in papers} == set(ExhibitType)
    assert len({paper.draft.facility for paper in papers}) >= opened.facilities


@pytest.mark.parametrize("seed", range(10))
def test_every_family_writes_in_many_cases(opened: Opened, seed: int) -> None:
    for family in opened.families:
        assert all(one.source or one.lines for one in written(opened.families, family, seed)), family


@pytest.mark.parametrize("name", ["date_of_service", "report_date"])
def test_each_day_of_the_truth_is_printed_on_the_first_page_or_the_last(
    opened: Opened, papers: list[Paper], name: str
) -> None:
    dated = days_of(papers, name)
    assert len(dated) > (opened.served if name == "date_of_service" else opened.reported)
    assert not [paper.family for paper, day in dated if not stands(opened, day, paper.ends)]


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
    written_days = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]+ \d{1,2}, \d{4}")
    several = [paper for paper in papers if len(set(written_days.findall(paper.text))) > 2]
    assert len(several) > len(papers) / 2


def test_the_truth_covers_every_page_exactly_once(opened: Opened, tmp_path: Path) -> None:
    for seed in (1, 2):
        check_that_the_truth_covers_each_page_once(opened.families, tmp_path / str(seed), seed)


def test_the_same_seed_writes_the_same_papers(opened: Opened) -> None:
    for family in opened.families:
        assert written(opened.families, family, 5) == written(opened.families, family, 5)


def test_the_manners_of_writing_a_day_are_all_different(opened: Opened) -> None:
    shown = [manner(DAY) for manner in opened.manners]
    assert len(set(shown)) == len(shown)
    assert opened.shown <= set(shown)


def test_the_benchmark_can_be_run_over_these_families(opened: Opened) -> None:
    assert FAMILIES[opened.name] is opened.families


def test_the_offices_write_the_day_first_only_where_no_month_has_that_number() -> None:
    served = days_of(two_of_each(OPENED_OFFICES, (1, 2)), "date_of_service")
    days = [day for paper, day in served if of_offices.continental(day) in paper.ends]
    assert days and all(day.day > 12 for day in days)


def test_visits_of_one_print_out_are_documents_of_their_own() -> None:
    first, second = written(OPENED_OFFICES, "two_visits", 4)
    assert first.date_of_service and second.date_of_service
    assert first.date_of_service < second.date_of_service
    assert first.source and second.source
    found = re.compile(r"Printed on [\d/]+ at [\d:]+")
    assert found.findall(first.source) == found.findall(second.source) != []


@pytest.mark.parametrize("family", ["alignment_visits", "rosewood_visits", "stillwater_sessions"])
def test_visits_of_a_house_in_a_row_go_forward_in_time(family: str) -> None:
    runs = [written(OPENED_HOUSES, family, seed) for seed in range(8)]
    assert max(len(run) for run in runs) > 1
    for run in runs:
        days = [draft.date_of_service or date.min for draft in run]
        assert days == sorted(set(days))


def test_a_report_of_a_house_is_younger_than_its_service_and_its_facility_is_printed() -> None:
    papers = two_of_each(OPENED_HOUSES, (1, 2))
    for paper, day in days_of(papers, "date_of_service"):
        assert paper.draft.report_date is None or paper.draft.report_date > day, paper.family
    named = [paper for paper in papers if paper.draft.facility]
    assert not [one.family for one in named if str(one.draft.facility).lower() not in one.text.lower()]


def test_the_houses_count_days_in_words() -> None:
    assert [of_houses.ordinal(n) for n in (1, 2, 3, 11, 23)] == ["1st", "2nd", "3rd", "11th", "23rd"]
