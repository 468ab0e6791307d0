"""Dates as records print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.vocabulary.dates import find_dates, read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seen 10-13-16", date(2016, 10, 13)),
        ("7/1/2013", date(2013, 7, 1)),
        ("on April 17, 2000", date(2000, 4, 17)),
        ("Sept. 3rd 2014", date(2014, 9, 3)),
        ("2015-02-26", date(2015, 2, 26)),
        ("injured 5/6/79", date(1979, 5, 6)),
        ("collected 14-MAR-2016 09:30", date(2016, 3, 14)),
        ("seen on the 2nd of May 2016", date(2016, 5, 2)),
        ("2016/03/14", date(2016, 3, 14)),
    ],
)
def test_a_date_is_read_month_first(text: str, expected: date) -> None:
    assert [found.on for found in find_dates(text)] == [expected]


def test_a_day_that_does_not_exist_is_no_other_day() -> None:
    assert [found.on for found in find_dates("2/30/2014")] == [None]


@pytest.mark.parametrize("text", ["10/325 mg", "7.5/325", "1/2", "120/80/70/60", "555-12-1234"])
def test_strengths_and_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)), st.integers(0, 4))
def test_every_day_is_read_in_every_spelling(day: date, spelling: int) -> None:
    printed = [
        day.isoformat(),
        f"{day:%m/%d/%Y}",
        f"{day.month}-{day.day}-{day.year}",
        f"{day.month}/{day.day}/{day:%y}",
        f"{day:%B} {day.day}, {day.year}",
    ][spelling]
    assert read_date(f" {printed} ") == day


@given(st.text(alphabet="0123456789/-. janfebmy,", max_size=40))
def test_dates_found_stand_in_order_and_inside_the_text(text: str) -> None:
    reached = 0
    for found in find_dates(text):
        assert reached <= found.start < found.end <= len(text)
        assert read_date(text[found.start : found.end]) == found.on
        reached = found.end
