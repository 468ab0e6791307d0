"""To which disputed item a guideline of the payer's decision belongs, in a table."""

from __future__ import annotations

import pytest

from openimr.determination.payer import cited_by_payer
from openimr.terms.records import CaseFile, Exhibit, ExhibitType, Manifest, Page, ReadBy

OPIOIDS = "Guidelines: MTUS Chronic Pain Medical Treatment Guidelines, Opioids, page 78."
SOMA = "Guidelines: MTUS Chronic Pain Medical Treatment Guidelines, Carisoprodol, page 29."
BACK, KNEE = "MRI of the lumbar spine", "MRI of the left knee"
OF_BACK = "Guidelines: MTUS ACOEM Low Back Complaints, page 303."
OF_KNEE = "Guidelines: MTUS ACOEM Knee Complaints, page 341."
TWO_DRUGS = f"1. Norco 10/325 mg #90\n{OPIOIDS}\n\n2. 1 prescription of Soma 350 mg #60\n{SOMA}\n"
TWO_IMAGES = f"Request 1: {BACK}.\n{OF_BACK}\n\nRequest 2: {KNEE}.\n{OF_KNEE}\n"


def decision(text: str) -> CaseFile:
    page = Page(document="a", number=1, bundle_page=1, text=text, read_by=ReadBy.TEXT_LAYER)
    exhibit = Exhibit(
        id=1, type=ExhibitType.UR_DECISION, title="", document="a", pages=(1,), document_pages=(1,)
    )
    manifest = Manifest(files=(), exhibits=1, pages=1, unread_pages=(), seal="")
    return CaseFile(manifest=manifest, pages=(page,), exhibits=(exhibit,))


@pytest.mark.parametrize(
    ("text", "requests", "pages"),
    [
        (TWO_DRUGS, ("Norco 10/325 mg #90", "Soma 350 mg #60"), ("78", "29")),
        (TWO_DRUGS, ("1 prescription of Norco 10/325", "1 prescription of Soma"), ("78", "29")),
        (TWO_DRUGS, ("A cane", "Soma 350 mg #60"), (None, "29")),
        (TWO_DRUGS, (BACK, KNEE), (None, None)),
        (TWO_IMAGES, (BACK, KNEE), ("303", "341")),
        (TWO_IMAGES, ("Left knee brace", KNEE), (None, "341")),
        # two requests that the heading may mean, and one that no heading names
        (f"Request: Norco\n{OPIOIDS}", ("Norco 5/325 mg #30", "Norco 10/325 mg #30"), (None, None)),
        (
            f"Request: Norco 10/325 mg\n{OPIOIDS}",
            ("Norco 5/325 mg #30", "Norco 10/325 mg #30"),
            (None, "78"),
        ),
        (OPIOIDS, ("Norco 10/325 mg #90",), (None,)),
        # what the words under a heading name is not the item
        (
            f"Request: Norco 10/325 mg #90. The patient also takes Soma.\n{OPIOIDS}",
            ("Norco #90", "Soma #60"),
            ("78", None),
        ),
        (f"The opioid Norco is not certified.\n{OPIOIDS}", ("Norco #90", "Soma #60"), ("78", None)),
        (f"Norco and Soma are not certified.\n{OPIOIDS}", ("Norco #90", "Soma #60"), (None, None)),
        # a second line of guidelines belongs to the same item
        (f"Request: Norco #90\n{OPIOIDS}\n\nIt was read.\n{SOMA}", ("Norco #90",), ("78 29",)),
    ],
)
def test_a_guideline_belongs_to_the_item_that_its_heading_names(
    text: str, requests: tuple[str, ...], pages: tuple[str | None, ...]
) -> None:
    found = cited_by_payer(decision(text), requests)
    assert (
        tuple(" ".join(c.printed.rsplit(" ", 1)[1] for c in cited) if cited else None for cited in found)
        == pages
    )
