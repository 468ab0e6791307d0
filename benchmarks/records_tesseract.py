"""The peer of recognition: Tesseract over each picture of a bundle, two at a time."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pypdfium2
import tesserocr
from benchmarks.casefiles import measures
from benchmarks.casefiles.truth import Truth

_DPI, _POINTS = 300, 72
_PROCESSES = 2
_engine: list[tesserocr.PyTessBaseAPI] = []
"""The engine of a process, loaded once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What Tesseract alone reads: pages, seconds by the clock, character errors over the upright ones.

    ``processor_seconds`` are those of drawing and recognizing alone, without the start of its processes.
    """

    pages: int
    seconds: float
    processor_seconds: float
    errors: int
    characters: int


def _trained() -> str:
    """Return the folder of trained data that the program ``tesseract`` of this machine uses."""
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True)
    return (said.stdout + said.stderr).split('"')[1]


def _start(trained: str) -> None:
    _engine.append(tesserocr.PyTessBaseAPI(path=trained, psm=tesserocr.PSM.AUTO))


def _read(place: tuple[Path, int]) -> tuple[str, float]:
    """Return the words that Tesseract reads on a page, drawn at 300 dpi as its manual asks, and seconds."""
    began = time.process_time()
    path, number = place
    with pypdfium2.PdfDocument(path) as document:
        image = document[number - 1].render(scale=_DPI / _POINTS, grayscale=True).to_pil()
    _engine[0].SetImage(image)
    return str(_engine[0].GetUTF8Text()), time.process_time() - began


def tesseract_alone(truths: Sequence[tuple[Path, Truth]]) -> Peer:
    """Return what it takes to recognize every picture of bundles of one file each, copies too."""
    scans = [(place / truth.files[0], scan, truth) for place, truth in truths for scan in truth.scans]
    os.environ["OMP_THREAD_LIMIT"] = "1"
    began = time.perf_counter()
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), _start, (_trained(),)) as pool:
        read = list(pool.map(_read, [(path, scan.page) for path, scan, _ in scans], chunksize=2))
    seconds = time.perf_counter() - began
    compared = [
        measures.character_errors(scan.text, words)
        for (_, scan, truth), (words, _) in zip(scans, read, strict=True)
        if not scan.has_text_layer and scan.page not in truth.rotated
    ]
    return Peer(
        pages=len(scans),
        seconds=seconds,
        processor_seconds=sum(spent for _, spent in read),
        errors=sum(errors for errors, _ in compared),
        characters=sum(characters for _, characters in compared),
    )
