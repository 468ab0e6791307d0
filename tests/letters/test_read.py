"""Letters from files: PDF, text and Markdown by their bytes, and what no letter is."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from openimr.letters.read import STANDARD_INPUT, LetterReader, letter_files
from openimr.terms.errors import FileMissing, FileRefused, FileUnreadable, InputError, NotALetter

GOOD = Path(__file__).parent / "good"
LETTER = GOOD / "block_2016_partial_approval.txt"


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as open_reader:
        yield open_reader


def _pdf(*contents: bytes) -> pikepdf.Pdf:
    """Return a PDF with one page for each content stream."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for content in contents:
        pdf.add_blank_page(page_size=(612, 792))
        pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        pdf.pages[-1].Contents = pdf.make_stream(content)
    return pdf


def _bytes(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def _typed(text: str) -> list[bytes]:
    """Return content streams that print a text line by line, sixty lines a page."""
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n")]
    pages = []
    for first in range(0, len(lines), 60):
        shown = "".join(f"({line}) Tj T*\n" for line in lines[first : first + 60])
        pages.append(f"BT /F1 10 Tf 12 TL 40 760 Td\n{shown}ET".encode("cp1252"))
    return pages


def test_a_letter_typed_as_pdf_says_what_its_text_says(reader: LetterReader) -> None:
    data = _bytes(_pdf(*_typed(LETTER.read_text(encoding="utf-8"))))
    from_pdf, text = reader.parse_bytes(data, name="letter.pdf")
    from_text, _ = reader.parse(LETTER)
    assert from_pdf.letter.disputes == from_text.letter.disputes
    assert from_pdf.letter.reviewer == from_text.letter.reviewer
    assert len(text.page_starts) == 2
    assert text.page_at(from_pdf.spans["disputes.1.rationale"].end - 1) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_letters_come_in(encoding: str, reader: LetterReader) -> None:
    text = LETTER.read_text(encoding="utf-8").replace("the low back", "the patient\u2019s low back")
    letter = reader.parse_bytes(text.encode(encoding), name="letter.txt")[0].letter
    assert letter.case_number == "CM16-9910003"
    assert "patient\u2019s" in str(letter.disputes[1].request)


def test_windows_line_ends_change_nothing(reader: LetterReader) -> None:
    data = LETTER.read_bytes().replace(b"\n", b"\r\n")
    assert reader.parse_bytes(data, name=LETTER.name)[0].letter == reader.parse(LETTER)[0].letter


def test_an_encrypted_pdf_is_refused(reader: LetterReader) -> None:
    data = _bytes(_pdf(b"BT ET"), encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(FileRefused, match="encrypted"):
        reader.parse_bytes(data, name="letter.pdf")


def test_a_truncated_pdf_is_unreadable_or_no_letter(reader: LetterReader) -> None:
    data = _bytes(_pdf(*_typed(LETTER.read_text(encoding="utf-8"))))
    for share in (0.05, 0.3, 0.6, 0.9):
        with pytest.raises((FileUnreadable, NotALetter)):
            reader.parse_bytes(data[: int(len(data) * share)], name="letter.pdf")


def test_a_pdf_without_pages_is_unreadable(reader: LetterReader) -> None:
    with pytest.raises(FileUnreadable):
        reader.parse_bytes(_bytes(pikepdf.new()), name="letter.pdf")


def test_a_pdf_without_text_says_how_to_make_it_searchable(reader: LetterReader) -> None:
    with pytest.raises(FileUnreadable, match="no text layer") as raised:
        reader.parse_bytes(_bytes(_pdf(b"0 0 100 100 re f", b"")), name="scan.pdf")
    assert "2 pages" in str(raised.value)
    assert "text recognition" in str(raised.value)


def test_a_pdf_of_forms_within_forms_ends_with_an_answer(reader: LetterReader) -> None:
    pdf = _pdf(b"/X0 Do")
    form: pikepdf.Object | None = None
    for _ in range(600):
        resources = (
            pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=form))
            if form is not None
            else pikepdf.Dictionary()
        )
        form = pdf.make_stream(
            b"/X0 Do",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 10, 10],
            Resources=resources,
        )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=form))
    with pytest.raises(InputError):
        reader.parse_bytes(_bytes(pdf), name="deep.pdf")


