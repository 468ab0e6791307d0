"""Silence is never a no: a record whose words on a criterion are taken out never fails it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.facts.extract import extract_facts
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.findings import Finding, Role, Status
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy
from openimr.vocabulary.requests import parse_request

ON = date(2014, 11, 5)
LIBRARY = load_library()
# Invented sentences of progress reports: what is there, what is denied, what was tried, what is taken.
SENTENCES = (
    "The patient is a 46-year-old male.",
    "He injured his low back on 03/04/2013 when he slipped.",
    "He injured his low back on 04/09/2013 when he slipped.",
    "Pain is 8/10 without medication and 5/10 with medication.",
    "He denies heartburn, nausea and black stools.",
    "He denies history of hypertension, diabetes, peptic ulcer or gastrointestinal bleeding.",
    "There is no spasticity and no muscle spasm.",
    "Muscle spasm of the lumbar paraspinal muscles.",
    "Straight leg raise is negative. Strength is 5/5. Sensation is intact. Reflexes are normal.",
    "Straight leg raise is positive on the left. There is decreased sensation in the left L5 dermatome.",
    "Diagnoses: lumbago, lumbar radiculopathy.",
    "Diagnosis: lumbar strain.",
    "He does not have multiple sclerosis or a spinal cord injury.",
    "Naproxen 550 mg twice a day, #60, since 01/10/2014.",
    "Baclofen 10 mg three times a day, #90, since 04/01/2014.",
    "Norco 10/325 mg every 6 hours as needed, #120, since 02/10/2013.",
    "Oxycodone 30 mg four times a day, #120.",
    "Alprazolam 1 mg at bedtime, since 03/01/2014.",
    "Omeprazole 20 mg twice a day.",
    "He completed 12 sessions of physical therapy in February 2014 without benefit.",
    "He completed 24 sessions of physical therapy in June 2014 with 30% improvement.",
    "An epidural steroid injection on 05/20/2013 gave 20% relief for two weeks.",
    "An epidural steroid injection on 01/15/2014 gave 60% relief for eight weeks.",
    "There is no functional improvement.",
    "Function improved: he walks 30 minutes and cooks again.",
    "No side effects. Urine drug screen was consistent. No aberrant behavior.",
    "Urine drug screen was inconsistent: positive for morphine.",
    "He is not working. Temporarily totally disabled.",
    "MRI of the lumbar spine on 06/12/2014 shows no herniation.",
    "MRI of the lumbar spine on 06/12/2014 shows a disc herniation at L4-L5.",
    "He smokes a pack a day.",
    "He does a home exercise program.",
    "[ ] Muscle spasm [ ] Straight leg raise positive [ ] Diabetes",
    "His father had a bleeding ulcer and takes warfarin.",
)
REQUESTS = (
    "Baclofen 10 mg #90",
    "Norco 10/325 mg #120",
    "Oxycodone 30 mg #120",
    "Omeprazole 20 mg #60",
    "Naproxen 550 mg #60",
    "Alprazolam 1 mg #30",
    "Lidocaine 5% patch #30",
    "MRI of the lumbar spine without contrast",
    "Lumbar epidural steroid injection at L4-L5",
    "Physical therapy 12 sessions for the lumbar spine",
    "Acupuncture 12 sessions",
    "Urine drug screen",
    "TENS unit",
    "Lumbar fusion L4-L5",
)


def _findings(lines: Sequence[str], request: str) -> tuple[Finding, ...]:
    """Return the findings on a request for a report of these lines."""
    text = "\n\n".join(lines)
    page = Page(document="a" * 64, number=1, bundle_page=1, text=text, read_by=ReadBy.TEXT_LAYER)
    exhibit = Exhibit(
        id=1,
        type=ExhibitType.PROGRESS_REPORT,
        title="Report",
        document=page.document,
        pages=(1,),
        document_pages=(1,),
        date_of_service=ON,
    )
    facts = extract_facts([page], [exhibit])
    found = evaluate(1, parse_request(request), facts, on=ON, library=LIBRARY)
    return tuple(finding for evaluation in found for finding in evaluation.findings)


def _of_the_request(finding: Finding) -> bool:
    """Return whether a finding rests on the words of the request, or of the guideline, alone."""
    return finding.role is Role.NEVER or finding.because.startswith("The request")


def _without(lines: Sequence[str], finding: Finding) -> list[str]:
    """Return the lines without those that a finding rests on."""
    kept, at = [], 0
    for line in lines:
        end = at + len(line)
        if not any(at <= place.start < end for place in finding.evidence):
            kept.append(line)
        at = end + 2
    return kept


records = st.lists(st.sampled_from(SENTENCES), max_size=12, unique=True)


@settings(max_examples=60, deadline=None)
@given(records, st.sampled_from(REQUESTS), st.data())
def test_a_criterion_whose_words_are_taken_out_is_not_failed(
    lines: list[str], request: str, data: st.DataObject
) -> None:
    """What is not met rests on places; without these lines it is anything but not met."""
    failed = [f for f in _findings(lines, request) if f.status is Status.NOT_MET and not _of_the_request(f)]
    assert all(f.evidence for f in failed)
    if not failed:
        return
    chosen = data.draw(st.sampled_from(sorted({f.criterion for f in failed})))
    finding = next((f for f in failed if f.criterion == chosen), None)
    while finding is not None:
        shorter = _without(lines, finding)
        assert len(shorter) < len(lines)
        lines = shorter
        again = [f for f in _findings(lines, request) if f.criterion == chosen]
        finding = next((f for f in again if f.status is Status.NOT_MET and not _of_the_request(f)), None)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abcdefghij klmnop.,;:\n#-/()[]0123456789", max_size=200), st.sampled_from(REQUESTS))
def test_a_record_of_scribble_fails_nothing(scribble: str, request: str) -> None:
    """Letters, signs and numbers without a word of medicine leave everything undocumented."""
    for finding in _findings([scribble], request):
        assert finding.status is not Status.NOT_MET or _of_the_request(finding)


def test_an_empty_record_fails_nothing() -> None:
    """No page at all: not one criterion of any topic is failed, but by the words of the request."""
    for request in REQUESTS:
        for finding in _findings([], request):
            assert finding.status is not Status.NOT_MET or _of_the_request(finding)
            assert not finding.evidence


def test_the_sentences_do_fail_criteria() -> None:
    """The properties above are not empty: these lines fail criteria of most requests."""
    failing = [
        request
        for request in REQUESTS
        if any(f.status is Status.NOT_MET and f.evidence for f in _findings(SENTENCES, request))
    ]
    assert len(failing) >= len(REQUESTS) // 3
