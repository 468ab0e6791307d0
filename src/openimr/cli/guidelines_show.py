"""``openimr guidelines show``: one topic with its criteria, in every edition."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_table
from openimr.guidelines.library import Library, load_library
from openimr.guidelines.topic import Criterion, Topic
from openimr.terms.errors import InputError


@click.command(
    name="show",
    help=(
        "Print a topic: what it says in our words, what it asks, and how each criterion was verified, for "
        "every document that holds it."
    ),
    epilog="Example: openimr guidelines show mr.baclofen",
)
@click.argument("topic_id", metavar="TOPIC")
@click.option(
    "--guidelines",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with a guideline pack of your own; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects, one an edition.")
def command(topic_id: str, packs: tuple[Path, ...], as_json: bool) -> None:
    """Print the editions of one topic."""
    library = load_library(packs)
    topics = _editions(topic_id, library)
    if as_json:
        print_json_line(topics)
        return
    for topic in topics:
        _print(topic, library)


def _editions(topic_id: str, library: Library) -> list[Topic]:
    topics = [t for t in library.topics if t.id == topic_id]
    if not topics:
        near = sorted({t.id for t in library.topics if topic_id.split(".")[-1] in t.id})[:5]
        raise InputError(
            asked=f"Show the topic {topic_id!r}",
            found="the guideline library has no such topic.",
            remedy=(
                f"Topics with that word: {', '.join(near)}."
                if near
                else "openimr guidelines list --topics names all of them."
            ),
        )
    return topics


def _print(topic: Topic, library: Library) -> None:
    document = library.documents[topic.document]
    click.echo(f"{topic.title} ({topic.id}), {document.title}")
    where = f", pages {', '.join(topic.pages)}" if topic.pages else ""
    how = f" ({topic.pages_verified.how.value})" if topic.pages and topic.pages_verified else ""
    click.echo(f"Section: {topic.section}{where}{how}")
    click.echo(f"{topic.status.replace('_', ' ').capitalize()}: {topic.gist} [{topic.verified.how.value}]")
    if document.in_force_from:
        since = document.in_force_from_verified or document.verified
        click.echo(f"In force from {document.in_force_from} ({since.how.value.replace('_', ' ')})")
    if topic.invalid:
        click.echo(f"Since {topic.invalid.since}: {topic.invalid.because} ({topic.invalid.citation})")
    for said in library.quotations:
        if (said.topic, said.document) == (topic.id, topic.document):
            click.echo(f'Captured: "{said.text}" ({said.source})')
    if topic.criterion:
        print_table(
            "What it asks", ("Criterion", "Role", "Phase", "Asks", "Verified"), map(_row, topic.criterion)
        )
    for route in topic.route:
        click.echo(f"Way to yes, {route.id}: {route.text}")
    click.echo("")


def _row(criterion: Criterion) -> tuple[object, ...]:
    return (
        criterion.id,
        criterion.role.value,
        criterion.phase.value,
        criterion.asks,
        criterion.verified.how.value,
    )
