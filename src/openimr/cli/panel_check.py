"""``openimr panel check``: every reviewer of a panel against a case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.formats import read_toml_file
from openimr.law.calendars import PACIFIC
from openimr.law.qualifications import reviewer_rules
from openimr.panel.read import check_panel, read_panel
from openimr.panel.select import ReviewerCheck, check_reviewer
from openimr.terms.case import Case
from openimr.terms.errors import AssignmentError
from openimr.vocabulary.requests import parse_request


@click.command(
    name="check",
    help=(
        "Print for every reviewer of a panel whether a case may come to them, and every reason.\n\n"
        "PANEL is a panel.toml. Credentials, ties and absences are judged on the day of --on. A "
        "possible conflict is for a person: it holds the reviewer back until it is cleared."
    ),
    epilog=(
        "Example: openimr panel check examples/baclofen-spasm/panel.toml "
        "--case examples/baclofen-spasm/case.toml --on 2015-02-24"
    ),
)
@click.argument("panel_file", metavar="PANEL", type=click.Path(path_type=Path))
@click.option("--case", "case_file", required=True, type=click.Path(path_type=Path), help="The case.toml.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the assignment; today in California if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects, one a reviewer.")
def command(panel_file: Path, case_file: Path, on: datetime | None, as_json: bool) -> None:
    """Check the reviewers and print what stands for and against each."""
    case = read_toml_file(case_file, Case)
    panel = read_panel(panel_file)
    day = on.date() if on else datetime.now(PACIFIC).date()
    if not case.disputes:
        raise AssignmentError(
            asked=f"Check the panel against {case.case.number}",
            found="the case has no disputed treatment that a specialty could fit.",
            remedy="Add the [[dispute]] tables of the case.",
        )
    rules = reviewer_rules(case.case.programme, day)
    treatments = tuple(parse_request(d.request) for d in case.disputes)
    checks = [check_reviewer(r, case, treatments, rules=rules, on=day) for r in panel.reviewer]
    if as_json:
        print_json_line([_record(check) for check in checks])
    else:
        print_table(
            f"Reviewers for {case.case.number} on {day}",
            ("Reviewer", "May review", "Fit", f"Licensed in {rules.preferred_state}", "Reasons"),
            (_row(check) for check in checks),
        )
    print_problems(check_panel(panel), about=panel_file.name)


def _verdict(check: ReviewerCheck) -> str:
    if check.exclusions:
        return "no"
    return "ask a person" if check.possible else "yes"


def _row(check: ReviewerCheck) -> tuple[object, ...]:
    reasons = [f"{e.code}: {e.reason}" for e in (*check.exclusions, *check.possible)]
    reasons = reasons or [f.reason for f in check.fits]
    preferred = "yes" if check.is_preferred_state else "no"
    return (check.reviewer, _verdict(check), check.fit.value, preferred, "\n".join(reasons))


def _record(check: ReviewerCheck) -> dict[str, object]:
    return {
        "reviewer": check.reviewer,
        "is_assignable": check.is_assignable,
        "exclusions": check.exclusions,
        "possible_conflicts": check.possible,
        "fit": check.fit,
        "fits": check.fits,
        "is_preferred_state": check.is_preferred_state,
    }
