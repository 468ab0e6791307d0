"""What a record and a request come to in numbers, in a table: None where they leave a doubt."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.answer import Asked
from openimr.guidelines.questions import ask
from openimr.vocabulary.requests import parse_request

IN_2016 = date(2016, 12, 14)
DOSE, MME = "rx.daily_dose_mg", "rx.daily_mme_total"
ACETAMINOPHEN, SUPPLY = "rx.daily_acetaminophen_mg", "rx.days_supply_requested"
TWO_OF_FOUR = "He takes Norco 10/325 mg, 2 tablets every 6 hours."


@pytest.mark.parametrize(
    ("fact", "request_", "record", "value"),
    [
        (DOSE, "Morphine sulfate 30 mg 2 tabs bid #120", "", 120.0),
        (MME, "Morphine sulfate 30 mg 2 tabs bid #120", "", 120.0),
        (SUPPLY, "Morphine sulfate 30 mg 2 tabs bid #120", "", 30.0),
        (DOSE, "Norco 10/325 two tablets q6h", "", 80.0),
        (ACETAMINOPHEN, "Norco 10/325 two tablets q6h", "", 2600.0),
        (DOSE, "Norco 10/325 mg 2 tablets daily #60", "", 20.0),
        (DOSE, "Norco 10/325 mg 1 tablet twice a day", "", 20.0),
        (DOSE, "Norco 10/325 mg 1 tab qam and 2 tabs qhs", "", None),
        (DOSE, "Norco 10/325 mg #240", TWO_OF_FOUR, 80.0),
        (SUPPLY, "Norco 10/325 mg #240", TWO_OF_FOUR, 30.0),
        (ACETAMINOPHEN, "Norco 10/325 mg #240", TWO_OF_FOUR, 2600.0),
        (SUPPLY, "Norco 10/325 mg #240", "He takes Norco.", None),
    ],
)
def test_what_the_words_come_to(fact: str, request_: str, record: str, value: float | None) -> None:
    facts = extract_facts(pages_of_summary(record))
    found = ask(fact, Asked(facts=facts, treatment=parse_request(request_), on=IN_2016))
    assert found.value == (pytest.approx(value) if value is not None else None)
