"""Filing: a draft becomes a case once, with its papers; duplicates are looked for, and grounds.

Duplicates are found among cases that were decided, cases in flight, and
drafts that nobody has filed yet.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from django.db import transaction

from openimr.casework.applications import DuplicateFound, duplicates
from openimr.casework.case_state import CaseState
from openimr.casework.commands import FileApplication, NoteDuplicate, ScreenApplication
from openimr.casework.decide import Refused
from openimr.casework.eligibility import screening
from openimr.casework.moments import moment_of
from openimr.casework.parts import CaseParty, FiledBy
from openimr.casework.roles import Actor, Role
from openimr.desk import store
from openimr.desk.clock import now
from openimr.desk.drawing import states_of
from openimr.desk.entered import case_of
from openimr.desk.incoming import scan_again
from openimr.desk.models import ApplicationDraft, HeldFile, StoredFile, User
from openimr.desk.models import Case as Row
from openimr.desk.scanning import hold, refuse
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case
from openimr.terms.eligibility import Eligibility
from openimr.terms.errors import OpenIMRError

SOFTWARE = Actor(id="desk", role=Role.SYSTEM)
# among how many other cases or drafts of the same name duplicates are looked for
MOST_OTHERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An application that was filed now, or before; ``duplicates`` are the cases that ask for the same."""

    case: Row
    duplicates: tuple[str, ...] = ()
    before: bool = False


def file_draft(draft: ApplicationDraft, by: User) -> Filed | Refused:
    """Return the case that a draft became; the same draft asked twice is the same case.

    Its papers go along as records of the employee side; then every ground and
    every duplicate is looked for.
    """
    with transaction.atomic():
        row = ApplicationDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if row.filed_as is not None:
            return Filed(case=row.filed_as, before=True)
        entered = row.entered
        filed_by = FiledBy(entered.get("filed_by") or FiledBy.WEB.value)
        done = store.open_case(FileApplication(case=case_of(entered), filed_by=filed_by), by=by.actor)
        if isinstance(done, Refused):
            return done
        ApplicationDraft.objects.filter(pk=row.pk).update(filed_as=done.case, saved_at=now())
        held = _hold_papers(done.case, entered.get("papers", ()), by)
        filed = Filed(case=done.case, duplicates=look_over(done.case.number))
    for paper in held:  # outside: no lock waits for the scanner; what fails or is cut off here a worker does
        with suppress(OpenIMRError, OSError):
            scan_again(paper)
    return filed


def _hold_papers(case: Row, papers: list[dict[str, object]], by: User) -> list[HeldFile]:
    """Return the papers of a draft as files that came to its case and wait for the scanner.

    A paper that was set apart in the meantime is refused in the case: none goes without an event.
    """
    known = StoredFile.objects.in_bulk([str(paper["sha256"]) for paper in papers])
    for paper in papers:
        if (sha := str(paper["sha256"])) not in known:
            refuse(case, sha, str(paper["name"]), CaseParty.EMPLOYEE, by=SOFTWARE)
    return [
        hold(case, by, known[sha], name=str(paper["name"]), submitter=CaseParty.EMPLOYEE, on=None)
        for paper in papers
        if (sha := str(paper["sha256"])) in known
    ]


def look_over(number: str) -> tuple[str, ...]:
    """Return the cases of which a case is a duplicate, after every ground was looked for and recorded.

    Each of these cases has it noted that another application asks for the same.
    """
    row = Row.objects.get(number=number)
    case = store.state_of(row).case
    done = store.act(number, screening_of(case), by=SOFTWARE, expected=None)
    return note_duplicates(done.state) if isinstance(done, store.Done) else ()


def screening_of(case: Case) -> ScreenApplication:
    """Return the command that records every ground against a case.

    Where no grounds are encoded for its programme it records just that: a
    person decides then.
    """
    if load_rulebook(case.case.programme).has_table("grounds.csv"):
        return screening(case, others_of(case))
    unknown = ("No grounds are encoded for this programme: a person looks for them and decides.",)
    return ScreenApplication(found=Eligibility(eligible=(), grounds=(), alerts=(), unknown=unknown))


