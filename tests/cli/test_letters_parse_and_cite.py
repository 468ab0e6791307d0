"""``openimr letters parse`` and ``openimr letters cite`` as a person and a script meet them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LETTERS = Path(__file__).parents[1] / "letters"
GOOD = LETTERS / "good" / "block_2015_retrospective.txt"
MARKDOWN = LETTERS / "good" / "prose_2014_markdown_table.md"
KEYS = [
    "source", "layout", "case_number", "date_assigned", "date_of_injury", "decision_date", "ur_denial_date",
    "application_received", "priority", "patient", "reviewer", "clinical_summary", "documents_reviewed",
    "disputes", "problems",
]  # fmt: skip
DISPUTE_KEYS = {"request", "treatment", "outcome", "payer_basis", "reviewer_basis", "rationale"}


def _run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "openimr.cli.main", "letters", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60)


def test_every_letter_is_one_line_of_json_with_every_key() -> None:
    done = _run("parse", str(GOOD), str(MARKDOWN), "--json")
    assert done.returncode == 0
    letters = [json.loads(line) for line in done.stdout.splitlines()]
    assert [letter["source"] for letter in letters] == [GOOD.name, MARKDOWN.name]
    for letter in letters:
        assert set(letter) == set(KEYS)
        assert set(letter["patient"]) == {"age", "sex"}
        assert set(letter["reviewer"]) == {
            "licensed_in",
            "specialties",
            "board_certified_in",
            "subspecialties",
        }
        assert all(set(dispute) >= DISPUTE_KEYS for dispute in letter["disputes"])
    assert letters[0]["documents_reviewed"] is None


def test_standard_input_says_the_same_as_the_file() -> None:
    from_file = json.loads(_run("parse", str(GOOD), "--json").stdout)
    from_input = json.loads(_run("parse", "-", "--json", stdin=GOOD.read_bytes()).stdout)
    assert {**from_input, "source": GOOD.name} == from_file


def test_spans_point_at_the_words_of_each_value() -> None:
    letter = json.loads(_run("parse", str(GOOD), "--json", "--spans").stdout)
    text = GOOD.read_text(encoding="utf-8")
    span = letter["spans"]["disputes.0.request"]
    assert " ".join(text[span["start"] : span["end"]].split()) == letter["disputes"][0]["request"]
    number = letter["spans"]["case_number"]
    assert text[number["start"] : number["end"]] == letter["case_number"]
    assert list(letter)[-1] == "spans"


def test_spans_without_json_are_refused() -> None:
    done = _run("parse", str(GOOD), "--spans")
    assert done.returncode == 2
    assert b"--json" in done.stderr


def test_a_bad_file_gets_its_error_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a_empty.txt").write_bytes(b"")
    (tmp_path / "b_letter.txt").write_bytes(GOOD.read_bytes())
    (tmp_path / "c_recipe.txt").write_text("Two eggs and a cup of flour. Upheld by tradition.")
    done = _run("parse", str(tmp_path), str(tmp_path / "missing.pdf"), "--json")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    errors = done.stderr.decode()
    assert "a_empty.txt" in errors and "empty" in errors
    assert "c_recipe.txt" in errors and "none of the headings" in errors
    assert "missing.pdf" in errors and "no such file" in errors
    assert "3 of 4 files could not be read as letters." in errors
    assert "Traceback" not in errors


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    done = _run("parse", str(tmp_path))
    assert done.returncode == 2
    assert b"holds no files" in done.stderr


def test_people_get_a_table_and_the_problems() -> None:
    done = _run("parse", str(LETTERS / "bad" / "impossible_date.txt"))
    assert done.returncode == 0
    table = done.stdout.decode()
    assert "Case number" in table and "Disputed items" in table
    assert "decision_date" in done.stderr.decode()


@pytest.mark.parametrize("given", ["argument", "standard input"])
def test_a_guideline_line_becomes_citations(given: str) -> None:
    line = "Decision based on MTUS Knee Complaints 2004, Section(s): Summary. " \
        "Decision based on Non-MTUS Citation ODG, Knee & Leg, Brace."  # fmt: skip
    done = (
        _run("cite", line, "--json")
        if given == "argument"
        else _run("cite", "-", "--json", stdin=line.encode())
    )
    citations = [json.loads(row) for row in done.stdout.splitlines()]
    assert [(c["document"], c["sections"]) for c in citations] == [
        ("acoem-2004", ["Summary"]),
        ("odg", ["Brace"]),
    ]


def test_citations_are_a_table_for_people() -> None:
    done = _run("cite", "The Claims Administrator did not cite any medical evidence for its decision.")
    assert done.returncode == 0
    assert "not_cited" in done.stdout.decode()


def test_a_line_without_words_is_an_error() -> None:
    done = _run("cite", " ;; ")
    assert done.returncode == 2
    assert b"no words" in done.stderr


@pytest.mark.parametrize("command", ["parse", "cite"])
def test_help_shows_an_example(command: str) -> None:
    done = _run(command, "--help")
    assert done.returncode == 0
    assert b"Example: openimr letters" in done.stdout
