"""The examples beside the measures hold: each is a tiny bundle taken apart by hand."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest
from benchmarks.casefiles import dates, disturbing, measures, printing


@pytest.mark.parametrize(
    "module", [dates, disturbing, measures, printing], ids=lambda module: module.__name__
)
def test_the_examples_of_a_module_hold(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0