def test_a_page_tree_that_holds_itself_ends_with_an_answer(reader: LetterReader) -> None:
    pdf = _pdf(b"BT ET")
    data = _bytes(pdf, qdf=True)
    tree = data.replace(b"/Count 1", b"/Count 900000000")
    with pytest.raises(InputError):
        reader.parse_bytes(tree, name="many.pdf")


def test_the_next_file_is_read_after_a_bad_one(reader: LetterReader) -> None:
    with pytest.raises(InputError):
        reader.parse_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40, name="junk.pdf")
    assert reader.parse(LETTER)[0].letter.case_number == "CM16-9910003"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\f ", "empty"),
        (bytes(range(256)) * 20, "neither a PDF nor text"),
        (b"PK\x03\x04" + bytes(60), "office document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "PNG picture"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, words: str, reader: LetterReader) -> None:
    with pytest.raises(FileUnreadable, match=words):
        reader.parse_bytes(data, name="letter")


def test_a_text_longer_than_any_letter_is_refused(reader: LetterReader) -> None:
    with pytest.raises(FileRefused, match="bytes"):
        reader.parse_bytes(b"the request for " * 200_000, name="case.txt")


@pytest.mark.parametrize(
    "text",
    [
        "1) the request for " * 20_000,
        "IMR ISSUES, DECISIONS AND RATIONALES\n" + "Decision rationale:\n" * 8_000,
        "IMR ISSUES, DECISIONS AND RATIONALES\n" + "x: Upheld\n" * 12_000 + "MAXIMUS guideline: y",
        "IMR ISSUES, DECISIONS AND RATIONALES\nx: Upheld\nMAXIMUS guideline: " + "(" * 60_000,
        "IMR ISSUES, DECISIONS AND RATIONALES\nx: Upheld\nMAXIMUS guideline: ODG " + "Pain, " * 8_000,
        "CLINICAL CASE SUMMARY\nIMR ISSUES, DECISIONS AND RATIONALES\n" + "Page 1 of 2\n" * 60_000,
        "HOW THE IMR FINAL DETERMINATION WAS MADE\n"
        + "Board Certified in " * 40_000
        + "\nCLINICAL CASE SUMMARY",
        "IMR ISSUES, DECISIONS AND RATIONALES\nx: Upheld\nMAXIMUS guideline: " + "(a), " * 60_000,
        "ISSUE AT DISPUTE\n" + "Norco 5 mg #60 and " * 40_000,
        "DOCUMENTS REVIEWED FOR DETERMINATION\nISSUE AT DISPUTE\nThe following " + "included " * 90_000,
        "IMR DECISION(S) AND RATIONALE(S)\nDOCUMENTS REVIEWED\nThe following " + "included " * 90_000,
        "IMR ISSUES, DECISIONS AND RATIONALES " + "MAXIMUS guideline: a. Decision rationale: b. " * 15_000,
        "Case Number: " * 9_000 + "\nCLINICAL CASE SUMMARY\nIMR ISSUES, DECISIONS AND RATIONALES\n",
    ],
    ids=[
        "verdicts",
        "labels",
        "outcomes",
        "parentheses",
        "chapters",
        "pages",
        "boards",
        "sections",
        "issues",
        "documents",
        "documents of 2014",
        "one line",
        "headers",
    ],
)
def test_a_text_made_to_be_slow_ends(text: str, reader: LetterReader) -> None:
    try:
        letter = reader.parse_bytes(text.encode(), name="slow.txt")[0].letter
    except NotALetter:
        return
    assert letter.problems


def test_a_missing_file_and_an_empty_folder_are_named(reader: LetterReader, tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="no such file"):
        reader.parse(tmp_path / "letter.pdf")
    assert list(letter_files([tmp_path])) == [tmp_path]
    with pytest.raises(FileMissing, match="holds no files"):
        reader.parse(tmp_path)


def test_folders_are_read_in_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.pdf", "a/c.md", ".hidden", ".cache/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in letter_files([tmp_path])]
    assert found == ["a/c.md", "a/z.pdf", "b.txt"]
    assert list(letter_files([STANDARD_INPUT, tmp_path / "b.txt"])) == [STANDARD_INPUT, tmp_path / "b.txt"]


def test_a_folder_that_may_not_be_listed_is_named(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("x")
    list_folder = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    assert list(letter_files([tmp_path])) == [tmp_path / "closed", tmp_path / "open.txt"]
    with pytest.raises(FileUnreadable, match="Permission denied"):
        reader.parse(tmp_path / "closed")
