"""How service lengthens a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openimr.law.calendars import Calendars, Counted
from openimr.law.rulebook import RuleBook
from openimr.law.rules import Version
from openimr.law.wording import METHOD_WORDS, day_words
from openimr.terms.case import ServiceMethod
from openimr.terms.period import Moment, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """The last day after the extension for service and the roll, and why."""

    counted: Counted
    words: str
    notes: tuple[str, ...]


# the same last days are extended again and again
@lru_cache(maxsize=2**14)
def extend(
    end: date, method: ServiceMethod | None, *, key: str, rulebook: RuleBook, calendars: Calendars
) -> Extended:
    """Return the last day of a period that service lengthens, rolled over days of rest.

    Where two rules give different lengths the longer one is taken and the
    shorter one named. A paper without proof of service is taken as mailed
    within California: the answer errs to the later day.

    Args:
        end: The last day without the extension, not rolled.
        method: How the paper was served; None where it is not stated.
        key: The key of the case that states the method.

    Source:
        Code Civ. Proc. 1013, 1010.6(a)(3)(B); 8 CCR 10605; *Matute* (2015).
    """
    notes: list[str] = []
    if method is None:
        method = ServiceMethod.MAIL_CA
        notes.append(f"{key} is not stated: {METHOD_WORDS[method]} is taken")
    ends = [
        (_add(end, version.period(method.value), calendars), version.period(method.value))
        for version in _rules(method, end, rulebook)
    ]
    counted, period = max(ends, key=lambda e: e[0].due.on)
    shortest = min(e[0].due.on for e in ends)
    if shortest != counted.due.on:
        notes.append(
            f"two rules on {METHOD_WORDS[method]} disagree: the shorter ends on {day_words(shortest)}"
        )
    words = f" + {period} ({METHOD_WORDS[method]})" if period.count else ""
    return Extended(counted=counted, words=words, notes=tuple(notes))


def _rules(method: ServiceMethod, on: date, rulebook: RuleBook) -> tuple[Version, ...]:
    found = (
        rulebook.version("service_extension", on),
        rulebook.version("service_extension_appeals_board", on),
    )
    return tuple(version for version in found if version.has(method.value))


def _add(end: date, period: Period, calendars: Calendars) -> Counted:
    longer = calendars.add(Moment(end), period)
    rolled = calendars.roll(longer.due.on)
    return Counted(rolled.due, longer.holidays + rolled.holidays, rolled.rolled_from)
