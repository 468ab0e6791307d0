"""Copies of a page are found whatever scanners did to them; other visits on the same form are kept."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from openimr.records.duplicates import find_repeats
from openimr.records.look import look_at
from openimr.records.ocr_pool import OcrPool
from openimr.records.ocr_wire import OcrAnswer, RecognizeRequest
from openimr.records.picture import grey_of
from openimr.records.read import read_case_file
from openimr.records.twins import Sheets, sheet_of
from openimr.records.workers import LocalWorkers
from openimr.terms.records import ReadBy
from records import paper

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def noisy(text: str, share: float, seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(LETTERS) if c.isalnum() and chance.random() < share else c for c in text)


def repeats(*texts: str) -> dict[int, int]:
    return find_repeats([look_at(paper.page(text, number)) for number, text in enumerate(texts, 1)])


def test_copies_with_one_character_in_twenty_wrong_are_found() -> None:
    pages = [paper.PROGRESS, paper.IMAGING, paper.LATER, paper.DECISION]
    copies = [noisy(page, 0.05, seed) for seed, page in enumerate(pages)]
    assert repeats(*pages, *copies) == {5: 1, 6: 2, 7: 3, 8: 4}


def test_the_lines_of_fax_machines_and_stamps_do_not_part_copies() -> None:
    head = "03/20/2016 10:14 FROM ALDER RIDGE TO CLAIMS P.3/9"
    stamped = f"{head}\n{paper.PROGRESS}\nRECEIVED MAR 21 2016\nALDER000123"
    assert repeats(paper.PROGRESS, stamped) == {2: 1}


def test_a_stamp_that_was_misread_does_not_part_copies() -> None:
    assert repeats(paper.PROGRESS, f"RECEIwVED MAR Z1 2O16 by the mail room\n{paper.PROGRESS}") == {2: 1}
    assert repeats(paper.PROGRESS, f"Relieved by rest for all of the day\n{paper.PROGRESS}") == {}


def test_a_stamped_number_beside_the_number_of_the_page_does_not_part_copies() -> None:
    first, again = (f"{paper.PROGRESS}\nForm 12 (Rev. 06-05)\nPage: 1{stamp}" for stamp in ("", " CL041045"))
    assert repeats(first, again, f"{paper.PROGRESS}\nSeen again on 05/22/2016\nPage: 1") == {2: 1}


def test_the_short_last_page_of_a_copied_letter_goes_with_it() -> None:
    last = "Page 2\nFarid Estrella\nAttorney"
    assert repeats(paper.PROGRESS, last, paper.IMAGING, paper.PROGRESS, last) == {4: 1, 5: 2}
    assert repeats(paper.PROGRESS, last, paper.IMAGING, last) == {}


@pytest.mark.parametrize("noise", [0.0, 0.03])
@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("03/14/2016", "05/22/2016"),
        ("radiation to the left calf", "no radiation any more"),
        ("rated 6/10", ""),
    ],
)
def test_another_visit_on_the_same_form_is_another_page(here: str, there: str, noise: float) -> None:
    assert here in paper.PROGRESS
    other = paper.PROGRESS.replace(here, there)
    assert repeats(paper.PROGRESS, noisy(other, noise, 3)) == {}


def test_one_figure_parts_pages_without_noise() -> None:
    assert repeats(paper.PROGRESS, paper.PROGRESS.replace("6/10", "7/10")) == {}


def faxed(text: str, seed: int, noise: float = 0.01) -> Image.Image:
    chance = np.random.default_rng(seed)
    image = paper.picture_of(f"{text}\n{paper.LATER}", noise=0.0, slant=float(chance.uniform(-1.2, 1.2)))
    grey = np.where(np.asarray(image) < 140, 0, 255).astype(np.uint8)
    grey = np.roll(grey, (int(chance.integers(-9, 9)), int(chance.integers(-9, 9))), (0, 1))
    specks = chance.random(grey.shape)
    grey[specks < noise / 2] = 0
    grey[specks > 1 - noise / 2] = 255
    return Image.fromarray(grey)


def test_the_same_paper_scanned_twice_is_recognized_once(tmp_path: Path) -> None:
    other_day = paper.PROGRESS.replace("03/14/2016", "03/19/2016")
    texts = [paper.PROGRESS, paper.PROGRESS, other_day, paper.IMAGING]
    scans = [paper.scanned(faxed(text, seed)) for seed, text in enumerate(texts)]
    (tmp_path / "a.pdf").write_bytes(paper.joined(*scans))
    with OcrPool() as ocr:
        case_file, _ = read_case_file(tmp_path, ocr=ocr)
        assert (ocr.recognized, ocr.copied) == (3, 1)
    first, copy, visit, image = case_file.pages
    assert [page.read_by for page in case_file.pages] == [ReadBy.OCR, ReadBy.COPIED, ReadBy.OCR, ReadBy.OCR]
    assert (copy.copied_from, copy.text) == (1, first.text)
    assert case_file.exhibits[0].also_at == (2,)
    assert "03/19/2016" in visit.text and "Blue Heron" in image.text
    assert copy.width_pt and copy.height_pt
    assert all(0 <= w.left < w.right <= copy.width_pt for w in copy.words)


def test_a_changed_word_shows_in_the_picture() -> None:
    sheets = Sheets()
    small = [
        faxed(text, 5, noise).resize((638, 825), Image.Resampling.BOX)
        for text, noise in (
            (paper.PROGRESS, 0.01),
            (paper.PROGRESS, 0.04),
            (paper.PROGRESS.replace("left calf", "right foot"), 0.01),
        )
    ]
    first, again, other = (sheet_of(grey_of(i.width, i.height, i.tobytes())) for i in small)
    sheets.add(first)
    assert sheets.find(again) is not None
    assert sheets.find(other) is None


def ruled(image: Image.Image, *, is_broken: bool) -> Image.Image:
    """A table's lines between those of the text; a fax machine drops most of them."""
    grey = np.asarray(image).copy()
    ink = (grey < 160).sum(axis=1)
    rows = [at for at in range(1, len(ink) - 1) if ink[at - 1] > 0 and not ink[at : at + 2].any()]
    for row in rows[::2]:
        grey[row + 1, 150:1500] = 0
        if is_broken:
            grey[row + 1, 400:1350] = 255
    return Image.fromarray(grey)


