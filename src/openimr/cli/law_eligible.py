"""``openimr law eligible``: may a case be reviewed."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.formats import read_toml_file
from openimr.law.eligibility import check_eligibility
from openimr.law.order import check_dates
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case
from openimr.terms.eligibility import Eligibility, Ground


@click.command(
    name="eligible",
    help=(
        "Print every ground against the review of a case, for each disputed item.\n\n"
        "CASE is a case.toml. What the case does not say makes nothing ineligible; it is listed. "
        "A question for a person holds its item back until it is answered."
    ),
    epilog="Example: openimr law eligible examples/baclofen-spasm/case.toml --json",
)
@click.argument("case_file", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "--other",
    "other_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Another case.toml, among which duplicates are looked for; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(case_file: Path, other_files: tuple[Path, ...], as_json: bool) -> None:
    """Check eligibility and print it."""
    case = read_toml_file(case_file, Case)
    others = [read_toml_file(path, Case) for path in other_files]
    found = check_eligibility(case, load_rulebook(case.case.programme), others=others)
    if as_json:
        print_json_line(found)
    else:
        _print(case, found)
    print_problems(check_dates(case), about=case.case.number)


def _print(case: Case, found: Eligibility) -> None:
    going_on = ", ".join(str(n) for n in found.eligible) or "none"
    click.echo(f"{case.case.number}: {going_on} of {len(case.disputes)} disputed items go on to review.")
    if found.grounds or found.alerts:
        print_table(
            "Grounds and alerts",
            ("Code", "Item", "Outcome", "Found", "Cure", "Cure by", "Decided by", "Citation"),
            (_row(ground) for ground in (*found.grounds, *found.alerts)),
        )
    if found.unknown:
        click.echo("Not stated in the case, and so not checked:")
    for words in found.unknown:
        click.echo(f"- {words}")


def _row(ground: Ground) -> tuple[object, ...]:
    return (
        ground.code,
        ground.dispute or "all",
        ground.outcome.value.replace("_", " "),
        ground.found,
        ground.cure,
        ground.cure_by,
        ground.decided_by.value.replace("_", " "),
        f"{ground.citation} ({ground.verified.how.value.replace('_', ' ')})",
    )
