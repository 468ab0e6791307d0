"""``openimr desk createsuperuser``: the first account, or any other one."""

from __future__ import annotations

import sys

import click

from openimr.casework.roles import Role
from openimr.cli.show import print_json_line
from openimr.desk.running import desk, make_account


@click.command(
    name="createsuperuser",
    help=(
        "Make an account: an administrator, who makes all others on the page of users, or with --role "
        "somebody else.\n\nThe password is asked for, or read from standard input with --password-stdin."
    ),
    epilog="Example: openimr desk createsuperuser ada --name 'Ada Park'",
)
@click.argument("username")
@click.option("--name", default="", help="The name of the person.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role if role is not Role.SYSTEM]),
    default=Role.ADMINISTRATOR.value,
    show_default=True,
    help="What the person does.",
)
@click.option("--party", default="", help="For a payer or an applicant: the party whose cases these are.")
@click.option("--reviewer", default="", help="For a reviewer: the identifier in the panel.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the account.")
def command(
    username: str, name: str, role: str, party: str, reviewer: str, password_stdin: bool, as_json: bool
) -> None:
    """Make an account."""
    if password_stdin:
        password = sys.stdin.readline().strip()
    else:
        asked = "Password (15 characters or more)"
        password = str(click.prompt(asked, hide_input=True, confirmation_prompt=True))
    with desk(migrate=True):
        made = make_account(username, password, role=role, name=name, party=party, reviewer=reviewer)
    if as_json:
        print_json_line({"username": made, "role": role})
    else:
        click.echo(f"{made} can sign in as {role.replace('_', ' ')}.")
