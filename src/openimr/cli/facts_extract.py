"""``openimr facts extract``: a case file that was read, as facts and a chronology."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_table
from openimr.facts.chronology import chronology
from openimr.facts.chronology_page import chronology_csv, chronology_html
from openimr.facts.extract import extract_facts
from openimr.formats import OutputFolder, to_json
from openimr.guidelines.morphine import morphine_factors
from openimr.records.folder import read_records
from openimr.terms.chronology import Entry


@click.command(
    name="extract",
    help=(
        "Read the clinical facts of a case file, and put them in the order of their days: visits, "
        "complaints, findings, diagnoses, drugs, results, procedures, therapy, work status, requests and "
        "denials, each with its page and its words.\n\n"
        "RECORDS_DIR is a folder that openimr records read wrote. DIR gets facts.json, chronology.json, "
        "chronology.csv and chronology.html; all or none."
    ),
    epilog="Example: openimr facts extract out/records --out out/facts",
)
@click.argument("records_dir", metavar="RECORDS_DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Where the results go.", metavar="DIR"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: facts and chronology.")
def command(records_dir: Path, out: Path, as_json: bool) -> None:
    """Extract the facts and write them with their chronology."""
    case_file = read_records(records_dir)
    facts = extract_facts(case_file.pages, case_file.exhibits)
    entries = chronology(facts, case_file, morphine_factors)
    page = chronology_html(entries, facts, case_file, morphine_factors)
    with OutputFolder(out) as results:
        results.write("facts.json", to_json(facts))
        results.write("chronology.json", to_json(entries))
        results.write("chronology.csv", chronology_csv(entries).encode())
        results.write("chronology.html", page.encode())
    if as_json:
        print_json_line({"facts": facts, "chronology": entries})
        return
    _print(entries)
    click.echo(f"Written to {out}; open {out / 'chronology.html'}.", err=not sys.stdout.isatty())


def _print(entries: tuple[Entry, ...]) -> None:
    if not entries:
        click.echo("The record holds no entry. This says nothing about the patient, neither yes nor no.")
        return
    counts = Counter(entry.kind.value.replace("_", " ") for entry in entries)
    print_table(f"{len(entries)} entries", ("What", "Entries"), sorted(counts.items()))
