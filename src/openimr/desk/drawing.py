"""Draws of waiting cases: drawn, kept with their whole record, confirmed as offers; who is asked next.

A draw looks at all reviewers and all waiting cases at once (room ``panel``).
Its seed comes from the operating system and is stored; the record is signed
and can be drawn again by an auditor. Confirming puts the reviewers on their
cases, each in one transaction with its offer.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from openimr.casework.case_state import CaseState
from openimr.casework.commands import ProposeReviewer, ReportNobody
from openimr.casework.events import Recorded, read_event
from openimr.casework.parts import Enclosure
from openimr.casework.roles import Actor, Role
from openimr.casework.stages import Stage
from openimr.casework.state import fold
from openimr.desk import store
from openimr.desk.clock import now, today
from openimr.desk.environment import Environment
from openimr.desk.keys import draw_key
from openimr.desk.models import Case, CaseEvent, CaseOffer, JudgedTie, StoredDraw, User
from openimr.desk.reviewers import loads, panel_now
from openimr.formats import from_json, to_json_line
from openimr.law.qualifications import reviewer_rules
from openimr.law.traits import is_expedited
from openimr.panel.assign import Assigning, assign_cases, waiting_case
from openimr.panel.conflicts import find_conflicts
from openimr.panel.encode import Waiting
from openimr.panel.explain import assignment_of
from openimr.panel.obstacles import unassignable
from openimr.panel.offers import OfferState
from openimr.panel.read import due_day
from openimr.panel.record import DrawRecord, record_draw, repeat_draw
from openimr.terms.case import Case as CaseTerm
from openimr.terms.case import CaseReviewers, ReviewerClass
from openimr.terms.reviewer import Exclusion, Reviewer, Unassignable

SEED_BITS = 255
# a draw of more cases at once keeps the page waiting; the next one takes the rest
MOST = 500
SOFTWARE = Actor(id="desk", role=Role.SYSTEM)


def waiting_rows() -> Sequence[Case]:
    """Return the cases that wait for a reviewer, soonest due first, as many as one draw takes."""
    rows = Case.objects.filter(stage=Stage.ASSIGNMENT.value, is_open=True)
    return list(rows.order_by("due_on", "pk")[:MOST])


def states_of(rows: Iterable[Case]) -> Mapping[str, CaseState]:
    """Return the states of several cases with one question to the database; nobody looks."""
    logs: dict[str, list[Recorded]] = defaultdict(list)
    found = CaseEvent.objects.filter(case__in=list(rows)).order_by("case_id", "number")
    columns = ("case__number", "number", "at", "actor", "role", "kind", "body")
    for case, n, at, actor, role, kind, body in found.values_list(*columns):
        by = Actor(id=actor, role=Role(role))
        logs[case].append(Recorded(number=n, at=at, by=by, event=read_event(kind, body)))
    return {number: fold(log) for number, log in logs.items()}


def case_to_draw(state: CaseState) -> CaseTerm:
    """Return a case as a draw looks at it: its live disputes, the places left, who may not have it again."""
    case = state.case
    left = max(1, state.reviewers_wanted - len(state.seats))
    before = (*(f.reviewer for f in state.former), *(s.reviewer for s in state.seats))
    return replace(
        case,
        dispute=tuple(case.dispute[n - 1] for n in state.live),
        reviewers=CaseReviewers(
            count=left, earlier=case.reviewers.earlier, chosen_before=tuple(dict.fromkeys(before))
        ),
    )


def waiting_of(state: CaseState) -> Waiting:
    """Return a case as it waits."""
    return waiting_case(case_to_draw(state), due_day(state.case))


def draw(rows: Sequence[Case], *, by: User | None) -> tuple[StoredDraw, ...]:
    """Return what was drawn for some waiting cases: one draw for each programme among them.

    Raises:
        AssignmentError: Nobody can be drawn.
    """
    states = states_of(rows)
    programmes: dict[str, list[CaseState]] = defaultdict(list)
    for state in states.values():
        programmes[state.case.case.programme].append(state)
    return tuple(_draw(programme, states, by) for programme, states in sorted(programmes.items()))


def _draw(programme: str, states: Sequence[CaseState], by: User | None) -> StoredDraw:
    day = today()
    rules = reviewer_rules(programme, day)
    panel = panel_now()
    assigning = assign_cases(
        [waiting_of(state) for state in states],
        panel,
        rules=rules,
        on=day,
        seed=secrets.randbits(SEED_BITS),
        loads=loads(day),
        cleared=cleared_for(states, {r.id: r for r in panel.reviewer}, day),
    )
    record = record_draw(assigning, is_fair=False, key=draw_key())
    stored, _ = StoredDraw.objects.get_or_create(
        sha256=record.sha256,
        defaults={
            "record": to_json_line(record).decode("utf-8"),
            "cases": len(states),
            "assigned": len(assigning.result.assigned),
            "drawn_at": now(),
            "drawn_by": by,
        },
    )
    return stored


def cleared_for(
    states: Sequence[CaseState], reviewers: Mapping[str, Reviewer], day: date
) -> frozenset[Exclusion]:
    """Return the possible ties that a person found to be none, in every waiting case where they show up.

    A draw clears a tie for all of its cases. One that was judged in one case
    and stands open in another is left open: whoever errs holds back.
    """
    judged = judged_ties([state.case_number for state in states])
    good = {
        number: {tie for tie, row in ties.items() if not row.is_conflict} for number, ties in judged.items()
    }
    found = set()
    for tie in {tie for ties in good.values() for tie in ties}:
        reviewer = reviewers.get(tie.reviewer)
        if reviewer is None:
            continue
        unjudged = (s for s in states if tie not in good.get(s.case_number, ()))
        rules = {p: reviewer_rules(p, day) for p in {s.case.case.programme for s in states}}
        if not any(
            tie in find_conflicts(reviewer, case_to_draw(s), rules[s.case.case.programme], day).possible
            for s in unjudged
        ):
            found.add(tie)
    return frozenset(found)


def judged_ties(numbers: Sequence[str]) -> Mapping[str, Mapping[Exclusion, JudgedTie]]:
    """Return for each case what people found of its possible ties; the last judgement counts."""
    found: dict[str, dict[Exclusion, JudgedTie]] = defaultdict(dict)
    rows = JudgedTie.objects.filter(case__number__in=numbers).select_related("case", "by").order_by("pk")
    for row in rows:
        tie = Exclusion(
            reviewer=row.reviewer, code=row.code, reason=row.reason, citation=row.citation or None
        )
        found[row.case.number][tie] = row
    return found


def is_proposed(case: Case) -> bool:
    """Return whether a draw since the last change of a case has it, and waits to be confirmed."""
    # a look at the case changes nothing that is drawn from
    changed = CaseEvent.objects.filter(case=case, number=case.version).values_list("at", flat=True)
    found = StoredDraw.objects.filter(confirmed_at=None, drawn_at__gte=changed[0])
    return any(
        one.case.case.number == case.number
        for stored in found.order_by("-drawn_at")[:5]
        for one in record_of(stored).input.cases
    )


def record_of(stored: StoredDraw) -> DrawRecord:
    """Return the record of a stored draw."""
    return from_json(stored.record, DrawRecord, name="the record of a draw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What confirming a draw came to for one case: the outcomes of its reviewers, in order."""

    case: str
    outcomes: tuple[store.Outcome, ...]


