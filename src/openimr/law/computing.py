"""One clock of one case: which version, from when, until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from openimr.law.calendars import Calendars, Counted, local_day
from openimr.law.clocks import Clock
from openimr.law.rulebook import RuleBook
from openimr.law.rules import NotEncoded, Rule, Version
from openimr.law.service import Extended, extend
from openimr.law.starts import STARTS, Start
from openimr.law.telling import Limit, Told, tell_reason, tell_reckoning
from openimr.law.wording import day_words
from openimr.terms.case import ServiceMethod
from openimr.terms.eligibility import Deadline
from openimr.terms.period import Moment, Period, Unit

# Units whose last day is a day of rest now and then; a working day never is.
_ROLLED = (Unit.CALENDAR_DAYS, Unit.DAYS, Unit.MONTHS)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that a clock asks for, as one case states them, and how its paper was served."""

    by_start: Mapping[Start, Moment | None]
    method: ServiceMethod | None

    def at(self, name: str) -> Moment | None:
        """Return a date by its name.

        Source:
            ``case.toml``.
        """
        return self.by_start.get(STARTS[name])


def compute(
    clock: Clock, traits: int, dates: Dates, rulebook: RuleBook, calendars: Calendars
) -> Deadline | None:
    """Return the deadline of a clock; None where the law knows no such period on that day.

    Args:
        clock: The row of the deadline table.
        traits: What the case is like, as bits of ``Trait``.
        dates: The dates of the case that the clock asks for.
        rulebook: The rules of the programme.
        calendars: Its calendars.

    Source:
        The rule of the clock; Code Civ. Proc. 12 and 12a for counting.
    """
    return _Computation(clock, traits, dates, rulebook, calendars).deadline()


