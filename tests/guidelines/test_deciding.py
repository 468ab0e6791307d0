"""What decides a criterion is named alone, with its own places."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.answer import Asked
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.guidelines.questions import ask
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


# Papers of two days, a request, and what a figure rests on where they disagree.
DISAGREEING = [
    (
        "Physical therapy 6 sessions",
        "He completed 12 sessions of physical therapy in February 2014.",
        "He completed 18 sessions of physical therapy in February 2014.",
        "tx.visits_cumulative",
        18.0,
        "counts disagree",
    ),
    (
        "Physical therapy 6 sessions",
        "He completed 12 sessions of physical therapy in February 2014.",
        "He completed 18 sessions of physical therapy in June 2014.",
        "tx.visits_cumulative",
        24.0,
        "recorded",
    ),
    (
        "Baclofen 10 mg #90",
        "Baclofen 10 mg twice a day, started on 01/10/2014.",
        "Baclofen 10 mg twice a day, started on 07/15/2014.",
        "rx.duration_of_use_total",
        100.0,
        "disagrees on the start",
    ),
    (
        "Baclofen 10 mg #90",
        "Baclofen 10 mg twice a day, started on 01/10/2014.",
        "Baclofen 10 mg twice a day.",
        "rx.duration_of_use_total",
        222.0,
        "at least 222 days",
    ),
]


@pytest.mark.parametrize(("request_", "first", "second", "question", "value", "told"), DISAGREEING)
def test_a_figure_rests_on_what_no_paper_denies(
    request_: str, first: str, second: str, question: str, value: float, told: str
) -> None:
    """Of two counts the lower, of two starts the later: nothing is failed on one side of a conflict."""
    pages, exhibits = [], []
    for number, (on, text) in enumerate(((date(2014, 5, 12), first), (date(2014, 8, 20), second)), start=1):
        document = f"{number:064d}"
        pages.append(
            Page(document=document, number=1, bundle_page=number, text=text, read_by=ReadBy.TEXT_LAYER)
        )
        exhibits.append(
            Exhibit(
                id=number,
                type=ExhibitType.PROGRESS_REPORT,
                title="Report",
                document=document,
                pages=(number,),
                document_pages=(1,),
                date_of_service=on,
            )
        )
    asked = Asked(facts=extract_facts(pages, exhibits), treatment=parse_request(request_), on=ON)
    answer = ask(question, asked)
    assert answer.value == value
    assert told in answer.because
    assert answer.is_least
