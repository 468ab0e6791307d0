"""``openimr desk purge``: remove what the desk can make again."""

from __future__ import annotations

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk, module
from openimr.records.cache import purge


@click.command(
    name="purge",
    help=(
        "Remove what the desk drew and read of records and can make again: pictures of pages, and the kept "
        "results of reading. Cases, files and logs stay."
    ),
    epilog="Example: openimr desk purge",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: how many of each.")
def command(as_json: bool) -> None:
    """Remove what can be made again."""
    with desk((lambda _: None) if as_json else click.echo) as environment:
        pictures = module("pictures").clear()
        pages = purge(environment.data / "pages")
    if as_json:
        print_json_line({"pictures": pictures, "pages": pages})
    else:
        click.echo(f"{pictures} pictures and {pages} kept results of reading removed.")
