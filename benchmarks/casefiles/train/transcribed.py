"""Real transcripts as they are: what a typist hands over, without letterhead, fields or signature of ours.

They are read at run time from ``../shared`` and are no part of the project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.casefiles.draft import Draft, Family, paragraphs, setup
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

# The first specialty that a transcript is filed under decides; what is filed elsewhere only is left out.
_KINDS = (
    ("IME-QME-Work Comp etc.", ExhibitType.MEDICAL_LEGAL),
    ("Surgery", ExhibitType.OPERATIVE_REPORT),
    ("Radiology", ExhibitType.IMAGING),
    ("SOAP / Chart / Progress Notes", ExhibitType.PROGRESS_REPORT),
    ("Office Notes", ExhibitType.PROGRESS_REPORT),
    ("Consult - History and Phy.", ExhibitType.CONSULTATION),
    ("Discharge Summary", ExhibitType.OTHER),
)
_NERVES = re.compile(r"\b(?:EMG|electromyogra|nerve conduction|electroneuromyogra)", re.IGNORECASE)
_FONTS = ("Liberation Sans", "Liberation Serif", "Liberation Mono", "DejaVu Sans")


def transcribed_families(path: Path) -> Mapping[str, tuple[Family, int]]:
    """Return a family for each kind of transcript; none where they are not there."""
    if not path.is_file():
        return {}
    filed: dict[ExhibitType, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        kind = next((kind for name, kind in _KINDS if name in row["specialties"]), None)
        if kind is ExhibitType.IMAGING and _NERVES.search(row["sample_name"]):
            kind = ExhibitType.ELECTRODIAGNOSTIC
        if kind is not None:
            filed.setdefault(kind, []).append(row["transcription"])
    return {
        f"transcribed.{kind.value}": (partial(_transcribed, kind, tuple(texts)), min(len(texts), 30))
        for kind, texts in filed.items()
    }


def _transcribed(kind: ExhibitType, texts: Sequence[str], world: World, random: Random) -> Draft:
    """Return one of the transcripts, typed as the case's typist types, or as anyone does."""
    habits = Random(world.chart) if random.random() < 0.7 else random
    body = setup(
        font=habits.choice(_FONTS),
        size=habits.choice((9.5, 10.5, 11.5)),
        margin=habits.choice(("x: 1in, y: 0.9in", "x: 0.8in, y: 0.7in", "x: 1.3in, y: 1in")),
        footer=habits.choice(("[]", "[]", "context [#counter(page).display()]")),
    )
    lines = [line.strip() for line in random.choice(texts).split("\n") if line.strip()]
    return Draft(type=kind, title="", source=body + paragraphs(lines))
