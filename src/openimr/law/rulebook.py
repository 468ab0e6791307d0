"""The rule book of a programme: every rule with its dated versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from openimr.law.figures import Figure, Item
from openimr.law.programmes import Regime, read_programme
from openimr.law.reading import read_rules
from openimr.law.rules import NotEncoded, Rule, Version
from openimr.terms.errors import LawError

__all__ = [
    "Figure",
    "Item",
    "NotEncoded",
    "Regime",
    "Rule",
    "RuleBook",
    "Version",
    "load_rulebook",
    "programmes",
]


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """All rules of one programme, by identifier.

    ``calendars`` is the programme whose holidays it counts with,
    ``not_encoded`` what is known to be missing.
    """

    programme: str
    rules: Mapping[str, Rule]
    regimes: tuple[Regime, ...]
    calendars: str
    title: str
    not_encoded: tuple[Item, ...]

    def rule(self, name: str) -> Rule:
        """Return the rule of that identifier; the programme may be left out.

        Raises:
            LawError: There is no such rule; the known ones are listed.

        Source:
            The rule files of the programme.
        """
        known = self.rules.get(f"{self.programme}.{name}") or self.rules.get(name)
        if known is None:
            raise LawError(
                asked=f"Look up the rule {name}",
                found=f"the rule book of {self.programme} has no such rule.",
                remedy=f"Known rules are: {', '.join(sorted(self.rules))}.",
            )
        return known

    def version_on(self, name: str, on: date) -> Version | NotEncoded:
        """Return the version of a rule that is in force on a day, or that none is encoded.

        Raises:
            LawError: There is no such rule.

        Source:
            The rule files of the programme.
        """
        return _version_on(self, name, on)

    def version(self, name: str, on: date) -> Version:
        """Return the version of a rule that is in force on a day.

        Raises:
            LawError: The rule is not encoded for that day.

        Source:
            The rule files of the programme.
        """
        found = self.version_on(name, on)
        if isinstance(found, NotEncoded):
            raise LawError(
                asked=f"Apply {found.rule} on {on}",
                found=f"the rule is not encoded for that day: {found.reason}.",
                remedy="Add a version of the rule from the official text, or ask a person.",
            )
        return found

    def has_table(self, name: str) -> bool:
        """Return whether the programme has a table of that name, such as ``fees.csv``.

        Source:
            The folder of the programme.
        """
        return _has_table(self.programme, name)

    def regimes_on(self, on: date) -> tuple[Regime, ...]:
        """Return the labels of the law in force on a day; statute and regulations may differ.

        Source:
            ``regimes.toml`` of the programme.
        """
        return tuple(r for r in self.regimes if r.begins <= on and (r.ends is None or on <= r.ends))


@lru_cache(maxsize=2**16)
def _version_on(rulebook: RuleBook, name: str, on: date) -> Version | NotEncoded:
    return rulebook.rule(name).version_on(on)


@cache
def _has_table(programme: str, name: str) -> bool:
    return files("openimr.law").joinpath(programme, name).is_file()


def programmes() -> tuple[str, ...]:
    """Return the programmes that are encoded, as far as each is.

    Source:
        One folder a programme.
    """
    folders = files("openimr.law").iterdir()
    return tuple(sorted(f.name for f in folders if f.name.startswith("us_") and f.is_dir()))


@cache
def load_rulebook(programme: str = "us_ca_wc") -> RuleBook:
    """Return the rule book of a programme, read and checked once.

    Raises:
        LawError: The programme is unknown, or a rule file is faulty; the message
            names the file and the line.

    Source:
        The TOML files of the folder that bears the programme's name.

    Example:
        >>> version = load_rulebook().version("determination_deadline", date(2014, 5, 12))
        >>> str(version.period("regular")), version.force
        ('30 calendar days', 'directory')
    """
    here, known = files("openimr.law"), programmes()
    if programme not in known:
        raise LawError(
            asked=f"Load the rule book of {programme}",
            found="there is no such programme.",
            remedy=f"Known programmes are: {', '.join(known)}.",
        )
    about = read_programme(here / programme)
    return RuleBook(
        programme=programme,
        rules=read_rules(here / programme, programme),
        regimes=about.regimes,
        calendars=about.calendars,
        title=about.title,
        not_encoded=about.not_encoded,
    )
