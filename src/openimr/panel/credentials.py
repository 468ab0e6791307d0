"""May a physician review at all on a day: every reason against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openimr.law.calendars import load_calendars
from openimr.law.qualifications import ReviewerRules
from openimr.panel.read import state_code
from openimr.terms.period import Moment, Period, Unit
from openimr.terms.reviewer import Board, Exclusion, Licence, LicenceStatus, Reviewer
from openimr.vocabulary.specialties import specialty_named

# First characters of NUCC taxonomy codes, by profession.
_PROFESSIONS = {
    "20": "MD",  # allopathic and osteopathic physicians share their codes
    "103T": "psychologist",
    "111N": "chiropractor",
    "1711": "acupuncturist",
    "122": "dentist",
    "1223": "dentist",
    "152W": "optometrist",
    "213E": "podiatrist",
}


def credential_exclusions(reviewer: Reviewer, rules: ReviewerRules, on: date) -> tuple[Exclusion, ...]:
    """Return every credential that keeps a reviewer from all cases of a day.

    What is not stated, not proved or lapsed counts against the reviewer: the
    letters promise it.

    Source:
        Lab. Code 139.5(d)(4); for years and hours the standard text of the letters.
    """
    checks = (_licence, _board, _discipline, _evaluator, _years, _hours)
    return tuple(found for check in checks for found in check(reviewer, rules, on))


def availability_exclusions(
    reviewer: Reviewer, on: date, *, open_cases: int = 0, this_week: int = 0
) -> tuple[Exclusion, ...]:
    """Return why a reviewer cannot take one more case on a day: absence, or no room.

    Source:
        The entries of ``panel.toml``; both days of an absence count.
    """
    found = [
        Exclusion(reviewer=reviewer.id, code="ABSENT", reason=f"Absent from {a.first} to {a.last}.")
        for a in reviewer.absences
        if a.first <= on <= a.last
    ]
    if reviewer.capacity is None:
        found.append(Exclusion(reviewer=reviewer.id, code="CAPACITY", reason="No capacity is stated."))
    elif open_cases >= reviewer.capacity:
        reason = f"Has {open_cases} open cases and room for {reviewer.capacity}."
        found.append(Exclusion(reviewer=reviewer.id, code="CAPACITY", reason=reason))
    if reviewer.weekly_load is not None and this_week >= reviewer.weekly_load:
        reason = f"Was given {this_week} cases this week and takes {reviewer.weekly_load}."
        found.append(Exclusion(reviewer=reviewer.id, code="WEEKLY_LOAD", reason=reason))
    return tuple(found)


def places(reviewer: Reviewer, *, open_cases: int = 0, this_week: int = 0) -> int:
    """Return how many more cases a reviewer has room for; none where no capacity is stated.

    Source:
        The entries of ``panel.toml``.
    """
    room = (reviewer.capacity or 0) - open_cases
    if reviewer.weekly_load is not None:
        room = min(room, reviewer.weekly_load - this_week)
    return max(0, room)


def is_licensed_in(reviewer: Reviewer, state: str, on: date) -> bool:
    """Return whether a reviewer holds an unrestricted licence of a State on a day.

    Source:
        Lab. Code 139.5(d)(4)(B).
    """
    wanted = state_code(state)
    return any(
        state_code(held.state) == wanted and _licence_fault(held, on) is None for held in reviewer.licences
    )


def valid_specialties(reviewer: Reviewer, on: date) -> tuple[str, ...]:
    """Return the specialties in which a reviewer is certified on a day, by their name here.

    A subspecialty counts with a certification in force beside it; for other
    licences than a physician's no certification is needed.

    Source:
        Lab. Code 139.5(d)(4)(B).
    """
    names = [b.name for b in reviewer.boards if _board_fault(b, on) is None]
    if names or not _needs_board(reviewer, ("MD", "DO")):
        names += reviewer.subspecialties
    known = (specialty_named(name) for name in names)
    return tuple(dict.fromkeys(s.name for s in known if s is not None))


def _licence_fault(licence: Licence, on: date) -> str | None:
    if state_code(licence.state) is None:
        return f"{licence.state!r} is no State"
    if licence.status is LicenceStatus.RESTRICTED:
        return "it is restricted"
    if licence.status is LicenceStatus.LAPSED:
        return "it has lapsed"
    if licence.status is None:
        return "its status is not stated"
    if licence.expires_on is None:
        return "its expiry is not stated"
    return f"it expired on {licence.expires_on}" if licence.expires_on < on else None


def _licence(reviewer: Reviewer, rules: ReviewerRules, on: date) -> Iterator[Exclusion]:
    faults = [(licence, _licence_fault(licence, on)) for licence in reviewer.licences]
    if any(fault is None for _, fault in faults):
        return
    told = "; ".join(f"licence of {licence.state}: {fault}" for licence, fault in faults)
    yield Exclusion(
        reviewer=reviewer.id,
        code="LICENCE",
        reason=f"No unrestricted licence in force: {told}." if told else "No licence is stated.",
        citation=rules.citation,
    )


def _board_fault(board: Board, on: date) -> str | None:
    if board.expires_on is None:
        return "its expiry is not stated"
    return f"it expired on {board.expires_on}" if board.expires_on < on else None


def _needs_board(reviewer: Reviewer, required: tuple[str, ...]) -> bool:
    """Whether a certification is needed; an unknown profession is taken as a physician's."""
    named = {p for code in reviewer.taxonomy for start, p in _PROFESSIONS.items() if code.startswith(start)}
    return not named or not named.isdisjoint(required)


