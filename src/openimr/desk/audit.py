"""The audit of the desk: every log against its hashes, its row and its files; the heads of all logs.

The heads, kept somewhere else (printed, sent to another organization), prove
later that no event, and no whole case, was taken away at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import F

from openimr.desk.chain import Link, breaks
from openimr.desk.files import StoredFileDamaged, check_file
from openimr.desk.models import Case, CaseEvent, StoredFile
from openimr.desk.reviewers import broken_changes

EVENTS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the log of a case ends."""

    case: str
    events: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Where every log ended at a moment."""

    at: datetime
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit found: nothing in ``findings`` where everything is whole."""

    cases: int
    events: int
    files: int
    findings: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Return whether everything is whole."""
        return not self.findings


def heads_of_all(at: datetime) -> Heads:
    """Return where every log ends, to be kept outside."""
    rows = Case.objects.order_by("number").values_list("number", "events", "head")
    return Heads(at=at, heads=tuple(Head(case=n, events=e, hash=h) for n, e, h in rows))


def verify(*, kept: Heads | None = None, files: bool = True) -> Audit:
    """Return whether every log is whole, ends where its row says, and holds all that was kept of it.

    Args:
        kept: Heads that were exported earlier.
        files: Whether the stored files are read and compared with their hashes too.
    """
    findings: list[str] = []
    events = 0
    ends: dict[str, Mapping[int, str]] = {}
    wanted = {head.case: head for head in kept.heads} if kept else {}
    for case, links in groupby(_links(), key=lambda pair: pair[0].case):
        log = list(links)
        events += len(log)
        findings.extend(f"{case}: {words}." for words in breaks(log))
        ends[case] = {link.number: stored for link, stored in log[-1:]}
        if case in wanted:
            ends[case] = {link.number: stored for link, stored in log}
    findings.extend(_rows(ends))
    findings.extend(_kept(wanted, ends))
    findings.extend(broken_changes())
    stored = list(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True)) if files else []
    for sha in stored:
        findings.extend(_file(sha))
    return Audit(cases=len(ends), events=events, files=len(stored), findings=tuple(findings))


def _links() -> Iterator[tuple[Link, str]]:
    """Yield every event of every case, case by case."""
    rows = CaseEvent.objects.order_by("case__number", "number").annotate(of=F("case__number"))
    for row in rows.iterator(chunk_size=EVENTS_AT_ONCE):
        link = Link(
            case=row.of,
            number=row.number,
            at=row.at,
            actor=row.actor,
            role=row.role,
            kind=row.kind,
            body=row.body,
            previous=row.previous,
        )
        yield link, row.hash


def _rows(ends: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    for number, events, head in Case.objects.order_by("number").values_list("number", "events", "head"):
        found = ends.get(number)
        if not found:
            yield f"{number}: the case has no log."
        elif max(found) != events or found[max(found)] != head:
            last = max(found)
            yield f"{number}: the log ends with event {last}, and event {events} was stored last."


def _kept(wanted: Mapping[str, Head], ends: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    for case, head in wanted.items():
        if case not in ends:
            yield f"{case}: the case is gone; event {head.events} of it was kept outside."
        elif ends[case].get(head.events) != head.hash:
            yield f"{case}: event {head.events} is not the one that was kept outside."


def _file(sha: str) -> Iterator[str]:
    try:
        check_file(sha)
    except StoredFileDamaged as error:
        yield f"{error.asked}: {error.found}"
