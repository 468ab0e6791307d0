"""The report for accreditation: credentials, attestations, conflicts, and timeliness over files drawn by lot.

The draw is repeatable: the seed and the period are kept with the report, and
the same seed over the same cases draws the same files. The report is kept as
it was made, under its hash.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded, read_event
from openimr.casework.events_review import (
    Attested,
    ConflictFound,
    Declined,
    DocumentRead,
    ReviewerReplaced,
)
from openimr.casework.roles import Actor, Role
from openimr.casework.state import fold
from openimr.desk.afterlists import clocks_met
from openimr.desk.chain import Link, breaks
from openimr.desk.explaining import link_of
from openimr.desk.models import AccreditorReport, Case, CaseEvent, JudgedTie, StoredReviewer, User
from openimr.desk.reviewers import reviewer_of
from openimr.formats import from_json, to_json_line
from openimr.terms.reviewer import Reviewer

SIZE = 30
CONFLICTS = ("ConflictFound", "Declined", "ReviewerReplaced")
MOST_CONFLICTS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One credential of one reviewer: what it is, until when it runs, when it was verified."""

    reviewer: str
    name: str
    what: str
    expires_on: date | None
    verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationTold:
    """What a reviewer attested in a drawn file, and whether the file was opened only after that."""

    case: str
    reviewer: str
    attested_at: datetime
    attests: tuple[str, ...]
    opened_before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictTold:
    """A conflict that was found, and how it was decided."""

    case: str
    reviewer: str
    on: date
    found: str
    decided: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTold:
    """One clock of a drawn file: its last day, the day on which it was met, and what that comes to."""

    case: str
    ref: str
    citation: str
    due_on: date
    done_on: date | None
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole of a report, as it is kept and exported."""

    schema: int
    organization: str
    made_at: datetime
    seed: int
    size: int
    first_on: date
    last_on: date
    population: int
    files: tuple[str, ...]
    broken: tuple[str, ...]
    credentials: tuple[Credential, ...]
    attestations: tuple[AttestationTold, ...]
    conflicts: tuple[ConflictTold, ...]
    clocks: tuple[ClockTold, ...]


def make_report(
    *, first: date, last: date, seed: int, by: User, at: datetime, size: int = SIZE
) -> AccreditorReport:
    """Return a new report over the cases that were filed in a period, both days included; it is stored."""
    report = report_of(first=first, last=last, seed=seed, at=at, size=size)
    text = to_json_line(report)
    return AccreditorReport.objects.create(
        seed=seed,
        size=size,
        first_on=first,
        last_on=last,
        made_at=at,
        by=by,
        document=text.decode("utf-8"),
        sha256=sha256(text).hexdigest(),
    )


def read_report(row: AccreditorReport) -> Report:
    """Return a stored report."""
    return from_json(row.document, Report, name=f"report {row.pk}")


def report_of(*, first: date, last: date, seed: int, at: datetime, size: int) -> Report:
    """Return what is found now: of the drawn files, of the whole panel, and of the period."""
    numbers = _population(first, last)
    drawn = draw(numbers, seed, size)
    rows = _stored(drawn)
    logs = {number: tuple(recorded(row) for row in rows[number]) for number in drawn}
    states = {number: fold(log) for number, log in logs.items()}
    return Report(
        schema=1,
        organization=settings.ENVIRONMENT.organization,
        made_at=at,
        seed=seed,
        size=size,
        first_on=first,
        last_on=last,
        population=len(numbers),
        files=drawn,
        broken=tuple(f"{n}: {words}" for n in drawn for words in breaks(_links(n, rows[n]))),
        credentials=tuple(c for row in _panel() for c in credentials(reviewer_of(row))),
        attestations=tuple(a for n in drawn for a in attestations(n, logs[n])),
        conflicts=tuple(_conflicts(first, last)),
        clocks=tuple(c for n in drawn for c in clocks(n, states[n], timezone.localdate(at))),
    )


def _population(first: date, last: date) -> Sequence[str]:
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.min)) + timedelta(days=1)
    found = Case.objects.filter(filed_at__gte=begin, filed_at__lt=end).exclude(stage="draft")
    return sorted(found.values_list("number", flat=True))


def draw(numbers: Sequence[str], seed: int, size: int) -> tuple[str, ...]:
    """Return so many of the numbers, drawn by a seed: the same seed, the same numbers.

    Example:
        >>> draw(["a", "b", "c", "d"], 7, 2) == draw(["a", "b", "c", "d"], 7, 2)
        True
        >>> draw(["a"], 7, 30)
        ('a',)
    """
    return tuple(sorted(random.Random(seed).sample(list(numbers), min(size, len(numbers)))))


def _panel() -> Iterable[StoredReviewer]:
    return StoredReviewer.objects.filter(is_active=True).order_by("reviewer")


def credentials(reviewer: Reviewer) -> Iterable[Credential]:
    """Yield every credential of a reviewer; absent means not proved."""

    def one(what: str, expires: date | None = None, verified: date | None = None) -> Credential:
        name = reviewer.name or reviewer.id
        return Credential(
            reviewer=reviewer.id, name=name, what=what, expires_on=expires, verified_on=verified
        )

    for licence in reviewer.licences:
        status = licence.status.value if licence.status else "status unknown"
        yield one(f"Licence {licence.state} {licence.number or ''}, {status}", licence.expires_on)
    for board in reviewer.boards:
        yield one(f"Board certification: {board.name}", board.expires_on)
    since = f" since {reviewer.practice_since.isoformat()}" if reviewer.practice_since else ""
    yield one(f"In practice{since}", verified=reviewer.practice_proved_on)
    hours = (
        f"{reviewer.hours_per_week:g} hours a week"
        if reviewer.hours_per_week is not None
        else "hours unknown"
    )
    yield one(f"Active practice, {hours}", verified=reviewer.hours_proved_on)
    found = (
        "not looked for" if reviewer.discipline is None else "; ".join(reviewer.discipline) or "none found"
    )
    yield one(f"Discipline: {found}", verified=reviewer.discipline_checked_on)
    yield one("Exclusion lists", verified=reviewer.exclusions_checked_on)


def attestations(number: str, log: Sequence[Recorded]) -> Iterable[AttestationTold]:
    """Yield what reviewers attested in a file, and whether they had opened a document of it before."""
    readers: set[str] = set()
    for one in log:
        if isinstance(one.event, DocumentRead):
            readers.add(one.by.id)
        elif isinstance(one.event, Attested):
            attestation = one.event.attestation
            yield AttestationTold(
                case=number,
                reviewer=attestation.reviewer,
                attested_at=one.at,
                attests=attestation.attests,
                opened_before=attestation.reviewer in readers,
            )


def _conflicts(first: date, last: date) -> Iterable[ConflictTold]:
    """Yield the conflicts of a period: reported, declined for, and ties that a person judged."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.min)) + timedelta(days=1)
    rows = (
        CaseEvent.objects.filter(kind__in=CONFLICTS, at__gte=begin, at__lt=end)
        .select_related("case")
        .order_by("at", "id")[:MOST_CONFLICTS]
    )
    for row in rows:
        event = read_event(row.kind, row.body)
        if isinstance(event, ConflictFound | Declined | ReviewerReplaced):
            yield ConflictTold(
                case=row.case.number,
                reviewer=event.reviewer,
                on=timezone.localdate(row.at),
                found=event.why,
                decided=DECIDED[type(event).__name__],
            )
    yield from _judged(begin, end)


