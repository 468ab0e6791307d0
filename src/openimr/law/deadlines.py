"""Every legal clock of a case, computed from the rule book, each explaining itself.

The same dates give the same answer, so the clocks that depend on the same
dates are computed together and remembered; the sentence of a clock is written
when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from openimr.law.calendars import load_calendars
from openimr.law.clocks import SERVICE, Clock, read_clocks
from openimr.law.computing import Dates, compute
from openimr.law.rulebook import RuleBook
from openimr.law.starts import STARTS, Start
from openimr.law.traits import traits_of
from openimr.terms.case import Case, ServiceMethod
from openimr.terms.eligibility import Deadline
from openimr.terms.period import Moment

# So many answers are kept for a group of clocks: a year of days and its neighbours, several times over.
_REMEMBERED = 2**14


def deadlines(case: Case, rulebook: RuleBook) -> tuple[Deadline, ...]:
    """Return every clock that a case has, in the order of the deadline table.

    A clock that cannot be computed has ``due = None`` and names the key that
    is missing; so has a duty for which the law sets no number of days.

    Source:
        The rules of the rule book; Code Civ. Proc. 12 and 12a for counting.

    Example:
        >>> from openimr.law.rulebook import load_rulebook
        >>> from openimr.terms.case import CaseDates, CaseHead
        >>> from openimr.terms.letter import Priority
        >>> from datetime import date
        >>> case = Case(
        ...     schema=1,
        ...     case=CaseHead(programme="us_ca_wc", number="CM14-9", priority=Priority.REGULAR),
        ...     dates=CaseDates(
        ...         ur_decision=Moment(date(2014, 3, 3)), records_complete=Moment(date(2014, 5, 12))
        ...     ),
        ... )
        >>> clock = next(d for d in deadlines(case, load_rulebook()) if d.ref == "V1")
        >>> clock.explanation.split(", ")[0]
        '30 calendar days from 12 May 2014 (records complete) = 11 June 2014'
    """
    plan = _plan(rulebook, traits_of(case))
    # what tells one date or one way of service from another, quick to compare
    values = [
        (m.on if m.at is None else (m.on, m.at, m.at.tzinfo)) if isinstance(m, Moment) else m
        for m in [read(case) for read in plan.reads]
    ]
    found: list[Deadline | None] = [None] * plan.size
    for group in plan.groups:
        key = group.pick(values)
        placed = group.known.get(key)
        if placed is None:
            placed = group.remember(key, case)
        for place, deadline in placed:
            found[place] = deadline
    return tuple([d for d in found if d is not None])


def table_of(rulebook: RuleBook) -> tuple[Clock, ...]:
    """Return the deadline table of a programme.

    Source:
        ``clocks.toml`` of the programme.
    """
    return _table(rulebook.programme)


_table = cache(read_clocks)

Placed = tuple[tuple[int, Deadline], ...]
Read = Callable[[Case], Moment | ServiceMethod | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Clocks of cases of the same traits that depend on the same dates.

    ``pick`` takes the values of those dates out of all values of a case.
    """

    rulebook: RuleBook
    traits: int
    clocks: tuple[tuple[int, Clock], ...]
    starts: tuple[Start, ...]
    served: Callable[[Case], ServiceMethod | None] | None
    pick: Callable[[Sequence[object]], object]
    known: dict[object, Placed] = field(default_factory=dict)

    def remember(self, key: object, case: Case) -> Placed:
        """Return the deadlines of the group for a case, each with its place, and keep them."""
        method = None if self.served is None else self.served(case)
        dates = Dates({start: start.read(case) for start in self.starts}, method)
        calendars = load_calendars(self.rulebook.calendars)
        answers = ((n, compute(c, self.traits, dates, self.rulebook, calendars)) for n, c in self.clocks)
        found = tuple((n, d) for n, d in answers if d is not None)
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[key] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is asked of cases of the same traits: which dates, and which groups of clocks."""

    size: int
    reads: tuple[Read, ...]
    groups: tuple[_Group, ...]


@cache
def _plan(rulebook: RuleBook, traits: int) -> _Plan:
    """Return the plan for cases of these traits.

    Rows of one code are variants, of which a case has one: they share a place.
    """
    table = table_of(rulebook)
    places = {ref: n for n, ref in enumerate(dict.fromkeys(clock.ref for clock in table))}
    by_dates: dict[_Needs, list[tuple[int, Clock]]] = {}
    for clock in table:
        if clock.applies(traits):
            by_dates.setdefault(_needs_of(clock, rulebook), []).append((places[clock.ref], clock))
    reads: list[Read] = []
    groups = []
    for needs, clocks in _merged(by_dates).items():
        how = SERVICE.get(needs.served or "")
        asked: list[Read] = [*(start.read for start in needs.starts), *([how] if how is not None else [])]
        reads.extend(read for read in asked if read not in reads)
        pick = itemgetter(*(reads.index(read) for read in asked))
        groups.append(_Group(rulebook, traits, tuple(clocks), needs.starts, how, pick))
    return _Plan(len(places), tuple(reads), tuple(groups))


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the answer of a clock depends on: dates, and the key of a way of service."""

    starts: tuple[Start, ...]
    served: str | None

    def covers(self, other: _Needs) -> bool:
        return set(self.starts) >= set(other.starts) and other.served in (None, self.served)


def _needs_of(clock: Clock, rulebook: RuleBook) -> _Needs:
    rule = rulebook.rule(clock.rule)
    names = (
        rule.picked_by,
        rule.runs_from,
        clock.not_before,
        clock.limit[1] if clock.limit else None,
    )
    # a date that no case can state is no difference between two cases
    starts = (STARTS[name] for name in names if name is not None and STARTS[name].keys)
    return _Needs(tuple(dict.fromkeys(starts)), clock.served if clock.served in SERVICE else None)


def _merged(by_dates: dict[_Needs, list[tuple[int, Clock]]]) -> dict[_Needs, list[tuple[int, Clock]]]:
    """Return fewer groups: clocks go with others that need all of their dates and more."""
    wide = [one for one in by_dates if not any(other != one and other.covers(one) for other in by_dates)]
    merged: dict[_Needs, list[tuple[int, Clock]]] = {}
    for needs, clocks in by_dates.items():
        merged.setdefault(next(w for w in wide if w.covers(needs)), []).extend(clocks)
    return merged
