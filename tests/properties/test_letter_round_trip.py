"""Whatever a letter says: what is rendered reads back, or it is refused with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from openimr.letters import wording
from openimr.letters.citations import cite
from openimr.letters.paragraphs import matter_of, paragraphs
from openimr.letters.read import LetterReader
from openimr.letters.render import Form, render
from openimr.letters.render.renderable import first_difference
from openimr.terms.citation import Citation
from openimr.terms.errors import LetterNotRenderable
from openimr.terms.issuance import (
    Addressee,
    Disclosure,
    Issuance,
    LetterStatus,
    Organization,
    RecordSays,
    Service,
)
from openimr.terms.letter import (
    Credentials,
    DocumentReviewed,
    Layout,
    Letter,
    LetterDispute,
    LetterPatient,
    Outcome,
    Priority,
    Sex,
)
from openimr.vocabulary.requests import parse_request

# Words of a record, and characters that some format, extractor or label could take for its own.
_WORDS = st.sampled_from(
    (
        "the patient has chronic low-back pain and/or spasm 63-66 L4-5 4/5 (NSAIDs) 7.5/325mg #120 50% 2x6 "
        "\u2265 30\u00b0 caf\u00e9 na\u00efve \u201cquoted\u201d \u2019s \u2014 \u2013 e.g., i.e.; Page "
        "Exhibit Title: Type: Author: Pages: Decision: Upheld Overturned guideline: rationale: Patient: "
        "Summary: Disputed item of 1 2 * _ | \\ < > & &amp; ` ~ [x](y) # ## - + 1. (1) (2) MTUS: MTUS "
        "ODG ACOEM Statement: $ {} ' \" ? ! non-steroidal-anti-inflammatory-drugs-in-one-long-word "
        "not stated none yes no CLINICAL CASE SUMMARY APPEAL RIGHTS DRAFT, NOT A DETERMINATION"
    ).split(" ")
)
_CHARS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FF), min_size=1, max_size=12)
_FIXED = st.sampled_from(
    (
        *wording.CREDENTIALS.values(),
        wording.HOW_MADE,
        wording.DOCUMENTS,
        wording.ITEMS,
        wording.RIGHTS,
        wording.SPEAKS_FOR,
        wording.NO_LIST,
        wording.NO_DOCUMENTS,
        wording.DRAFT_HEADER,
        wording.MARK,
        "Disputed item 2 of 2:",
        "Disputed item 1 of 1:",
        "Page 2 of 3",
        "Case Number:",
        "**",
        "\u00ac",
    )
)


def texts(most: int = 30) -> st.SearchStrategy[str]:
    """Return texts of ordinary words, and now and then of words that belong to the letter itself."""
    ordinary = st.lists(_WORDS, min_size=1, max_size=most).map(" ".join)
    odd = st.lists(st.one_of(_WORDS, _CHARS, _FIXED), min_size=1, max_size=6).map(" ".join)
    return st.integers(0, 19).flatmap(lambda number: odd if number == 19 else ordinary)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), values)


_DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
_LINES = st.sampled_from(
    (
        "Decision based on MTUS Chronic Pain Treatment Guidelines Muscle relaxants Page(s): 63-66.",
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-305, Chronic Pain "
        "Treatment Guidelines Opioids Page(s): 78-80.",
        "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Neck Chapter; Low Back "
        "Chapter, MRI.",
        "Decision based on Non-MTUS Citation FDA (Baclofen); www.example.org/guide-line.",
        "The Claims Administrator did not cite any medical evidence for its decision.",
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines.",
    )
)


def bases() -> st.SearchStrategy[tuple[Citation, ...] | None]:
    lines = st.one_of(_LINES, st.lists(_LINES, min_size=2, max_size=2).map(" ".join), texts(6))
    return st.one_of(st.none(), st.just(()), lines.map(cite))


@st.composite
def disputes(draw: st.DrawFn, *, decided: bool) -> LetterDispute:
    request = draw(
        st.one_of(st.none(), st.sampled_from(("Baclofen 10mg #60", "MRI of the neck: Upheld")), texts(8))
    )
    return LetterDispute(
        request=request,
        treatment=parse_request(request) if request else None,
        outcome=draw(st.one_of(st.none(), st.sampled_from(Outcome))) if decided else None,
        payer_basis=draw(bases()),
        reviewer_basis=draw(bases()),
        rationale=draw(st.one_of(st.none(), texts())),
    )


_LISTS = maybe(st.lists(texts(3).map(lambda text: text.replace(";", "")), max_size=3).map(tuple))
_DOCUMENTS = st.builds(
    DocumentReviewed,
    title=texts(8),
    exhibit=maybe(st.from_regex(r"[A-Z0-9.|-]{1,5}", fullmatch=True)),
    type=maybe(texts(3)),
    author=maybe(texts(3)),
    date_of_service=maybe(_DAYS),
    report_date=maybe(_DAYS),
    pages=st.lists(st.integers(1, 2000), max_size=12).map(tuple),
    submitted_by=maybe(texts(3)),
    received_on=maybe(_DAYS),
    relied_on=maybe(st.booleans()),
)


@st.composite
def letters(draw: st.DrawFn, *, decided: bool = True) -> Letter:
    """Draw a letter in which every printed key can be anything, missing included."""
    days = {
        name: draw(maybe(_DAYS))
        for name in (
            "date_assigned",
            "date_of_injury",
            "decision_date",
            "ur_denial_date",
            "application_received",
        )
    }
    return Letter(
        case_number=draw(maybe(st.from_regex(r"[A-Z]{2}[0-9]{2}-[0-9]{5,7}|[!-~]{1,9}", fullmatch=True))),  # type: ignore[arg-type]
        priority=draw(maybe(st.sampled_from(Priority))),  # type: ignore[arg-type]
        patient=draw(
            st.builds(LetterPatient, age=maybe(st.integers(0, 120)), sex=maybe(st.sampled_from(Sex)))
        ),
        reviewer=draw(
            st.builds(
                Credentials,
                licensed_in=_LISTS,
                specialties=_LISTS,
                board_certified_in=_LISTS,
                subspecialties=_LISTS,
            )
        ),
        clinical_summary=draw(st.one_of(st.none(), texts(60))),
        documents_reviewed=draw(st.one_of(st.none(), st.lists(_DOCUMENTS, max_size=5).map(tuple))),
        disputes=tuple(draw(st.lists(disputes(decided=decided), max_size=4))),
        **days,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as opened:
        yield opened


def assert_reads_back_or_is_refused(
    reader: LetterReader, letter: Letter, issuance: Issuance | None, forms: tuple[Form, ...]
) -> None:
    try:
        files = [render(letter, issuance, to=form) for form in forms]
    except LetterNotRenderable as refused:
        assert refused.found
        event("refused")
        return
    event("rendered")
    for form, data in zip(forms, files, strict=True):
        back = reader.parse_bytes(data, name="letter")[0].letter
        assert back.layout is Layout.OPENIMR, form
        assert first_difference(letter, back) is None, form
        assert back.problems == (), form


@settings(max_examples=120)
@given(letter=letters())
def test_a_letter_reads_back_from_text_markdown_and_html(reader: LetterReader, letter: Letter) -> None:
    assert_reads_back_or_is_refused(reader, letter, None, (Form.TEXT, Form.MARKDOWN, Form.HTML))


@settings(max_examples=60)
@given(letter=letters())
def test_a_letter_reads_back_from_pdf(reader: LetterReader, letter: Letter) -> None:
    assert_reads_back_or_is_refused(reader, letter, None, (Form.PDF,))


@settings(max_examples=30)
@given(letter=letters(decided=False), says=st.lists(texts(8), max_size=3))
def test_a_draft_reads_back_and_has_no_outcome(reader: LetterReader, letter: Letter, says: list[str]) -> None:
    spoken = RecordSays(dispute=1, speaks_for=tuple(says), missing=tuple(says))
    issuance = Issuance(status=LetterStatus.DRAFT, record_says=(spoken,) if letter.disputes else ())
    assert_reads_back_or_is_refused(reader, letter, issuance, (Form.TEXT, Form.MARKDOWN, Form.PDF))


ISSUANCES = st.builds(
    Issuance,
    status=st.just(LetterStatus.ADOPTED),
    programme=maybe(texts(5)),
    organization=maybe(
        st.builds(Organization, name=texts(5), lines=st.lists(texts(4), max_size=3).map(tuple))
    ),
    addressees=st.lists(
        st.builds(Addressee, role=texts(2), name=texts(3), address=maybe(texts(3))), max_size=3
    ).map(tuple),
    service=maybe(st.builds(Service, method=texts(3), on=_DAYS)),
    disclosure=maybe(
        st.builds(
            Disclosure,
            prepared_by_software=st.lists(texts(3), max_size=2).map(tuple),
            adopted_on=maybe(_DAYS),
            changed_by_physician=st.lists(texts(3), max_size=2).map(tuple),
            confirmed_by_physician=st.lists(texts(3), max_size=2).map(tuple),
        )
    ),
    software_version=maybe(texts(1)),
)


@settings(max_examples=40)
@given(letter=letters(), issuance=ISSUANCES)
def test_what_stands_behind_a_letter_never_changes_what_it_says(
    reader: LetterReader, letter: Letter, issuance: Issuance
) -> None:
    assert_reads_back_or_is_refused(reader, letter, issuance, tuple(Form))


PLAIN = st.lists(
    st.from_regex(r"[a-z]{1,14}[.,]?|[0-9]{1,3}-[0-9]{1,3}", fullmatch=True), min_size=1, max_size=40
)


@settings(max_examples=60)
@given(summary=PLAIN.map(" ".join), rationale=PLAIN.map(" ".join), request=PLAIN.map(" ".join))
def test_ordinary_words_are_never_refused(
    reader: LetterReader, summary: str, rationale: str, request: str
) -> None:
    item = LetterDispute(
        request=request, treatment=parse_request(request), outcome=Outcome.UPHELD, rationale=rationale
    )
    letter = Letter(clinical_summary=summary, disputes=(item,))
    for form in Form:
        back = reader.parse_bytes(render(letter, to=form), name="letter")[0].letter
        assert first_difference(letter, back) is None


_TURNS = st.sampled_from(
    (
        "On 05/02/2014 the record notes",
        "On 05/02/2014 the record expressly denies",
        "On March 3, 2015 the physician asked for",
        "The date of injury is",
        "Diagnoses in the record:",
        "Treatment so far:",
        "Medications in use in the record:",
        "The record disagrees with itself on",
        "Then came",
    )
)
TOLD = st.lists(st.tuples(_TURNS, PLAIN), min_size=1, max_size=8).map(
    lambda told: " ".join(f"{turn} {' '.join(rest)}." for turn, rest in told)
)


@settings(max_examples=60)
@given(summary=TOLD)
def test_a_summary_is_printed_in_paragraphs_and_reads_back_as_one_text(
    reader: LetterReader, summary: str
) -> None:
    printed = paragraphs(summary)
    assert " ".join(printed) == summary
    assert all(matter_of(part) is not None for part in printed[1:])
    letter = Letter(clinical_summary=summary)
    for form in Form:
        back = reader.parse_bytes(render(letter, to=form), name="letter")[0].letter
        assert first_difference(letter, back) is None, form
