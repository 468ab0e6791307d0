"""How well and how fast letters are read, beside the one public parser of these letters."""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from openimr.formats import to_json_line
from openimr.letters import citations, disputes
from openimr.letters.parse import parse_letter
from openimr.letters.read import LetterReader, pdf_letter_text
from openimr.letters.source import letter_text
from openimr.pdf import PdfReader
from openimr.terms.errors import NotALetter
from openimr.vocabulary.text import fold

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.letter_accuracy import Tally, compare, fields_of, sample_of  # noqa: E402
from benchmarks.letter_mutations import AT_RANDOM, MUTATIONS, Sample, Truth  # noqa: E402

from benchmarks import letters_render  # noqa: E402  # the path is set just above

LETTERS = ROOT.parent / "shared" / "letters"
PUBLISHED = LETTERS / "published"

# What is known of the public C# parser of these letters, from reading it: it
# tells three layouts by the first characters of a letter, finds sections by
# their headings, and reads neither the outcome of single items nor citations.
# A restatement of its test of layouts accepts none of the five seeds.
PEER = {"layouts": "3", "seeds": "0 of 5", "outcomes": "none", "citations": "none"}

_DATES = ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "application_received")


def published_truth() -> dict[str, Truth]:
    """Return what each published letter says, as it was read by script and eye."""
    truths = {}
    for letter in json.loads((PUBLISHED / "expected.json").read_text(encoding="utf-8")):
        truth: Truth = {"case_number": letter["case_number"], "priority": letter["priority"].lower()}
        truth["priority"] = {"standard": "regular"}.get(letter["priority"].lower(), truth["priority"])
        for name in _DATES:
            truth[name] = datetime.strptime(letter[name], "%m/%d/%Y").date().isoformat()
        truth["reviewer.licensed_in"] = tuple(re.split(r"\s*,\s*", fold(letter["licensure"])))
        truth["reviewer.specialties"] = tuple(re.split(r"\s*,\s*", fold(letter["specialty"])))
        truth["disputes"] = len(letter["items"])
        for index, item in enumerate(letter["items"]):
            truth[f"disputes.{index}.request"] = fold(item["request"])
            truth[f"disputes.{index}.outcome"] = item["decision"].lower()
        truths[letter["case_number"]] = truth
    return truths


def seed_truth(source: str) -> Truth:
    """Return what a seed says in its headings: they stand alone on lines that end in the outcome."""
    items = re.findall(r"^[* ]*(?P<request>[^\n]+?)\s*:[* ]*\s*(Upheld|Overturned)\s*$", source, re.MULTILINE)
    truth: Truth = {"disputes": len(items)}
    for index, (request, outcome) in enumerate(items):
        truth[f"disputes.{index}.request"] = fold(request)
        truth[f"disputes.{index}.outcome"] = outcome.lower()
    return truth


def accuracy() -> dict[str, Tally]:
    """Return how the fields of the published letters and the seeds are read, by form."""
    found = {"published, PDF": Tally(), "published, text": Tally(), "seeds": Tally()}
    with LetterReader() as reader:
        for number, truth in published_truth().items():
            pdf = reader.parse(PUBLISHED / f"{number}.pdf")[0].letter
            text = reader.parse(PUBLISHED / "text" / f"{number}.txt")[0].letter
            found["published, PDF"].add(compare(truth, pdf))
            found["published, text"].add(compare(truth, text))
        for path in sorted((LETTERS / "seeds").iterdir()):
            truth = seed_truth(path.read_text(encoding="utf-8"))
            found["seeds"].add(compare(truth, reader.parse(path)[0].letter))
    return found


def reach() -> dict[str, float]:
    """Return what is read at all: layouts, seeds, outcomes and citations of single items."""
    good = ROOT / "tests" / "letters" / "good"
    of_layouts, of_seeds, published = [], [], []
    with LetterReader() as reader:
        of_layouts = [reader.parse(path)[0].letter for path in [*good.glob("*.txt"), *good.glob("*.md")]]
        for path in sorted((LETTERS / "seeds").iterdir()):
            try:
                of_seeds.append(reader.parse(path)[0].letter)
            except NotALetter:
                continue
        published = [reader.parse(path)[0].letter for path in sorted(PUBLISHED.glob("*.pdf"))]
    items = [dispute for letter in (*of_seeds, *published) for dispute in letter.disputes]
    return {
        "letters.parse.layouts": len({letter.layout for letter in of_layouts}),
        "letters.parse.seeds_accepted": len(of_seeds),
        "letters.parse.items": len(items),
        "letters.parse.items_with_outcome": sum(1 for item in items if item.outcome),
        "letters.parse.items_with_both_bases": sum(
            1 for item in items if item.payer_basis and item.reviewer_basis
        ),
    }


