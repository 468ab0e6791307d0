"""What reading a mixed file costs beside Tesseract over each of its scans, and whether turned scans are read.

    benchmarks/records_reading.py [--quick] [--json]

Seconds by the clock depend on what else the machine does; those of the
processor, of all processes together, do much less, so the comparison is by
them. Both are printed. Ours are those of the whole file: the start of every
process, the pages with text, copies, splitting and dating. Those of the peer
are of drawing and recognizing alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
from rich.console import Console
from rich.table import Table

from openimr.records.ocr import Recognizer
from openimr.records.ocr_wire import Recognized, RecognizeRequest
from openimr.records.picture import Grey, lie_of
from openimr.records.tessdata import tessdata_folder
from openimr.records.twins import TWIN_DPI

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.casefiles import measures  # noqa: E402  # the path is set just above
from benchmarks.casefiles.bundle import generate  # noqa: E402
from benchmarks.casefiles.train import TRAIN  # noqa: E402
from benchmarks.casefiles.truth import Scan, Truth  # noqa: E402
from benchmarks.records import TRANSCRIPTS, read_once, reading, splitting, ways  # noqa: E402
from benchmarks.records_tesseract import tesseract_alone  # noqa: E402

_SEED, _SCANS, _COPIES = 202, 0.3, 0.4
_DPI, _POINTS = 200, 72
# One in so many scans of a large file is given to the peer, whose time is in proportion to pages.
_PEER_TAKES = 4
_TURNED_PAGES = 24


def mixed(folder: Path, pages: int, *, peer_takes: int) -> tuple[dict[str, float], Truth]:
    """Return the figures of a file of which a third is scanned and two in five pages are copies."""
    truth = _generated(folder, pages, scans=_SCANS)
    run = read_once(folder, truth)
    peer = tesseract_alone([(folder, replace(truth, scans=truth.scans[::peer_takes]))])
    all_scans = len(truth.scans) / peer.pages
    split = splitting([run])
    figures = {
        "minutes": run.seconds / 60,
        "processor_seconds": run.processor_seconds,
        "scanned_pages": len(truth.scans),
        **reading([run]),
        **ways([run]),
        "copies_recall": split["copies_recall"],
        "copies_precision": split["copies_precision"],
        "tesseract.minutes": peer.seconds * all_scans / 60,
        "tesseract.processor_seconds": peer.processor_seconds * all_scans,
        "tesseract.character_errors_pct": 100 * peer.errors / peer.characters,
        "times_as_fast_as_tesseract": peer.processor_seconds * all_scans / run.processor_seconds,
    }
    return {f"records.mixed.{name}": value for name, value in figures.items()}, truth


def text(folder: Path, pages: int) -> dict[str, float]:
    """Return what a file of pages with text takes, two in five of them copies."""
    run = read_once(folder, _generated(folder, pages, scans=0.0))
    split = splitting([run])
    figures = {
        "pages_a_minute": 60 * pages / run.seconds,
        "pages_a_processor_minute": 60 * pages / run.processor_seconds,
        "peak_mb": run.peak_mb,
        "copies_recall": split["copies_recall"],
        "copies_precision": split["copies_precision"],
    }
    return {f"records.text.{name}": value for name, value in figures.items()}


def _generated(folder: Path, pages: int, *, scans: float) -> Truth:
    return generate(
        folder,
        _SEED,
        pages,
        families=TRAIN,
        scans_share=scans,
        duplicates_share=_COPIES,
        transcripts=TRANSCRIPTS if TRANSCRIPTS.is_file() else None,
    )


def turned(folder: Path, truth: Truth, pages: int) -> dict[str, float]:
    """Return how scans are read that lie on a side or on their head, and what finding that costs."""
    upright = [scan for scan in truth.scans if not scan.has_text_layer and scan.page not in truth.rotated]
    chosen = upright[:: max(1, len(upright) // pages)][:pages]
    trained = tessdata_folder()
    if trained is None:
        raise SystemExit("Tesseract's English data is not installed.")
    recognizer = Recognizer(str(trained))
    figures: dict[str, float] = {}
    with pypdfium2.PdfDocument(folder / truth.files[0]) as document:
        for quarters in range(4):
            figures |= _turned_by(document, chosen, quarters, recognizer)
    return {f"records.turned.{name}": value for name, value in figures.items()}


def _turned_by(
    document: pypdfium2.PdfDocument, scans: Sequence[Scan], quarters: int, recognizer: Recognizer
) -> dict[str, float]:
    errors = characters = 0
    right, looking = 0, 0.0
    for scan in scans:
        fine, coarse = (_drawn(document, scan.page, dpi, quarters) for dpi in (_DPI, TWIN_DPI))
        began = time.process_time()
        lie = lie_of(coarse)
        looking += time.process_time() - began
        request = RecognizeRequest(
            fine.shape[1],
            fine.shape[0],
            fine.tobytes(),
            _DPI / _POINTS,
            is_lying=lie.is_lying,
            slant=lie.slant,
        )
        answer = recognizer.recognize(request)
        assert isinstance(answer, Recognized)
        right += round((answer.turned + 90 * quarters) / 90) % 4 == 0
        wrong, there = measures.character_errors(scan.text, answer.text)
        errors += wrong
        characters += there
    name = f"{90 * quarters}_degrees"
    return {
        f"{name}.found_pct": 100 * right / len(scans),
        f"{name}.character_errors_pct": 100 * errors / characters,
        f"{name}.ms_to_find_slant": 1000 * looking / len(scans),
    }


def _drawn(document: pypdfium2.PdfDocument, page: int, dpi: int, quarters: int) -> Grey:
    image = document[page - 1].render(scale=dpi / _POINTS, grayscale=True).to_pil()
    return np.ascontiguousarray(np.rot90(np.asarray(image), quarters))


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a file of 40 pages, and 2 turned ones")
    parser.add_argument("--json", action="store_true", help="one object {figure: number}")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "mixed"
        quick = arguments.quick
        figures, truth = mixed(folder, 40 if quick else 1_000, peer_takes=1 if quick else _PEER_TAKES)
        figures |= turned(folder, truth, 2 if quick else _TURNED_PAGES)
        figures |= text(Path(place) / "text", 100 if quick else 1_000)
    figures = {name: round(value, 4) for name, value in figures.items()}
    if arguments.json:
        print(json.dumps(figures))
        return
    table = Table("figure", "value", title="Reading of scans", title_justify="left")
    for name, value in figures.items():
        table.add_row(name, f"{value:g}")
    Console(width=None if sys.stdout.isatty() else 100).print(table)


if __name__ == "__main__":
    main()
