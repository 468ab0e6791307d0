"""What decides a criterion is named alone, with its own places."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.facts import Facts
from openimr.terms.findings import Finding, Status
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy
from openimr.vocabulary.requests import parse_request

ON = date(2014, 10, 7)


def _finding(facts: Facts, request: str, criterion: str) -> Finding:
    found = evaluate(1, parse_request(request), facts, on=ON, library=load_library())
    return next(f for e in found for f in e.findings if f.criterion == criterion)


# A record, a request, a criterion, its answer, the words it must tell and must leave out, how many places.
DECIDED = [
    (
        "The patient takes ibuprofen 600 mg and gabapentin 300 mg. Diagnoses: neck pain, hypertension.",
        "Omeprazole 20 mg #60",
        "ppi.nsaid",
        Status.MET,
        ("ibuprofen",),
        ("gabapentin",),
        1,
    ),
    (
        "The patient takes ibuprofen 600 mg, gabapentin 300 mg and warfarin 5 mg.",
        "Omeprazole 20 mg #60",
        "ppi.co",
        Status.MET,
        ("warfarin",),
        ("gabapentin", "ibuprofen"),
        1,
    ),
    (
        "He has a history of peptic ulcer. Diagnoses: neck pain, hypertension.",
        "Omeprazole 20 mg #60",
        "ppi.ulcer",
        Status.MET,
        ("peptic ulcer",),
        ("hypertension", "neck pain"),
        1,
    ),
    # one statement against another: it is met and both are told
    (
        "He has a history of peptic ulcer.\n\nHe denies peptic ulcer.",
        "Omeprazole 20 mg #60",
        "ppi.ulcer",
        Status.MET,
        ("peptic ulcer", "also denies"),
        (),
        2,
    ),
    (
        "The patient takes naproxen 500 mg and gabapentin 300 mg.",
        "Baclofen 10 mg #90",
        "bac.mr_nsaid_combo",
        Status.NOT_MET,
        ("naproxen",),
        ("gabapentin",),
        1,
    ),
    # two counts are both told
    (
        "He had 12 sessions of physical therapy in May 2014, and 18 sessions of physical therapy in June.",
        "Physical therapy 8 sessions",
        "pm.prior",
        Status.MET,
        ("12", "18"),
        (),
        2,
    ),
]


@pytest.mark.parametrize(("text", "request_", "criterion", "status", "told", "left_out", "places"), DECIDED)
def test_an_answer_names_what_decides(
    text: str,
    request_: str,
    criterion: str,
    status: Status,
    told: tuple[str, ...],
    left_out: tuple[str, ...],
    places: int,
) -> None:
    """Other medications and diagnoses are no reason, and not among the places."""
    finding = _finding(extract_facts(pages_of_summary(text)), request_, criterion)
    assert finding.status is status
    assert all(word in finding.because for word in told)
    assert not any(word in finding.because for word in left_out)
    assert len(finding.evidence) == places


@pytest.mark.parametrize(
    ("report", "status"),
    [
        ("Findings: full-thickness rotator cuff tear.", Status.MET),
        ("Impression: rotator cuff tear.", Status.MET),
        ("Indication: rule out rotator cuff tear.\nFindings: normal.", Status.NOT_DOCUMENTED),
        ("Clinical history: rotator cuff tear.\nFindings: normal.", Status.NOT_DOCUMENTED),
        ("Findings: no rotator cuff tear.", Status.NOT_DOCUMENTED),
        ("Impression: medial meniscus tear.", Status.NOT_DOCUMENTED),
    ],
)
def test_the_report_of_an_image_shows_a_lesion_of_its_part(report: str, status: Status) -> None:
    """What the report finds counts, what it was asked does not, nor a lesion elsewhere."""
    page = Page(document="a" * 64, number=1, bundle_page=1, text=report, read_by=ReadBy.TEXT_LAYER)
    exhibit = Exhibit(
        id=1,
        type=ExhibitType.IMAGING,
        title="MRI",
        document=page.document,
        pages=(1,),
        document_pages=(1,),
        date_of_service=date(2014, 9, 2),
    )
    facts = extract_facts([page], [exhibit])
    finding = _finding(facts, "Right shoulder arthroscopy with rotator cuff repair", "sho.img")
    assert finding.status is status
