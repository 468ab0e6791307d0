"""Every legal clock of a case, computed from the rule book, each explaining itself.

The same dates give the same answer, so the clocks that depend on the same
dates are computed together and remembered; the sentence of a clock is written
when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import itemgetter

from openimr.law.calendars import load_calendars, local_day
from openimr.law.clocks import SERVICE, Clock, read_clocks
from openimr.law.computing import Dates, compute
from openimr.law.needs import Needs, Read, needs_of
from openimr.law.rulebook import RuleBook
from openimr.law.rules import Rule
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
    days = [
        m.on if type(m) is Moment and m.at is None else _day(m) for m in [read(case) for read in plan.reads]
    ]
    found: list[Deadline | None] = [None] * plan.size
    for group in plan.groups:
        only = group.only
        key = group.key(days, case) if only is None else days[only]
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
Value = date | ServiceMethod | None
Key = Callable[[Sequence[Value], Case], object]


def _day(read: Moment | ServiceMethod | None) -> Value:
    if isinstance(read, Moment):
        return read.on if read.at is None else local_day(read)
    return read


@dataclass(frozen=True, slots=True, eq=False)
class _Memory:
    """The answers of clocks that depend on the same dates, by what tells their cases apart."""

    rulebook: RuleBook
    clocks: tuple[tuple[int, Clock, int], ...]
    needs: Needs
    known: dict[object, Placed] = field(default_factory=dict)

    def remember(self, key: object, case: Case) -> Placed:
        """Return the deadlines for a case, each with its place in the table, and keep them."""
        served = SERVICE.get(self.needs.served or "")
        dates = Dates(
            {start: self._moment(start.read(case)) for start in self.needs.starts},
            None if served is None else served(case),
        )
        calendars = load_calendars(self.rulebook.calendars)
        answers = ((n, compute(c, traits, dates, self.rulebook, calendars)) for n, c, traits in self.clocks)
        found = tuple((n, d) for n, d in answers if d is not None)
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[key] = found
        return found

    def _moment(self, moment: Moment | None) -> Moment | None:
        """Return a date without its hour, unless hours are counted: it is one answer for the whole day."""
        if moment is None or moment.at is None or self.needs.counts_hours:
            return moment
        return Moment(local_day(moment))


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """A memory, and how cases of the same traits find their answer in it.

    ``only`` is the place of the one day that decides, where one does.
    """

    only: int | None
    key: Key
    known: dict[object, Placed]
    remember: Callable[[object, Case], Placed]


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
    size, rows = _rows(rulebook)
    by_needs: dict[Needs, list[tuple[int, Clock, int]]] = {}
    for place, clock, needs in rows:
        if traits & clock.when == clock.when and not traits & clock.unless:
            by_needs.setdefault(needs, []).append((place, clock, traits & clock.asked))
    reads: dict[Read, int] = {}
    groups = []
    for needs, clocks in by_needs.items():
        memory = _memory(rulebook, needs, tuple(clocks))
        at = tuple([reads.setdefault(read, len(reads)) for read in needs.reads])
        only = at[0] if len(at) == 1 and not needs.counts_hours else None
        groups.append(_Group(only, _key_of(needs, at), memory.known, memory.remember))
    return _Plan(size, tuple(reads), tuple(groups))


@cache
def _rows(rulebook: RuleBook) -> tuple[int, tuple[tuple[int, Clock, Needs], ...]]:
    """Return how many codes the table has, and its rows, each with the place of its code."""
    table = table_of(rulebook)
    places = {ref: n for n, ref in enumerate(dict.fromkeys(clock.ref for clock in table))}
    return len(places), tuple((places[c.ref], c, needs_of(c, rulebook)) for c in table)


@cache
def _memory(rulebook: RuleBook, needs: Needs, clocks: tuple[tuple[int, Clock, int], ...]) -> _Memory:
    """Return the memory of these clocks: one for all cases that ask the same of them."""
    return _Memory(rulebook, clocks, needs)


@cache
def _key_of(needs: Needs, places: tuple[int, ...]) -> Key:
    """Return how cases are told apart: by the day alone where one date decides."""
    if needs.counts_hours:
        return lambda _days, case: tuple(_exact(start.read(case)) for start in needs.starts)
    if needs.rule is None:
        pick = itemgetter(*places)
        return lambda days, _case: pick(days)
    return _reduced(needs, needs.rule, places)


@cache
def _eras(rule: Rule) -> tuple[tuple[date, ...], dict[Value, int]]:
    """Return when the versions of a rule begin, and by day how many had begun, as far as asked."""
    return tuple(v.effective_from for v in rule.versions), {None: -1}


def _reduced(needs: Needs, rule: Rule, places: Sequence[int]) -> Key:
    """Return a key that holds the version in place of the day that picks it: far fewer answers."""
    begins, eras = _eras(rule)
    rest = places[1:] if rule.picked_by != rule.runs_from else places
    pick = itemgetter(*rest) if len(rest) > 1 else None
    first, only = places[0], rest[0]

    def key(days: Sequence[Value], _case: Case) -> object:
        picked = days[first]
        era = eras.get(picked)
        if era is None:
            era = eras[picked] = sum(1 for day in begins if isinstance(picked, date) and day <= picked)
        return era, days[only] if pick is None else pick(days)

    return key


def _exact(moment: Moment | None) -> object:
    return None if moment is None else (moment.on, moment.at, moment.at.tzinfo if moment.at else None)
