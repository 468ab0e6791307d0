"""Families of papers by offices of their own looks and words, written when the others were known."""

from __future__ import annotations

from benchmarks.casefiles.draft import Family
from benchmarks.casefiles.unseen.dictated import DICTATED
from benchmarks.casefiles.unseen.evaluating import EVALUATING
from benchmarks.casefiles.unseen.hands import HANDS
from benchmarks.casefiles.unseen.hospital import HOSPITAL
from benchmarks.casefiles.unseen.parties import PARTIES
from benchmarks.casefiles.unseen.pharmacies import PHARMACIES
from benchmarks.casefiles.unseen.readers import READERS
from benchmarks.casefiles.unseen.reviewing import REVIEWING
from benchmarks.casefiles.unseen.rosewood import ROSEWOOD
from benchmarks.casefiles.unseen.tidewater import TIDEWATER
from benchmarks.casefiles.unseen.toxicology import TOXICOLOGY
from benchmarks.casefiles.unseen.wardline import WARDLINE

UNSEEN: dict[str, tuple[Family, int]] = {
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
