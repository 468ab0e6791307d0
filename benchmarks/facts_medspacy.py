"""medSpaCy beside our own reading of facts: the same texts, the same names to look for, the same scoring.

    benchmarks/facts_medspacy.py [--quick] [--json] [--part development|held_out] [--env DIR]

medSpaCy runs in an environment of its own, made on first use from requirements-medspacy.txt, since it wants
an older numpy than this project. It is given our lists of disorders and drugs as targets, so that what is
compared is what each says of a mention (ConText against our triggers), and the speed. Of the part held out
only its totals are printed, and not our own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import Assertion
from openimr.vocabulary.drugs import all_drugs
from openimr.vocabulary.tables import read_table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.casefiles.measures import f1, together  # noqa: E402  # path set above
from benchmarks.facts_gold import (  # noqa: E402
    Figure,
    found_mention,
    keyed_mention,
    keyed_texts,
    of_all,
    printed,
)
from benchmarks.gold.keys import KINDS, PARTS, Keyed  # noqa: E402
from benchmarks.gold.scoring import Mention, Pairing, class_counts, mention_counts, paired  # noqa: E402

WORKER = ROOT / "benchmarks" / "medspacy_worker.py"
REQUIREMENTS = ROOT / "benchmarks" / "requirements-medspacy.txt"
ENVIRONMENT = ROOT / ".cache" / "medspacy"
# What ConText's flags say in our classes; the first that holds counts. It has none for what is only
# requested, and none for what a guideline says of everybody.
CLASSES = {
    "is_family": Assertion.FAMILY,
    "is_hypothetical": Assertion.HYPOTHETICAL,
    "is_uncertain": Assertion.HYPOTHETICAL,
    "is_negated": Assertion.ABSENT,
    "is_historical": Assertion.HISTORICAL,
}
OURS, PEER = "ours", "medSpaCy"


class ToolMissing(Exception):
    """medSpaCy cannot be run; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one reader found in every text, how long it took, and what it is."""

    mentions: list[list[Mention]]
    seconds: float
    version: str


def python_of(folder: Path) -> Path:
    """Return the Python of an environment that can load medSpaCy, which is made where it is not there.

    Raises:
        ToolMissing: It could not be made or cannot load medSpaCy.
    """
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"Making an environment for medSpaCy in {folder}; this takes minutes.", file=sys.stderr)
        venv.create(folder, with_pip=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
        if subprocess.run(install, check=False).returncode:
            raise ToolMissing(f"pip could not install {REQUIREMENTS.name} into {folder}.")
    if subprocess.run([str(python), "-c", "import medspacy"], capture_output=True, check=False).returncode:
        raise ToolMissing(f"the environment {folder} cannot load medspacy; remove it, and it is made anew.")
    return python


def targets() -> list[tuple[str, str]]:
    """Return our names of disorders and drugs, each with the kind of mention that it is."""
    rows = read_table("openimr.facts", "data/diagnoses.csv")
    disorders = [(row["phrase"], "diagnosis") for row in rows if row["group"] != "symptom"]
    drugs = [(name, "medication") for drug in all_drugs() for name in (*drug.names, *drug.brands)]
    return disorders + drugs


def class_of(flags: Sequence[str]) -> str:
    """Return our class for the flags of ConText.

    Example:
        >>> class_of(["is_negated", "is_historical"]), class_of([])
        ('absent', 'present')
    """
    return next((said.value for flag, said in CLASSES.items() if flag in flags), Assertion.PRESENT.value)


def by_medspacy(texts: Sequence[str], python: Path, *, passes: int) -> Read:
    """Return what medSpaCy finds in some texts."""
    job = json.dumps({"targets": targets(), "texts": texts, "passes": passes})
    ran = subprocess.run([str(python), str(WORKER)], input=job, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise ToolMissing(f"it ended with status {ran.returncode}: {ran.stderr.strip().splitlines()[-1:]}")
    result = json.loads(ran.stdout)
    mentions = [
        [
            Mention(kind=label, start=start, end=end, assertion=class_of(flags))
            for start, end, label, flags in found
        ]
        for found in result["found"]
    ]
    versions = result["versions"]
    return Read(
        mentions=mentions,
        seconds=result["seconds"],
        version=f"medSpaCy {versions['medspacy']}, spaCy {versions['spacy']}",
    )


def by_us(texts: Sequence[str], *, passes: int) -> Read:
    """Return what we find in some texts, everything else that we read on a page included in the time."""
    pages = [pages_of_summary(text) for text in texts]
    mentions = [
        [found_mention(f) for f in extract_facts(page).facts if f.kind.value in KINDS] for page in pages
    ]
    best = float("inf")
    for _ in range(passes):
        began = time.process_time()
        for page in pages:
            extract_facts(page)
        best = min(best, time.process_time() - began)
    return Read(mentions=mentions, seconds=best, version=OURS)


def pairings(texts: Sequence[tuple[list[Keyed], str]], read: Read) -> list[list[Pairing]]:
    """Return for each text the pairing of each kind of mention."""
    result = []
    for (rows, text), mentions in zip(texts, read.mentions, strict=True):
        keyed = [keyed_mention(row, text) for row in rows if row.kind in KINDS]
        result.append(
            [
                paired([k for k in keyed if k.kind == kind], [f for f in mentions if f.kind == kind])
                for kind in KINDS
            ]
        )
    return result


def said_of(paired_texts: Sequence[Sequence[Pairing]]) -> dict[tuple[int, str, int, int], tuple[str, str]]:
    """Return keyed and found class of every mention that was found, by its text and place."""
    return {
        (number, k.kind, k.start, k.end): (k.assertion, f.assertion)
        for number, kinds in enumerate(paired_texts)
        for pairing in kinds
        for k, f in pairing.pairs
    }


def figures(
    texts: Sequence[tuple[list[Keyed], str]], reads: Mapping[str, Read]
) -> dict[str, dict[str, Figure | float]]:
    """Return each measure of each reader.

    Mentions that both readers found are the fair ground for what they say of
    a mention: neither gains by missing the hard ones.
    """
    done = {name: pairings(texts, read) for name, read in reads.items()}
    said = {name: said_of(paired_texts) for name, paired_texts in done.items()}
    both = set.intersection(*(set(one) for one in said.values()))
    return {name: dict(_of_reader(done[name], said[name], both, texts, reads[name])) for name in reads}


def _of_reader(
    done: Sequence[Sequence[Pairing]],
    said: Mapping[tuple[int, str, int, int], tuple[str, str]],
    both: set[tuple[int, str, int, int]],
    texts: Sequence[tuple[list[Keyed], str]],
    read: Read,
) -> Iterator[tuple[str, Figure | float]]:
    for at, kind in enumerate(KINDS):
        total = together([mention_counts(kinds[at]) for kinds in done])
        yield f"{kind} mentions F1", f1(total)
    shared = [said[key] for key in sorted(both)]
    yield "assertion right, mentions both find", of_all(sum(k == f for k, f in shared), len(shared))
    yield "assertion right, mentions it finds", of_all(sum(k == f for k, f in said.values()), len(said))
    for name in Assertion:
        counts = class_counts(shared, name.value)
        if counts.right + counts.missed:
            yield f"{name.value}: recall", of_all(counts.right, counts.right + counts.missed)
        if counts.right + counts.wrong:
            yield f"{name.value}: precision", of_all(counts.right, counts.right + counts.wrong)
    letters = sum(len(text) for _, text in texts)
    yield "characters a second", round(letters / read.seconds)
    yield "texts a second", round(len(texts) / read.seconds, 1)


def shown(figure: Figure | float | None) -> str:
    """Return a figure as a table shows it.

    Example:
        >>> shown(None), shown(0.5), shown(1234567)
        ('–', '0.5', '1,234,567')
    """
    if figure is None:
        return "–"
    return printed(figure) if isinstance(figure, Figure) else f"{round(figure, 3):,}"


def print_table(part: str, found: Mapping[str, Mapping[str, Figure | float]], versions: str) -> None:
    """Print one table: a row a measure, a column a reader."""
    title = f"Facts, {part.replace('_', ' ')}: the same texts and names; {versions}"
    table = Table(title=title, title_justify="left")
    for column in ("figure", *found):
        table.add_column(column)
    for name in dict.fromkeys(name for one in found.values() for name in one):
        table.add_row(name, *(shown(one.get(name)) for one in found.values()))
    Console(width=None if sys.stdout.isatty() else 130).print(table)


def as_numbers(part: str, found: Mapping[str, Mapping[str, Figure | float]]) -> dict[str, float]:
    """Return the figures under flat names.

    Example:
        >>> as_numbers("development", {"ours": {"absent: recall": 0.5}})
        {'facts_medspacy.development.ours.absent_recall': 0.5}
    """
    numbers: dict[str, float] = {}
    for reader, one in found.items():
        for name, figure in one.items():
            flat = name.replace(":", "").replace(",", "").replace(" ", "_")
            value = round(figure.value, 4) if isinstance(figure, Figure) else figure
            numbers[f"facts_medspacy.{part}.{reader.lower()}.{flat}"] = value
    return numbers


def main() -> int:
    """Measure, and print a table or one JSON object; return 1 where medSpaCy or a source is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer texts, one pass")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    parser.add_argument("--part", choices=PARTS, default=PARTS[0], help="the part of the keyed texts")
    parser.add_argument("--env", type=Path, default=ENVIRONMENT, help="the folder of medSpaCy's environment")
    arguments = parser.parse_args()
    texts, changed = keyed_texts([arguments.part], quick=arguments.quick)
    plain = [text for _, text in texts]
    passes = 1 if arguments.quick else 3
    reads = {OURS: by_us(plain, passes=passes)}
    missing = None
    try:
        reads[PEER] = by_medspacy(plain, python_of(arguments.env), passes=passes)
    except ToolMissing as why:
        missing = why
    found = figures(texts, reads)
    if arguments.part != PARTS[0]:
        # our own totals of the part held out are printed by facts_gold.py alone, which counts how often
        found.pop(OURS)
    if arguments.json:
        print(json.dumps(as_numbers(arguments.part, found)))
    else:
        print_table(arguments.part, found, reads[PEER].version if PEER in reads else "medSpaCy is not there")
    for ref in changed:
        print(f"{ref}: the text is not the one that was keyed; its rows were left out.", file=sys.stderr)
    if missing:
        print(f"medSpaCy was not measured: {missing}", file=sys.stderr)
    return 1 if changed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
