"""Milliseconds that a finished letter takes, warm, each letter new to the compiler.

Beside the time on the clock stands the processor's, which other work on the
same machine does not change much.
"""

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


def milliseconds(records: Sequence[Record], form: Form) -> tuple[list[float], list[float]]:
    """Return what each letter took on the clock and of the processor, after one that warms up."""
    render(*records[0], to=form)
    clock, processor = [], []
    for record in records:
        begin, begin_processor = time.perf_counter(), time.process_time()
        render(*record, to=form)
        clock.append((time.perf_counter() - begin) * 1000)
        processor.append((time.process_time() - begin_processor) * 1000)
    return clock, processor


def measure(*, quick: bool) -> dict[str, float]:
    """Return the figures by name, for each form: median, 95th percentile, median of the processor."""
    figures: dict[str, float] = {}
    typical = typical_letters(40 if quick else 200)
    with pikepdf.open(io.BytesIO(render(*typical[0], to=Form.PDF))) as pdf:
        figures["letters.render.typical_pages"] = len(pdf.pages)
    for name, records in (("typical", typical), ("real", real_letters())):
        for form in Form if records else ():
            clock, processor = milliseconds(records, form)
            key = f"letters.render.{name}_{form.value}"
            figures[f"{key}_ms_median"] = round(statistics.median(clock), 1)
            figures[f"{key}_ms_p95"] = round(sorted(clock)[int(len(clock) * 0.95)], 1)
            figures[f"{key}_cpu_ms_median"] = round(statistics.median(processor), 1)
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
    for column in ("letters", "form", "median", "95 %", "processor, median"):
        table.add_column(column)
    for name in ("typical", "real"):
        for form in Form:
            key = f"letters.render.{name}_{form.value}"
            if f"{key}_ms_median" in figures:
                kinds = ("ms_median", "ms_p95", "cpu_ms_median")
                table.add_row(name, form.value, *(str(figures[f"{key}_{kind}"]) for kind in kinds))
    for peer, figure in ELSEWHERE.items():
        table.add_row("measured elsewhere", peer, str(figure), "", "")
    Console().print(table)


if __name__ == "__main__":
    main()
