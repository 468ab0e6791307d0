"""The ``openimr`` command: every command with one line, each loaded when called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from openimr import __version__
from openimr.cli.commands import COMMANDS, Entry
from openimr.terms.errors import OpenIMRError


class _Group(click.Group):
    """A group whose commands are imported when they are called, not before."""

    def __init__(self, prefix: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._prefix = prefix

    def _entries(self) -> list[Entry]:
        return [e for e in COMMANDS if e.path.startswith(self._prefix)]

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = [e.path.removeprefix(self._prefix).split()[0] for e in self._entries()]
        return list(dict.fromkeys(names))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        path = f"{self._prefix}{cmd_name}"
        for entry in COMMANDS:
            if entry.path == path:
                command = import_module(entry.module).command
                assert isinstance(command, click.Command)
                return command
        inside = [e for e in COMMANDS if e.path.startswith(f"{path} ")]
        if not inside:
            return None
        return _Group(prefix=f"{path} ", name=cmd_name, help=_ROOMS.get(path, ""))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            raise click.UsageError(f"There is no command {args[0]!r}. Known commands: {known}.", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(e.path.removeprefix(self._prefix), e.line) for e in self._entries()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


_ROOMS = {
    "records": "Case files: read them page by page into exhibits and a timeline.",
    "facts": "Clinical facts of a case file, each with its page, and their chronology.",
    "letters": "Determination letters: read them, cite from them, render them.",
    "law": "The law as dated data: clocks of a case, eligibility, fees, rules, coverage.",
    "desk": "The web application in which an organization runs its cases.",
    "desk audit": "The logs of the desk: whole, and where they end.",
    "panel": "Physician reviewers: credentials, conflicts, fit.",
}


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Independent medical review: records and letters come in, become facts with pages, "
        "meet criteria with citations, and support a determination that a physician adopts.\n\n"
        "Exit statuses: 0 done, 2 input that cannot be used, 3 a case that contradicts itself, "
        "4 the rule book cannot answer, 5 the panel cannot be used."
    ),
)
@click.version_option(__version__, prog_name="openimr")
def openimr() -> None:
    """Run the command line."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit status."""
    try:
        status = openimr.main(args=arguments, prog_name="openimr", standalone_mode=False)
    except OpenIMRError as error:
        click.echo(f"Error: {error}", err=True)
        status = error.exit_status
    except click.ClickException as error:
        error.show()
        status = 2
    except click.Abort:
        click.echo("Stopped.", err=True)
        status = 130
    except BrokenPipeError:
        # the reader of our output went away, as "head" does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
