"""What the commands of a draw share: their options, and the draw itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from openimr.law.calendars import PACIFIC
from openimr.law.qualifications import reviewer_rules
from openimr.panel.assign import Assigning, assign_cases, waiting_case
from openimr.panel.read import due_day, read_cases, read_panel
from openimr.panel.spreadsheet import read_loads
from openimr.terms.errors import FileMissing, InputError

READ_CASES = click.option(
    "--cases",
    required=True,
    metavar="DIR_OR_FILE",
    type=click.Path(path_type=Path),
    help="A folder of case folders, or one case.toml.",
)
READ_REVIEWERS = click.option(
    "--reviewers", required=True, type=click.Path(path_type=Path), help="The panel.toml."
)
ON = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the assignment; today in California if not given.",
)
LOADS = click.option(
    "--loads",
    type=click.Path(path_type=Path),
    help="A CSV of reviewer, open_cases, this_week: what they have already; nothing if not given.",
)
# A key that is shorter can be guessed.
_SHORTEST_KEY = 16


def draw_of(
    cases: Path,
    reviewers: Path,
    on: datetime | None,
    *,
    seed: int,
    loads: Path | None,
    is_fair: bool = False,
) -> Assigning:
    """Return the draw of the cases in a file or folder."""
    found = read_cases(cases)
    panel = read_panel(reviewers)
    day = on.date() if on else datetime.now(PACIFIC).date()
    return assign_cases(
        [waiting_case(case, due_day(case)) for case in found],
        panel,
        rules=reviewer_rules(found[0].case.programme, day),
        on=day,
        seed=seed,
        loads=None if loads is None else read_loads(loads, panel),
        is_fair=is_fair,
    )


def key_of(path: Path | None) -> bytes | None:
    """Return the key in a file, None where no file is named."""
    if path is None:
        return None
    if not path.is_file():
        raise FileMissing(
            asked=f"Read the key {path.name}",
            found=f"there is no file {path}.",
            remedy="Name the file that holds the key.",
        )
    key = path.read_bytes().strip()
    if len(key) < _SHORTEST_KEY:
        raise InputError(
            asked=f"Read the key {path.name}",
            found=f"it holds {len(key)} bytes.",
            remedy=f"A key has {_SHORTEST_KEY} bytes at least; take them from a random source.",
        )
    return key
