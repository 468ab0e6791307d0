"""Mentions of opioids in oral morphine: patches by the hour, methadone by the band of the day."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.daily_dose import mme_per_day
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.chronology import MorphineFactors
from openimr.terms.facts import FactKind

# Invented round figures, so that each product shows which of them was taken.
FACTORS = {
    "hydrocodone": 1.0,
    "fentanyl_transdermal_mcg_per_hour": 2.0,
    "buprenorphine_patch": 14.0,
    "buprenorphine_film_mcg": 0.1,
    "methadone_to_20_mg": 2.0,
    "methadone_21_to_40_mg": 3.0,
    "methadone_41_to_60_mg": 4.0,
    "methadone_over_60_mg": 5.0,
}


def factors(on: date | None) -> MorphineFactors:
    return MorphineFactors(title="Invented", factors=FACTORS, is_seen=True)


def flat(on: date | None) -> MorphineFactors:
    return MorphineFactors(title="Invented", factors={"methadone": 10.0}, is_seen=True)


@pytest.mark.parametrize(
    ("sentence", "mme"),
    [
        ("He takes Norco 10/325 mg four times a day.", 40.0),
        ("He uses a fentanyl patch 25 mcg/hr every 72 hours.", 50.0),
        ("He uses a fentanyl patch 25 mcg/hr.", 50.0),
        ("He uses a Butrans patch 10 mcg/hr weekly.", 20.0),
        ("He takes methadone 10 mg twice a day.", 40.0),
        ("He takes methadone 10 mg three times a day.", 90.0),
        ("He takes methadone 10 mg six times a day.", 240.0),
        ("He takes methadone 20 mg four times a day.", 400.0),
        ("He takes methadone 10 mg.", None),
        ("He takes Suboxone 8/2 mg twice a day.", None),
        ("He takes tramadol 50 mg four times a day.", None),
        ("He takes baclofen 10 mg three times a day.", None),
    ],
)
def test_a_mention_in_morphine(sentence: str, mme: float | None) -> None:
    (fact,) = (f for f in extract_facts(pages_of_summary(sentence)).facts if f.kind is FactKind.MEDICATION)
    assert mme_per_day(fact, factors) == mme


def test_one_factor_of_methadone_stands_before_the_bands() -> None:
    text = "He takes methadone 10 mg three times a day."
    (fact,) = (f for f in extract_facts(pages_of_summary(text)).facts if f.kind is FactKind.MEDICATION)
    assert mme_per_day(fact, flat) == 300.0
