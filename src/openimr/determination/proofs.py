"""What in the record proves each statement that a letter makes about reviewer and file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openimr.terms.issuance import Proof, Statement
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile
from openimr.terms.reviewer import Assignment, Reviewer, SpecialtyFit


def proofs(
    *,
    case_file: CaseFile,
    missing: Sequence[Problem],
    assignment: Assignment,
    attests: tuple[str, ...],
    reviewer: Reviewer,
    on: date,
    least_years: float,
    least_hours: float,
) -> tuple[Proof, ...]:
    """Return for each statement whether the record proves it, and by what or why not.

    Args:
        case_file: The file as it was sent and read.
        missing: What of the statutory list did not come.
        assignment: The choice of the reviewer, with its screening for conflicts.
        attests: What the reviewer attested, before the file was opened and at the adoption.
        reviewer: The reviewer's credentials.
        on: The day of the assignment, on which credentials must hold.
        least_years: More than so many years of practice are stated.
        least_hours: At least so many hours a week are stated.
    """
    return (
        _complete_file(case_file, missing),
        _no_affiliation(assignment, attests),
        _active_practice(reviewer, on, least_years),
        _current_hours(reviewer, on, least_hours),
        _specialty(assignment),
        _attested(Statement.FAMILIAR_WITH_LAW, "knows_the_law", attests),
        _attested(Statement.READ_THE_FILE, "read_the_file", attests),
    )


def _proof(statement: Statement, is_proven: bool, because: str, figure: float | None = None) -> Proof:
    return Proof(statement=statement, is_proven=is_proven, because=because, figure=figure)


def _complete_file(case_file: CaseFile, missing: Sequence[Problem]) -> Proof:
    manifest = case_file.manifest
    if manifest.unread_pages:
        pages = ", ".join(map(str, manifest.unread_pages))
        return _proof(Statement.COMPLETE_FILE, False, f"pages {pages} could not be read")
    if missing:
        first = missing[0].message.rstrip(".")
        return _proof(Statement.COMPLETE_FILE, False, f"the file is not shown to be complete: {first}")
    return _proof(
        Statement.COMPLETE_FILE, True, f"every item of the statutory list came; seal {manifest.seal[:16]}"
    )


def _no_affiliation(assignment: Assignment, attests: tuple[str, ...]) -> Proof:
    if assignment.possible_conflicts:
        reason = assignment.possible_conflicts[0].reason.rstrip(".")
        return _proof(Statement.NO_AFFILIATION, False, f"a possible conflict waits for a person: {reason}")
    if "no_conflict" not in attests:
        return _proof(Statement.NO_AFFILIATION, False, "the reviewer has not attested to have no conflict")
    return _proof(
        Statement.NO_AFFILIATION, True, "the screening found no tie and the reviewer attested to have none"
    )


def _active_practice(reviewer: Reviewer, on: date, least: float) -> Proof:
    if reviewer.practice_since is None or reviewer.practice_proved_on is None:
        return _proof(Statement.ACTIVE_PRACTICE, False, "the reviewer's years of practice are not proved")
    if reviewer.practice_proved_on > on:
        return _proof(Statement.ACTIVE_PRACTICE, False, "the years in practice were proved only later")
    years = (on - reviewer.practice_since).days / 365.25
    if years <= least:
        return _proof(Statement.ACTIVE_PRACTICE, False, f"the reviewer has practised for {years:.1f} years")
    because = f"in practice since {reviewer.practice_since}, proved on {reviewer.practice_proved_on}"
    return _proof(Statement.ACTIVE_PRACTICE, True, because, least)


def _current_hours(reviewer: Reviewer, on: date, least: float) -> Proof:
    if reviewer.hours_per_week is None or reviewer.hours_proved_on is None:
        return _proof(Statement.CURRENT_HOURS, False, "the reviewer's hours of practice are not proved")
    if reviewer.hours_proved_on > on:
        return _proof(Statement.CURRENT_HOURS, False, "the hours of practice were proved only later")
    if reviewer.hours_per_week < least:
        return _proof(
            Statement.CURRENT_HOURS, False, f"the reviewer practises {reviewer.hours_per_week:g} hours a week"
        )
    because = f"{reviewer.hours_per_week:g} hours a week, proved on {reviewer.hours_proved_on}"
    return _proof(Statement.CURRENT_HOURS, True, because, least)


def _specialty(assignment: Assignment) -> Proof:
    if assignment.fit is SpecialtyFit.NO:
        return _proof(Statement.SAME_OR_SIMILAR_SPECIALTY, False, "the reviewer's specialty does not fit")
    return _proof(Statement.SAME_OR_SIMILAR_SPECIALTY, True, "; ".join(assignment.because))


def _attested(statement: Statement, name: str, attests: tuple[str, ...]) -> Proof:
    if name in attests:
        return _proof(statement, True, f"the reviewer attested {name}")
    return _proof(statement, False, f"the reviewer has not attested {name}")
