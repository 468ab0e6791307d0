"""The panel of the organization: its entries, each change in a log of its own, and what each has to do.

Whoever changes an entry leaves behind what it was, what it is, and why. The
log is chained by hashes like that of a case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from enum import StrEnum
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Count

from openimr.casework.reviewer_work import ReviewerWork
from openimr.casework.roles import Role
from openimr.desk.chain import BEGINNING
from openimr.desk.clock import now
from openimr.desk.models import CaseMember, CaseOffer, PanelChange, StoredReviewer, User
from openimr.formats import from_json, to_json_line
from openimr.formats.writing import canonical
from openimr.panel.encode import Load
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import LicenceStatus, Panel, Reviewer

# what ends within so many days is shown as ending soon: time enough to renew a licence
SOON = timedelta(days=60)
# any number that nothing else of the desk locks: changes of the panel are put one behind the other
LOCK = 0x0D0C


class ChangeKind(StrEnum):
    """What was done with an entry."""

    ADDED = "added"
    CHANGED = "changed"
    IMPORTED = "imported"
    LEFT = "left"
    """The reviewer takes no cases any more; the entry is kept."""
    RETURNED = "returned"


class Standing(StrEnum):
    """Where something that ends stands on a day."""

    GOOD = "good"
    SOON = "soon"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """One thing of an entry that ends: what it is, its last day, and where that stands."""

    what: str
    on: date | None
    standing: Standing


def reviewer_of(row: StoredReviewer) -> Reviewer:
    """Return a stored entry as the term."""
    return from_json(row.term, Reviewer, name=f"the entry of {row.reviewer}")


def panel_now() -> Panel:
    """Return the panel to draw from: those who take cases and can sign in to review them.

    Raises:
        AssignmentError: Nobody can.
    """
    able = set(
        User.objects.filter(role=Role.REVIEWER, is_active=True)
        .exclude(reviewer="")
        .values_list("reviewer", flat=True)
    )
    rows = StoredReviewer.objects.filter(is_active=True, reviewer__in=able).order_by("reviewer")
    found = tuple(reviewer_of(row) for row in rows)
    if not found:
        raise AssignmentError(
            asked="Draw from the panel",
            found="no reviewer takes cases and has an account.",
            remedy="Add reviewers to the panel, and an account with its identifier for each.",
        )
    return Panel(schema=1, reviewer=found)


def without_account() -> tuple[str, ...]:
    """Return the reviewers of the panel who take cases and cannot sign in: they are not drawn."""
    able = User.objects.filter(role=Role.REVIEWER, is_active=True).values_list("reviewer", flat=True)
    rows = StoredReviewer.objects.filter(is_active=True).exclude(reviewer__in=list(able))
    return tuple(rows.order_by("reviewer").values_list("reviewer", flat=True))


def loads(day: date) -> Mapping[str, Load]:
    """Return what each reviewer has already: cases not released, and offers of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    seats = CaseMember.objects.filter(role=Role.REVIEWER.value, is_open=True)
    counted = seats.exclude(work=ReviewerWork.RELEASED.value).values_list("user").annotate(n=Count("pk"))
    names = dict(User.objects.filter(role=Role.REVIEWER.value).values_list("pk", "reviewer"))
    open_cases = {names[user]: n for user, n in counted if user in names}
    this_week = dict(
        CaseOffer.objects.filter(offered_on__gte=monday, state__in=["open", "accepted"])
        .values_list("reviewer")
        .annotate(n=Count("pk"))
    )
    return {
        name: Load(open_cases=open_cases.get(name, 0), this_week=this_week.get(name, 0))
        for name in open_cases.keys() | this_week.keys()
    }


def expiries(reviewer: Reviewer, day: date) -> tuple[Expiry, ...]:
    """Return everything of an entry that ends, the first one first; what is not stated before all."""
    found = [_licence(one.state, one.status, one.expires_on, day) for one in reviewer.licences]
    found += [
        Expiry(what=f"Certification {b.name}", on=b.expires_on, standing=standing(b.expires_on, day))
        for b in reviewer.boards
    ]
    if not reviewer.licences:
        found.append(Expiry(what="Licence", on=None, standing=Standing.UNKNOWN))
    return tuple(sorted(found, key=lambda e: (e.on is not None, e.on or day, e.what)))


def _licence(state: str, status: LicenceStatus | None, ends: date | None, day: date) -> Expiry:
    what = f"Licence of {state}"
    if status is not LicenceStatus.ACTIVE:
        told = status.value if status is not None else "status not stated"
        kind = Standing.LAPSED if status is not None else Standing.UNKNOWN
        return Expiry(what=f"{what} ({told})", on=ends, standing=kind)
    return Expiry(what=what, on=ends, standing=standing(ends, day))


