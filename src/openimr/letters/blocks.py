"""A letter as blocks, before it becomes text, Markdown, HTML or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.terms.letter import DocumentReviewed
from openimr.terms.problem import Problem


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The programme, the review organization, and its address line by line."""

    programme: str | None
    organization: str | None
    lines: tuple[str, ...]


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
    """Labels with their values, as a table or as lines; the caption may be empty."""

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
    """The heading of a disputed item: "Disputed item 1 of 2:" and the request."""

    lead: str
    request: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on an item, or on all: the programme's word, if any, and what it means."""

    lead: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Entries:
    """A lead and the texts that stand under it, numbered or with bullets."""

    lead: str
    texts: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: what it is about, the heads of its columns, its rows of as many cells."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = (
    Letterhead | Title | Banner | Heading | Fields | Paragraph | Documents | Item | Decision | Entries | Table
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A letter as blocks, and what could not be said in it.

    ``header`` stands at the top of every page, ``footer`` at the bottom
    beside the page number.
    """

    title: str
    footer: str
    header: str | None
    dated: date | None
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
