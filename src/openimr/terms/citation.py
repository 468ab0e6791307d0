"""Guideline citations as letters print them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CitationKind(StrEnum):
    """What a citation points to; two kinds say that it points to nothing."""

    MTUS = "mtus"
    ACOEM = "acoem"
    ODG = "odg"
    DRUG_LABEL = "drug_label"
    JOURNAL = "journal"
    WEB = "web"
    STATUTE = "statute"
    OTHER = "other"
    NOT_CITED = "not_cited"
    """ "did not cite any medical evidence for its decision" """
    OUTSIDE_MTUS = "outside_mtus"
    """ "based their decision on recommendation(s) outside of the MTUS Guidelines" """


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One citation of one document, with the words it was read from.

    ``document`` is the guideline library's name for the document where the
    words name it without doubt. ``edition_printed`` tells whether the edition
    stands in the words or follows from their form. ``pages`` are inclusive
    ranges from first to last.
    """

    kind: CitationKind
    printed: str
    document: str | None = None
    title: str | None = None
    edition: str | None = None
    edition_printed: bool = False
    chapter_number: int | None = None
    chapter: str | None = None
    sections: tuple[str, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    url: str | None = None
