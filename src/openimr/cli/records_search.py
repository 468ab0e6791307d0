"""``openimr records search``: find words in a case file that was read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_table
from openimr.records.folder import read_records
from openimr.records.search import PageIndex, SearchFilter
from openimr.terms.records import ExhibitType, ReadBy

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    name="search",
    help=(
        "Search every page of a case file, recognized ones included. DIR is a folder that openimr records "
        "read wrote.\n\n"
        'Words beside each other must all be on the page; "quotation marks" make a phrase; AND, OR, NOT '
        "and parentheses work as in a library; tend* finds beginnings. Hits come in the order of the file."
    ),
    epilog="Example: openimr records search out/records '\"physical therapy\" NOT denied' --type rfa",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("query")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([kind.value for kind in ExhibitType]),
    help="Only documents of this kind; may be given more than once.",
)
@click.option("--since", type=_DAY, metavar="DATE", help="Only documents dated this day or later.")
@click.option("--until", type=_DAY, metavar="DATE", help="Only documents dated this day or earlier.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the query and its hits.")
def command(
    folder: Path,
    query: str,
    types: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Search a case file."""
    only = SearchFilter(
        types=tuple(ExhibitType(kind) for kind in types),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    hits = PageIndex(read_records(folder)).search(query, only)
    if as_json:
        print_json_line({"query": query, "hits": hits})
        return
    rows = (
        (
            hit.page,
            hit.exhibit,
            hit.on,
            hit.title,
            f"{hit.snippet}{' (recognized)' if hit.read_by is not ReadBy.TEXT_LAYER else ''}",
        )
        for hit in hits
    )
    print_table(f"{len(hits)} pages", ("Page", "Exhibit", "Date", "Document", "Where"), rows)
