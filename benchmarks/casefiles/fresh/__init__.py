"""Families of papers by offices of their own looks and words, written when the others were known."""

from __future__ import annotations

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.fresh.dictated import DICTATED
from benchmarks.casefiles.fresh.hands import HANDS
from benchmarks.casefiles.fresh.hospital import HOSPITAL
from benchmarks.casefiles.fresh.readers import READERS
from benchmarks.casefiles.fresh.reviewing import REVIEWING
from benchmarks.casefiles.fresh.tidewater import TIDEWATER
from benchmarks.casefiles.fresh.toxicology import TOXICOLOGY

FRESH: dict[str, tuple[Family, int]] = {
    **TIDEWATER,
    **DICTATED,
    **HOSPITAL,
    **READERS,
    **TOXICOLOGY,
    **REVIEWING,
    **HANDS,
}
"""Each family with its weight: how common its papers are in a file."""
