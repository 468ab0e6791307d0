"""Families of papers by offices of their own looks and words, written when the others were known."""

from __future__ import annotations

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.opened_houses.dictated import DICTATED
from benchmarks.casefiles.opened_houses.evaluating import EVALUATING
from benchmarks.casefiles.opened_houses.hands import HANDS
from benchmarks.casefiles.opened_houses.hospital import HOSPITAL
from benchmarks.casefiles.opened_houses.parties import PARTIES
from benchmarks.casefiles.opened_houses.pharmacies import PHARMACIES
from benchmarks.casefiles.opened_houses.readers import READERS
from benchmarks.casefiles.opened_houses.reviewing import REVIEWING
from benchmarks.casefiles.opened_houses.rosewood import ROSEWOOD
from benchmarks.casefiles.opened_houses.tidewater import TIDEWATER
from benchmarks.casefiles.opened_houses.toxicology import TOXICOLOGY
from benchmarks.casefiles.opened_houses.wardline import WARDLINE

OPENED_HOUSES: dict[str, tuple[Family, int]] = {
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
