"""A draft says where each sentence comes from, decides nothing, and speaks of its case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from openimr.determination import phrases
from openimr.determination.draft import draft_determination
from openimr.facts.extract import extract_facts
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.case import CaseDispute
from openimr.terms.determination import Draft, DraftDispute, Sentence, SentenceOrigin
from openimr.terms.facts import Facts
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy
from openimr.vocabulary.requests import parse_request

ON = date(2014, 11, 5)
# Words that decide, advise or lean to a side. A guideline's own gist may hold them; nothing else may.
DECIDES = re.compile(
    r"\b(?:medically necessary|medical necessity|not necessary|uphold|upheld|overturn\w*|should|ought"
    r"|recommend\w*|suggest\w*|advis\w+|appropriate|reasonable|warranted|justified|unjustified|conclude\w*|therefore|thus"
    r"|in favou?r|likely|unlikely|clearly|fails? to|insufficient|sufficient|supports? the (?:denial|request)"
    r"|is denied|is approved|be (?:approved|denied|certified))\b",
    re.IGNORECASE,
)
REPORT = (
    "The patient is a 46-year-old male. He injured his low back on 03/04/2013 when he slipped.\n\n"
    "Pain is 8/10 without medication and 5/10 with medication. He denies heartburn.\n\n"
    "Current medications\nNaproxen 550 mg twice a day, #60, since 01/10/2014.\n"
    "Norco 10/325 mg every 6 hours as needed, #120.\n\n"
    "Objective findings\nMuscle spasm of the lumbar paraspinal muscles. Straight leg raise is negative.\n\n"
    "Diagnoses\nLumbar radiculopathy. Peptic ulcer.\n\n"
    "He completed 12 sessions of physical therapy in February 2014 without benefit. He is not working."
)
REASON = "The record should show benefit; it is not medically necessary. No urine drug test was done."
# A drug, a combination, a study, therapy, what no topic is about, what was approved in part.
REQUESTS = (
    "Baclofen 10 mg #90",
    "Norco 10/325 mg #120",
    "Omeprazole 20 mg #60",
    "MRI of the lumbar spine",
    "Lumbar epidural steroid injection",
    "Physical therapy 12 sessions",
    "Left-handed smoke shifter",
    "Norco 10/325 mg #120 was the original request. Norco 10/325 mg #60 was authorized by the Claims "
    "Administrator. The remaining IMR eligible portion of the original request, Norco 10/325 mg #60",
)
REPORTS = {"full": REPORT, "empty": "", "other": "The patient has neck pain. Ibuprofen 600 mg daily."}


def _draft(report: str, on: date = ON) -> tuple[Draft, Page]:
    page = Page(document="a" * 64, number=1, bundle_page=1, text=report, read_by=ReadBy.TEXT_LAYER)
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
    disputes = [CaseDispute(request=request, ur_reason=REASON) for request in REQUESTS]
    library = load_library()
    found = [
        evaluate(n, parse_request(d.request), facts, on=on, library=library)
        for n, d in enumerate(disputes, 1)
    ]
    return draft_determination("CM14-0000001", disputes, facts, found), page


def _of_dispute(dispute: DraftDispute) -> Iterator[Sentence]:
    yield from dispute.rationale
    yield from dispute.speaks_for
    yield from dispute.speaks_against
    yield from dispute.missing
    for point in dispute.payer_points:
        yield from point.answers


def _sentences(draft: Draft) -> Iterator[Sentence]:
    yield from draft.summary
    for dispute in draft.disputes:
        yield from _of_dispute(dispute)


def test_every_connecting_phrase_decides_nothing() -> None:
    """Every phrase of the module is on the closed list, and none of them leans to a side."""
    written = {value for name, value in vars(phrases).items() if name.isupper() and isinstance(value, str)}
    assert written == phrases.CONNECTING
    for phrase in phrases.CONNECTING:
        assert not DECIDES.search(phrase), phrase


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("on", [date(2014, 11, 5), date(2017, 6, 1), date(2018, 6, 1)])
def test_every_sentence_has_its_ground(report: str, on: date) -> None:
    """A sentence has a valid place, a citation, is silence, restates the request, or is on the list."""
    draft, page = _draft(report, on)
    for sentence in _sentences(draft):
        for place in sentence.places:
            assert place.document == page.document
            assert 0 <= place.start < place.end <= len(page.text)
        if sentence.origin is SentenceOrigin.RECORD:
            assert sentence.places
        elif sentence.origin is SentenceOrigin.GUIDELINE:
            assert sentence.citation
        elif sentence.origin is SentenceOrigin.CONNECTING:
            assert sentence.text in phrases.CONNECTING
        elif sentence.origin is SentenceOrigin.SILENCE:
            assert not sentence.places


@pytest.mark.parametrize(
    ("request_", "on", "phrase"),
    [
        ("Baclofen 10 mg #90", None, phrases.DAY_NOT_KNOWN),
        ("Baclofen 10 mg #90", date(2018, 6, 1), phrases.EDITION_NOT_ENCODED),
        ("Post-op physical therapy for the shoulder", date(2018, 6, 1), phrases.ALSO_NOT_ENCODED),
        ("Left-handed smoke shifter", None, phrases.NO_TOPIC),
    ],
)
def test_the_reason_why_a_guideline_is_missing_is_the_true_one(
    request_: str, on: date | None, phrase: str
) -> None:
    nothing = Facts(facts=(), conflicts=(), drug_use=())
    found = evaluate(1, parse_request(request_), nothing, on=on, library=load_library())
    (drafted,) = draft_determination("1", [CaseDispute(request=request_)], nothing, [found]).disputes
    reasons = {phrases.DAY_NOT_KNOWN, phrases.EDITION_NOT_ENCODED, phrases.ALSO_NOT_ENCODED, phrases.NO_TOPIC}
    assert [s.text for s in drafted.rationale if s.text in reasons] == [phrase]


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_no_sentence_of_ours_decides(report: str) -> None:
    """Outside the gist of a guideline and the payer's own words nothing decides or advises."""
    draft, _ = _draft(report)
    quoted = [e.gist for d in draft.disputes for e in d.evaluations if e.gist]
    quoted += [f.asks.rstrip(".") for d in draft.disputes for e in d.evaluations for f in e.findings]
    quoted += [e.citation for d in draft.disputes for e in d.evaluations if e.citation]
    quoted += [REASON.rstrip("."), *(request.rstrip(".") for request in REQUESTS)]
    for sentence in _sentences(draft):
        text = sentence.text
        for words in sorted(quoted, key=len, reverse=True):
            text = text.replace(words, "")
        assert not DECIDES.search(text), sentence.text


