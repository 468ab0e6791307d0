"""Reading a case file: every page is read, or listed with the reason why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from openimr.records.cache import PageCache
from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.records.tessdata import MISSING
from openimr.terms.errors import FileMissing, FormatInvalid, OutputRefused
from openimr.terms.records import CaseFile, ExhibitType, Page, ReadBy
from records import paper

GARBAGE = "\n".join(["Wkh sdwlhqw uhsruwv frqwlqxlqj sdlq lq wkh orz edfn zlwk qxpeqhvv"] * 8)


@pytest.fixture(scope="module")
def ocr() -> Iterator[OcrPool]:
    with OcrPool() as pool:
        yield pool


def one(tmp_path: Path, data: bytes, ocr: OcrPool, name: str = "file.pdf") -> CaseFile:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / name).write_bytes(data)
    return read_case_file(folder, ocr=ocr)[0]


def words_stand_where_they_say(page: Page) -> bool:
    texts = [page.text[word.start : word.end] for word in page.words]
    return bool(texts) and " ".join(texts) == " ".join(page.text.split())


def test_printed_pages_are_read_from_their_text(tmp_path: Path, ocr: OcrPool) -> None:
    case_file = one(tmp_path, paper.printed([paper.PROGRESS, paper.IMAGING]), ocr)
    assert [page.read_by for page in case_file.pages] == [ReadBy.TEXT_LAYER] * 2
    assert all(words_stand_where_they_say(page) for page in case_file.pages)
    assert "rated 6/10" in case_file.pages[0].text
    assert ocr.recognized == 0


def test_word_boxes_stand_on_the_page_as_it_is_shown(tmp_path: Path, ocr: OcrPool) -> None:
    page = one(tmp_path, paper.printed([paper.PROGRESS]), ocr).pages[0]
    first, last = page.words[0], page.words[-1]
    assert page.width_pt and page.height_pt
    assert all(
        0 <= w.left < w.right <= page.width_pt and 0 <= w.top < w.bottom <= page.height_pt for w in page.words
    )
    assert first.top < last.top


def test_a_scan_is_recognized_with_places_and_confidence(tmp_path: Path, ocr: OcrPool) -> None:
    image = paper.picture_of(paper.PROGRESS, noise=0.01, slant=1.8)
    page = one(tmp_path, paper.scanned(image), ocr).pages[0]
    assert page.read_by is ReadBy.OCR
    assert page.confidence is not None and page.confidence > 0.8
    assert words_stand_where_they_say(page)
    assert "Gabapentin 300 mg three times daily" in " ".join(page.text.split())


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_scan_that_lies_on_its_side_or_head_is_read(tmp_path: Path, ocr: OcrPool, quarters: int) -> None:
    page = one(tmp_path, paper.scanned(paper.picture_of(paper.IMAGING, quarters=quarters)), ocr).pages[0]
    assert "narrowing of the left foramen" in " ".join(page.text.split())
    assert page.width_pt and page.height_pt
    assert all(
        0 <= w.left < w.right <= page.width_pt and 0 <= w.top < w.bottom <= page.height_pt for w in page.words
    )


def test_a_page_turned_by_its_file_is_read(tmp_path: Path, ocr: OcrPool) -> None:
    data = paper.scanned(paper.picture_of(paper.IMAGING, quarters=1), rotate=90)
    assert "broad disc protrusion" in " ".join(one(tmp_path, data, ocr).pages[0].text.split())


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_print_that_is_shown_turned_is_read_as_it_was_printed(
    tmp_path: Path, ocr: OcrPool, degrees: int
) -> None:
    text = "Patient: Odell Farraday   Seen: 03/14/2016\n" + paper.PROGRESS
    straight, turned = paper.printed([text]), paper.turned(paper.printed([text]), degrees)
    (tmp_path / "a.pdf").write_bytes(straight)
    (tmp_path / "b.pdf").write_bytes(turned)
    case_file, _ = read_case_file(tmp_path, ocr=ocr)
    first, again = case_file.pages
    assert again.text == first.text
    assert words_stand_where_they_say(again)
    assert again.width_pt and again.height_pt
    at = {90: "right", 180: "bottom", 270: "left"}[degrees]  # where the top of the paper is shown
    middle = sum((w.left + w.right) / 2 for w in again.words[:4]) / 4
    below = sum((w.top + w.bottom) / 2 for w in again.words[:4]) / 4
    assert {
        "right": middle > 0.8 * again.width_pt,
        "bottom": below > 0.8 * again.height_pt,
        "left": middle < 0.2 * again.width_pt,
    }[at]


def test_a_garbage_text_layer_is_passed_over(tmp_path: Path, ocr: OcrPool) -> None:
    data = paper.scanned(paper.picture_of(paper.PROGRESS), hidden=GARBAGE)
    page = one(tmp_path, data, ocr).pages[0]
    assert page.read_by is ReadBy.OCR
    assert "sdwlhqw" not in page.text and "patient" in page.text


def test_a_stamp_on_a_scan_is_not_its_text(tmp_path: Path, ocr: OcrPool) -> None:
    data = paper.scanned(paper.picture_of(paper.PROGRESS), hidden="Received by the claims unit")
    assert "Orrin Castleby" in one(tmp_path, data, ocr).pages[0].text


def test_mixed_files_keep_the_order_of_the_bundle(tmp_path: Path, ocr: OcrPool) -> None:
    scan = paper.scanned(paper.picture_of(paper.IMAGING))
    case_file = one(
        tmp_path, paper.joined(paper.printed([paper.PROGRESS]), scan, paper.printed([paper.LATER])), ocr
    )
    assert [page.read_by for page in case_file.pages] == [ReadBy.TEXT_LAYER, ReadBy.OCR, ReadBy.TEXT_LAYER]
    assert [page.bundle_page for page in case_file.pages] == [1, 2, 3]
    assert [e.type for e in case_file.exhibits] == [
        ExhibitType.PROGRESS_REPORT,
        ExhibitType.IMAGING,
        ExhibitType.PROGRESS_REPORT,
    ]


def test_an_empty_page_is_read_as_empty(tmp_path: Path, ocr: OcrPool) -> None:
    case_file = one(tmp_path, paper.printed([paper.PROGRESS, ""]), ocr)
    assert (case_file.pages[1].text, case_file.pages[1].read_by) == ("", ReadBy.TEXT_LAYER)
    assert case_file.manifest.unread_pages == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (paper.encrypted(paper.printed([paper.PROGRESS])), "needs a password"),
        (paper.printed([paper.PROGRESS])[:200], "not a PDF that can be opened"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n0000", "a damaged picture"),
        (bytes(range(32)) * 50, "neither a PDF nor text"),
    ],
    ids=["encrypted", "truncated", "empty", "picture", "bytes"],
)
def test_a_file_that_cannot_be_opened_is_one_unread_page(
    tmp_path: Path, ocr: OcrPool, data: bytes, reason: str
) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.txt").write_text(paper.PROGRESS, encoding="utf-8")
    (tmp_path / "records" / "b.pdf").write_bytes(data)
    case_file, problems = read_case_file(tmp_path / "records", ocr=ocr)
    page = case_file.pages[1]
    assert page.read_by is ReadBy.UNREAD and reason in (page.unread_because or "")
    assert case_file.manifest.unread_pages == (2,)
    assert case_file.exhibits[1].unread_pages == (2,)
    assert reason in (case_file.manifest.files[1].unread_because or "")
    assert any(p.code == "records.page_unread" and reason in p.message for p in problems)


def test_a_text_file_has_pages_at_form_feeds(tmp_path: Path, ocr: OcrPool) -> None:
    data = f"{paper.PROGRESS}\f{paper.IMAGING}\f".encode()
    case_file = one(tmp_path, data, ocr, name="a.txt")
    assert [page.number for page in case_file.pages] == [1, 2]
    assert [e.date_of_service for e in case_file.exhibits] == [date(2016, 3, 14), date(2016, 2, 1)]


def test_without_tesseracts_data_a_scan_is_unread_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with OcrPool() as pool:
        page = one(tmp_path, paper.scanned(paper.picture_of(paper.PROGRESS)), pool).pages[0]
    assert (page.read_by, page.unread_because) == (ReadBy.UNREAD, MISSING)


def test_received_toml_tells_who_sent_what(tmp_path: Path, ocr: OcrPool) -> None:
    (tmp_path / "a.txt").write_text(paper.PROGRESS, encoding="utf-8")
    received = tmp_path / "received.toml"
    received.write_text('[[file]]\nname = "a.txt"\nsubmitted_by = "Payer"\nreceived_on = 2016-06-01\n')
    case_file, _ = read_case_file(tmp_path, ocr=ocr)
    assert len(case_file.manifest.files) == 1
    exhibit = case_file.exhibits[0]
    assert (exhibit.submitted_by, exhibit.received_on) == ("Payer", date(2016, 6, 1))
    received.write_text('[[file]]\nname = "b.txt"\n')
    with pytest.raises(FormatInvalid, match=r"'b\.txt'.*a\.txt"):
        read_case_file(tmp_path, ocr=ocr)
    with pytest.raises(FormatInvalid, match="no such file"):
        read_case_file(tmp_path, ocr=ocr, submitted={"c.txt": ("Payer", None)})


def test_a_folder_without_files_is_refused(tmp_path: Path, ocr: OcrPool) -> None:
    with pytest.raises(FileMissing):
        read_case_file(tmp_path, ocr=ocr)
    with pytest.raises(FileMissing):
        read_case_file(tmp_path / "nowhere", ocr=ocr)


def test_progress_sees_every_page(tmp_path: Path, ocr: OcrPool) -> None:
    (tmp_path / "a.txt").write_text("one\ftwo\fthree", encoding="utf-8")
    seen: list[tuple[int, int]] = []

    def watch(pages: Iterable[Page], total: int) -> Iterable[Page]:
        for page in pages:
            seen.append((page.bundle_page, total))
            yield page

    read_case_file(tmp_path, ocr=ocr, progress=watch)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_second_run_gives_the_same_seal_and_recognizes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(paper.scanned(paper.picture_of(paper.PROGRESS)))
    results = []
    for _ in range(2):
        with OcrPool(cache=PageCache(tmp_path / "cache")) as pool:
            results.append((read_case_file(folder, ocr=pool)[0], pool.recognized))
    (first, recognized), (second, again) = results
    assert first == second
    assert (recognized, again) == (1, 0)


def test_the_cache_is_its_owners_alone_and_survives_damage(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    cache = PageCache(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "ab").mkdir()
    (folder / "ab" / f"ab{'0' * 62}.json").write_bytes(b'{"text": "half')
    assert cache.find(f"ab{'0' * 62}") is None
    folder.chmod(0o755)
    with pytest.raises(OutputRefused, match="others may read"):
        PageCache(folder)
