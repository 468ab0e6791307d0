"""The dates of a case that select a version or start a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openimr.terms.case import Case
from openimr.terms.period import Moment


@dataclass(frozen=True, slots=True)
class Start:
    """A date of a case: where it is written, how sentences call it, how it is read."""

    keys: tuple[str, ...]
    words: str
    read: Callable[[Case], Moment | None]

    @property
    def key(self) -> str:
        """The key or keys of ``case.toml``, as a sentence names them."""
        return " or ".join(f"dates.{k}" for k in self.keys)


STARTS: Mapping[str, Start] = {
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
    "liability_resolved": Start(
        ("liability_resolved",), "notice that liability is resolved", lambda c: c.dates.liability_resolved
    ),
    "eligible": Start(("eligible",), "found eligible", lambda c: c.dates.eligible),
    "noarfi_sent": Start(("noarfi_sent",), "notice of assignment sent", lambda c: c.dates.noarfi_sent),
    "noarfi_received": Start(
        ("noarfi_received",), "notice of assignment received", lambda c: c.dates.noarfi_received
    ),
    "records_complete": Start(("records_complete",), "records complete", lambda c: c.dates.records_complete),
    "determination_issued": Start(
        ("determination_issued",), "determination issued", lambda c: c.dates.determination_issued
    ),
    "determination_served": Start(
        ("determination_served",), "determination served", lambda c: c.dates.determination_served
    ),
    "of_injury": Start(
        ("of_injury",), "date of injury", lambda c: Moment(c.dates.of_injury) if c.dates.of_injury else None
    ),
}
START_NAMES = tuple(STARTS)
