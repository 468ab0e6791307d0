"""A rule and its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Never

from openimr.law.figures import Figure, Item
from openimr.terms.errors import LawError
from openimr.terms.period import Period
from openimr.terms.places import Verified


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Version:
    """What a rule says from ``effective_from`` on, and how sure we are of it.

    A version with a ``reason`` states no figures: it is a known gap, or the time after a repeal.
    """

    rule: str
    effective_from: date
    figures: Mapping[str, Figure]
    force: str | None
    citation: str
    see_also: tuple[str, ...]
    verified: Verified
    repealed_on: date | None
    reason: str | None

    def has(self, name: str) -> bool:
        """Return whether the version states the figure.

        Source:
            The rule file.
        """
        return name in self.figures

    def period(self, name: str) -> Period:
        """Return a figure that is a period; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        return value if isinstance(value, Period) else self._refuse(name)

    def number(self, name: str) -> float:
        """Return a figure that is a number; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        return value if isinstance(value, int | float) else self._refuse(name)

    def flag(self, name: str) -> bool:
        """Return a figure that is true or false; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        return value if isinstance(value, bool) else self._refuse(name)

    def word(self, name: str) -> str:
        """Return a figure that is a text; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        return value if isinstance(value, str) else self._refuse(name)

    def day(self, name: str) -> date:
        """Return a figure that is a date; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        return value if isinstance(value, date) else self._refuse(name)

    def words(self, name: str) -> tuple[str, ...]:
        """Return a figure that is a list of texts; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        if not isinstance(value, tuple):
            self._refuse(name)
        return tuple(v for v in value if isinstance(v, str))

    def items(self, name: str) -> tuple[Item, ...]:
        """Return a figure that is an ordered list; LawError where the version states none.

        Source:
            The rule file.
        """
        value = self.figures.get(name)
        if not isinstance(value, tuple):
            self._refuse(name)
        return tuple(v for v in value if isinstance(v, Item))

    def _refuse(self, name: str) -> Never:
        raise LawError(
            asked=f"Read {name} of {self.rule}",
            found=f"the version from {self.effective_from} states no such figure.",
            remedy=f"It states: {', '.join(self.figures) or 'nothing'}.",
        )


@dataclass(frozen=True, slots=True)
class NotEncoded:
    """The answer where the rule book knows that it does not know."""

    rule: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule of law, with every version.

    ``picked_by`` names the date that selects the version, ``runs_from`` the
    date from which a period counts (None where the rule states no period),
    ``who`` has to act.
    """

    id: str
    title: str
    who: str | None
    picked_by: str
    runs_from: str | None
    versions: tuple[Version, ...]

    def version_on(self, on: date) -> Version | NotEncoded:
        """Return the one version in force on a day, or that none is encoded.

        Source:
            The rule file; a version runs until the next one or its repeal.
        """
        current = None
        for version in self.versions:
            if version.effective_from <= on:
                current = version
        if current is None:
            return NotEncoded(self.id, on, f"the rule begins on {self.versions[0].effective_from}")
        if current.reason is not None:
            return NotEncoded(self.id, on, current.reason)
        if current.repealed_on is not None and current.repealed_on <= on:
            return NotEncoded(self.id, on, f"the rule was repealed on {current.repealed_on}")
        return current
