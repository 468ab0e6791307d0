"""The file as sent: a manifest with one hash over every source file and the exhibit list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from openimr.formats.writing import canonical
from openimr.records.sources import Source, find_sources
from openimr.terms.errors import FormatInvalid
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile, EarlierSeal, Exhibit, Manifest, Page, ReadBy, SourceFile


def sealed_manifest(
    files: Sequence[SourceFile],
    pages: Sequence[Page],
    exhibits: Sequence[Exhibit],
    *,
    after: Manifest | None = None,
) -> Manifest:
    """Return the manifest of exactly what the reviewer receives, with its seal.

    Args:
        files: The source files, those of ``after`` first.
        pages: The pages.
        exhibits: The exhibits.
        after: The manifest that was sealed before more came.
    """
    earlier: tuple[EarlierSeal, ...] = ()
    if after is not None and len(files) > len(after.files):
        before = EarlierSeal(
            files=len(after.files), exhibits=after.exhibits, pages=after.pages, seal=after.seal
        )
        earlier = (*after.earlier, before)
    elif after is not None:
        earlier = after.earlier
    return Manifest(
        files=tuple(files),
        exhibits=len(exhibits),
        pages=len(pages),
        unread_pages=tuple(page.bundle_page for page in pages if page.read_by is ReadBy.UNREAD),
        seal=seal_of(files, exhibits, earlier),
        earlier=earlier,
    )


def seal_of(
    files: Sequence[SourceFile], exhibits: Sequence[Exhibit], earlier: Sequence[EarlierSeal] = ()
) -> str:
    """Return the sha256 over the files' hashes, names, senders and days, the exhibit list and earlier seals.

    The same files under the same names and the same list give the same seal,
    wherever and whenever they are read.
    """
    sealed: dict[str, object] = {"files": files, "exhibits": exhibits}
    if earlier:
        sealed["earlier"] = earlier
    return hashlib.sha256(canonical(sealed)).hexdigest()


def in_sealed_order(sources: Sequence[Source], after: Manifest) -> tuple[Source, ...]:
    """Return sources with those that were sealed before in front, in their order, so that numbers stay.

    Raises:
        FormatInvalid: A sealed file is missing, or its bytes changed.
    """
    by_name = {source.name: source for source in sources}
    for file in after.files:
        found = by_name.get(file.name)
        if found is None or found.sha256 != file.sha256:
            raise FormatInvalid(
                asked="Add files to a sealed case file",
                found=f"{file.name} {'is missing' if found is None else 'has other bytes than were sealed'}.",
                remedy="What was sealed stays as it was sent; a corrected file gets a name of its own.",
            )
    names = [file.name for file in after.files]
    return (*(by_name[name] for name in names), *(s for s in sources if s.name not in set(names)))


def _as_then(exhibits: Sequence[Exhibit], then: EarlierSeal) -> tuple[Exhibit, ...]:
    """Return the exhibits as they were when only so many pages had come."""
    return tuple(
        replace(exhibit, also_at=tuple(page for page in exhibit.also_at if page <= then.pages))
        for exhibit in exhibits[: then.exhibits]
    )


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
    for index, then in enumerate(manifest.earlier):
        files, exhibits = manifest.files[: then.files], _as_then(case_file.exhibits, then)
        if seal_of(files, exhibits, manifest.earlier[:index]) != then.seal:
            message = f"What was sealed before more came, exhibits 1-{then.exhibits}, differs from its seal."
            found.append(_broken("records.seal_broken", f"earlier.{index + 1}", message))
    if seal_of(manifest.files, case_file.exhibits, manifest.earlier) != manifest.seal:
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
