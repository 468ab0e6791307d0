"""What lists and pictures over many cases need of each: owed papers, invoices, outcomes, clocks.

Computed from the state of a case in the transaction that appends to its log
(``store``), and only where an event can have changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models

from openimr.casework.case_state import CaseState
from openimr.casework.events import LetterEvent, Recorded
from openimr.casework.events_application import (
    ApplicationFiled,
    ApplicationFiledAgain,
    ConvertedToExpedited,
    EligibilityDecided,
    EligibilityDecidedAnew,
    LiabilityResolved,
)
from openimr.casework.events_review import ExtensionApproved, RecordsCompleted
from openimr.casework.moments import day_of
from openimr.casework.outcomes import outcomes
from openimr.desk.models import Case, ClockResult, DisputeResult, OwedPaper, StoredInvoice
from openimr.law.calendars import local_day
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import CaseDates
from openimr.terms.eligibility import Deadline
from openimr.terms.letter import Outcome
from openimr.terms.period import Moment

# By which date of the case each clock of the deadline table is met.
DONE: Mapping[str, str] = {
    "S1": "noarfi_sent",
    "D1": "records_complete",
    "D2": "records_complete",
    "D3": "records_complete",
    "V1": "determination_issued",
    "V2": "determination_issued",
    "V3": "determination_issued",
    "V4": "determination_issued",
    "I1": "implemented",
    "I2": "implemented",
}
REVIEW_CLOCKS = frozenset({"V1", "V2", "V3", "V4"})
# the events after which a clock can have another day, or be met
_OF_CLOCKS = (
    LetterEvent
    | ApplicationFiled
    | ApplicationFiledAgain
    | ConvertedToExpedited
    | EligibilityDecided
    | EligibilityDecidedAnew
    | LiabilityResolved
    | ExtensionApproved
    | RecordsCompleted
)


def keep_lists(row: Case, before: CaseState | None, after: CaseState, recorded: Sequence[Recorded]) -> None:
    """Bring the rows of a case in the lists to what new events of its log say."""
    if (before.papers if before else ()) != after.papers:
        _exchange(OwedPaper, row, _owed(after))
    if (before.invoices if before else ()) != after.invoices:
        _exchange(StoredInvoice, row, _invoices(row, after))
    if (before.releases if before else ()) != after.releases or (before and before.round != after.round):
        _exchange(DisputeResult, row, _results(after))
    if any(isinstance(one.event, _OF_CLOCKS) for one in recorded):
        _exchange(ClockResult, row, _clocks(after))


def _exchange(table: type[models.Model], row: Case, wanted: Iterable[dict[str, Any]]) -> None:
    """Let a case have exactly these rows in a table."""
    rows = table._default_manager
    rows.filter(case=row).delete()
    rows.bulk_create([table(case=row, **one) for one in wanted])


def _owed(state: CaseState) -> Iterable[dict[str, Any]]:
    for paper in state.owed_papers:
        for party in paper.owed:
            yield {
                "paper": paper.id,
                "kind": paper.kind.value,
                "party": party.value,
                "owed_since": paper.owed_since,
            }


def _invoices(row: Case, state: CaseState) -> Iterable[dict[str, Any]]:
    for invoice in state.invoices:
        yield {
            "number": invoice.number,
            "payer": row.payer,
            "amount_usd": invoice.amount_usd,
            "sent_on": day_of(invoice.sent_at),
            "paid_on": invoice.paid_on,
            "is_cancelled": not invoice.is_live,
        }


def _results(state: CaseState) -> Iterable[dict[str, Any]]:
    released = state.released
    if released is None:
        return
    for dispute, outcome in results(state).items():
        yield {"dispute": dispute, "outcome": outcome.value, "released_on": day_of(released.at)}


def results(state: CaseState) -> Mapping[int, Outcome]:
    """Return what each dispute came to by the versions that stand, by its number; nothing where none do."""
    return {found.dispute: found.outcome for found in outcomes(state)}


def _clocks(state: CaseState) -> Iterable[dict[str, Any]]:
    found = clocks_met(state)
    return ({"ref": c.ref, "due_on": due, "done_on": done} for c, due, done in found)


def clocks_met(state: CaseState) -> tuple[tuple[Deadline, date, date | None], ...]:
    """Return the clocks of a case that have a day, each with its day and the day on which it was met.

    Of the clocks of the determination the one counts that governs the case:
    the extended one where more time was approved, else the first to end.
    """
    if state.filed_at is None:
        return ()
    running = deadlines(state.case, load_rulebook(state.case.case.programme))
    dated = [(c, local_day(c.due)) for c in running if c.ref in DONE and c.due is not None]
    review = [(c, d) for c, d in dated if c.ref in REVIEW_CLOCKS and (c.ref == "V4") == bool(state.extension)]
    kept = [pair for pair in dated if pair[0].ref not in REVIEW_CLOCKS]
    if review:
        kept.append(min(review, key=lambda pair: pair[1]))
    return tuple((clock, due, done_on(state.case.dates, clock.ref)) for clock, due in kept)


def done_on(dates: CaseDates, ref: str) -> date | None:
    """Return the day on which what a clock is about was done, None where it was not."""
    moment: Moment | None = getattr(dates, DONE[ref])
    return None if moment is None else local_day(moment)
