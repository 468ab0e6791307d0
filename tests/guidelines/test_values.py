"""What a record and a request come to in numbers, in a table: None where they leave a doubt."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines import about_drugs
from openimr.guidelines.answer import Asked
from openimr.guidelines.questions import ask
from openimr.vocabulary.requests import parse_request

IN_2016 = date(2016, 12, 14)
DOSE, MME = "rx.daily_dose_mg", "rx.daily_mme_total"
ACETAMINOPHEN, SUPPLY = "rx.daily_acetaminophen_mg", "rx.days_supply_requested"
USE, BACLOFEN = "rx.duration_of_use_total", "Baclofen 10 mg #60"
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
        (MME, "Norco 10/325 mg 1 tablet twice a day", "He takes Percocet 10/325 mg twice a day.", 50.0),
        (USE, BACLOFEN, "On 1/1/2016 he takes baclofen. On 3/1/2016 he takes baclofen.", 60.0),
        # what is taken behind the request is no use before it
        (USE, BACLOFEN, "On 11/14/2016 he takes baclofen. On 3/14/2017 he takes baclofen.", 30.0),
        (USE, BACLOFEN, "On 1/14/2017 he takes baclofen. On 3/14/2017 he takes baclofen.", None),
    ],
)
def test_what_the_words_come_to(fact: str, request_: str, record: str, value: float | None) -> None:
    facts = extract_facts(pages_of_summary(record))
    found = ask(fact, Asked(facts=facts, treatment=parse_request(request_), on=IN_2016))
    assert found.value == (pytest.approx(value) if value is not None else None)


TWO_IN_2016 = "On 1/5/2016 he takes MS Contin 30 mg twice a day and Ambien 10 mg at bedtime."


@pytest.mark.parametrize(
    ("record", "in_use"),
    [
        (TWO_IN_2016, {"morphine_er", "zolpidem"}),
        # a stop on the day of the request or before it ends the use, a later one does not
        (f"{TWO_IN_2016} On 3/5/2016 MS Contin was discontinued.", {"zolpidem"}),
        (f"{TWO_IN_2016} On 1/5/2016 MS Contin was discontinued.", {"zolpidem"}),
        (f"{TWO_IN_2016} On 12/20/2016 MS Contin was discontinued.", {"morphine_er", "zolpidem"}),
        (
            f"{TWO_IN_2016} On 3/5/2016 MS Contin was discontinued. On 5/5/2016 he takes MS Contin.",
            {"morphine_er", "zolpidem"},
        ),
        ("On 1/5/2016 he takes MS Contin. On 3/5/2016 MS Contin was discontinued.", None),
    ],
)
def test_what_was_stopped_is_not_in_use(record: str, in_use: set[str] | None) -> None:
    facts = extract_facts(pages_of_summary(record))
    found = about_drugs.concurrent_drugs(
        Asked(facts=facts, treatment=parse_request("Norco 10/325 mg #90"), on=IN_2016)
    )
    named = {f.name for _, f in found.shown_by}
    assert named == (in_use or set()) and (found.value is None) is (in_use is None)