def confirm(sha: str, *, by: User, respond_by: date) -> tuple[Confirmed, ...] | None:
    """Return what became of each case of a draw, or None where it was confirmed before.

    Each case stands for itself: one that changed since the draw is told, and
    the others go on.
    """
    with transaction.atomic():
        stored = StoredDraw.objects.select_for_update().get(pk=sha)
        if stored.confirmed_at is not None:
            return None
        assigning = repeat_draw(record_of(stored))
        stored.confirmed_at, stored.confirmed_by, stored.respond_by = now(), by, respond_by
        stored.save()
        done = [
            Confirmed(
                case=one.case, outcomes=offer(one.case, assigning, stored, by=by.actor, respond_by=respond_by)
            )
            for one in assigning.result.assigned
        ]
        done += [
            Confirmed(case=number, outcomes=(_nobody(number, assigning, by.actor),))
            for number in assigning.result.waiting
        ]
    return tuple(done)


def offer(
    number: str, assigning: Assigning, stored: StoredDraw, *, by: Actor, respond_by: date
) -> tuple[store.Outcome, ...]:
    """Return what became of putting the drawn reviewers on their case, each with an offer."""
    found, last_day = [], max(respond_by, today())
    for assignment in assignment_of(assigning, number):
        command = ProposeReviewer(
            assignment=assignment,
            reviewer_class=ReviewerClass.MD_DO,
            record=Enclosure(kind="draw", sha256=stored.sha256),
            answer_by=last_day,
        )
        with transaction.atomic():
            outcome = store.act(number, command, by=by, expected=None)
            if isinstance(outcome, store.Done):
                _keep_offer(outcome.case, assignment.reviewer, stored, last_day)
        found.append(outcome)
    return tuple(found)


