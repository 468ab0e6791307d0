"""A bundle becomes dated documents, each with kind, author and pages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_case_file
from openimr.records.split import split_bundle
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, ReadBy, SourceFile
from records import paper

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# A page that is written full and not signed: its document goes on.
FULL = "The patient walks with a limp, sleeps badly and takes no medication but for naproxen 550 mg.\n" * 34
UNSIGNED = paper.PROGRESS.split("Electronically")[0] + FULL
CASES = sorted(path.parent for path in EXAMPLES.glob("*/truth.toml"))


def exhibits_of(*texts: str, ur_decided_on: date | None = None) -> tuple[Exhibit, ...]:
    pages = [paper.page(text, number) for number, text in enumerate(texts, 1)]
    return split_bundle(pages, ur_decided_on=ur_decided_on)[0]


def test_every_heading_begins_a_document_with_kind_date_and_author() -> None:
    found = exhibits_of(paper.PROGRESS, paper.IMAGING, paper.DECISION, paper.LATER)
    assert [(e.type, e.date_of_service, e.report_date, e.author) for e in found] == [
        (ExhibitType.PROGRESS_REPORT, date(2016, 3, 14), date(2016, 3, 16), "Orrin Castleby, MD"),
        (ExhibitType.IMAGING, date(2016, 2, 1), None, "Tamsin Okonjo-Reyes, MD"),
        (ExhibitType.UR_DECISION, None, date(2016, 4, 4), "Ludo Fairweather, MD"),
        (ExhibitType.PROGRESS_REPORT, date(2016, 5, 20), None, "Orrin Castleby, MD"),
    ]
    assert [e.id for e in found] == [1, 2, 3, 4]
    assert found[0].facility == "Alder Ridge Spine Clinic"
    assert found[2].author_specialty == "Occupational Medicine"


def test_numbered_pages_stay_together() -> None:
    second = "Page 2 of 2\nProgress Report\nPlan: continue gabapentin.\nOrrin Castleby, MD"
    found = exhibits_of(f"Page 1 of 2\n{paper.PROGRESS}", second, f"Page 1 of 1\n{paper.IMAGING}")
    assert [e.pages for e in found] == [(1, 2), (3,)]


def test_a_page_number_of_a_fax_machine_is_none_of_the_document() -> None:
    header = "04/05/2016 09:31 ALDER RIDGE 555-0105 PAGE 02/06"
    found = exhibits_of(paper.PROGRESS, f"{header}\n{paper.IMAGING}")
    assert [e.pages for e in found] == [(1,), (2,)]


def test_a_section_is_no_document() -> None:
    section = "Objective findings\nThe gait is normal.\n\nWork status\nNo lifting over ten pounds.\n"
    assert [e.pages for e in exhibits_of(UNSIGNED, section)] == [(1, 2)]


@pytest.mark.parametrize(
    "mention",
    [
        "Records reviewed\n- MRI of the lumbar spine dated 02/01/2016",
        "The patient brought the operative report of last year and asks about the consultation.",
        "We sent you the Request for Authorization dated 03/14/2016.",
    ],
)
def test_a_mention_is_no_heading(mention: str) -> None:
    assert [e.pages for e in exhibits_of(UNSIGNED, mention)] == [(1, 2)]


def test_another_date_of_service_begins_another_visit() -> None:
    later = paper.PROGRESS.replace("03/14/2016", "04/11/2016").replace("6/10", "5/10")
    found = exhibits_of(paper.PROGRESS, later)
    assert [e.date_of_service for e in found] == [date(2016, 3, 14), date(2016, 4, 11)]


def test_two_dates_of_service_on_a_page_are_none() -> None:
    both = paper.PROGRESS.replace("Date of injury: 11/02/2014", "Date of service: 03/21/2016")
    assert exhibits_of(both)[0].date_of_service is None


def test_the_dates_of_birth_and_injury_are_never_the_service() -> None:
    text = "Progress Report\nDate of birth: 01/02/1970\nDate of injury: 11/02/2014\nNext visit: 05/05/2016\n"
    found = exhibits_of(text + "Nothing new was found today.")[0]
    assert (found.date_of_service, found.report_date) == (None, None)


def test_two_authors_under_one_label_are_none() -> None:
    text = "Clinic Note\nProvider: Orrin Castleby, MD\nWalks better.\nProvider: Ludo Fairweather, MD\nRests."
    assert exhibits_of(text)[0].author is None


def test_a_date_in_prose_is_no_date_of_the_document() -> None:
    letter = "Orthopedic Consultation\nAugust 20, 2015\nDate of consultation: August 18, 2015\n"
    prose = "The scan of the shoulder dated 08/12/2015 shows a tear; she was last seen 07/30/2015."
    found = exhibits_of(letter + prose)[0]
    assert (found.date_of_service, found.report_date) == (date(2015, 8, 18), date(2015, 8, 20))


def test_a_form_is_by_whoever_signed_it() -> None:
    form = (
        "REQUEST FOR AUTHORIZATION\nEmployee Name: Bram Hollis\nName: Sybil Tannenbaum, MD\n"
        "Requesting Physician Signature: Sybil Tannenbaum   Date: 09/08/2015\n"
    )
    found = exhibits_of(form)[0]
    assert (found.type, found.author, found.report_date) == (
        ExhibitType.RFA,
        "Sybil Tannenbaum",
        date(2015, 9, 8),
    )


def test_an_opening_section_begins_a_document_after_a_signature_or_a_page_that_ends_early() -> None:
    opening = "CHIEF COMPLAINT: Low back pain.\nThe pain began at work."
    full = paper.LATER.split("Orrin")[0] + FULL
    assert [e.pages for e in exhibits_of(f"{full}\nSincerely,", opening)] == [(1,), (2,)]
    assert [e.pages for e in exhibits_of(paper.LATER, opening)] == [(1,), (2,)]
    assert [e.pages for e in exhibits_of(full, opening)] == [(1, 2)]


def test_a_report_without_a_heading_is_told_by_its_first_sentence_and_pointed_out() -> None:
    first = "The patient is a 52-year-old roofer with pain in the right knee.\nHe fell in May."
    second = "This is a 38-year-old cook who burned her left hand.\nShe is seen again."
    pages = [paper.page(text, number) for number, text in enumerate((first, second), 1)]
    exhibits, problems = split_bundle(pages)
    assert [e.pages for e in exhibits] == [(1,), (2,)]
    assert any(p.code == "records.boundary_doubtful" and "page 2" in p.message for p in problems)


def test_a_list_of_records_in_a_report_begins_no_document() -> None:
    report = (
        "Panel Qualified Medical Evaluation\nDate of evaluation: October 28, 2015\nEvelyn R. Strand, DO\n"
        + FULL
    )
    records = (
        "Review of records\n09/04/2015: Progress report. Shoulder pain.\n06/01/2015: Therapy evaluation."
    )
    found = exhibits_of(report, records)
    assert [(e.type, e.pages) for e in found] == [(ExhibitType.MEDICAL_LEGAL, (1, 2))]


def test_a_running_head_of_a_print_out_begins_no_document() -> None:
    head = "Patient Name: Bram Hollis\nEncounter Date: 09/04/2015\nOffice Visit\n"
    visits = [head + "Right shoulder pain.\n", head + "Plan: surgery was discussed.\n"]
    other = head.replace("09/04", "10/02") + "Follow up.\n"
    assert [e.pages for e in exhibits_of(*visits, other)] == [(1, 2), (3,)]


def test_a_repeated_page_is_folded_and_shown() -> None:
    stamped = f"04/05/2016 09:31 FROM: ALDER RIDGE 555-0105 P. 02/06\n{paper.PROGRESS.upper()}\nACHT 000123"
    found = exhibits_of(paper.PROGRESS, paper.IMAGING, stamped)
    assert [(e.pages, e.also_at) for e in found] == [((1,), (3,)), ((2,), ())]


def test_one_different_digit_keeps_pages_apart() -> None:
    found = exhibits_of(paper.PROGRESS, paper.PROGRESS.replace("6/10", "8/10"))
    assert [e.also_at for e in found] == [() for _ in found]
    assert sorted(p for e in found for p in e.pages) == [1, 2]


def test_exhibits_after_the_denial_are_marked_and_not_hidden() -> None:
    texts = (paper.PROGRESS, paper.DECISION, paper.LATER, "A note without a date.")
    found = exhibits_of(*texts, ur_decided_on=date(2016, 4, 4))
    assert [e.after_denial for e in found][:3] == [False, False, True]
    assert [e.after_denial for e in exhibits_of(*texts)][:3] == [None, None, None]


def test_a_new_file_begins_a_document_with_its_sender() -> None:
    files = [
        SourceFile(sha256=c * 64, name=f"{c}.txt", bytes=1, pages=1, submitted_by=by)
        for c, by in (("a", "Payer"), ("b", "Physician"))
    ]
    pages = [
        paper.page(paper.PROGRESS, 1, document="a" * 64, bundle_page=1),
        paper.page("and the pain is worse at night.", 1, document="b" * 64, bundle_page=2),
    ]
    found, problems = split_bundle(pages, files)
    assert [(e.submitted_by, e.document_pages) for e in found] == [("Payer", (1,)), ("Physician", (1,))]
    assert [p.code for p in problems] == ["records.type_unknown"]


def test_an_unread_page_inside_a_document_is_pointed_out() -> None:
    unread = replace(paper.page("", 2), read_by=ReadBy.UNREAD, unread_because="The page is damaged.")
    found, problems = split_bundle([paper.page(paper.PROGRESS, 1), unread])
    assert [(e.pages, e.unread_pages) for e in found] == [((1, 2), (2,))]
    assert [(p.code, p.field) for p in problems] == [("records.boundary_unread", "exhibits.1")]


@given(
    st.lists(
        st.sampled_from([paper.PROGRESS, paper.IMAGING, paper.DECISION, paper.LATER, "", "page 2"])
        | st.text(max_size=200),
        max_size=12,
    )
)
def test_every_page_stands_in_exactly_one_exhibit(texts: list[str]) -> None:
    found = exhibits_of(*texts)
    places = [page for e in found for page in (*e.pages, *e.also_at)]
    assert sorted(places) == list(range(1, len(texts) + 1))
    assert [e.id for e in found] == list(range(1, len(found) + 1))
    assert [e.pages[0] for e in found] == sorted(e.pages[0] for e in found)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def example(request: pytest.FixtureRequest) -> Iterator[tuple[Path, CaseFile]]:
    with OcrPool() as ocr:
        yield request.param, read_case_file(request.param / "records", ocr=ocr)[0]


def test_the_examples_are_split_as_a_careful_reader_splits_them(example: tuple[Path, CaseFile]) -> None:
    case, case_file = example
    truth = tomllib.loads((case / "truth.toml").read_text(encoding="utf-8"))
    names = {file.sha256: file.name for file in case_file.manifest.files}
    repeated = {(d["file"], d["page"]) for d in truth["file"]["duplicates"]}
    expected = []
    for row in truth["document"]:
        first, last = row["pages"]
        pages = tuple(n for n in range(first, last + 1) if (row["file"], n) not in repeated)
        expected.append((row["file"], pages, row["type"], row["date"]))
    found = [
        (names[e.document], e.document_pages, e.type.value, e.date_of_service or e.report_date)
        for e in case_file.exhibits
    ]
    assert found == expected


def test_no_author_of_the_examples_is_wrong(example: tuple[Path, CaseFile]) -> None:
    """An author is the one of the truth file or not told; the truth names a company for some papers."""
    case, case_file = example
    truth = tomllib.loads((case / "truth.toml").read_text(encoding="utf-8"))
    people = [row["author"] for row in truth["document"]]
    companies = {"fax_cover", "pharmacy", "laboratory"}
    pairs = zip(case_file.exhibits, people, strict=True)
    checked = [(e.author, person) for e, person in pairs if e.type.value not in companies]
    assert all(found == person for found, person in checked)
