"""The dates of a case that select a version or start a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openimr.terms.case import Case
from openimr.terms.period import Moment


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A date of a case: where it is written, how sentences call it, how it is read.

    A date without keys is one that ``case.toml`` has no place for.
    """

    keys: tuple[str, ...]
    words: str
    read: Callable[[Case], Moment | None]

    @property
    def key(self) -> str:
        """The day in words, and the key or keys of ``case.toml`` behind it."""
        return self.told("day")

    def told(self, what: str) -> str:
        """Return the day, or the hour, in words, and the key or keys of ``case.toml`` behind it."""
        keys = " or ".join(k if "." in k else f"dates.{k}" for k in self.keys)
        return f"the {what} of: {self.words}" + (f" ({keys})" if keys else "")


def _nowhere(_: Case) -> Moment | None:
    return None


def _injury(case: Case) -> Moment | None:
    return Moment(case.dates.of_injury) if case.dates.of_injury else None


def _given_up(case: Case) -> Moment | None:
    """Return the first day on which an item was authorised or the application withdrawn."""
    days = [d.authorized_since for d in case.disputes if d.authorized_since is not None]
    if case.application.withdrawn_on is not None:
        days.append(case.application.withdrawn_on)
    return Moment(min(days)) if days else None


STARTS: Mapping[str, Start] = {
    "of_injury": Start(("of_injury",), "date of injury", _injury),
    "rfa": Start(("rfa",), "treatment recommended", lambda c: c.dates.rfa),
    "rfa_received": Start(("rfa_received",), "request received", lambda c: c.dates.rfa_received),
    "decision_communicated_on": Start(
        ("ur_served", "ur_decision"),
        "utilization review decision communicated",
        lambda c: c.dates.ur_served or c.dates.ur_decision,
    ),
    "ur_decision": Start(("ur_decision",), "utilization review decision", lambda c: c.dates.ur_decision),
    "ur_served": Start(
        ("ur_served",), "service of the utilization review decision", lambda c: c.dates.ur_served
    ),
    "imr_form_provided": Start(("imr_form_provided",), "form provided", lambda c: c.dates.imr_form_provided),
    "liability_resolved": Start(
        ("liability_resolved",), "notice that liability is resolved", lambda c: c.dates.liability_resolved
    ),
    "submitted": Start(
        ("submitted", "application_received"),
        "application submitted",
        lambda c: c.dates.submitted or c.dates.application_received,
    ),
    "application_received": Start(
        ("application_received",), "application received", lambda c: c.dates.application_received
    ),
    "eligible": Start(("eligible",), "found eligible", lambda c: c.dates.eligible),
    "noarfi_sent": Start(("noarfi_sent",), "notice of assignment sent", lambda c: c.dates.noarfi_sent),
    "noarfi_received": Start(
        ("noarfi_received",), "notice of assignment received", lambda c: c.dates.noarfi_received
    ),
    "records_complete": Start(("records_complete",), "records complete", lambda c: c.dates.records_complete),
    "expedited_certified": Start(
        ("expedited_certified",), "threat certified", lambda c: c.dates.expedited_certified
    ),
    "determination_issued": Start(
        ("determination_issued",), "determination issued", lambda c: c.dates.determination_issued
    ),
    "determination_served": Start(
        ("determination_served",), "determination served", lambda c: c.dates.determination_served
    ),
    "given_up": Start(
        ("dispute.1.authorized_since", "application.withdrawn_on"),
        "treatment authorized or request given up",
        _given_up,
    ),
    # what case.toml has no key for: such a clock is named, and cannot be computed
    "information_asked_for": Start((), "request for information received", _nowhere),
    "ineligibility_served": Start((), "determination of ineligibility served", _nowhere),
    "administrator_changed": Start((), "change of the claims administrator", _nowhere),
    "invoice_received": Start((), "invoice received", _nowhere),
    "recommendation_after_liability": Start(
        (), "treatment recommendation made after liability was decided", _nowhere
    ),
}
START_NAMES = tuple(STARTS)
