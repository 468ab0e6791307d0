"""How well and how fast case files are read: families that may be looked at, and families held out.

    benchmarks/records.py [--quick] [--json] [--families NAME ...]
    benchmarks/records.py --cluster [--quick] [--json]

Peers are quoted with their figures over their own data, not run: their pages
are not public. Every figure of ours is over generated case files of known truth.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openimr.records.read import read_paths
from openimr.terms.records import CaseFile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.casefiles import measures, scoring  # noqa: E402  # the path is set just above
from benchmarks.casefiles.bundle import generate  # noqa: E402
from benchmarks.casefiles.held_out import HELD_OUT  # noqa: E402
from benchmarks.casefiles.opened import OPENED  # noqa: E402
from benchmarks.casefiles.opened_houses import OPENED_HOUSES  # noqa: E402
from benchmarks.casefiles.opened_offices import OPENED_OFFICES  # noqa: E402
from benchmarks.casefiles.scoring import Judged, Score, score  # noqa: E402
from benchmarks.casefiles.train import TRAIN  # noqa: E402
from benchmarks.casefiles.truth import Truth  # noqa: E402
from benchmarks.casefiles.unseen import UNSEEN  # noqa: E402
from benchmarks.records_cluster import beside_cluster  # noqa: E402
from benchmarks.records_tesseract import tesseract_alone  # noqa: E402

TRANSCRIPTS = ROOT.parent / "shared" / "records" / "transcripts.jsonl"
FAMILIES = {
    "train": TRAIN,
    "held_out": HELD_OUT,
    "opened": OPENED,
    "opened_offices": OPENED_OFFICES,
    "opened_houses": OPENED_HOUSES,
    "unseen": UNSEEN,
}
# figure: its peer, or the target where no peer says anything
PEERS = {
    "boundary_f1": "TABME 0.953; OpenPSS BERT 0.83, trees on text 0.66",
    "boundary_precision": "TABME 0.947",
    "boundary_recall": "TABME 0.964",
    "weighted_pq": "OpenPSS BERT 0.77, late fusion 0.77, trees on text 0.51; on other data 0.47 and 0.16",
    "moves_a_bundle": "TABME 3.44 (other lengths of stream)",
    "perfect_pct": "TABME 40.7; TABME++ with a 7B decoder 80",
    "copies_recall": "target 0.98",
    "copies_precision": "target 0.99",
    "service_date_exact_pct": "target 97; scanned sleep reports 94.8",
    "service_date_wrong_pct": "target 0.5 at most",
    "type_pct": "Goodrum 2020, pages in fine classes: 91.3",
    "pages_a_minute": "RecordIQ 100-200 (vendor); target 5,000 with text",
    "times_as_fast_as_tesseract": "target 2 in a file with copies",
    "character_errors_pct": "Tesseract 0.6 clean, 8-9 on simulated fax",
}
_POLL_SECONDS = 0.1
_BUNDLE = 25
"""Pages of a bundle: about the eleven documents of a TABME folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A bundle that was read: truth, score, seconds by the clock and of all processors, peak memory."""

    folder: Path
    truth: Truth
    score: Score
    seconds: float
    processor_seconds: float
    peak_mb: float


def processor_seconds() -> float:
    """Return the processor's seconds of this process and of those that it started and that have ended."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


class PeakMemory:
    """Watches the memory of this process and of all that it started."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_POLL_SECONDS):
            self.peak_mb = max(self.peak_mb, sum(map(_resident_mb, _family(os.getpid()))))


def _family(process: int) -> list[int]:
    """Return the process and all that descend from it."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []
    return [process, *(other for child in children for other in _family(child))]


