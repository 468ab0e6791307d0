"""What was written into a form, or noted on a page, is read where a person reads it."""

from __future__ import annotations

from pathlib import Path

from openimr.records.read import read_case_file
from openimr.terms.records import Page, ReadBy
from records.hostile.pdfs import one_page, stream


def drawn(text: str) -> bytes:
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >> "
    return stream(b"/Tx BMC q BT /F1 11 Tf 2 4 Td (%s) Tj ET Q EMC" % text.encode(), entries)


def form(labels: str, *entries: tuple[str, int, int], is_drawn: bool = True) -> bytes:
    """Return a page of labels with text fields at these places, from the left and the foot of the page."""
    more: dict[int, bytes] = {}
    for index, (text, left, bottom) in enumerate(entries):
        shown = b"/AP << /N %d 0 R >> " % (11 + 2 * index) if is_drawn else b""
        more[10 + 2 * index] = (
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f%d) /V (%s) /Rect [%d %d %d %d] /F 4 "
            b"/DA (/F1 11 Tf) %s>>" % (index, text.encode(), left, bottom, left + 200, bottom + 20, shown)
        )
        more[11 + 2 * index] = drawn(text)
    fields = b" ".join(b"%d 0 R" % (10 + 2 * index) for index in range(len(entries)))
    catalog = b"/AcroForm << /Fields [%s] /DR << /Font << /F1 5 0 R >> >> >>" % fields
    return one_page(labels, catalog=catalog, page=b"/Annots [%s]" % fields, more=more)


def only_page(folder: Path, data: bytes) -> Page:
    (folder / "form.pdf").write_bytes(data)
    (page,) = read_case_file(folder)[0].pages
    assert page.read_by is ReadBy.TEXT_LAYER
    assert [page.text[word.start : word.end] for word in page.words] == page.text.split()
    return page


def test_an_entry_stands_behind_its_label(tmp_path: Path) -> None:
    page = only_page(tmp_path, form("Date of service:\nPlan:", ("03/14/2016", 150, 715)))
    assert page.text.split("\n") == ["Date of service: 03/14/2016", "Plan:"]


def test_two_entries_of_one_line_stand_each_behind_its_own_label(tmp_path: Path) -> None:
    labels = "Date of service:" + " " * 40 + "Claim:" + " " * 40 + "Plan:"
    page = only_page(tmp_path, form(labels, ("WC-4471", 310, 715), ("03/14/2016", 150, 715)))
    assert page.text == "Date of service: 03/14/2016 Claim: WC-4471 Plan:"


def test_an_entry_without_a_label_stands_between_the_lines_around_it(tmp_path: Path) -> None:
    labels = "Subjective complaints\n\n\nSigned"
    page = only_page(tmp_path, form(labels, ("Pain in the low back", 60, 693)))
    assert page.text.split() == "Subjective complaints Pain in the low back Signed".split()


def test_an_entry_that_the_file_did_not_draw_is_read(tmp_path: Path) -> None:
    page = only_page(tmp_path, form("Dose:", ("300 mg", 110, 715), is_drawn=False))
    assert page.text == "Dose: 300 mg"


def test_hidden_entries_are_not_read(tmp_path: Path) -> None:
    page = only_page(tmp_path, form("Dose:", ("300 mg", 110, 715)).replace(b"/F 4 ", b"/F 2 "))
    assert page.text == "Dose:"
