"""Milliseconds that a finished letter takes, warm, each letter new to the compiler."""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
from rich.console import Console
from rich.table import Table

from openimr.letters.read import LetterReader
from openimr.letters.render import Form, render
from openimr.terms.issuance import Issuance
from openimr.terms.letter import Letter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from invented_letters import ISSUANCE, long_letter  # noqa: E402  # the path is set just above

# Measured elsewhere, on a letter of four to five pages, in milliseconds.
ELSEWHERE = {"typst 0.15.2": 31.3, "weasyprint 70.0, UA-1 alone": 137.6, "weasyprint 70.0, A-2a alone": 185.3}

Record = tuple[Letter, Issuance | None]


def typical_letters(count: int) -> list[Record]:
    """Return invented letters of four pages, no two alike: four items, twelve documents."""
    base = long_letter(items=4, documents=12)
    assert base.documents_reviewed is not None
    return [
        (
            replace(
                base,
                case_number=f"CM15-{number:07}",
                clinical_summary=f"{base.clinical_summary} This is case {number}.",
                disputes=tuple(replace(d, rationale=f"{d.rationale} Case {number}.") for d in base.disputes),
                documents_reviewed=tuple(
                    replace(d, title=f"{d.title}, case {number}") for d in base.documents_reviewed
                ),
            ),
            ISSUANCE,
        )
        for number in range(count)
    ]


def real_letters() -> list[Record]:
    """Return the real letters beside the checkout, none if they are not there."""
    with LetterReader() as reader:
        paths = sorted((ROOT.parent / "shared" / "letters" / "published").glob("*.pdf"))
        return [(reader.parse(path)[0].letter, None) for path in paths]


def milliseconds(records: Sequence[Record], form: Form) -> list[float]:
    """Return what each letter took, after one that warms up."""
    render(*records[0], to=form)
    found = []
    for record in records:
        begin = time.perf_counter()
        render(*record, to=form)
        found.append((time.perf_counter() - begin) * 1000)
    return found


def measure(*, quick: bool) -> dict[str, float]:
    """Return the figures by name: median and 95th percentile of each form."""
    figures: dict[str, float] = {}
    typical = typical_letters(40 if quick else 200)
    with pikepdf.open(io.BytesIO(render(*typical[0], to=Form.PDF))) as pdf:
        figures["letters.render.typical_pages"] = len(pdf.pages)
    for name, records in (("typical", typical), ("real", real_letters())):
        for form in Form if records else ():
            found = milliseconds(records, form)
            figures[f"letters.render.{name}_{form.value}_ms_median"] = round(statistics.median(found), 1)
            figures[f"letters.render.{name}_{form.value}_ms_p95"] = round(
                sorted(found)[int(len(found) * 0.95)], 1
            )
    return figures


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer letters")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    arguments = parser.parse_args()
    figures = measure(quick=arguments.quick)
    if arguments.json:
        print(json.dumps(figures))
        return
    table = Table(title="Letters, rendering: ms a letter, warm, one core", title_justify="left")
    for column in ("letters", "form", "median", "95 %"):
        table.add_column(column)
    for name in ("typical", "real"):
        for form in Form:
            key = f"letters.render.{name}_{form.value}_ms"
            if f"{key}_median" in figures:
                table.add_row(name, form.value, str(figures[f"{key}_median"]), str(figures[f"{key}_p95"]))
    for peer, figure in ELSEWHERE.items():
        table.add_row("measured elsewhere", peer, str(figure), "")
    Console().print(table)


if __name__ == "__main__":
    main()
