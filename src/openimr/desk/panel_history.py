"""What happened to the panel, from all its sources: entries, credentials that ended, conflicts and ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from openimr.casework.events import read_event
from openimr.casework.events_review import ConflictFound
from openimr.desk import reviewers
from openimr.desk.clock import today
from openimr.desk.models import CaseEvent, JudgedTie, PanelChange, StoredReviewer
from openimr.desk.people import users_of
from openimr.desk.reviewers import ChangeKind

# fields of an entry by what they are about
CREDENTIALS = frozenset(
    {"licences", "boards", "subspecialties", "taxonomy", "education", "training", "practice_since"}
    | {"practice_proved_on", "hours_per_week", "hours_proved_on", "discipline", "discipline_checked_on"}
    | {"exclusions_checked_on", "qme", "npi"}
)
INTERESTS = frozenset({"interests"})
ROOM = frozenset({"absences", "capacity", "weekly_load"})


class About(StrEnum):
    """What a change of the panel is about."""

    CREDENTIALS = "credentials"
    ENDED = "ended"
    """A credential reached its last day: nobody did it."""
    CONFLICTS = "conflicts"
    ROOM = "room"
    PANEL = "panel"
    """Somebody came to the panel, or left it."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened: when, to whose entry, what, by whom and why.

    ``key`` parts what happened at one moment. Why somebody has a conflict in a
    case stays in the case, for those who are on it.
    """

    at: datetime
    key: str
    reviewer: str
    name: str
    about: tuple[About, ...]
    lines: tuple[str, ...]
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of it is asked for: from ``since`` on, and before a moment, or before one thing of that moment."""

    before: datetime
    beyond: str = ""
    since: datetime | None = None
    reviewer: str = ""
    by: str = ""
    about: About | None = None


def happenings(asked: Asked, most: int) -> list[Happening]:
    """Return what happened to the panel before a moment, the last first, so many at most."""
    found: list[Happening] = []
    names = dict(StoredReviewer.objects.values_list("reviewer", "name"))
    wanted = _reviewers(asked.reviewer, names)
    for source in (_changes, _ended, _conflicts, _ties):
        kept = (one for one in source(asked, wanted, names) if _is_asked(one, asked))
        found += [one for _, one in zip(range(most), kept, strict=False)]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)[:most]


def _reviewers(text: str, names: Mapping[str, str]) -> frozenset[str] | None:
    """Return the identifiers that a text is part of, or of the name of; None where nothing is asked."""
    told = text.strip().casefold()
    if not told:
        return None
    return frozenset(key for key, name in names.items() if told in key.casefold() or told in name.casefold())


def _is_asked(one: Happening, asked: Asked) -> bool:
    if asked.about is not None and asked.about not in one.about:
        return False
    if asked.by and asked.by.strip().casefold() not in one.by.casefold():
        return False
    is_before = (one.at, one.key) < (asked.before, asked.beyond)
    return is_before and (asked.since is None or one.at >= asked.since)


def _changes(asked: Asked, wanted: frozenset[str] | None, names: Mapping[str, str]) -> Iterator[Happening]:
    rows = PanelChange.objects.filter(at__lte=asked.before).select_related("by").order_by("-at", "-pk")
    if wanted is not None:
        rows = rows.filter(reviewer__in=wanted)
    if asked.since is not None:
        rows = rows.filter(at__gte=asked.since)
    for row in rows.iterator(chunk_size=200):
        yield _of_change(row, names)


def _of_change(row: PanelChange, names: Mapping[str, str]) -> Happening:
    differences = reviewers.differences(row)
    fields = {name.replace(" ", "_") for name, _, _ in differences}
    about = {About.PANEL} if row.kind in (ChangeKind.ADDED, ChangeKind.LEFT, ChangeKind.RETURNED) else set()
    for topic, group in ((About.CREDENTIALS, CREDENTIALS), (About.CONFLICTS, INTERESTS), (About.ROOM, ROOM)):
        if fields & group:
            about.add(topic)
    lines = [f"{name}: {f'{was} → ' if row.before else ''}{has}" for name, was, has in differences]
    return Happening(
        at=row.at,
        key=f"entry {row.pk:012}",
        reviewer=row.reviewer,
        name=names.get(row.reviewer, row.reviewer),
        about=tuple(sorted(about or {About.OTHER})),
        lines=(f"{row.kind.capitalize()}.", *lines),
        by=str(row.by),
        why=row.why,
    )


def _ended(asked: Asked, wanted: frozenset[str] | None, names: Mapping[str, str]) -> Iterator[Happening]:
    """Yield what ended until today by its own last day, the last first: the day after is when it is over."""
    rows = StoredReviewer.objects.all() if wanted is None else StoredReviewer.objects.filter(pk__in=wanted)
    day, found = today(), []
    for row in rows:
        for end in reviewers.expiries(reviewers.reviewer_of(row), day):
            if end.on is not None and end.on < day:
                at = timezone.make_aware(datetime.combine(end.on + timedelta(days=1), time.min))
                said = f"{end.what}: {end.on:%Y-%m-%d} was the last day."
                found.append((at, f"ended {row.pk} {said}", row, said))
    for at, key, row, said in sorted(found, key=lambda f: f[:2], reverse=True):
        yield Happening(
            at=at,
            key=key,
            reviewer=row.reviewer,
            name=row.name,
            about=(About.ENDED, About.CREDENTIALS),
            lines=(said,),
            by="",
            why="",
        )


def _conflicts(asked: Asked, wanted: frozenset[str] | None, names: Mapping[str, str]) -> Iterator[Happening]:
    """Yield the conflicts that were found in cases; which case it was stays in the case."""
    rows = CaseEvent.objects.filter(kind=ConflictFound.__name__, at__lte=asked.before).order_by("-at", "-pk")
    if asked.since is not None:
        rows = rows.filter(at__gte=asked.since)
    who: dict[str, str] = {}
    for pk, at, actor, body in rows.values_list("pk", "at", "actor", "body").iterator(chunk_size=200):
        event = read_event(ConflictFound.__name__, body)
        assert isinstance(event, ConflictFound), "it was asked for by its name"
        if wanted is None or event.reviewer in wanted:
            yield Happening(
                at=at,
                key=f"conflict {pk:012}",
                reviewer=event.reviewer,
                name=names.get(event.reviewer, event.reviewer),
                about=(About.CONFLICTS,),
                lines=("A conflict was reported in a case.",),
                by=who.setdefault(actor, who.get(actor) or _who(actor)),
                why="",
            )


def _ties(asked: Asked, wanted: frozenset[str] | None, names: Mapping[str, str]) -> Iterator[Happening]:
    """Yield the possible ties to cases that a person judged."""
    rows = JudgedTie.objects.filter(at__lte=asked.before).select_related("by").order_by("-at", "-pk")
    if wanted is not None:
        rows = rows.filter(reviewer__in=wanted)
    for row in rows.iterator(chunk_size=200):
        found = "a conflict" if row.is_conflict else "no conflict"
        yield Happening(
            at=row.at,
            key=f"tie {row.pk:012}",
            reviewer=row.reviewer,
            name=names.get(row.reviewer, row.reviewer),
            about=(About.CONFLICTS,),
            lines=(f"A possible tie to a case was judged: {found}.",),
            by=str(row.by),
            why="",
        )


def _who(actor: str) -> str:
    """Return the name of whoever a log names; software has none."""
    return next((str(user) for user in users_of([actor]).values()), "the desk")
