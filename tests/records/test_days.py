"""Days as records print them."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.records.days import days_in

DAY = date(2015, 3, 5)


@pytest.mark.parametrize(
    "printed",
    [
        "03/05/2015",
        "3/5/15",
        "3-5-2015",
        "2015-03-05",
        "03.05.2015",
        "March 5, 2015",
        "March 5th, 2015",
        "Mar 5, 2015",
        "MARCH 5, 2015",
        "5 Mar 2015",
        "5 March 2015",
        "05-MAR-2015",
        "05-Mar-15",
        "05MAR15",
        "5th day of March, 2015",
        "Mar-05-15",
        "20150305",
    ],
)
def test_a_day_is_read_in_every_way_that_records_print_it(printed: str) -> None:
    text = f"Seen {printed} in the clinic"
    assert [(text[d.start : d.end], d.on) for d in days_in(text)] == [(printed, DAY)]


@pytest.mark.parametrize(
    "text",
    [
        "5 mg daily",
        "555-0105",
        "MRN 20159905",
        "ratio 1/2",
        "in March 2015",
        "L4-5",
        "claim 05MAR1234567",
        "98.6",
    ],
)
def test_other_figures_are_no_days(text: str) -> None:
    assert [d.on for d in days_in(text)] == []


def test_a_day_that_does_not_exist_is_shown_as_none() -> None:
    assert [d.on for d in days_in("31FEB15")] == [None]
