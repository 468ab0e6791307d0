"""Consolidation: the applications that may be reviewed as one, proposed and done."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions, rows_of
from openimr.casework.case_state import CaseState
from openimr.casework.commands import Consolidate, TakeInCase
from openimr.casework.decide import Refused
from openimr.casework.roles import Role
from openimr.desk import filing, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.drawing import states_of
from openimr.desk.models import Case, User
from openimr.desk.pages.application_acts import around, closed, done
from openimr.desk.pages.case import rulebook_of
from openimr.desk.pages.outcomes import tell
from openimr.law.consolidation import consolidations
from openimr.terms.eligibility import Consolidation

STAGES = frozenset(
    stage.value for row in rows_of(Action.TAKE_IN_CASE) for stage in row.at if stage is not None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Applications that may be reviewed as one; ``foreign`` are those that whoever asks is not on."""

    found: Consolidation
    foreign: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what names the proposal in a form."""
        return " ".join(self.found.cases)


@page(only(Role.CASE_MANAGER, case=True))
def consolidate(request: CaseRequest, number: str) -> HttpResponse:
    """Return the applications that may be reviewed together with this one; sent, it is done."""
    opened = store.look(number, "consolidation", by=request.user.actor)
    if Action.TAKE_IN_CASE not in available_actions(opened.state, request.user.acts_as):
        return closed(request, "Consolidate")
    proposals = proposed(opened, request.user)
    refused: tuple[object, ...] = ()
    if request.method == "POST":
        chosen = next((p for p in proposals if p.key == request.POST.get("cases")), None)
        if chosen is None or chosen.foreign:
            messages.error(request, "Nothing was stored: this group may not be reviewed as one any more.")
        else:
            outcome = put_together(chosen.found, request.user)
            if isinstance(outcome, store.Done):
                request.case = outcome.case
                return done(request, outcome)
            tell(request, outcome)
            refused = outcome.reasons if isinstance(outcome, Refused) else ()
    context = {"proposals": proposals, "refused": refused, **around(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/eligibility/consolidate.html", context, status=status)


def proposed(opened: store.Opened, user: User) -> tuple[Proposal, ...]:
    """Return the groups of applications with this case that the law lets be reviewed as one."""
    # a log is read only where the stage lets its case be put together with others
    rows = [row for row in filing.rows_of_patient(opened.state.case) if row.stage in STAGES]
    states = [state for state in states_of(rows).values() if _is_ready(state)]
    found = consolidations([opened.state.case, *(s.case for s in states)], rulebook_of(opened.state))
    mine = Case.objects.filter(number__in=[row.number for row in rows], members__user=user)
    own = set(mine.values_list("number", flat=True))
    return tuple(
        Proposal(found=one, foreign=tuple(c for c in one.cases if c not in {*own, opened.case.number}))
        for one in found
        if opened.case.number in one.cases
    )


def _is_ready(state: CaseState) -> bool:
    return Action.TAKE_IN_CASE in available_actions(state, Role.CASE_MANAGER)


def put_together(found: Consolidation, by: User) -> store.Outcome:
    """Return what became of the first case of a group that takes in the others: all of it, or nothing."""
    lead, *others = found.cases
    outcome: store.Outcome = Refused(reasons=())
    with transaction.atomic():
        for other in others:
            state = store.state_of(Case.objects.get(number=other))
            outcome = store.act(other, Consolidate(found=found), by=by.actor, expected=state.version)
            if isinstance(outcome, store.Done):
                taken = TakeInCase(found=found, other=state.case, disputes=state.live)
                outcome = store.act(lead, taken, by=by.actor, expected=None)
            if not isinstance(outcome, store.Done):
                transaction.set_rollback(True)
                break
    return outcome