def sources() -> list[str]:
    """Return the texts of all real letters."""
    paths = [*sorted((PUBLISHED / "text").iterdir()), *sorted((LETTERS / "seeds").iterdir())]
    return [path.read_text(encoding="utf-8") for path in paths]


def robustness(texts: list[str], *, rounds: int) -> dict[str, Tally]:
    """Return how changed letters are read, by change; the unchanged parse is the truth.

    ``rounds`` is how often a change that is drawn at random is drawn for each letter.
    """
    samples: list[Sample] = []
    for source in texts:
        samples.append(sample_of(parse_letter(letter_text(source)), source))
    found = {}
    for name, change in MUTATIONS.items():
        tally = found[name] = Tally()
        for number, sample in enumerate(samples):
            for turn in range(rounds if name in AT_RANDOM else 1):
                changed = change(sample, Random(1000 * number + turn))
                if changed is None:
                    continue
                try:
                    letter = parse_letter(letter_text(changed.text)).letter
                except NotALetter:
                    tally.abstained += len(fields_of(parse_letter(letter_text(sample.text)).letter))
                    continue
                tally.add(compare(changed.truth, letter))
    return found


def _forget() -> None:
    """Drop what was remembered of requests and lines seen before."""
    citations._parse.cache_clear()
    disputes._treatment.cache_clear()


def letters_a_second(texts: list[str], *, passes: int, remembers: bool) -> float:
    """Return the letters read from text in a second of one core: the best of several passes."""
    best = 0.0
    for source in texts:
        parse_letter(letter_text(source))
    for _ in range(passes):
        if not remembers:
            _forget()
        begin = time.process_time()
        for source in texts:
            parse_letter(letter_text(source))
        best = max(best, len(texts) / (time.process_time() - begin))
    return best


def milliseconds_of_pdf(*, passes: int) -> tuple[float, float]:
    """Return the milliseconds a letter of extraction, and those of a core that parsing adds to it."""
    extracting = adding = float("inf")
    files = [(path.name, path.read_bytes()) for path in sorted(PUBLISHED.glob("*.pdf"))]
    with PdfReader() as reader:
        reader.read_text(files[0][1], name=files[0][0])
        for _ in range(passes):
            _forget()
            begin = time.perf_counter()
            pages = [(name, reader.read_text(data, name=name)) for name, data in files]
            extracting = min(extracting, (time.perf_counter() - begin) * 1000 / len(files))
            begin = time.process_time()
            for name, pdf in pages:
                parse_letter(pdf_letter_text(pdf, name=name), source=name)
            adding = min(adding, (time.process_time() - begin) * 1000 / len(files))
    return extracting, adding


def endless(texts: list[str]) -> Iterator[str]:
    """Yield letters, no two alike: case number and requests differ."""
    number = 0
    while True:
        for source in texts:
            number += 1
            text = re.sub(r"CM\d\d-\d{7}", f"CM15-{number:07}", source, count=1)
            yield text.replace(": Upheld", f", request {number}: Upheld")


def read_stream(count: int) -> dict[str, float]:
    """Read letters one after the other; return the most memory of this process, and the speed."""
    stream = endless(sources())
    begin = time.process_time()
    for _ in range(count):
        to_json_line(parse_letter(letter_text(next(stream))).letter)
    seconds = time.process_time() - begin
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"letters": count, "peak_mb": round(peak_mb, 1), "letters_a_second": round(count / seconds)}


