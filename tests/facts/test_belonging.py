"""A page of another patient in the file says nothing about this one."""

from __future__ import annotations

import pytest

from openimr.facts.extract import extract_facts
from openimr.terms.facts import Facts
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy

OWN = "Patient: Havelock, Dunstan   DOB: 03/11/1968\nClaim number: RV-09-4471\nThe patient has neck pain.\n"
ULCER = "There is a peptic ulcer. Warfarin 5 mg daily.\n"


def _read(*papers: tuple[str, ...], patient: str | None = None) -> Facts:
    """Return the facts of some exhibits, each with its pages."""
    pages: list[Page] = []
    exhibits: list[Exhibit] = []
    for number, texts in enumerate(papers, start=1):
        document = f"{number:064d}"
        first = len(pages) + 1
        pages += [
            Page(document=document, number=n, bundle_page=first + n - 1, text=t, read_by=ReadBy.TEXT_LAYER)
            for n, t in enumerate(texts, start=1)
        ]
        exhibits.append(
            Exhibit(
                id=number,
                type=ExhibitType.PROGRESS_REPORT,
                title="Report",
                document=document,
                pages=tuple(range(first, len(pages) + 1)),
                document_pages=tuple(range(1, len(texts) + 1)),
            )
        )
    return extract_facts(pages, exhibits, patient=patient)


# How a third paper names its patient, whether its facts count, whether a conflict tells of it.
PAPERS = [
    ("Patient: Quillfeather, Jessamy\nClaim number: ZZ-77-1203\n", False, True),
    ("Patient Quillfeather, Jessamy   DOB 01/02/1943\n", False, True),
    ("PATIENT: QUILLFEATHER, JESSAMY    DOB: 01/02/1943\nClaim number: ZZ-77-1203\n", False, True),
    ("Claimant: Jessamy Quillfeather\nClaim No.: ZZ-77-1203\n", False, True),
    # one family name is not one person
    ("Patient: Havelock, Jessamy   DOB: 01/02/1990\n", False, True),
    # another name with the claim of the file: a slip or a maiden name, told and counted
    ("Patient: Dunstan Quillfeather\nClaim number: RV-09-4471\n", True, True),
    ("Patient: Quillfeather, Jessamy\n", True, True),
    # the same person: turned around, in capitals, with a middle letter, misread, with a second claim
    ("Patient: Dunstan Havelock   DOB: 03/11/1968\n", True, False),
    ("PATIENT: HAVELOCK, DUNSTAN J.   DOB: 03/11/1968\n", True, False),
    ("Patient: Haveiock, Dunstan   DOB: 03/11/1969\n", True, False),
    ("Patient: Havelock, Dunstan\nClaim number: AA-12-0007\n", True, False),
    # nobody is named
    ("Claim number: ZZ-77-1203\n", True, False),
    ("Patient Name: Date of Birth: Claim number:\n", True, False),
]


@pytest.mark.parametrize(("named", "counts", "is_told"), PAPERS)
@pytest.mark.parametrize("patient", [None, "Dunstan Havelock"])
def test_what_counts_is_about_the_patient(
    named: str, counts: bool, is_told: bool, patient: str | None
) -> None:
    """A paper that names another person, with another claim or birth, gives no fact and no drug."""
    facts = _read((OWN,), (OWN,), (named + ULCER,), patient=patient)
    assert ("peptic ulcer" in {f.name for f in facts.facts}) is counts
    assert ("warfarin" in {u.drug for u in facts.drug_use}) is counts
    told = [c for c in facts.conflicts if c.about == "whose record it is"]
    assert bool(told) is is_told
    assert all(len(c.places) == 2 for c in told)


def test_the_pages_behind_go_with_the_first() -> None:
    """A second page that names nobody belongs to the report it stands in."""
    stranger = "Patient: Quillfeather, Jessamy\nClaim number: ZZ-77-1203\n"
    facts = _read((OWN, ULCER.replace("peptic ulcer", "stroke")), (OWN,), (stranger, ULCER))
    names = {f.name for f in facts.facts}
    assert "peptic ulcer" not in names
    assert "stroke" in names


def test_two_names_alike_often_decide_nothing() -> None:
    """Where it cannot be told whose file it is, everything stays, and sexes or ages may disagree."""
    stranger = "Patient: Quillfeather, Jessamy\nClaim number: ZZ-77-1203\n"
    assert "peptic ulcer" in {f.name for f in _read((OWN,), (stranger + ULCER,)).facts}
    told = _read((OWN,), (stranger + ULCER,), patient="Dunstan Havelock")
    assert "peptic ulcer" not in {f.name for f in told.facts}


def test_no_page_names_the_patient_of_the_case() -> None:
    """A file whose every page names somebody else is read: the case may spell the name otherwise."""
    facts = _read((OWN + ULCER,), (OWN,), patient="Somebody Else")
    assert "peptic ulcer" in {f.name for f in facts.facts}
