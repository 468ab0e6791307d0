"""``openimr law fees``: what a review costs, and what delay may cost."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.formats import read_toml_file
from openimr.law.fees import fees
from openimr.law.order import check_dates
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case
from openimr.terms.eligibility import Charge


@click.command(
    name="fees",
    help=(
        "Print the review fee of a case, and the penalties that its delays may bring.\n\n"
        "CASE is a case.toml. The payer pays, never the employee. An amount that is not known, or that "
        "the case does not say enough for, is left open, and the reason stands beside it."
    ),
    epilog="Example: openimr law fees examples/baclofen-spasm/case.toml",
)
@click.argument("case_file", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects, one a charge.")
def command(case_file: Path, as_json: bool) -> None:
    """Compute the charges and print them."""
    case = read_toml_file(case_file, Case)
    found = fees(case, load_rulebook(case.case.programme))
    if as_json:
        print_json_line(found)
    else:
        print_table(
            f"Charges of {case.case.number}",
            ("Charge", "Amount", "Owed by", "Explanation", "Verified"),
            map(_row, found),
        )
    print_problems(check_dates(case), about=case.case.number)


def _row(charge: Charge) -> tuple[object, ...]:
    return (
        charge.kind.value.replace("_", " "),
        None if charge.amount_usd is None else f"${charge.amount_usd:,}",
        charge.owed_by,
        charge.explanation,
        charge.verified.how.value.replace("_", " "),
    )
