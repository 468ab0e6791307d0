"""Every legal clock of a case, computed from the rule book, each explaining itself."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.law.calendars import Calendars, Counted, load_calendars, local_day
from openimr.law.clocks import CLOCKS, Clock
from openimr.law.rulebook import RuleBook
from openimr.law.rules import NotEncoded, Rule, Version
from openimr.law.service import extend
from openimr.law.starts import STARTS, Start
from openimr.law.wording import (
    day_words,
    doubt_words,
    holiday_doubts,
    moment_words,
    rolled_words,
    skipped_words,
)
from openimr.terms.case import Case
from openimr.terms.eligibility import Deadline
from openimr.terms.period import Moment, Unit

# Units whose last day is a day of rest now and then; a working day never is.
_ROLLED = (Unit.CALENDAR_DAYS, Unit.DAYS, Unit.MONTHS)


def deadlines(case: Case, rulebook: RuleBook) -> tuple[Deadline, ...]:
    """Return every clock that a case has, in the order of the deadline table.

    A clock that cannot be computed has ``due = None`` and names the key that
    is missing.

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
    calendars = load_calendars(rulebook.programme)
    found = (_Computation(c, case, rulebook, calendars).deadline() for c in CLOCKS if c.applies(case))
    return tuple(d for d in found if d is not None)


@dataclass(frozen=True, slots=True)
class _Computation:
    """One clock of one case while it is computed."""

    clock: Clock
    case: Case
    rulebook: RuleBook
    calendars: Calendars

    def deadline(self) -> Deadline | None:
        """Return the deadline; None where the rule knows no such period on that day."""
        rule = self.rulebook.rule(self.clock.rule)
        picked = STARTS[rule.picked_by].read(self.case)
        if picked is None:
            return self._unknown(rule, rule.versions[-1], None, STARTS[rule.picked_by].key)
        version = rule.version_on(local_day(picked))
        if isinstance(version, NotEncoded):
            return self._without(rule, rule.versions[0], None, f"not encoded for this case: {version.reason}")
        if not version.has(self.clock.figure) or self._has_given_way(version):
            return None
        missing = self.clock.missing(self.case)
        if missing is not None:
            return self._unknown(rule, version, None, missing)
        return self._from_start(rule, version)

    def _has_given_way(self, version: Version) -> bool:
        """Whether a shorter period of the version stands in place of this clock for every item."""
        return version.has(self.clock.yields_to) and self.clock.yields(self.case)

    def _from_start(self, rule: Rule, version: Version) -> Deadline:
        assert rule.runs_from is not None
        start = STARTS[rule.runs_from]
        moment = start.read(self.case)
        if moment is None:
            return self._unknown(rule, version, None, start.key)
        for later in self.clock.not_before:
            other = later.read(self.case)
            if other is not None and local_day(other) > local_day(moment):
                start, moment = later, other
        period = version.period(self.clock.figure)
        if period.unit is Unit.HOURS and moment.at is None:
            return self._unknown(rule, version, moment, f"the hour of {start.key}")
        if not self.calendars.covers(local_day(moment)):
            years = f"{self.calendars.first.year} to {self.calendars.last.year}"
            reason = f"{start.key} is {day_words(moment.on)}: holidays are on file from {years}"
            return self._without(rule, version, moment, reason)
        return self._computed(rule, version, start, moment)

    def _computed(self, rule: Rule, version: Version, start: Start, moment: Moment) -> Deadline:
        period = version.period(self.clock.figure)
        counted = self.calendars.add(moment, period)
        extended, notes = "", list(filter(None, (self.clock.note, doubt_words(version.verified.how))))
        if self.clock.served is not None:
            longer = extend(
                counted.due.on,
                self.clock.served(self.case),
                key=self.clock.service_key,
                rulebook=self.rulebook,
                calendars=self.calendars,
            )
            counted, extended = longer.counted, longer.words
            notes.extend(longer.notes)
        elif period.unit in _ROLLED:
            counted = self.calendars.roll(counted.due.on)
        due = moment_words(counted.due)
        if counted.rolled_from is not None:
            due += f" ({rolled_words(counted.rolled_from, counted.holidays)})"
        elif counted.holidays:
            notes.insert(0, skipped_words(counted.holidays))
        notes.extend(holiday_doubts(counted.holidays))
        begun = moment_words(moment) if period.unit is Unit.HOURS else day_words(local_day(moment))
        sentence = (
            f"{period} from {begun} ({start.words}){extended} = {due}, {version.citation}, {version.force}"
        )
        return self._answer(rule, version, moment, counted, "; ".join((sentence, *notes)))

    def _unknown(self, rule: Rule, version: Version, starts: Moment | None, key: str) -> Deadline:
        return self._without(rule, version, starts, f"cannot be computed: the case does not state {key}")

    def _without(self, rule: Rule, version: Version, starts: Moment | None, why: str) -> Deadline:
        return self._answer(rule, version, starts, None, f"{rule.title}: {why}, {version.citation}")

    def _answer(
        self, rule: Rule, version: Version, starts: Moment | None, counted: Counted | None, sentence: str
    ) -> Deadline:
        return Deadline(
            rule=rule.id,
            ref=self.clock.ref,
            who=rule.who or "",
            starts=starts,
            due=None if counted is None else counted.due,
            force=version.force or "",
            citation=version.citation,
            verified=version.verified,
            explanation=sentence,
        )
