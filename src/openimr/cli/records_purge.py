"""``openimr records purge``: remove the pages that reading kept."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.records.cache import default_folder, purge, purge_spilled, ray_folder


@click.command(
    name="purge",
    help=(
        "Remove the pages that openimr records read kept, so that no text of a record stays behind. "
        "Results in folders that --out named are not touched. Unless --cache is given, what Ray left in the "
        "folder ray beside the kept pages goes too; stop Ray first."
    ),
    epilog="Example: openimr records purge",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder that was given to openimr records read, if one was.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the folder and how many.")
def command(cache: Path | None, as_json: bool) -> None:
    """Remove the pages that reading kept."""
    folder = cache or default_folder()
    removed = purge(folder) + (0 if cache else purge_spilled(ray_folder()))
    if as_json:
        print_json_line({"folder": str(folder), "removed": removed})
    else:
        click.echo(f"{removed} kept results removed from {folder}.")
