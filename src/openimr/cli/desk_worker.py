"""``openimr desk worker``: work in the background."""

from __future__ import annotations

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import work


@click.command(
    name="worker",
    help=(
        "Do what waits in the background: read records, extract facts, draft, propose reviewers.\n\n"
        "Any number of workers may run, on any number of machines that reach the same database and files. "
        "A worker that is killed loses nothing: its job is taken anew."
    ),
    epilog="Example: openimr desk worker --at-once 2",
)
@click.option("--queue", "queues", multiple=True, help="Only this queue; may be given several times.")
@click.option("--at-once", default=1, show_default=True, type=click.IntRange(1), help="Jobs at once.")
@click.option("--until-empty", is_flag=True, help="Stop when nothing waits.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def command(queues: tuple[str, ...], at_once: int, until_empty: bool, as_json: bool) -> None:
    """Work until it is stopped."""
    say = (lambda _: None) if as_json else click.echo
    work(say, queues=queues, at_once=at_once, until_empty=until_empty)
    if as_json:
        print_json_line({"stopped": True})
