"""A letter as blocks, before it becomes text, Markdown, HTML or PDF."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.terms.letter import DocumentReviewed


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A remark that must not be overlooked, such as DRAFT."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, as a table of ``columns`` pairs a row, or as lines."""

    caption: str
    rows: tuple[tuple[str, str], ...]
    is_table: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with words set off at its beginning where it has a lead."""

    text: str
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Documents:
    """The list of documents reviewed."""

    entries: tuple[DocumentReviewed, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """The heading of a disputed item with its outcome."""

    request: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]


Block = Title | Banner | Heading | Fields | Paragraph | Documents | Item | Bullets