def _resident_mb(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def read_once(folder: Path, truth: Truth) -> Run:
    """Return a bundle read and scored; what scoring costs is not counted."""
    began, worked = time.perf_counter(), processor_seconds()
    with PeakMemory() as memory:
        case_file: CaseFile = read_paths([folder / name for name in truth.files])[0]
        seconds, spent = time.perf_counter() - began, processor_seconds() - worked
    return Run(
        folder=folder,
        truth=truth,
        score=score(truth, case_file),
        seconds=seconds,
        processor_seconds=spent,
        peak_mb=memory.peak_mb,
    )


def runs(folder: Path, kind: str, seeds: Iterable[int], pages: int, scans: float, copies: float) -> list[Run]:
    """Return bundles of a kind of families, generated and read."""
    found = []
    transcripts = TRANSCRIPTS if TRANSCRIPTS.is_file() else None
    for seed in seeds:
        place = folder / f"{kind}-{seed}-{pages}-{scans}"
        truth = generate(
            place,
            seed,
            pages,
            families=FAMILIES[kind],
            scans_share=scans,
            duplicates_share=copies,
            transcripts=transcripts,
        )
        found.append(read_once(place, truth))
    return found


def splitting(found: Sequence[Run]) -> dict[str, float]:
    """Return how well bundles were taken apart."""
    scores = [run.score for run in found]
    at = measures.together(one.boundaries for one in scores)
    same = measures.together(one.copies for one in scores)
    judged = [one for score_ in scores for one in score_.judged]
    days = scoring.service_dates(judged)
    invented, without = scoring.invented_service_dates(judged)
    kinds, written, who = scoring.types(judged), scoring.report_dates(judged), scoring.authors(judged)
    return {
        "boundary_f1": measures.f1(at),
        "boundary_precision": measures.precision(at),
        "boundary_recall": measures.recall(at),
        "weighted_pq": _mean(one.quality for one in scores),
        "page_weighted_pq": _mean(one.page_quality for one in scores),
        "moves_a_bundle": _mean(one.moves for one in scores),
        "perfect_pct": 100 * _mean(one.perfect for one in scores),
        "copies_recall": measures.recall(same),
        "copies_precision": measures.precision(same),
        "type_pct": 100 * measures.share(kinds.exact, kinds),
        "service_date_exact_pct": 100 * measures.share(days.exact, days),
        "service_date_wrong_pct": 100 * measures.share(days.wrong, days),
        "service_date_abstained_pct": 100 * measures.share(days.abstained, days),
        "service_date_invented_pct": 100 * invented / without if without else 0.0,
        "report_date_exact_pct": 100 * measures.share(written.exact, written),
        "report_date_wrong_pct": 100 * measures.share(written.wrong, written),
        "author_exact_pct": 100 * measures.share(who.exact, who),
        "author_wrong_pct": 100 * measures.share(who.wrong, who),
    }


def reading(found: Sequence[Run]) -> dict[str, float]:
    """Return how well pictures were recognized, and at what cost."""
    errors, characters = map(sum, zip(*(run.score.read_characters for run in found), strict=True))
    missed, words = map(sum, zip(*(run.score.read_words for run in found), strict=True))
    return {
        "recognized_pages": sum(run.score.read_pages for run in found),
        "character_errors_pct": 100 * errors / characters if characters else 0.0,
        "words_missed_pct": 100 * missed / words if words else 0.0,
        **speed(found),
    }


def beside_tesseract(found: Sequence[Run]) -> dict[str, float]:
    """Return what Tesseract alone takes for the same pictures, and its errors."""
    peer = tesseract_alone([(run.folder, run.truth) for run in found])
    ours = sum(run.seconds for run in found)
    return {
        "tesseract.pages_a_minute": 60 * peer.pages / peer.seconds,
        "tesseract.character_errors_pct": 100 * peer.errors / peer.characters,
        "times_as_fast_as_tesseract": peer.seconds / ours,
    }


def speed(found: Sequence[Run]) -> dict[str, float]:
    """Return pages a minute, end to end, and the memory of all processes at their peak."""
    pages = sum(run.truth.pages for run in found)
    return {
        "pages_a_minute": 60 * pages / sum(run.seconds for run in found),
        "peak_mb": max(run.peak_mb for run in found),
    }


def ways(found: Sequence[Run]) -> dict[str, float]:
    """Return the share of copies found, by the way in which they were made."""
    totals: dict[str, list[int]] = {}
    for run in found:
        for way, (right, there) in run.score.copies_by_way.items():
            total = totals.setdefault(way, [0, 0])
            total[0] += right
            total[1] += there
    return {f"copies_recall.{way}": right / there for way, (right, there) in sorted(totals.items()) if there}


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def by_family(found: Sequence[Run]) -> Table:
    """Return a table of families: how many, begun rightly, whole, of the right kind, with the right day."""
    table = Table(title="By family", title_justify="left")
    for column in (
        "family",
        "documents",
        "begins %",
        "whole %",
        "type %",
        "day exact %",
        "day wrong %",
        "author %",
    ):
        table.add_column(column, justify="left" if column == "family" else "right")
    grouped: dict[str, list[Judged]] = {}
    for run in found:
        for one in run.score.judged:
            grouped.setdefault(one.document.family, []).append(one)
    for family, judged in sorted(grouped.items()):
        days, kinds, who = scoring.service_dates(judged), scoring.types(judged), scoring.authors(judged)
        dated = any(one.document.date_of_service for one in judged)
        signed = any(one.document.author for one in judged)
        shares = (
            _mean(one.begins for one in judged),
            _mean(one.whole for one in judged),
            measures.share(kinds.exact, kinds),
            measures.share(days.exact, days) if dated else None,
            measures.share(days.wrong, days) if dated else None,
            measures.share(who.exact, who) if signed else None,
        )
        table.add_row(
            family, str(len(judged)), *("" if one is None else f"{100 * one:.0f}" for one in shares)
        )
    return table


def measure(
    folder: Path, *, quick: bool, kinds: Sequence[str]
) -> tuple[dict[str, float], dict[str, list[Run]]]:
    """Return the figures by name, and the runs behind those of splitting."""
    figures: dict[str, float] = {}
    kept: dict[str, list[Run]] = {}
    for kind in kinds:
        text = runs(folder, kind, range(1, 4 if quick else 41), _BUNDLE, 0.0, 0.2)
        pictures = runs(folder, kind, range(101, 102 if quick else 104), 4 if quick else _BUNDLE, 1.0, 0.2)
        kept[kind] = text
        for track, part in (("text", text), ("pictures", pictures)):
            figures |= {f"records.{kind}.{track}.{name}": value for name, value in splitting(part).items()}
            figures |= {f"records.{kind}.{track}.{name}": value for name, value in ways(part).items()}
        figures |= {f"records.{kind}.pictures.{name}": value for name, value in reading(pictures).items()}
        if not quick:
            figures |= {
                f"records.{kind}.pictures.{name}": value for name, value in beside_tesseract(pictures).items()
            }
    if "train" in kinds:
        figures |= _large(folder, quick=quick)
    return {name: round(value, 4) for name, value in figures.items()}, kept


def _large(folder: Path, *, quick: bool) -> dict[str, float]:
    """Return speed and memory over a large case file, of text and mixed."""
    large = runs(folder, "train", [201], 150 if quick else 1_000, 0.0, 0.4)
    figures = {f"records.large.text.{name}": value for name, value in speed(large).items()}
    if not quick:
        mixed = runs(folder, "train", [202], 1_000, 0.3, 0.4)
        figures |= {
            f"records.large.mixed.{name}": value for name, value in (reading(mixed) | ways(mixed)).items()
        }
        figures["records.large.mixed.minutes"] = mixed[0].seconds / 60
    return figures


def cluster(folder: Path, *, quick: bool) -> dict[str, float]:
    """Return pages a minute of one mixed file with the processes of this machine and with Ray."""
    truth = generate(folder, 203, 40 if quick else 120, families=TRAIN, scans_share=0.3, duplicates_share=0.4)
    figures = beside_cluster(folder, truth, rounds=1 if quick else 3)
    return {f"records.cluster.{name}": value for name, value in figures.items()}


def show(figures: dict[str, float], kept: dict[str, list[Run]]) -> None:
    """Print our figures beside those of the peers, and the families; of unseen ones their totals alone."""
    console = Console(width=None if sys.stdout.isatty() else 140)
    table = Table(title="Records: case files of known truth", title_justify="left")
    for column in ("figure", *(kind.replace("_", " ") for kind in kept), "peers and targets"):
        table.add_column(column, overflow="fold")
    names = dict.fromkeys(name.split(".", 2)[2] for name in figures if not name.startswith("records.large"))
    for name in names:
        ours = (figures.get(f"records.{kind}.{name}") for kind in kept)
        table.add_row(
            name, *("" if one is None else f"{one:g}" for one in ours), PEERS.get(name.split(".", 1)[1], "")
        )
    for name, value in figures.items():
        if name.startswith("records.large"):
            table.add_row(
                name.removeprefix("records."),
                f"{value:g}",
                *[""] * (len(kept) - 1),
                PEERS.get(name.split(".", 3)[3], ""),
            )
    console.print(table)
    for kind, found in kept.items():
        if kind == "unseen":
            continue
        console.print(kind.replace("_", " "))
        console.print(by_family(found))


def main() -> None:
    """Measure, and print tables or one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer and smaller case files")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    parser.add_argument(
        "--families", nargs="+", choices=tuple(FAMILIES), default=tuple(FAMILIES), help="only these"
    )
    parser.add_argument("--cluster", action="store_true", help="the local pool against Ray, and nothing else")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.cluster:
            figures, kept = cluster(Path(folder), quick=arguments.quick), {}
        else:
            figures, kept = measure(Path(folder), quick=arguments.quick, kinds=arguments.families)
    if arguments.json:
        print(json.dumps(figures))
    elif arguments.cluster:
        print("\n".join(f"{name}: {value:.1f}" for name, value in figures.items()))
    else:
        show(figures, kept)


if __name__ == "__main__":
    main()
