"""Read the rule files of a programme; a faulty one is refused with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Never

from openimr.law.figures import KNOWN_FIGURES, Figure, FigureInvalid, read_figure
from openimr.law.rules import Rule, Version
from openimr.law.starts import START_NAMES
from openimr.terms.errors import LawError
from openimr.terms.places import Verification, Verified

RULE_KEYS = ("id", "title", "who", "picked_by", "runs_from", "version")
VERSION_KEYS = (
    "effective_from",
    "force",
    "citation",
    "see_also",
    "verified",
    "repealed_on",
    "reason",
)
FORCES = ("mandatory", "directory", "permissive")
# What stands beside the rules of a programme and is none.
OTHER_FILES = ("clocks.toml", "programme.toml", "regimes.toml")
# The date that selects the version may also be the day somebody asks about.
PICKS = (*START_NAMES, "day_asked_about")


def read_rules(folder: Traversable, programme: str) -> dict[str, Rule]:
    """Return the rules of a folder by identifier.

    Args:
        folder: One TOML file a rule.
        programme: How every identifier begins.

    Raises:
        LawError: A file is faulty.

    Source:
        House rule: one programme a folder, one rule a file.
    """
    rules: dict[str, Rule] = {}
    named: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml") or file.name in OTHER_FILES:
            continue
        rule = _RuleFile(file.name, file.read_text(encoding="utf-8")).rule(programme)
        if rule.id in rules:
            raise LawError(
                asked=f"Load {file.name}",
                found=f"its id {rule.id} is that of {named[rule.id]} too.",
                remedy="Give each rule one file and each file one rule.",
            )
        rules[rule.id] = rule
        named[rule.id] = file.name
    return rules


class _RuleFile:
    """One rule file while it is read: its text, so that errors can name the line."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text

    def rule(self, programme: str) -> Rule:
        data = self._data()
        for key in data:
            if key not in RULE_KEYS:
                self._refuse(
                    f"it has the unknown key {key!r}", f"Known keys are: {', '.join(RULE_KEYS)}.", key
                )
        identifier = self._text_of(data, "id")
        if not identifier.startswith(f"{programme}."):
            self._refuse(
                f"its id {identifier!r} is not one of {programme}", "Begin it with the programme.", "id"
            )
        if identifier != f"{programme}.{self._name.removesuffix('.toml')}":
            self._refuse(f"its id {identifier!r} is not its file name", "Name the file after the rule.", "id")
        versions = self._versions(data, identifier)
        return Rule(
            id=identifier,
            title=self._text_of(data, "title"),
            who=self._text_of(data, "who") if "who" in data else None,
            picked_by=self._one_of(data, "picked_by", PICKS),
            runs_from=self._one_of(data, "runs_from", START_NAMES) if "runs_from" in data else None,
            versions=versions,
        )

    def _data(self) -> dict[str, object]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            raise LawError(
                asked=f"Load {self._name}",
                found=f"it is not valid TOML: {error}.",
                remedy="Correct the line that is named; a key may stand once only.",
            ) from error

    def _versions(self, data: Mapping[str, object], identifier: str) -> tuple[Version, ...]:
        tables = data.get("version")
        if not isinstance(tables, list) or not tables:
            self._refuse("it has no [[version]]", "Add the version in force.", "id")
        versions = tuple(self._version(t, n, identifier) for n, t in enumerate(tables))
        self._check_sequence(versions)
        return versions

    def _version(self, table: Mapping[str, object], number: int, identifier: str) -> Version:
        known = (*VERSION_KEYS, *KNOWN_FIGURES)
        for key in table:
            if key not in known:
                self._refuse(
                    f"a version has the unknown key {key!r}",
                    f"Known keys are: {', '.join(known)}.",
                    key,
                    number,
                )
        reason = self._text_of(table, "reason", number) if "reason" in table else None
        figures = self._figures(table, number)
        if reason is not None and figures:
            self._refuse("a known gap states figures", "Remove the reason or the figures.", "reason", number)
        if reason is None and not figures:
            self._refuse(
                "a version states no figure", "Add it, or the reason for the gap.", "effective_from", number
            )
        return Version(
            rule=identifier,
            effective_from=self._day_of(table, "effective_from", number),
            figures=figures,
            force=self._one_of(table, "force", FORCES, number) if "force" in table else None,
            citation=self._text_of(table, "citation", number),
            see_also=self._see_also(table, number),
            verified=self._verified(table, number),
            repealed_on=self._day_of(table, "repealed_on", number) if "repealed_on" in table else None,
            reason=reason,
        )

    def _figures(self, table: Mapping[str, object], number: int) -> dict[str, Figure]:
        figures: dict[str, Figure] = {}
        for key, value in table.items():
            if key in KNOWN_FIGURES:
                try:
                    figures[key] = read_figure(key, value)
                except FigureInvalid as error:
                    self._refuse(str(error), "Correct the figure.", key, number)
        return figures

    def _see_also(self, table: Mapping[str, object], number: int) -> tuple[str, ...]:
        value = table.get("see_also", [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self._refuse("see_also is not a list of texts", "Write it as a list.", "see_also", number)
        return tuple(value)

    def _verified(self, table: Mapping[str, object], number: int) -> Verified:
        value = table.get("verified")
        if not isinstance(value, Mapping) or not {"how", "source", "on"} >= set(value) >= {"how", "on"}:
            self._refuse(
                "a version does not say how it was verified",
                'Add verified = { how = "seen", source = "...", on = 2026-11-22 }.',
                "verified",
                number,
            )
        how, source = value["how"], value.get("source")
        if how not in set(Verification):
            self._refuse(
                f"{how!r} is no way to verify", f"Known are: {', '.join(Verification)}.", "verified", number
            )
        if how != Verification.RECALLED and not (isinstance(source, str) and source):
            self._refuse("what is not recalled needs its source", "Name the source.", "verified", number)
        return Verified(how=Verification(how), source=source, on=self._day_of(value, "on", number))

    def _check_sequence(self, versions: tuple[Version, ...]) -> None:
        for number, (one, following) in enumerate(pairwise(versions), 1):
            begins = following.effective_from
            if begins <= one.effective_from:
                self._refuse(
                    f"the version from {begins} overlaps the one from {one.effective_from}",
                    "Order the versions by their first day, one version a day.",
                    "effective_from",
                    number,
                )
            if one.repealed_on is not None and one.repealed_on > begins:
                self._refuse(
                    f"the version repealed on {one.repealed_on} overlaps the one from {begins}",
                    "Correct the day of the repeal.",
                    "repealed_on",
                    number - 1,
                )
            if one.repealed_on is not None and one.repealed_on < begins:
                self._refuse(
                    f"nothing explains the gap from {one.repealed_on} to {begins}",
                    "Add a version with a reason for those days.",
                    "effective_from",
                    number,
                )

    def _text_of(self, table: Mapping[str, object], key: str, number: int | None = None) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self._refuse(
                f"{'a version' if number is not None else 'it'} has no {key}", f"Add the {key}.", key, number
            )
        return value

    def _one_of(
        self, table: Mapping[str, object], key: str, known: tuple[str, ...], number: int | None = None
    ) -> str:
        value = self._text_of(table, key, number)
        if value not in known:
            self._refuse(f"{key} is {value!r}", f"Known are: {', '.join(known)}.", key, number)
        return value

    def _day_of(self, table: Mapping[str, object], key: str, number: int) -> date:
        value = table.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._refuse(f"a version has no date {key}", "Write it as 2013-01-01.", key, number)
        return value

    def _refuse(self, found: str, remedy: str, key: str, number: int | None = None) -> Never:
        raise LawError(
            asked=f"Load {self._name}, line {self._line(key, number)}",
            found=f"{found}.",
            remedy=remedy,
        )

    def _line(self, key: str, number: int | None) -> int:
        """Return the line of a key in the version of that number (from 0), else of the version."""
        starts = [m.start() for m in re.finditer(r"^\s*\[\[version\]\]", self._text, re.MULTILINE)]
        begin, end = 0, len(self._text)
        if number is not None and number < len(starts):
            begin = starts[number]
            end = starts[number + 1] if number + 1 < len(starts) else end
        found = re.compile(rf"^[ \t]*\[*{re.escape(key)}\b", re.MULTILINE).search(self._text, begin, end)
        at = found.start() if found else begin
        at += len(self._text[at:]) - len(self._text[at:].lstrip())
        return self._text.count("\n", 0, at) + 1