@dataclass(frozen=True, slots=True)
class _Computation:
    """One clock of one case while it is computed."""

    clock: Clock
    traits: int
    dates: Dates
    rulebook: RuleBook
    calendars: Calendars

    def deadline(self) -> Deadline | None:
        rule = self.rulebook.rule(self.clock.rule)
        picked = self._picked(rule)
        if picked is None:
            return self._unknown(rule, rule.versions[-1], None, STARTS[rule.picked_by].key)
        version = rule.version_on(local_day(picked))
        if isinstance(version, NotEncoded):
            why = f"not encoded for this case: {version.reason}"
            return self._without(rule, _version_before(rule, version), None, why)
        if version.has("without_days"):
            return self._without_days(rule, version)
        if not self._is_stated(version) or self._has_given_way(version):
            return None
        missing = self.clock.missing_key(self.traits)
        if missing is not None:
            return self._unknown(rule, version, None, missing)
        return self._from_start(rule, version)

    def _picked(self, rule: Rule) -> Moment | None:
        """Return the date that selects the version.

        It never comes after the day that the period runs from: where it is not
        stated and only one version had begun by that day, that day will do.
        """
        picked = self.dates.at(rule.picked_by)
        start = self.dates.at(rule.runs_from) if picked is None and rule.runs_from else None
        if start is None:
            return picked
        begun = [v for v in rule.versions if v.effective_from <= local_day(start)]
        return start if len(begun) == 1 else None

    def _is_stated(self, version: Version) -> bool:
        first = self.clock.on_top_of
        return version.has(self.clock.figure) and (first is None or version.has(first))

    def _has_given_way(self, version: Version) -> bool:
        """Whether a shorter period of the version stands in place of this clock for every item."""
        other = self.clock.gives_way
        return other is not None and version.has(other[0]) and bool(self.traits & other[1])

    def _without_days(self, rule: Rule, version: Version) -> Deadline:
        starts = None
        if rule.runs_from is not None:
            starts = self.dates.at(rule.runs_from)
            if starts is None:
                return self._unknown(rule, version, None, STARTS[rule.runs_from].key)
        why = f"no number of days is set: {version.word('without_days')}"
        return self._without(rule, version, starts, why)

    def _from_start(self, rule: Rule, version: Version) -> Deadline:
        assert rule.runs_from is not None
        start, moment = STARTS[rule.runs_from], self.dates.at(rule.runs_from)
        period = version.period(self.clock.figure)
        if moment is None:
            return self._unknown(rule, version, None, start.key, period)
        if self.clock.not_before is not None:
            other = self.dates.at(self.clock.not_before)
            if other is not None and self._is_later(other, moment, version):
                start, moment = STARTS[self.clock.not_before], other
        if self._counts_hours(version) and moment.at is None:
            return self._unknown(rule, version, moment, start.told("hour"))
        if not self.calendars.covers(local_day(moment)):
            years = f"{self.calendars.first.year} to {self.calendars.last.year}"
            why = f"{start.key} is {day_words(moment.on)}: holidays are on file from {years}"
            return self._without(rule, version, moment, why)
        return self._computed(rule, version, start, moment)

    def _is_later(self, one: Moment, other: Moment, version: Version) -> bool:
        """Compare by the instant where hours count and both have one, else by the day."""
        if self._counts_hours(version) and one.at is not None and other.at is not None:
            return one.at > other.at
        return local_day(one) > local_day(other)

    def _counts_hours(self, version: Version) -> bool:
        first = self.clock.on_top_of
        if version.period(self.clock.figure).unit is Unit.HOURS:
            return True
        return first is not None and version.period(first).unit is Unit.HOURS

    def _computed(self, rule: Rule, version: Version, start: Start, moment: Moment) -> Deadline:
        counted, _ = self._counted(version, moment)
        due, starts = counted.due, moment
        limit = self._limit(version)
        if limit is not None and limit.moment is not None and limit.ends_before(due.on):
            due, starts = Moment(limit.last or due.on), limit.moment
        # the sentence is put together only when somebody asks for it
        return self._answer(
            rule, version, starts, due, partial(self._tell, rule.title, version, start.words, moment)
        )

    def _tell(self, title: str, version: Version, start: str, moment: Moment) -> str:
        counted, extended = self._counted(version, moment)
        told = Told(
            clock=self.clock,
            title=title,
            version=version,
            start=start,
            moment=moment,
            periods=self._periods(version),
            counted=counted,
            extended=extended,
            limit=self._limit(version),
        )
        return tell_reckoning(told)

    def _counted(self, version: Version, moment: Moment) -> tuple[Counted, Extended | None]:
        """Return the end of the period, lengthened for service or rolled, and the extension."""
        if self.clock.on_top_of is not None:
            moment = self.calendars.add(moment, version.period(self.clock.on_top_of)).due
        period = version.period(self.clock.figure)
        counted = self.calendars.add(moment, period)
        if self.clock.served is not None:
            extended = self._extended(counted)
            return extended.counted, extended
        if self.clock.rolls and period.unit in _ROLLED:
            rolled = self.calendars.roll(counted.due.on)
            if rolled.rolled_from is not None:
                return Counted(rolled.due, counted.holidays + rolled.holidays, rolled.rolled_from), None
        return counted, None

    def _periods(self, version: Version) -> tuple[Period, ...]:
        names = (self.clock.on_top_of, self.clock.figure)
        return tuple(version.period(name) for name in names if name is not None)

    def _extended(self, counted: Counted) -> Extended:
        return extend(
            counted.due.on,
            self.dates.method,
            key=self.clock.served or "",
            rulebook=self.rulebook,
            calendars=self.calendars,
        )

    def _limit(self, version: Version) -> Limit | None:
        """Return the outer limit, where the version has one."""
        named = self.clock.limit
        if named is None or not version.has(named[0]):
            return None
        start, moment, period = STARTS[named[1]], self.dates.at(named[1]), version.period(named[0])
        last = None
        if moment is not None and self.calendars.covers(local_day(moment)):
            counted = self.calendars.add(Moment(local_day(moment)), period)
            last = self.calendars.roll(counted.due.on).due.on
        return Limit(period=period, start=start, moment=moment, last=last)

    def _unknown(
        self, rule: Rule, version: Version, starts: Moment | None, key: str, period: Period | None = None
    ) -> Deadline:
        length = "" if period is None else f"{period}, and "
        return self._without(
            rule, version, starts, f"{length}cannot be computed: the case does not state {key}"
        )

    def _without(self, rule: Rule, version: Version, starts: Moment | None, why: str) -> Deadline:
        return self._answer(
            rule, version, starts, None, partial(tell_reason, rule.title, why, version, self.clock.note)
        )

    def _answer(
        self, rule: Rule, version: Version, starts: Moment | None, due: Moment | None, tell: Callable[[], str]
    ) -> Deadline:
        return Deadline(
            rule=rule.id,
            ref=self.clock.ref,
            who=rule.who or "",
            starts=starts,
            due=due,
            force=version.force or "",
            citation=version.citation,
            verified=version.verified,
            tell=tell,
        )


def _version_before(rule: Rule, found: NotEncoded) -> Version:
    """Return the version in whose time a rule is not encoded, else the first."""
    begun = [v for v in rule.versions if v.effective_from <= found.on]
    return begun[-1] if begun else rule.versions[0]
