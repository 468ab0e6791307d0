"""Letters about invented people, as records: served, adopted in part, drafts, long ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from openimr.letters.citations import cite
from openimr.terms.issuance import (
    Addressee,
    AppealRights,
    Disclosure,
    Issuance,
    LetterStatus,
    Organization,
    Proof,
    RecordSays,
    Service,
    SourceUsed,
    Statement,
    WithheldName,
)
from openimr.terms.letter import (
    Credentials,
    DocumentReviewed,
    Letter,
    LetterDispute,
    LetterPatient,
    Outcome,
    Priority,
    Sex,
)
from openimr.terms.places import Verification
from openimr.vocabulary.requests import parse_request

PATIENT = "Rosalind Quimby"
PHYSICIAN = "Ignatius Barlowe"
AUTHOR = "Theodora Penhallow, MD"
WITNESS = "Anselm Götz"


def _document(
    exhibit: int, title: str, kind: str, author: str | None, day: date, pages: range
) -> DocumentReviewed:
    return DocumentReviewed(
        title=title,
        exhibit=str(exhibit),
        type=kind,
        author=author,
        date_of_service=day,
        report_date=day,
        pages=tuple(pages),
        submitted_by="claims administrator",
        received_on=date(2015, 4, 2),
        relied_on=exhibit != 3,
    )


DOCUMENTS = (
    _document(1, "Utilization review decision", "utilization review", None, date(2015, 2, 17), range(1, 6)),
    _document(
        2,
        "Primary treating physician's progress report",
        "progress report",
        AUTHOR,
        date(2015, 1, 26),
        range(6, 11),
    ),
    _document(
        3,
        "MRI of the lumbar spine without contrast",
        "imaging report",
        "Cornelius Abney, MD",
        date(2014, 11, 4),
        range(11, 13),
    ),
    _document(
        4,
        "Physical therapy notes, eight visits",
        "therapy notes",
        "Wilhelmina Strand, PT",
        date(2014, 12, 19),
        range(13, 31),
    ),
)


def dispute(
    request: str, outcome: Outcome | None, payer: str, reviewer: str, rationale: str
) -> LetterDispute:
    """Return a disputed item whose citations and treatment follow from its words."""
    return LetterDispute(
        request=request,
        treatment=parse_request(request),
        outcome=outcome,
        payer_basis=cite(payer),
        reviewer_basis=cite(reviewer),
        rationale=rationale,
    )


_MTUS = "Decision based on MTUS Chronic Pain Treatment Guidelines Muscle relaxants (for pain) Page(s): 63-66."
_BOTH = (
    f"{_MTUS} Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Low Back Chapter, "
    "Physical therapy."
)

DISPUTES = (
    dispute(
        "Baclofen 10mg #60",
        Outcome.UPHELD,
        _MTUS,
        _MTUS,
        "The progress report of January 26, 2015 describes back pain without spasm on examination, and no "
        "illness of the spinal cord. The guideline asks for spasticity of that origin, or for a short course "
        f"in a flare. Neither is shown in the pages that Dr. {PHYSICIAN} sent, so the criteria are not met.",
    ),
    dispute(
        "6 sessions of physical therapy for the lumbar spine",
        Outcome.OVERTURNED,
        "The Claims Administrator did not cite any medical evidence for its decision.",
        _BOTH,
        "Eight visits between October and December 2014 brought flexion from 40 to 70 degrees and ended the "
        "use of a cane, which the therapist measured each time. Six more visits stay within the number that "
        "the guideline allows, and the goal, return to full duty, is stated.",
    ),
)

LETTER = Letter(
    case_number="CM15-7700123",
    date_assigned=date(2015, 3, 20),
    date_of_injury=date(2014, 8, 6),
    decision_date=date(2015, 4, 21),
    ur_denial_date=date(2015, 2, 17),
    application_received=date(2015, 3, 3),
    priority=Priority.REGULAR,
    patient=LetterPatient(age=47, sex=Sex.FEMALE),
    reviewer=Credentials(
        licensed_in=("California", "Oregon"),
        specialties=("Physical Medicine & Rehabilitation", "Pain Management"),
    ),
    clinical_summary=(
        "The employee is a 47-year-old woman who fell from a ladder on August 6, 2014 while she was "
        "stocking shelves. She has had pain in the low back since then, with numbness of the left calf. An "
        "MRI of November 4, 2014 shows a 4 mm disc protrusion at L4-5 without compression of a root. Eight "
        f"visits of physical therapy improved motion. On January 26, 2015 Dr. {PHYSICIAN} found tenderness, "
        "no spasm, and a negative straight leg raise, and asked for baclofen and further therapy. "
        f"A co-worker, {WITNESS}, drove Ms. Quimby home on the day of the fall."
    ),
    documents_reviewed=DOCUMENTS,
    disputes=DISPUTES,
)

PROOFS = tuple(
    Proof(statement=statement, is_proven=True, because="shown in the record", figure=figure)
    for statement, figure in (
        (Statement.COMPLETE_FILE, None),
        (Statement.NO_AFFILIATION, None),
        (Statement.ACTIVE_PRACTICE, 5),
        (Statement.CURRENT_HOURS, 24),
        (Statement.SAME_OR_SIMILAR_SPECIALTY, None),
        (Statement.FAMILIAR_WITH_LAW, None),
        (Statement.READ_THE_FILE, None),
    )
)

ISSUANCE = Issuance(
    status=LetterStatus.ADOPTED,
    programme="State of Westmark, Division of Workers' Compensation, Independent Medical Review",
    organization=Organization(
        name="Juniper Review Organization", lines=("PO Box 100", "Harbor City, Westmark 90000")
    ),
    proofs=PROOFS,
    addressees=(
        Addressee(role="Employee", name=PATIENT, address="12 Larch Lane, Harbor City"),
        Addressee(role="Claims administrator", name="Bellwether Claims"),
        Addressee(role="Requesting physician", name=f"{PHYSICIAN}, MD"),
    ),
    service=Service(method="First-class mail", on=date(2015, 4, 21)),
    appeal=AppealRights(
        explanation="A party may appeal this determination to the board within 30 days after it was mailed",
        due=date(2015, 5, 26),
        citation="Westmark Labor Code § 100(h)",
        verified=Verification.SEEN,
    ),
    disclosure=Disclosure(
        prepared_by_software=("the clinical case summary", "the list of documents reviewed"),
        adopted_on=date(2015, 4, 20),
        changed_by_physician=("the second rationale",),
    ),
    withheld_names=(
        WithheldName(kind="employee", name=PATIENT),
        WithheldName(kind="requesting physician", name=PHYSICIAN),
        WithheldName(kind="witness", name=WITNESS),
    ),
    sources_used=(
        SourceUsed(name="Chronic pain guideline", version="2009 edition", verified=Verification.SEEN),
        SourceUsed(
            name="Rule on the days to appeal",
            version="in force from 2013-01-01",
            verified=Verification.DERIVED,
        ),
    ),
    software_version="0.1.0",
)

DRAFT_RATIONALES = (
    "The progress report of January 26, 2015 describes back pain without spasm on examination. The guideline "
    "asks for spasticity of spinal origin, or for a short course in a flare.",
    "Eight visits between October and December 2014 brought flexion from 40 to 70 degrees.",
)
DRAFT_LETTER = replace(
    LETTER,
    disputes=tuple(
        replace(d, outcome=None, reviewer_basis=None, rationale=rationale)
        for d, rationale in zip(DISPUTES, DRAFT_RATIONALES, strict=True)
    ),
)
DRAFT_ISSUANCE = replace(
    ISSUANCE,
    status=LetterStatus.DRAFT,
    service=None,
    appeal=None,
    disclosure=Disclosure(prepared_by_software=("the whole draft",)),
    record_says=(
        RecordSays(
            dispute=1,
            speaks_for=("The employee reports relief for four hours after each dose (exhibit 2, page 7).",),
            speaks_against=("The examination of January 26, 2015 found no spasm (exhibit 2, page 8).",),
            missing=("How long the employee has taken baclofen.", "Any trial of another drug."),
        ),
        RecordSays(
            dispute=2,
            speaks_for=("Flexion rose from 40 to 70 degrees over eight visits (exhibit 4, pages 13-30).",),
        ),
    ),
)


def long_letter(items: int = 21, documents: int = 60) -> Letter:
    """Return a letter with many items, and a list of documents over several pages."""
    listed = tuple(
        replace(
            DOCUMENTS[n % len(DOCUMENTS)],
            exhibit=str(n + 1),
            title=f"{DOCUMENTS[n % len(DOCUMENTS)].title}, part {n + 1}",
            pages=(n * 7 + 1, n * 7 + 2, n * 7 + 3, n * 7 + 5),
        )
        for n in range(documents)
    )
    disputed = tuple(
        replace(DISPUTES[n % 2], rationale=f"Item {n + 1}. {DISPUTES[n % 2].rationale}") for n in range(items)
    )
    return replace(LETTER, documents_reviewed=listed, disputes=disputed)
