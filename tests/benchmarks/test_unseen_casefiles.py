"""The unseen families: every one can be drawn and printed, and says the days of its truth itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import Random

import pypdfium2
import pytest
from benchmarks.casefiles.draft import Draft
from benchmarks.casefiles.printing import Printer
from benchmarks.casefiles.unseen import UNSEEN
from benchmarks.casefiles.unseen.dress import WRITINGS
from benchmarks.casefiles.world import make_world

SEEDS = range(10)
PRINTER = Printer()


def drawn(family: str, seed: int) -> list[Draft]:
    """Return what a family writes for a seed."""
    random = Random(seed)
    written = UNSEEN[family][0](make_world(random), random)
    return [written] if isinstance(written, Draft) else list(written)


def words(draft: Draft) -> str:
    """Return what stands on the printed pages, in one line."""
    kept = io.BytesIO()
    with PRINTER.printed(draft) as pdf:
        pdf.save(kept)
    return " ".join(" ".join(_pages(kept.getvalue())).split())


def _pages(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield page.get_textpage().get_text_bounded()


@pytest.mark.parametrize("family", sorted(UNSEEN))
def test_days_of_the_truth_are_printed(family: str) -> None:
    """A day that no reader could find would be no truth; a report is never older than its service."""
    for seed in SEEDS:
        for draft in drawn(family, seed):
            text = words(draft)
            days = [day for day in (draft.date_of_service, draft.report_date) if day]
            assert days, f"{family} {seed} has no day"
            assert days == sorted(set(days)), f"{family} {seed}: the report is a later day or none"
            for day in days:
                assert any(write(day) in text for write in WRITINGS), f"{family} {seed}: {day}"


@pytest.mark.parametrize("family", sorted(UNSEEN))
def test_authors_are_printed(family: str) -> None:
    """The name of the author stands on the paper."""
    for seed in SEEDS:
        for draft in drawn(family, seed):
            assert draft.author is None or draft.author.upper() in words(draft).upper()


def test_a_seed_writes_the_same_again() -> None:
    """Nothing but the given random source decides."""
    assert all(drawn(family, 3) == drawn(family, 3) for family in UNSEEN)
