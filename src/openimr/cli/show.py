"""How commands print: tables for people, JSON for machines, progress on long work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from openimr.formats import to_json_line
from openimr.terms.problem import Problem, Severity

T = TypeVar("T")

# A pipe has no width; tables in it must not be cut to 80 characters.
_PIPE_WIDTH = 160


def console(*, err: bool = False) -> Console:
    """Return the console for tables and messages."""
    stream = sys.stderr if err else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else _PIPE_WIDTH, highlight=False)


def print_json_line(value: object) -> None:
    """Print a term as one line of JSON."""
    sys.stdout.write(to_json_line(value).decode() + "\n")


def print_table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table with a title; None is shown as a dash."""
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("\u2013" if cell is None else str(cell) for cell in row))
    console().print(table)


def print_problems(problems: Iterable[Problem], *, about: str) -> None:
    """Print problems to standard error: what, where, what to do."""
    for problem in problems:
        word = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
        place = f" (characters {problem.place.start}-{problem.place.end})" if problem.place else ""
        said = f"{problem.message}{place} {problem.remedy}".rstrip()
        click.echo(f"{word[problem.severity]}: {about}: {problem.field}: {said}", err=True)


def with_progress(items: Iterable[T], *, total: int | None, words: str) -> Iterator[T]:
    """Yield the items with a progress bar on standard error, if a person is looking."""
    if not sys.stderr.isatty() or (total is not None and total < 5):
        yield from items
        return
    bar = Progress(
        TextColumn(words),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    )
    with bar:
        task = bar.add_task(words, total=total)
        for item in items:
            yield item
            bar.advance(task)
