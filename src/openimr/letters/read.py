"""Letters from files: PDF, text and Markdown, told apart by their bytes."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from openimr.letters.markup import is_html, text_of_html
from openimr.letters.parse import ParsedLetter, parse_letter
from openimr.letters.source import LetterText, letter_text
from openimr.pdf import PdfLimits, PdfReader, PdfText
from openimr.terms.errors import FileMissing, FileRefused, FileUnreadable

STANDARD_INPUT = Path("-")

# No letter comes near these; a case file given by mistake is told at once.
_MOST_TEXT_BYTES = 1_000_000
_MOST_BYTES = 50_000_000
_LETTER_LIMITS = PdfLimits(seconds=20.0, megabytes=1000, most_pages=300, most_bytes=_MOST_BYTES)

# A PDF may begin with some bytes of its sender's before its mark.
_PDF_MARK = b"%PDF-"
_PDF_MARK_REACH = 1024
_OTHER_KINDS = {
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\x1f\x8b": "a gzip archive",
}
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# More control characters than this share of a text, and it is no text.
_MOST_CONTROL_SHARE = 0.001
# Fewer visible characters in a whole PDF, and its pages are pictures.
_LEAST_VISIBLE = 40


class LetterReader:
    """A reader of letters from files, with one PDF process for all of them.

    Example:
        >>> with LetterReader() as reader:
        ...     reader.parse_bytes(b"Dear Sir, thank you for your card.", name="card.txt")
        Traceback (most recent call last):
            ...
        openimr.terms.errors.NotALetter: Read a determination letter: the text has none of the headings ...
    """

    def __init__(self) -> None:
        self._pdfs = PdfReader(_LETTER_LIMITS)

    def __enter__(self) -> LetterReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdfs.close()

    def parse(self, path: Path) -> tuple[ParsedLetter, LetterText]:
        """Return a letter and the text that its spans point into.

        Args:
            path: A file, or "-" for standard input.

        Raises:
            FileMissing: There is no such file, or the folder holds none.
            FileUnreadable: It is empty, damaged, a scan, or neither PDF nor text.
            FileRefused: It is encrypted or over a limit.
            NotALetter: It is not a determination letter of a known layout.
        """
        name = "standard input" if path == STANDARD_INPUT else path.name
        return self.parse_bytes(_bytes_of(path), name=name)

    def parse_bytes(self, data: bytes, *, name: str) -> tuple[ParsedLetter, LetterText]:
        """Return the letter that a file's bytes hold, and the text its spans point into."""
        text = self.read_bytes(data, name=name)
        return parse_letter(text, source=name), text

    def read_bytes(self, data: bytes, *, name: str) -> LetterText:
        """Return the text of a file's bytes, in the one form that parsers read."""
        if not data.strip():
            raise _unreadable(name, "it is empty", "Ask its sender for the complete file.")
        if _PDF_MARK in data[:_PDF_MARK_REACH]:
            return pdf_letter_text(self._pdfs.read_text(data, name=name), name=name)
        if len(data) > _MOST_TEXT_BYTES:
            raise FileRefused(
                asked=f"Read {name}",
                found=f"it has more than {_MOST_TEXT_BYTES:,} bytes, the most for a letter as text.",
                remedy="Give one file for each letter.",
            )
        text = _decoded(data, name)
        return letter_text(text_of_html(text) if is_html(text) else text)


def letter_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to read: each file given, and every file of each folder, sorted.

    Hidden files are passed over. A folder without files, and one that may not be
    listed, is yielded itself, so that reading it says so.
    """
    for path in paths:
        if path == STANDARD_INPUT or not path.is_dir():
            yield path
            continue
        yield from sorted(_files_below(path)) or [path]


def _files_below(folder: Path) -> list[Path]:
    """Return the visible files below a folder, and in their place the folders that may not be listed."""
    closed: list[Path] = []
    found: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(root, name) for name in names if not name.startswith("."))
        found.extend(path for path in paths if path.is_file())
    return found + closed


def pdf_letter_text(pdf: PdfText, *, name: str) -> LetterText:
    """Return the pages of a PDF as one text, with its bold lines and page starts.

    Raises:
        FileUnreadable: The pages have no text layer.
    """
    starts: list[int] = []
    bold: set[int] = set()
    offset = 0
    for page in pdf.pages:
        starts.append(offset)
        bold.update(offset + begin for begin in page.bold_lines)
        offset += len(page.text) + 1
    text = "\n".join(page.text for page in pdf.pages)
    if len("".join(text.split())) < _LEAST_VISIBLE:
        pages = "page has" if len(pdf.pages) == 1 else f"{len(pdf.pages)} pages have"
        raise _unreadable(
            name,
            f"its {pages} no text layer, as scanned paper has none",
            "Make it searchable with a text recognition program first.",
        )
    return letter_text(text, bold_lines=frozenset(bold), page_starts=tuple(starts))


def _bytes_of(path: Path) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(_MOST_BYTES + 1)
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # what may not be listed is told from what is empty
            raise FileMissing(
                asked=f"Read the letters in {path}",
                found="the folder holds no files.",
                remedy="Name a file, or a folder that holds letters.",
            )
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise FileMissing(
            asked=f"Read {path}",
            found="there is no such file.",
            remedy="Check the name and the folder.",
        ) from error
    except OSError as error:
        raise _unreadable(
            str(path), f"the system says: {error.strerror or error}", "Check that you may read it."
        ) from error


def _decoded(data: bytes, name: str) -> str:
    """Return the text of bytes that are no PDF, refusing what is no text at all."""
    for mark, kind in _OTHER_KINDS.items():
        if data.startswith(mark):
            raise _unreadable(name, f"it is {kind}", "Save the letter as PDF or as text.")
    encodings = [e for mark, e in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    # Windows letters without a mark; the last knows every byte.
    for encoding in (*encodings, "utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    if len(_CONTROL.findall(text)) > _MOST_CONTROL_SHARE * len(text):
        raise _unreadable(name, "it is neither a PDF nor text", "Save the letter as PDF or as text.")
    return text


def _unreadable(name: str, found: str, remedy: str) -> FileUnreadable:
    return FileUnreadable(asked=f"Read {name}", found=f"{found}.", remedy=remedy)
