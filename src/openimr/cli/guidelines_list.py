"""``openimr guidelines list``: the documents and topics of the library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_table
from openimr.guidelines.library import Library, load_library
from openimr.guidelines.topic import Topic


@click.command(
    name="list",
    help=(
        "Print the guideline library: each document with its topics and criteria, or with --topics every "
        "topic of every edition.\n\n"
        "A topic without criteria is a gist alone. What was only recalled is counted as such."
    ),
    epilog="Example: openimr guidelines list --topics --document mtus-cp-2009",
)
@click.option("--topics", "with_topics", is_flag=True, help="Every topic instead of every document.")
@click.option("--document", help="One document only, such as mtus-cp-2009.")
@click.option(
    "--guidelines",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with a guideline pack of your own; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects.")
def command(with_topics: bool, document: str | None, packs: tuple[Path, ...], as_json: bool) -> None:
    """Print documents or topics."""
    library = load_library(packs)
    topics = [t for t in library.topics if document in (None, t.document)]
    if as_json:
        print_json_line([_topic(t) for t in topics] if with_topics else _documents(library, topics))
    elif with_topics:
        print_table(
            f"{len(topics)} topics",
            ("Topic", "Document", "Title", "Status", "Criteria", "Verified"),
            (
                (t.id, t.document, t.title, t.status, len(t.criterion) or "gist", t.verified.how.value)
                for t in topics
            ),
        )
    else:
        print_table(
            f"{len(library.documents)} documents, {len({t.id for t in library.topics})} topics",
            ("Document", "Title", "Topics", "Criteria", "Recalled"),
            (tuple(row.values()) for row in _documents(library, topics)),
        )


def _topic(topic: Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "document": topic.document,
        "title": topic.title,
        "status": topic.status,
        "gist": topic.gist,
        "criteria": [c.id for c in topic.criterion],
        "verified": topic.verified.how,
    }


def _documents(library: Library, topics: list[Topic]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for document in library.documents.values():
        own = [t for t in topics if t.document == document.id]
        how = Counter(c.verified.how.value for t in own for c in t.criterion)
        rows.append(
            {
                "document": document.id,
                "title": document.title,
                "topics": len(own),
                "criteria": how.total(),
                "recalled": how["recalled"],
            }
        )
    return rows
