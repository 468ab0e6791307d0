"""Where documents begin, set by a person: ``splits.toml`` goes before what the reader finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.terms.errors import FormatInvalid
from openimr.terms.records import ExhibitType, Page, SourceFile

SPLITS_FILE = "splits.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A page of a source file, from 1, and whether a document begins there.

    What else is given of the document that begins there goes before what was
    found. ``file`` may be absent where there is one source file.
    """

    page: int
    file: str | None = None
    begins: bool = True
    type: ExhibitType | None = None
    title: str | None = None
    author: str | None = None
    facility: str | None = None
    date_of_service: date | None = None
    report_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitList:
    """The whole of ``splits.toml``."""

    split: tuple[Split, ...] = ()
    schema: int = 1


def find_split_list(paths: Sequence[Path]) -> SplitList:
    """Return what the folders' ``splits.toml`` say, one after the other.

    Raises:
        FormatInvalid: One of them has an unknown key or a wrong value.
    """
    found = [
        read_toml_file(path / SPLITS_FILE, SplitList)
        for path in paths
        if path.is_dir() and (path / SPLITS_FILE).is_file()
    ]
    return SplitList(split=tuple(split for one in found for split in one.split))


def splits_by_page(
    splits: SplitList, files: Sequence[SourceFile], pages: Sequence[Page]
) -> Mapping[int, Split]:
    """Return each split under the page of the bundle that it names.

    Raises:
        FormatInvalid: A split names a file or a page that is not there, or a page twice.
    """
    names = [file.name for file in files if file.pages]
    places: dict[tuple[str, int], int] = {}
    name_of = {file.sha256: file.name for file in files}
    for page in pages:
        places.setdefault((name_of[page.document], page.number), page.bundle_page)
    found: dict[int, Split] = {}
    for split in splits.split:
        name = split.file if split.file is not None or len(names) != 1 else names[0]
        where = places.get((name, split.page)) if name is not None else None
        if where is None or where in found:
            twice = where in found if where is not None else False
            raise FormatInvalid(
                asked=f"Read {SPLITS_FILE}",
                found=f"it names page {split.page} of {name or 'no file'}"
                + (" twice." if twice else ", and there is no such page."),
                remedy=f"Pages count from 1 in each file. The files are: {', '.join(names)}.",
            )
        found[where] = split
    return found
