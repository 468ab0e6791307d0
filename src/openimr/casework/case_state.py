"""What is known of a case after its events: one frozen record, with what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from openimr.casework.parts import (
    Appeal,
    Chase,
    Closed,
    DisputeStanding,
    DisputeStatus,
    Exemption,
    FiledBy,
    InformationRequest,
    Invoice,
    Paper,
    ReceivedFile,
)
from openimr.casework.roles import Role
from openimr.casework.seats import FormerReviewer, Prepared, Release, Seat, Version
from openimr.terms.case import Case, Closing
from openimr.terms.eligibility import Eligibility

UNENDED = frozenset({DisputeStatus.OPEN, DisputeStatus.ELIGIBLE, DisputeStatus.DEFERRED})
"""A dispute that may still come to a determination here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """Who took the case in hand, in which role."""

    role: Role
    id: str


# long: one record holds the whole of a case; each line is one thing that is known of it.
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """A case as its events left it.

    ``number`` is that of the last event, ``version`` that of the last one
    that was more than a look: two people who only read do not disturb each
    other. ``case`` holds the application with the dates of all later steps,
    as ``case.toml`` does.
    """

    number: int
    version: int
    opened_at: datetime
    case: Case
    step: str | None = None
    filed_at: datetime | None = None
    filed_by: FiledBy | None = None
    times_filed: int = 0
    in_hand: tuple[InHand, ...] = ()
    asked_of_office: str | None = None
    """What the Administrative Director's office was asked for, until it does anything in the case."""
    duplicates: tuple[str, ...] = ()
    taken_in: tuple[str, ...] = ()
    closed: Closed | None = None
    # eligibility
    screening: Eligibility | None = None
    compared_with: tuple[str, ...] = ()
    standings: tuple[DisputeStanding, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    eligibility_decided_at: datetime | None = None
    requests: tuple[InformationRequest, ...] = ()
    # papers
    papers: tuple[Paper, ...] = ()
    notice_sent_at: datetime | None = None
    # records
    records: tuple[ReceivedFile, ...] = ()
    chases: tuple[Chase, ...] = ()
    seal: str | None = None
    missing: tuple[str, ...] = ()
    records_completed_at: datetime | None = None
    undecidable: str | None = None
    # review
    reviewers_wanted: int = 0
    reviewers_approved: str | None = None
    seats: tuple[Seat, ...] = ()
    former: tuple[FormerReviewer, ...] = ()
    would_free: tuple[str, ...] = ()
    went_to_reviewer: bool = False
    """Whether the file was ever open to a reviewer; fees depend on it."""
    draft: Prepared | None = None
    drafts: tuple[str, ...] = ()
    """The hashes of all drafts, also of those that a later one replaced."""
    drafted_from: str | None = None
    authors: tuple[str, ...] = ()
    """Who wrote a draft or a letter of this round; none of them releases it."""
    versions: tuple[Version, ...] = ()
    round: int = 1
    extension: str | None = None
    # the letter and after
    letter: Prepared | None = None
    letters: tuple[str, ...] = ()
    """The hashes of all letters that were composed, released or not."""
    releases: tuple[Release, ...] = ()
    correction: Prepared | None = None
    corrections: tuple[str, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    implemented_on: date | None = None
    published: str | None = None
    invoices: tuple[Invoice, ...] = ()
    closings: tuple[Closing, ...] = ()
    """How each round ended that a remand closed: its fee depends on it."""

    @property
    def case_number(self) -> str:
        """The number of the case."""
        return self.case.case.number

    @property
    def live(self) -> tuple[int, ...]:
        """The numbers of the disputes that are eligible and wait for a determination."""
        return tuple(s.number for s in self.standings if s.status is DisputeStatus.ELIGIBLE)

    @property
    def unended(self) -> tuple[int, ...]:
        """The numbers of the disputes that may still come to a determination."""
        return tuple(s.number for s in self.standings if s.status in UNENDED)

    @property
    def released(self) -> Release | None:
        """The letter of this round that was let out last."""
        return next((r for r in reversed(self.releases) if r.round == self.round), None)

    @property
    def appeal(self) -> Appeal | None:
        """The last appeal against the determination of this round."""
        return next((a for a in reversed(self.appeals) if a.round == self.round), None)

    @property
    def open_requests(self) -> tuple[InformationRequest, ...]:
        """The requests for information that wait for an answer."""
        return tuple(r for r in self.requests if r.is_open)

    @property
    def owed_papers(self) -> tuple[Paper, ...]:
        """The papers that were not served on all whom they are owed to."""
        return tuple(p for p in self.papers if p.owed)

    @property
    def unpaid(self) -> tuple[Invoice, ...]:
        """The invoices that were neither paid nor cancelled, the earliest first."""
        return tuple(i for i in self.invoices if i.is_live and i.paid_on is None)

    @property
    def invoice(self) -> Invoice | None:
        """The invoice that waits for its payment; where none does, the last one that was not cancelled."""
        found = (*self.unpaid, *(i for i in reversed(self.invoices) if i.is_live))
        return found[0] if found else None

    @property
    def unbilled_round(self) -> int | None:
        """The first round of review that no invoice stands for; one invoice is sent for each."""
        billed = {i.round for i in self.invoices if i.is_live}
        return next((n for n in range(1, self.round + 1) if n not in billed), None)

    def has_view(self, seat: Seat) -> bool:
        """Return whether a reviewer recorded a view of every live dispute."""
        return set(self.live) <= {v.dispute for v in seat.views}

    def version_of(self, reviewer: str) -> Version | None:
        """Return what a reviewer adopted in this round, where it stands and covers every live dispute."""
        for version in reversed(self.versions):
            if version.round == self.round and version.counts and version.adoption.reviewer == reviewer:
                covered = {d.dispute for d in version.adoption.decision}
                return version if set(self.live) <= covered else None
        return None

    def seat_of(self, reviewer: str) -> Seat | None:
        """Return the place of a reviewer on the case."""
        return next((s for s in self.seats if s.reviewer == reviewer), None)

    @property
    def is_adopted(self) -> bool:
        """Whether every reviewer that is wanted has adopted."""
        return len(self.seats) >= self.reviewers_wanted > 0 and all(
            self.version_of(s.reviewer) is not None for s in self.seats
        )
