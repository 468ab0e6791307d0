"""One case explained: which rule at which date, who did what, every version, who opened which document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded
from openimr.casework.events_review import DocumentRead, ReviewerProposed
from openimr.desk.chain import Link
from openimr.desk.models import Case, CaseEvent, User
from openimr.law.calendars import local_day
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import RuleBook, load_rulebook
from openimr.law.wording import doubt_words

VERIFIED = "seen in the text"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleApplied:
    """One clock of a case: the rule behind it, its version, how sure we are of it, what it came to."""

    ref: str
    rule: str
    title: str
    version: date | None
    citation: str
    verified: str
    due: date | None
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTold:
    """One version of a determination: who adopted it, what each dispute came to, why it counts or not."""

    number: int
    round: int
    by: str
    at: datetime
    decisions: tuple[str, ...]
    became: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Who opened a document, how often, and when for the last time."""

    document: str
    who: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceTold:
    """Why a reviewer was chosen, and why others were not."""

    reviewer: str
    at: datetime
    because: tuple[str, ...]
    excluded: tuple[str, ...]
    conflicts: tuple[str, ...]


def rules_applied(state: CaseState) -> tuple[RuleApplied, ...]:
    """Return the rules of law that ran in a case, those with a day first."""
    book = load_rulebook(state.case.case.programme)
    found = [
        RuleApplied(
            ref=clock.ref,
            rule=clock.rule,
            title=book.rule(clock.rule).title,
            version=_version_of(book, clock.rule, clock.citation, clock.starts.on if clock.starts else None),
            citation=clock.citation,
            verified=doubt_words(clock.verified.how) or VERIFIED,
            due=local_day(clock.due) if clock.due else None,
            explanation=clock.explanation,
        )
        for clock in deadlines(state.case, book)
    ]
    return tuple(sorted(found, key=lambda r: (r.due is None, r.due or date.max, r.ref)))


def _version_of(book: RuleBook, rule: str, citation: str, on: date | None) -> date | None:
    """Return since when the version of a rule was in force that a clock cites, by the day it started."""
    versions = [v for v in book.rule(rule).versions if v.citation == citation]
    begun = [v.effective_from for v in versions if on is None or v.effective_from <= on]
    return begun[-1] if begun else None


def versions_told(state: CaseState, people: Mapping[str, User]) -> tuple[VersionTold, ...]:
    """Return every version of the determination, the last first."""
    return tuple(
        VersionTold(
            number=v.number,
            round=v.round,
            by=str(people.get(v.adoption.reviewer) or v.adoption.reviewer),
            at=v.adopted_at,
            decisions=tuple(
                f"Dispute {d.dispute}: {d.outcome.value.replace('_', ' ')}" for d in v.adoption.decision
            ),
            became=_became(v.returned.reasons if v.returned else (), v.superseded_because),
            hash=v.determination,
        )
        for v in reversed(state.versions)
    )


def _became(reasons: tuple[str, ...], superseded: str | None) -> str:
    if reasons:
        return f"Returned for rewrite: {'; '.join(reasons)}"
    return f"Superseded: {superseded.replace('_', ' ')}" if superseded else "Stands"


def choices_told(log: Sequence[Recorded], people: Mapping[str, User]) -> tuple[ChoiceTold, ...]:
    """Return each choice of a reviewer with its reasons."""

    def name(reviewer: str) -> str:
        return str(people.get(reviewer) or reviewer)

    return tuple(
        ChoiceTold(
            reviewer=name(one.event.assignment.reviewer),
            at=one.at,
            because=one.event.assignment.because,
            excluded=tuple(f"{name(x.reviewer)}: {x.reason}" for x in one.event.assignment.excluded),
            conflicts=tuple(
                f"{name(x.reviewer)}: {x.reason}" for x in one.event.assignment.possible_conflicts
            ),
        )
        for one in log
        if isinstance(one.event, ReviewerProposed)
    )


def reviewers_named(state: CaseState, log: Sequence[Recorded]) -> set[str]:
    """Return the identifiers of all reviewers that the log of a case names."""
    named = {s.reviewer for s in state.seats} | {f.reviewer for f in state.former}
    named |= {v.adoption.reviewer for v in state.versions}
    for one in log:
        if isinstance(one.event, ReviewerProposed):
            assignment = one.event.assignment
            others = (*assignment.excluded, *assignment.possible_conflicts)
            named |= {assignment.reviewer, *(x.reviewer for x in others), *assignment.alternatives}
    return named


def openings(state: CaseState, log: Sequence[Recorded], people: Mapping[str, User]) -> tuple[Opening, ...]:
    """Return who opened which document, by document and person."""
    counted: dict[tuple[str, str], list[datetime]] = {}
    for one in log:
        if isinstance(one.event, DocumentRead):
            counted.setdefault((one.event.document, one.by.id), []).append(one.at)
    names = document_names(state)
    return tuple(
        Opening(
            document=names.get(document, f"document {document[:16]}"),
            who=str(people.get(who) or who),
            times=len(moments),
            last=moments[-1],
        )
        for (document, who), moments in sorted(counted.items())
    )


def document_names(state: CaseState) -> Mapping[str, str]:
    """Return what the documents of a case are called, by their hashes."""
    names = {file.sha256: file.name for file in state.records}
    names |= {sha: f"draft {n}" for n, sha in enumerate(state.drafts, 1)}
    names |= {sha: f"letter {n}" for n, sha in enumerate(state.letters, 1)}
    names |= {v.determination: f"determination, version {v.number}" for v in state.versions}
    return names


def stored_links(case: Case) -> Sequence[CaseEvent]:
    """Return the events of a case as they are stored, with their hashes."""
    return list(CaseEvent.objects.filter(case=case).order_by("number"))


def link_of(row: CaseEvent, number: str) -> Link:
    """Return a stored event as its hash covers it."""
    return Link(
        case=number,
        number=row.number,
        at=row.at,
        actor=row.actor,
        role=row.role,
        kind=row.kind,
        body=row.body,
        previous=row.previous,
    )
