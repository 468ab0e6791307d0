"""Facts of whole pages: places, days, use of drugs, conflicts, sections, kinds of document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import Assertion, Fact, FactKind, Facts
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy
from openimr.vocabulary.tables import read_table

PIECES = [
    row["example"].replace("{", "").replace("}", "")
    for row in read_table("openimr.facts", "data/triggers.csv")
]
PIECES += [
    "DIAGNOSES:", "MEDICATIONS", "\n\n", "\n- ", "; ", "8/10", "on 02/03/2014", "İstanbul ﬁ ", "“Norco”",
    "5-7/10 pain.", "since at least 5-1-2015", "#90", "52-year-old", "his", "her", "at L4-5", "without",
    "x 12 sessions", "\t", "4/5",
]  # fmt: skip


def page(text: str, number: int = 1) -> Page:
    return Page(document="d" * 64, number=number, bundle_page=number, text=text, read_by=ReadBy.TEXT_LAYER)


def exhibit(number: int, kind: ExhibitType, served_on: date | None) -> Exhibit:
    return Exhibit(
        id=number,
        type=kind,
        title="Invented",
        document="d" * 64,
        pages=(number,),
        document_pages=(number,),
        date_of_service=served_on,
    )


def named(found: Facts, name: str) -> list[Fact]:
    return [f for f in found.facts if f.name == name]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12))
def test_every_quotation_stands_at_its_place(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for fact in extract_facts([page(text)]).facts:
        assert fact.quote
        assert text[fact.seen_at.start : fact.seen_at.end] == fact.quote


def test_an_unread_page_says_nothing() -> None:
    blank = Page(document="d" * 64, number=1, bundle_page=1, text="", read_by=ReadBy.UNREAD)
    assert extract_facts([blank]) == Facts(facts=(), conflicts=(), drug_use=())


def test_a_day_comes_from_the_sentence_then_the_paragraph_then_the_exhibit() -> None:
    text = (
        "She has neck pain.\n\nOn 03/04/2014 she was seen for low back pain. There is tenderness of the hip."
    )
    found = extract_facts([page(text)], [exhibit(1, ExhibitType.PROGRESS_REPORT, date(2014, 5, 6))])
    days = {f.name: (f.dated, f.dated_by) for f in found.facts if f.kind is not FactKind.SEX}
    assert days["neck pain"] == (date(2014, 5, 6), "exhibit")
    assert days["low back pain"] == (date(2014, 3, 4), "sentence")
    assert days["tenderness"] == (date(2014, 3, 4), "paragraph")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Follow up on 06/01/2014 for muscle spasm.", None),
        ("Return visit on 06/01/2014 for muscle spasm.", None),
        ("He will be seen on 06/01/2014 for muscle spasm.", None),
        ("Next appointment: 06/01/2014, for muscle spasm.", None),
        ("She is scheduled for an MRI on 02/01/2014 for muscle spasm.", None),
        ("Follow-up visit on 03/01/2014 showed muscle spasm.", date(2014, 3, 1)),
        ("A report of 01/05/2010 told of gout. There is muscle spasm.", date(2010, 1, 5)),
        ("A report of 01/05/2010 told of gout. There is no muscle spasm now.", None),
        ("A report of 01/05/2010 told of gout. Today he has muscle spasm. It is hard.", None),
        ("On 01/05/2010 he had gout; today he has muscle spasm.", None),
        ("A report of 01/05/2010 told of gout. Up to now he has muscle spasm.", date(2010, 1, 5)),
    ],
)
def test_a_day_to_come_dates_nothing_and_today_is_the_day_of_the_paper(text: str, day: date | None) -> None:
    served_on = date(2014, 4, 1)
    found = extract_facts([page(text)], [exhibit(1, ExhibitType.PROGRESS_REPORT, served_on)])
    (spasm,) = named(found, "muscle spasm")
    assert spasm.dated == (day or served_on)


def test_today_in_a_decision_that_retells_a_report_is_the_day_of_that_report() -> None:
    text = "In the report of 01/05/2014 he had neck pain. He currently has muscle spasm."
    found = extract_facts([page(text)], [exhibit(1, ExhibitType.UR_DECISION, date(2014, 4, 1))])
    assert named(found, "muscle spasm")[0].dated == date(2014, 1, 5)


def test_the_day_of_the_injury_is_carried_to_no_complaint() -> None:
    found = extract_facts(pages_of_summary("He was injured on 8/14/2012. He has neck pain."))
    assert named(found, "injury")[0].dated == date(2012, 8, 14)
    assert named(found, "neck pain")[0].dated is None


def test_the_use_of_a_drug_counts_from_the_first_to_the_last_mention_that_says_it_is_taken() -> None:
    pages = [
        page("MEDICATIONS:\nBaclofen 10 mg twice a day #60", 1),
        page("MEDICATIONS:\nBaclofen 10 mg three times a day #90", 2),
        page("The request for baclofen 10 mg #90 was denied.", 3),
    ]
    exhibits = [
        exhibit(1, ExhibitType.PROGRESS_REPORT, date(2014, 9, 5)),
        exhibit(2, ExhibitType.PROGRESS_REPORT, date(2014, 11, 21)),
        exhibit(3, ExhibitType.UR_DECISION, date(2015, 1, 20)),
    ]
    (use,) = extract_facts(pages, exhibits).drug_use
    assert (use.drug, use.first_seen, use.last_seen, use.days) == (
        "baclofen",
        date(2014, 9, 5),
        date(2014, 11, 21),
        77,
    )
    assert [m.page for m in use.mentions] == [1, 2]


def test_since_when_a_drug_is_taken_counts_as_use() -> None:
    found = extract_facts(
        pages_of_summary("Seen on 10-28-2015. Medications are baclofen (since at least 5-1-2015).")
    )
    assert found.drug_use[0].days == 180


def test_a_drug_without_a_day_has_no_length_of_use() -> None:
    (use,) = extract_facts(pages_of_summary("Current medications include baclofen.")).drug_use
    assert (use.first_seen, use.days) == (None, None)


def test_a_request_form_asks_and_a_list_of_medications_does_not() -> None:
    asked = extract_facts([page("Baclofen 10 mg #90")], [exhibit(1, ExhibitType.RFA, None)])
    taken = extract_facts([page("Baclofen 10 mg #90")], [exhibit(1, ExhibitType.PHARMACY, None)])
    assert {f.assertion for f in named(asked, "baclofen")} == {Assertion.REQUESTED}
    assert {f.assertion for f in named(taken, "baclofen")} == {Assertion.PRESENT}


def test_a_family_history_is_of_the_family() -> None:
    found = extract_facts([page("FAMILY HISTORY:\nDiabetes, gout.\n\nOBJECTIVE:\nMuscle spasm of the neck.")])
    assert named(found, "gout")[0].assertion is Assertion.FAMILY
    assert named(found, "muscle spasm")[0].assertion is Assertion.PRESENT


def test_two_sexes_are_a_conflict_with_both_places() -> None:
    found = extract_facts(
        pages_of_summary("This 46-year-old female has neck pain. He received an injection.")
    )
    (conflict,) = found.conflicts
    assert conflict.about == "sex"
    assert len(conflict.places) == 2


def test_a_finding_there_and_not_there_on_one_day_is_a_conflict() -> None:
    text = "On 03/04/2014 there is muscle spasm of the neck. The neck has no muscle spasm."
    assert [c.about for c in extract_facts(pages_of_summary(text)).conflicts] == ["muscle spasm"]


def test_ages_that_time_explains_are_no_conflict() -> None:
    pages = [page("A 51-year-old man.", 1), page("A 53-year-old man.", 2)]
    two_years = [
        exhibit(1, ExhibitType.PROGRESS_REPORT, date(2013, 1, 1)),
        exhibit(2, ExhibitType.PROGRESS_REPORT, date(2015, 2, 1)),
    ]
    one_month = [two_years[0], exhibit(2, ExhibitType.PROGRESS_REPORT, date(2013, 2, 1))]
    assert extract_facts(pages, two_years).conflicts == ()
    assert [c.about for c in extract_facts(pages, one_month).conflicts] == ["age"]


def test_one_diagnosis_on_two_sides_on_one_day_is_a_conflict() -> None:
    text = "Seen on 03/04/2014: left knee osteoarthritis. The diagnosis is right knee osteoarthritis."
    assert [c.about for c in extract_facts(pages_of_summary(text)).conflicts] == ["side of osteoarthritis"]


def test_a_laboratory_finds_drugs_and_nobody_takes_them() -> None:
    found = extract_facts(
        [page("OXYCODONE SCREEN NEGATIVE 100 NG/ML")],
        [exhibit(1, ExhibitType.LABORATORY, date(2014, 10, 17))],
    )
    (fact,) = found.facts
    assert (fact.kind, dict(fact.detail)) == (FactKind.RISK, {"drug": "oxycodone", "result": "negative"})
    assert found.drug_use == ()


def test_a_line_of_a_pharmacy_gives_quantity_and_days() -> None:
    found = extract_facts(
        [page("11/21/2014 BACLOFEN 10 MG TAB 90 30")], [exhibit(1, ExhibitType.PHARMACY, date(2015, 1, 12))]
    )
    (fact,) = found.facts
    assert fact.dated == date(2014, 11, 21)
    assert {("quantity", "90"), ("days_supply", "30")} <= set(fact.detail)


def test_what_only_the_denial_reports_is_no_use() -> None:
    text = "The patient takes baclofen since 01/05/2014."
    found = extract_facts([page(text)], [exhibit(1, ExhibitType.UR_DECISION, date(2015, 1, 20))])
    assert named(found, "baclofen")[0].is_reported
    assert found.drug_use == ()


def test_a_pronoun_behind_a_doctor_says_nothing_of_the_patient() -> None:
    text = "This 46-year-old female has neck pain. Dr. Vole examined her. He ordered films."
    assert extract_facts(pages_of_summary(text)).conflicts == ()


def test_the_age_of_a_daughter_is_not_the_age_of_the_patient() -> None:
    text = "This 46-year-old woman lives with a 16-year-old daughter. She is well."
    assert [f.value for f in named(extract_facts(pages_of_summary(text)), "age")] == [46.0]


def test_notes_of_a_therapy_count_visits_without_naming_it_again() -> None:
    text = "OSPREY PHYSICAL THERAPY\nDischarge\nShe attended 11 of 12 visits for the knee."
    found = extract_facts([page(text)], [exhibit(1, ExhibitType.THERAPY_NOTES, date(2013, 12, 13))])
    assert [(f.value, dict(f.detail)["planned"]) for f in named(found, "physical therapy")] == [(11.0, "12")]


def test_a_phrase_over_a_line_end_is_found() -> None:
    text = (
        "She was seen because the pain goes on, and she denies loss of bladder or bowel\ncontrol at any time."
    )
    (fact,) = named(extract_facts([page(text)]), "bowel or bladder dysfunction")
    assert fact.assertion is Assertion.ABSENT
    assert fact.quote == "denies loss of bladder or bowel\ncontrol"
