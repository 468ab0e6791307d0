"""Pages of files as pictures for a browser, and how many pages a file has."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from openimr.records.page_picture import count_pages, page_png
from openimr.terms.errors import FileUnreadable
from records.hostile.pdfs import one_page

REPORT = one_page("PROGRESS REPORT")


def kept(folder: Path, data: bytes) -> tuple[Path, str]:
    """Return a file stored under its hash, as the desk stores it."""
    sha = sha256(data).hexdigest()
    (folder / sha).write_bytes(data)
    return folder / sha, sha


def test_a_page_of_a_pdf_is_drawn(tmp_path: Path) -> None:
    path, sha = kept(tmp_path, REPORT)
    assert count_pages(path) == (1, None)
    png = page_png(path, document=sha, number=1, dpi=72)
    assert png is not None
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (612, 792)
        dark, light = image.convert("L").getextrema()
        assert dark < light


def test_a_page_of_a_file_in_an_archive_is_drawn(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("reports/a.pdf", REPORT)
        archive.writestr("b.txt", "one\fand another")
    path, _sha = kept(tmp_path, packed.getvalue())
    assert count_pages(path) == (3, None)
    assert page_png(path, document=sha256(REPORT).hexdigest(), number=1, dpi=30)
    text = sha256(b"one\fand another").hexdigest()
    assert page_png(path, document=text, number=2, dpi=30) is None, "text has no looks of its own"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    path, sha = kept(tmp_path, REPORT)
    for document, number in ((sha, 2), (sha, 0), ("0" * 64, 1)):
        with pytest.raises(FileUnreadable, match="does not hold that page"):
            page_png(path, document=document, number=number, dpi=72)


def test_a_file_that_cannot_be_read_counts_as_one_page(tmp_path: Path) -> None:
    path, _sha = kept(tmp_path, b"%PDF-1.7 and nothing more")
    pages, why = count_pages(path)
    assert pages == 1
    assert why