def test_the_lines_of_a_table_that_a_fax_broke_do_not_part_copies(tmp_path: Path) -> None:
    text = f"{paper.PROGRESS}\n{paper.LATER}"
    whole, broken = (ruled(paper.picture_of(text), is_broken=broken) for broken in (False, True))
    small = [i.resize((638, 825), Image.Resampling.BOX) for i in (whole, broken)]
    first, again = (sheet_of(grey_of(i.width, i.height, i.tobytes())) for i in small)
    sheets = Sheets()
    sheets.add(first)
    assert sheets.find(again) is not None
    (tmp_path / "a.pdf").write_bytes(paper.joined(paper.scanned(whole), paper.scanned(broken)))
    with OcrPool() as ocr:
        pages = read_case_file(tmp_path, ocr=ocr)[0].pages
    assert [page.copied_from for page in pages] == [None, 1]


def test_the_same_picture_sent_again_is_not_even_compared_by_its_figures(tmp_path: Path) -> None:
    scan = paper.scanned(faxed(paper.PROGRESS, 3))
    (tmp_path / "a.pdf").write_bytes(paper.joined(scan, scan))
    asked: list[int] = []

    class Watched(LocalWorkers):
        def recognize(self, request: RecognizeRequest) -> OcrAnswer:
            asked.append(len(request.strips))
            return super().recognize(request)

    with OcrPool(workers=Watched()) as ocr:
        first, again = read_case_file(tmp_path, ocr=ocr)[0].pages
    assert asked == [0]
    assert (again.read_by, again.copied_from, again.words) == (ReadBy.COPIED, 1, first.words)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("rated 6/10", "rated 8/10"),
        ("03/14/2016", "08/14/2016"),
        ("radiation to the left calf", "radiation to the left foot"),
        ("left calf", "left shin"),
        ("reports", "relates"),
        ("6/10", "16/10"),
    ],
)
def test_a_scan_that_differs_in_one_figure_or_word_is_recognized(
    tmp_path: Path, here: str, there: str
) -> None:
    assert here in paper.PROGRESS
    other = paper.PROGRESS.replace(here, there, 1)
    scans = [paper.scanned(faxed(text, seed, 0.004)) for seed, text in enumerate((paper.PROGRESS, other))]
    (tmp_path / "a.pdf").write_bytes(paper.joined(*scans))
    with OcrPool() as ocr:
        page = read_case_file(tmp_path, ocr=ocr)[0].pages[1]
    assert page.read_by is ReadBy.OCR
    assert page.copied_from is None


def test_a_scan_of_a_printed_page_is_not_recognized(tmp_path: Path) -> None:
    scan = paper.picture_of(paper.PROGRESS, slant=0.9, noise=0.002)
    (tmp_path / "a.pdf").write_bytes(paper.printed([paper.IMAGING, paper.PROGRESS]))
    (tmp_path / "b.pdf").write_bytes(paper.scanned(scan))
    with OcrPool() as ocr:
        pages = read_case_file(tmp_path, ocr=ocr)[0].pages
        assert ocr.recognized == 0
    assert (pages[2].read_by, pages[2].copied_from) == (ReadBy.COPIED, 2)
    assert pages[2].text == pages[1].text
    assert [pages[2].text[w.start : w.end] for w in pages[2].words] == pages[1].text.split()


def test_a_scan_with_another_day_than_the_printed_page_is_recognized(tmp_path: Path) -> None:
    other = paper.PROGRESS.replace("03/14/2016", "03/19/2016")
    (tmp_path / "a.pdf").write_bytes(paper.printed([paper.PROGRESS]))
    (tmp_path / "b.pdf").write_bytes(paper.scanned(paper.picture_of(other)))
    with OcrPool() as ocr:
        page = read_case_file(tmp_path, ocr=ocr)[0].pages[1]
    assert page.read_by is ReadBy.OCR
    assert "03/19/2016" in page.text
