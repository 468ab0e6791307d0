"""What a record and a request come to in numbers, in a table: None where they leave a doubt."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines import about_drugs
from openimr.guidelines.answer import Asked
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.guidelines.questions import ask
from openimr.terms.facts import Facts
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy
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
        # how many tablets of another strength are taken says nothing of these
        (DOSE, "Norco 10/325 mg #240", "He takes Norco 5/325 mg, 2 tablets every 6 hours.", None),
        (MME, "Norco 10/325 mg 1 tablet twice a day", "He takes Percocet 10/325 mg twice a day.", 50.0),
        # a supply holds its refills, and goes by days where the request does
        (SUPPLY, "Norco 10/325 mg 1 tablet twice a day #60, 2 refills", "", 90.0),
        (SUPPLY, "Baclofen 10 mg, 30 day supply", "", 30.0),
        (SUPPLY, "Fentanyl patch 25 mcg/hr every 72 hours #10", "", 30.0),
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


LIMITED, CARE, SLEEP = "case.activity_limited_weeks", "case.conservative_weeks", "case.sleep_disturbance_days"


@pytest.mark.parametrize(
    ("fact", "record", "value"),
    [
        (LIMITED, "On 9/7/2016 he was off work. On 11/2/2016 he was off work.", 8.0),
        # full duty, or a long silence, ends a span; the last one counts
        (
            LIMITED,
            "On 9/7/2016 he was off work. On 10/5/2016 he was on full duty. On 11/2/2016 he was off work.",
            None,
        ),
        (
            LIMITED,
            "On 9/7/2014 he was off work. On 11/2/2016 he was off work. On 11/9/2016 he was off work.",
            1.0,
        ),
        (CARE, "On 9/7/2016 she had physical therapy. On 11/2/2016 she had physical therapy.", 8.0),
        (CARE, "On 9/7/2006 she had physical therapy. On 11/2/2016 she had physical therapy.", None),
        (SLEEP, "On 9/7/2016 she has insomnia. On 11/2/2016 she has insomnia.", 56.0),
        (SLEEP, "On 9/7/2014 she has insomnia. On 11/2/2016 she has insomnia.", None),
    ],
)
def test_a_span_is_broken_by_its_opposite_and_by_a_long_silence(
    fact: str, record: str, value: float | None
) -> None:
    facts = extract_facts(pages_of_summary(record))
    asked = Asked(facts=facts, treatment=parse_request("MRI of the left knee"), on=IN_2016)
    assert ask(fact, asked).value == value


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


LOW_BACK, LEFT_KNEE = (
    "Physical therapy 12 sessions for the low back",
    "Physical therapy 12 sessions, left knee",
)
NOTE, OPERATION, THERAPY = (
    ExhibitType.PROGRESS_REPORT,
    ExhibitType.OPERATIVE_REPORT,
    ExhibitType.THERAPY_NOTES,
)
IN_MAY, MONTH_BEFORE = date(2014, 5, 1), pytest.approx(0.99, abs=0.01)
ESI = "Lumbar epidural steroid injection"


def of_exhibit(text: str, kind: ExhibitType) -> Facts:
    """Return the facts of a document with one page, whose day of service is 04/01/2014."""
    page = Page(document="a" * 64, number=1, bundle_page=1, text=text, read_by=ReadBy.TEXT_LAYER)
    exhibit = Exhibit(
        id=1,
        type=kind,
        title="Report",
        document="a" * 64,
        pages=(1,),
        document_pages=(1,),
        date_of_service=date(2014, 4, 1),
    )
    return extract_facts([page], [exhibit])


@pytest.mark.parametrize(
    ("fact", "request_", "kind", "record", "value"),
    [
        # the day of a visit is not that of the operation it tells of
        ("case.months_since_surgery", LOW_BACK, NOTE, "He is s/p L4-5 lumbar fusion in 2010.", None),
        ("case.months_since_surgery", LOW_BACK, OPERATION, "Lumbar fusion was carried out.", MONTH_BEFORE),
        ("case.months_since_surgery", LOW_BACK, OPERATION, "He is s/p lumbar fusion.", None),
        ("case.months_since_surgery", LEFT_KNEE, OPERATION, "Lumbar fusion was carried out.", None),
        ("case.months_since_surgery", LEFT_KNEE, THERAPY, "Left knee arthroscopy. Exercise.", None),
        ("case.months_since_surgery", LEFT_KNEE, NOTE, "Left knee arthroscopy on 4/1/2014.", MONTH_BEFORE),
        ("case.months_since_surgery", LEFT_KNEE, NOTE, "Right knee arthroscopy on 4/1/2014.", None),
        ("request.weeks_after_surgery", LEFT_KNEE, NOTE, "She had left knee arthroscopy.", None),
        ("tx.months_since_last", ESI, NOTE, "She had a lumbar ESI in the past.", None),
        ("tx.months_since_last", ESI, OPERATION, "A lumbar ESI was carried out.", MONTH_BEFORE),
        ("tx.count_last_12_months_region", ESI, NOTE, "She had a lumbar ESI in the past.", None),
        # visits to another part are none to this one
        ("tx.visits_cumulative", LOW_BACK, NOTE, "12 sessions of physical therapy of the left knee.", None),
        ("tx.visits_cumulative", LOW_BACK, NOTE, "12 sessions of physical therapy for the left knee.", None),
        ("tx.visits_cumulative", LEFT_KNEE, NOTE, "12 sessions of physical therapy of the left knee.", 24.0),
    ],
)
def test_what_a_document_tells_of_its_own_day(
    fact: str, request_: str, kind: ExhibitType, record: str, value: float | None
) -> None:
    asked = Asked(facts=of_exhibit(record, kind), treatment=parse_request(request_), on=IN_MAY)
    assert ask(fact, asked).value == value


@pytest.mark.parametrize(
    ("kind", "record", "first"),
    [
        (NOTE, "He is s/p L4-5 lumbar fusion in 2010.", "pm.physical_medicine"),
        (OPERATION, "Lumbar fusion was carried out.", "pm.postsurgical"),
    ],
)
def test_therapy_long_after_an_operation_is_not_postsurgical(
    kind: ExhibitType, record: str, first: str
) -> None:
    facts = of_exhibit(record, kind)
    assert evaluate(1, parse_request(LOW_BACK), facts, on=IN_MAY, library=load_library())[0].topic == first
