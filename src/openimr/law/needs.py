"""What the answer of a clock depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from openimr.law.clocks import SERVICE, Clock
from openimr.law.rulebook import RuleBook
from openimr.law.rules import Rule
from openimr.law.starts import STARTS, Start
from openimr.terms.case import Case, ServiceMethod
from openimr.terms.period import Moment, Period, Unit

Read = Callable[[Case], Moment | ServiceMethod | None]


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """The dates, and the way of service, that an answer depends on; clocks of the same needs share one.

    ``rule`` is named where one date picks the version and another starts the
    days; ``counts_hours`` where the hour matters.
    """

    starts: tuple[Start, ...]
    served: str | None
    rule: Rule | None
    counts_hours: bool
    reads: tuple[Read, ...]


@cache
def needs_of(clock: Clock, rulebook: RuleBook) -> Needs:
    """Return what the answer of a clock depends on.

    Source:
        The row of the deadline table and its rule.
    """
    rule = rulebook.rule(clock.rule)
    names = (
        rule.picked_by,
        rule.runs_from,
        clock.not_before,
        clock.limit[1] if clock.limit else None,
    )
    # a date that no case can state is no difference between two cases
    starts = tuple(dict.fromkeys(STARTS[n] for n in names if n is not None and STARTS[n].keys))
    served = clock.served if clock.served in SERVICE else None
    has_more = len(starts) > 1 or served is not None
    reads: list[Read] = [start.read for start in starts]
    if served is not None:
        reads.append(SERVICE[served])
    return _shared(starts, served, rule if has_more else None, _counts_hours(clock, rule), tuple(reads))


_shared = cache(Needs)


def _counts_hours(clock: Clock, rule: Rule) -> bool:
    figures = (v.figures.get(name) for v in rule.versions for name in (clock.figure, clock.on_top_of or ""))
    return any(isinstance(f, Period) and f.unit is Unit.HOURS for f in figures)