def _board(reviewer: Reviewer, rules: ReviewerRules, on: date) -> Iterator[Exclusion]:
    if not _needs_board(reviewer, rules.board_required_for):
        return
    faults = [(board, _board_fault(board, on)) for board in reviewer.boards]
    if any(fault is None for _, fault in faults):
        return
    told = "; ".join(f"{board.name}: {fault}" for board, fault in faults)
    yield Exclusion(
        reviewer=reviewer.id,
        code="BOARD",
        reason=f"No board certification in force: {told}." if told else "No board certification is stated.",
        citation=rules.citation,
    )


def _discipline(reviewer: Reviewer, rules: ReviewerRules, on: date) -> Iterator[Exclusion]:
    faults = []
    if reviewer.discipline is None:
        faults.append("Discipline is not stated.")
    elif reviewer.discipline and not rules.discipline_allowed:
        faults.append(f"Discipline taken or pending: {len(reviewer.discipline)} entries.")
    for name, checked in (
        ("discipline", reviewer.discipline_checked_on),
        ("exclusion lists", reviewer.exclusions_checked_on),
    ):
        if checked is None or checked > on:
            faults.append(f"No check of {name} is on file for the day.")
    for fault in faults:
        yield Exclusion(reviewer=reviewer.id, code="DISCIPLINE", reason=fault, citation=rules.citation)


def _evaluator(reviewer: Reviewer, rules: ReviewerRules, on: date) -> Iterator[Exclusion]:
    if rules.evaluator_allowed or reviewer.qme is False:
        return
    reason = (
        "Appointed as qualified medical evaluator."
        if reviewer.qme
        else "Whether appointed as qualified medical evaluator is not stated."
    )
    yield Exclusion(reviewer=reviewer.id, code="QME", reason=reason, citation=rules.citation)


def _years(reviewer: Reviewer, rules: ReviewerRules, on: date) -> Iterator[Exclusion]:
    since, proved = reviewer.practice_since, reviewer.practice_proved_on
    wanted = f"more than {rules.more_than_years:g} years of active practice"
    reason = None
    if since is None:
        reason = f"Not stated since when in practice: {wanted} are needed."
    elif not _has_passed(since, rules, on):
        reason = f"In practice since {since}: {wanted} are needed."
    elif proved is None or proved > on:
        reason = "The years of practice are not proved by the day."
    if reason is not None:
        yield Exclusion(reviewer=reviewer.id, code="YEARS", reason=reason, citation=rules.practice_citation)


def _has_passed(since: date, rules: ReviewerRules, on: date) -> bool:
    """Whether the years are exceeded: the anniversary itself is not more than so many years."""
    months = Period(round(rules.more_than_years * 12), Unit.MONTHS)
    return load_calendars(rules.programme).add(Moment(since), months).due.on < on


def _hours(reviewer: Reviewer, rules: ReviewerRules, on: date) -> Iterator[Exclusion]:
    hours, proved = reviewer.hours_per_week, reviewer.hours_proved_on
    wanted = f"at least {rules.hours_per_week:g} hours a week"
    reason = None
    if hours is None:
        reason = f"Hours of practice are not stated: {wanted} are needed."
    elif hours < rules.hours_per_week:
        reason = f"{hours:g} hours of practice a week: {wanted} are needed."
    elif proved is None or proved > on:
        reason = "The hours of practice are not proved by the day."
    if reason is not None:
        yield Exclusion(reviewer=reviewer.id, code="HOURS", reason=reason, citation=rules.practice_citation)