def _keep_offer(case: Case, reviewer: str, stored: StoredDraw, respond_by: date) -> None:
    CaseOffer.objects.create(
        case=case,
        reviewer=reviewer,
        draw=stored,
        offered_on=today(),
        respond_by=respond_by,
        state=OfferState.OPEN,
    )


def _nobody(number: str, assigning: Assigning, by: Actor) -> store.Outcome:
    command = ReportNobody(found=unassignable(assigning, number))
    return store.act(number, command, by=by, expected=None)


def close_offer(case: Case, reviewer: str, state: OfferState, reason: str = "") -> CaseOffer | None:
    """Return the live offer of a reviewer, closed; None where there is none (chosen without a draw)."""
    found = CaseOffer.objects.select_for_update().filter(
        case=case, reviewer=reviewer, state__in=[OfferState.OPEN, OfferState.ACCEPTED]
    )
    live = found.first()
    if live is not None:
        live.state, live.closed_on, live.reason = state, today(), reason
        live.save()
    return live


def offer_next(case: Case, state: CaseState) -> tuple[store.Outcome, ...]:
    """Return what became of asking the next best, as software does by itself; nothing where no place is free.

    The case is drawn anew alone: entries, ties and loads are looked at as they
    are now, and whoever had it before is left out. Where nobody is left, that
    is recorded with the reasons.
    """
    if len(state.seats) >= state.reviewers_wanted:
        return ()
    outcomes: list[store.Outcome] = []
    for stored in draw([case], by=None):
        respond_by = today() + to_answer(state)
        assigning = repeat_draw(record_of(stored))
        StoredDraw.objects.filter(pk=stored.pk).update(confirmed_at=now(), respond_by=respond_by)
        if assigning.result.assigned:
            outcomes += offer(case.number, assigning, stored, by=SOFTWARE, respond_by=respond_by)
        else:
            outcomes.append(_nobody(case.number, assigning, SOFTWARE))
    return tuple(outcomes)


def to_answer(state: CaseState) -> timedelta:
    """Return how long a reviewer has to answer, unless whoever confirms says otherwise."""
    return days_to_answer(is_expedited=is_expedited(state.case))


def days_to_answer(*, is_expedited: bool) -> timedelta:
    """Return the time to answer that the organization sets."""
    environment: Environment = settings.ENVIRONMENT
    return timedelta(
        days=environment.days_to_answer_expedited if is_expedited else environment.days_to_answer
    )


def nobody_for(state: CaseState) -> Unassignable | None:
    """Return why nobody may have a case, drawn alone as things are now; None where somebody may.

    Raises:
        AssignmentError: The panel is empty.
        LawError: The programme has no rules for the day.
    """
    day = today()
    panel = panel_now()
    assigning = assign_cases(
        [waiting_of(state)],
        panel,
        rules=reviewer_rules(state.case.case.programme, day),
        on=day,
        seed=secrets.randbits(SEED_BITS),
        loads=loads(day),
        cleared=cleared_for([state], {r.id: r for r in panel.reviewer}, day),
    )
    return unassignable(assigning, state.case_number) if assigning.result.waiting else None