DECIDED = {
    "ConflictFound": "The file was closed to the reviewer, who left the case.",
    "Declined": "The reviewer declined; another one was chosen.",
    "ReviewerReplaced": "The reviewer was taken off the case.",
}


def _judged(begin: datetime, end: datetime) -> Iterable[ConflictTold]:
    """Yield the possible ties that a person judged."""
    for tie in (
        JudgedTie.objects.filter(at__gte=begin, at__lt=end).select_related("case").order_by("at", "pk")
    ):
        yield ConflictTold(
            case=tie.case.number,
            reviewer=tie.reviewer,
            on=timezone.localdate(tie.at),
            found=tie.reason,
            decided=f"{'A conflict' if tie.is_conflict else 'No conflict'}: {tie.why}",
        )


def clocks(number: str, state: CaseState, day: date) -> Iterable[ClockTold]:
    """Yield the clocks of a file with what came of each."""
    for clock, due, done in clocks_met(state):
        if done is not None:
            result = "in time" if done <= due else f"{(done - due).days} days late"
        else:
            result = "running" if day <= due else "overdue"
        yield ClockTold(
            case=number, ref=clock.ref, citation=clock.citation, due_on=due, done_on=done, result=result
        )


def _stored(numbers: Sequence[str]) -> Mapping[str, Sequence[CaseEvent]]:
    """Return the events of cases as they are stored, by case and in their order: one query for all."""
    found: dict[str, list[CaseEvent]] = {number: [] for number in numbers}
    rows = CaseEvent.objects.filter(case__number__in=numbers).select_related("case")
    for row in rows.order_by("case_id", "number"):
        found[row.case.number].append(row)
    return found


def recorded(row: CaseEvent) -> Recorded:
    """Return a stored event as casework reads it."""
    by = Actor(id=row.actor, role=Role(row.role))
    return Recorded(number=row.number, at=row.at, by=by, event=read_event(row.kind, row.body))


def _links(number: str, rows: Sequence[CaseEvent]) -> Iterable[tuple[Link, str]]:
    for row in rows:
        yield link_of(row, number), row.hash
