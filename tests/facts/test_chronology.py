"""The chronology: every entry with its page and words, drugs, pictures, the table."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from openimr.facts.chronology import chronology
from openimr.facts.chronology_page import COLUMNS, chronology_csv, chronology_html
from openimr.facts.daily_dose import mme_per_day, units_per_day
from openimr.facts.drug_courses import drug_courses, mme_by_day
from openimr.facts.extract import extract_facts
from openimr.records.read import read_paths
from openimr.terms.chronology import Entry, EntryKind, MorphineFactors
from openimr.terms.facts import Assertion, Fact, FactKind, Facts
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Manifest, Page, ReadBy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def factors(on: date | None) -> MorphineFactors:
    """Return an invented table: hydrocodone as morphine, oxycodone as half more."""
    return MorphineFactors(title="Invented", factors={"hydrocodone": 1.0, "oxycodone": 1.5}, is_seen=False)


def case_of(*papers: tuple[ExhibitType, date | None, str]) -> CaseFile:
    """Return a case file with a page for each paper."""
    pages = tuple(
        Page(document="d" * 64, number=n, bundle_page=n, text=text, read_by=ReadBy.TEXT_LAYER)
        for n, (_, _, text) in enumerate(papers, 1)
    )
    exhibits = tuple(
        Exhibit(
            id=n, type=kind, title="Invented", document="d" * 64, pages=(n,), document_pages=(n,),
            date_of_service=on,
        )
        for n, (kind, on, _) in enumerate(papers, 1)
    )  # fmt: skip
    manifest = Manifest(files=(), exhibits=len(papers), pages=len(papers), unread_pages=(), seal="0" * 64)
    return CaseFile(manifest=manifest, pages=pages, exhibits=exhibits)


def read(case_file: CaseFile) -> tuple[Facts, tuple[Entry, ...]]:
    facts = extract_facts(case_file.pages, case_file.exhibits)
    return facts, chronology(facts, case_file, factors)


def of_kind(entries: tuple[Entry, ...], kind: EntryKind) -> list[Entry]:
    return [entry for entry in entries if entry.kind is kind]


@pytest.fixture(scope="module", params=["baclofen-spasm", "three-disputes"])
def example(request: pytest.FixtureRequest) -> CaseFile:
    case_file, _ = read_paths((EXAMPLES / request.param / "records",))
    return case_file


def test_every_entry_of_an_example_stands_at_its_page_word_for_word(example: CaseFile) -> None:
    _, entries = read(example)
    pages = {page.bundle_page: page for page in example.pages}
    assert len(entries) > 50
    for entry in entries:
        page = pages[entry.page]
        assert (page.document, page.number) == (entry.seen_at.document, entry.seen_at.page)
        assert page.text[entry.seen_at.start : entry.seen_at.end] == entry.quote
        assert entry.quote
        assert entry.exhibit is not None


def test_the_entries_of_an_example_are_in_the_order_of_their_days(example: CaseFile) -> None:
    _, entries = read(example)
    days = [entry.on or date.max for entry in entries]
    assert days == sorted(days)


def test_every_link_of_an_example_opens_a_part_of_its_page(example: CaseFile) -> None:
    facts, entries = read(example)
    html = chronology_html(entries, facts, example, factors)
    opened = set(re.findall(r'href="#([^"]+)"', html))
    there = re.findall(r'id="([^"]+)"', html)
    assert opened <= set(there)
    assert len(there) == len(set(there))
    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert html.count("<svg") == html.count('<svg role="group" aria-label="') == 3


def test_the_csv_of_an_example_holds_every_entry(example: CaseFile) -> None:
    _, entries = read(example)
    rows = list(csv.DictReader(io.StringIO(chronology_csv(entries))))
    assert [row["quote"].removeprefix("'") for row in rows] == [e.quote.removeprefix("'") for e in entries]
    assert set(rows[0]) == set(COLUMNS)


def test_a_drug_is_started_changed_and_stopped() -> None:
    case_file = case_of(
        (ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), "PLAN: Start baclofen 10 mg twice a day."),
        (ExhibitType.PROGRESS_REPORT, date(2014, 2, 6), "MEDICATIONS: Baclofen 10 mg three times a day."),
        (ExhibitType.PROGRESS_REPORT, date(2014, 3, 6), "MEDICATIONS: Baclofen 10 mg three times a day."),
        (ExhibitType.PROGRESS_REPORT, date(2014, 4, 7), "He stopped baclofen."),
    )
    _, entries = read(case_file)
    told = [(e.on, e.kind) for e in entries if e.name == "baclofen"]
    assert told == [
        (date(2014, 1, 6), EntryKind.MEDICATION_STARTED),
        (date(2014, 2, 6), EntryKind.MEDICATION_CHANGED),
        (date(2014, 4, 7), EntryKind.MEDICATION_STOPPED),
    ]


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("The right knee pain is 6/10 today.", ["pain 6/10, right knee"]),
        ("Pain is 4/10 with medication and 7/10 without.", None),
        ("Knee pain goes on. The knee pain is 7/10.", ["pain 7/10, knee"]),
        (
            "He has pain in the left knee. The right knee pain is 6/10.",
            ["pain, left knee", "pain 6/10, right knee"],
        ),
        ("He has pain in the left knee. Overall 6/10.", ["pain, left knee", "pain 6/10"]),
        ("He has no pain in the left knee.", ["no pain, left knee"]),
        ("The knee pain goes on.", ["pain, knee"]),
    ],
)
def test_a_pain_is_told_once_with_its_score(text: str, complaints: list[str] | None) -> None:
    _, entries = read(case_of((ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), text)))
    told = [e.says for e in of_kind(entries, EntryKind.COMPLAINT)]
    assert told == (complaints or ["pain 4/10, with medication", "pain 7/10, without medication"])


def test_a_score_of_another_day_or_page_tells_no_pain() -> None:
    _, entries = read(
        case_of(
            (ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), "The knee pain goes on."),
            (ExhibitType.PROGRESS_REPORT, date(2014, 2, 6), "The knee pain is 6/10."),
        )
    )
    assert [e.says for e in of_kind(entries, EntryKind.COMPLAINT)] == ["pain, knee", "pain 6/10, knee"]


def test_a_drug_that_is_only_asked_for_is_a_request_and_no_medication() -> None:
    case_file = case_of(
        (ExhibitType.RFA, date(2014, 1, 6), "I request authorization for baclofen 10 mg #90.")
    )
    _, entries = read(case_file)
    assert [e.kind for e in entries if e.name == "baclofen"] == [EntryKind.REQUEST]


def test_a_guideline_and_the_family_are_no_entries() -> None:
    text = "The guidelines recommend physical therapy for sciatica. Father had rheumatoid arthritis."
    _, entries = read(case_of((ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), text)))
    assert [e.kind for e in entries] == [EntryKind.VISIT]


def test_a_course_of_therapy_has_its_count_and_response() -> None:
    text = "He had 12 sessions of physical therapy with some relief."
    _, entries = read(case_of((ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), text)))
    (therapy,) = of_kind(entries, EntryKind.THERAPY)
    assert (therapy.value, therapy.unit, therapy.response) == (12.0, "sessions", "some relief")
    assert therapy.says.endswith("told on this day")


def test_statements_that_disagree_all_stay() -> None:
    case_file = case_of(
        (ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), "Date of injury: 03/02/2011."),
        (ExhibitType.PROGRESS_REPORT, date(2014, 2, 6), "Date of injury: 03/05/2011."),
    )
    facts, entries = read(case_file)
    injuries = of_kind(entries, EntryKind.INJURY)
    assert [e.on for e in injuries] == [date(2011, 3, 2), date(2011, 3, 5)]
    assert all(e.conflicts for e in injuries)
    assert "Statements that disagree" in chronology_html(entries, facts, case_file)


def test_the_conclusion_of_an_image_is_its_result() -> None:
    text = "FINDINGS\nDISCS ARE FLAT.\n\nIMPRESSION\n1. BULGE AT L4-L5.\n2. NO STENOSIS.\nSIGNED: A. B."
    _, entries = read(case_of((ExhibitType.IMAGING, date(2014, 1, 6), text)))
    (result,) = of_kind(entries, EntryKind.IMAGING_RESULT)
    assert result.quote == "1. BULGE AT L4-L5.\n2. NO STENOSIS."


def drug(name: str, quote: str, **detail: str) -> Fact:
    (found,) = [
        f
        for f in extract_facts(case_of((ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), quote)).pages).facts
        if f.kind is FactKind.MEDICATION and f.name == name and f.assertion is Assertion.PRESENT
    ]
    assert detail.items() <= dict(found.detail).items()
    return found


@pytest.mark.parametrize(
    ("name", "quote", "amount"),
    [
        ("hydrocodone_acetaminophen", "Norco 10/325 mg four times a day.", 40.0),
        ("hydrocodone_acetaminophen", "Norco 10/325 mg, 2 tablets twice a day.", 40.0),
        ("hydrocodone_acetaminophen", "He takes Norco 10/325 mg.", None),
        ("tramadol", "Tramadol 50 mg twice a day.", None),
        ("naproxen", "Naproxen 500 mg twice a day.", None),
    ],
)
def test_morphine_is_told_only_where_dose_frequency_and_factor_are_there(
    name: str, quote: str, amount: float | None
) -> None:
    assert mme_per_day(drug(name, quote), factors) == amount


def test_what_was_dispensed_counts_over_its_days() -> None:
    fact = drug("hydrocodone_acetaminophen", "Norco 10/325 mg.")
    detail = (("strength", "10/325 mg"), ("quantity", "120"), ("days_supply", "30"))
    dispensed = Fact(
        kind=fact.kind,
        name=fact.name,
        assertion=fact.assertion,
        quote=fact.quote,
        seen_at=fact.seen_at,
        detail=detail,
    )
    assert units_per_day(dispensed) == 4.0
    assert mme_per_day(dispensed, factors) == 40.0


def test_opioids_of_one_day_are_added_and_a_day_without_a_dose_adds_nothing() -> None:
    both = "MEDICATIONS:\nNorco 10/325 mg four times a day.\nPercocet 10/325 mg twice a day."
    case_file = case_of(
        (ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), both),
        (ExhibitType.PROGRESS_REPORT, date(2014, 2, 6), "MEDICATIONS: Norco."),
    )
    facts, entries = read(case_file)
    bundle = {(page.document, page.number): page.bundle_page for page in case_file.pages}
    courses = drug_courses(facts.facts, bundle, factors)
    assert mme_by_day(courses) == ((date(2014, 1, 6), 70.0, 1),)
    html = chronology_html(entries, facts, case_file, factors)
    assert "opioids together at least 70 MME a day" in html
    assert "recalled, not verified" in html


def test_an_empty_record_says_that_it_says_nothing() -> None:
    case_file = case_of()
    facts, entries = read(case_file)
    assert entries == ()
    html = chronology_html(entries, facts, case_file, factors)
    assert "The record holds no entry" in html
    assert "<svg" not in html


def test_what_a_page_says_never_becomes_markup() -> None:
    text = "MEDICATIONS: Baclofen 10 mg <script>alert(1)</script> twice a day."
    case_file = case_of((ExhibitType.PROGRESS_REPORT, date(2014, 1, 6), text))
    facts, entries = read(case_file)
    assert "<script" not in chronology_html(entries, facts, case_file, factors)
