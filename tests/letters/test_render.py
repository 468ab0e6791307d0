"""The finished letter: what a PDF claims about itself, what is refused, what comes back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from invented_letters import DRAFT_ISSUANCE, DRAFT_LETTER, ISSUANCE, LETTER, long_letter
from openimr.letters.read import LetterReader
from openimr.letters.record import read_record, record_json
from openimr.letters.render import Form, render
from openimr.letters.render.pdf import render_pdf
from openimr.letters.render.renderable import _RANGES, first_difference, with_treatments
from openimr.letters.render.runs import runs
from openimr.letters.render.versions import compose_version
from openimr.letters.wording import DECISIONS
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.errors import FormatInvalid, LetterNotRenderable
from openimr.terms.issuance import Organization
from openimr.terms.letter import Credentials, DocumentReviewed, Letter, LetterDispute, LetterPatient, Outcome

FORMS = tuple(Form)


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as opened:
        yield opened


@pytest.fixture(scope="module")
def served() -> bytes:
    return render(LETTER, ISSUANCE, to="pdf")


def assert_reads_back(reader: LetterReader, letter: Letter, form: Form, issuance: object = ISSUANCE) -> None:
    data = render(letter, issuance, to=form)  # type: ignore[arg-type]
    back = reader.parse_bytes(data, name="letter")[0].letter
    assert first_difference(with_treatments(letter), back) is None
    assert back.problems == ()


# --- the PDF's structure


def tags(served: bytes) -> list[str]:
    """Return the tags of a PDF in the order of reading."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for part in node:
                walk(part)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node["/S"]).removeprefix("/"))
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(io.BytesIO(served)) as pdf:
        walk(pdf.Root["/StructTreeRoot"]["/K"])
    return found


