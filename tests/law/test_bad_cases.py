"""Case files that are wrong, through the command: a sentence that says what and where, never a traceback.

The first line of each file of ``bad/`` says with which command it is read, the
exit status, and the words that the answer or the message must hold.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openimr.cli.main import main

BAD = Path(__file__).parent / "bad"
FILES = sorted(BAD.glob("*.toml"))
FEWEST_FILES = 40

_FIRST_LINE = re.compile(
    r"# (?P<commands>due and eligible|due|eligible); exit status (?P<status>\d); says: (?P<words>.+)"
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Return the exit status of a command and all that it says."""
    with pytest.raises(SystemExit) as ended:
        main(["law", *arguments])
    captured = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, captured.out + captured.err


def test_the_bad_files_are_there() -> None:
    assert len(FILES) >= FEWEST_FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_case_is_answered_with_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = _FIRST_LINE.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert first is not None, "the first line says with which command the file is read"
    for command in first["commands"].split(" and "):
        status, said = run(capsys, command, str(path), "--json")
        missing = [word for word in first["words"].split("|") if word not in said]
        assert (status, missing) == (int(first["status"]), []), f"{command}: {said[-2000:]}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["for people", "json"])
@pytest.mark.parametrize("command", ["due", "eligible", "fees"])
def test_no_command_breaks_on_a_bad_case(
    path: Path, options: list[str], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = run(capsys, command, str(path), *options)
    assert status in (0, 2, 3, 4), said[-2000:]
    assert "Traceback" not in said
    assert said.strip(), "a command says something about every file"
    if status:
        assert re.match(r"Error: .+\.", said), said
