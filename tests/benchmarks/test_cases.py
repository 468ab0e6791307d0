"""The invented cases arrive as the published figures say, and the same seed gives the same cases."""

from __future__ import annotations

from collections import Counter
from statistics import median

import pytest
from benchmarks.cases import EVERY_YEAR, SURGE_YEAR, generate, quotas

from openimr.terms.case import Case, UrAction
from openimr.terms.letter import Priority

COUNT = 5_000


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(generate(seed=1, count=COUNT))


def test_the_same_seed_gives_the_same_cases(cases: list[Case]) -> None:
    assert list(generate(seed=1, count=200)) == list(generate(seed=1, count=200))
    assert list(generate(seed=2, count=200)) != list(generate(seed=1, count=200))
    assert len(cases) == COUNT
    assert len({case.case.number for case in cases}) == COUNT


def test_the_published_volumes_are_the_ones_that_were_published() -> None:
    assert sum(volume for (year, _), volume in EVERY_YEAR.items() if year == 2013) == 73_282
    assert (EVERY_YEAR[2013, 7], EVERY_YEAR[2013, 8]) == (4_410, 15_731)
    to_april = sum(volume for month, volume in EVERY_YEAR.items() if month <= (2014, 4))
    assert abs(to_april - 133_677) < 12
    assert abs(sum(EVERY_YEAR[2018, month] for month in range(1, 13)) - 250_000) < 12
    assert abs(sum(EVERY_YEAR[2024, month] for month in range(1, 13)) - 199_651) < 12


def test_arrivals_follow_the_volumes_of_their_months(cases: list[Case]) -> None:
    expected = dict(zip(SURGE_YEAR, quotas(tuple(SURGE_YEAR.values()), COUNT), strict=True))
    first = [case for case in cases if case.patient.id == f"patient-{int(case.case.number[-7:]) - 9_000_000}"]
    found = Counter(
        (case.dates.application_received.on.year, case.dates.application_received.on.month)
        for case in first
        if case.dates.application_received
    )
    # Four in five are no duplicates, and hardly any lack the day of receipt.
    for month, volume in expected.items():
        assert 0.7 * volume < found[month] < 0.9 * volume + 5, month


def test_about_one_in_five_is_a_duplicate(cases: list[Case]) -> None:
    patients = Counter(case.patient.id for case in cases)
    assert 0.17 < sum(times - 1 for times in patients.values()) / COUNT < 0.23


def test_days_from_service_to_receipt_are_those_of_real_letters() -> None:
    days = sorted(
        (case.dates.application_received.on - case.dates.ur_served.on).days
        for case in generate(seed=3, count=COUNT, months={(2017, 1): 1})
        if case.dates.application_received and case.dates.ur_served and case.case.priority is Priority.REGULAR
    )
    assert 13 <= median(days) <= 18
    assert 26 <= days[len(days) * 9 // 10] <= 31
    assert days[-1] > 35


def test_every_kind_of_trouble_is_there(cases: list[Case]) -> None:
    assert {dispute.ur_action for case in cases for dispute in case.disputes} >= set(UrAction)
    assert {case.service.ur for case in cases} >= {None}
    assert any(case.application.signed is False for case in cases)
    assert any(case.application.liability_disputed for case in cases)
    assert any(case.dates.ur_served is None for case in cases)
    assert any(case.dates.rfa_received and case.dates.rfa_received.at for case in cases)
