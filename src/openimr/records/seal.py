"""The file as sent: a manifest with one hash over every source file and the exhibit list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from openimr.formats.writing import canonical
from openimr.records.sources import find_sources
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile, Exhibit, Manifest, Page, ReadBy, SourceFile


def sealed_manifest(
    files: Sequence[SourceFile], pages: Sequence[Page], exhibits: Sequence[Exhibit]
) -> Manifest:
    """Return the manifest of exactly what the reviewer receives, with its seal."""
    return Manifest(
        files=tuple(files),
        exhibits=len(exhibits),
        pages=len(pages),
        unread_pages=tuple(page.bundle_page for page in pages if page.read_by is ReadBy.UNREAD),
        seal=seal_of(files, exhibits),
    )


def seal_of(files: Sequence[SourceFile], exhibits: Sequence[Exhibit]) -> str:
    """Return the sha256 over the files' hashes, names, senders and days, and the exhibit list.

    The same files under the same names and the same list give the same seal,
    wherever and whenever they are read.
    """
    return hashlib.sha256(canonical({"files": files, "exhibits": exhibits})).hexdigest()


def verify_seal(case_file: CaseFile, *, folder: Path | None = None) -> tuple[Problem, ...]:
    """Return what differs between a case file and its seal; nothing where it is whole.

    Args:
        case_file: The case file with its manifest.
        folder: The folder of source files, to compare their bytes as well.

    Raises:
        FileMissing: The folder is not there or holds no file.
    """
    manifest = case_file.manifest
    found: list[Problem] = []
    if seal_of(manifest.files, case_file.exhibits) != manifest.seal:
        found.append(
            _broken(
                "records.seal_broken", "seal", "The files or the exhibit list differ from what was sealed."
            )
        )
    if folder is None:
        return tuple(found)
    sealed = {file.name: file.sha256 for file in manifest.files}
    present = {source.name: source.sha256 for source in find_sources([folder])}
    for name in sorted(sealed.keys() | present.keys()):
        if name not in present:
            found.append(_broken("records.file_missing", name, "The sealed file is not in the folder."))
        elif name not in sealed:
            found.append(_broken("records.file_added", name, "The file is in the folder and was not sealed."))
        elif sealed[name] != present[name]:
            found.append(
                _broken("records.file_changed", name, "The file's bytes differ from what was sealed.")
            )
    return tuple(found)


def _broken(code: str, field: str, message: str) -> Problem:
    return Problem(
        code=code,
        field=field,
        message=message,
        remedy="Take the case file as it was sent, or read it again and seal it anew.",
    )