def test_two_records_make_two_drafts() -> None:
    """No text ignores the case: what the record says stands in the draft, and only there."""
    full, other = _draft(REPORT)[0], _draft(REPORTS["other"])[0]
    told = " ".join(s.text for s in _sentences(full))
    for words in (
        "46 years old on 11/05/2014",
        "8/10 (without medication)",
        "10/325 mg, 4 a day",
        "muscle spasm",
    ):
        assert words in told
    assert not {s.text for s in full.summary} & {s.text for s in other.summary}
    for ours, theirs in zip(full.disputes[:6], other.disputes[:6], strict=True):
        assert [s.text for s in ours.rationale] != [s.text for s in theirs.rationale]


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_nothing_is_told_twice(report: str) -> None:
    """Within one rationale no sentence stands twice: a reader has a minute."""
    draft, _ = _draft(report)
    for dispute in draft.disputes:
        asked = [s.text for s in dispute.rationale if s.origin is not SentenceOrigin.RECORD]
        assert len(asked) == len(set(asked))


def test_what_the_record_is_silent_on_stands_together() -> None:
    """An empty record gives one sentence a topic on its silence, and every criterion in the list below."""
    dispute = _draft("")[0].disputes[1]
    silent = [s for s in dispute.rationale if "the record is silent on" in s.text]
    assert silent
    assert not any(s.origin is SentenceOrigin.SILENCE for s in dispute.rationale)
    assert len(dispute.missing) > len(silent)


def test_a_point_on_a_drug_test_is_answered_by_the_criterion_on_it() -> None:
    """The nearest criterion is the one whose subject few others share."""
    dispute = _draft(REPORT)[0].disputes[1]
    point = next(p for p in dispute.payer_points if "urine drug test" in p.said)
    assert "urine drug test" in point.answers[0].text.lower()