def note_duplicates(state: CaseState) -> tuple[str, ...]:
    """Return the cases of which a case is a duplicate; each of them has it noted."""
    if not load_rulebook(state.case.case.programme).has_table("grounds.csv"):
        return ()
    found = tuple(one.other_case for one in duplicates(state.case, others_of(state.case)))
    for other in found:
        store.act(other, NoteDuplicate(other_case=state.case_number), by=SOFTWARE, expected=None)
    return found


def others_of(case: Case) -> tuple[Case, ...]:
    """Return the other applications of the patient, as their cases stand."""
    return tuple(_as_known(case, state.case) for state in states_of(rows_of_patient(case)).values())


def _as_known(case: Case, other: Case) -> Case:
    """Return another application of a name, under the identifier of this one where only one states it.

    Who was born on another day is somebody else.
    """
    ours, theirs = case.patient, other.patient
    if ours.id and theirs.id:
        return other
    if None not in (ours.born_on, theirs.born_on) and ours.born_on != theirs.born_on:
        return other
    if ours.id is None and theirs.id is not None:
        return replace(other, patient=replace(theirs, id=None))
    return replace(other, patient=replace(theirs, id=ours.id))


def rows_of_patient(case: Case) -> list[Row]:
    """Return the rows of the other cases of a patient, by name; the first filed come first."""
    name = case.patient.name
    if not name:
        return []
    rows = Row.objects.filter(patient__iexact=name).exclude(number=case.case.number)
    return list(rows.order_by("filed_at", "id")[:MOST_OTHERS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What asks for the same as a draft does: a case, or another draft, and why."""

    why: str
    case: Row | None = None
    draft: ApplicationDraft | None = None


def alike(draft: ApplicationDraft, *, owner: User | None = None) -> tuple[Alike, ...]:
    """Return the cases in flight or decided, and the other drafts, that ask for the same as a draft.

    Args:
        draft: The draft.
        owner: Whose cases and drafts are told of; None where all are.
    """
    case = _dated(case_of(draft.entered))
    if not load_rulebook(case.case.programme).has_table("grounds.csv"):
        return ()
    found = []
    rows = rows_of_patient(case)
    if owner is not None:
        own = set(owner.memberships.filter(case__in=rows).values_list("case_id", flat=True))
        rows = [row for row in rows if row.pk in own]
    states = states_of(rows)
    for row in rows:
        found += [Alike(why=why, case=row) for why in _same(case, states[row.number].case)]
    for other in _drafts_beside(draft, case.patient.name, owner):
        numbered = _numbered(case_of(other.entered), "")
        found += [Alike(why=why, draft=other) for why in _same(case, numbered)]
    return tuple(found)


def _drafts_beside(draft: ApplicationDraft, name: str | None, owner: User | None) -> list[ApplicationDraft]:
    if not name:
        return []
    drafts = ApplicationDraft.objects.filter(filed_as=None, entered__patient_name__iexact=name)
    drafts = drafts.exclude(pk=draft.pk) if owner is None else drafts.exclude(pk=draft.pk).filter(owner=owner)
    return list(drafts.select_related("owner").order_by("-saved_at")[:MOST_OTHERS])


def _same(case: Case, other: Case) -> list[str]:
    """Return for which of its treatments a case asks for what another one asks for."""
    found: tuple[DuplicateFound, ...] = duplicates(case, (_dated(_as_known(case, other)),))
    numbers = {g.dispute for one in found for g in one.grounds if g.dispute is not None}
    wanted = [case.dispute[n - 1].request for n in sorted(numbers)]
    return [f"The same treatment under the same decision: {'; '.join(wanted)}."] if wanted else []


def _dated(case: Case) -> Case:
    """Return a case as if it were received now, where nobody says when, and with a number after all."""
    dates = case.dates
    received = dates.application_received or moment_of(now())
    numbered = _numbered(case, case.case.number or "~")
    return replace(numbered, dates=replace(dates, application_received=received))


def _numbered(case: Case, number: str) -> Case:
    return replace(case, case=replace(case.case, number=number or "another draft"))
