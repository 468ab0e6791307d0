"""Dates of a case that cannot stand together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from openimr.law.deadlines import table_of
from openimr.law.needs import needs_of
from openimr.law.rulebook import load_rulebook, programmes
from openimr.law.wording import moment_words
from openimr.terms.case import Case, CaseDates
from openimr.terms.period import Moment
from openimr.terms.problem import Problem, Severity


def _injury(dates: CaseDates) -> Moment | None:
    return Moment(dates.of_injury) if dates.of_injury else None


_READ: dict[str, Callable[[CaseDates], Moment | None]] = {
    "of_injury": _injury,
    "rfa": lambda d: d.rfa,
    "rfa_received": lambda d: d.rfa_received,
    "ur_decision": lambda d: d.ur_decision,
    "ur_served": lambda d: d.ur_served,
    "imr_form_provided": lambda d: d.imr_form_provided,
    "liability_resolved": lambda d: d.liability_resolved,
    "submitted": lambda d: d.submitted,
    "application_received": lambda d: d.application_received,
    "eligible": lambda d: d.eligible,
    "assigned": lambda d: d.assigned,
    "noarfi_sent": lambda d: d.noarfi_sent,
    "noarfi_received": lambda d: d.noarfi_received,
    "records_complete": lambda d: d.records_complete,
    "expedited_certified": lambda d: d.expedited_certified,
    "determination_issued": lambda d: d.determination_issued,
    "determination_served": lambda d: d.determination_served,
    "implemented": lambda d: d.implemented,
}
# The earlier step, the later one. Steps that may come in any order are not here:
# records can be complete before the notice of assignment.
_ORDER = (
    ("rfa", "rfa_received"),
    ("rfa", "ur_decision"),
    ("rfa_received", "ur_decision"),
    ("ur_decision", "ur_served"),
    ("ur_decision", "imr_form_provided"),
    ("ur_decision", "submitted"),
    ("ur_decision", "application_received"),
    ("submitted", "application_received"),
    ("application_received", "eligible"),
    ("application_received", "assigned"),
    ("application_received", "noarfi_sent"),
    ("eligible", "noarfi_sent"),
    ("noarfi_sent", "noarfi_received"),
    ("application_received", "records_complete"),
    ("application_received", "determination_issued"),
    ("assigned", "determination_issued"),
    ("determination_issued", "determination_served"),
    ("determination_served", "implemented"),
)


def check_dates(case: Case) -> tuple[Problem, ...]:
    """Return every pair of dates that cannot stand together, naming both keys and the clocks.

    Nothing is corrected and nothing is guessed: a clock that starts at such a
    date is only as good as the date.

    Source:
        The order of the steps in Lab. Code 4610.5 and 4610.6.
    """
    found: list[Problem] = []
    clocks = _clocks_of(case.case.programme)
    injury = case.dates.of_injury
    if injury is not None and case.patient.born_on is not None and case.patient.born_on > injury:
        found.append(
            _problem("patient.born_on", Moment(case.patient.born_on), "dates.of_injury", Moment(injury), "")
        )
    pairs = [("of_injury", key) for key in _READ if key != "of_injury"] + list(_ORDER)
    for earlier, later in pairs:
        one, two = _READ[earlier](case.dates), _READ[later](case.dates)
        if one is not None and two is not None and _is_before(two, one):
            problem = _problem(f"dates.{later}", two, f"dates.{earlier}", one, "is before")
            found.append(_with_clocks(problem, f"dates.{earlier}", clocks))
    found.extend(_service_before_injury(case))
    found.extend(_prior_after_application(case))
    return tuple(found)


def _prior_after_application(case: Case) -> list[Problem]:
    """An earlier determination came before this application; before the decision is likely only."""
    dates = case.dates
    filed = "submitted" if dates.submitted else "application_received" if dates.application_received else None
    key = filed or "ur_decision"
    other = _READ[key](dates)
    severity = Severity.ERROR if filed else Severity.WARNING
    return [
        _problem(
            f"dispute.{number}.prior_determination_on", Moment(prior), f"dates.{key}", other, "", severity
        )
        for number, prior in enumerate((d.prior_determination_on for d in case.disputes), 1)
        if other is not None and prior is not None and _is_before(other, Moment(prior))
    ]


def _service_before_injury(case: Case) -> list[Problem]:
    injury = case.dates.of_injury
    return [
        _problem(
            f"dispute.{number}.date_of_service",
            Moment(dispute.date_of_service),
            "dates.of_injury",
            Moment(injury),
            "is before",
        )
        for number, dispute in enumerate(case.disputes, 1)
        if injury and dispute.date_of_service and dispute.date_of_service < injury
    ]


def _is_before(one: Moment, two: Moment) -> bool:
    """Compare by the instant where both have one, else by the day."""
    if one.at is not None and two.at is not None:
        return one.at < two.at
    return one.on < two.on


def _clocks_of(programme: str) -> Mapping[str, tuple[str, ...]]:
    """Return by key of the case the codes of the clocks that a date selects or starts."""
    return _clocks(programme) if programme in programmes() else {}


@cache
def _clocks(programme: str) -> Mapping[str, tuple[str, ...]]:
    rulebook, found = load_rulebook(programme), dict[str, dict[str, None]]()
    for clock in table_of(rulebook):
        for start in needs_of(clock, rulebook).starts:
            for key in start.keys:
                found.setdefault(f"dates.{key}", {})[clock.ref] = None
    return {key: tuple(refs) for key, refs in found.items()}


def _with_clocks(problem: Problem, other_key: str, clocks: Mapping[str, tuple[str, ...]]) -> Problem:
    """Return a problem that names the clocks which are only as good as its two dates."""
    refs = dict.fromkeys((*clocks.get(problem.field, ()), *clocks.get(other_key, ())))
    if not refs:
        return problem
    return replace(problem, message=f"{problem.message} These clocks depend on them: {', '.join(refs)}.")


def _problem(
    key: str, moment: Moment, other_key: str, other: Moment, words: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(
        code="case.dates_impossible",
        field=key,
        message=f"{moment_words(moment)} {words or 'is after'} {other_key}, {moment_words(other)}.",
        remedy=f"Correct {key} or {other_key}.",
        severity=severity,
    )