def test_a_pdf_is_tagged_and_claims_ua_1_and_a_2a(served: bytes) -> None:
    with pikepdf.open(io.BytesIO(served)) as pdf:
        assert pdf.Root["/MarkInfo"]["/Marked"]
        assert str(pdf.Root["/Lang"]) == "en-US"
        assert bool(pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"])
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert "CM15-7700123" in str(metadata["dc:title"])


def test_a_pdf_names_no_author_and_no_person(served: bytes) -> None:
    with pikepdf.open(io.BytesIO(served)) as pdf:
        assert "/Author" not in pdf.docinfo
        with pdf.open_metadata() as metadata:
            assert "dc:creator" not in metadata
        described = str(pdf.docinfo["/Title"])
    assert described == "Independent Medical Review Final Determination, case CM15-7700123"


def test_a_pdf_has_real_headings_and_table_headers(served: bytes) -> None:
    found = tags(served)
    assert found.count("H1") == 1
    assert found.count("H2") == 7
    assert found.count("H3") == len(LETTER.disputes)
    assert found.count("Table") == 2
    assert LETTER.documents_reviewed is not None
    # Seven fields of the header and five columns of the list have a header cell.
    assert found.count("TH") == 7 + 5
    assert found.count("TD") == 7 + 5 * len(LETTER.documents_reviewed)
    assert found.index("H1") < found.index("Table") < found.index("H2")


def test_every_font_of_a_pdf_is_embedded(served: bytes) -> None:
    with pikepdf.open(io.BytesIO(served)) as pdf:
        descriptors = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all(any(key.startswith("/FontFile") for key in d) for d in descriptors)


def test_a_page_has_letter_size_and_its_number(reader: LetterReader, served: bytes) -> None:
    with pikepdf.open(io.BytesIO(served)) as pdf:
        assert {tuple(int(n) for n in page.mediabox) for page in pdf.pages} == {(0, 0, 612, 792)}
        count = len(pdf.pages)
    pages = reader._pdfs.read_text(served, name="letter").pages
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {count}" in page.text
        assert "Case CM15-7700123" in page.text


def test_a_draft_is_marked_on_every_page(reader: LetterReader) -> None:
    data = render(DRAFT_LETTER, DRAFT_ISSUANCE, to="pdf")
    pages = reader._pdfs.read_text(data, name="letter").pages
    assert len(pages) > 1
    assert all("DRAFT, NOT A DETERMINATION" in page.text for page in pages)
    assert not re.search("upheld|overturned", " ".join(page.text for page in pages), re.IGNORECASE)


def test_the_same_record_gives_the_same_bytes(served: bytes) -> None:
    assert render(LETTER, ISSUANCE, to="pdf") == served


def test_letters_rendered_at_the_same_time_are_the_same(served: bytes) -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        assert set(pool.map(lambda _: render(LETTER, ISSUANCE, to="pdf"), range(12))) == {served}


# --- round trips


@pytest.mark.parametrize("form", FORMS)
def test_the_invented_letter_reads_back(reader: LetterReader, form: Form) -> None:
    assert_reads_back(reader, LETTER, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_reads_back(reader: LetterReader, form: Form) -> None:
    assert_reads_back(reader, DRAFT_LETTER, form, DRAFT_ISSUANCE)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_letter_reads_back(reader: LetterReader, form: Form) -> None:
    assert_reads_back(reader, Letter(), form, None)


@pytest.mark.parametrize("form", FORMS)
def test_empty_lists_are_told_from_missing_ones(reader: LetterReader, form: Form) -> None:
    empty = replace(
        LETTER,
        documents_reviewed=(),
        reviewer=Credentials(licensed_in=()),
        disputes=(replace(LETTER.disputes[0], payer_basis=(), reviewer_basis=None),),
    )
    assert_reads_back(reader, empty, form)


@pytest.mark.parametrize("form", FORMS)
def test_21_items_and_a_list_over_several_pages_read_back(reader: LetterReader, form: Form) -> None:
    assert_reads_back(reader, long_letter(), form)


LONG_WORDS = (
    "W" * 250,
    "https://example.org/a/very/long/address?with=every&kind=of#part-" + "x" * 200,
    "Pneumonoultramicroscopicsilicovolcanoconiosis",
    "non-steroidal/anti-inflammatory-drugs(NSAIDs)-and-muscle-relaxants",
    "1234567890" * 12,
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", LONG_WORDS, ids=lambda word: word[:12])
def test_words_longer_than_a_line_read_back(reader: LetterReader, form: Form, word: str) -> None:
    document = DocumentReviewed(title=word, exhibit="1", author=word, submitted_by=f"from {word}", type=word)
    letter = replace(
        LETTER,
        clinical_summary=f"It says {word} and more.",
        documents_reviewed=(document, replace(document, title=f"see {word} there", exhibit="2")),
        disputes=(LetterDispute(request=f"{word} #30", rationale=word),),
        reviewer=Credentials(specialties=(word, "Pain Management")),
    )
    assert_reads_back(reader, letter, form)


MARKUP = "*a* _b_ `c` [d](e) | f | <i>g</i> &amp; ~h~ \\i #j 1. k > l \\* __m__ $n$ {o}"


@pytest.mark.parametrize("form", FORMS)
def test_marks_of_other_formats_are_words_like_others(reader: LetterReader, form: Form) -> None:
    letter = replace(
        LETTER,
        case_number="A_1*|#",
        clinical_summary=MARKUP,
        documents_reviewed=(DocumentReviewed(title=MARKUP, exhibit="1|2", author="#1 a|b"),),
        disputes=(LetterDispute(request=MARKUP, rationale=f"# {MARKUP}"),),
        reviewer=Credentials(licensed_in=(MARKUP.replace(";", ""),)),
    )
    assert_reads_back(reader, letter, form)


def all_printable() -> list[str]:
    pattern = re.compile(f"[{_RANGES}]")
    return [chr(code) for code in range(0x21, 0x3000) if pattern.fullmatch(chr(code))]


def test_every_printable_character_has_a_glyph_and_comes_back(reader: LetterReader) -> None:
    """Typst refuses a text without a glyph, so a character that comes back was drawn."""
    chars = all_printable()
    assert len(chars) > 2000
    for begin in range(0, len(chars), 700):
        words = " ".join(f"x{char}y" for char in chars[begin : begin + 700])
        letter = replace(LETTER, clinical_summary=words, disputes=())
        data = render_pdf(compose_version(letter, ISSUANCE))
        back = reader.parse_bytes(data, name="letter")[0].letter
        assert back.clinical_summary == words


def test_every_printable_character_comes_back_in_bold(reader: LetterReader) -> None:
    chars = all_printable()
    for begin in range(0, len(chars), 700):
        words = " ".join(f"x{char}y" for char in chars[begin : begin + 700])
        letter = replace(LETTER, disputes=(LetterDispute(request=words),))
        back = reader.parse_bytes(render(letter, ISSUANCE, to="pdf"), name="letter")[0].letter
        assert back.disputes[0].request == words


def test_no_line_can_end_inside_a_word() -> None:
    text = "non-steroidal (NSAIDs)/opioids 63-66, and L4-5; 1,5 (a) \u201cb\u201d c\u2014d 50%(x)"
    for run in runs(text, most_em=30):
        if isinstance(run, str):
            assert not re.search(r"[-/\u2014\u201c%](?![0-9])", run)


@pytest.mark.parametrize("word", ["63-66", "01/26/2015", "L4-5", "7.5/325mg", "1,234-5", "10-325/3"])
def test_no_line_ends_before_a_digit(reader: LetterReader, word: str) -> None:
    """The same word at every place of a line: whole in all of them."""
    text = " ".join(f"{'x' * (number % 7 + 1)} {word}" for number in range(400))
    assert_reads_back(reader, replace(LETTER, clinical_summary=text), Form.PDF)


# --- real letters


def real_letters(shared: Path) -> list[Path]:
    folder = shared / "letters"
    return sorted([*(folder / "published").glob("*.pdf"), *(folder / "seeds").glob("*.txt")])


def test_every_real_letter_reads_back_in_every_form(shared: Path, reader: LetterReader) -> None:
    paths = real_letters(shared)
    assert len(paths) == 70
    for path in paths:
        letter = reader.parse(path)[0].letter
        for form in FORMS:
            back = reader.parse_bytes(render(letter, to=form), name=path.name)[0].letter
            assert first_difference(letter, back) is None, (path.name, form)


# --- what is refused


def changed(**values: object) -> Letter:
    return replace(LETTER, **values)  # type: ignore[arg-type]


def with_request(request: str) -> Letter:
    return replace(LETTER, disputes=(replace(LETTER.disputes[0], request=request, treatment=None),))


def with_document(**values: object) -> Letter:
    assert LETTER.documents_reviewed is not None
    return replace(LETTER, documents_reviewed=(replace(LETTER.documents_reviewed[0], **values),))  # type: ignore[arg-type]


REFUSED = (
    (changed(clinical_summary=""), "clinical_summary is empty"),
    (changed(clinical_summary="two  blanks"), "more than one blank"),
    (changed(clinical_summary="two\nlines"), "line ends"),
    (changed(clinical_summary="no\u00a0break"), "more than one blank"),
    (changed(clinical_summary="a\x07bell"), r"U\+0007"),
    (changed(clinical_summary="\u6f22"), r"U\+6F22"),
    (changed(clinical_summary="soft\u00adhyphen"), r"U\+00AD"),
    (changed(clinical_summary="e\u0301"), r"U\+0301"),
    (changed(clinical_summary="\u05d0"), r"U\+05D0"),
    (changed(clinical_summary="\U0001f9b4"), r"U\+1F9B4"),
    (changed(clinical_summary="a \u00ac b"), r"U\+00AC"),
    (changed(clinical_summary="see Page 3 of 5"), "foot or the head of a page"),
    (changed(clinical_summary="a DRAFT, NOT A DETERMINATION b"), "foot or the head of a page"),
    (changed(clinical_summary="**bold**"), "bold type"),
    (changed(clinical_summary="see <b> there"), "bold type"),
    (changed(clinical_summary="not stated"), "there is nothing"),
    (changed(clinical_summary="LIST OF DOCUMENTS REVIEWED in capitals"), "clinical_summary"),
    (changed(case_number="CM15 7700123"), "case_number is not one word"),
    (changed(case_number="CM15-" + "7" * 30), "case_number is not one word"),
    (changed(patient=LetterPatient(age=-1)), "no age from 0"),
    (changed(reviewer=Credentials(specialties=("A; B",))), "semicolon"),
    (changed(reviewer=Credentials(specialties=("none",))), "there is nothing"),
    (with_request(f"x Decision: {' '.join(DECISIONS[Outcome.UPHELD])}"), r"disputes\.0\.request"),
    (changed(disputes=(LetterDispute(request="Disputed item 2 of 2: A"), *LETTER.disputes[1:])), "disputes"),
    (with_request("APPEAL RIGHTS"), "does not read back"),
    (with_document(title="A Type: B"), "does not read back"),
    (with_document(exhibit="A 1"), "exhibit is not one word"),
    (with_document(exhibit="A" * 12), "exhibit is not one word"),
    (with_document(pages=(0, 1)), "before the first"),
    (with_document(title="word " * 200 + "end"), "room for 600"),
    (with_document(title="Exhibit Document Dates Pages Source and use"), "head of the list"),
)  # fmt: skip


@pytest.mark.parametrize(("letter", "reason"), REFUSED, ids=[str(n) for n in range(len(REFUSED))])
def test_what_would_not_read_back_is_refused_with_its_reason(letter: Letter, reason: str) -> None:
    for form in (Form.TEXT, Form.PDF):
        with pytest.raises(LetterNotRenderable, match=reason):
            render(letter, ISSUANCE, to=form)


def test_a_treatment_that_its_request_does_not_say_is_refused() -> None:
    wrong = replace(LETTER.disputes[0], treatment=LETTER.disputes[1].treatment)
    with pytest.raises(LetterNotRenderable, match=r"disputes\.0\.treatment is not what"):
        render(replace(LETTER, disputes=(wrong,)), ISSUANCE, to="txt")


def test_a_citation_that_its_words_do_not_say_is_refused() -> None:
    wrong = Citation(kind=CitationKind.MTUS, printed="FDA (Baclofen)", document="mtus_cp_2009")
    letter = replace(LETTER, disputes=(replace(LETTER.disputes[0], payer_basis=(wrong,)),))
    with pytest.raises(LetterNotRenderable, match=r"disputes\.0\.payer_basis\.0"):
        render(letter, ISSUANCE, to="txt")


def test_a_heading_of_another_section_inside_a_value_is_no_heading(reader: LetterReader) -> None:
    letter = changed(clinical_summary="He read: IMR ISSUES, DECISIONS AND RATIONALES; APPEAL RIGHTS.")
    assert_reads_back(reader, letter, Form.PDF)


def test_a_request_that_ends_like_an_old_heading_is_no_outcome(reader: LetterReader) -> None:
    letter = with_request("Baclofen 10mg #60: Upheld")
    assert_reads_back(reader, letter, Form.PDF)


# --- the file


def test_a_record_reads_back_from_its_file() -> None:
    assert read_record(record_json(LETTER, ISSUANCE), name="letter.json") == (LETTER, ISSUANCE)
    assert read_record(record_json(DRAFT_LETTER, None), name="letter.json") == (DRAFT_LETTER, None)


def test_an_unknown_key_is_refused_and_the_known_ones_are_listed() -> None:
    with pytest.raises(FormatInvalid) as refused:
        read_record(b'{"case_no": "CM15-1"}', name="letter.json")
    for field in (*fields(Letter), "issuance"):
        assert (field if isinstance(field, str) else field.name) in refused.value.remedy


def test_the_day_of_a_pdf_is_the_day_of_the_decision(served: bytes) -> None:
    assert LETTER.decision_date == date(2015, 4, 21)
    with pikepdf.open(io.BytesIO(served)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20150421")


# --- the page of HTML


def test_a_page_of_html_needs_nothing_else_and_has_headings_and_header_cells() -> None:
    page = render(LETTER, ISSUANCE, to="html").decode()
    assert '<html lang="en-US">' in page
    assert "<title>Independent Medical Review Final Determination, case CM15-7700123</title>" in page
    assert [page.count(tag) for tag in ("<h1>", "<h2>", "<h3>")] == [1, 7, 2]
    assert page.count('<th scope="col">') == 5
    assert page.count('<th scope="row">') == 7 + 4
    assert "@media print" in page
    assert not re.search(r"<(?:script|link|img|iframe)|\bsrc=|url\(|https?:", page)


def test_what_a_record_holds_is_never_markup_in_html() -> None:
    hostile = "<script>alert(1)</script> \" onload='x' &lt;"
    organization = Organization(name=hostile, lines=(hostile,))
    issuance = replace(ISSUANCE, organization=organization, programme=hostile)
    letter = replace(LETTER, clinical_summary=hostile, disputes=(LetterDispute(request=hostile),))
    page = render(letter, issuance, to="html").decode()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 5
