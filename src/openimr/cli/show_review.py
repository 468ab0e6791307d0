"""What ``openimr review`` prints: the course of a case, and letters beside our findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from openimr.cli.show import print_problems, print_table
from openimr.guidelines.cited import Resolved, resolve_all, topics_cited
from openimr.guidelines.library import Library
from openimr.guidelines.members import topics_for
from openimr.review import LetterReview
from openimr.terms.citation import CitationKind
from openimr.terms.findings import EditionAnswer, Finding, Status
from openimr.terms.letter import LetterDispute
from openimr.terms.review import Review
from openimr.terms.reviewer import Assignment, Unassignable


def review_summary(done: Review) -> dict[str, object]:
    """Return the course of a review as the keys that machines read."""
    assignment = done.assignment
    return {
        "case_number": done.case.case.number,
        "eligible": done.eligibility.eligible,
        "grounds": done.eligibility.grounds,
        "alerts": done.eligibility.alerts,
        "unknown": done.eligibility.unknown,
        "assignment": assignment if isinstance(assignment, Assignment) else None,
        "unassignable": assignment if isinstance(assignment, Unassignable) else None,
        "seal": done.case_file.manifest.seal if done.case_file else None,
        "exhibits": len(done.case_file.exhibits) if done.case_file else None,
        "unread_pages": done.case_file.manifest.unread_pages if done.case_file else None,
        "facts": len(done.facts.facts) if done.facts else None,
        "disputes": [
            {
                "dispute": d.number,
                "request": d.request,
                "findings": [f for e in d.evaluations for f in e.findings],
            }
            for d in (done.draft.disputes if done.draft else ())
        ],
        "determined": done.determination is not None,
        "problems": done.problems,
    }


def print_review(done: Review, written: Sequence[str]) -> None:
    """Print the course of a review for people."""
    number = done.case.case.number
    rows = [(g.code, g.dispute or "all", g.outcome.value, g.found) for g in done.eligibility.grounds]
    rows += [(a.code, a.dispute or "all", "alert", a.found) for a in done.eligibility.alerts]
    eligible = ", ".join(map(str, done.eligibility.eligible)) or "none"
    if rows:
        print_table(f"Case {number}: eligibility", ("Ground", "Dispute", "Effect", "What was found"), rows)
    click.echo(f"Case {number}: disputes that can be reviewed: {eligible}.")
    for unknown in done.eligibility.unknown:
        click.echo(f"Not known: {unknown}")
    _print_assignment(done)
    if done.case_file is not None:
        manifest = done.case_file.manifest
        unread = (
            f", unread pages: {', '.join(map(str, manifest.unread_pages))}" if manifest.unread_pages else ""
        )
        click.echo(
            f"Case file: {manifest.pages} pages, {manifest.exhibits} exhibits{unread}. "
            f"Seal {manifest.seal[:16]}."
        )
    if done.draft is not None:
        _print_findings(done)
    print_problems(done.problems, about=f"case {number}")
    for proof in done.proofs:
        if not proof.is_proven:
            words = proof.statement.value.replace("_", " ")
            click.echo(f'The letter does not state "{words}": {proof.because}.', err=True)
    if done.draft is not None and done.determination is None:
        click.echo("No physician has adopted this: the letter is a draft and holds no outcome.")
    for path in written:
        click.echo(f"Written: {path}")


def _print_assignment(done: Review) -> None:
    if isinstance(done.assignment, Assignment):
        click.echo(f"Reviewer: {done.assignment.reviewer} ({done.assignment.fit.value} specialty).")
        for reason in done.assignment.because:
            click.echo(f"  {reason}")
    if isinstance(done.assignment, Unassignable):
        print_table(
            "Nobody may review this case",
            ("Reviewer", "Reason"),
            ((e.reviewer, e.reason) for e in done.assignment.reasons),
        )


def _print_findings(done: Review) -> None:
    assert done.draft is not None
    for drafted in done.draft.disputes:
        rows = [
            (f.criterion, f.status.value.replace("_", " "), f.asks, f.because)
            for e in drafted.evaluations
            for f in e.findings
        ]
        title = f"Dispute {drafted.number}: {drafted.request}"
        if rows:
            print_table(title, ("Criterion", "Answer", "The guideline asks", "What the record says"), rows)
        else:
            click.echo(f"{title}: {' '.join(w for e in drafted.evaluations for w in e.walked)}")


_COUNTED = (Status.MET, Status.NOT_MET, Status.NOT_DOCUMENTED)


def _pairs(done: LetterReview) -> Iterator[tuple[LetterDispute, tuple[Finding, ...], tuple[str, ...], str]]:
    """Yield each readable dispute with its findings, topics and the answer on the edition."""
    readable = [d for d in done.letter.disputes if d.request]
    for dispute, drafted in zip(readable, done.draft.disputes, strict=True):
        findings = tuple(f for e in drafted.evaluations for f in e.findings)
        topics = tuple(e.topic for e in drafted.evaluations if e.topic)
        answer = drafted.evaluations[0].answer if drafted.evaluations else EditionAnswer.NO_TOPIC
        yield dispute, findings, topics, answer.value


def letter_rows(done: LetterReview, library: Library) -> Iterator[dict[str, object]]:
    """Yield one object a disputed item of a letter: our topics and criteria beside its outcome."""
    on = done.letter.ur_denial_date or done.letter.application_received or done.letter.decision_date
    for dispute, findings, topics, answer in _pairs(done):
        about = dispute.treatment
        basis = dispute.reviewer_basis or ()
        possible = topics_for(about, library) if about else ()
        yield {
            "source": done.letter.source,
            "case_number": done.letter.case_number,
            "request": dispute.request,
            "outcome": dispute.outcome,
            "edition": answer,
            "topics": topics,
            "topics_of_any_edition": possible,
            "cited_topics": topics_cited(basis, library, treatment=about),
            "reviewer_cited": _has_cited(dispute),
            "citations": [_cited(r) for r in resolve_all(basis, library, on=on, treatment=about)],
            "criteria": [{"id": f.criterion, "role": f.role, "status": f.status} for f in findings],
        }


def _cited(resolved: Resolved) -> dict[str, object]:
    """Return what one line of the reviewer names, and what is wrong with it."""
    return {
        "printed": resolved.citation.printed,
        "document": resolved.document,
        "resolution": resolved.resolution,
        "topics": resolved.topics,
        "wrong": resolved.wrong,
    }


def _has_cited(dispute: LetterDispute) -> bool:
    none = (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS)
    return any(c.kind not in none for c in dispute.reviewer_basis or ())


def letter_table(
    reviewed: Sequence[LetterReview],
) -> tuple[str, tuple[str, ...], list[tuple[object, ...]]]:
    """Return title, columns and rows: each disputed item, our criteria, the published outcome."""
    rows: list[tuple[object, ...]] = []
    matched = total = 0
    for done in reviewed:
        for dispute, findings, topics, answer in _pairs(done):
            total += 1
            matched += bool(topics)
            counts = Counter(f.status for f in findings)
            rows.append(
                (
                    done.letter.case_number or done.letter.source,
                    dispute.request,
                    ", ".join(topics) or answer.replace("_", " "),
                    *(
                        counts[s] if findings else None
                        for s in (Status.MET, Status.NOT_MET, Status.NOT_DOCUMENTED)
                    ),
                    dispute.outcome.value if dispute.outcome else None,
                )
            )
    title = (
        f"{len(reviewed)} letters, {total} disputed items, {matched} matched to a guideline topic in force"
    )
    columns = ("Case", "Request", "Topic", "Met", "Not met", "Not documented", "Published outcome")
    return title, columns, rows
