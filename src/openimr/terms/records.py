"""A case file: source files, pages of text with positions, exhibits, the seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReadBy(StrEnum):
    """How the text of a page was obtained."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    COPIED = "copied"  # the same paper was recognized on an earlier page
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a page: its span in the page text and its box.

    The box is in points from the top left corner of the page.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a source file. ``number`` counts from 1 in that file.

    ``bundle_page`` counts from 1 over the whole case file, in the order of
    the manifest. ``confidence`` is from 0 to 1, None for a text layer.
    ``copied_from`` is the page of the bundle that shows the same paper and
    whose text this is, where ``read_by`` is COPIED.
    """

    document: str
    number: int
    bundle_page: int
    text: str
    read_by: ReadBy
    confidence: float | None = None
    unread_because: str | None = None
    copied_from: int | None = None
    words: tuple[Word, ...] = ()
    width_pt: float | None = None
    height_pt: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the case file as it was sent."""

    sha256: str
    name: str
    bytes: int
    pages: int
    submitted_by: str | None = None
    received_on: date | None = None
    unread_because: str | None = None


class ExhibitType(StrEnum):
    """What kind of document an exhibit is."""

    PROGRESS_REPORT = "progress_report"
    FIRST_REPORT = "first_report"
    RFA = "rfa"
    UR_DECISION = "ur_decision"
    IMR_APPLICATION = "imr_application"
    CONSULTATION = "consultation"
    OPERATIVE_REPORT = "operative_report"
    IMAGING = "imaging"
    ELECTRODIAGNOSTIC = "electrodiagnostic"
    LABORATORY = "laboratory"
    THERAPY_NOTES = "therapy_notes"
    PHARMACY = "pharmacy"
    WORK_STATUS = "work_status"
    MEDICAL_LEGAL = "medical_legal"
    CORRESPONDENCE = "correspondence"
    FAX_COVER = "fax_cover"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One dated document of the case file.

    ``pages`` are pages of the bundle; ``document_pages`` the same pages as
    numbers in the source file ``document``.
    """

    id: int
    type: ExhibitType
    title: str
    document: str
    pages: tuple[int, ...]
    document_pages: tuple[int, ...]
    author: str | None = None
    author_specialty: str | None = None
    facility: str | None = None
    date_of_service: date | None = None
    report_date: date | None = None
    submitted_by: str | None = None
    received_on: date | None = None
    also_at: tuple[int, ...] = ()
    after_denial: bool | None = None
    unread_pages: tuple[int, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSeal:
    """What was sealed before more came: the first so many files, exhibits and pages, and their hash."""

    files: int
    exhibits: int
    pages: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The file as sent: every source file, and one hash over files and exhibits.

    ``earlier`` are the seals from before files were added, the first one
    first; each still holds for what it covered.
    """

    files: tuple[SourceFile, ...]
    exhibits: int
    pages: int
    unread_pages: tuple[int, ...]
    seal: str
    earlier: tuple[EarlierSeal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case file as it was read: manifest, pages in bundle order, exhibits."""

    manifest: Manifest
    pages: tuple[Page, ...]
    exhibits: tuple[Exhibit, ...]
