"""Files of every kind with bytes changed at random: each page is read or unread with its reason."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.terms.records import ReadBy
from records import paper
from records.hostile import pdfs
from records.test_form_entries import form
from records.test_hostile_files import GOOD, SECONDS, bounded

FAKE = Path(__file__).resolve().parents[1] / "fakes" / "tesseract.py"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# A changed file of these kinds has words or marks, so a page without a word is a page lost.
CHANGES_A_KIND = 12


def marked() -> Image.Image:
    image = Image.new("L", (200, 260), 255)
    image.paste(0, (20, 20, 180, 40))
    image.paste(0, (20, 60, 120, 70))
    return image


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    marked().save(out, kind, **options)
    return out.getvalue()


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx() -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in GOOD.split("\n"))
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": document.encode(),
            "word/media/image1.png": saved("PNG"),
        },
        zipfile.ZIP_STORED,
    )


WHOLE = {
    "docx": docx(),
    "deflated.zip": zipped({"a.txt": GOOD.encode(), "b.pdf": pdfs.one_page(GOOD), "c.docx": docx()}),
    "stored.zip": zipped({"a.txt": GOOD.encode(), "b.pdf": pdfs.one_page(GOOD)}, zipfile.ZIP_STORED),
    "tif": saved("TIFF", save_all=True, append_images=[marked(), marked()], compression="tiff_lzw"),
    "png": saved("PNG"),
    "jpg": saved("JPEG"),
    "scan.pdf": paper.scanned(marked(), dpi=50),
    "printed.pdf": paper.printed([GOOD, GOOD]),
    "form.pdf": form("Dose:", ("300 mg", 110, 715)),
    "txt": GOOD.encode(),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_every_page_of_a_changed_file_is_read_or_has_its_reason(kind: str, tmp_path: Path) -> None:
    """Which seed failed stands in the name of the file."""
    for seed in range(CHANGES_A_KIND):
        random = Random(f"{kind}-{seed}")
        changed = pdfs.mutated(WHOLE[kind], random, random.choice((1, 2, 5, 20, 80)))
        (tmp_path / f"{seed:02d}.{kind}").write_bytes(changed)
    command = (sys.executable, str(FAKE), "picky")
    with bounded(SECONDS), OcrPool(command=command) as ocr:
        case_file, _ = read_case_file(tmp_path, ocr=ocr)
    named = {file.sha256: file.name for file in case_file.manifest.files}
    assert {name.split("/")[0] for name in named.values()} == {path.name for path in tmp_path.iterdir()}
    for page in case_file.pages:
        assert page.text.strip() or page.unread_because, f"{named[page.document]} lost page {page.number}"
        assert (page.read_by is ReadBy.UNREAD) == bool(page.unread_because)