def stream(count: int) -> dict[str, float]:
    """Return what a process of its own says that reads a stream of letters."""
    command = [sys.executable, __file__, "--stream", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def measure(*, quick: bool) -> tuple[dict[str, float], dict[str, Tally], dict[str, Tally]]:
    """Return all figures by name, and the tallies behind them."""
    texts = sources()
    read = accuracy()
    changed = robustness(texts, rounds=1 if quick else 10)
    figures = reach()
    total, mutated = Tally(), Tally()
    for tally in read.values():
        total.add(tally)
    for tally in changed.values():
        mutated.add(tally)
    figures["letters.parse.fields"] = total.total
    figures["letters.parse.fields_exact_pct"] = round(100 * total.right / total.total, 3)
    figures["letters.parse.silent_pct"] = round(100 * total.silent / total.total, 4)
    figures["letters.parse.changed_fields"] = mutated.total
    figures["letters.parse.changed_exact_pct"] = round(100 * mutated.right / mutated.total, 2)
    figures["letters.parse.changed_silent_pct"] = round(100 * mutated.silent / mutated.total, 4)
    passes = 5 if quick else 15
    for name, remembers in (("nothing_remembered", False), ("seen_before", True)):
        speed = letters_a_second(texts, passes=passes, remembers=remembers)
        figures[f"letters.parse.letters_a_second_{name}"] = round(speed)
    extracting, adding = milliseconds_of_pdf(passes=2 if quick else 5)
    figures["letters.parse.pdf_extraction_ms"] = round(extracting, 2)
    figures["letters.parse.pdf_added_ms"] = round(adding, 2)
    in_stream = stream(3_000 if quick else 100_000)
    figures["letters.parse.stream_letters"] = in_stream["letters"]
    figures["letters.parse.stream_letters_a_second"] = in_stream["letters_a_second"]
    figures["letters.parse.stream_peak_mb"] = in_stream["peak_mb"]
    figures.update(letters_render.measure(quick=quick))
    return figures, read, changed


def _tallies(title: str, tallies: dict[str, Tally]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("letters", "fields", "right", "missing, said so", "wrong, said so", "missing", "silent"):
        table.add_column(column, justify="left" if column == "letters" else "right")
    for name, tally in tallies.items():
        share = f"{100 * tally.right / tally.total:.2f} %" if tally.total else "\u2013"
        counts = (tally.abstained, tally.flagged, tally.unexplained, tally.silent)
        table.add_row(name, str(tally.total), share, *map(str, counts))
    return table


def _rows(figures: dict[str, float]) -> list[tuple[str, str, str, str]]:
    """Return the rows of the summary: figure, ours, target, peer."""

    def of(name: str) -> str:
        return f"{figures[f'letters.parse.{name}']:,.10g}"

    return [
        ("layouts of others that are known", of("layouts"), "5", PEER["layouts"]),
        ("seeds accepted", f"{of('seeds_accepted')} of 5", "5 of 5", PEER["seeds"]),
        ("items with outcome", f"{of('items_with_outcome')} of {of('items')}", "all", PEER["outcomes"]),
        (
            "items with both sides' citations",
            f"{of('items_with_both_bases')} of {of('items')}",
            "all",
            PEER["citations"],
        ),
        ("fields exact, published and seeds", f"{of('fields_exact_pct')} %", "\u2265 99.5 %", ""),
        ("silent errors", f"{of('silent_pct')} %", "\u2264 0.1 %", ""),
        ("fields exact, changed letters", f"{of('changed_exact_pct')} %", "", ""),
        ("silent errors, changed letters", f"{of('changed_silent_pct')} %", "\u2264 0.1 %", ""),
        (
            "letters/s from text, nothing remembered",
            of("letters_a_second_nothing_remembered"),
            "\u2265 1,000",
            "",
        ),
        ("letters/s from text, lines seen before", of("letters_a_second_seen_before"), "\u2265 1,000", ""),
        ("letters/s in a stream, no two alike, to JSON", of("stream_letters_a_second"), "\u2265 1,000", ""),
        ("ms a PDF: extraction of its text", of("pdf_extraction_ms"), "", ""),
        ("ms a PDF: added by parsing", of("pdf_added_ms"), "\u2264 2", ""),
        (f"MB for a stream of {of('stream_letters')} letters", of("stream_peak_mb"), "< 300", ""),
        (
            "ms to render a typical letter as PDF, warm",
            f"{figures['letters.render.typical_pdf_ms_median']:g}",
            "\u2264 40",
            "",
        ),
    ]


def _summary(figures: dict[str, float]) -> Table:
    table = Table(title="Letters: reading and writing", title_justify="left")
    for column in ("figure", "ours", "target", "public C# parser (as described)"):
        table.add_column(column, overflow="fold")
    for row in _rows(figures):
        table.add_row(*row)
    return table


def main() -> None:
    """Measure, and print tables or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer letters and passes")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    parser.add_argument("--stream", type=int, metavar="COUNT", help="only read a stream of so many letters")
    arguments = parser.parse_args()
    if arguments.stream:
        print(json.dumps(read_stream(arguments.stream)))
        return
    figures, read, changed = measure(quick=arguments.quick)
    if arguments.json:
        print(json.dumps(figures))
        return
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_tallies("Real letters, field by field", read))
    console.print(_tallies("Real letters, changed", changed))
    console.print(_summary(figures))


if __name__ == "__main__":
    main()
