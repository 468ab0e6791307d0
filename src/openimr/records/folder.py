"""The records folder: what reading a case file writes, and what later steps read it from."""

from __future__ import annotations

from pathlib import Path

from openimr.formats import OutputFolder, from_json, read_json_file, to_json, to_json_line
from openimr.records.checklist import Certificate
from openimr.records.timeline import build_timeline, render_timeline
from openimr.terms.errors import FileMissing
from openimr.terms.records import CaseFile, Exhibit, Manifest, Page

MANIFEST, PAGES, EXHIBITS = "manifest.json", "pages.ndjson", "exhibits.json"
TIMELINE, TIMELINE_PAGE = "timeline.json", "timeline.html"
COMPLETENESS = "completeness.json"


def write_records(out: OutputFolder, case_file: CaseFile, certificate: Certificate | None = None) -> None:
    """Add a case file to a folder of results: manifest, pages, exhibits, timeline, and its certificate."""
    if certificate is not None:
        out.write(COMPLETENESS, to_json(certificate))
    timeline = build_timeline(case_file)
    out.write(MANIFEST, to_json(case_file.manifest))
    out.write(PAGES, b"".join(to_json_line(page) + b"\n" for page in case_file.pages))
    out.write(EXHIBITS, to_json(case_file.exhibits))
    out.write(TIMELINE, to_json(timeline))
    out.write(TIMELINE_PAGE, render_timeline(timeline, case_file).encode())


def read_records(folder: Path) -> CaseFile:
    """Return the case file of a records folder.

    Raises:
        FileMissing: The folder lacks one of its files.
        FormatInvalid: One of them is not what it should be.
    """
    manifest = read_json_file(folder / MANIFEST, Manifest)
    exhibits = read_json_file(folder / EXHIBITS, tuple[Exhibit, ...])
    path = folder / PAGES
    if not path.is_file():
        raise FileMissing(
            asked=f"Read {PAGES}",
            found=f"there is no file {path}.",
            remedy="Run openimr records read with --out for this folder.",
        )
    lines = path.read_bytes().splitlines()
    pages = tuple(from_json(line, Page, name=f"{PAGES}, line {n}") for n, line in enumerate(lines, 1))
    return CaseFile(manifest=manifest, pages=pages, exhibits=exhibits)
