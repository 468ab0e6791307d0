"""``openimr law due``: the legal clocks of a case."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.formats import read_toml_file
from openimr.law.calendars import PACIFIC, local_day
from openimr.law.deadlines import deadlines
from openimr.law.order import check_dates
from openimr.law.rulebook import load_rulebook
from openimr.law.wording import moment_words
from openimr.terms.case import Case
from openimr.terms.eligibility import Deadline


@click.command(
    name="due",
    help=(
        "Print every legal clock of a case: what is due, by whom, when, and why.\n\n"
        "CASE is a case.toml. A clock that cannot be computed names the key that the case does "
        "not state. Dates that cannot stand together are reported beside the clocks."
    ),
    epilog="Example: openimr law due examples/baclofen-spasm/case.toml --on 2015-03-01",
)
@click.argument("case_file", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day from which days are left; today in California if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects, one a clock.")
def command(case_file: Path, on: datetime | None, as_json: bool) -> None:
    """Compute the clocks and print them."""
    case = read_toml_file(case_file, Case)
    day = on.date() if on else datetime.now(PACIFIC).date()
    found = deadlines(case, load_rulebook(case.case.programme))
    if as_json:
        print_json_line([_record(deadline, day) for deadline in found])
    else:
        print_table(
            f"Clocks of {case.case.number} on {day}",
            ("Ref", "Who", "Due", "Days left", "Explanation"),
            (_row(deadline, day) for deadline in found),
        )
    print_problems(check_dates(case), about=case.case.number)


def _days_left(deadline: Deadline, day: date) -> int | None:
    return None if deadline.due is None else (local_day(deadline.due) - day).days


def _row(deadline: Deadline, day: date) -> tuple[object, ...]:
    due = None if deadline.due is None else moment_words(deadline.due)
    return (deadline.ref, deadline.who, due, _days_left(deadline, day), deadline.explanation)


def _record(deadline: Deadline, day: date) -> dict[str, object]:
    verified = deadline.verified
    return {
        "rule": deadline.rule,
        "ref": deadline.ref,
        "who": deadline.who,
        "starts": str(deadline.starts) if deadline.starts else None,
        "due": str(deadline.due) if deadline.due else None,
        "days_left": _days_left(deadline, day),
        "force": deadline.force,
        "citation": deadline.citation,
        "verified": verified,
        "explanation": deadline.explanation,
    }
