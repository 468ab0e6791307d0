"""The sentence of a clock: how its day was reached, or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.law.calendars import Counted, local_day
from openimr.law.clocks import Clock
from openimr.law.rules import Version
from openimr.law.service import Extended
from openimr.law.starts import Start
from openimr.law.wording import (
    day_words,
    doubt_words,
    holiday_doubts,
    moment_words,
    rolled_words,
    skipped_words,
)
from openimr.terms.period import Moment, Period, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """An outer limit: its length, the date it runs from, and its last day where that can be told."""

    period: Period
    start: Start
    moment: Moment | None
    last: date | None

    def ends_before(self, day: date) -> bool:
        """Return whether the limit is known to end before a day.

        Source:
            Lab. Code 4610(i)(1).
        """
        return self.last is not None and self.last < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a day was reached: everything that its sentence says."""

    clock: Clock
    title: str
    version: Version
    start: str
    moment: Moment
    periods: tuple[Period, ...]
    counted: Counted
    extended: Extended | None
    limit: Limit | None

    @property
    def cut(self) -> date | None:
        """The last day of the outer limit where it ends the period before its own end."""
        if self.limit is None or not self.limit.ends_before(self.counted.due.on):
            return None
        return self.limit.last


def tell_reckoning(told: Told) -> str:
    """Return the sentence of a clock that has a day.

    Source:
        House rule: a deadline explains itself.
    """
    version, counted = told.version, told.counted
    due = moment_words(counted.due)
    if counted.rolled_from is not None:
        due += f" ({rolled_words(counted.rolled_from, counted.holidays)})"
    hours = told.periods[0].unit is Unit.HOURS
    begun = moment_words(told.moment) if hours else day_words(local_day(told.moment))
    length = " + ".join(str(p) for p in told.periods)
    extended = told.extended.words if told.extended is not None else ""
    sentence = f"{length} from {begun} ({told.start}){extended} = {due}, {version.citation}, {version.force}"
    return "; ".join((sentence, *_notes(told)))


def _notes(told: Told) -> list[str]:
    notes = []
    if told.limit is not None:
        notes.append(_limit_words(told.limit, told.cut))
    if told.counted.rolled_from is None and told.counted.holidays:
        notes.append(skipped_words(told.counted.holidays))
    notes.extend(
        words.format(told.version.period(name)) for name, words in told.clock.beside if told.version.has(name)
    )
    notes.extend(filter(None, (told.clock.note, doubt_words(told.version.verified.how))))
    if told.extended is not None:
        notes.extend(told.extended.notes)
    notes.extend(holiday_doubts(told.counted.holidays))
    return notes


def _limit_words(limit: Limit, cut: date | None) -> str:
    if limit.last is None:
        return f"the outer limit of {limit.period} ({limit.start.words}) is not checked: {limit.start.key}"
    length = f"{limit.period} ({limit.start.words})"
    if cut is not None:
        return f"cut to {day_words(cut)}: the outer limit is {length}"
    return f"the outer limit is {day_words(limit.last)}, {length}"


def tell_reason(title: str, why: str, version: Version, note: str) -> str:
    """Return the sentence of a clock that has no day.

    Source:
        House rule: a clock that cannot be computed names what is missing.
    """
    sentence = f"{title}: {why}, {version.citation}"
    return "; ".join(filter(None, (sentence, note, doubt_words(version.verified.how))))
