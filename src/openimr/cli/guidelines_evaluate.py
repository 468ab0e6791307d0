"""``openimr guidelines evaluate``: the criteria of a request asked of the facts of a record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.facts_file import read_facts
from openimr.guidelines.library import load_library
from openimr.guidelines.unknown import unknown_treatment
from openimr.terms.findings import Finding, TopicEvaluation
from openimr.vocabulary.requests import parse_request


@click.command(
    name="evaluate",
    help=(
        "Ask the criteria for a request of the facts of a record: met, not met, not documented or not "
        "applicable, each with the pages it rests on.\n\n"
        "FACTS is a facts.json, REQUEST the treatment as a letter prints it. Nothing here is a "
        "recommendation: a physician decides."
    ),
    epilog='Example: openimr guidelines evaluate facts.json "Baclofen 10 mg #90" --on 2014-12-14',
)
@click.argument("facts_file", metavar="FACTS", type=click.Path(path_type=Path))
@click.argument("request")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day of the request.")
@click.option(
    "--guidelines",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with a guideline pack of your own; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects, one a topic.")
def command(facts_file: Path, request: str, on: datetime, packs: tuple[Path, ...], as_json: bool) -> None:
    """Evaluate and print."""
    facts = read_facts(facts_file)
    if problem := unknown_treatment(request):
        print_problems((problem,), about=request)
    found = evaluate(1, parse_request(request), facts, on=on.date(), library=load_library(packs))
    if as_json:
        print_json_line(found)
        return
    for step in found[0].walked:
        click.echo(step)
    for evaluation in found:
        if evaluation.topic:
            _print(evaluation)


def _print(evaluation: TopicEvaluation) -> None:
    how = f" [{evaluation.verified.how.value.replace('_', ' ')}]" if evaluation.verified else ""
    click.echo(f"{evaluation.citation}: {evaluation.gist}{how}")
    if evaluation.findings:
        print_table(
            evaluation.title or "",
            ("Criterion", "Answer", "The guideline asks", "What the record says", "Pages", "Verified"),
            map(_row, evaluation.findings),
        )
    for route in evaluation.routes:
        waits = f"; waits for {', '.join(route.waits_for)}" if route.waits_for else ""
        click.echo(f"Way to yes, {route.id}: {route.status.value.replace('_', ' ')}{waits}. {route.text}")


def _row(finding: Finding) -> tuple[object, ...]:
    limit = f" ({finding.limit})" if finding.limit else ""
    return (
        finding.criterion,
        finding.status.value.replace("_", " "),
        finding.asks,
        finding.because.rstrip(".") + limit,
        ", ".join(dict.fromkeys(str(place.page) for place in finding.evidence)) or None,
        finding.verified.how.value.replace("_", " "),
    )
