"""The exhibits in the order of their dates, as data and as a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined

from openimr.records.timeline_drawing import TimelineEntry, TreatmentGap, draw_timeline
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Page

# A break in treatment shorter than this is the ordinary time between visits.
_LEAST_GAP_DAYS = 60
# With more pages the HTML page would be too large to open.
_MOST_SHOWN = 3000
_CARE = frozenset(
    {
        ExhibitType.PROGRESS_REPORT,
        ExhibitType.FIRST_REPORT,
        ExhibitType.CONSULTATION,
        ExhibitType.OPERATIVE_REPORT,
        ExhibitType.THERAPY_NOTES,
        ExhibitType.WORK_STATUS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The exhibits by date, those without a date last, and the gaps in treatment."""

    entries: tuple[TimelineEntry, ...]
    gaps: tuple[TreatmentGap, ...]


def build_timeline(case_file: CaseFile) -> Timeline:
    """Return the exhibits by date of service, or of the report where no service is dated."""
    names = {file.sha256: file.name for file in case_file.manifest.files}
    entries = sorted(
        (_entry(exhibit, names.get(exhibit.document)) for exhibit in case_file.exhibits),
        key=lambda entry: (entry.on or date.max, entry.exhibit),
    )
    care = sorted({entry.on for entry in entries if entry.on is not None and entry.type in _CARE})
    gaps = tuple(
        TreatmentGap(after=a, before=b, days=(b - a).days)
        for a, b in pairwise(care)
        if (b - a).days >= _LEAST_GAP_DAYS
    )
    return Timeline(entries=tuple(entries), gaps=gaps)


def _entry(exhibit: Exhibit, source: str | None) -> TimelineEntry:
    on, dated_by = exhibit.date_of_service, "date_of_service"
    if on is None:
        on, dated_by = exhibit.report_date, "report_date"
    return TimelineEntry(
        exhibit=exhibit.id,
        on=on,
        dated_by=dated_by if on else None,
        type=exhibit.type,
        title=exhibit.title,
        author=exhibit.author,
        facility=exhibit.facility,
        source=source,
        pages=exhibit.pages,
        also_at=exhibit.also_at,
        unread_pages=exhibit.unread_pages,
        after_denial=exhibit.after_denial,
    )


def render_timeline(timeline: Timeline, case_file: CaseFile) -> str:
    """Return the timeline as an HTML page that needs nothing beside itself and opens at every page."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["ranges"] = ranges
    template = files("openimr.records").joinpath("data/timeline.html").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        timeline=timeline,
        manifest=case_file.manifest,
        drawing=draw_timeline(timeline.entries, timeline.gaps),
        pages=_shown(case_file),
        names={file.sha256: file.name for file in case_file.manifest.files},
    )


def _shown(case_file: CaseFile) -> list[Page]:
    """Return the pages whose text the HTML page holds: all, or of a large file the first of each exhibit."""
    if len(case_file.pages) <= _MOST_SHOWN:
        return list(case_file.pages)
    first = {exhibit.pages[0] for exhibit in case_file.exhibits}
    return [page for page in case_file.pages if page.bundle_page in first]


def ranges(pages: Sequence[int]) -> str:
    """Return page numbers with runs joined.

    Example:
        >>> ranges((3, 4, 5, 9))
        '3-5, 9'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] + 1 == page:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
