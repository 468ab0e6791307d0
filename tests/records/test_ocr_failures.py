"""When recognition fails, the page is unread with its reason and the others go on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.records.workers import OcrLimits
from openimr.terms.records import ReadBy
from records import paper

FAKE = Path(__file__).resolve().parents[1] / "fakes" / "tesseract.py"


def pool(manner: str, seconds: float = 20.0) -> OcrPool:
    return OcrPool(OcrLimits(seconds=seconds), command=(sys.executable, str(FAKE), manner))


def marked(width: int = 400) -> Image.Image:
    image = Image.new("L", (width, width), 255)
    image.paste(0, (width // 4, width // 4, width // 2, width // 2))
    return image


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("crash", "made Tesseract fail"),
        ("hang", "took longer than 2 seconds"),
        ("garbage", "cannot be understood"),
        ("nonsense", "cannot be understood"),
        ("empty", "no text was found"),
    ],
)
def test_a_failure_is_an_unread_page_with_its_reason(tmp_path: Path, manner: str, reason: str) -> None:
    scans = [paper.scanned(marked(400 + 20 * n), dpi=50) for n in range(2)]
    (tmp_path / "a.pdf").write_bytes(paper.joined(scans[0], paper.printed([paper.PROGRESS]), scans[1]))
    with pool(manner, seconds=2.0 if manner == "hang" else 20.0) as ocr:
        case_file, _ = read_case_file(tmp_path, ocr=ocr)
    assert [p.read_by for p in case_file.pages] == [ReadBy.UNREAD, ReadBy.TEXT_LAYER, ReadBy.UNREAD]
    assert all(reason in (p.unread_because or "") for p in case_file.pages if p.read_by is ReadBy.UNREAD)
    assert case_file.manifest.unread_pages == (1, 3)


def test_a_crash_takes_one_page_and_not_the_next(tmp_path: Path) -> None:
    large, small = (paper.scanned(marked(side), dpi=50) for side in (560, 300))
    (tmp_path / "a.pdf").write_bytes(paper.joined(large, small))
    with pool("picky") as ocr:
        case_file, _ = read_case_file(tmp_path, ocr=ocr)
    assert [p.read_by for p in case_file.pages] == [ReadBy.UNREAD, ReadBy.OCR]
    assert case_file.pages[1].text == "read by the fake"


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.scanned(marked(), dpi=50))
    with pool("crash") as ocr:
        read_case_file(tmp_path, ocr=ocr)
        assert ocr.recognized == 0
