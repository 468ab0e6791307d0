"""``openimr guidelines for``: which topics answer for a request on a day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.guidelines.unknown import unknown_treatment
from openimr.terms.facts import Facts
from openimr.terms.findings import TopicEvaluation
from openimr.vocabulary.requests import parse_request


@click.command(
    name="for",
    help=(
        "Print the topics that answer for a request on a day, best first, and how the search came to "
        "them: the MTUS in force, then ACOEM or ODG, then others.\n\n"
        "REQUEST is the treatment as a letter prints it. --on is the day of the request; it chooses the "
        "edition, unless the request names the day of a service that was given already."
    ),
    epilog='Example: openimr guidelines for "Baclofen 10 mg #90" --on 2014-12-14',
)
@click.argument("request")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day of the request.")
@click.option(
    "--guidelines",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with a guideline pack of your own; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of JSON objects.")
def command(request: str, on: datetime, packs: tuple[Path, ...], as_json: bool) -> None:
    """Print the topics of a request."""
    if problem := unknown_treatment(request):
        print_problems((problem,), about=request)
    nothing = Facts(facts=(), conflicts=(), drug_use=())
    found = evaluate(1, parse_request(request), nothing, on=on.date(), library=load_library(packs))
    if as_json:
        print_json_line([_topic(e) for e in found])
        return
    for step in found[0].walked:
        click.echo(step)
    named = [e for e in found if e.topic]
    if named:
        print_table(
            f"{request}, on {on.date()}",
            ("Topic", "Citation", "In our words", "Criteria", "Verified"),
            (
                (
                    e.topic,
                    e.citation,
                    e.gist,
                    len(e.findings) or "gist",
                    e.verified.how.value if e.verified else None,
                )
                for e in named
            ),
        )


def _topic(evaluation: TopicEvaluation) -> dict[str, object]:
    return {
        "answer": evaluation.answer,
        "topic": evaluation.topic,
        "document": evaluation.document,
        "edition": evaluation.edition,
        "citation": evaluation.citation,
        "gist": evaluation.gist,
        "verified": evaluation.verified.how if evaluation.verified else None,
        "criteria": [f.criterion for f in evaluation.findings],
        "walked": evaluation.walked,
    }
