"""``openimr desk migrate``: the tables of this version."""

from __future__ import annotations

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk


@click.command(
    name="migrate",
    help=(
        "Make the data folder and the database, or bring the tables to this version. "
        "openimr desk serve and worker do it themselves; a second run only looks."
    ),
    epilog="Example: openimr desk migrate",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the data folder.")
def command(as_json: bool) -> None:
    """Bring the tables to this version."""
    with desk((lambda _: None) if as_json else click.echo, migrate=True) as environment:
        if as_json:
            print_json_line({"data": str(environment.data)})
        else:
            click.echo("The tables are those of this version.")
