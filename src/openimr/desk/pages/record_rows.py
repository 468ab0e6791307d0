"""What the page of the records shows, computed from the case and from what was read of its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.casework.case_state import CaseState
from openimr.casework.conditions import answers_for
from openimr.casework.parts import CaseParty, InformationRequest
from openimr.casework.roles import Role
from openimr.casework.work import information_clocks
from openimr.desk.models import CaseJob, SourceFile, User
from openimr.law.rulebook import load_rulebook
from openimr.records.checklist import required_records, shown_by
from openimr.terms.eligibility import Deadline
from openimr.terms.problem import Severity
from openimr.terms.records import Exhibit

PARTY_WORDS: Mapping[CaseParty, str] = {
    CaseParty.EMPLOYEE: "Employee",
    CaseParty.ATTORNEY: "Attorney of the employee",
    CaseParty.PAYER: "Claims administrator",
    CaseParty.PROVIDER: "Requesting physician",
}
JOB_WORDS = {
    "read_records": "Reading the records",
    "extract_facts": "Extracting facts and chronology",
    "prepare_draft": "Preparing the draft",
    "propose_assignment": "Drawing a reviewer",
}
# Who opens the pages of a file: of those from outside only the Administrative Director's office.
# Source: Cal. Lab. Code § 4610.5(l)(4), (m): the claims administrator sends the copies that the employee and
# the physician are owed, and what other law keeps from them stays kept; a party gets from the desk what it
# sent itself.
SIDES = frozenset({Role.APPLICANT, Role.PAYER})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One thing that has to come: from whom, whether it must, and which exhibits show that it came."""

    what: str
    sender: str
    is_required: bool
    exhibits: tuple[Exhibit, ...]
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file as it came in; ``opens`` says whether the reader of the page may have it."""

    sha256: str
    name: str
    sender: str
    received: date
    pages: int
    by: User | None
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request for information, and its clock while it is open."""

    request: InformationRequest
    party: str
    clock: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """What software does: in words, how far, and what went wrong."""

    job: CaseJob
    words: str
    is_running: bool
    percent: int | None


def checklist(state: CaseState, exhibits: Sequence[Exhibit]) -> tuple[ChecklistRow, ...]:
    """Return the statutory list with what shows that each thing came, those of one sender together.

    Source:
        8 CCR § 9792.10.5(a)(1); Cal. Lab. Code § 4610.5(l).
    """
    rows = [
        ChecklistRow(
            what=item.what[:1].upper() + item.what[1:],
            sender=PARTY_WORDS[CaseParty(item.sent_by)],
            is_required=item.severity is not Severity.NOTE,
            exhibits=shown_by(state.case, item, exhibits),
            remedy=item.remedy,
        )
        for item in required_records().item
    ]
    return tuple(sorted(rows, key=lambda row: row.sender))


def is_own(role: Role, submitter: CaseParty) -> bool:
    """Return whether somebody of a role may have what a party sent: from outside only one's own."""
    return role not in SIDES or submitter in answers_for(role)


def may_have(role: Role, source: SourceFile) -> bool:
    """Return whether somebody of a role may have a file; what no party sent stays with those who review."""
    return is_own(role, CaseParty(source.submitter)) if source.submitter else role not in SIDES


def orders(sources: Sequence[SourceFile], role: Role) -> tuple[SourceFile, ...]:
    """Return the orders of the appeals board, which no party sent, for a role that may have them."""
    return tuple(source for source in sources if not source.submitter and may_have(role, source))


def files(state: CaseState, sources: Sequence[SourceFile], role: Role) -> tuple[FileRow, ...]:
    """Return the files in the order of their receipt; who entered them is for the organization alone."""
    entered = {(s.file_id, s.submitter): s.by for s in sources}
    return tuple(
        FileRow(
            sha256=f.sha256,
            name=f.name,
            sender=PARTY_WORDS[f.submitter],
            received=f.received.on,
            pages=f.pages,
            by=entered.get((f.sha256, f.submitter.value)) if role not in SIDES else None,
            opens=(f.sha256, f.submitter.value) in entered and is_own(role, f.submitter),
        )
        for f in state.records
    )


def requests(state: CaseState, role: Role) -> tuple[RequestRow, ...]:
    """Return the requests for information, the open ones with their clocks; each side sees its own."""
    clocks = iter(information_clocks(state, load_rulebook(state.case.case.programme)))
    running = {r.number: next(clocks, None) for r in state.open_requests}
    return tuple(
        RequestRow(request=r, party=PARTY_WORDS[r.of], clock=running.get(r.number))
        for r in state.requests
        if is_own(role, r.of)
    )


def job_rows(jobs: Sequence[CaseJob]) -> tuple[JobRow, ...]:
    """Return what software does for a case, in words."""
    return tuple(
        JobRow(
            job=job,
            words=JOB_WORDS[job.kind],
            is_running=job.state in ("waiting", "doing"),
            percent=100 * job.done // job.of if job.of and job.state == "doing" else None,
        )
        for job in jobs
    )


def sources_by(case_number: str) -> tuple[SourceFile, ...]:
    """Return the files of a case with who entered them."""
    return tuple(SourceFile.objects.filter(case__number=case_number).select_related("by").order_by("pk"))
