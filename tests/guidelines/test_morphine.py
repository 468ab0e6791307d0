"""Opioids in oral morphine: the table of the day, bands of methadone, patches, and what has no factor."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.answer import Answer, Asked
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.guidelines.morphine import daily_mme, factor_sets, factors_on, morphine_factors
from openimr.terms.findings import Status
from openimr.terms.places import Verification
from openimr.vocabulary.requests import parse_request

IN_2015, IN_2016, IN_2023 = date(2015, 3, 2), date(2016, 12, 14), date(2023, 1, 5)
NO_OTHER = "She takes naproxen."


def told(request: str, on: date, record: str = NO_OTHER) -> Answer:
    facts = extract_facts(pages_of_summary(record))
    return daily_mme(Asked(facts=facts, treatment=parse_request(request), on=on))


@pytest.mark.parametrize(
    ("request_", "on", "mg"),
    [
        ("Norco 10/325 mg four times a day #120", IN_2015, 40),
        ("Oxycodone 10 mg four times a day #120", IN_2016, 60),
        # hydromorphone: five since 2022, four before
        ("Dilaudid 4 mg three times a day #90", IN_2016, 48),
        ("Dilaudid 4 mg three times a day #90", IN_2023, 60),
        # tramadol and tapentadol: no factor in the table of 2009; tramadol counts double since 2022
        ("Tramadol 50 mg four times a day #120", IN_2015, None),
        ("Tramadol 50 mg four times a day #120", IN_2016, 20),
        ("Tramadol 50 mg four times a day #120", IN_2023, 40),
        ("Nucynta 75 mg twice a day #60", IN_2015, None),
        ("Nucynta 75 mg twice a day #60", IN_2016, 60),
        ("Nucynta 75 mg twice a day #60", IN_2023, 60),
        # methadone: the band of the whole day, both sides of each edge, and one factor since 2022
        ("Methadone 10 mg twice a day #60", IN_2015, 80),
        ("Methadone 10 mg twice a day #60", IN_2016, 80),
        ("Methadone 7 mg three times a day #90", IN_2016, 168),
        ("Methadone 10 mg four times a day #120", IN_2016, 320),
        ("Methadone 20.5 mg twice a day #60", IN_2016, 410),
        ("Methadone 20 mg three times a day #90", IN_2016, 600),
        ("Methadone 20.5 mg three times a day #90", IN_2016, 738),
        ("Methadone 10 mg twice a day #60", IN_2023, 94),
        # patches: by the hour, worn one at a time, whatever the quantity
        ("Fentanyl patch 50 mcg/hr #15", IN_2015, 120),
        ("Fentanyl patch 50 mcg/hr #15", IN_2016, 120),
        ("Duragesic 25 mcg/h every 72 hours #10", IN_2023, 60),
        ("Fentanyl patch 50 mcg #15", IN_2016, 120),
        ("Butrans patch 10 mcg/hr #4", IN_2016, 18),
        ("Butrans patch 10 mcg/hr #4", IN_2015, None),
        # left out in 2022 on purpose
        ("Butrans patch 10 mcg/hr #4", IN_2023, None),
        ("Belbuca 150 mcg twice a day #60", IN_2016, 9),
        # by the milligram it treats dependence; a lozenge has other factors than a patch
        ("Suboxone 8/2 mg twice a day #60", IN_2016, None),
        ("Fentora 100 mcg four times a day #120", IN_2016, None),
        # what a day comes to is not told
        ("Norco 10/325 mg #120", IN_2016, None),
        ("Fentanyl patch #15", IN_2016, None),
        ("Baclofen 10 mg three times a day #90", IN_2016, None),
    ],
)
def test_a_day_of_an_opioid_in_morphine(request_: str, on: date, mg: float | None) -> None:
    found = told(request_, on)
    assert found.value == (None if mg is None else pytest.approx(mg))
    assert found.because


def test_a_figure_from_a_recalled_table_says_so() -> None:
    found = told("Oxycodone 15 mg four times a day #120", IN_2015)
    assert found.verified is not None and found.verified.how is Verification.RECALLED
    assert "recalled only" in found.because
    assert told("Oxycodone 15 mg four times a day #120", IN_2016).verified is None
    evaluated = evaluate(
        1,
        parse_request("Oxycodone 15 mg four times a day #120"),
        extract_facts(pages_of_summary(NO_OTHER)),
        on=IN_2015,
        library=load_library(),
    )
    finding = next(f for e in evaluated for f in e.findings if f.criterion == "opi.med120")
    assert finding.verified.how is Verification.RECALLED


def test_the_first_day_of_the_table_of_2022_is_recalled_and_says_so() -> None:
    assert factors_on(date(2022, 11, 3)).id == "cdc_2016_clinical"
    table = factors_on(date(2022, 11, 4))
    assert table.id == "cdc_2022"
    assert table.in_use_from_verified is not None
    assert table.in_use_from_verified.how is Verification.RECALLED
    assert "recalled only" in told("Oxycodone 15 mg four times a day #120", IN_2023).because
    document = load_library().documents["cdc-opioid"]
    assert document.in_force_from == table.in_use_from
    assert document.in_force_from_verified is not None
    assert document.in_force_from_verified.how is Verification.RECALLED


@pytest.mark.parametrize(
    ("record", "mg", "is_least"),
    [
        (NO_OTHER, 40, False),
        ("She came alone.", 40, True),
        ("On 11/1/2016 she takes morphine ER 15 mg twice a day.", 70, False),
        ("On 11/1/2016 she takes methadone.", 40, True),
        (
            "On 1/1/2016 she takes oxycodone 10 mg twice a day. On 11/1/2016 she takes oxycodone 5 mg "
            "twice a day.",
            55,
            False,
        ),
    ],
)
def test_other_opioids_of_the_record_count_by_their_latest_dose(
    record: str, mg: float, is_least: bool
) -> None:
    found = told("Norco 10/325 mg four times a day #120", IN_2016, record)
    assert (found.value, found.is_least) == (mg, is_least)
    assert bool(found.places) == ("Beside it" in found.because)


def test_a_drug_that_one_table_leaves_out_is_asked_of_the_other() -> None:
    factors = morphine_factors(IN_2016)
    assert factors.factors["tramadol"] == 0.1
    assert "methadone" not in factors.factors
    assert factors.is_seen and not morphine_factors(IN_2015).is_seen
    assert {s.for_others for s in factor_sets()} == {None, "cdc_2016_analysis"}


def test_the_limit_of_the_day_is_held_against_the_patch() -> None:
    evaluated = evaluate(
        1,
        parse_request("Fentanyl patch 50 mcg/hr #10"),
        extract_facts(pages_of_summary(NO_OTHER)),
        on=IN_2016,
        library=load_library(),
    )
    limit = next(f for e in evaluated for f in e.findings if f.criterion == "o6m.mme80")
    assert limit.status is Status.NOT_MET
    assert limit.limit is not None and "120" in limit.limit
