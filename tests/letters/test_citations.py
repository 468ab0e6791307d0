"""Guideline lines as letters print them, read as single citations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openimr.letters.citations import cite
from openimr.letters.odg import read_odg
from openimr.terms.citation import CitationKind

Expected = list[tuple[CitationKind, str | None, str | None, tuple[str, ...], tuple[tuple[int, int], ...]]]
MTUS, ODG, ACOEM = CitationKind.MTUS, CitationKind.ODG, CitationKind.ACOEM
CP_2009, ACOEM_2004 = "mtus-cp-2009", "acoem-2004"
NSAIDS = "NSAIDs, GI symptoms & cardiovascular risk"
CHRONIC = "Opioids for Chronic Pain and Chronic Opioid Treatment"

LINES: list[tuple[str, Expected]] = [
    (
        "Decision based on MTUS Chronic Pain Treatment Guidelines.",
        [(MTUS, CP_2009, "2009", (), ())],
    ),
    (
        "Decision based on MTUS Chronic Pain Treatment Guidelines Gabapentin Page(s): 18.",
        [(MTUS, CP_2009, "2009", ("Gabapentin",), ((18, 18),))],
    ),
    (
        "Decision based on MTUS ACOEM Chapter 13 Knee Complaints Page(s): 340,"
        "Chronic Pain Treatment Guidelines Gabapentin Page 18-19.",
        [
            (MTUS, ACOEM_2004, "2004", (), ((340, 340),)),
            (MTUS, CP_2009, "2009", ("Gabapentin",), ((18, 19),)),
        ],
    ),
    (
        "Decision based on MTUS Low Back Complaints 2004, Section(s): Summary, and Chronic Pain Medical "
        "Treatment 2009, Section(s): Opioids, criteria for use, NSAIDs, GI symptoms & cardiovascular risk.",
        [
            (MTUS, ACOEM_2004, "2004", ("Summary",), ()),
            (MTUS, CP_2009, "2009", ("Opioids, criteria for use", NSAIDS), ()),
        ],
    ),
    (
        f"Decision based on MTUS Opioid Treatment 2016, Section(s): 3.3.9 {CHRONIC}: "
        "Maintenance of Chronic Opioid Treatment.",
        [
            (
                MTUS,
                "mtus-op-2016",
                "2016",
                (f"3.3.9 {CHRONIC}: Maintenance of Chronic Opioid Treatment",),
                (),
            )
        ],
    ),
    (
        "Decision based on MTUS Elbow Complaints 2007, Section(s): Initial Care.",
        [(MTUS, ACOEM_2004, "2007", ("Initial Care",), ())],
    ),
    (
        "Decision based on MTUS Knee Complaints 2004. Decision based on Non-MTUS Citation Official "
        "Disability Guidelines (ODG), Knee & Leg, Gym membership.",
        [
            (MTUS, ACOEM_2004, "2004", (), ()),
            (ODG, "odg", None, ("Gym membership",), ()),
        ],
    ),
    (
        "The Claims Administrator did not cite any medical evidence for its decision.",
        [(CitationKind.NOT_CITED, None, None, (), ())],
    ),
    (
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. "
        "Decision based on Non-MTUS Citation ODG, Shoulder chapter, Arthroplasty.",
        [
            (CitationKind.OUTSIDE_MTUS, None, None, (), ()),
            (ODG, "odg", None, ("Arthroplasty",), ()),
        ],
    ),
    (
        "Decision based on Non-MTUS Citation ACOEM Occupational Medicine Practice Guidelines, 3rd ed., "
        "Shoulder Disorders, pg. 64.",
        [(ACOEM, "acoem-3rd", "3rd", ("Shoulder Disorders",), ((64, 64),))],
    ),
    (
        "Decision based on Non-MTUS Citation ACOEM guidelines.",
        [(ACOEM, None, None, (), ())],
    ),
    (
        "Decision based on Non-MTUS Citation FDA Prescribing Information Lyrica http://www.x.org/lyrica.html.",
        [(CitationKind.DRUG_LABEL, "fda-label", None, ("Lyrica",), ())],
    ),
    (
        "Decision based on Non-MTUS Citation (ICSI,2007).",
        [(CitationKind.OTHER, None, "2007", (), ())],
    ),
    (
        "Decision based on Non-MTUS Citation www.example.org/knee.",
        [(CitationKind.WEB, None, None, (), ())],
    ),
    (
        "Decision based on Non-MTUS Citation Doe J, Roe R. Splints. J Hand Ther. 2009 Apr;22(2):101-9.",
        [(CitationKind.JOURNAL, None, "2009", (), ())],
    ),
    (
        "MTUS ACOEM Chapter 3 Initial Approaches to Treatment Page(s): 47,Chronic Pain Treatment Guidelines "
        "Opioids Page 63-66",
        [
            (MTUS, "acoem-2004", "2004", (), ((47, 47),)),
            (MTUS, "mtus-cp-2009", "2009", ("Opioids",), ((63, 66),)),
        ],
    ),
    ("Decision based on MTUS Knee Complaints 2004, Section(s):", [(MTUS, "acoem-2004", "2004", (), ())]),
    (
        "Decision based on Non-MTUS Citation ODG, Pain Chapter, Zolpidem; FDA: Ambien.",
        [
            (CitationKind.ODG, "odg", None, ("Zolpidem",), ()),
            (CitationKind.DRUG_LABEL, "fda-label", None, ("Ambien",), ()),
        ],
    ),
    (
        "Decision based on MTUS Back Matters 2004, Section(s): Initial Care.",
        [(MTUS, None, "2004", (), ())],
    ),
    (
        "The Expert Reviewer relied on the Chronic Pain Medical Treatment Guidelines (2009), Opioids, pages "
        "76-80, part of the MTUS.",
        [(MTUS, CP_2009, "2009", ("Opioids",), ((76, 80),))],
    ),
    (
        "The Expert Reviewer relied on the Official Disability Guidelines (ODG), Shoulder Chapter, Slings, "
        "which is a medical treatment guideline that is not part of the MTUS.",
        [(ODG, "odg", None, ("Slings",), ())],
    ),
    (
        "The Expert Reviewer found that no section of the MTUS was applicable. Per the Strength of Evidence "
        "hierarchy established by the State of California, Division of Workers' Compensation, the Expert "
        "Reviewer based his/her decision on the Official Disability Guidelines (ODG), Elbow, Splinting.",
        [(CitationKind.OUTSIDE_MTUS, None, None, (), ()), (ODG, "odg", None, ("Splinting",), ())],
    ),
    (
        "The Physician Reviewer based his/her decision on the CA MTUS Chronic Pain Guidelines, page 22, "
        "Aquatic therapy, which is part of the MTUS.",
        [(MTUS, CP_2009, "2009", ("Aquatic therapy",), ((22, 22),))],
    ),
    (
        "Decision based on Non-MTUS Citation ACOEM Chronic Pain Guidelines.",
        [(ACOEM, None, None, ("Chronic Pain",), ())],
    ),
    (
        "The Physician Reviewer based his/her decision on the Knee Complaints Chapter (ACOEM Practice "
        "Guidelines, 2nd Edition (2004), Chapter 13) pg. 339, which is part of the MTUS.",
        [(ACOEM, ACOEM_2004, "2004", (), ((339, 339),))],
    ),
    (
        "The Physician Reviewer based his/her decision on the Chronic Pain Medical Treatment Guidelines, "
        "Opioids, dosing and Weaning of medications, pages 86, 124, which is part of the MTUS.",
        [(MTUS, CP_2009, "2009", ("Opioids, dosing", "Weaning of medications"), ((86, 86), (124, 124)))],
    ),
    (
        "The Expert Reviewer based his/her decision on the MTUS Acupuncture Medical Treatment Guidelines, "
        "and the MTUS Chronic Pain Medical Treatment Guidelines, Massage therapy, pg. 60, which are part of "
        "the MTUS.",
        [
            (MTUS, "mtus-acupuncture", "2007", (), ()),
            (MTUS, CP_2009, "2009", ("Massage therapy",), ((60, 60),)),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line[:70] for line, _ in LINES])
def test_a_line_names_these_sources(line: str, expected: Expected) -> None:
    found = [(c.kind, c.document, c.edition, c.sections, c.pages) for c in cite(line)]
    assert found == expected


@pytest.mark.parametrize(
    ("printed", "pages"),
    [
        ("Page 63-66", ((63, 66),)),
        ("Page(s): 47, 49", ((47, 47), (49, 49))),
        ("pages 303-5", ((303, 305),)),
        ("pg. 12", ((12, 12),)),
        ("pp. 8-9 and 14", ((8, 9), (14, 14))),
        ("Page(s): pg. 74-96, p 93", ((74, 96), (93, 93))),
        ("Page 64 of 127", ((64, 64),)),
        ("Page(s): 66-63", ((66, 66), (63, 63))),
    ],
)
def test_pages_are_ranges(printed: str, pages: tuple[tuple[int, int], ...]) -> None:
    (citation,) = cite(f"Decision based on MTUS Chronic Pain Treatment Guidelines Opioids {printed}.")
    assert citation.pages == pages
    assert citation.sections == ("Opioids",)


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("Shoulder", [("Shoulder", (), None)]),
        ("Knee/ Brace", [("Knee", ("Brace",), None)]),
        ("Brace, knee chapter", [("knee", ("Brace",), None)]),
        ("Pain (Chronic), Heat", [("Pain (Chronic)", ("Heat",), None)]),
        ("Hip & Pelvis (updated 11/22/16) Chapter: Walkers", [("Hip & Pelvis", ("Walkers",), "11/22/16")]),
        ("Neck and Upper Back; Low Back", [("Neck and Upper Back", (), None), ("Low Back", (), None)]),
        (
            "Elbow Chapter, Hand Chapter, Splints",
            [("Elbow", ("Splints",), None), ("Hand", ("Splints",), None)],
        ),
        ("2016, Web Version, Walking aids", [(None, ("Walking aids",), "2016")]),
    ],
)
def test_chapters_of_the_odg(
    printed: str, parts: list[tuple[str | None, tuple[str, ...], str | None]]
) -> None:
    assert [(p.chapter, p.topics, p.edition) for p in read_odg(printed)] == parts


@pytest.mark.parametrize("printed", ["Page(s): 9792.24.2", "Page(s): 10000000"])
def test_a_number_that_can_be_no_page_is_none(printed: str) -> None:
    (citation,) = cite(f"Decision based on MTUS Chronic Pain Treatment Guidelines {printed}.")
    assert citation.pages == ()


def test_a_label_in_front_of_a_line_changes_nothing() -> None:
    line = "Decision based on MTUS Knee Complaints 2004, Section(s): Summary."
    assert cite(f"MAXIMUS guideline: {line}") == cite(line)


def test_every_section_that_letters_cite_is_read_under_its_document(shared: Path) -> None:
    """The list of cited sections gives document, label and section of each."""
    listing = (shared / "reference" / "guidelines.yaml").read_text(encoding="utf-8")
    rows = re.search(r"^cited_sections:\n(.*?)^odg_citations:", listing, re.MULTILINE | re.DOTALL)
    assert rows is not None
    row = re.compile(r"- document: (?P<document>.+)\n\s+label: (?P<label>.+)\n\s+section: (?P<section>.+)\n")
    checked = 0
    for match in row.finditer(rows[1]):
        document, label, section = (match[name].strip("'") for name in ("document", "label", "section"))
        has_section = not section.startswith("(no section")
        (citation,) = cite(
            f"Decision based on MTUS {label}{f', Section(s): {section}' if has_section else ''}."
        )
        assert citation.document == document
        assert citation.sections == ((section,) if has_section else ())
        checked += 1
    assert checked > 100
