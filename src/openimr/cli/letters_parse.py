"""``openimr letters parse``: read determination letters."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table, with_progress
from openimr.letters.parse import ParsedLetter
from openimr.letters.read import LetterReader, letter_files
from openimr.letters.source import LetterText
from openimr.terms.errors import InputError
from openimr.terms.letter import Credentials, Letter, LetterDispute, LetterPatient


@click.command(
    name="parse",
    help=(
        "Read determination letters and print what they say.\n\n"
        "PATH is a file, a folder, or - for standard input; PDF, text and Markdown are told "
        "apart by content. A file that is no letter gets an error, the others go on, and the "
        "exit status is 2 at the end. What a letter does not say, or cannot be read without "
        "doubt, is null, and its problems say why."
    ),
    epilog="Example: openimr letters parse letters/ --json > letters.ndjson",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a letter.")
@click.option("--spans", is_flag=True, help="Add the place of every value in the source text (with --json).")
def command(paths: tuple[Path, ...], as_json: bool, spans: bool) -> None:
    """Read letters and print them."""
    if spans and not as_json:
        raise click.UsageError("--spans needs --json.")
    failed = 0
    files = list(letter_files(paths))
    with LetterReader() as reader:
        for path in with_progress(files, total=len(files), words="Reading letters"):
            try:
                parsed, text = reader.parse(path)
            except InputError as error:
                failed += 1
                click.echo(f"Error: {path}: {error}", err=True)
                continue
            if as_json:
                print_json_line(_with_spans(parsed, text) if spans else parsed.letter)
            else:
                _print(parsed.letter)
    if failed:
        click.echo(f"{failed} of {len(files)} files could not be read as letters.", err=True)
        sys.exit(2)


def _with_spans(parsed: ParsedLetter, text: LetterText) -> dict[str, object]:
    """Return the keys of a letter and ``spans``: path, offsets, and page where there are pages."""
    letter = {f.name: getattr(parsed.letter, f.name) for f in fields(parsed.letter)}
    spans: dict[str, dict[str, int]] = {}
    for path, span in parsed.spans.items():
        spans[path] = {"start": span.start, "end": span.end}
        if len(text.page_starts) > 1:
            spans[path]["page"] = text.page_at(span.start)
    return {**letter, "spans": spans}


def _print(letter: Letter) -> None:
    """Print a letter as two tables for people: what it says about itself, and its items."""
    title = f"{letter.source or 'Letter'} ({letter.layout.value if letter.layout else 'layout unknown'})"
    print_table(title, ("Field", "Value"), _header_rows(letter))
    if letter.disputes:
        print_table(
            "Disputed items",
            ("#", "Request", "Treatment", "Outcome", "Claims administrator", "Reviewer"),
            (_dispute_row(n, d) for n, d in enumerate(letter.disputes, 1)),
        )
    print_problems(letter.problems, about=letter.source or "letter")


def _header_rows(letter: Letter) -> list[tuple[str, object]]:
    documents = letter.documents_reviewed
    return [
        ("Case number", letter.case_number),
        ("Date assigned", letter.date_assigned),
        ("Date of injury", letter.date_of_injury),
        ("Decision date", letter.decision_date),
        ("UR denial date", letter.ur_denial_date),
        ("Application received", letter.application_received),
        ("Priority", letter.priority.value if letter.priority else None),
        ("Patient", _patient(letter.patient)),
        ("Reviewer", _reviewer(letter.reviewer)),
        (
            "Clinical summary",
            f"{len(letter.clinical_summary.split())} words" if letter.clinical_summary else None,
        ),
        ("Documents reviewed", None if documents is None else len(documents)),
    ]


def _patient(patient: LetterPatient) -> str | None:
    age = f"{patient.age} years" if patient.age is not None else None
    sex = patient.sex.value if patient.sex else None
    return ", ".join(word for word in (age, sex) if word) or None


def _reviewer(reviewer: Credentials) -> str | None:
    lists = (
        ("licensed in", reviewer.licensed_in),
        ("specialty", reviewer.specialties),
        ("board certified in", reviewer.board_certified_in),
        ("subspecialty", reviewer.subspecialties),
    )
    return "; ".join(f"{words} {', '.join(names)}" for words, names in lists if names) or None


def _dispute_row(number: int, dispute: LetterDispute) -> tuple[object, ...]:
    treatment = dispute.treatment
    understood = None
    if treatment is not None:
        what = treatment.name or ", ".join(treatment.ingredients)
        understood = f"{treatment.kind.value}: {what}" if what else treatment.kind.value
    bases = [
        None if basis is None else "; ".join(c.document or c.title or c.kind.value for c in basis)
        for basis in (dispute.payer_basis, dispute.reviewer_basis)
    ]
    outcome = dispute.outcome.value if dispute.outcome else None
    return (number, dispute.request, understood, outcome, *bases)
