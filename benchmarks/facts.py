"""How fast facts are read from clinical summaries and from transcripts, on one core."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.letters.read import LetterReader
from openimr.terms.records import Page

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# A page of a typed report: the transcripts have no pages, so they are counted in these.
_LETTERS_A_PAGE = 2_500


def summaries() -> list[str]:
    """Return the clinical summaries of the real letters."""
    paths = [*(SHARED / "letters" / "seeds").glob("*.txt"), *(SHARED / "letters" / "published").glob("*.pdf")]
    with LetterReader() as reader:
        letters = [reader.parse(path)[0].letter for path in sorted(paths)]
    return [letter.clinical_summary for letter in letters if letter.clinical_summary]


def transcripts() -> list[str]:
    """Return the real medical transcripts."""
    lines = (SHARED / "records" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["transcription"] for line in lines]


def pass_over(pages: Sequence[tuple[Page]]) -> tuple[float, int]:
    """Return the seconds of one pass, and the facts found."""
    began = time.process_time()
    found = sum(len(extract_facts(one).facts) for one in pages)
    return time.process_time() - began, found


def measure(*, quick: bool) -> dict[str, float]:
    """Return the figures: the best of several passes, as other work on the machine only slows them."""
    passes = 3 if quick else 10
    figures: dict[str, float] = {}
    for name, texts in (("letters", summaries()), ("transcripts", transcripts())):
        pages = [pages_of_summary(text) for text in texts]
        pass_over(pages[:5])
        results = [pass_over(pages) for _ in range(passes)]
        best = min(seconds for seconds, _ in results)
        figures[f"facts.{name}_a_second"] = round(len(texts) / best)
        figures[f"facts.{name}_facts_each"] = round(results[0][1] / len(texts), 1)
        if name == "transcripts":
            count = sum(len(text) for text in texts) / _LETTERS_A_PAGE
            figures["facts.seconds_for_1000_pages"] = round(best / count * 1000, 2)
    return figures


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer passes")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    arguments = parser.parse_args()
    figures = measure(quick=arguments.quick)
    if arguments.json:
        print(json.dumps(figures))
        return
    table = Table(title="Facts: speed on one core", title_justify="left")
    for column in ("figure", "ours", "target"):
        table.add_column(column)
    targets = {
        "facts.letters_a_second": "\u2265 400, aim 1,000",
        "facts.seconds_for_1000_pages": "< 60 with criteria",
    }
    for name, value in figures.items():
        table.add_row(name, f"{value:g}", targets.get(name, ""))
    Console(width=None if sys.stdout.isatty() else 120).print(table)


if __name__ == "__main__":
    main()
