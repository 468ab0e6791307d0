"""What is known of a generated case file: its documents, its copies, its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from openimr.terms.records import ExhibitType

NAME = "truth.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the bundle: what it is, whose, when, and its pages, counted from 1.

    ``copy_of`` is the first page of the document that this one repeats.
    ``strings`` stand on its pages, as far as none of them is missing.
    """

    family: str
    type: ExhibitType
    title: str
    pages: tuple[int, ...]
    author: str | None = None
    author_specialty: str | None = None
    facility: str | None = None
    date_of_service: date | None = None
    report_date: date | None = None
    strings: tuple[str, ...] = ()
    copy_of: int | None = None
    copied_by: str | None = None
    missing_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A page that repeats an earlier one."""

    page: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A page that is a picture, and the words on it."""

    page: int
    text: str
    has_text_layer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that is known of a bundle. ``blank`` pages belong to nothing and are not scored."""

    seed: int
    files: tuple[str, ...]
    pages: int
    documents: tuple[Document, ...]
    copies: tuple[Copy, ...] = ()
    scans: tuple[Scan, ...] = ()
    blank: tuple[int, ...] = ()
    rotated: tuple[int, ...] = ()


def write_truth(folder: Path, truth: Truth) -> None:
    """Write the truth beside its bundle."""
    encoded = msgspec.json.format(msgspec.json.encode(truth), indent=1)
    (folder / NAME).write_bytes(encoded)


def read_truth(folder: Path) -> Truth:
    """Return the truth of a generated folder."""
    return msgspec.json.decode((folder / NAME).read_bytes(), type=Truth)
