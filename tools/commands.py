"""Write docs/commands.md from what each command says of itself, or check it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from openimr.cli.commands import COMMANDS, Entry

TARGET = Path(__file__).resolve().parents[1] / "docs" / "commands.md"

HEAD = """# Commands

What `openimr COMMAND --help` prints, command by command. Written by `tools/commands.py`.
"""


def section_of(entry: Entry) -> str:
    """Return the section of one command: its line and its help."""
    command = import_module(entry.module).command
    context = click.Context(
        command,
        info_name=f"openimr {entry.path}",
        max_content_width=100,
        terminal_width=100,
        help_option_names=["-h", "--help"],
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).split("\n"))
    return f"\n## openimr {entry.path}\n\n{entry.line}\n\n```\n{text}\n```\n"


def main() -> None:
    """Write the file, or with --check compare it."""
    text = HEAD + "".join(section_of(entry) for entry in COMMANDS)
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text("utf-8") != text:
        sys.exit("docs/commands.md is not what the commands say: run .venv/bin/python tools/commands.py")


if __name__ == "__main__":
    main()