def standing(ends: date | None, day: date) -> Standing:
    """Return where something that ends stands on a day; its last day still counts."""
    if ends is None:
        return Standing.UNKNOWN
    if ends < day:
        return Standing.LAPSED
    return Standing.SOON if ends <= day + SOON else Standing.GOOD


def worst(found: Sequence[Expiry]) -> Standing:
    """Return the worst standing of an entry: lapsed, unknown, soon, good."""
    order = (Standing.LAPSED, Standing.UNKNOWN, Standing.SOON, Standing.GOOD)
    return next((s for s in order if any(e.standing is s for e in found)), Standing.GOOD)


def keep(reviewer: Reviewer, *, by: User, kind: ChangeKind, why: str = "") -> PanelChange | None:
    """Return the change that was stored, or None where the entry is as it was."""
    with transaction.atomic():
        one_at_a_time()
        row = StoredReviewer.objects.select_for_update().filter(reviewer=reviewer.id).first()
        term = to_json_line(reviewer).decode("utf-8")
        before = row.term if row else ""
        if row is not None and row.is_active and reviewer_of(row) == reviewer:
            return None
        StoredReviewer.objects.update_or_create(
            reviewer=reviewer.id,
            defaults={
                "name": reviewer.name or reviewer.id,
                "term": term,
                "is_active": True,
                "changed_at": now(),
                "changed_by": by,
            },
        )
        told = ChangeKind.ADDED if row is None and kind is ChangeKind.CHANGED else kind
        return _log(reviewer.id, told, before, term, why, by)


def set_active(identifier: str, *, active: bool, by: User, why: str) -> PanelChange | None:
    """Return the change by which a reviewer left the panel or came back, or None where nothing changes."""
    with transaction.atomic():
        one_at_a_time()
        row = StoredReviewer.objects.select_for_update().get(reviewer=identifier)
        if row.is_active == active:
            return None
        StoredReviewer.objects.filter(pk=row.pk).update(is_active=active, changed_at=now(), changed_by=by)
        kind = ChangeKind.RETURNED if active else ChangeKind.LEFT
        return _log(identifier, kind, row.term, row.term, why, by)


def import_panel(panel: Panel, *, by: User, why: str) -> tuple[PanelChange, ...]:
    """Return what an imported table changed; who does not stand in it stays as they are."""
    with transaction.atomic():
        done = [keep(r, by=by, kind=ChangeKind.IMPORTED, why=why) for r in panel.reviewer]
        return tuple(change for change in done if change is not None)


def one_at_a_time() -> None:
    """Let one transaction at a time change the panel, or propose a draw."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _log(reviewer: str, kind: ChangeKind, before: str, after: str, why: str, by: User) -> PanelChange:
    last = PanelChange.objects.order_by("-pk").first()
    change = PanelChange(
        reviewer=reviewer,
        kind=kind.value,
        before=before,
        after=after,
        why=why,
        at=now(),
        by=by,
        previous=last.hash if last else BEGINNING,
    )
    change.hash = hash_of(change)
    change.save(force_insert=True)
    return change


def hash_of(change: PanelChange) -> str:
    """Return the hash of a change: over what it says, and the hash of the change before."""
    told = {
        "reviewer": change.reviewer,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "why": change.why,
        "at": change.at.astimezone(UTC).isoformat(),
        "by": change.by_id,
        "previous": change.previous,
    }
    return sha256(canonical(told)).hexdigest()


def broken_changes() -> Iterator[str]:
    """Yield what is wrong with the log of the panel: an entry that was changed, removed or put in between."""
    head = BEGINNING
    for change in PanelChange.objects.order_by("pk").iterator(chunk_size=500):
        if change.previous != head:
            yield f"Change {change.pk} of the panel does not follow the one before."
        if hash_of(change) != change.hash:
            yield f"Change {change.pk} of the panel is not the one that was made."
        head = change.hash


def differences(change: PanelChange) -> tuple[tuple[str, str, str], ...]:
    """Return what a change changed: the field, what it was, what it is."""
    before = from_json(change.before, Reviewer, name="the entry before") if change.before else None
    after = from_json(change.after, Reviewer, name="the entry after")
    found = []
    for name in after.__slots__:
        was = getattr(before, name) if before is not None else None
        has = getattr(after, name)
        if was != has and not (before is None and has in (None, ())):
            found.append((name.replace("_", " "), _said(was), _said(has)))
    return tuple(found)


def _said(value: object) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, tuple):
        return "; ".join(_said(one) for one in value) or "none"
    slots = getattr(value, "__slots__", None)
    if slots is not None and not isinstance(value, StrEnum | date):
        return ", ".join(str(v) for n in slots if (v := getattr(value, n)) is not None)
    return str(value)
