"""Families of papers by offices of their own looks and words, written when the others were known."""

from __future__ import annotations

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.fresh.dictated import DICTATED
from benchmarks.casefiles.fresh.evaluating import EVALUATING
from benchmarks.casefiles.fresh.hands import HANDS
from benchmarks.casefiles.fresh.hospital import HOSPITAL
from benchmarks.casefiles.fresh.parties import PARTIES
from benchmarks.casefiles.fresh.pharmacies import PHARMACIES
from benchmarks.casefiles.fresh.readers import READERS
from benchmarks.casefiles.fresh.reviewing import REVIEWING
from benchmarks.casefiles.fresh.rosewood import ROSEWOOD
from benchmarks.casefiles.fresh.tidewater import TIDEWATER
from benchmarks.casefiles.fresh.toxicology import TOXICOLOGY
from benchmarks.casefiles.fresh.wardline import WARDLINE

FRESH: dict[str, tuple[Family, int]] = {
    **TIDEWATER,
    **DICTATED,
    **ROSEWOOD,
    **WARDLINE,
    **HOSPITAL,
    **READERS,
    **TOXICOLOGY,
    **HANDS,
    **PHARMACIES,
    **REVIEWING,
    **EVALUATING,
    **PARTIES,
}
"""Each family with its weight: how common its papers are in a file."""
