"""Read a panel of reviewers, and say what about it needs a person's attention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from openimr.formats import read_toml_file
from openimr.law.calendars import local_day
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case
from openimr.terms.errors import AssignmentError, FileMissing
from openimr.terms.problem import Problem, Severity
from openimr.terms.reviewer import Panel, Reviewer
from openimr.vocabulary.specialties import all_specialties, specialty_named
from openimr.vocabulary.tables import read_table

_TAXONOMY = re.compile(r"[0-9A-Z]{9}X")


def read_panel(path: Path) -> Panel:
    """Return the panel of a ``panel.toml``.

    Raises:
        InputError: The file is missing, is not TOML, or has an unknown key.
        AssignmentError: It lists nobody, or two reviewers under one id.

    Source:
        The form of ``panel.toml``; a draw needs identifiers that name one person.
    """
    return check_reviewers(read_toml_file(path, Panel), name=path.name)


def check_reviewers(panel: Panel, *, name: str) -> Panel:
    """Return the panel if it lists somebody, and nobody twice.

    Args:
        panel: The panel.
        name: How messages call it.

    Raises:
        AssignmentError: It lists nobody, or two reviewers under one id.

    Source:
        A draw needs identifiers that name one person.
    """
    if not panel.reviewer:
        raise AssignmentError(
            asked=f"Read {name}",
            found="it lists no reviewers.",
            remedy="Add a [[reviewer]] for each physician of the panel.",
        )
    twice = [one for one, count in Counter(r.id for r in panel.reviewer).items() if count > 1]
    if twice:
        raise AssignmentError(
            asked=f"Read {name}",
            found=f"several reviewers have the id {', '.join(sorted(twice))}.",
            remedy="Give every reviewer an id of their own.",
        )
    return panel


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the case of a ``case.toml``, or those of every case folder below a folder.

    Raises:
        FileMissing: There is no such file, or the folder holds no ``case.toml``.
        InputError: A file is not TOML, or has an unknown key.

    Source:
        The form of ``case.toml``.
    """
    if not path.is_dir():
        return (read_toml_file(path, Case),)
    found = sorted(path.rglob("case.toml"))
    if not found:
        raise FileMissing(
            asked=f"Read the cases in {path}",
            found="there is no case.toml in it.",
            remedy="Name a folder of case folders, or one case.toml.",
        )
    return tuple(read_toml_file(file, Case) for file in found)


def due_day(case: Case) -> date | None:
    """Return the day by which a case must be determined, or None where its clock has not begun.

    Source:
        The determination clock of the rule book of its programme.
    """
    rule = f"{case.case.programme}.determination_deadline"
    found = deadlines(case, load_rulebook(case.case.programme))
    days = [local_day(d.due) for d in found if d.rule == rule and d.due is not None]
    return min(days, default=None)


def check_panel(panel: Panel) -> tuple[Problem, ...]:
    """Return what is wrong in the entries of a panel: unknown specialties and States, no capacity.

    Source:
        The list of specialties of the vocabulary; the States of the United States.
    """
    return tuple(problem for reviewer in panel.reviewer for problem in _problems(reviewer))


@cache
def state_code(state: str) -> str | None:
    """Return the two letters of a State that is written out or abbreviated, or None.

    Source:
        The States of the United States and the District of Columbia.

    Example:
        >>> state_code("California"), state_code("ca"), state_code("Ontario")
        ('CA', 'CA', None)
    """
    wanted = state.strip().casefold()
    for row in read_table("openimr.panel", "data/states.csv"):
        if wanted in (row["code"].casefold(), row["name"].casefold()):
            return row["code"]
    return None


def _problems(reviewer: Reviewer) -> Iterator[Problem]:
    yield from _specialty_problems(reviewer)
    yield from _licence_problems(reviewer)
    if reviewer.capacity == 0:
        yield _problem(
            "panel.no_capacity",
            f"{reviewer.id}.capacity",
            "The capacity is 0: no case can come.",
            "Raise it.",
        )


def _specialty_problems(reviewer: Reviewer) -> Iterator[Problem]:
    for name in (*(b.name for b in reviewer.boards), *reviewer.subspecialties):
        if specialty_named(name) is None:
            near = process.extract(
                name, [s.name for s in all_specialties()], scorer=fuzz.token_sort_ratio, limit=3
            )
            yield _problem(
                "panel.specialty_unknown",
                f"{reviewer.id}.boards",
                f"{name!r} is no specialty of the vocabulary; it fits no treatment.",
                f"Nearest known: {', '.join(match[0] for match in near)}.",
            )
    for code in reviewer.taxonomy:
        if _TAXONOMY.fullmatch(code) is None:
            yield _problem(
                "panel.taxonomy_unknown",
                f"{reviewer.id}.taxonomy",
                f"{code!r} is no code of the provider taxonomy.",
                "Write its ten signs, nine digits or letters and an X.",
            )


def _licence_problems(reviewer: Reviewer) -> Iterator[Problem]:
    for licence in reviewer.licences:
        if state_code(licence.state) is None:
            yield _problem(
                "panel.state_unknown",
                f"{reviewer.id}.licences",
                f"{licence.state!r} is no State; the licence does not count.",
                "Write the two letters or the name of a State.",
            )
    if not reviewer.licences:
        yield _problem(
            "panel.no_licence",
            f"{reviewer.id}.licences",
            "No licence is stated: no case can come.",
            "State each licence with its State, status and expiry.",
        )


def _problem(code: str, field: str, message: str, remedy: str) -> Problem:
    return Problem(code=code, field=field, message=message, remedy=remedy, severity=Severity.WARNING)
