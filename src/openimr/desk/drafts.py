"""Drafts of applications: kept as they were typed at every step, listed, taken up again, never removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from openimr.casework.roles import Role
from openimr.desk.clock import now
from openimr.desk.entered import Entered
from openimr.desk.models import ApplicationDraft, User

# how many papers can come with one application, before it is filed
MOST_PAPERS = 20


def draft_for(user: User, key: str) -> ApplicationDraft:
    """Return a draft that somebody may open: its owner, and everybody of intake.

    Raises:
        Http404: There is none, or it is somebody else's: nobody can tell which.
    """
    draft = visible(user).filter(key=key).select_related("owner", "filed_as").first()
    if draft is None:
        raise Http404
    return draft


def visible(user: User) -> QuerySet[ApplicationDraft]:
    """Return the drafts that somebody may see."""
    drafts = ApplicationDraft.objects.all()
    return drafts if user.acts_as is Role.INTAKE else drafts.filter(owner=user)


def begin(owner: User, entered: Entered | None = None) -> ApplicationDraft:
    """Return a new draft."""
    return ApplicationDraft.objects.create(owner=owner, entered=dict(entered or {}))


def keep(draft: ApplicationDraft, step: str, told: Mapping[str, Any]) -> ApplicationDraft:
    """Return a draft with what was entered at a step; what was entered at other steps stays as it is."""
    seen = list(dict.fromkeys((*draft.entered.get("seen", ()), step)))
    return change(draft, lambda entered: {**entered, **told, "seen": seen}, step=step)


def add_paper(draft: ApplicationDraft, paper: Mapping[str, Any]) -> ApplicationDraft:
    """Return a draft with one more paper; the same paper is there once."""

    def add(entered: Entered) -> Entered:
        papers = [p for p in entered.get("papers", ()) if p["sha256"] != paper["sha256"]]
        return {**entered, "papers": [*papers, dict(paper)][:MOST_PAPERS]}

    return change(draft, add)


def remove_paper(draft: ApplicationDraft, sha: str) -> ApplicationDraft:
    """Return a draft without a paper; the file itself stays stored."""
    return change(draft, lambda e: {**e, "papers": [p for p in e.get("papers", ()) if p["sha256"] != sha]})


def change(
    draft: ApplicationDraft, changed: Callable[[Entered], Entered], *, step: str | None = None
) -> ApplicationDraft:
    """Return a draft as it was changed; two people who write at once do not lose each other's fields.

    A draft that was filed stays as it was filed.
    """
    with transaction.atomic():
        row = ApplicationDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if row.filed_as_id is None:
            row.entered = dict(changed(row.entered))
            row.step = step if step is not None else row.step
            row.saved_at = now()
            row.save(update_fields=["entered", "step", "saved_at"])
    return row
