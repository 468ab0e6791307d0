"""Pictures, Word documents and archives are read; what is unsafe or damaged is listed with its reason."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.records.sources import find_sources
from openimr.terms.errors import FileUnreadable
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile, ExhibitType, ReadBy
from records import paper

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def ocr() -> Iterator[OcrPool]:
    with OcrPool() as pool:
        yield pool


def read(folder: Path, ocr: OcrPool, **files: bytes) -> tuple[CaseFile, tuple[Problem, ...]]:
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return read_case_file(folder, ocr=ocr)


def saved(*images: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    images[0].save(out, kind, dpi=(200, 200), **options)
    return out.getvalue()


def docx(*paragraphs: str, extra: str = "", media: dict[str, bytes] | None = None) -> bytes:
    ends = '<w:br w:type="page"/>'
    runs = [ends if text == "\f" else f"<w:t>{text}</w:t>" for text in paragraphs]
    body = "".join(f"<w:p><w:r>{run}</w:r></w:p>" for run in runs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{extra}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        for name, picture in (media or {}).items():
            archive.writestr(f"word/media/{name}", picture)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", ".").replace("_SLASH_", "/"), data)
    return out.getvalue()


def test_a_tiff_has_as_many_pages_as_pictures(tmp_path: Path, ocr: OcrPool) -> None:
    first, second = (paper.picture_of(text).convert("1") for text in (paper.PROGRESS, paper.IMAGING))
    data = saved(first, kind="TIFF", save_all=True, append_images=[second], compression="group4")
    case_file, problems = read(tmp_path, ocr, fax__tif=data)
    assert [page.read_by for page in case_file.pages] == [ReadBy.OCR] * 2
    assert "rated 6/10" in " ".join(case_file.pages[0].text.split())
    assert [e.type for e in case_file.exhibits] == [ExhibitType.PROGRESS_REPORT, ExhibitType.IMAGING]
    assert round(case_file.pages[0].width_pt or 0) == 612
    assert problems == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photographed_page_is_read(tmp_path: Path, ocr: OcrPool, kind: str) -> None:
    image = paper.picture_of(paper.IMAGING).convert("RGB")
    case_file, _ = read(tmp_path, ocr, page__bin=saved(image, kind=kind))
    assert "broad disc protrusion" in " ".join(case_file.pages[0].text.split())


def test_a_word_document_has_its_text_and_its_page_breaks(tmp_path: Path, ocr: OcrPool) -> None:
    data = docx(*paper.PROGRESS.split("\n"), "\f", *paper.IMAGING.split("\n"))
    case_file, _ = read(tmp_path, ocr, report__docx=data)
    assert len(case_file.pages) == 2
    assert [e.type for e in case_file.exhibits] == [ExhibitType.PROGRESS_REPORT, ExhibitType.IMAGING]


def test_pictures_in_a_word_document_are_pages_in_their_order(tmp_path: Path, ocr: OcrPool) -> None:
    scans = {
        f"image{n}.png": saved(paper.picture_of(text).convert("1"), kind="PNG")
        for n, text in ((10, paper.DECISION), (2, paper.IMAGING))
    }
    logo = saved(Image.new("L", (300, 90), 0), kind="PNG")
    media = {"image1.png": logo, **scans, "image11.emf": bytes(30_000)}
    case_file, problems = read(tmp_path, ocr, note__docx=docx("Cover letter", media=media))
    pages = case_file.pages
    assert [page.read_by for page in pages] == [ReadBy.TEXT_LAYER, ReadBy.OCR, ReadBy.OCR, ReadBy.UNREAD]
    assert "narrowing of the left foramen" in " ".join(pages[1].text.split())
    assert "is not certified" in " ".join(pages[2].text.split())
    assert "picture in the Word document" in (pages[3].unread_because or "")
    assert any(problem.code == "records.page_unread" for problem in problems)


def test_a_word_document_of_pictures_alone_has_no_blank_page(tmp_path: Path, ocr: OcrPool) -> None:
    media = {"image1.jpg": saved(paper.picture_of(paper.IMAGING), kind="JPEG")}
    case_file, _ = read(tmp_path, ocr, scan__docx=docx("", media=media))
    assert [page.read_by for page in case_file.pages] == [ReadBy.OCR]


def test_a_word_document_with_entities_is_unread(tmp_path: Path, ocr: OcrPool) -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    case_file, _ = read(tmp_path, ocr, report__docx=docx("&b;", extra=entities))
    assert "entities" in (case_file.pages[0].unread_because or "")


def test_an_archive_is_listed_and_its_files_are_read(tmp_path: Path, ocr: OcrPool) -> None:
    inner = zipped(b__txt=paper.IMAGING.encode())
    data = zipped(a__pdf=paper.printed([paper.PROGRESS]), deep_SLASH_inner__zip=inner)
    (tmp_path / "received.toml").write_text('[[file]]\nname = "sent.zip"\nsubmitted_by = "Payer"\n')
    case_file, _ = read(tmp_path, ocr, sent__zip=data)
    files = case_file.manifest.files
    assert [(f.name, f.pages) for f in files] == [
        ("sent.zip", 0),
        ("sent.zip/a.pdf", 1),
        ("sent.zip/deep/inner.zip/b.txt", 1),
    ]
    assert {f.submitted_by for f in files} == {"Payer"}
    assert [e.type for e in case_file.exhibits] == [ExhibitType.PROGRESS_REPORT, ExhibitType.IMAGING]


def test_names_that_point_outside_are_listed_and_not_read(tmp_path: Path, ocr: OcrPool) -> None:
    data = zipped(**{"../../out.txt": b"climbed", "good.txt": paper.PROGRESS.encode()})
    case_file, _ = read(tmp_path, ocr, sent__zip=data)
    reasons = {f.name: f.unread_because for f in case_file.manifest.files}
    assert "points outside" in (reasons["sent.zip/../../out.txt"] or "")
    assert reasons["sent.zip/good.txt"] is None
    assert not any("climbed" in page.text for page in case_file.pages)


def test_archives_too_deep_in_archives_are_not_opened(tmp_path: Path, ocr: OcrPool) -> None:
    data = b"text"
    for _ in range(5):
        data = zipped(inner__zip=data)
    case_file, _ = read(tmp_path, ocr, sent__zip=data)
    assert any("3 deep" in (f.unread_because or "") for f in case_file.manifest.files)


def test_a_file_that_is_not_what_its_name_promises_is_named(tmp_path: Path, ocr: OcrPool) -> None:
    case_file, problems = read(tmp_path, ocr, report__pdf=paper.PROGRESS.encode())
    assert case_file.pages[0].read_by is ReadBy.TEXT_LAYER
    assert [(p.code, p.field) for p in problems] == [("records.file_misnamed", "report.pdf")]
    assert "promises a PDF; it is text" in problems[0].message


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, ocr: OcrPool) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not part of the case file")
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.txt").symlink_to(secret)
    case_file, _ = read(folder, ocr)
    assert "outside the folder" in (case_file.pages[0].unread_because or "")


def test_a_link_to_a_folder_is_listed_and_not_followed(tmp_path: Path, ocr: OcrPool) -> None:
    folder, elsewhere = tmp_path / "records", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "a.txt").write_text(paper.PROGRESS)
    (folder / "more").symlink_to(elsewhere)
    case_file, _ = read(folder, ocr)
    assert [page.read_by for page in case_file.pages] == [ReadBy.TEXT_LAYER, ReadBy.UNREAD]
    assert "link to a folder" in (case_file.pages[1].unread_because or "")


def test_a_folder_that_may_not_be_opened_is_an_error_and_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(paper.PROGRESS)
    (tmp_path / "closed").mkdir()
    opened = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("closed"):  # tests may run as a user to whom every folder is open
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(FileUnreadable, match=r"closed.*Permission denied.*may read it"):
        find_sources([tmp_path])
