"""``openimr panel assign``: all waiting cases to the reviewers of a panel."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from openimr.cli.panel_draw import LOADS, ON, READ_CASES, READ_REVIEWERS, draw_of, key_of
from openimr.cli.show import print_json_line, print_problems, print_table
from openimr.formats import to_json, write_file
from openimr.panel.assign import Assigning
from openimr.panel.explain import Choice, Explanation, explain_case
from openimr.panel.obstacles import unassignable
from openimr.panel.read import check_panel
from openimr.panel.record import record_draw
from openimr.terms.reviewer import Exclusion, Panel, Unassignable

# As many as a number of JSON may have everywhere, less its sign.
_SEED_BITS = 63


@click.command(
    name="assign",
    help=(
        "Assign all waiting cases at once: no rule broken, urgent ones first, at the lowest cost.\n\n"
        "Equals are drawn. The seed of the draw comes from the operating system, is printed, and repeats the "
        "draw. A case that nobody may have is listed with the fewest constraints in the way and with what "
        "would free it."
    ),
    epilog=(
        "Example: openimr panel assign --cases examples --reviewers examples/baclofen-spasm/panel.toml "
        "--on 2015-02-24 --explain CM15-9900101"
    ),
)
@READ_CASES
@READ_REVIEWERS
@click.option("--seed", type=click.IntRange(min=0), help="Repeats a draw; drawn anew if not given.")
@ON
@LOADS
@click.option("--fair", "is_fair", is_flag=True, help="Make the worst case as good as possible first.")
@click.option("--explain", metavar="CASE", help="Print everything about the choice for one case.")
@click.option("--record", type=click.Path(path_type=Path), help="Write the record of the draw to this file.")
@click.option("--key", type=click.Path(path_type=Path), help="Sign the record with the key in this file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(
    cases: Path,
    reviewers: Path,
    seed: int | None,
    on: datetime | None,
    loads: Path | None,
    is_fair: bool,
    explain: str | None,
    record: Path | None,
    key: Path | None,
    as_json: bool,
) -> None:
    """Draw, print, and keep the record."""
    drawn = secrets.randbits(_SEED_BITS) if seed is None else seed
    found = draw_of(cases, reviewers, on, seed=drawn, loads=loads, is_fair=is_fair)
    told = explain_case(found, explain) if explain else None
    waiting = [unassignable(found, number) for number in found.result.waiting]
    if record is not None:
        write_file(record, to_json(record_draw(found, is_fair=is_fair, key=key_of(key))))
    if as_json:
        print_json_line(_answer(found, waiting, told))
    else:
        _print(found, waiting)
        if told is not None:
            _print_explanation(told)
    print_problems(check_panel(Panel(schema=1, reviewer=found.draw.reviewers)), about=reviewers.name)


def _answer(found: Assigning, waiting: list[Unassignable], told: Explanation | None) -> dict[str, object]:
    answer = {
        "seed": found.draw.seed,
        "on": found.draw.on,
        "assigned": found.result.assigned,
        "waiting": waiting,
        "shortfalls": found.result.shortfalls,
        "cost": found.result.cost,
        "worst": found.result.worst,
        "worst_bound": found.result.worst_bound,
    }
    return answer if told is None else {**answer, "explanation": told}


def _print(found: Assigning, waiting: list[Unassignable]) -> None:
    rows = [(a.case, ", ".join(a.reviewers)) for a in found.result.assigned]
    print_table(f"Assigned on {found.draw.on} with seed {found.draw.seed}", ("Case", "Reviewer"), rows)
    if waiting:
        print_table("Waiting", ("Case", "In the way", "What would free it"), (_waits(w) for w in waiting))
    if found.result.shortfalls:
        print_table(
            "Minimum loads that the cases cannot fill",
            ("Reviewer", "Minimum", "Given"),
            ((s.reviewer, s.minimum, s.given) for s in found.result.shortfalls),
        )


def _waits(waiting: Unassignable) -> tuple[object, ...]:
    free = list(waiting.would_free)
    if waiting.split:
        parts = "; ".join(" and ".join(map(str, part)) for part in waiting.split)
        free.append(f"Split the case into disputes {parts}.")
    return waiting.case, ", ".join(waiting.in_the_way), "\n".join(free)


def _print_explanation(told: Explanation) -> None:
    print_table(f"Why {told.case} is assigned so", ("",), ((words,) for words in told.because))
    print_table(
        "Who may have it",
        ("Reviewer", "Fit", "Costs", "Difference"),
        (_choice(c, told) for c in (*told.chosen, *told.alternatives)),
    )
    if told.excluded or told.possible:
        print_table(
            "Who may not", ("Reviewer", "Rule", "Reason"), map(_exclusion, (*told.excluded, *told.possible))
        )


def _choice(choice: Choice, told: Explanation) -> tuple[object, ...]:
    costs = ", ".join(f"{words} {cost}" for words, cost in choice.costs.items())
    difference = "chosen" if choice in told.chosen else f"{choice.difference:+d}"
    return choice.reviewer, choice.fit.value, costs, f"{difference}, full" if choice.is_full else difference


def _exclusion(exclusion: Exclusion) -> tuple[object, ...]:
    cited = f" ({exclusion.citation})" if exclusion.citation else ""
    return exclusion.reviewer, exclusion.code, exclusion.reason + cited
