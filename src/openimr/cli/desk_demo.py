"""``openimr desk demo``: invented cases and accounts in an empty desk."""

from __future__ import annotations

import click

from openimr.cli.show import print_json_line, print_table
from openimr.desk.running import desk, module


@click.command(
    name="demo",
    help=(
        "Fill an empty desk with invented cases in every stage, and print one account for each role.\n\n"
        "Passwords are printed this once. Roles that see cases of others are asked for a second factor: "
        "three codes that each work once are printed with them."
    ),
    epilog="Example: OPENIMR_DATA=/tmp/desk openimr desk demo",
)
@click.option("--cases", type=click.IntRange(0), help="How many cases; else one of each stage.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each account.")
def command(cases: int | None, as_json: bool) -> None:
    """Fill the desk."""
    with desk(migrate=True):
        accounts = module("demo").fill(cases=cases)
    if as_json:
        for account in accounts:
            print_json_line(account)
        return
    rows = [(a.username, a.role.value.replace("_", " "), a.password, "  ".join(a.codes)) for a in accounts]
    print_table("Accounts, printed this once", ("name", "role", "password", "codes, each once"), rows)
