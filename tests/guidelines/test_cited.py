"""Citations as letters print them, and what they name: tables that a physician can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openimr.guidelines.cited import Resolution, resolve, topics_cited
from openimr.guidelines.library import load_library
from openimr.letters.read import LetterReader, letter_files
from openimr.review import review_letter
from openimr.terms.citation import Citation, CitationKind
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()
CP09, CP16, OP16, ACOEM, ODG = "mtus-cp-2009", "mtus-cp-2016", "mtus-op-2016", "acoem-2004", "odg"


def cite(
    document: str | None,
    *sections: str,
    chapter: str | None = None,
    pages: tuple[tuple[int, int], ...] = (),
    kind: CitationKind = CitationKind.MTUS,
) -> Citation:
    return Citation(
        kind=kind,
        printed=" ".join(sections),
        document=document,
        chapter=chapter,
        sections=sections,
        pages=pages,
    )


@pytest.mark.parametrize(
    ("citation", "names"),
    [
        (cite(CP09, "Muscle relaxants (for pain)"), "mr.class"),
        (cite(CP09, "Carisoprodol (Soma)"), "mr.carisoprodol"),
        (cite(CP09, "Antispasticity/Antispasmodic Drugs"), "mr.baclofen"),
        (cite(CP09, "Opioids, criteria for use"), "opi.ongoing"),
        (cite(CP09, "Opioids, dosing"), "opi.dosing"),
        (cite(CP09, "Weaning of Medications"), "opi.weaning"),
        (cite(CP09, "NSAIDs, GI symptoms & cardiovascular risk"), "nsaid.ppi"),
        (cite(CP09, "Topical Analgesics, Lidocaine"), "top.lidocaine"),
        (cite(CP09, "Chronic pain programs (functional restoration programs)"), "pm.frp"),
        (cite(CP09, "Transcutaneous electrotherapy"), "dme.tens"),
        (cite(CP09, "Epidural steroid injections (ESIs)"), "inj.esi"),
        (cite(CP16, "Physical medicine treatment"), "pm.physical_medicine"),
        (cite(CP16, "Proton Pump Inhibitors (PPIs)"), "nsaid.ppi"),
        (
            cite(OP16, "3.3.9 Opioids for Chronic Pain: Maintenance of Chronic Opioid Treatment"),
            "op16.maintain",
        ),
        (cite(OP16, "1.4 Opioids for Acute Pain: Opioids for Post-operative Pain"), "op16.postop"),
        (cite(OP16, "4.1 Indications for Tapering Opioids"), "op16.taper"),
        (cite(ACOEM, "Special Studies", chapter="Low Back Complaints"), "dx.mri_lumbar"),
        (cite(ACOEM, "Special Studies", chapter="Neck and Upper Back Complaints"), "dx.mri_cervical"),
        (cite(ACOEM, "Surgical Considerations", chapter="Shoulder Complaints"), "surg.shoulder"),
        (cite(ACOEM, "Physical Methods", chapter="Low Back Complaints"), "dme.lumbar_support"),
        (cite(ODG, "Durable medical equipment (DME)", chapter="Knee and Leg"), "dme.general"),
        (cite(ODG, "MRI (magnetic resonance imaging)", chapter="Hips & Pelvis"), "dx.mri_hip"),
        (cite(ODG, "Preoperative lab testing", chapter="Low Back"), "surg.preop"),
        (cite(None, kind=CitationKind.DRUG_LABEL), "drug.other_label"),
    ],
)
def test_a_section_names_its_topic(citation: Citation, names: str) -> None:
    found = resolve(citation, LIBRARY)
    assert names in found.topics
    assert not found.wrong


@pytest.mark.parametrize(
    ("citation", "resolution"),
    [
        (cite(CP09, "Interstellar travel"), Resolution.UNKNOWN),
        (cite("a-guideline-nobody-knows", "Muscle relaxants"), Resolution.UNKNOWN),
        (cite(ACOEM, chapter="Low Back Complaints"), Resolution.WHOLE_CHAPTER),
        (cite("mtus-acupuncture"), Resolution.DOCUMENT),
        (cite(CP09, "Insomnia treatment"), Resolution.OTHER_DOCUMENT),
        (cite(None, kind=CitationKind.NOT_CITED), Resolution.NOT_A_CITATION),
        (cite(None, kind=CitationKind.OUTSIDE_MTUS), Resolution.NOT_A_CITATION),
    ],
)
def test_a_citation_says_how_it_was_resolved(citation: Citation, resolution: Resolution) -> None:
    found = resolve(citation, LIBRARY)
    assert found.resolution is resolution
    if resolution in (Resolution.UNKNOWN, Resolution.NOT_A_CITATION):
        assert not found.topics


@pytest.mark.parametrize(
    ("chapter", "request_", "resolution", "topics"),
    [
        ("Low Back Complaints", "MRI of the lumbar spine", Resolution.CHAPTER, {"dx.mri_lumbar"}),
        ("Low Back Complaints", "Lumbar support", Resolution.CHAPTER, {"dme.lumbar_support"}),
        ("Shoulder Complaints", "Left shoulder arthroscopy", Resolution.CHAPTER, {"surg.shoulder"}),
        # no topic of the chapter speaks about the treatment: any of them may be meant, and it says so
        ("Low Back Complaints", "Hearing aid", Resolution.WHOLE_CHAPTER, None),
        ("Low Back Complaints", "Something unheard of", Resolution.WHOLE_CHAPTER, None),
        ("Low Back Complaints", None, Resolution.WHOLE_CHAPTER, None),
    ],
)
def test_of_a_chapter_the_topics_that_fit_the_treatment_are_meant(
    chapter: str, request_: str | None, resolution: Resolution, topics: set[str] | None
) -> None:
    citation = cite(ACOEM, chapter=chapter)
    every = set(resolve(citation, LIBRARY).topics)
    treatment = parse_request(request_) if request_ else None
    found = resolve(citation, LIBRARY, treatment=treatment)
    assert found.resolution is resolution
    assert set(found.topics) == every if topics is None else topics <= set(found.topics) < every
    assert topics_cited((citation,), LIBRARY, treatment=treatment) == found.topics


def test_a_section_is_not_narrowed_by_the_treatment() -> None:
    citation = cite(CP09, "Muscle relaxants (for pain)")
    found = resolve(citation, LIBRARY, treatment=parse_request("MRI of the lumbar spine"))
    assert found == resolve(citation, LIBRARY)


@pytest.mark.parametrize(
    ("document", "on", "is_wrong"),
    [
        (CP09, date(2016, 7, 28), False),
        (CP09, date(2016, 7, 29), True),
        (CP16, date(2016, 7, 28), True),
        (CP16, date(2016, 7, 29), False),
        (CP16, date(2017, 12, 1), True),
    ],
)
def test_an_edition_that_was_not_in_force_is_reported(document: str, on: date, is_wrong: bool) -> None:
    found = resolve(cite(document, "Muscle relaxants (for pain)"), LIBRARY, on=on)
    assert bool(found.wrong) is is_wrong
    assert all("not in force" in words for words in found.wrong)


def test_an_edition_of_another_guideline_is_never_wrong_for_a_day() -> None:
    citation = cite(ODG, "Functional capacity evaluation", chapter="Fitness for Duty")
    assert not resolve(citation, LIBRARY, on=date(2015, 1, 5)).wrong


@pytest.mark.parametrize(("page", "is_wrong"), [(62, True), (63, False), (66, False), (67, True)])
def test_a_page_outside_its_section_is_reported(page: int, is_wrong: bool) -> None:
    citation = cite(CP09, "Muscle relaxants (for pain)", pages=((page, page),))
    topics = [t for t in LIBRARY.topics if t.id == "mr.class" and t.document == CP09]
    assert topics[0].pages == ("63-66",)
    found = resolve(cite(CP09, "Benzodiazepines", pages=((page, page),)), LIBRARY)
    assert found.wrong and "lies outside" in found.wrong[0] and "seen" in found.wrong[0]
    assert resolve(citation, LIBRARY).topics
    assert ("mr.class" in resolve(cite(CP09, pages=((page, page),)), LIBRARY).topics) is not is_wrong


def test_a_line_that_goes_on_belongs_to_the_document_before() -> None:
    first = cite(None, kind=CitationKind.OUTSIDE_MTUS)
    after = Citation(kind=CitationKind.OTHER, printed="Low Back (Hyperstimulation analgesia)")
    assert topics_cited((first, after), LIBRARY) == ("proc.tpii",)
    assert topics_cited((after,), LIBRARY) == ("proc.tpii",)


def test_the_basis_of_the_reviewers_leads_to_our_first_topic(shared: Path) -> None:
    """At least 85 of 100 disputes whose reviewer cited something: the first of our topics is named."""
    none = (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS)
    seen: set[tuple[str | None, str | None]] = set()
    total = matched = 0
    with LetterReader() as reader:
        for path in letter_files((shared / "letters" / "published", shared / "letters" / "seeds")):
            if path.suffix not in (".txt", ".pdf"):
                continue
            letter = reader.parse(path)[0].letter
            drafted = review_letter(letter).draft.disputes
            readable = [d for d in letter.disputes if d.request]
            for dispute, ours in zip(readable, drafted, strict=True):
                key = (letter.case_number or path.name, dispute.request)
                basis = dispute.reviewer_basis or ()
                if key in seen or not any(c.kind not in none for c in basis):
                    continue
                seen.add(key)
                total += 1
                first = next((e.topic for e in ours.evaluations if e.topic), None)
                about = parse_request(dispute.request or "")
                matched += first in topics_cited(basis, LIBRARY, treatment=about)
    assert total > 140
    assert matched / total >= 0.85
