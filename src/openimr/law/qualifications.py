"""Who may review, by which standards, what a determination states, and how it is appealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from openimr.law.calendars import load_calendars, local_day
from openimr.law.deadlines import deadlines
from openimr.law.figures import Item
from openimr.law.rulebook import load_rulebook
from openimr.law.rules import Version
from openimr.law.service import extend
from openimr.terms.case import Case, ServiceMethod
from openimr.terms.eligibility import Deadline
from openimr.terms.errors import LawError
from openimr.terms.period import Moment
from openimr.terms.places import Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerRules:
    """What a reviewer must be on a day, with the passage of each demand.

    Attributes:
        board_required_for: The professions that need a board certification.
        more_than_years: Years of active practice, to be exceeded.
        hours_per_week: Hours of practice a week, at least.
        material_income_pct: A share of yearly income above which a tie is financial.
        practice_citation: Where years and hours come from; not from a statute.
    """

    programme: str
    on: date
    unrestricted_licence: bool
    board_required_for: tuple[str, ...]
    discipline_allowed: bool
    evaluator_allowed: bool
    preferred_state: str
    more_than_years: float
    hours_per_week: float
    conflict_parties: tuple[str, ...]
    conflict_family: tuple[str, ...]
    material_income_pct: float
    citation: str
    verified: Verified
    practice_citation: str
    practice_verified: Verified
    conflict_citation: str
    conflict_verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """The standards of necessity, the highest first.

    ``in_strict_order`` says whether a lower one counts only where every
    higher one is inapplicable.
    """

    steps: tuple[Item, ...]
    in_strict_order: bool
    citation: str
    see_also: tuple[str, ...]
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One thing that a determination has to state."""

    id: str
    text: str
    citation: str
    verified: Verified


def reviewer_rules(programme: str, on: date) -> ReviewerRules:
    """Return what a reviewer must be on a day.

    Raises:
        LawError: The programme is unknown, or its rules do not reach that day.

    Source:
        Lab. Code 139.5(c)(2), (d)(4)-(6); years and hours from the standard
        text of the letters, which no statute repeats.

    Example:
        >>> reviewer_rules("us_ca_wc", date(2013, 12, 31)).evaluator_allowed
        True
        >>> reviewer_rules("us_ca_wc", date(2014, 1, 1)).evaluator_allowed
        False
    """
    book = load_rulebook(programme)
    who = book.version("reviewer_qualifications", on)
    practice = book.version("reviewer_practice", on)
    conflicts = book.version("reviewer_conflicts", on)
    return ReviewerRules(
        programme=programme,
        on=on,
        unrestricted_licence=who.flag("unrestricted_licence"),
        board_required_for=who.words("board_required_for"),
        discipline_allowed=who.flag("discipline_allowed"),
        evaluator_allowed=who.flag("evaluator_allowed"),
        preferred_state=who.word("preferred_state"),
        more_than_years=practice.number("more_than_years"),
        hours_per_week=practice.number("hours_per_week"),
        conflict_parties=conflicts.words("parties"),
        conflict_family=conflicts.words("family"),
        material_income_pct=conflicts.number("material_income_pct"),
        citation=who.citation,
        verified=who.verified,
        practice_citation=practice.citation,
        practice_verified=practice.verified,
        conflict_citation=conflicts.citation,
        conflict_verified=conflicts.verified,
    )


def hierarchy(on: date, programme: str = "us_ca_wc") -> Hierarchy:
    """Return the standards of medical necessity for a determination of that day.

    Raises:
        LawError: The rule does not reach that day.

    Source:
        Lab. Code 4610.5(c)(2), before and since 2017-01-01.

    Example:
        >>> hierarchy(date(2016, 12, 31)).in_strict_order, hierarchy(date(2017, 1, 1)).in_strict_order
        (True, False)
    """
    version = load_rulebook(programme).version("evidence_hierarchy", on)
    return Hierarchy(
        steps=version.items("steps"),
        in_strict_order=version.flag("in_strict_order"),
        citation=version.citation,
        see_also=version.see_also,
        verified=version.verified,
    )


def determination_contents(on: date, programme: str = "us_ca_wc") -> tuple[Content, ...]:
    """Return what a determination of that day has to state, statute first.

    Raises:
        LawError: The rule does not reach that day.

    Source:
        Lab. Code 4610.6(d)-(f); 8 CCR 9792.10.6(d), whose list is recalled.
    """
    book = load_rulebook(programme)
    names = ("determination_contents", "determination_contents_regulation")
    return tuple(
        _content(item, v) for v in (book.version(n, on) for n in names) for item in v.items("contents")
    )


def _content(item: Item, version: Version) -> Content:
    return Content(id=item.id, text=item.text, citation=version.citation, verified=version.verified)


def appeal_rights(case: Case, served: Moment, method: ServiceMethod | None) -> Deadline:
    """Return the last day for an appeal of a determination that was so served.

    Args:
        case: The case; its own dates of service are not looked at.
        served: When the determination was served.
        method: How it was served; None is taken as mail within California and said.

    Raises:
        LawError: No appeal is encoded for the programme.

    Source:
        Lab. Code 4610.6(h); 8 CCR 10575(c); Code Civ. Proc. 1013.
    """
    as_served = replace(
        case,
        dates=replace(case.dates, determination_served=served),
        service=replace(case.service, determination=method),
    )
    found = deadlines(as_served, load_rulebook(case.case.programme))
    clock = next((d for d in found if d.ref == "P1"), None)
    if clock is None:
        raise LawError(
            asked=f"Compute the time to appeal in case {case.case.number}",
            found=f"no appeal is encoded for the programme {case.case.programme}.",
            remedy="Ask a person; openimr law coverage lists what is encoded.",
        )
    return clock


def ineligibility_appeal(case: Case, served: Moment, method: ServiceMethod | None) -> Moment:
    """Return the last day for a petition against a determination of ineligibility that was so served.

    Args:
        case: The case; ``case.toml`` has no key for that service.
        served: When the determination was served.
        method: How it was served; None is taken as mail within California.

    Raises:
        LawError: The rule is not encoded for the programme or the day.

    Source:
        8 CCR 10575(a), (c); 8 CCR 9792.10.3(e); Code Civ. Proc. 1013.
    """
    book = load_rulebook(case.case.programme)
    calendars = load_calendars(book.calendars)
    period = book.version("ineligibility_appeal", local_day(served)).period("regular")
    end = calendars.add(Moment(local_day(served)), period).due.on
    return extend(end, method, key="its service", rulebook=book, calendars=calendars).counted.due
