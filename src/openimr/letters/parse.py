"""Read a determination letter of any layout from its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from openimr.letters.credentials import read_credentials, read_prose_credentials
from openimr.letters.disputes import read_disputes
from openimr.letters.documents import read_document_list
from openimr.letters.header import read_header
from openimr.letters.layouts import Sections, detect_layout, find_sections
from openimr.letters.older import (
    read_decisions_2014,
    read_notice_2013,
    read_professional_review,
)
from openimr.letters.own import read_own_letter
from openimr.letters.patient import read_patient
from openimr.letters.reading import Reading
from openimr.letters.source import LetterText
from openimr.terms.letter import (
    UNVERIFIED_LAYOUTS,
    Layout,
    Letter,
    LetterDispute,
    LetterPatient,
)
from openimr.terms.places import Span
from openimr.terms.problem import Problem, Severity
from openimr.vocabulary.text import fold

_SUMMARY_INTRODUCTION = re.compile(
    r"\s*The\s+(?:expert|physician)\s+reviewer\s+developed\s+the\s+following\s+clinical\s+case\s+summary"
    r"\s+based\s+on\s+a\s+review\s+of\s+the\s+case\s+file,?\s+including\s+all\s+medical\s+records\s*[:;.,]?",
    re.IGNORECASE,
)
_INTRODUCTION_PRINTED = (
    "The expert reviewer developed the following clinical case summary "
    "based on a review of the case file, including all medical records"
)
_LONGEST_INTRODUCTION = 260
_MOST_DAMAGE = 12
_STOP = re.compile(r"[:;.,](?=\s)")


@dataclass(frozen=True, slots=True)
class ParsedLetter:
    """A letter, and for every value the place in the source text it was read from."""

    letter: Letter
    spans: Mapping[str, Span]


def parse_letter(text: LetterText, *, source: str | None = None) -> ParsedLetter:
    """Return what a determination letter says.

    A value that cannot be read is None and a problem names the field and the
    place; nothing is guessed.

    Args:
        text: The letter's text, as ``letters.source.letter_text`` gives it.
        source: The name that the result carries, usually the file name.

    Raises:
        NotALetter: The text has none of the headings of a known layout.
    """
    layout = detect_layout(text.text)
    reading = Reading(text)
    if layout is Layout.OPENIMR:
        letter = read_own_letter(reading)
    elif layout is Layout.NOTICE_2013:
        letter = read_notice_2013(reading)
    elif layout is Layout.PROFESSIONAL_REVIEW:
        letter = read_professional_review(reading)
    else:
        letter = _read_sections(reading, layout)
    problems = tuple(reading.problems)
    if layout in UNVERIFIED_LAYOUTS:
        problems = (_unverified(layout), *problems)
    letter = replace(letter, source=source, layout=layout, problems=problems)
    for index, dispute in enumerate(letter.disputes):
        request = reading.spans.get(f"disputes.{index}.request")
        if dispute.treatment is not None and request is not None:
            reading.spans[f"disputes.{index}.treatment"] = request
    return ParsedLetter(letter=letter, spans=dict(reading.spans))


def _unverified(layout: Layout) -> Problem:
    return Problem(
        code="layout.unverified",
        field="layout",
        message=(
            f"The layout {layout.value} is read from a description; "
            "no letter of it was at hand when this parser was written."
        ),
        remedy="Compare the values with the letter before you rely on them.",
        severity=Severity.WARNING,
    )


def _read_sections(reading: Reading, layout: Layout) -> Letter:
    """Read the layouts that are made of sections with headings in capitals."""
    sections = find_sections(reading.text.text)
    header = read_header(reading, sections.header)
    how_made = sections.get("how_made") or sections.header
    is_prose = layout in (Layout.PROSE_2014, Layout.DOCUMENTS_2014)
    reviewer = (read_prose_credentials if is_prose else read_credentials)(reading, how_made)
    patient, summary = _read_summary(reading, sections.get("summary"))
    documents = sections.get("documents")
    listed = None
    if documents is not None:
        listed = read_document_list(reading, documents)
    return Letter(
        source=None,
        layout=layout,
        case_number=header.case_number,
        date_assigned=header.date_assigned,
        date_of_injury=header.date_of_injury,
        decision_date=header.decision_date,
        ur_denial_date=header.ur_denial_date,
        application_received=header.application_received,
        priority=header.priority,
        patient=patient or LetterPatient(),
        reviewer=reviewer,
        clinical_summary=summary,
        documents_reviewed=listed,
        disputes=_read_items(reading, sections),
    )


def _read_summary(reading: Reading, section: Span | None) -> tuple[LetterPatient | None, str | None]:
    """Return the patient whom the clinical case summary describes, and its words."""
    patient, summary = None, None
    if section is not None:
        body = _summary_body(reading, section)
        if section.end == len(reading.text.text):
            _note_cut_summary(reading, body)
        patient = read_patient(reading, body)
        summary = reading.keep("clinical_summary", body.start, body.end)
    if summary is None:
        reading.problem(
            "summary.missing",
            "clinical_summary",
            "The letter has no clinical case summary.",
            remedy="Check that the letter is complete.",
        )
    return patient, summary


def _summary_body(reading: Reading, summary: Span) -> Span:
    """Return the summary behind the sentence that introduces it, damaged or not."""
    text = reading.text.text
    introduction = _SUMMARY_INTRODUCTION.match(text, summary.start, summary.end)
    if introduction:
        return Span(introduction.end(), summary.end)
    begin = reading.text.trimmed(summary.start, summary.end).start
    for stop in _STOP.finditer(text, begin, min(summary.end, begin + _LONGEST_INTRODUCTION)):
        words = fold(text[begin : stop.start()])
        if Levenshtein.distance(words, _INTRODUCTION_PRINTED, score_cutoff=_MOST_DAMAGE) <= _MOST_DAMAGE:
            return Span(stop.end(), summary.end)
    first = fold(text[begin : begin + 40])[:24]
    is_near = Levenshtein.distance(first, _INTRODUCTION_PRINTED[:24]) <= _MOST_DAMAGE // 2
    if is_near or summary.end == len(text):
        reading.problem(
            "summary.introduction_damaged",
            "clinical_summary",
            "The sentence that introduces the summary could not be told from it.",
            remedy="Look at the beginning of the summary.",
            severity=Severity.WARNING,
            at=Span(begin, begin + 24),
        )
    return summary


def _note_cut_summary(reading: Reading, body: Span) -> None:
    """Say that nothing stands behind the summary, so it may not be whole."""
    reading.problem(
        "summary.cut",
        "clinical_summary",
        "The letter ends with its clinical case summary, so the summary may be cut.",
        remedy="Use the complete letter.",
        severity=Severity.WARNING,
        at=Span(body.end, body.end),
    )


def _read_items(reading: Reading, sections: Sections) -> tuple[LetterDispute, ...]:
    issues = sections.get("issues")
    if issues is not None:
        return read_disputes(reading, issues)
    decisions = sections.get("decisions_2014")
    if decisions is not None:
        return read_decisions_2014(reading, decisions)
    reading.problem(
        "disputes.missing",
        "disputes",
        "The letter ends before the section that decides the disputed items.",
        remedy="Use the complete letter.",
    )
    return ()
