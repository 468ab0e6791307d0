"""Generated case files: the same for a seed, and as their truth says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from benchmarks.casefiles.bundle import generate
from benchmarks.casefiles.held_out import HELD_OUT
from benchmarks.casefiles.scoring import found_segments, score
from benchmarks.casefiles.train import TRAIN
from benchmarks.casefiles.truth import Truth, read_truth

from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Manifest

FAMILIES = {"train": TRAIN, "held_out": HELD_OUT}


@pytest.fixture(scope="module", params=sorted(FAMILIES))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """Return a small case file with everything in it, and its truth."""
    folder = tmp_path_factory.mktemp(request.param)
    truth = generate(folder, 11, 30, families=FAMILIES[request.param], scans_share=0.2, files=2)
    return folder, truth


@contextmanager
def opened(folder: Path, truth: Truth) -> Iterator[list[pypdfium2.PdfPage]]:
    """Return the pages of the bundle in their order."""
    documents = [pypdfium2.PdfDocument(folder / name) for name in truth.files]
    try:
        yield [page for document in documents for page in document]
    finally:
        for document in documents:
            document.close()


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def of(seed: int, folder: Path) -> str:
    generate(folder, seed, 12, families=TRAIN)
    return hashlib.sha256((folder / "bundle-1.pdf").read_bytes()).hexdigest()


def test_a_seed_gives_the_same_case_file_every_time(tmp_path: Path) -> None:
    assert of(5, tmp_path / "first") == of(5, tmp_path / "second")
    assert (tmp_path / "first" / "truth.json").read_bytes() == (
        tmp_path / "second" / "truth.json"
    ).read_bytes()


def test_another_seed_gives_another_case_file(tmp_path: Path) -> None:
    assert of(5, tmp_path / "first") != of(6, tmp_path / "second")


def test_the_documents_cover_every_page_once(made: tuple[Path, Truth]) -> None:
    folder, truth = made
    with opened(folder, truth) as pages:
        assert len(pages) == truth.pages == 30
    assert [page for document in truth.documents for page in document.pages] == list(range(1, 31))


def test_the_truth_that_was_written_is_the_truth_that_was_returned(made: tuple[Path, Truth]) -> None:
    folder, truth = made
    assert read_truth(folder) == truth


def test_pages_with_text_contain_what_the_truth_says(made: tuple[Path, Truth]) -> None:
    folder, truth = made
    pictures = {scan.page for scan in truth.scans} | set(truth.blank)
    looked_at = 0
    with opened(folder, truth) as pages:
        for document in truth.documents:
            if document.missing_pages or pictures & set(document.pages):
                continue
            text = " ".join(words(pages[number - 1]) for number in document.pages)
            for string in document.strings:
                looked_at += 1
                assert string in text, (document.family, string)
    assert looked_at > 10


def test_pictures_have_no_text_unless_the_truth_says_so(made: tuple[Path, Truth]) -> None:
    folder, truth = made
    assert truth.scans
    with opened(folder, truth) as pages:
        for scan in truth.scans:
            assert bool(words(pages[scan.page - 1])) == scan.has_text_layer
            assert len(scan.text.split()) > 20


def test_copies_stand_behind_what_they_repeat_and_say_so_by_document_too(made: tuple[Path, Truth]) -> None:
    _, truth = made
    assert truth.copies
    assert all(copy.of < copy.page for copy in truth.copies)
    starts = {document.pages[0] for document in truth.documents if document.copy_of is None}
    assert {document.copy_of for document in truth.documents if document.copy_of} <= starts


@pytest.mark.parametrize("kind", sorted(FAMILIES))
def test_every_family_is_printed_with_its_strings(kind: str, tmp_path: Path) -> None:
    for number, name in enumerate(FAMILIES[kind]):
        one = {name: FAMILIES[kind][name]}
        truth = generate(
            tmp_path / name, number, 8, families=one, scans_share=0, duplicates_share=0, shuffle=0
        )
        with opened(tmp_path / name, truth) as pages:
            whole = truth.documents[0]
            text = " ".join(words(pages[page - 1]) for page in whole.pages)
        if not whole.missing_pages:
            assert all(string in text for string in whole.strings), name


def test_a_family_with_a_day_of_service_prints_it_somewhere(tmp_path: Path) -> None:
    """What is asked of a reader can be read: the year and the day stand in the text."""
    for name, family in {**TRAIN, **HELD_OUT}.items():
        folder = tmp_path / name
        truth = generate(folder, 2, 12, families={name: family}, scans_share=0, duplicates_share=0, stamps=0)
        first = truth.documents[0]
        if first.date_of_service is None or first.missing_pages:
            continue
        with opened(folder, truth) as pages:
            text = " ".join(words(pages[page - 1]) for page in first.pages)
        assert f"{first.date_of_service:%y}" in text and str(first.date_of_service.day) in text, name


def exhibit(number: int, pages: tuple[int, ...], also_at: tuple[int, ...] = ()) -> Exhibit:
    return Exhibit(
        id=number,
        type=ExhibitType.OTHER,
        title="",
        document="",
        pages=pages,
        document_pages=pages,
        also_at=also_at,
    )


def test_where_an_exhibit_stands_again_are_documents_too() -> None:
    found = found_segments(9, (exhibit(1, (1, 2), also_at=(4, 5, 6, 7, 9)), exhibit(2, (3,))))
    assert [pages for pages, _ in found] == [(1, 2), (3,), (4, 5), (6, 7), (8,), (9,)]


def test_a_perfect_reading_scores_one_and_one_document_for_all_does_not(made: tuple[Path, Truth]) -> None:
    _, truth = made
    manifest = Manifest(files=(), exhibits=0, pages=truth.pages, unread_pages=(), seal="")
    each = tuple(exhibit(number, document.pages) for number, document in enumerate(truth.documents, 1))
    perfect = score(truth, CaseFile(manifest=manifest, pages=(), exhibits=each))
    assert perfect.perfect and perfect.quality == perfect.page_quality == 1.0 and perfect.moves == 0
    assert perfect.boundaries.wrong == perfect.boundaries.missed == 0
    assert perfect.copies.right == 0 and perfect.copies.missed == len(truth.copies)
    everything = (exhibit(1, tuple(range(1, truth.pages + 1))),)
    lump = score(truth, CaseFile(manifest=manifest, pages=(), exhibits=everything))
    assert not lump.perfect and lump.quality < 0.2 and lump.boundaries.right == 0 and lump.moves > 10
