"""What the claims administrator has to send, against the exhibits that are there."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import as_file, files

from openimr.formats import read_toml_file
from openimr.terms.case import Case
from openimr.terms.period import Period, Unit
from openimr.terms.places import Verified
from openimr.terms.problem import Problem, Severity
from openimr.terms.records import CaseFile, Exhibit, ExhibitType

_ONLY_UR_DECISION = "records.only_ur_decision"

# Papers about the dispute; none of them tells of the patient's care.
_NOT_CLINICAL = frozenset(
    {
        ExhibitType.UR_DECISION,
        ExhibitType.IMR_APPLICATION,
        ExhibitType.FAX_COVER,
        ExhibitType.CORRESPONDENCE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredItem:
    """One thing to be sent: what it is, by whom, and which kinds of exhibit show that it was."""

    code: str
    what: str
    types: tuple[ExhibitType, ...]
    severity: Severity
    remedy: str
    in_window: bool = False
    sent_by: str = "payer"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredRecords:
    """The list of what has to be sent, with its source."""

    schema: int
    citation: str
    also: str
    verified: Verified
    window: Period
    item: tuple[RequiredItem, ...]


class Completeness(StrEnum):
    """Whether what has to be sent is there."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    # the case cannot be decided: nothing but papers about the dispute is there
    ONLY_UR_DECISION = "only_ur_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Of the file with this seal: that it is complete, or what is missing.

    ``to_check`` is what a person should look at and does not make the file incomplete.
    """

    seal: str
    state: Completeness
    citation: str
    missing: tuple[Problem, ...]
    to_check: tuple[Problem, ...]


def certificate_of(case: Case, case_file: CaseFile) -> Certificate:
    """Return whether a case file is complete, for exactly what its seal covers.

    Source:
        8 CCR § 9792.10.5(a)(1), § 9792.10.6(b)(2).
    """
    found = missing_records(case, case_file.exhibits)
    items = {item.code for item in required_records().item if item.severity is not Severity.NOTE}
    missing = tuple(problem for problem in found if problem.code in items)
    if any(problem.code == _ONLY_UR_DECISION for problem in found):
        state = Completeness.ONLY_UR_DECISION
    else:
        state = Completeness.INCOMPLETE if missing else Completeness.COMPLETE
    return Certificate(
        seal=case_file.manifest.seal,
        state=state,
        citation=required_records().citation,
        missing=missing,
        to_check=tuple(problem for problem in found if problem not in missing),
    )


@cache
def required_records() -> RequiredRecords:
    """Return the list of what the claims administrator has to send.

    Source:
        8 CCR § 9792.10.5(a)(1); Cal. Lab. Code § 4610.5(l).
    """
    with as_file(files("openimr.records").joinpath("data/required_records.toml")) as path:
        return read_toml_file(path, RequiredRecords)


def missing_records(case: Case, exhibits: Sequence[Exhibit]) -> tuple[Problem, ...]:
    """Return what is missing from the exhibits of a case; nothing where all is there.

    A file without any paper on the patient's care cannot be decided: no
    determination rests on the utilization review decision alone
    (``records.only_ur_decision``).

    Source:
        8 CCR § 9792.10.5(a)(1), § 9792.10.6(b)(2).
    """
    found: list[Problem] = []
    clinical = [e for e in exhibits if e.type not in _NOT_CLINICAL and _is_read(e)]
    if not clinical:
        found.append(_only_ur_decision(exhibits))
    requested_on = case.dates.rfa.on if case.dates.rfa else None
    required = required_records()
    for item in required.item:
        if item.in_window and requested_on is None:
            found.append(_window_unknown(item))
        window = (_months_before(requested_on, required.window), requested_on) if requested_on else None
        if not any(_shows(exhibit, item, window) for exhibit in exhibits):
            found.append(_missing(item, required.citation))
    name = case.provider.name
    if clinical and name is not None and not any(_is_by(exhibit, name) for exhibit in clinical):
        found.append(_no_report_of(name))
    return tuple(found)


def shown_by(case: Case, item: RequiredItem, exhibits: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
    """Return the exhibits that show that a thing was sent."""
    requested_on = case.dates.rfa.on if case.dates.rfa else None
    window = (_months_before(requested_on, required_records().window), requested_on) if requested_on else None
    return tuple(exhibit for exhibit in exhibits if _shows(exhibit, item, window))


def _is_read(exhibit: Exhibit) -> bool:
    return len(exhibit.unread_pages) < len(exhibit.pages)


def _shows(exhibit: Exhibit, item: RequiredItem, window: tuple[date, date] | None) -> bool:
    if exhibit.type not in item.types:
        return False
    if not item.in_window or window is None:
        return True
    on = exhibit.date_of_service or exhibit.report_date
    return on is not None and window[0] <= on <= window[1]


def _months_before(on: date, period: Period) -> date:
    """Return the same day some months earlier, or the last day of a shorter month."""
    assert period.unit is Unit.MONTHS
    months = on.year * 12 + on.month - 1 - int(period.count)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def _is_by(exhibit: Exhibit, name: str) -> bool:
    """Return whether an exhibit's author has the last name of ``name``."""
    return exhibit.author is not None and _last_name(exhibit.author) == _last_name(name)


def _last_name(name: str) -> str:
    words = name.split(",")[0].split()
    return words[-1].lower() if words else ""


def _only_ur_decision(exhibits: Sequence[Exhibit]) -> Problem:
    unread = [str(e.id) for e in exhibits if not _is_read(e)]
    more = f" Exhibits {', '.join(unread)} could not be read." if unread else ""
    return Problem(
        code=_ONLY_UR_DECISION,
        field="records",
        message=(
            "There is no paper on the patient's care beside the utilization review decision, "
            f"so the case cannot be decided (8 CCR § 9792.10.6(b)(2)).{more}"
        ),
        remedy="Ask the claims administrator, the employee and the physician for any clinical document.",
    )


def _missing(item: RequiredItem, citation: str) -> Problem:
    return Problem(
        code=item.code,
        field="records",
        message=f"Not among the exhibits: {item.what} ({citation}).",
        remedy=item.remedy,
        severity=item.severity,
    )


def _window_unknown(item: RequiredItem) -> Problem:
    return Problem(
        code="records.request_date_unknown",
        field="dates.rfa",
        message=f"The request for authorization has no date, so its window cannot be told: {item.what}.",
        remedy="State dates.rfa in the case file.",
        severity=Severity.WARNING,
    )


def _no_report_of(name: str) -> Problem:
    return Problem(
        code="records.requester_missing",
        field="provider.name",
        message=f"None of the clinical exhibits is known to be by {name}, who requested the treatment.",
        remedy="Ask for the requesting physician's reports, or look at the exhibits without a known author.",
        severity=Severity.WARNING,
    )
