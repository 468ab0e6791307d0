"""Search finds what a careful reader would, and nothing that was excluded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.formats import OutputFolder
from openimr.records.folder import write_records
from openimr.records.read import read_case_file
from openimr.records.search import PageIndex, SearchFilter
from openimr.records.search_query import And, Not, Or, Phrase, parse_query
from openimr.terms.errors import FormatInvalid
from openimr.terms.records import CaseFile, ExhibitType
from records import paper


@pytest.fixture(scope="module")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    folder = tmp_path_factory.mktemp("records")
    pages = [paper.PROGRESS, paper.IMAGING, paper.DECISION, paper.LATER, paper.IMAGING]
    (folder / "a.txt").write_text("\f".join(pages), encoding="utf-8")
    return read_case_file(folder)[0]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("patient", [1, 2, 4]),
        ("PATIENT gabapentin", [1]),
        ('"physical therapy"', [1, 3]),
        ('"therapy physical"', []),
        ('"physical therapy" NOT gabapentin', [3]),
        ('"physical therapy" AND NOT gabapentin', [3]),
        ('"physical therapy" -gabapentin', [3]),
        ("NOT patient", [3]),
        ("gabapentin OR protrusion", [1, 2]),
        ("patient (gabapentin OR limp)", [1, 4]),
        ("NOT (gabapentin OR protrusion OR limp)", [3]),
        ("protru*", [2]),
        ("L4-L5", [2]),
        ("no-such-word", []),
    ],
)
def test_words_phrases_and_or_not(case_file: CaseFile, query: str, pages: list[int]) -> None:
    assert [hit.page for hit in PageIndex(case_file).search(query)] == pages


def test_a_hit_stands_where_it_says(case_file: CaseFile) -> None:
    hit = PageIndex(case_file).search('"disc protrusion"')[0]
    page = case_file.pages[hit.page - 1]
    assert page.text[hit.start : hit.end].lower() == "disc protrusion"
    assert "disc protrusion" in hit.snippet and len(hit.snippet) < 200
    assert (hit.document, hit.document_page) == (page.document, page.number)


def test_kinds_and_days_narrow_the_search(case_file: CaseFile) -> None:
    index = PageIndex(case_file)
    imaging = SearchFilter(types=(ExhibitType.IMAGING,))
    assert [hit.page for hit in index.search("patient", imaging)] == [2]
    later = SearchFilter(since=date(2016, 3, 14), until=date(2016, 3, 14))
    assert [hit.page for hit in index.search("patient", later)] == [1]
    assert [hit.page for hit in index.search("NOT gabapentin", SearchFilter(since=date(2016, 4, 5)))] == [4]


def test_not_binds_closest_then_and_then_or() -> None:
    a, b, c = (Phrase((word,)) for word in "abc")
    assert parse_query("NOT a b OR c") == Or((And((Not(a), b)), c))
    assert parse_query("a OR b c") == Or((a, And((b, c))))


@pytest.mark.parametrize(
    "query", ["", '"a', "(a", "a)", "a OR", "NOT", "AND a", "(" * 60 + "a" + ")" * 60, "-"]
)
def test_a_query_that_cannot_be_read_is_an_error(query: str) -> None:
    with pytest.raises(FormatInvalid):
        parse_query(query)


def test_the_command_prints_hits(
    case_file: CaseFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with OutputFolder(tmp_path / "out") as out:
        write_records(out, case_file)
    with pytest.raises(SystemExit) as done:
        main(["records", "search", str(tmp_path / "out"), "limp", "--json"])
    assert done.value.code == 0
    found = json.loads(capsys.readouterr().out)
    assert [hit["page"] for hit in found["hits"]] == [4]
    with pytest.raises(SystemExit) as done:
        main(["records", "search", str(tmp_path / "out"), '"'])
    assert done.value.code == 2
